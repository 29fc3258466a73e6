/** The status sheet of an account on a real file: what its customer reads, and what they never do. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { createStatusSheet } from '../../electron/engine/services/accounts/status-sheet.ts';
import { contract } from '../../shared/contract/index.ts';
import { at, openBookings } from './booking-world.ts';

const linesOf = (file: string): readonly string[] => fs.readFileSync(file, 'utf8').replace('\ufeff', '').trimEnd().split('\r\n');

const openSheets = () => {
  const world = openBookings();
  const { desk, account, context } = world;
  const service = createStatusSheet({
    env: { ...desk.env, db: desk.file, locale: 'en-GB' },
    about: () => ({ author: 'Ann', company: 'Our company', weekStart: 1 }),
  });
  const write = async (to = 'status.csv', of = account) =>
    service['export.status'](contract['export.status'].input.parse({ account: of, to }), context);
  return { ...world, write };
};

test('C10: number, PO, from and to, status in words, expected, proof; the furthest on stand first', async () => {
  const { desk, order, account, ask, book, row, write } = openSheets();
  desk.update('orders', order, { po_ref: 'PO-7781' });
  const first = book();
  const loose = book({ order: null, account, pickup: at('2026-01-19', '09:00') });
  const numbers = [first, loose].map((id) => String(row(id)['number']));
  expect((await write()).rows).toBe(2);
  ask('bookings.answer', { id: first, answer: 'accepted', tracking: 'NLF-1' });
  ask('bookings.advance', { id: first });
  ask('bookings.event', { id: first, code: 'AF' });
  ask('bookings.event', { id: first, code: 'AG', eta: at('2026-01-22', '10:00') });
  const lines = linesOf((await write()).path);
  expect(lines).toEqual([
    'Shipment,Your PO,From,To,Status,Expected,Delivered,Signed by,Signed at,Tracking',
    `${numbers[0]},PO-7781,,"Harbour Foods, Leith, GB","Picked up, later than planned",2026-01-22T10:00:00Z,,,,NLF-1`,
    `${numbers[1]},,,,Being booked,,,,,`,
  ]);
  expect(lines.join()).not.toMatch(/Northline|13200|132\.00/);
  ask('bookings.proof', { id: first, name: 'M. Rook' });
  expect(linesOf((await write()).path).at(-1)).toMatch(/Delivered,,2026-01-15T09:00:00Z,M\. Rook,2026-01-15T09:00:00Z,NLF-1$/);
  ask('bookings.advance', { id: first });
  ask('bookings.end', { id: loose, to: 'cancelled', reason: 'Not wanted', fault: 'customer' });
  expect((await write()).rows).toBe(0);
});

test('C10: as a workbook by its ending; an account that is not here is told', async () => {
  const { desk, book, write } = openSheets();
  book();
  const { path } = await write('status.xlsx');
  expect(fs.readFileSync(path).subarray(0, 2).toString()).toBe('PK');
  await expect(write('status.csv', desk.env.ids())).rejects.toMatchObject({ code: 'not-found' });
  await expect(write('status.doc')).rejects.toMatchObject({ code: 'invalid' });
});
