/** B2, Q2: a hold is the quote's as long as that stands, in whichever revision; let go for nothing, it is told. */
import { expect, test, vi } from 'vitest';
import { makeTemp } from '../setup/temp.ts';
import { openTeam } from './device.ts';
import type { Device } from './device.ts';

// Every sending prints a paper: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const UNIT = 1_000_000;

/** Three working days from a Thursday: as long as the hold. */
const LAST = '2026-01-20';

const send = ({ ask }: Device, id: string) =>
  ask('quotes.send', { id, channel: 'mail', recipient: 'ann@harb.example', valid_to: LAST, screen: null });
const reject = ({ ask }: Device, id: string) => ask('quotes.reject', { id, reason: 'price', competitor: null, screen: null });
const hold = ({ ask }: Device, id: string) =>
  ask('records.transition', { table: 'bookings', id, field: 'status', to: 'hold', why: null, screen: null });
const status = async ({ row }: Device, id: string) => (await row('bookings', id))?.['status'];

/** A quote that was sent, on both devices of a team, and a place held for it. */
const openHeld = async () => {
  const made = { quote: '', booking: '' };
  const team = await openTeam(makeTemp(), async (here) => {
    const account_id = await here.insert('accounts', { name: 'Harbour Foods', code: 'HARB', currency: 'GBP', terms: '30 days' });
    const product_id = await here.insert('products', { sku: 'CRT', name: 'Crate', uom: 'EA', list_price: 10 * UNIT });
    made.quote = await here.insert('quotes', { account_id });
    await here.insert('quote_lines', { quote_id: made.quote, product_id, qty: 2 * UNIT });
    const partner_id = await here.insert('partners', { code: 'NLF', name: 'Northline', kind: 'carrier' });
    const slot_id = await here.insert('slots', { name: 'Bay 3', kind: 'campaign', starts_on: '2026-03-01', capacity: 2 });
    const wanted = { account_id, partner_id, slot_id, kind: 'campaign', quote_id: made.quote };
    made.booking = await here.insert('bookings', wanted);
    await hold(here, made.booking);
    await send(here, made.quote);
  });
  return { ...team, ...made };
};

const letGo = async ({ ask }: Device) =>
  (await ask('today.list', { who: 'all', show: 'due', limit: 50 })).rows
    .filter(({ item }) => item.includes('hold let go'))
    .map(({ record, next }) => [record?.id, next]);

test('a rejection that came after an acceptance let the hold go: both devices say so until it is held again', async () => {
  const { here, there, meet, quote, booking } = await openHeld();
  await here.ask('quotes.accept', { id: quote, lines: null, screen: null });
  there.tick(60_000);
  await reject(there, quote);
  // As long as the rejection stands, nothing is amiss.
  expect([await status(there, booking), await letGo(there)]).toEqual(['need', []]);
  await meet();
  for (const one of [here, there]) {
    expect((await one.row('quotes', quote))?.['status']).toBe('accepted');
    expect(await status(one, booking)).toBe('need');
    expect(await letGo(one)).toEqual([[booking, 'Hold again or cancel']]);
  }
  await hold(here, booking);
  await meet();
  for (const one of [here, there]) expect(await letGo(one)).toEqual([]);
});

test('a place that was held for a quote is held for its revision, ends it, and is let go with it', async () => {
  const { here, quote, booking } = await openHeld();
  const { id: revised } = await here.ask('quotes.revise', { id: quote, screen: null });
  expect(await here.ask('quotes.sending', { id: revised })).toMatchObject({ cap: { name: 'Bay 3', until: LAST } });
  await send(here, revised);
  expect((await here.row('quotes', quote))?.['status']).toBe('superseded');
  expect(await status(here, booking)).toBe('hold');
  const { id: draft } = await here.ask('quotes.revise', { id: revised, screen: null });
  const withdraw = { table: 'quotes', id: draft, field: 'status', to: 'withdrawn', why: 'Not needed', screen: null };
  await here.ask('records.transition', withdraw);
  // The one that is with the customer stands.
  expect(await status(here, booking)).toBe('hold');
  await reject(here, revised);
  expect(await status(here, booking)).toBe('need');
  expect(await letGo(here)).toEqual([]);
});
