/** Bookings, their events and status files, on a real file. Thursday 15 January 2026, in London. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { bookingCommands, bookingQueries } from '../../electron/engine/services/bookings.ts';
import { bookingClocksSql } from '../../electron/engine/store/booking-clocks.ts';
import { contract } from '../../shared/contract/index.ts';
import { pictureOf } from '../../shared/domain/tracking/events.ts';
import { eventsOf } from '../../electron/engine/services/booking/read.ts';
import { pageContext } from '../fakes/context.ts';
import { makeTemp } from '../setup/temp.ts';
import { edit, openDesk, withOrder } from './open.ts';

const UNIT = 1_000_000;
const at = (day: string, time = '12:00'): number => Date.parse(`${day}T${time}:00Z`);

/** A confirmed order of 12 crates of 20 kg to Leith, two carriers with rates, a contractor, somebody at the desk. */
const openBookings = () => {
  const desk = openDesk();
  const { account, product, order } = withOrder(desk);
  desk.update('products', product, { weight: 20 * UNIT });
  desk.update('orders', order, { ship_city: 'Leith', ship_postcode: 'EH6 6JJ', ship_country: 'GB', promised: '2026-01-20' });
  desk.update('orders', order, { status: { '?': 'confirmed' } });
  const ann = desk.insert('people', { name: 'Ann', email: 'ann@x.example' });
  const partner = (code: string, name: string, kind: string) => desk.insert('partners', { code, name, kind });
  const [northline, coastway] = [partner('NLF', 'Northline', 'carrier'), partner('CST', 'Coastway', 'carrier')];
  const rate = { kind: 'contract', code: 'FRT', basis: 'kg', price: 500_000, minimum: 4_500, fuel: 100_000, currency: 'GBP' };
  desk.insert('partner_rates', { ...rate, partner_id: northline, destination: 'EH' });
  desk.insert('partner_rates', { ...rate, partner_id: coastway, kind: 'spot', price: 100_000 });
  desk.insert('partner_services', { partner_id: northline, name: 'Economy', cutoff: '16:00' });
  desk.insert('charge_rules', { code: 'FRT', markup: 200_000 });
  const context = { ...pageContext, as: ann };
  const deps = { store: desk.store, env: { ...desk.env, locale: desk.locale } };
  const commands = bookingCommands(deps);
  const queries = bookingQueries({
    read: desk.store,
    now: desk.env.clock,
    today: () => '2026-01-15',
    zone: () => 'Europe/London',
  });
  const ask = (name: keyof typeof commands, input: object) =>
    // The contract is what the wire parses with: defaults are filled in here as there.
    (commands[name] as (input: unknown, call: typeof context) => unknown)(contract[name].input.parse(input), context);
  const book = (more: object = {}): string => {
    const made = ask('bookings.book', { order, partner: northline, pickup: at('2026-01-16', '09:00'), stage: 'tender', ...more });
    return (made as { readonly id: string }).id;
  };
  const story = (id: string) => contract['bookings.story'].output.parse(queries['bookings.story']({ id }, context));
  const row = (id: string) => desk.row('bookings', id);
  return { desk, account, order, product, ann, northline, coastway, partner, ask, book, story, row, queries, context };
};

