/** Claims on carriers on a real file: made from a booking, filed, answered, what is due and what is lost. */
import { describe, expect, test } from 'vitest';
import { bookingCommands } from '../../electron/engine/services/booking/bookings.ts';
import { claimCommands, claimQueries } from '../../electron/engine/services/claims/claims.ts';
import { clockDetailsSql, openClocksSql } from '../../electron/engine/store/clocks/read.ts';
import { claims as source } from '../../electron/engine/store/clocks/claims.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext } from '../fakes/context.ts';
import { edit, openDesk } from './open.ts';

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);

/** A booking that came on 2026-01-10, signed for with a note, and somebody at the desk. */
const openClaims = () => {
  const desk = openDesk();
  const account = desk.insert('accounts', { code: 'HARB', name: 'Harbour Foods' });
  const carrier = desk.insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
  const ann = desk.insert('people', { name: 'Ann', email: 'ann@x.example' });
  const context = { ...pageContext, as: ann };
  const booking = desk.insert('bookings', {
    account_id: account,
    partner_id: carrier,
    tracking: 'PRO 4711',
    currency: 'GBP',
    status: 'done',
  });
  const env = { ...desk.env, locale: desk.locale };
  const track = bookingCommands({ store: desk.store, env });
  const parsed = contract['bookings.event'].input.parse({ id: booking, code: 'D1', at: at('2026-01-10') });
  void track['bookings.event'](parsed, context);
  const commands = claimCommands({ store: desk.store, env });
  const queries = claimQueries({ read: desk.store });
  const ask = (name: keyof typeof commands, input: object) =>
    // The contract is what the wire parses with: defaults are filled in here as there.
    (commands[name] as (input: unknown, call: typeof context) => unknown)(contract[name].input.parse(input), context);
  const open = (more: object = {}): string =>
    (ask('claims.open', { booking, cause: 'damaged', amount: 12_000, ...more }) as { readonly id: string }).id;
  const story = (id: string) => contract['claims.story'].output.parse(queries['claims.story']({ id }, context));
  const losses = () => contract['claims.losses'].output.parse(queries['claims.losses']({ from: null, to: null }, context)).rows;
  const row = (id: string) => desk.row('claims', id);
  const next = (id: string) =>
    desk.look((db) => db.prepare('SELECT kind, due, who FROM claim_clocks s JOIN claims t ON t._n = s.n WHERE t.id = ?').get(id));
  return { desk, account, carrier, booking, ann, ask, open, story, losses, row, next };
};

