/** Whatever is done in whatever order: no more is billed than was delivered, no more credited than was billed, and the sums agree. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { addBuckets } from '../../shared/domain/fulfilment.ts';
import { schedulesOf } from '../../electron/engine/services/fulfilment/schedules.ts';
import { creditedOf, owedOf } from '../../electron/engine/services/billing/receivables.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { checkSums } from '../../electron/engine/store/check/check-sums.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling } from './billing.ts';

const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('shipped', 'delivered', 'returned' as const), n: fc.integer({ min: 1, max: 20 }) }),
  fc.record({ kind: fc.constantFrom('bill', 'issue', 'void' as const), n: fc.nat(3) }),
  fc.record({
    kind: fc.constantFrom('credit-qty', 'credit-amount', 'pay', 'dispute' as const),
    n: fc.integer({ min: 1, max: 9000 }),
  }),
);

type World = ReturnType<typeof openBilling>;

/** One thing somebody tries; a refusal in words is as good an answer as any. */
const attempt = async (world: World, { kind, n }: { kind: string; n: number }): Promise<void> => {
  const invoices = world.desk.store.match('invoices', 'order_id', world.order);
  const id = invoices[n % Math.max(1, invoices.length)];
  try {
    if (kind === 'shipped' || kind === 'delivered' || kind === 'returned') return world.record(kind, n);
    if (kind === 'bill') return void (await world.bill());
    if (id === undefined) return;
    if (kind === 'issue') await world.issue(id);
    if (kind === 'void') await world.commands['invoices.void']({ id, screen: null }, context);
    if (kind === 'credit-qty') await world.credit(id, (n % 20) + 1, null);
    if (kind === 'credit-amount') await world.credit(id, null, n);
    if (kind === 'pay') await world.pay(id, n);
    if (kind === 'dispute') await world.dispute(id, n);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
};

const holds = async (world: World): Promise<void> => {
  const { store } = world.desk;
  const done = addBuckets(schedulesOf(world.line, store).map(({ now }) => now));
  const invoices = store.match('invoices', 'order_id', world.order).flatMap((id) => store.get('invoices', id) ?? []);
  const lines = invoices.filter(({ status }) => status !== 'void').flatMap(({ id }) => store.children('invoice_lines', id));
  const billed = lines.reduce((sum, { qty }) => sum + BigInt(qty ?? 0), 0n);
  expect(billed <= done.delivered).toBe(true);
  expect(done.invoiced <= billed && done.credited <= done.invoiced).toBe(true);
  for (const line of lines) {
    const credited = creditedOf(line.id, store);
    expect(credited.qty <= BigInt(line['qty'] ?? 0) && credited.amount <= BigInt(line['amount'] ?? 0)).toBe(true);
  }
  const stood = await world.standing();
  const open = invoices.map((invoice) => owedOf(invoice, store).open).filter((one) => one > 0n);
  const sum = open.reduce((all, one) => all + one, 0n);
  const aged = stood.ageing.buckets.reduce((all, one) => all + BigInt(one), BigInt(stood.ageing.disputed));
  expect([String(aged), stood.exposure.receivables]).toEqual([String(sum), String(sum)]);
};

test('K1, F3, F5: billed ≤ delivered, credited ≤ billed, ageing sums to what is open, through any sequence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 18 }), async (steps) => {
      const world = openBilling();
      world.deliver(15);
      for (const one of steps) await attempt(world, one);
      await holds(world);
      const db = openReader(world.desk.file);
      try {
        expect(await checkSums(db, async () => {})).toEqual([]);
      } finally {
        db.close();
      }
    }),
    { numRuns: 15 },
  );
});
