/** Invoices, credit notes, payments and queries, on a real file. */
import { describe, expect, test } from 'vitest';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported } from './open.ts';
import { openBilling, UNIT } from './billing.ts';

const screen = null;

describe('billing an order', () => {
  test('F3: what was delivered is billed, once; a draft counts, a void one does not', async () => {
    const { desk, order, record, deliver, bill, linesOf, commands, queries } = openBilling();
    record('shipped', 50);
    await expect(async () => bill()).rejects.toThrow(/nothing was delivered yet/);
    record('delivered', 20);
    const first = await bill();
    expect(linesOf(first)).toMatchObject([{ qty: 20 * UNIT, amount: 17_000, position: 1, price: 8_500_000 }]);
    expect(desk.row('invoices', first)).toMatchObject({ status: 'draft', number: null, order_id: order, terms: '30 days' });
    const found = contract['orders.billable'].output.parse(await queries['orders.billable']({ id: order }, context));
    expect(found.refusal).toMatch(/a draft invoice of this order waits/);
    await commands['invoices.void']({ id: first, screen }, context);
    record('delivered', 5);
    expect(linesOf(await bill())).toMatchObject([{ qty: 25 * UNIT, amount: 21_250 }]);
    expect(() => deliver(1)).toThrow(/cannot ship/);
  });

  test('A2, K3: whose a draft is and when it is to be paid were agreed with its order: it may be due earlier, never later', async () => {
    const { desk, account, deliver, bill, issue } = openBilling();
    deliver(50);
    const id = await bill();
    const other = desk.insert('accounts', { code: 'KEST', name: 'Kestrel' });
    expect(() => desk.update('invoices', id, { account_id: other })).toThrow(/Account is not typed/);
    expect(() => desk.update('invoices', id, { terms: '120 days' })).toThrow(/Terms is not typed/);
    expect(() => desk.update('invoices', id, { due_on: '2026-02-15' })).toThrow(
      'Due: its terms give until 2026-02-14. Amend the terms of its order first. Nothing was changed.',
    );
    desk.update('invoices', id, { due_on: '2026-01-31' });
    await issue(id);
    expect(desk.row('invoices', id)).toMatchObject({ account_id: account, terms: '30 days', due_on: '2026-01-31' });
  });

  test('N1: issuing numbers it, dates it by its terms and notes it on the order; undo does not take it back', async () => {
    const { desk, deliver, issued, issue, line, undo, linesOf } = openBilling();
    deliver(50);
    const id = await issued();
    expect(desk.row('invoices', id)).toMatchObject({ status: 'issued', issued_on: '2026-01-15', due_on: '2026-02-14' });
    expect(String(desk.row('invoices', id)['number'])).toMatch(/^I26-\w{3}-0001$/);
    const events = desk.store
      .children('schedule_lines', line)
      .flatMap(({ id: schedule }) => desk.store.children('fulfilments', schedule));
    expect(events.filter(({ kind }) => kind === 'invoiced')).toMatchObject([{ qty: 50 * UNIT }]);
    const undone = undo();
    expect(undone.refused.length).toBeGreaterThan(0);
    expect(desk.row('invoices', id)).toMatchObject({ status: 'issued', issued_on: '2026-01-15' });
    await expect(async () => issue(id)).rejects.toThrow(/is issued and is not issued again/);
    expect(() => desk.update('invoices', id, { due_on: '2026-09-09' })).toThrow(/Credit what is wrong/);
    expect(() => desk.store.apply([{ kind: 'delete', table: 'invoices', id }], edit)).toThrow(/is issued/);
    expect(() => desk.update('invoice_lines', linesOf(id)[0]?.id ?? '', { description: 'Other' })).toThrow(/no longer change/);
    expect(() => desk.insert('invoices', {})).toThrow(/bill its order/);
  });

  test('F3: undo stops at a delivery that was billed, and at the order it is of', async () => {
    const { desk, order, record, issued, undo, redo } = openBilling();
    record('shipped', 45);
    record('short_closed', 5);
    record('delivered', 30);
    expect(undo().refused).toEqual([]);
    expect(redo().refused).toEqual([]);
    await issued();
    for (const what of ['issue', 'bill', 'deliver', 'close short', 'ship', 'confirm']) {
      if (what === 'close short') {
        expect(undo()).toMatchObject({ refused: [], rows: [{ table: 'fulfilments' }] });
        continue;
      }
      const { rows, refused } = undo();
      expect([what, rows, refused.every(({ why }) => why === 'fixed')]).toEqual([what, [], true]);
    }
    expect(desk.row('orders', order)).toMatchObject({ status: 'confirmed' });
  });

  test('F5: a draft that bills what came back since is not issued', async () => {
    const { deliver, record, bill, issue } = openBilling();
    deliver(50);
    const id = await bill();
    record('returned', 8);
    await expect(async () => issue(id)).rejects.toThrow(/bills more than was delivered and kept/);
  });

  test('a whole billing is one step of undo while it is a draft', async () => {
    const { desk, deliver, bill, undo } = openBilling();
    deliver(50);
    const id = await bill();
    expect(undo().refused).toEqual([]);
    expect(desk.row('invoices', id)).toEqual({});
  });

  test('freight goes on the first invoice, and rounding over the whole order adds up', async () => {
    const { desk, order, deliver, issued, totals } = openBilling();
    desk.update('orders', order, { freight: 1250 }, imported);
    deliver(20);
    const first = await issued();
    deliver(30);
    const second = await issued();
    expect([await totals(first), await totals(second)]).toMatchObject([
      { net: '17000', freight: '1250', total: '18250', open: '18250' },
      { net: '25500', freight: '0', total: '25500' },
    ]);
  });
});

