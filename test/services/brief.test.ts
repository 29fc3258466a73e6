/** The brief of an account over a real store: what it goes back to, what each part says, and that a part may fail alone. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createBriefDocument } from '../../electron/engine/services/accounts/brief-document.ts';
import { briefQueries } from '../../electron/engine/services/accounts/brief.ts';
import { createBriefReader } from '../../electron/engine/store/brief/read.ts';
import { clockSources } from '../../electron/engine/store/clocks/index.ts';
import type { ClockSource } from '../../electron/engine/store/clocks/source.ts';
import { contract } from '../../shared/contract/index.ts';
import { briefAmount } from '../../shared/domain/brief.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as context } from '../fakes/context.ts';
import { imported, openDesk, withOrder, type Desk } from './open.ts';

const GBP = { currency: 'GBP' } as const;
const at = (day: string): number => Date.parse(`${day}T12:00:00Z`);

const briefOf = async (
  desk: Desk,
  account: string,
  { since = null, sources = clockSources }: { readonly since?: string | null; readonly sources?: readonly ClockSource[] } = {},
) =>
  desk.look(async (db) => {
    const env = { ...desk.env, locale: desk.locale };
    const queries = briefQueries({ brief: createBriefReader(db), read: desk.store, env, sources });
    return contract['accounts.brief'].output.parse(await queries['accounts.brief']({ of: { id: account }, since }, context));
  });

type Brief = Awaited<ReturnType<typeof briefOf>>;

/** What a part says, a line each. */
const said = ({ parts }: Brief, key: Brief['parts'][number]['key']): readonly string[] =>
  (parts.find((part) => part.key === key)?.rows ?? []).map((row) =>
    [row.on ?? '', row.what, row.note ?? '', briefAmount(row, 'en-GB'), row.tone === 'danger' ? '!' : '']
      .filter((text) => text !== '')
      .join(' | '),
  );

/** An account that was visited on 5 January, with something of everything before and after; it is 15 January. */
const openVisited = () => {
  const desk = openDesk();
  const { account, product, order, line } = withOrder(desk);
  const about = `accounts/${account}`;
  desk.update('accounts', account, { city: 'Leith', tier: 'a', renewal_on: '2026-03-01' });
  desk.insert('activities', { about, kind: 'visit', at: at('2025-11-01'), summary: 'First one' });
  desk.insert('activities', { about, kind: 'visit', at: at('2026-01-05'), summary: 'Stock count' });
  desk.insert('activities', { about, kind: 'call', at: at('2026-01-10'), summary: 'Asked for lids' });
  desk.update('orders', order, { number: 'O-1', requested: '2026-01-13', ordered_on: '2026-01-07' }, imported);
  desk.store.apply([{ kind: 'transition', table: 'orders', id: order, field: 'status', to: 'confirmed', why: null }], imported);
  desk.insert('orders', { number: 'O-0', account_id: account, ordered_on: '2025-12-01', status: 'closed', ...GBP }, imported);
  desk.insert(
    'quotes',
    { number: 'Q-1', account_id: account, status: 'sent', sent_on: '2026-01-08', valid_to: '2026-02-08', ...GBP },
    imported,
  );
  return { desk, account, product, order, line, about };
};

test('it goes back to the last visit, and tells what happened since, newest first', async () => {
  const { desk, account } = openVisited();
  const brief = await briefOf(desk, account);
  expect(brief).toMatchObject({
    account: { code: 'HARB', name: 'Harbour Foods', city: 'Leith' },
    since: '2026-01-05',
    visit: { summary: 'Stock count' },
    today: '2026-01-15',
  });
  expect(said(brief, 'since')).toEqual([
    '2026-01-10 | Call: Asked for lids',
    '2026-01-08 | Quote Q-1 | Sent',
    '2026-01-07 | Order O-1 | Confirmed | 102.00 GBP',
    '2026-01-05 | Visit: Stock count',
  ]);
  expect(said(await briefOf(desk, account, { since: '2025-11-01' }), 'since')).toContain('2025-12-01 | Order O-0 | Closed');
});

test('what is open comes from the clocks, with what is over marked', async () => {
  const { desk, account } = openVisited();
  desk.insert('commitments', { what: 'New lids', account_id: account, due_on: '2026-01-12' });
  desk.insert('tasks', { what: 'Send samples', account_id: account, due_on: '2026-01-20' });
  desk.insert('tasks', { what: 'Much later', account_id: account, due_on: '2026-09-20' });
  const other = desk.insert('accounts', { code: 'KEST', name: 'Kestrel' });
  desk.insert('commitments', { what: 'Of somebody else', account_id: other, due_on: '2026-01-12' });
  const brief = await briefOf(desk, account);
  expect(said(brief, 'late')).toEqual(['2026-01-13 | O-1, not shipped | Tell customer | 102.00 GBP | !']);
  expect(said(brief, 'promises')).toEqual(['2026-01-12 | New lids | Keep it | !', '2026-01-20 | Send samples | Do it']);
  expect(said(brief, 'renewals')).toEqual([
    '2026-02-08 | Q-1 expires | Ask for the answer',
    '2026-03-01 | Renewal | Agree on what is next',
  ]);
  expect(said(brief, 'money')).toEqual([]);
});

