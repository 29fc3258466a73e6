/** Returns on a real file: asked for, authorised, received, inspected and settled; what they leave on the order and the invoice. */
import { describe, expect, test } from 'vitest';
import { briefQueries } from '../../electron/engine/services/accounts/brief.ts';
import { createBriefReader } from '../../electron/engine/store/brief/read.ts';
import { clockDetailsSql, openClocksSql } from '../../electron/engine/store/clocks/read.ts';
import { returns as source } from '../../electron/engine/store/clocks/returns.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import { AppError } from '../../shared/contract/define.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { UNIT } from './billing.ts';
import { edit } from './open.ts';
import { openReturns } from './returns.ts';

const refusal = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof AppError) return error.message;
    throw error;
  }
  return '';
};

describe('T1: a return is asked for', () => {
  test('T1: of its line it knows account, order, product, money and owner; two lines share a number', () => {
    const world = openReturns((desk, { order, product }) => {
      desk.insert('order_lines', { order_id: order, product_id: product, qty: 10 * UNIT });
    });
    const { desk, order, account, line, ask, row, record } = world;
    record('shipped', 50);
    record('delivered', 50);
    const [, second] = desk.store.children('order_lines', order);
    const more = [{ line: second?.id ?? '', qty: UNIT }];
    expect(refusal(() => ask('returns.ask', { order, lines: more, operation: 'refund', reason: 'x' }))).toBe(
      'Line 2: Nothing of this line was delivered.',
    );
    const lines = [{ line, qty: 2 * UNIT }, ...more];
    const { id } = ask('returns.ask', { order, lines, operation: 'not_ordered', reason: 'Not ours' }) as { readonly id: string };
    expect(row(id)).toMatchObject({
      account_id: account,
      order_id: order,
      order_line_id: line,
      product_id: desk.row('order_lines', line)['product_id'],
      currency: 'GBP',
      uom: 'EA',
      status: 'requested',
      qty: 2 * UNIT,
      requested_on: '2026-01-15',
      due_on: '2026-01-17',
    });
    const numbers = desk.store.match('returns', 'order_id', order).map((one) => String(row(one)['number']));
    expect(numbers.map((number) => number.replace(/-\w{3}-/, '-#-')).toSorted()).toEqual(['R26-#-0001/1', 'R26-#-0001/2']);
    const next = world.open(1);
    expect(row(next)['number']).toMatch(/-0002\/1$/);
  });

  test('T1: delivered 50, returned 2, 3 in open returns: 45 and no more; a denied one is free again', () => {
    const { deliver, record, open, ask, left } = openReturns();
    deliver(50);
    record('returned', 2);
    const first = open(3);
    expect(left()).toBe(45);
    expect(refusal(() => open(46))).toBe('Line 1: That is more than was delivered and is not coming back already.');
    ask('returns.authorise', { id: first, qty: 2 * UNIT });
    expect(left()).toBe(46);
    const second = open(46);
    expect(left()).toBe(0);
    ask('returns.deny', { id: second, reason: 'Used' });
    expect(left()).toBe(46);
  });

  test.each([
    [{ operation: 'refund', reason: '  ' }, 'Say why it comes back. Nothing was changed.'],
    [
      { operation: 'refund_keep', reason: 'x', received: '2026-01-15' },
      'The goods stay with the customer: nothing came back. Nothing was changed.',
    ],
    [{ operation: 'refund', reason: 'x', received: '2026-01-16' }, 'That day is still to come. Nothing was changed.'],
  ])('T1: %j: %s', (more, words) => {
    const { deliver, open, desk } = openReturns();
    deliver(50);
    expect(refusal(() => open(1, more))).toBe(words);
    expect(desk.store.match('returns', 'status', 'requested')).toEqual([]);
  });

  test('T1: nothing delivered, a line twice, a line of another order', () => {
    const { ask, order, line, open, deliver } = openReturns();
    expect(refusal(() => open(1))).toBe('Line 1: Nothing of this line was delivered.');
    deliver(50);
    const twice = [
      { line, qty: UNIT },
      { line, qty: UNIT },
    ];
    expect(refusal(() => ask('returns.ask', { order, lines: twice, operation: 'refund', reason: 'x' }))).toBe(
      'A line is named twice.',
    );
    const strange = [{ line: order, qty: UNIT }];
    expect(refusal(() => ask('returns.ask', { order, lines: strange, operation: 'refund', reason: 'x' }))).toMatch(
      /not on this order/,
    );
  });

  test('T1: after the window only with the reason, which stays on record; without a window always', () => {
    const { deliver, ask, open, row, returnable, story } = openReturns();
    deliver(50);
    ask('app.setReturns', { windowDays: 0, answerDays: 5, feeShare: 0 });
    expect(returnable()).toMatchObject([{ last_day: '2026-01-14', is_late: true }]);
    expect(refusal(() => open(1))).toBe('Line 1: It could be returned until 2026-01-14. Say why it is taken back all the same.');
    const id = open(1, { override: 'Their warehouse was flooded' });
    expect(row(id)).toMatchObject({ override: 'Their warehouse was flooded', due_on: '2026-01-20' });
    expect(story(id)).toMatchObject({ last_day: '2026-01-14', is_late: true });
    ask('app.setReturns', { windowDays: null, answerDays: 2, feeShare: 0 });
    expect(returnable()).toMatchObject([{ last_day: null, is_late: false }]);
    expect(row(open(1))['override']).toBeNull();
  });

  test('T1: goods nobody ordered come back without an order, and nothing is credited', () => {
    const { desk, account, line, ask, row, story, notes } = openReturns();
    const product = String(desk.row('order_lines', line)['product_id']);
    const { id } = ask('returns.unordered', { account, product, qty: 3 * UNIT, reason: 'Came by mistake' }) as {
      readonly id: string;
    };
    expect(row(id)).toMatchObject({
      operation: 'not_ordered',
      order_id: null,
      account_id: account,
      product_id: product,
      fee_share: null,
    });
    expect(refusal(() => ask('returns.authorise', { id, operation: 'refund' }))).toMatch(/Nobody ordered it/);
    ask('returns.authorise', { id });
    ask('returns.receive', { id });
    ask('returns.inspect', { id, qty: 3 * UNIT });
    expect(story(id)).toMatchObject({ credit: '0', fee: '0', last_day: null });
    expect(ask('returns.settle', { id })).toMatchObject({ credits: [] });
    expect([row(id)['status'], notes(id)]).toEqual(['settled', []]);
  });
});

