/** O5, F3: what is billed of an order, less what is credited, is never more than the order says since it was amended. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { amendCommands } from '../../electron/engine/services/orders/amendments.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import { documentTotals } from '../../electron/engine/services/orders/orders.ts';
import { checkSums } from '../../electron/engine/store/check/check-sums.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import { edit } from './open.ts';

type Asked = Parameters<ReturnType<typeof amendCommands>['orders.amend']>[0];

/** A confirmed order of 50 at 8.50. @param rest lines after it, by their prices, one piece each */
const open = (rest: readonly number[] = [], head: Readonly<Record<string, number>> = {}) => {
  const lines: string[] = [];
  const world = openBilling((desk, { order, product }) => {
    for (const price of rest) lines.push(desk.insert('order_lines', { order_id: order, product_id: product, qty: UNIT, price }));
    desk.update('orders', order, head);
  });
  const { desk, order, commands } = world;
  const command = amendCommands({ store: desk.store, env: { ...desk.env, locale: desk.locale } })['orders.amend'];
  const amend = (lines_: Asked['lines'], more: Partial<Asked> = {}): void => {
    void command(contract['orders.amend'].input.parse({ id: order, lines: lines_, reason: 'Agreed', ...more }), context);
  };
  const deliverLine = (line: string): void => {
    for (const kind of ['shipped', 'delivered'] as const)
      void commands['orders.fulfil'](
        contract['orders.fulfil'].input.parse({ id: order, kind, lines: [{ line, qty: UNIT }], on: '2026-01-14' }),
        context,
      );
  };
  const bill = async () =>
    contract['orders.bill'].output.parse(await commands['orders.bill']({ id: order, screen: null }, context));
  const invoices = () =>
    desk.store.match('invoices', 'order_id', order).filter((id) => desk.row('invoices', id)['status'] === 'issued');
  const amountsOf = (id: string) => world.linesOf(id).map(({ qty, amount }) => [Number(qty) / UNIT, amount]);
  const notes = () =>
    invoices()
      .flatMap((id) => desk.store.children('credit_notes', id))
      .map((note) => desk.store.children('credit_lines', note.id).map(({ amount }) => amount));
  /** Billed of the goods, less credited, in minor units. */
  const billed = (): number =>
    invoices()
      .flatMap((id) => world.linesOf(id))
      .reduce((sum, { amount }) => sum + Number(amount), 0) -
    notes()
      .flat()
      .reduce<number>((sum, amount) => sum + Number(amount), 0);
  const worth = (): number => Number(documentTotals('orders', desk.store, order).net);
  return { ...world, lines, amend, deliverLine, bill, invoices, amountsOf, notes, billed, worth };
};

describe('O5, F3: a price cut after a part was billed', () => {
  test('is taken off the next invoice, which says so on a line of its own', async () => {
    const { line, deliver, issued, issue, amend, bill, amountsOf, billed, worth, totals } = open();
    deliver(20);
    await issued();
    amend([{ line, price: '8' }]);
    deliver(30);
    const { id, credited } = await bill();
    expect([credited, amountsOf(id)]).toEqual([
      null,
      [
        [30, 24_000],
        [0, -1_000],
      ],
    ]);
    await issue(id);
    expect(await totals(id)).toMatchObject({ net: '23000', total: '23000', open: '23000' });
    expect([billed(), worth()]).toEqual([40_000, 40_000]);
    await expect(bill).rejects.toThrow(/Nothing is to be billed/);
  });

  test('is credited where all was billed, with its tax, once; a price that rises again is billed again', async () => {
    const { desk, line, deliver, issued, issue, amend, bill, notes, invoices, billed, worth, totals } = open();
    await taxCommands({ store: desk.store, env: desk.env })['app.setTax'](
      { tax: { scope: 'document', isIncluded: false, mode: 'half_up', freight: 'S', rates: { S: 200_000 } } },
      context,
    );
    deliver(50);
    const first = await issued();
    amend([{ line, price: '8' }]);
    const { id, credited } = await bill();
    expect([id, credited]).toEqual([first, expect.stringMatching(/^CN26-/)]);
    expect([notes(), billed(), worth()]).toEqual([[[2_500]], 40_000, 40_000]);
    expect(await totals(first)).toMatchObject({ credited: '2500', open: '40000' });
    await expect(bill).rejects.toThrow(/Nothing is to be billed/);
    amend([{ line, price: '8.50' }]);
    await issue((await bill()).id);
    expect([invoices().length, billed(), worth()]).toEqual([2, 42_500, 42_500]);
    await expect(bill).rejects.toThrow(/Nothing is to be billed/);
  });

  test('N1: names the invoice it is credited on by its legal number', async () => {
    const { desk, queries, order, line, deliver, issued, amend } = open();
    const value = JSON.stringify({ format: '{yyyy}-{counter}', start: 1, issuer: desk.store.device.id });
    desk.insert('settings', { key: 'numbers.invoices', value });
    deliver(50);
    await issued();
    amend([{ line, price: '8' }]);
    const { credit } = contract['orders.billable'].output.parse(await queries['orders.billable']({ id: order }, context));
    expect(credit).toMatchObject([{ invoice: '2026-0001' }]);
  });

  test('is credited where less is left to bill than it takes off, and the rest is billed all the same', async () => {
    const { line, deliver, issued, issue, amend, bill, notes, amountsOf, billed, worth } = open();
    deliver(45);
    await issued();
    amend([{ line, price: '2' }]);
    deliver(5);
    const { id, credited } = await bill();
    expect([credited !== null, amountsOf(id), notes()]).toEqual([true, [[5, 1_000]], [[29_250]]]);
    await issue(id);
    expect([billed(), worth()]).toEqual([10_000, 10_000]);
    await expect(bill).rejects.toThrow(/Nothing is to be billed/);
  });

  test('is not given twice: what a query was credited with counts, and so does what came back', async () => {
    const forgiven = open();
    forgiven.deliver(50);
    await forgiven.credit(await forgiven.issued(), null, 2_000, 'Wrong price');
    forgiven.amend([{ line: forgiven.line, price: '8' }]);
    await forgiven.bill();
    expect([forgiven.notes(), forgiven.billed()]).toEqual([[[2_000], [500]], 40_000]);
    await expect(forgiven.bill).rejects.toThrow(/Nothing is to be billed/);
    const back = open();
    back.deliver(50);
    const id = await back.issued();
    back.record('returned', 10);
    await back.credit(id, 10, null);
    back.amend([{ line: back.line, price: '8' }]);
    await back.bill();
    expect([back.notes(), back.billed()]).toEqual([[[8_500], [2_000]], 32_000]);
    await expect(back.bill).rejects.toThrow(/Nothing is to be billed/);
  });

  test('a draft that bills more than the order says by now is not issued, and nothing is credited for it', async () => {
    const { desk, line, deliver, amend, bill, issue, commands, billed, worth } = open();
    deliver(50);
    const { id } = await bill();
    amend([{ line, price: '8' }]);
    await expect(async () => issue(id)).rejects.toThrow(/bills more than the order comes to since it was amended/);
    await expect(bill).rejects.toThrow(/void it and bill again/);
    await commands['invoices.void']({ id, screen: null }, context);
    await issue((await bill()).id);
    expect([billed(), worth(), desk.row('invoices', id)['status']]).toEqual([40_000, 40_000, 'void']);
  });
});

