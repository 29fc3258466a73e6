/** Changes of a confirmed order over a real store: what stood before, what is refused, undo, and buckets that add up. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amendCommands, amendQueries } from '../../electron/engine/services/orders/amendments.ts';
import { fulfilmentCommands, fulfilmentQueries } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { documentTotals } from '../../electron/engine/services/orders/orders.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { byCommand, type Desk, edit, openDesk, withOrder } from './open.ts';

type Asked = Parameters<ReturnType<typeof amendCommands>['orders.amend']>[0];
type Kind = 'shipped' | 'delivered' | 'cancelled' | 'short_closed';

const at = (qty: number): number => qty * 1_000_000;

const serve = (desk: Desk, order: string) => {
  const commands = {
    ...amendCommands({ store: desk.store, env: { ...desk.env, locale: desk.locale } }),
    ...fulfilmentCommands(desk),
  };
  const queries = { ...amendQueries({ read: desk.store }), ...fulfilmentQueries({ read: desk.store }) };
  const refusal = (run: () => unknown): string | null => {
    try {
      run();
    } catch (error) {
      if (error instanceof AppError) return error.message;
      throw error;
    }
    return null;
  };
  return {
    amend: (lines: Asked['lines'], more: Partial<Asked> = {}) =>
      refusal(() => commands['orders.amend'](contract['orders.amend'].input.parse({ id: order, lines, ...more }), context)),
    record: (kind: Kind, line: string, qty: number) =>
      refusal(() =>
        commands['orders.fulfil'](
          contract['orders.fulfil'].input.parse({
            id: order,
            kind,
            lines: [{ line, qty: at(qty) }],
            on: '2026-01-15',
            reason: 'Because',
          }),
          context,
        ),
      ),
    look: async () => contract['orders.amendable'].output.parse(await queries['orders.amendable']({ id: order }, context)),
    buckets: async () =>
      contract['orders.fulfilment'].output.parse(await queries['orders.fulfilment']({ id: order }, context)).lines,
  };
};

/** A confirmed order of 50. */
const confirmed = () => {
  const desk = openDesk();
  const made = withOrder(desk);
  desk.update('order_lines', made.line, { qty: at(50), promised: '2026-02-02' });
  desk.move(made.order, 'submitted');
  desk.move(made.order, 'confirmed');
  return { desk, ...made, ...serve(desk, made.order) };
};