describe('T1: the steps', () => {
  test('T1: part is authorised, part comes back, part is accepted; each day and quantity on record', () => {
    const { deliver, open, ask, row, buckets, left } = openReturns();
    deliver(50);
    const id = open(8);
    ask('returns.authorise', { id, qty: 6 * UNIT, operation: 'replace_other' });
    expect(row(id)).toMatchObject({ status: 'authorised', authorised: 6 * UNIT, operation: 'replace_other', due_on: null });
    ask('returns.label', { id, shipment: 'RET-1' });
    expect(row(id)).toMatchObject({ status: 'labelled', shipment: 'RET-1' });
    ask('returns.receive', { id, qty: 5 * UNIT, on: '2026-01-14' });
    expect(row(id)).toMatchObject({ status: 'received', received: 5 * UNIT, received_on: '2026-01-14', due_on: '2026-01-17' });
    expect([buckets(), left()]).toMatchObject([{ delivered: 50, returned: 5 }, 45]);
    ask('returns.inspect', { id, qty: 4 * UNIT, reason: 'One is broken' });
    expect(row(id)).toMatchObject({ status: 'accepted', accepted: 4 * UNIT, finding: 'One is broken' });
    ask('returns.settle', { id });
    // The broken one went out again; what was delivered stays what it was (F5).
    expect([row(id)['settled_on'], buckets()]).toMatchObject(['2026-01-15', { delivered: 50, returned: 4, credited: 0 }]);
  });

  test.each([
    ['authorise', 'returns.authorise', { qty: 9 * UNIT }, 'That is more than was asked for. Nothing was changed.'],
    ['deny', 'returns.deny', { reason: '' }, 'Say why it is denied. Nothing was changed.'],
    ['receive', 'returns.receive', { qty: 7 * UNIT }, 'That is more than was authorised. Nothing was changed.'],
    ['receive', 'returns.receive', { on: '2026-02-01' }, 'That day is still to come. Nothing was changed.'],
    ['inspect', 'returns.inspect', { qty: 7 * UNIT }, 'That is more than came back. Nothing was changed.'],
    ['inspect', 'returns.inspect', { qty: 2 * UNIT }, 'Say why not all of it is accepted. Nothing was changed.'],
    ['inspect', 'returns.inspect', { qty: 0 }, 'Say why not all of it is accepted. Nothing was changed.'],
  ] as const)('T1: %s by %s with %j: %s', (step, command, more, words) => {
    const { deliver, open, ask, row } = openReturns();
    deliver(50);
    const id = open(8);
    if (step === 'receive' || step === 'inspect') ask('returns.authorise', { id, qty: 6 * UNIT });
    if (step === 'inspect') ask('returns.receive', { id });
    const before = row(id);
    expect(refusal(() => ask(command, { id, ...more }))).toBe(words);
    expect(row(id)).toEqual(before);
  });

  test('T1: a step that does not follow is refused, and says how it stands', () => {
    const { deliver, open, ask } = openReturns();
    deliver(50);
    const id = open(1);
    for (const step of ['receive', 'settle', 'label'] as const)
      expect(refusal(() => ask(`returns.${step}`, { id }))).toMatch(/ is requested: that does not follow/);
    expect(refusal(() => ask('returns.inspect', { id, qty: UNIT }))).toMatch(/does not follow/);
    ask('returns.authorise', { id });
    expect(refusal(() => ask('returns.settle', { id }))).toMatch(/Nothing came back yet/);
    expect(refusal(() => ask('returns.deny', { id, reason: 'x' }))).toMatch(/ is authorised: that does not follow/);
  });

  test('T1: what stays with the customer is neither labelled nor received, is settled at once, and not asked for twice', async () => {
    const { deliver, issued, open, ask, row, left, notes, buckets } = openReturns();
    deliver(50);
    await issued();
    const id = open(10, { operation: 'refund_keep' });
    ask('returns.authorise', { id });
    expect(row(id)['due_on']).toBe('2026-01-17');
    expect(refusal(() => ask('returns.label', { id }))).toMatch(/stay with the customer/);
    expect(refusal(() => ask('returns.receive', { id }))).toMatch(/stay with the customer/);
    ask('returns.settle', { id });
    expect([left(), notes(id).length, buckets()]).toMatchObject([40, 1, { returned: 0, credited: 10 }]);
  });

  test('T1: what is here already is authorised and received by the step that asks, and is one step of undo', () => {
    const { deliver, open, row, buckets, undo, desk } = openReturns();
    deliver(50);
    const id = open(4, { received: '2026-01-14' });
    expect(row(id)).toMatchObject({ status: 'received', authorised: 4 * UNIT, received: 4 * UNIT, received_on: '2026-01-14' });
    expect(buckets()).toMatchObject({ returned: 4 });
    undo();
    expect([buckets(), desk.store.get('returns', id)]).toMatchObject([{ returned: 0, delivered: 50 }, undefined]);
  });

  test('T1: by hand nothing is made, moved or changed that a command asks for; a label may be', () => {
    const { desk, deliver, open, ask, row } = openReturns();
    deliver(50);
    expect(refusal(() => desk.insert('returns', { description: 'By hand' }))).toBe('A return is asked for on its order.');
    const id = open(2);
    expect(refusal(() => desk.update('returns', id, { qty: 5 * UNIT }))).toMatch(/is not typed/);
    desk.update('returns', id, { status: { '?': 'Authorised' } });
    expect([row(id)['status'], desk.issues('returns', id)]).toEqual(['requested', ['status STATE_BLOCKED']]);
    ask('returns.authorise', { id });
    desk.update('returns', id, { status: { '?': 'Label sent' } });
    expect(row(id)['status']).toBe('labelled');
    desk.update('returns', id, { status: { '?': 'Received' } });
    expect([row(id)['status'], desk.issues('returns', id)]).toEqual(['labelled', ['status STATE_ASKS']]);
    expect(refusal(() => desk.store.apply([{ kind: 'delete', table: 'returns', id }], { ...edit, label: 'Delete' }))).toMatch(
      /stays on record/,
    );
    const free = open(1);
    desk.store.apply([{ kind: 'delete', table: 'returns', id: free }], { ...edit, label: 'Delete' });
    expect(desk.store.get('returns', free)).toBeUndefined();
  });
});

