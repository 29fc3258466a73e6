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

  test('B7: papers that ended meanwhile keep nothing of a file out: what it tells has happened', async () => {
    const world = openBookings();
    const id = moving(world);
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
