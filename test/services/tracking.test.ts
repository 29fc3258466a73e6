/** Events of bookings and status files of carriers, on a real file. Thursday 15 January 2026, in London. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { eventsOf } from '../../electron/engine/services/booking/read.ts';
import { contract } from '../../shared/contract/index.ts';
import { pictureOf } from '../../shared/domain/tracking/events.ts';
import { makeTemp } from '../setup/temp.ts';
import { at, openBookings } from './booking-world.ts';
import { edit } from './open.ts';

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
  const aWeekOn = (world: ReturnType<typeof openBookings>): void => world.desk.env.tick(7 * 86_400_000);

  test('B5: a list moves its bookings along; read twice it adds nothing; what finds no booking is kept and told', async () => {
    const world = openBookings();
    const id = moving(world);
    world.desk.env.tick(2 * 86_400_000);
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

  test('B7: papers that ended meanwhile keep nothing of a file out: what it tells has happened', async () => {
    const world = openBookings();
    const id = moving(world);
    aWeekOn(world);
    world.desk.insert('required_papers', { kind: 'shipment', type: 'goods' });
    expect(() => world.ask('bookings.advance', { id })).toThrow('Goods in transit is missing');
    const list = 'Tracking,Status,Time\nNLF-1,Picked up,2026-01-16 09:40\nNLF-1,Delivered,2026-01-17 09:40\n';
    expect(await read(world, 'late.csv', list)).toMatchObject({ added: 2 });
    expect(world.row(id)['status']).toBe('done');
    world.desk.update('bookings', id, { pickup_from: at('2026-01-16', '08:00') });
  });

  test('B5: X12 214 by the number of the booking; events stay, a correction takes the place of one', async () => {
    const world = openBookings();
    const id = moving(world);
    aWeekOn(world);
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

  test('B5: what the store keeps beside a booking is what its events come to', async () => {
    const world = openBookings();
    const id = moving(world);
    aWeekOn(world);
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

describe('what is said to have happened', () => {
  const DAY = 86_400_000;
  const open = (more: object = {}) => {
    const world = openBookings();
    const id = world.book(more);
    world.ask('bookings.answer', { id, answer: 'accepted', tracking: 'NLF-1' });
    world.ask('bookings.advance', { id });
    // Sunday 25 January, 09:00 in London.
    world.desk.env.tick(10 * DAY);
    const read = async (text: string, name = 'list.csv') => {
      const file = path.join(makeTemp(), name);
      writeFileSync(file, text);
      return contract['tracking.read'].output.parse(await world.ask('tracking.read', { path: file }));
    };
    const events = () => eventsOf(world.desk.store, id);
    const rest = () =>
      world.desk.store.match('tracking_rest', 'source_name', 'list.csv').map((one) => world.desk.row('tracking_rest', one));
    return { ...world, id, read, events, rest };
  };
  const eventAt = (world: ReturnType<typeof open>, code: string) =>
    world.events().find((event) => event.code === code)?.happenedAt;

  test('B5: a time without a zone is on the clocks of its stop, else of where the booking goes; one that names a zone is on its own', async () => {
    const world = open();
    const { desk, id, read } = world;
    desk.update('bookings', id, { zone: 'America/New_York' });
    const text = [
      'Tracking,Status,Time,ETA,Location',
      'NLF-1,Picked up,2026-01-16 09:40,,',
      'NLF-1,In transit,2026-01-17 09:40Z,,',
      'NLF-1,Arrived at terminal,2026-01-18 09:40+02:00,,',
      'NLF-1,ETA,2026-01-18 10:00,2026-01-20 17:30,',
      'NLF-1,Delivered,2026-01-20 10:00,,',
    ].join('\n');
    desk.insert('booking_stops', { booking_id: id, kind: 'pickup', zone: 'Europe/Lisbon', city: 'Porto' });
    desk.insert('booking_stops', { booking_id: id, kind: 'pickup', zone: 'Europe/Madrid', city: 'Vigo' });
    expect(await read(text)).toMatchObject({ added: 5, assumed: null });
    expect(eventAt(world, 'AF')).toBe(at('2026-01-16', '09:40'));
    expect(eventAt(world, 'X6')).toBe(at('2026-01-17', '09:40'));
    expect(eventAt(world, 'X4')).toBe(at('2026-01-18', '07:40'));
    expect(eventAt(world, 'D1')).toBe(at('2026-01-20', '15:00'));
    expect(world.events().find(({ code }) => code === 'AG')).toMatchObject({
      happenedAt: at('2026-01-18', '15:00'),
      eta: at('2026-01-20', '22:30'),
    });
    const own = 'Tracking,Status,Time,Location\nNLF-1,Loaded,2026-01-16 09:30,"Vigo, ES"\n';
    await read(own, 'own.csv');
    expect(eventAt(world, 'CP')).toBe(at('2026-01-16', '08:30'));
    await read('ST*214*1~B10*NLF-1*X*NLFT~AT7*X1*NS***20260120*0900*LT~AT7*CD*NS***20260120*1100*PT~', 'a.edi');
    expect(eventAt(world, 'X1')).toBe(at('2026-01-20', '14:00'));
    expect(eventAt(world, 'CD')).toBe(at('2026-01-20', '19:00'));
  });

  test('B5: where nothing says where a shipment is, its times are on the company’s clocks, and that is told', async () => {
    const { desk, id, read } = open();
    desk.update('bookings', id, { zone: null });
    const text = 'Tracking,Status,Time\nNLF-1,Picked up,2026-01-16 09:40\nNLF-1,Delivered,2026-01-17T09:40Z\n';
    expect(await read(text)).toMatchObject({ added: 2, assumed: { zone: 'Europe/London', rows: 1 } });
  });

  test('B5: the same file again adds nothing and keeps nothing twice, estimates that say no time and another name too', async () => {
    const { desk, read, events, rest } = open();
    const text = [
      'Tracking,Status,ETA,Time',
      'NLF-1,ETA,2026-02-01 10:00,',
      'NLF-1,ETA,2026-02-02 10:00,',
      'NLF-1,ETA,2026-02-01 10:00,',
      'NLF-9,ETA,2026-02-01 10:00,',
      'NLF-1,levitated,2026-02-01 10:00,',
    ].join('\n');
    expect(await read(text)).toMatchObject({ added: 3, unmatched: 1, kept: 2 });
    const before = events();
    expect(before.at(-1)?.eta).toBe(at('2026-02-01', '10:00'));
    desk.env.tick(DAY);
    expect(await read(text)).toMatchObject({ added: 0, known: 3, kept: 0, faults: [{ at: 6 }] });
    expect([events(), rest().length]).toEqual([before, 2]);
    expect(await read(text, 'again.csv')).toMatchObject({ added: 0, known: 3 });
    // Another file that goes back to what was expected before is news.
    expect(await read('Tracking,Status,ETA\nNLF-1,ETA,2026-02-02 10:00\n', 'next.csv')).toMatchObject({ added: 1 });
    expect(await read('Tracking,Status,ETA\nNLF-1,ETA,2026-02-01 10:00\n', 'last.csv')).toMatchObject({ added: 1 });
  });

  test('B5: the only time of an estimate is what is expected, told when it is read', async () => {
    const { desk, read, events } = open();
    await read('Tracking,Status,Time\nNLF-1,ETA,2026-02-03 10:00\n');
    expect(events().at(-1)).toMatchObject({
      eta: at('2026-02-03', '10:00'),
      happenedAt: desk.env.clock(),
      recordedAt: desk.env.clock(),
    });
  });

  test('B5: what is still to come, or from long before the order, moves nothing and is kept as it came with the reason', async () => {
    const { id, row, read, rest } = open();
    const text = [
      'Tracking,Status,Time,ETA',
      'NLF-1,Delivered,2026-01-27 09:40,',
      'NLF-1,Delivered,2025-01-20 09:40,',
      'NLF-1,Delivery appointment set,2026-01-28 09:00,',
      'NLF-1,ETA,2026-01-24 09:00,2026-02-20 09:00',
      'NLF-1,Picked up,2026-01-25 09:01,',
    ].join('\n');
    const told = await read(text);
    expect(told).toMatchObject({ added: 3, kept: 2, faults: [{ at: 2 }, { at: 3 }] });
    expect(told.faults.map(({ why }) => why)).toEqual([
      'Delivered on 2026-01-27 09:40 is still to come',
      expect.stringMatching(/^Delivered on 2025-01-20 09:40 is more than 14 days before it was ordered or booked \(2026-01-15\)/),
    ]);
    expect(rest()).toMatchObject([{ raw: 'NLF-1, Delivered, 2026-01-27 09:40, ', row: 2 }, { row: 3 }]);
    expect(row(id)['status']).toBe('in_progress');
  });

  test('B5: by hand the same: no event or proof of a day to come, an estimate is of one', () => {
    const { id, ask, events, desk } = open();
    ask('bookings.event', { id, code: 'AF' });
    const before = events().length;
    expect(() => ask('bookings.event', { id, code: 'D1', at: at('2026-01-26') })).toThrow(
      'Delivered on 2026-01-26 12:00 is still to come. Nothing was changed.',
    );
    expect(() => ask('bookings.event', { id, code: 'D1', at: at('2025-12-30') })).toThrow('more than 14 days before');
    expect(() => ask('bookings.proof', { id, name: 'M. Rook', at: at('2026-01-26') })).toThrow('is still to come');
    expect(events()).toHaveLength(before);
    ask('bookings.event', { id, code: 'AG', eta: at('2026-02-10') });
    ask('bookings.event', { id, code: 'D1', at: desk.env.clock() + 60_000 });
    expect(events()).toHaveLength(before + 2);
  });

  test('B6: what a proof noted stays when another comes, the latest first; so does its file', () => {
    const { id, row, ask, events } = open();
    ask('bookings.event', { id, code: 'AF' });
    ask('bookings.proof', { id, name: 'M. Rook', note: '2 crates short', file: 'pod.pdf' });
    ask('bookings.proof', { id, name: 'P. Ash' });
    expect(row(id)).toMatchObject({ pod_name: 'P. Ash', pod_note: '2 crates short', pod_file: 'pod.pdf' });
    ask('bookings.proof', { id, name: 'P. Ash', note: 'One crate wet', file: 'pod-2.pdf' });
    ask('bookings.proof', { id, name: 'P. Ash', note: 'One crate wet' });
    expect(row(id)).toMatchObject({ pod_note: 'One crate wet · before: 2 crates short', pod_file: 'pod-2.pdf' });
    expect(events().filter(({ code }) => code === 'POD')).toHaveLength(4);
  });
});