describe('T1: what it is settled for', () => {
  test('T1: 4 of 10 at the price and discount that were billed, the fee a line of its own, the tax of the invoice', async () => {
    const world = openReturns((desk, { line }) => {
      const tax = { scope: 'line', isIncluded: false, mode: 'half_up', freight: 'Z', rates: [] };
      const rates = { S: 200_000, Z: 0 };
      void taxCommands({ store: desk.store, env: desk.env })['app.setTax'](
        contract['app.setTax'].input.parse({ tax: { ...tax, rates } }),
        context,
      );
      desk.update('order_lines', line, { qty: 10 * UNIT, price: 111_111_112, discount: 100_000, tax_code: 'S' });
    });
    const { deliver, issued, inspected, ask, story, notes, linesOfNote, buckets, row } = world;
    deliver(10);
    const invoice = await issued();
    ask('app.setReturns', { windowDays: 30, answerDays: 2, feeShare: 150_000 });
    const id = inspected(4, 4);
    expect(row(id)['fee_share']).toBe(150_000);
    expect(story(id)).toMatchObject({ credit: '40000', fee: '6000', currency: 'GBP', unbilled: '0', next: 'Settle it' });
    ask('returns.settle', { id });
    const [note] = notes(id);
    expect(note).toMatchObject({
      invoice_id: invoice,
      return_id: id,
      tax: 8000,
      reason: expect.stringContaining('Scratched') as string,
    });
    const lines = linesOfNote(note ?? {}).map(({ qty, amount, description, invoice_line_id: of }) => [
      qty,
      amount,
      description,
      of === null,
    ]);
    expect(lines).toEqual([
      [4 * UNIT, 40_000, null, false],
      [null, -6000, 'Restocking fee', true],
    ]);
    expect(buckets()).toEqual({ delivered: 10, returned: 4, invoiced: 10, credited: 4 });
    expect(await world.totals(invoice)).toMatchObject({ total: '120000', credited: '42000', open: '78000' });
    expect(story(id)).toMatchObject({ credit: '40000', fee: '6000', next: null, credits: [{ amount: '42000', invoice }] });
  });

  test('T1: over two invoices it is two notes and one quantity on the line; nothing is billed again', async () => {
    const { deliver, issued, inspected, ask, notes, buckets, commands, order } = openReturns();
    deliver(20);
    await issued();
    deliver(30);
    await issued();
    const id = inspected(25, 25, { fee: 100_000 });
    const { credits } = ask('returns.settle', { id }) as { readonly credits: readonly string[] };
    expect(credits).toHaveLength(2);
    expect(notes(id)).toHaveLength(2);
    expect(buckets()).toEqual({ delivered: 50, returned: 25, invoiced: 50, credited: 25 });
    expect(refusal(() => commands['orders.bill']({ id: order, screen: null }, context))).toMatch(/Nothing is to be billed/);
  });

  test('T1: what was never billed is not credited, and only the rest is billed', async () => {
    const { deliver, inspected, ask, notes, story, bill, linesOf } = openReturns();
    deliver(50);
    const id = inspected(8, 8);
    expect(story(id)).toMatchObject({ credit: '0', unbilled: String(8 * UNIT) });
    ask('returns.settle', { id });
    expect(notes(id)).toEqual([]);
    expect(linesOf(await bill())[0]?.['qty']).toBe(42 * UNIT);
  });

  test('T1: 40 billed and 4 not, 6 came back, 3 accepted: the customer keeps 41, and what was billed is still right', async () => {
    const { deliver, issued, inspected, ask, buckets, story } = openReturns();
    deliver(40);
    await issued();
    deliver(4);
    const id = inspected(6, 3);
    expect(story(id)).toMatchObject({ credit: '0', unbilled: String(3 * UNIT) });
    ask('returns.settle', { id });
    expect(buckets()).toEqual({ delivered: 44, returned: 3, invoiced: 40, credited: 0 });
  });

  test.each([
    ['repair', 5, 5, 0],
    ['replace', 5, 5, 0],
    ['replace_other', 5, 5, 5],
    ['refund', 5, 0, 0],
  ])('T1: %s, %i came back, %i accepted: %i stay with us, and nothing is credited', async (operation, came, accepted, kept) => {
    const { deliver, issued, inspected, ask, notes, buckets, row } = openReturns();
    deliver(50);
    await issued();
    const id = inspected(came, accepted, { operation });
    expect(row(id)['status']).toBe(accepted === 0 ? 'rejected' : 'accepted');
    ask('returns.settle', { id });
    expect([notes(id), buckets()]).toMatchObject([[], { delivered: 50, returned: kept, credited: 0 }]);
  });

  test('T1: a settled return stays, its note with it; undo does not take back what was received before', async () => {
    const { desk, deliver, issued, inspected, ask, row, buckets, undo } = openReturns();
    deliver(50);
    await issued();
    const id = inspected(2, 2);
    ask('returns.settle', { id });
    for (let at = 0; at < 4; at += 1) undo();
    expect([row(id)['status'], buckets()]).toMatchObject(['settled', { returned: 2, credited: 2 }]);
    expect(refusal(() => desk.update('returns', id, { fee_share: 500_000 }))).toMatch(/is settled by what it says/);
  });

  test('T1: a fee above the credit is refused, and no note is made', async () => {
    const { deliver, issued, linesOf, commands, desk } = openReturns();
    deliver(50);
    const invoice = await issued();
    const lines = [{ line: linesOf(invoice)[0]?.id ?? '', qty: UNIT, amount: null }];
    const fee = { amount: 851, what: 'Restocking fee' };
    const credit = () => commands['invoices.credit']({ id: invoice, lines, reason: 'x', fee, screen: null }, context);
    expect(refusal(credit)).toMatch(/The fee is more/);
    expect(desk.store.children('credit_notes', invoice)).toEqual([]);
  });
});