describe('T2: a claim', () => {
  test('T2: knows from its booking whose, on whom, of which shipment and since when', () => {
    const { open, row, account, carrier, booking, ann, next } = openClaims();
    const id = open();
    expect(row(id)).toMatchObject({
      account_id: account,
      partner_id: carrier,
      booking_id: booking,
      shipment: 'PRO 4711',
      delivered_on: '2026-01-10',
      currency: 'GBP',
      owner_id: ann,
      is_liable: 1,
      status: 'draft',
    });
    expect(String(row(id)['number'])).toMatch(/^K26-\w{3}-0001$/);
    expect(next(id)).toEqual({ kind: 'file', due: '2026-10-10', who: 'us' });
  });

  test('T2: from an issue it is of the same account and order', () => {
    const { desk, ask, row, account, carrier } = openClaims();
    const order = desk.insert('orders', { account_id: account, carrier_id: carrier, currency: 'EUR' });
    const issue = desk.insert('cases', { title: 'Two pallets short', account_id: account, order_id: order });
    const { id } = ask('claims.open', { issue, cause: 'short' }) as { readonly id: string };
    expect(row(id)).toMatchObject({ case_id: issue, order_id: order, account_id: account, partner_id: carrier, currency: 'EUR' });
  });

  test('T2: is filed only with shipment, liability, amount and cause; then it is fixed, undone by nothing', () => {
    const { desk, open, ask, row, story } = openClaims();
    const id = open({ amount: null });
    expect(story(id).blocked).toMatch(/names no amount/);
    expect(() => ask('claims.file', { id })).toThrow(/names no amount/);
    desk.update('claims', id, { amount: 12_000, is_liable: 0 });
    expect(() => ask('claims.file', { id })).toThrow(/held liable/);
    desk.update('claims', id, { is_liable: 1 });
    ask('claims.file', { id, on: '2026-01-12' });
    expect(row(id)).toMatchObject({ status: 'filed', filed_on: '2026-01-12' });
    expect(() => desk.update('claims', id, { amount: 99_000 })).toThrow(/carrier holds it/);
    expect(() => desk.store.apply([{ kind: 'delete', table: 'claims', id }], { ...edit, label: 'Delete' })).toThrow(
      /stays on record/,
    );
    desk.update('claims', id, { description: 'Corner crushed' });
    expect(() => ask('claims.file', { id })).toThrow(/filed already/);
    expect(story(id).blocked).toBeNull();
  });

  test('T2: a status typed in a cell files it today, or stays with the reason', () => {
    const { desk, open, row } = openClaims();
    const [good, bad] = [open(), open({ amount: null })];
    desk.update('claims', good, { status: { '?': 'Filed' } });
    expect(row(good)).toMatchObject({ status: 'filed', filed_on: '2026-01-15' });
    desk.update('claims', bad, { status: { '?': 'Filed' } });
    expect(row(bad)).toMatchObject({ status: 'draft', filed_on: null });
    expect(desk.issues('claims', bad)).toEqual(['status STATE_BLOCKED']);
    desk.update('claims', good, { status: { '?': 'Paid' } });
    expect(desk.issues('claims', good)).toEqual(['status STATE_ASKS']);
  });

  test('T2: days by the terms of its carrier, anew when they change; who has to act', () => {
    const { desk, open, ask, next, carrier, story } = openClaims();
    const id = open();
    desk.update('partners', carrier, { claim_months: 6, claim_acknowledge_days: 10 });
    expect(next(id)).toEqual({ kind: 'file', due: '2026-07-10', who: 'us' });
    desk.update('partners', carrier, { claim_concealed_days: 2 });
    desk.update('claims', id, { is_concealed: 1 });
    expect(next(id)).toEqual({ kind: 'tell', due: '2026-01-12', who: 'us' });
    ask('claims.file', { id, on: '2026-01-13' });
    expect(next(id)).toEqual({ kind: 'acknowledge', due: '2026-01-23', who: 'carrier' });
    ask('claims.answer', { id, answer: 'acknowledged' });
    expect(next(id)).toMatchObject({ kind: 'decide', who: 'carrier' });
    expect(story(id).deadlines.map(({ kind, done_on: done }) => [kind, done])).toEqual([
      ['tell', '2026-01-13'],
      ['file', '2026-01-13'],
      ['acknowledge', '2026-01-15'],
      ['decide', null],
      ['status', null],
    ]);
  });

  test('T2: is not filed without the day its deadlines run from; of what never came it may be filed before that day', () => {
    const { desk, ask, row, story, account, carrier } = openClaims();
    const made = ask('claims.open', { account, partner: carrier, cause: 'lost', amount: 5_000, currency: 'USD' });
    const { id } = made as { readonly id: string };
    expect(row(id)).toMatchObject({ amount: 5_000, currency: 'USD' });
    desk.update('claims', id, { shipment: 'PRO 9' });
    expect(() => ask('claims.file', { id })).toThrow(/when the goods came/);
    desk.update('claims', id, { delivered_on: '2026-01-20' });
    ask('claims.file', { id, on: '2026-01-14' });
    expect(story(id).deadlines.map(({ kind }) => kind)).toContain('acknowledge');
  });

  test('T2: an answer that does not follow is refused, and a claim is taken back only with its reason', () => {
    const { desk, open, ask, row } = openClaims();
    const id = open();
    ask('claims.file', { id, on: '2026-01-12' });
    ask('claims.answer', { id, answer: 'paid', amount: 9_000 });
    expect(() => ask('claims.answer', { id, answer: 'paid', amount: 100 })).toThrow(/is paid: that answer does not follow/);
    expect(() => ask('claims.answer', { id, answer: 'report', reason: 'Later' })).toThrow(/does not follow/);
    expect(row(id)).toMatchObject({ paid: 9_000, reason: null });
    const other = open();
    desk.update('claims', other, { status: { '?': 'Withdrawn' } });
    expect(desk.issues('claims', other)).toEqual(['status STATE_ASKS']);
  });

  test('T2: offered, declined with a reason, paid; the suit runs from the denial, nothing when it is over', () => {
    const { open, ask, row, next } = openClaims();
    const id = open();
    expect(() => ask('claims.answer', { id, answer: 'paid', amount: 1 })).toThrow(/not filed/);
    ask('claims.file', { id, on: '2026-01-11' });
    expect(() => ask('claims.answer', { id, answer: 'offered' })).toThrow(/how much/);
    expect(() => ask('claims.answer', { id, answer: 'offered', amount: 12_001 })).toThrow(/more than was claimed/);
    expect(() => ask('claims.answer', { id, answer: 'report', on: '2026-01-10' })).toThrow(/before/);
    ask('claims.answer', { id, answer: 'offered', amount: 6_000 });
    expect(() => ask('claims.answer', { id, answer: 'declined' })).toThrow(/why/);
    ask('claims.answer', { id, answer: 'declined', reason: 'Packing' });
    expect(row(id)).toMatchObject({ status: 'declined', offered: 6_000, denied_on: '2026-01-15', reason: 'Packing' });
    expect(next(id)).toEqual({ kind: 'suit', due: '2028-01-16', who: 'us' });
    ask('claims.answer', { id, answer: 'paid', amount: 9_000 });
    expect(row(id)).toMatchObject({ status: 'paid', paid: 9_000 });
    expect(next(id)).toBeUndefined();
  });

  test('T2: evidence, what of it is missing, what kept files prove, and a claim taken back with its reason', () => {
    const { desk, booking, open, ask, story, row, next } = openClaims();
    const id = open();
    expect(story(id).missing).toEqual(['Proof of delivery with exceptions', 'Photos', 'Invoice', 'Salvage']);
    ask('claims.evidence', { id, kind: 'photos', name: 'Pallet 2', file: 'photos.zip' });
    ask('claims.evidence', { id, kind: 'proof', name: '' });
    expect(story(id)).toMatchObject({
      missing: ['Invoice', 'Salvage'],
      evidence: [
        { kind: 'Photos', name: 'Pallet 2', file: 'photos.zip', added_on: '2026-01-15' },
        { kind: 'Proof of delivery with exceptions' },
      ],
    });
    const keep = (about: string, name: string, kind: string) =>
      desk.insert('attachments', { about, name, kind }, { ...edit, source: 'import' });
    keep(`claims/${id}`, 'pallet.jpg', 'photo');
    keep(`claims/${id}`, 'terms.pdf', 'paper');
    keep(`bookings/${booking}`, 'signed.pdf', 'sign_off');
    expect(story(id).evidence.slice(2)).toMatchObject([
      { kind: 'Photos', file: 'pallet.jpg' },
      { kind: 'Proof of delivery with exceptions', file: 'signed.pdf' },
    ]);
    expect(() => ask('claims.withdraw', { id, reason: ' ' })).toThrow(/why/);
    ask('claims.withdraw', { id, reason: 'Found in the yard' });
    expect(row(id)).toMatchObject({ status: 'withdrawn', reason: 'Found in the yard' });
    expect(next(id)).toBeUndefined();
  });

  test('T2: Today has what is due, with what to do', () => {
    const { desk, open, account } = openClaims();
    const id = open();
    const window = { upto: '2026-10-10', today: '2026-10-10', end: 0, owner: null };
    expect(desk.look((db) => db.prepare(openClocksSql(source)).raw().all(window))).toEqual([
      [id, '2026-10-10', null, null, 12_000, 'GBP', 0],
    ]);
    expect(desk.look((db) => db.prepare(openClocksSql(source)).all({ ...window, upto: '2026-10-09' }))).toEqual([]);
    const [detail] = desk.look((db) =>
      db.prepare(clockDetailsSql(source)).all({ ids: JSON.stringify([id]), today: '2026-10-10' }),
    );
    expect(detail).toMatchObject({ next: 'File it', account, ownerName: 'Ann' });
    expect((detail as { readonly item: string }).item).toMatch(/^K26-\w{3}-0001: file the claim$/);
  });
});