test('prices that began or begin: of its own lists all, of everybody’s those of what it buys, with what they were', async () => {
  const { desk, account, product } = openVisited();
  const nut = desk.insert('products', { sku: 'NUT-8', name: 'Nut', list_price: 1_000_000 });
  const own = desk.insert('price_lists', { code: 'C1', name: 'Contract', kind: 'contract', account_id: account, ...GBP });
  const general = desk.insert('price_lists', { code: 'G', name: 'List 2026', kind: 'general', ...GBP });
  const others = desk.insert('price_lists', { code: 'B', name: 'Tier B', kind: 'tier', tier: 'b', ...GBP });
  desk.insert('prices', {
    list_id: general,
    product_id: product,
    price: 8_500_000,
    valid_from: '2025-01-01',
    valid_to: '2026-01-31',
  });
  desk.insert('prices', { list_id: general, product_id: product, price: 8_900_000, valid_from: '2026-02-01' });
  desk.insert('prices', { list_id: general, product_id: nut, price: 2_000_000, valid_from: '2026-02-01' });
  desk.insert('prices', { list_id: own, product_id: nut, price: 900_000, valid_from: '2026-01-10' });
  desk.insert('prices', { list_id: others, product_id: product, price: 7_000_000, valid_from: '2026-02-01' });
  desk.insert('prices', { list_id: own, product_id: product, price: 7_000_000, valid_from: '2026-12-01' });
  expect(said(await briefOf(desk, account), 'prices')).toEqual([
    '2026-01-10 | NUT-8 Nut | Contract | 0.90 GBP',
    '2026-02-01 | CRT-6040 Crate 600×400 | List 2026 | 8.50 → 8.90 GBP',
  ]);
});

test('worth a word: what it has not ordered lately, and what like accounts buy and it never did', async () => {
  const { desk, account } = openVisited();
  const past = (buyer: string, day: string, goods: string): void => {
    const order = desk.insert('orders', { account_id: buyer, ordered_on: day, status: 'closed', ...GBP }, imported);
    desk.insert('order_lines', { order_id: order, product_id: goods, qty: 1_000_000 }, imported);
  };
  const lids = desk.insert('product_groups', { code: 'LID', name: 'Lids' });
  const tape = desk.insert('product_groups', { code: 'TAP', name: 'Tape' });
  const [lid = '', roll = ''] = [lids, tape].map((group, n) =>
    desk.insert('products', { sku: `P${n}`, name: `Good ${n}`, group_id: group }),
  );
  const nut = desk.insert('products', { sku: 'NUT-8', name: 'Nut' });
  for (const day of ['2025-09-01', '2025-09-11', '2025-09-21']) past(account, day, nut);
  past(account, '2026-01-06', roll);
  const peers = ['K1', 'K2', 'K3'].map((code) => desk.insert('accounts', { code, name: code, tier: 'a' }));
  for (const peer of peers) past(peer, '2025-12-01', roll);
  past(peers[0] ?? '', '2025-12-01', lid);
  const otherTier = desk.insert('accounts', { code: 'B1', name: 'B1', tier: 'b' });
  past(otherTier, '2025-12-01', lid);
  expect(said(await briefOf(desk, account), 'whitespace')).toEqual([
    '2025-09-21 | NUT-8 Nut | Not ordered for 116 days, usually every 10 days; last on 21 Sept 2025',
    'Lids | Never bought; 1 of 3 accounts of the same tier buy it',
  ]);
});

test('nobody was ever there: ninety days; a day to come is refused; who is gone is not found', async () => {
  const desk = openDesk();
  const { account } = withOrder(desk);
  const brief = await briefOf(desk, account);
  expect(brief).toMatchObject({ since: '2025-10-17', visit: null });
  await expect(briefOf(desk, account, { since: '2026-01-16' })).rejects.toMatchObject({ code: 'invalid' });
  await expect(briefOf(desk, desk.env.ids())).rejects.toMatchObject({ code: 'not-found' });
});

test.each(clockSources.filter((source) => source.account !== 'NULL'))(
  '$label stand in one part, which may fail alone',
  async (source) => {
    const desk = openDesk();
    const { account } = withOrder(desk);
    const { parts } = await briefOf(desk, account, { sources: [{ ...source, where: 'no_such_column' }] });
    expect(parts.filter(({ failed }) => failed !== null)).toHaveLength(1);
  },
);

test('as a paper it says the same', { timeout: 120_000 }, async () => {
  const { desk, account } = openVisited();
  desk.insert('commitments', { what: 'New lids', account_id: account, due_on: '2026-01-12' });
  const service = createBriefDocument({
    env: { db: desk.file, clock: desk.env.clock, zone: desk.env.zone, locale: 'en-GB' },
    about: () => ({ author: 'Ann Alder', company: 'Our company' }),
  });
  const input = contract['accounts.brief_document'].input.parse({ of: { code: 'HARB' }, to: 'brief.pdf' });
  const made = await service['accounts.brief_document'](input, context);
  expect(made).toMatchObject({
    path: path.join(path.dirname(desk.file), 'exports', 'brief.pdf'),
    pages: 1,
    unshown: '',
    sent: null,
  });
  const { text } = await readPdf(fs.readFileSync(made.path));
  for (const words of [
    'Harbour Foods',
    'HARB, Leith',
    'Since the visit of 5 Jan 2026: Stock count',
    'Order O-1 Confirmed 102.00 GBP',
    'New lids Keep it',
  ])
    expect(text).toContain(words);
  expect(text).not.toContain('We owe them nothing');
});