describe('credit notes', () => {
  test('K3: what was paid beyond what is owed since then is free for other invoices, and undo leaves both', async () => {
    const { desk, deliver, issued, credit, pay, totals, undo } = openBilling();
    deliver(50);
    const id = await issued();
    await pay(id, 42_500);
    await credit(id, null, 3_000);
    expect(await totals(id)).toMatchObject({ paid: '39500', credited: '3000', open: '0' });
    const [payment = ''] = desk.store.match('payments', 'account_id', String(desk.row('invoices', id)['account_id']));
    expect(desk.store.children('allocations', payment).map(({ amount }) => amount)).toEqual([39_500]);
    undo();
    expect(await totals(id)).toMatchObject({ paid: '39500', credited: '3000', open: '0' });
  });

  test('F5: a quantity is credited at what it was billed for; never more than was billed; it cannot be undone', async () => {
    const { desk, deliver, issued, credit, totals, undo, line } = openBilling();
    deliver(50);
    const id = await issued();
    const { id: note } = await credit(id, 8, null);
    expect(desk.row('credit_notes', note)).toMatchObject({ reason: 'Broken', credited_on: '2026-01-15', invoice_id: id });
    expect(String(desk.row('credit_notes', note)['number'])).toMatch(/^CN26-/);
    expect(await totals(id)).toMatchObject({ credited: '6800', open: '35700' });
    await expect(async () => credit(id, 43, null)).rejects.toThrow('You cannot credit 43: 42 is billed and not credited.');
    await expect(async () => credit(id, null, 35_701)).rejects.toThrow(/more than was billed and not credited/);
    await expect(async () => credit(id, null, 100, ' ')).rejects.toThrow(/Say why/);
    expect(undo().refused.length).toBeGreaterThan(0);
    expect(desk.row('credit_notes', note)).toMatchObject({ reason: 'Broken' });
    const events = desk.store
      .children('schedule_lines', line)
      .flatMap(({ id: schedule }) => desk.store.children('fulfilments', schedule));
    expect(events.filter(({ kind }) => kind === 'credited')).toMatchObject([{ qty: 8 * UNIT }]);
    expect(() => desk.store.apply([{ kind: 'delete', table: 'credit_notes', id: note }], edit)).toThrow(/stays/);
    await credit(id, 42, null);
    expect(await totals(id)).toMatchObject({ credited: '42500', open: '0' });
  });

  test('only what was issued is credited, paid or disputed', async () => {
    const { deliver, bill, credit, pay, dispute } = openBilling();
    deliver(50);
    const id = await bill();
    for (const act of [() => credit(id, 1, null), () => pay(id, 100), () => dispute(id, 100)])
      await expect(async () => act()).rejects.toThrow(/is draft: only what was issued/);
  });
});