test('T3: the credit of the customer is a record of its own; net loss per cause is the one less the other', () => {
  const { desk, open, ask, account, losses } = openClaims();
  const command = { ...edit, isCommand: true };
  const invoice = desk.insert('invoices', { account_id: account, currency: 'GBP' }, command);
  const note = desk.insert('credit_notes', { invoice_id: invoice, account_id: account, tax: 100 }, command);
  desk.insert('credit_lines', { credit_note_id: note, amount: 11_900 }, command);
  const [paid, given, other] = [open(), open({ cause: 'late', amount: 500 }), open()];
  ask('claims.file', { id: paid, on: '2026-01-12' });
  ask('claims.answer', { id: paid, answer: 'paid', amount: 9_000 });
  desk.update('claims', paid, { credit_note_id: note });
  expect(losses()).toEqual([
    { currency: 'GBP', cause: 'damaged', label: 'Damaged', claims: 1, credited: '12000', recovered: '9000', net: '3000' },
  ]);
  desk.update('claims', given, { credit_note_id: note });
  desk.update('claims', other, { currency: 'EUR', credit_note_id: note });
  expect(losses().map(({ cause, net, claims }) => [cause, net, claims])).toEqual([['damaged', '3000', 1]]);
});

test('T3: a credit note that several claims name was given once: the eldest of them in its currency counts it', () => {
  const { desk, open, ask, account, losses } = openClaims();
  const command = { ...edit, isCommand: true };
  const invoice = desk.insert('invoices', { account_id: account, currency: 'GBP' }, command);
  const note = desk.insert('credit_notes', { invoice_id: invoice, account_id: account, tax: 0 }, command);
  desk.insert('credit_lines', { credit_note_id: note, amount: 10_000 }, command);
  const [foreign, first, second] = [open(), open(), open({ cause: 'late' })];
  desk.update('claims', foreign, { currency: 'EUR' });
  for (const claim of [foreign, first, second]) desk.update('claims', claim, { credit_note_id: note });
  for (const [claim, amount] of [
    [first, 4_000],
    [second, 3_000],
  ] as const) {
    ask('claims.file', { id: claim, on: '2026-01-12' });
    ask('claims.answer', { id: claim, answer: 'paid', amount });
  }
  const rows = losses();
  expect(
    rows
      .map(({ cause, credited, recovered }) => [cause, credited, recovered])
      .toSorted(([a = ''], [b = '']) => a.localeCompare(b)),
  ).toEqual([
    ['damaged', '10000', '4000'],
    ['late', '0', '3000'],
  ]);
  expect(rows.reduce((sum, { net }) => sum + Number(net), 0)).toBe(3_000);
});