describe('booking an order', () => {
  test('B1: what is left of it, what it weighs, where to and until when; once booked nothing is left', () => {
    const { book, row, order, northline, desk, queries, context } = openBookings();
    const proposal = contract['bookings.proposal'].output.parse(queries['bookings.proposal']({ order }, context));
    expect(proposal).toMatchObject({ weight: String(240 * UNIT), pieces: 12, refusal: null });
    const id = book();
    expect(row(id)).toMatchObject({
      status: 'tendered',
      partner_id: northline,
      service: 'Economy',
      weight: 240 * UNIT,
      pieces: 12,
      to_city: 'Leith',
      currency: 'GBP',
      deliver_to: at('2026-01-20', '17:00'),
      cutoff_at: at('2026-01-16', '16:00'),
    });
    expect(String(row(id)['number'])).toMatch(/^B26-\w{3}-0001$/);
    expect(desk.store.children('booking_lines', id)).toMatchObject([{ qty: 12 * UNIT }]);
    expect(() => book()).toThrow(/booked already/);
  });

  test('B3: contract first, then spot, with fuel; B4: cost of the rate, charge of the contract, fuel unbilled', async () => {
    const { book, story, queries, context, desk } = openBookings();
    const id = book();
    const { offers } = contract['bookings.offers'].output.parse(await queries['bookings.offers']({ id }, context));
    expect(offers.map(({ name, kind, total }) => [name, kind, total])).toEqual([
      ['Northline', 'contract', '13200'],
      ['Coastway', 'spot', '4950'],
    ]);
    expect(story(id).charges).toMatchObject([
      { code: 'FRT', cost: '12000', charge: '14400', fault: null },
      { code: 'FUE', cost: '1200', charge: null, fault: 'no_charge' },
    ]);
    expect(story(id).tenders).toMatchObject([{ partner: 'Northline', cost: '13200', answer: null }]);
    expect(desk.store.get('bookings', id)?.['chargeable']).toBe(240 * UNIT);
  });

  test('B1: declined with a reason, tendered to another, accepted with exception, confirmed, moved, delivered, proved, closed', () => {
    const { book, ask, row, story, coastway } = openBookings();
    const id = book();
    expect(() => ask('bookings.answer', { id, answer: 'declined' })).toThrow(/why it was declined/);
    ask('bookings.answer', { id, answer: 'declined', reason: 'No truck' });
    expect(row(id)['status']).toBe('declined');
    ask('bookings.tender', { id, partner: coastway });
    ask('bookings.answer', { id, answer: 'accepted_exception', reason: 'A day later', tracking: 'CST-77' });
    expect(story(id).tenders.map(({ answer }) => answer)).toEqual(['declined', 'accepted_exception']);
    for (const status of ['confirmed', 'in_progress', 'done']) {
      ask('bookings.advance', { id });
      expect(row(id)['status']).toBe(status);
    }
    expect(row(id)['pod_due_on']).toBe('2026-01-19');
    expect(
      story(id)
        .events.map(({ code }) => code)
        .toSorted(),
    ).toEqual(['AF', 'D1']);
    expect(() => ask('bookings.proof', { id, name: ' ' })).toThrow(/who signed/);
    ask('bookings.proof', { id, name: 'M. Rook', note: 'One crate wet' });
    expect(row(id)).toMatchObject({ pod_name: 'M. Rook', pod_note: 'One crate wet' });
    ask('bookings.advance', { id });
    expect(row(id)['status']).toBe('closed');
    expect(() => ask('bookings.advance', { id })).toThrow(/no next step/);
  });

  test('B1: cancelled gives its lines back to be booked, with the party at fault', () => {
    const { book, ask, row } = openBookings();
    const id = book();
    ask('bookings.end', { id, to: 'cancelled', reason: 'Order moved', fault: 'customer' });
    expect(row(id)).toMatchObject({ status: 'cancelled', fault: 'customer', reason: 'Order moved' });
    expect(book()).not.toBe(id);
  });

  test('a whole booking is one step of undo; what is agreed is not changed by hand', () => {
    const { desk, book, ask, row, coastway } = openBookings();
    const id = book();
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    const person = desk.store.get('bookings', id);
    expect(person === undefined || person['status'] === 'tendered').toBe(true);
    const other = person === undefined ? book() : id;
    ask('bookings.answer', { id: other, answer: 'accepted' });
    ask('bookings.advance', { id: other });
    expect(() => desk.update('bookings', other, { partner_id: coastway })).toThrow(/agreed with its partner/);
    expect(() => desk.insert('tracking_events', { booking_id: other, code: 'D1' })).toThrow(/not typed|recorded on the booking/);
    expect(row(other)['status']).toBe('confirmed');
  });
});

