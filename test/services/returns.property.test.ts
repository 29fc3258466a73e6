/** Whatever is done with returns in whatever order: no more comes back than was delivered, and no more is credited than came back. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { returnOperations } from '../../shared/domain/returns/states.ts';
import { UNIT } from './billing.ts';
import { openReturns } from './returns.ts';

const step = fc.record({
  kind: fc.constantFrom('ask', 'authorise', 'deny', 'receive', 'inspect', 'settle', 'bill', 'deliver'),
  n: fc.integer({ min: 0, max: 12 }),
  of: fc.nat(5),
  operation: fc.constantFrom(...returnOperations.map(({ key }) => key).filter((key) => key !== 'not_ordered')),
});

type World = ReturnType<typeof openReturns>;

/** One thing somebody tries; a refusal in words is as good an answer as any. */
const attempt = async (world: World, { kind, n, of, operation }: typeof step extends fc.Arbitrary<infer T> ? T : never) => {
  const { desk, order, ask, open, deliver, issued } = world;
  const all = desk.store.match('returns', 'order_id', order);
  const id = all[of % Math.max(1, all.length)];
  const qty = n * UNIT;
  try {
    if (kind === 'ask') open(n, { operation, fee: n * 50_000 });
    else if (kind === 'bill') await issued();
    else if (kind === 'deliver') deliver(n);
    else if (id === undefined) return;
    else if (kind === 'authorise') ask('returns.authorise', { id, ...(n === 0 ? {} : { qty }) });
    else if (kind === 'deny') ask('returns.deny', { id, reason: 'No' });
    else if (kind === 'receive') ask('returns.receive', { id, ...(n === 0 ? {} : { qty }) });
    else if (kind === 'inspect') ask('returns.inspect', { id, qty, reason: 'As it is' });
    else ask('returns.settle', { id });
  } catch (error) {
    // What the contract does not let through is refused as well.
    if (!(error instanceof AppError) && !(error instanceof Error && error.name === 'ZodError')) throw error;
  }
};

test('T1: returned never passes delivered, credited never what came back or stayed for its money, and fees never the credit', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 24 }), async (steps) => {
      const world = openReturns();
      world.deliver(12);
      for (const one of steps) await attempt(world, one);
      const { delivered = 0, returned = 0, invoiced = 0, credited = 0 } = world.buckets();
      const rows = world.desk.store.match('returns', 'order_id', world.order).map((id) => world.row(id));
      const kept = rows
        .filter(({ operation, status }) => operation === 'refund_keep' && status === 'settled')
        .reduce((sum, { authorised }) => sum + Number(authorised) / UNIT, 0);
      expect(returned).toBeGreaterThanOrEqual(0);
      expect(returned + kept).toBeLessThanOrEqual(delivered);
      expect(credited).toBeLessThanOrEqual(Math.min(invoiced, returned + kept));
      expect(world.left()).toBeGreaterThanOrEqual(0);
      for (const note of rows.flatMap(({ id }) => world.notes(String(id)))) {
        const amounts = world.linesOfNote(note).map(({ amount }) => Number(amount));
        expect(amounts.reduce((sum, amount) => sum + amount, 0)).toBeGreaterThanOrEqual(0);
      }
    }),
    { numRuns: 25 },
  );
});
