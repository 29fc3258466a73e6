/** Bookings on a real file. Thursday 15 January 2026, in London. */
import { describe, expect, test } from 'vitest';
import { createReadStore } from '../../electron/engine/store/read/read-store.ts';
import { contract } from '../../shared/contract/index.ts';
import { at, openBookings, UNIT } from './booking-world.ts';
import { COMPANY, edit, imported } from './open.ts';

const reading = { today: '2026-01-15', zone: COMPANY.zone, currency: COMPANY.currency, me: null };

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

  test('B1: what was cancelled or went out already is not booked again; services are no freight', () => {
    const { desk, book, account, queries, context } = openBookings();
    const sold = { uom: 'EA', list_price: 8_500_000 };
    const service = desk.insert('products', { ...sold, sku: 'INST', name: 'Installation', nature: 'service' });
    const lids = desk.insert('products', { ...sold, sku: 'LID', name: 'Lid' });
    const draft = desk.insert('orders', { account_id: account, requested: '2026-02-02' });
    const crates = desk.insert('order_lines', {
      order_id: draft,
      product_id: lids,
      qty: 10 * UNIT,
    });
    const work = desk.insert('order_lines', { order_id: draft, product_id: service, qty: UNIT });
    desk.update('orders', draft, { status: { '?': 'confirmed' } });
    const [schedule] = desk.store.children('schedule_lines', crates);
    const gone = (kind: string, qty: number) =>
      desk.insert('fulfilments', { schedule_id: schedule?.id ?? '', kind, qty: qty * UNIT, happened_on: '2026-01-15' }, imported);
    gone('shipped', 3);
    gone('cancelled', 2);
    const proposal = contract['bookings.proposal'].output.parse(queries['bookings.proposal']({ order: draft }, context));
    expect(proposal.lines).toEqual([{ line: crates, qty: String(5 * UNIT) }]);
    const visit = book({ order: draft, kind: 'visit', stage: 'need' });
    expect(desk.store.children('booking_lines', visit)).toMatchObject([{ order_line_id: work, qty: UNIT }]);
    const id = book({ order: draft });
    expect(desk.store.children('booking_lines', id)).toMatchObject([{ order_line_id: crates, qty: 5 * UNIT }]);
    expect(() => book({ order: draft })).toThrow('booked already, shipped or cancelled');
  });

  test('B3: volume counts by the rate that is tendered: its cost, and the weight the booking says is charged', () => {
    const { desk, book, row, story, product, ask, coastway, northline } = openBookings();
    desk.update('products', product, { volume: UNIT });
    const [rate = ''] = desk.store.match('partner_rates', 'partner_id', northline);
    desk.update('partner_rates', rate, { per_cubic: 100 });
    const id = book();
    expect([row(id)['volume'], row(id)['chargeable']]).toEqual([12 * UNIT, 1_200 * UNIT]);
    expect(story(id).tenders).toMatchObject([{ cost: '66000' }]);
    ask('bookings.answer', { id, answer: 'declined', reason: 'No truck' });
    ask('bookings.tender', { id, partner: coastway });
    expect(row(id)['chargeable']).toBe(3_996 * UNIT);
  });

  test('B3: without a weight there is no price per kilogram; B4: the rules of the day of the booking, not of today', async () => {
    const { desk, book, product, row, story, queries, context } = openBookings();
    desk.update('products', product, { weight: null });
    const id = book({ pickup: at('2026-03-02', '09:00') });
    const { offers } = contract['bookings.offers'].output.parse(await queries['bookings.offers']({ id }, context));
    expect(offers.map(({ name, total }) => [name, total])).toEqual([
      ['Northline', null],
      ['Coastway', null],
    ]);
    expect([row(id)['chargeable'], story(id).charges]).toEqual([null, []]);
    expect(story(id).tenders).toMatchObject([{ cost: null }]);
  });

  test('B4: a customer is charged by the contract of the day it is booked for', () => {
    const { desk, book, story } = openBookings();
    const [rule = ''] = desk.store.match('charge_rules', 'code', 'FRT');
    desk.update('charge_rules', rule, { valid_to: '2026-01-31' });
    desk.insert('charge_rules', { code: 'FRT', markup: 500_000, valid_from: '2026-02-01' });
    const id = book({ pickup: at('2026-02-02', '09:00') });
    expect(story(id).charges[0]).toMatchObject({ cost: '12000', charge: '18000' });
  });

  test('B4: tendered again, the costs of the rate go and what a person entered stays', () => {
    const { book, ask, story, coastway } = openBookings();
    const id = book();
    ask('bookings.cost', { id, code: 'DET', cost: 3_500 });
    ask('bookings.cost', { id, code: 'FRT', cost: 700 });
    ask('bookings.answer', { id, answer: 'declined', reason: 'No truck' });
    ask('bookings.tender', { id, partner: coastway });
    const costs = story(id).charges.map(({ code, cost }) => `${code} ${cost}`);
    expect(costs.toSorted()).toEqual(['DET 3500', 'FRT 4500', 'FRT 700', 'FUE 450']);
  });

  test('B4: what nobody is charged for is charged to the last minor unit by cost, or borne for a reason', () => {
    const { book, ask, story } = openBookings();
    const id = book();
    ask('bookings.cost', { id, code: 'DET', cost: 3_500 });
    const open = story(id).charges.filter(({ charge }) => charge === null);
    expect(open.map(({ code, cost }) => `${code} ${cost}`)).toEqual(['FUE 1200', 'DET 3500']);
    expect(() => ask('bookings.charge', { id, charge: 0 })).toThrow('Say in the note why nobody is charged for it.');
    ask('bookings.charge', { id, charge: 1_001, note: 'Agreed by phone' });
    const charged = story(id).charges.map(({ code, charge, fault }) => `${code} ${charge} ${fault}`);
    expect(charged).toEqual(expect.arrayContaining(['FUE 256 loss', 'DET 745 loss']));
    expect(() => ask('bookings.charge', { id, charge: 1 })).toThrow('Every cost of it is charged or borne already.');
    ask('bookings.cost', { id, code: 'DET', cost: 900 });
    ask('bookings.charge', { id, charge: 0, note: 'Our dock was full' });
    expect(story(id).charges.filter(({ charge }) => charge === null)).toEqual([]);
  });

  test('B6: signed for at a time, it was delivered by then, and is judged by it', () => {
    const { book, ask, row, story, desk } = openBookings();
    const id = book();
    ask('bookings.answer', { id, answer: 'accepted' });
    for (const status of ['confirmed', 'in_progress']) {
      ask('bookings.advance', { id });
      expect(row(id)['status']).toBe(status);
    }
    desk.env.tick(9 * 86_400_000);
    const signed = at('2026-01-19', '10:00');
    ask('bookings.proof', { id, name: 'M. Rook', at: signed });
    const events = story(id).events.map(({ code, at: happened }) => `${code} ${happened - signed}`);
    expect(events).toEqual(expect.arrayContaining(['D1 0', 'POD 0']));
    expect([row(id)['status'], row(id)['pod_due_on'], story(id).late]).toEqual(['done', null, null]);
  });

  test.each(['closed', 'cancelled'] as const)(
    'B4: a cost that comes when it is %s is taken, and is unbilled until somebody says who pays',
    (to) => {
      const { desk, book, ask, row } = openBookings();
      const id = book();
      if (to === 'cancelled') ask('bookings.end', { id, to, reason: 'Not wanted', fault: 'customer' });
      else {
        ask('bookings.answer', { id, answer: 'accepted' });
        for (const _ of ['confirmed', 'in_progress', 'done', 'closed']) ask('bookings.advance', { id });
      }
      expect(row(id)['status']).toBe(to);
      const sums = () =>
        desk.look((db) =>
          db
            .prepare<[string], object>(
              'SELECT s.cost, s.charge, s.unbilled FROM booking_sums s JOIN bookings b ON b._n = s.n WHERE b.id = ?',
            )
            .get(id),
        );
      const before = sums();
      expect(before).toMatchObject({ unbilled: 1_200 });
      // There is a contract for this code, but what the customer pays was settled without it.
      ask('bookings.cost', { id, code: 'frt', cost: 4_000 });
      expect(sums()).toEqual({ ...before, cost: 17_200, unbilled: 5_200 });
      ask('bookings.cost', { id, code: 'frt', cost: 1_000, charge: 1_500 });
      expect(sums()).toMatchObject({ cost: 18_200, unbilled: 5_200 });
    },
  );

  test('B1: cancelled gives its lines back to be booked, with the party at fault', () => {
    const { book, ask, row } = openBookings();
    const id = book();
    ask('bookings.end', { id, to: 'cancelled', reason: 'Order moved', fault: 'customer' });
    expect(row(id)).toMatchObject({ status: 'cancelled', fault: 'customer', reason: 'Order moved' });
    expect(book()).not.toBe(id);
  });

  test('B1: a booking nobody was told of is one step of undo; a tender, and what let a partner go, stay', () => {
    const { desk, book, ask, row, ann, northline } = openBookings();
    const undo = () => desk.store.undo({ ...edit, actor: ann });
    const held = book({ stage: 'need' });
    expect(undo().refused).toEqual([]);
    expect(desk.store.get('bookings', held)).toBeUndefined();
    const id = book();
    expect(undo().refused.map(({ field, why }) => [field, why])).toContainEqual(['status', 'fixed']);
    expect(row(id)).toMatchObject({ status: 'tendered', partner_id: northline });
    const kept = (table: 'tenders' | 'booking_charges' | 'booking_lines') => desk.store.children(table, id).length;
    expect([kept('tenders'), kept('booking_charges'), kept('booking_lines')]).toEqual([1, 2, 1]);
    ask('bookings.answer', { id, answer: 'accepted_exception', reason: 'A day later' });
    expect(undo().refused).toEqual([]);
    expect(row(id)).toMatchObject({ status: 'tendered', reason: null });
    expect(desk.store.children('tenders', id).map(({ answer }) => answer)).toEqual([null]);
    ask('bookings.end', { id, to: 'cancelled', reason: 'Order moved', fault: 'customer' });
    undo();
    expect(row(id)).toMatchObject({ status: 'cancelled', reason: 'Order moved', fault: 'customer' });
    expect(desk.store.children('tenders', id).map(({ answer }) => answer)).toEqual(['withdrawn']);
  });

  test('B2: room of a slot that was given back is not taken again by undo: holding it looks whether there is some', () => {
    const { desk, book, ask, row, account, northline } = openBookings();
    const undo = () => desk.store.undo(edit);
    const slot = desk.insert('slots', { name: 'Dock', partner_id: northline, kind: 'shipment', capacity: 1 });
    const hold = (): string => book({ order: null, account, slot, amount: 1, stage: 'hold' });
    const first = hold();
    desk.update('bookings', first, { status: { '?': 'need' } });
    expect(undo().refused.map(({ field, why }) => [field, why])).toContainEqual(['status', 'fixed']);
    expect(row(first)).toMatchObject({ status: 'need', hold_until: null });
    const second = hold();
    expect(row(second)['status']).toBe('hold');
    expect(() => ask('bookings.tender', { id: first })).toThrow(/Nothing was booked/);
  });

  test('what is agreed is not changed by hand', () => {
    const { desk, book, ask, row, coastway } = openBookings();
    const other = book();
    ask('bookings.answer', { id: other, answer: 'accepted' });
    ask('bookings.advance', { id: other });
    expect(() => desk.update('bookings', other, { partner_id: coastway })).toThrow(/agreed with its partner/);
    expect(() => desk.insert('tracking_events', { booking_id: other, code: 'D1' })).toThrow(/not typed|recorded on the booking/);
    expect(row(other)['status']).toBe('confirmed');
  });

  test('B1: who was asked is not typed over, whatever the answer; back at need another may be chosen', () => {
    const { desk, book, ask, row, account, northline, coastway } = openBookings();
    const change = (id: string) => () => desk.update('bookings', id, { partner_id: coastway });
    const loose = () => book({ order: null, account });
    const [asked, accepted, excepted, declined] = [loose(), loose(), loose(), loose()];
    ask('bookings.answer', { id: accepted, answer: 'accepted' });
    ask('bookings.answer', { id: excepted, answer: 'accepted_exception', reason: 'A day later' });
    ask('bookings.answer', { id: declined, answer: 'declined', reason: 'No truck' });
    for (const id of [asked, accepted, excepted]) {
      expect(change(id)).toThrow(/was tendered to its partner. Nothing was changed/);
      expect(row(id)['partner_id']).toBe(northline);
    }
    desk.update('bookings', accepted, { status: { '?': 'need' } });
    for (const id of [accepted, declined]) {
      change(id)();
      expect(row(id)['partner_id']).toBe(coastway);
    }
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

  test('B7: an override is of one partner on one day', () => {
    const world = openBookings();
    const { desk, row, ask, ann } = world;
    desk.insert('required_papers', { kind: 'visit', type: 'liability' });
    const [first, second] = [world.partner('FIX', 'Fix & Co', 'contractor'), world.partner('MND', 'Mend Ltd', 'contractor')];
    const forced = () => visit(world, first, '2026-01-21', { override: 'Renewal seen by mail' });
    const id = forced();
    desk.update('bookings', id, { notes: 'Ring first', pickup_from: at('2026-01-21', '15:00') });
    expect(row(id)['override_by']).toBe(ann);
    desk.update('bookings', id, { pickup_from: at('2026-01-22') });
    expect([row(id)['override_by'], row(id)['override_reason']]).toEqual([null, null]);
    const other = forced();
    ask('bookings.answer', { id: other, answer: 'declined', reason: 'Ill' });
    expect(() => ask('bookings.tender', { id: other, partner: second })).toThrow('Public liability is missing');
    ask('bookings.tender', { id: other, partner: second, override: 'Seen by phone' });
    expect(row(other)).toMatchObject({ partner_id: second, override_by: ann, override_reason: 'Seen by phone' });
    ask('bookings.answer', { id: other, answer: 'accepted' });
    ask('bookings.advance', { id: other });
    expect(() => desk.update('bookings', other, { pickup_from: at('2026-01-23') })).toThrow('book that day with a reason');
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
    const won = hold();
    expect(row(won)).toMatchObject({ status: 'hold', hold_until: at('2026-01-20', '18:00'), held_at: desk.env.clock() });
    expect(story(won)).toMatchObject({ hold: 'confirmed', alternatives: [] });
    expect(hold).toThrow('Banner A has no room for 1. Free: Banner B (2026-02-09). Nothing was booked.');
    // What another device held meanwhile comes with its file or its log.
    const other = {
      account_id: account,
      partner_id: northline,
      kind: 'campaign',
      slot_id: first,
      slot_amount: 1,
      status: 'hold',
    };
    const lost = desk.insert('bookings', { ...other, held_at: desk.env.clock() + 1 }, imported);
    expect(story(lost)).toMatchObject({ hold: 'lost', alternatives: [{ id: second, name: 'Banner B' }] });
    ask('bookings.end', { id: won, to: 'cancelled', reason: 'Not wanted', fault: 'customer' });
    expect(story(lost).hold).toBe('confirmed');
  });
  test('B2: the place at a slot is from when it was held, and is lost with it; nobody grows past what there is', () => {
    const world = openBookings();
    const { desk, row, story, northline, account, ask } = world;
    const slot = desk.insert('slots', { name: 'Dock', kind: 'visit', starts_on: '2026-02-02', capacity: 2 });
    const about = { order: null, account, partner: northline, kind: 'visit', slot, pickup: null };
    const early = world.book({ ...about, stage: 'need' });
    desk.env.tick(60_000);
    const held = world.book({ ...about, stage: 'hold' });
    const taken = () =>
      desk.look((db) => createReadStore(db).get('slots', slot, { ...reading, now: desk.env.clock() })?.v['taken']);
    expect(taken()).toBe(1);
    desk.env.tick(60_000);
    ask('bookings.tender', { id: early });
    expect([row(early)['held_at'], row(held)['held_at']]).toEqual([desk.env.clock(), desk.env.clock() - 60_000]);
    expect([story(held).hold, story(early).hold]).toEqual(['confirmed', 'confirmed']);
    expect(() => desk.update('bookings', held, { slot_amount: 2 })).toThrow('Dock has no room for 2');
    ask('bookings.end', { id: early, to: 'cancelled', reason: 'Not wanted', fault: 'customer' });
    desk.update('bookings', held, { slot_amount: 2 });
    expect(row(held)['held_at']).toBe(desk.env.clock());
    expect(taken()).toBe(2);
    desk.env.tick(10 * 86_400_000);
    expect(taken()).toBe(0);
    const next = world.book({ ...about, stage: 'hold' });
    expect(taken()).toBe(1);
    expect(story(held).hold).toBe('expired');
    expect(() => ask('bookings.tender', { id: held })).toThrow('Dock has no room for 2');
    expect(story(next).hold).toBe('confirmed');
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