describe('payments', () => {
  test('a payment goes to its invoice, what is left over stays; without one to the oldest; undo takes it back', async () => {
    const { deliver, issued, pay, totals, standing, undo } = openBilling();
    deliver(20);
    const first = await issued();
    deliver(30);
    const second = await issued();
    await pay(first, 18_000);
    expect(await totals(first)).toMatchObject({ paid: '17000', open: '0' });
    expect((await standing()).exposure).toMatchObject({ receivables: '25500', credits: '1000', total: '24500' });
    await pay(null, 500);
    expect(await totals(second)).toMatchObject({ paid: '500', open: '25000' });
    expect(undo().refused).toEqual([]);
    expect(await totals(second)).toMatchObject({ paid: '0' });
  });

  test('K3: what is left of a payment waits, and is set against what is billed later, never above what is left or open', async () => {
    const { desk, account, deliver, issued, pay, totals, dispute, unset, unapplied, allocate, standing, undo } = openBilling();
    deliver(20);
    const first = await issued();
    const { id: payment } = await pay(null, 20_000);
    expect((await totals(first)).open).toBe('0');
    expect(await unapplied()).toEqual([{ id: payment, amount: '20000', unapplied: '3000', currency: 'GBP' }]);
    expect((await standing()).exposure).toMatchObject({ credits: '3000' });
    await expect(async () => allocate(payment)).rejects.toThrow('Nothing is open to set it against.');
    deliver(10);
    const second = await issued();
    await expect(async () => allocate(payment, [second, 3_001])).rejects.toThrow('more than is left of the payment');
    await expect(async () => allocate(payment, [second, 8_501])).rejects.toThrow('more than is open of');
    await expect(async () => allocate(payment, [first, 1])).rejects.toThrow('Nothing is open of');
    await expect(async () => allocate(payment, [second, 1], [second, 1])).rejects.toThrow('stands there twice');
    await allocate(payment, [second, 1_000]);
    expect([(await totals(second)).open, (await unapplied())[0]?.unapplied]).toEqual(['7500', '2000']);
    deliver(1);
    const third = await issued();
    await dispute(third, 200);
    expect((await unset()).invoices.map(({ id, open, disputed }) => [id, open, disputed])).toEqual([
      [second, '7500', '0'],
      [third, '850', '200'],
    ]);
    await allocate(payment, [third, 650], [second, 1_350]);
    expect([(await totals(second)).open, (await totals(third)).open, await unapplied()]).toEqual(['6150', '200', []]);
    undo();
    expect([(await totals(second)).open, (await totals(third)).open]).toEqual(['7500', '850']);
    await allocate(payment);
    expect([(await totals(second)).open, await unapplied()]).toEqual(['5500', []]);
    await expect(async () => allocate(payment)).rejects.toThrow('All of it is set against invoices already.');
    undo();
    expect((await unapplied())[0]?.unapplied).toBe('2000');
    const other = desk.insert('accounts', { name: 'Other' });
    desk.update('payments', payment, { account_id: other }, { ...edit, source: 'import' });
    await expect(async () => allocate(payment, [second, 1])).rejects.toThrow('of another account');
    expect(account).not.toBe(other);
  });

  test('O1: who an invoice was made out to pays it, and nobody else’s', async () => {
    const { desk, order, deliver, issued, pay, totals, allocate } = openBilling();
    deliver(2);
    const ours = await issued();
    const payer = desk.insert('accounts', { name: 'Forth Holdings' });
    desk.update('orders', order, { bill_to_id: payer });
    deliver(1);
    const theirs = await issued();
    const { id: payment } = await pay(ours, 1_700 + 1_000);
    desk.update('payments', payment, { account_id: payer }, { ...edit, source: 'import' });
    await expect(async () => allocate(payment, [ours, 1])).rejects.toThrow('of another account');
    await allocate(payment);
    expect([(await totals(ours)).open, (await totals(theirs)).open]).toEqual(['0', '0']);
  });

  test('K3: a promise is for what is open, and a later day', async () => {
    const { desk, deliver, issued, commands } = openBilling();
    deliver(50);
    const id = await issued();
    const promise = (amount: number, on: string) =>
      commands['invoices.promise']({ id, amount, on, by: 'Mrs Lee', screen }, context);
    await expect(async () => promise(50_000, '2026-01-20')).rejects.toThrow(/more than is open/);
    await expect(async () => promise(100, '2026-01-10')).rejects.toThrow(/today or a later day/);
    await expect(async () => promise(100, '2062-01-10')).rejects.toThrow(/10 years off/);
    await promise(42_500, '2026-01-20');
    expect(desk.store.children('promises', id)).toMatchObject([
      { amount: 42_500, promised_for: '2026-01-20', said_by: 'Mrs Lee' },
    ]);
  });

  test('K4: a plan adds up to what is open; a new one replaces it; what is paid since counts towards it', async () => {
    const { desk, deliver, issued, commands, pay, queries } = openBilling();
    deliver(50);
    const id = await issued();
    await pay(id, 500);
    const plan = (count: number, first = '2026-02-14') =>
      commands['invoices.plan']({ id, count, first, every: 'month', screen }, context);
    await expect(async () => plan(2, '2020-02-14')).rejects.toThrow(/today or on a later day/);
    await expect(async () => plan(2, '2062-02-14')).rejects.toThrow(/10 years off/);
    await plan(2);
    await plan(3);
    await pay(id, 15_000);
    expect(desk.store.children('payment_plans', id)).toHaveLength(1);
    const story = contract['invoices.story'].output.parse(await queries['invoices.story']({ id }, context));
    expect(story.plan).toEqual({
      is_broken: false,
      instalments: [
        { due: '2026-02-14', amount: '14000', left: '0' },
        { due: '2026-03-14', amount: '14000', left: '13000' },
        { due: '2026-04-14', amount: '14000', left: '14000' },
      ],
    });
  });
});