describe('B7: visits', () => {
  const visit = (world: ReturnType<typeof openBookings>, contractor: string, day: string, more: object = {}) =>
    world.book({ order: null, account: world.account, partner: contractor, kind: 'visit', pickup: at(day), ...more });

  test('B7: papers have to hold on the visit date with their cover; a named person with a reason steps over', () => {
    const world = openBookings();
    const { desk, row, ask, ann } = world;
    const contractor = world.partner('FIX', 'Fix & Co', 'contractor');
    desk.insert('required_papers', { kind: 'visit', type: 'liability', cover: 1_000_000_00, currency: 'GBP' });
    expect(() => visit(world, contractor, '2026-01-20')).toThrow(/Public liability is missing/);
    const paper = { partner_id: contractor, type: 'liability', cover: 2_000_000_00, currency: 'GBP', valid_to: '2026-01-20' };
    desk.insert('partner_papers', paper);
    const id = visit(world, contractor, '2026-01-20');
    expect(() => visit(world, contractor, '2026-01-21')).toThrow(/ends 2026-01-20, before 2026-01-21/);
    ask('bookings.answer', { id, answer: 'accepted' });
    ask('bookings.advance', { id });
    expect(() => desk.update('bookings', id, { pickup_from: at('2026-01-22') })).toThrow(/Public liability ends/);
    const forced = visit(world, contractor, '2026-01-21', { override: 'Renewal seen by mail' });
    expect(row(forced)).toMatchObject({ status: 'tendered', override_by: ann, override_reason: 'Renewal seen by mail' });
  });
});

describe('B2: holds', () => {
  test('B2: a hold ends after three working days; who comes second to a full slot is offered another', () => {
    const world = openBookings();
    const { desk, row, story, northline, account, ask } = world;
    const slot = (name: string, starts: string) =>
      desk.insert('slots', { name, kind: 'campaign', starts_on: starts, ends_on: starts, capacity: 1 });
    const [first, second] = [slot('Banner A', '2026-02-02'), slot('Banner B', '2026-02-09')];
    const hold = () =>
      world.book({ order: null, account, partner: northline, kind: 'campaign', slot: first, stage: 'hold', pickup: null });
    const [won, lost] = [hold(), hold()];
    expect(row(won)).toMatchObject({ status: 'hold', hold_until: at('2026-01-20', '18:00') });
    expect(story(won)).toMatchObject({ hold: 'confirmed', alternatives: [] });
    expect(story(lost)).toMatchObject({ hold: 'lost', alternatives: [{ id: second, name: 'Banner B' }] });
    ask('bookings.end', { id: won, to: 'cancelled', reason: 'Not wanted', fault: 'customer' });
    expect(story(lost).hold).toBe('confirmed');
  });
  test('B8: what a campaign fell short of is made good by a booking that names it, with no charge', () => {
    const world = openBookings();
    const { desk, ask, story, row, account } = world;
    const id = world.book({ order: null, account, partner: null, kind: 'campaign', stage: 'need', pickup: null });
    const flight = { live_from: '2026-01-01', live_to: '2026-01-10', units_booked: 1_000, units_delivered: 800 };
    desk.update('bookings', id, flight);
    expect(story(id)).toMatchObject({ pacing: '800000', short: '200' });
    const made = (ask('bookings.make-good', { id }) as { readonly id: string }).id;
    expect(row(made)).toMatchObject({ make_good_of: id, make_good_reason: 'under_delivery', units_booked: 200 });
    expect(story(made).charges).toEqual([]);
    expect(() => ask('bookings.make-good', { id })).toThrow(/nothing to make good/);
  });
});