describe('O5, M5: a fixed discount of the whole and an amendment', () => {
  test('a line that is cancelled leaves its part of the discount to the others: what is too much is credited', async () => {
    // 425.00 and 75.00, less 100.00: 340.00 and 60.00.
    const { desk, lines, deliver, issued, amend, bill, notes, billed, worth } = open([75 * UNIT], { header_discount: 10_000 });
    deliver(50);
    await issued();
    amend([{ line: lines[0] ?? '', cancel: true }]);
    expect([billed(), worth()]).toEqual([34_000, 32_500]);
    await bill();
    expect([notes(), billed(), worth()]).toEqual([[[1_500]], 32_500, 32_500]);
    const db = openReader(desk.file);
    expect(await checkSums(db, async () => {})).toEqual([]);
    db.close();
  });

  test('through any amendments, deliveries and bills it is never more than the order says, and in the end just that', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('price' as const), line: fc.nat(2), to: fc.integer({ min: 1, max: 2_000 }) }),
      fc.record({ kind: fc.constant('discount' as const), line: fc.nat(2), to: fc.integer({ min: 0, max: 90 }) }),
      fc.record({ kind: fc.constant('deliver' as const), line: fc.nat(2), to: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ kind: fc.constant('bill' as const), line: fc.constant(0), to: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), fc.integer({ min: 0, max: 400 }), async (steps, off) => {
        const world = open([30 * UNIT, 70 * UNIT], { header_discount: off });
        const all = [world.line, ...world.lines];
        const left = new Map([[world.line, 50], ...world.lines.map((line) => [line, 1] as const)]);
        const bill = async (): Promise<void> => {
          try {
            const { id } = await world.bill();
            if (world.desk.row('invoices', id)['status'] === 'draft') await world.issue(id);
          } catch (error) {
            if (!/Nothing is to be billed/.test(String(error))) throw error;
          }
        };
        for (const { kind, line: at, to } of steps) {
          const line = all[at] ?? world.line;
          if (kind === 'bill') await bill();
          else if (kind === 'deliver') {
            const qty = Math.min(to, left.get(line) ?? 0);
            if (qty === 0) continue;
            left.set(line, (left.get(line) ?? 0) - qty);
            if (line === world.line) world.deliver(qty);
            else world.deliverLine(line);
          } else
            try {
              world.amend([{ line, [kind]: kind === 'price' ? String(to / 100) : String(to) }]);
            } catch (error) {
              if (!/Nothing is changed|more than its lines/.test(String(error))) throw error;
            }
          if (kind === 'bill') expect(world.billed()).toBeLessThanOrEqual(world.worth());
        }
        for (const [line, qty] of left) if (qty > 0 && line === world.line) world.deliver(qty);
        for (const [line, qty] of left) if (qty > 0 && line !== world.line) world.deliverLine(line);
        await bill();
        expect(world.billed()).toBe(world.worth());
        world.desk.store.close();
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

test('K3: an invoice that comes to less than nothing, or has nothing on it, is not issued', async () => {
  const { desk, account, order, line, issue } = open();
  const make = (id: string, qty: number, amount: number): string => {
    desk.store.apply(
      [
        { kind: 'insert', table: 'invoices', id, values: { account_id: account, order_id: order, currency: 'GBP' } },
        { kind: 'insert', table: 'invoice_lines', id: `${id}L`, values: { invoice_id: id, order_line_id: line, qty, amount } },
      ],
      { ...edit, source: 'import' },
    );
    return id;
  };
  const [below, empty] = [make(desk.env.ids(), 0, -100), make(desk.env.ids(), 0, 0)];
  await expect(async () => issue(below)).rejects.toThrow(/less than nothing\. Void this draft and bill the order again/);
  await expect(async () => issue(empty)).rejects.toThrow(/There is nothing on it/);
});