describe('billing queries', () => {
  test('K3: three roles, never more than is open; it leaves the ageing and stays in the exposure', async () => {
    const { desk, deliver, issued, dispute, standing } = openBilling();
    deliver(50);
    const id = await issued();
    await expect(async () => dispute(id, 100, { responsible: null })).rejects.toThrow(/three names/);
    await expect(async () => dispute(id, 42_501)).rejects.toThrow(/more than is open/);
    const { id: query } = await dispute(id, 10_000);
    expect(desk.row('disputes', query)).toMatchObject({
      status: 'open',
      opened_on: '2026-01-15',
      due_on: '2026-01-22',
      amount: 10_000,
    });
    const stood = await standing();
    expect([stood.ageing.disputed, stood.ageing.buckets[0], stood.exposure.receivables]).toEqual(['10000', '32500', '42500']);
  });

  test('K3: answered, then closed: credited names its credit note, and each is one step of undo', async () => {
    const { desk, deliver, issued, dispute, credit, commands, undo } = openBilling();
    deliver(50);
    const id = await issued();
    const { id: query } = await dispute(id, 6800);
    expect(() => desk.update('disputes', query, { status: { '?': 'closed' } })).not.toThrow();
    expect(desk.row('disputes', query)['status']).toBe('open');
    const close = (outcome: 'rejected' | 'credit', note: string | null) =>
      commands['disputes.close']({ id: query, outcome, credit: note, cause: 'Forklift', screen }, context);
    await expect(async () => commands['disputes.answer']({ id: query, answer: ' ', screen }, context)).rejects.toThrow(
      /what the answer is/,
    );
    await commands['disputes.answer']({ id: query, answer: 'We look into it.', screen }, context);
    expect(desk.row('disputes', query)).toMatchObject({ status: 'answered', answered_on: '2026-01-15' });
    await expect(async () => close('credit', null)).rejects.toThrow(/Name the credit note first/);
    const { id: note } = await credit(id, 8, null);
    await close('credit', note);
    expect(desk.row('disputes', query)).toMatchObject({
      status: 'closed',
      outcome: 'credit',
      credit_note_id: note,
      root_cause: 'Forklift',
    });
    await expect(async () => close('rejected', null)).rejects.toThrow(/closed already/);
    expect(undo().refused).toEqual([]);
    expect(desk.row('disputes', query)).toMatchObject({ status: 'answered', outcome: null });
  });
});

describe('how an account stands', () => {
  test('K1: receivables, credits, unbilled value of confirmed orders and this order, one figure', async () => {
    const { desk, account, deliver, issued, standing, order } = openBilling();
    desk.update('accounts', account, { credit_limit: 100_000 });
    deliver(20);
    await issued();
    const product = desk.store.children('order_lines', order)[0]?.['product_id'] ?? null;
    const next = desk.insert('orders', { account_id: account });
    desk.insert('order_lines', { order_id: next, product_id: product, qty: 10 * UNIT });
    const stood = await standing(next);
    expect(stood.exposure).toEqual({
      receivables: '17000',
      credits: '0',
      unbilled: '25500',
      deliveries: '0',
      order: '8500',
      total: '51000',
    });
    expect([stood.result, stood.limit, stood.room, stood.why]).toEqual(['ok', '100000', '49000', null]);
  });

  test('K2: warns near the limit, holds above it, and says why', async () => {
    const { desk, account, standing } = openBilling();
    desk.update('accounts', account, { credit_limit: 47_000 });
    const near = await standing();
    expect([near.result, near.causes]).toEqual(['warn', ['near_limit']]);
    expect(near.why).toMatch(/only 45\.00 GBP is left/);
    desk.update('accounts', account, { credit_limit: 40_000 });
    const over = await standing();
    expect([over.result, over.causes]).toEqual(['hold', ['over_limit']]);
    expect(over.why).toMatch(/passed by 25\.00 GBP/);
    // A file of its own knows all there is.
    expect(over.age).toBeNull();
  });
});