test('T1: Today has what waits for us, with what to do, and not what waits for the customer', () => {
  const { desk, deliver, open, ask, account } = openReturns();
  deliver(50);
  const id = open(2);
  const window = { upto: '2026-01-17', today: '2026-01-15', end: 0, owner: null };
  const due = (upto: string) =>
    desk.look((db) =>
      db
        .prepare(openClocksSql(source))
        .raw()
        .all({ ...window, upto }),
    );
  expect(due('2026-01-16')).toEqual([]);
  expect(due('2026-01-17')).toEqual([[id, '2026-01-17', null, null, null, null, 0]]);
  const [detail] = desk.look((db) => db.prepare(clockDetailsSql(source)).all({ ids: JSON.stringify([id]), today: '2026-01-15' }));
  expect(detail).toMatchObject({ next: 'Authorise or deny it', account });
  expect((detail as { readonly item: string }).item).toMatch(/^R26-\w{3}-0001\/1: CRT-6040$/);
  ask('returns.authorise', { id });
  expect(due('2027-01-01')).toEqual([]);
  ask('returns.receive', { id });
  expect(due('2026-01-17')).toHaveLength(1);
});

test('T1: the brief of an account tells what was asked for since, and what of it waits for us', async () => {
  const { desk, deliver, open, account } = openReturns();
  deliver(50);
  open(2);
  const { parts } = await desk.look(async (db) => {
    const env = { ...desk.env, locale: desk.locale };
    const queries = briefQueries({ brief: createBriefReader(db), read: desk.store, env });
    const asked = { of: { id: account }, since: '2026-01-01' };
    return contract['accounts.brief'].output.parse(await queries['accounts.brief'](asked, context));
  });
  const rows = (key: string) =>
    parts
      .filter((part) => part.key === key)
      .flatMap((part) => part.rows)
      .filter(({ record }) => record.table === 'returns');
  expect(rows('since')).toMatchObject([
    { what: expect.stringMatching(/^Return R26-.*, Scratched$/) as string, note: 'Requested' },
  ]);
  expect(rows('issues')).toMatchObject([{ note: 'Authorise or deny it', on: '2026-01-17' }]);
});