describe('status files', () => {
  const moving = (world: ReturnType<typeof openBookings>): string => {
    const id = world.book();
    world.ask('bookings.answer', { id, answer: 'accepted', tracking: 'NLF-1' });
    world.ask('bookings.advance', { id });
    return id;
  };
  const read = async (world: ReturnType<typeof openBookings>, name: string, text: string) => {
    const file = path.join(makeTemp(), name);
    writeFileSync(file, text);
    return contract['tracking.read'].output.parse(await world.ask('tracking.read', { path: file }));
  };

  test('B5: a list moves its bookings along; read twice it adds nothing; what finds no booking is kept and told', async () => {
    const world = openBookings();
    const id = moving(world);
    const list = [
      'Tracking,Status,Time,ETA,Location,Reason',
      'NLF-1,Picked up,2026-01-16 09:40,,Wakefield,',
      'NLF-1,ETA,2026-01-16 10:00,2026-01-20 17:30,,AH',
      'NLF-9,Delivered,2026-01-16 09:40,,,',
      'NLF-1,levitated,2026-01-16 09:40,,,',
    ].join('\r\n');
    expect(await read(world, 'list.csv', list)).toMatchObject({ rows: 3, added: 2, known: 0, unmatched: 1, faults: [{ at: 5 }] });
    expect(world.row(id)['status']).toBe('in_progress');
    expect(world.story(id).late).toEqual({ kind: 'predicted_late', reason: 'Expected 30 m after the window: driver' });
    expect(world.story(id).lacks).toBe('Owner: none');
    expect(await read(world, 'list.csv', list)).toMatchObject({ added: 0, known: 2 });
    const rest = world.desk.store.match('tracking_rest', 'source_name', 'list.csv');
    expect(rest.map((one) => world.desk.row('tracking_rest', one)['note'])).toContain('No booking has such a number');
  });

  test('B5: X12 214 by the number of the booking; events stay, a correction takes the place of one', async () => {
    const world = openBookings();
    const id = moving(world);
    const number = String(world.row(id)['number']);
    const text = `ST*214*0001~B10*NLF-1*${number}*NLFT~AT7*AF*NS***20260116*0930*UT~AT7*D1*NS***20260120*1000*UT~SE*4*0001~`;
    expect(await read(world, 'a.edi', text)).toMatchObject({ rows: 2, added: 2, faults: [] });
    expect(world.row(id)).toMatchObject({ status: 'done', pod_due_on: '2026-01-22' });
    const [delivered] = world.story(id).events;
    world.ask('bookings.event', { id, code: 'D1', at: at('2026-01-20', '18:00'), corrects: delivered?.id });
    expect(world.story(id).events.filter(({ is_corrected: isGone }) => isGone)).toHaveLength(1);
    expect(world.story(id).late?.kind).toBe('late');
    expect(() => world.desk.store.apply([{ kind: 'delete', table: 'tracking_events', id: delivered?.id ?? '' }], edit)).toThrow(
      /stays on record/,
    );
  });

  test('B6: every open clock is listed with its record, reason and what is at stake', async () => {
    const world = openBookings();
    const id = moving(world);
    await read(
      world,
      'b.csv',
      'PRO,Status,Time,ETA\nNLF-1,ETA,2026-01-16 10:00,2026-01-21 09:00\nNLF-1,Refused,2026-01-19 10:00,\n',
    );
    const liability = { partner_id: world.northline, type: 'liability', valid_to: '2026-02-01' };
    world.desk.insert('partner_papers', liability);
    world.desk.insert('partner_papers', { ...liability, type: 'goods', valid_to: '2026-02-01' });
    world.desk.insert('partner_papers', { ...liability, type: 'goods', valid_to: '2027-02-01' });
    const clocks = world.desk.look((db) => db.prepare<[], Record<string, unknown>>(bookingClocksSql).all());
    expect(clocks.map(({ source }) => String(source)).toSorted()).toEqual([
      'exception',
      'paper_ends',
      'paper_ends',
      'predicted_late',
    ]);
    expect(clocks.find(({ source }) => source === 'predicted_late')).toMatchObject({
      tbl: 'bookings',
      id,
      account_id: world.account,
      due_at: at('2026-01-20', '17:00'),
      amount: 10_200,
      currency: 'GBP',
    });
  });

  test('B5: what the store keeps beside a booking is what its events come to', async () => {
    const world = openBookings();
    const id = moving(world);
    const lines = [
      'NLF-1,AF,2026-01-16 09:40,',
      'NLF-1,AH,2026-01-18 09:00,',
      'NLF-1,ETA,2026-01-17 10:00,2026-01-19 10:00',
      'NLF-1,D1,2026-01-19 11:00,',
    ];
    await read(world, 'c.csv', ['PRO,Status,Time,ETA', ...lines].join('\n'));
    const picture = pictureOf(eventsOf(world.desk.store, id));
    const sums = world.desk.look((db) =>
      db
        .prepare<[string], Record<string, unknown>>('SELECT s.* FROM booking_sums s JOIN bookings b ON b._n = s.n WHERE b.id = ?')
        .get(id),
    );
    expect(sums).toMatchObject({
      eta: picture.eta,
      first_eta: picture.firstEta,
      last_at: picture.lastAt,
      picked_at: picture.pickedUpAt,
      delivered_at: picture.deliveredAt,
      proof_at: picture.podAt,
      trouble: picture.trouble === null ? 0 : 1,
    });
  });
});