describe('O5: amendments', () => {
  test('O5: quantity, price, discount and day, with before and after, numbered; the first promise stays', async () => {
    const { desk, line, amend, look } = confirmed();
    expect(amend([{ line, qty: '60', price: '8', discount: '5%' }])).toBe(null);
    expect(amend([{ line, promised: '2026-02-09' }])).toBe(
      'Line 1: another day needs a reason: the first promise is kept beside it.',
    );
    expect(amend([{ line, promised: '2026-02-09' }], { reason: 'Mould is broken' })).toBe(null);
    expect(desk.row('order_lines', line)).toMatchObject({ qty: at(60), price: at(8), discount: 50_000, by_hand: 1 });
    const [schedule] = desk.store.children('schedule_lines', line);
    expect(schedule).toMatchObject({ qty: at(60), promised: '2026-02-09', promised_original: '2026-02-02' });
    expect((await look()).changes).toMatchObject([
      {
        number: 1,
        kind: 'changed',
        before: { qty: String(at(50)), price: '8500000', discount: '0' },
        after: { qty: String(at(60)), price: String(at(8)), discount: '50000' },
      },
      { number: 2, reason: 'Mould is broken', before: { promised: '2026-02-02' }, after: { promised: '2026-02-09' } },
    ]);
    for (let step = 0; step < 2; step += 1) expect(desk.store.undo({ ...edit, actor: desk.store.device.id }).refused).toEqual([]);
    expect(desk.row('order_lines', line)).toMatchObject({ qty: at(50), price: 8_500_000 });
    expect((await look()).changes).toEqual([]);
  });

  test('O5: a discount beyond all of it, below nothing, or a day taken away is refused', async () => {
    const { desk, line, amend, look } = confirmed();
    for (const discount of ['101', '1000', '-10'])
      expect(amend([{ line, discount }])).toBe('Line 1: a discount is from 0 to 100 %.');
    expect(amend([{ line, promised: '' }], { reason: 'Unknown' })).toBe('Line 1: a promised day is moved, not taken away.');
    expect(desk.row('order_lines', line)).toMatchObject({ discount: null });
    expect((await look()).changes).toEqual([]);
    expect(amend([{ line, discount: '100' }])).toBe(null);
  });

  test('O5: a promised day is moved by an amendment, which asks why; a first one is given as it stands', () => {
    const { desk, line, order } = confirmed();
    expect(() => desk.update('order_lines', line, { promised: '2026-02-09' })).toThrow(/moved with its reason/);
    const [schedule] = desk.store.children('schedule_lines', line);
    expect(() => desk.update('schedule_lines', schedule?.id ?? '', { promised: null })).toThrow(/moved with its reason/);
    expect(desk.row('orders', order)['promised'] ?? null).toBe(null);
  });

  test('O5: what is to go out of a confirmed line is not written beside it', () => {
    const { desk, line } = confirmed();
    const [schedule] = desk.store.children('schedule_lines', line);
    const id = schedule?.id ?? '';
    const FIXED = /no longer change here/;
    for (const qty of [at(100), at(1), null]) expect(() => desk.update('schedule_lines', id, { qty })).toThrow(FIXED);
    expect(() => desk.insert('schedule_lines', { line_id: line, qty: at(90), requested: '2026-03-01' })).toThrow(FIXED);
    expect(() => desk.store.apply([{ kind: 'delete', table: 'schedule_lines', id }], edit)).toThrow(FIXED);
  });

  test('O5, A2: a discount or a price beyond what somebody may give alone holds the order until it is agreed to', () => {
    const { desk, order, product, line, amend, record } = confirmed();
    desk.update('products', product, { cost: at(1), cost_on: '2026-01-02' });
    desk.insert('approval_limits', { own_discount: 50_000 });
    const holds = () => desk.store.children('order_holds', order).map(({ reason, why }) => `${String(reason)}: ${String(why)}`);
    expect(amend([{ line, discount: '5' }])).toBe(null);
    expect(amend([{ line, promised: '2026-02-09' }], { reason: 'Mould is broken' })).toBe(null);
    expect(holds()).toEqual([]);
    expect(amend([{ line, discount: '50' }])).toBe(null);
    expect(holds()).toEqual([expect.stringMatching(/^approval: Line 1: .*50/)]);
    expect(record('shipped', line, 1)).toMatch(/Approval/);
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect(holds()).toEqual([]);
  });

  test('O5, A2: a hold says what the order comes to now, is lifted with its trace where its cause is gone, and that is no approval', () => {
    const { desk, order, product, line, amend, record } = confirmed();
    desk.update('products', product, { cost: at(1), cost_on: '2026-01-02' });
    desk.insert('approval_limits', { own_discount: 50_000 });
    const holds = () => desk.store.children('order_holds', order);
    const why = (share: number): unknown =>
      expect.stringMatching(new RegExp(`^Line 1: a discount of ${share} % is over the limit of 5 %`));
    expect(amend([{ line, discount: '50' }])).toBe(null);
    expect(amend([{ line, discount: '40' }])).toBe(null);
    expect(holds()).toMatchObject([{ why: why(40), released_on: null }]);
    expect(amend([{ line, discount: '5' }])).toBe(null);
    const trace: unknown = expect.stringMatching(/amended/);
    const lifted = { why: why(40), released_on: '2026-01-15', released_by: null, release_why: trace };
    expect(holds()).toMatchObject([lifted]);
    expect(record('shipped', line, 1)).toBe(null);
    expect(amend([{ line, discount: '40' }])).toBe(null);
    expect(holds()).toMatchObject([lifted, { why: why(40), released_on: null }]);
    expect(record('shipped', line, 1)).toMatch(/on hold/);
    // What a person holds is that person's to release.
    const own = confirmed();
    own.desk.insert('order_holds', { order_id: own.order, reason: 'approval', why: 'Ask Ann', held_on: '2026-01-15' }, byCommand);
    expect(own.amend([{ line: own.line, qty: '60' }])).toBe(null);
    expect(own.desk.store.children('order_holds', own.order)).toMatchObject([{ why: 'Ask Ann', released_on: null }]);
  });

  test('O5, M5: the discount of the whole is amended as lines are, with before and after; one of amount and percent', async () => {
    const { desk, order, line, amend, look } = confirmed();
    const whole = (header: Asked['header']) => amend([], { header });
    expect(whole({ header_discount: '10', header_percent: '5' })).toBe(
      'Type the header discount as an amount or as a percent, not both.',
    );
    expect([whole({ header_percent: '101' }), whole({ header_percent: '-1' })]).toEqual([
      'Header discount: a discount is from 0 to 100 %.',
      'Header discount: a discount is from 0 to 100 %.',
    ]);
    expect(whole({ header_discount: '-1' })).toBe('Header discount: an amount is never below zero.');
    expect(whole({ header_discount: '425.01' })).toMatch(/more than its lines come to/);
    expect(whole({ header_discount: 'ten' })).toMatch(/“ten”/);
    expect([desk.row('orders', order), (await look()).changes]).toMatchObject([
      { header_discount: null, header_percent: null },
      [],
    ]);
    expect(whole({ header_percent: '4' })).toBe(null);
    expect(documentTotals('orders', desk.store, order)).toMatchObject({ net: '40800', discount: '1700' });
    expect(whole({ header_percent: '4' })).toBe('Nothing is changed.');
    expect(amend([{ line, price: '10' }], { header: { header_discount: '50' } })).toBe(null);
    expect(desk.row('orders', order)).toMatchObject({ header_discount: 5_000, header_percent: null });
    expect(documentTotals('orders', desk.store, order).net).toBe('45000');
    const { header, changes } = await look();
    expect(header).toEqual({ header_discount: '5000', header_percent: null, freight: null, terms: '30 days' });
    expect(changes).toMatchObject([
      { number: 1, kind: 'changed', line: '', before: { header_percent: null }, after: { header_percent: '40000' } },
      {
        number: 2,
        line: '',
        before: { header_discount: null, header_percent: '40000' },
        after: { header_discount: '5000', header_percent: null },
      },
      { number: 3, line, before: { price: '8500000' }, after: { price: '10000000' } },
    ]);
    expect(() => desk.update('orders', order, { header_discount: 1 })).toThrow(/is confirmed/);
    expect(desk.store.undo({ ...edit, actor: desk.store.device.id }).refused).toEqual([]);
    expect(desk.row('orders', order)).toMatchObject({ header_discount: null, header_percent: 40_000 });
  });

  test('O5, A2: a discount of the whole beyond what somebody may give alone, or below the floor, holds the order', () => {
    const { desk, order, product, amend } = confirmed();
    desk.update('products', product, { cost: at(1), cost_on: '2026-01-02' });
    const rule = desk.insert('approval_limits', { own_discount: 50_000 });
    const holds = () => desk.store.children('order_holds', order).map(({ why, released_on: on }) => [why, on !== null]);
    const whole = (percent: string) => amend([], { header: { header_percent: percent } });
    expect(whole('5')).toBe(null);
    expect(holds()).toEqual([]);
    expect(whole('20')).toBe(null);
    expect(holds()).toEqual([[expect.stringMatching(/a discount of 20 % is over the limit of 5 %/), false]]);
    expect(whole('0')).toBe(null);
    expect(holds()).toEqual([[expect.stringMatching(/a discount of 20 %/), true]]);
    desk.store.apply([{ kind: 'delete', table: 'approval_limits', id: rule }], edit);
    desk.update('products', product, { floor_price: at(8), currency: String(desk.row('orders', order)['currency']) });
    expect(whole('10')).toBe(null);
    expect(holds().at(-1)).toEqual(['Line 1: below the floor price since it was changed', false]);
    expect(whole('3')).toBe(null);
    expect(holds().at(-1)).toEqual(['Line 1: below the floor price since it was changed', true]);
  });

  test('O5: never below what was shipped, cancelled or billed; refused as a whole, in words', async () => {
    const { desk, order, product, line, amend, record, look } = confirmed();
    expect(record('shipped', line, 30)).toBe(null);
    expect(amend([{ line, qty: '29' }], { added: [{ code: 'CRT-6040', qty: '5' }] })).toBe(
      'Line 1: not less than 30: so much is shipped, cancelled or billed already.',
    );
    expect(amend([{ line, qty: 'many' }])).toBe('“many” is not a number.');
    expect(amend([{ line, qty: '50' }])).toBe('Nothing is changed.');
    const twice = 'A line is named twice. Say all that changes of it at once.';
    expect(
      amend([
        { line, qty: '60' },
        { line, price: '8' },
      ]),
    ).toBe(twice);
    expect(amend([], { added: [{ code: 'NOPE', qty: '5' }] })).toBe('No SKU “NOPE”.');
    expect((await look()).changes).toEqual([]);
    expect(desk.store.children('order_lines', order)).toHaveLength(1);
    expect(amend([{ line, qty: '30' }], { added: [{ code: 'CRT-6040', qty: '5' }] })).toBe(null);
    expect(desk.store.children('order_lines', order).map(({ product_id: of, qty }) => [of, qty])).toEqual([
      [product, at(30)],
      [product, at(5)],
    ]);
    expect((await look()).changes.map(({ number, kind }) => [number, kind])).toEqual([
      [1, 'changed'],
      [2, 'added'],
    ]);
  });

  test('O5: a cancelled line keeps what was ordered, with a reason; undo takes both back', async () => {
    const { desk, line, amend, record, buckets, look } = confirmed();
    record('shipped', line, 30);
    expect(amend([{ line, cancel: true }])).toBe('Line 1: say why it is cancelled.');
    expect(amend([{ line, cancel: true }], { reason: 'Too late' })).toBe(null);
    expect(await buckets()).toMatchObject([{ ordered: String(at(50)), open: '0', recorded: { cancelled: String(at(20)) } }]);
    expect(amend([{ line, cancel: true }], { reason: 'Too late' })).toBe('Line 1: nothing of it is open.');
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect(await buckets()).toMatchObject([{ open: String(at(20)), recorded: { cancelled: '0' } }]);
    expect((await look()).changes).toEqual([]);
  });

  test('A2: a price below the floor of its product is held until it is approved', () => {
    const { desk, order, product, line, amend, record } = confirmed();
    desk.update('products', product, { floor_price: at(8), currency: 'GBP' });
    expect(amend([{ line, discount: '10' }])).toBe(null);
    expect(desk.store.children('order_holds', order)).toMatchObject([{ reason: 'approval' }]);
    expect(record('shipped', line, 1)).toMatch(/^The order is on hold. Approval: Line 1: below the floor price/);
  });

  test('K2: an amendment that makes the order more is held where credit does not reach, as one step; one that makes it less is not', () => {
    const { desk, account, order, product, line, amend, record } = confirmed();
    const holds = () => desk.store.children('order_holds', order);
    // 50 crates at 8.50 are 425.00.
    desk.update('accounts', account, { credit_limit: 45_000 });
    desk.update('products', product, { sku: '1001' });
    expect(amend([{ line, qty: '52' }])).toBe(null);
    expect(holds()).toEqual([]);
    expect(amend([{ line, qty: '60' }], { added: [{ code: '1001', qty: '2' }] })).toBe(null);
    expect(holds()).toMatchObject([
      { reason: 'credit', why: 'The credit limit of 450.00 GBP is passed by 77.00 GBP since it was amended' },
    ]);
    expect(record('shipped', line, 1)).toMatch(/^The order is on hold. Credit: /);
    expect(amend([{ line, qty: '61' }])).toBe(null);
    const passed = 'The credit limit of 450.00 GBP is passed by 85.50 GBP since it was amended';
    expect(holds()).toMatchObject([{ why: passed, released_on: null }]);
    expect(amend([{ line, qty: '50' }])).toBe(null);
    expect(holds()).toMatchObject([{ why: passed, released_on: '2026-01-15', released_by: null }]);
    expect(amend([{ line, qty: '60' }])).toBe(null);
    expect(holds().map(({ released_on: on }) => on)).toEqual(['2026-01-15', null]);
    expect(String(holds()[1]?.['why'])).toMatch(/77\.00/);
    for (let step = 0; step < 4; step += 1) desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect(holds()).toEqual([]);
    expect(desk.row('order_lines', line)['qty']).toBe(at(52));
    desk.update('accounts', account, { credit_limit: 1_000 });
    expect(amend([{ line, qty: '40' }])).toBe(null);
    expect(holds()).toEqual([]);
  });

  test('M6: a line is not added under a code that the tax table of the order has no rate for', async () => {
    const desk = openDesk();
    const { order, product } = withOrder(desk);
    const { 'app.setTax': setTax } = taxCommands({ store: desk.store, env: desk.env });
    const tax = { scope: 'line', isIncluded: false, mode: 'half_up', freight: null, rates: { S: 200_000 } } as const;
    await setTax({ tax }, context);
    desk.move(order, 'submitted');
    desk.move(order, 'confirmed');
    const { amend } = serve(desk, order);
    desk.update('products', product, { sku: '1001', tax_code: 'R' });
    // Whatever the company decides later: the order has its own table.
    await setTax({ tax: { ...tax, rates: { S: 200_000, R: 50_000 } } }, context);
    expect(amend([], { added: [{ code: '1001', qty: '2' }] })).toBe(
      'New line 1001: the tax table of this order has no rate for “R”.',
    );
    desk.update('products', product, { tax_code: 'S' });
    expect(amend([], { added: [{ code: '1001', qty: '2' }] })).toBe(null);
  });

  test('O5: only of a confirmed order; nothing else gets at its lines', () => {
    const { desk, order, line, amend } = confirmed();
    expect(() => desk.update('order_lines', line, { qty: at(1) })).toThrow(/Amend it, so that both stay on record/);
    desk.move(order, 'cancelled');
    expect(amend([{ line, qty: '60' }])).toMatch(/^Only a confirmed order is amended/);
  });

  test('O5, F1: through any changes and events each bucket adds up, and the schedule comes to what is ordered', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constantFrom('shipped', 'delivered', 'cancelled', 'short_closed'),
        qty: fc.integer({ min: 1, max: 40 }),
      }),
      fc.record({ kind: fc.constant('amend'), qty: fc.integer({ min: 0, max: 90 }) }),
      fc.record({ kind: fc.constant('split'), qty: fc.integer({ min: 1, max: 20 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
        const { desk, line, amend, record, buckets } = confirmed();
        for (const { kind, qty } of steps) {
          if (kind === 'amend') amend([{ line, qty: String(qty) }]);
          else if (kind === 'split') {
            const [first] = desk.store.children('schedule_lines', line).toReversed();
            const sum = Number(first?.['qty'] ?? 0);
            if (first && sum > at(qty) && desk.store.children('fulfilments', first.id).length === 0) {
              desk.update('schedule_lines', first.id, { qty: sum - at(qty) }, byCommand);
              desk.insert('schedule_lines', { line_id: line, qty: at(qty), requested: '2026-03-01' }, byCommand);
            }
          } else record(kind, line, qty);
          const [one] = await buckets();
          const of = (name: Kind): bigint => BigInt(one?.recorded[name] ?? '0');
          const [ordered, open, over] = [one?.ordered, one?.open, one?.over].map((text) => BigInt(text ?? '-1'));
          expect(ordered).toBe(BigInt(Number(desk.row('order_lines', line)['qty'])));
          expect((ordered ?? 0n) + (over ?? 0n)).toBe((open ?? 0n) + of('shipped') + of('cancelled') + of('short_closed'));
          expect((open ?? -1n) >= 0n && of('delivered') <= of('shipped')).toBe(true);
        }
        desk.store.close();
      }),
      { numRuns: 12 },
    );
  });
});
