/**
 * Makes a file of many orders for the bench: seeded, straight into the tables, with sums, search and statistics as the
 * write path and upkeep leave them. Usage: grid-data.mjs FILE [ORDERS]
 */
import { existsSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { openMigrated } from '../../electron/engine/store/migrate.ts';
import { finish, idAt, inserter } from '../store-read/fill.ts';

/** Small, seeded, good enough to spread values (mulberry32). */
export const random = (seed) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
};

const STEMS = 'Harbour Kestrel Crème Müller Nordic Iron Silver Amber Delta Falcon Linden Orchid Quarry Raven Sable Tundra'.split(
  ' ',
);
const TRADES = 'Foods Parts Logistics Chemie Steel Paper Optics Trading Works Marine Supply Group'.split(' ');
const TOWNS = 'Berlin Łódź Paris Genève Kraków Leeds Oslo Porto Québec Zürich'.split(' ');
const GOODS = 'Valve Bearing Gasket Flange Blue crate Steel pipe Filter Hinge Cable Sensor Bracket Seal'.split(' ');

const day = (n) => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

/** Fills an empty file. Five lines an order, one schedule line each; four in five orders are shipped. */
export const fillFile = (db, orders, seed = 1) => {
  const next = random(seed);
  const int = (n) => Math.floor(next() * n);
  const pick = (list) => list[int(list.length)];
  let made = 0;
  const id = () => idAt((made += 1));
  const many = (count, make) => Array.from({ length: count }, (_, at) => make(at));
  const put = Object.fromEntries(
    'people partners accounts contacts product_groups products orders order_lines schedule_lines fulfilments activities'
      .split(' ')
      .map((table) => [table, inserter(db, table)]),
  );
  const add = (table, values) => {
    const row = { id: id(), ...values };
    put[table](row);
    return row.id;
  };
  const scale = Math.min(1, orders / 200_000);
  db.transaction(() => {
    const people = many(40, (at) => add('people', { code: `P${at}`, name: `${pick(STEMS)} ${pick(TOWNS)}`, active: 1 }));
    const carriers = many(30, (at) =>
      add('partners', { code: `C${at}`, name: `${pick(STEMS)} ${pick(TRADES)}`, kind: 'carrier' }),
    );
    const groups = many(50, (at) => add('product_groups', { code: `G${at}`, name: `${pick(GOODS)} ${at}` }));
    const products = many(Math.ceil(5000 * scale), (at) =>
      add('products', {
        sku: `SKU-${at}`,
        name: `${pick(GOODS)} ${pick(STEMS)} ${at}`,
        group_id: pick(groups),
        status: 'active',
      }),
    );
    const accounts = many(Math.ceil(5000 * scale), (at) =>
      add('accounts', {
        code: `A${String(at).padStart(5, '0')}`,
        name: `${pick(STEMS)} ${pick(TRADES)} ${at}`,
        city: pick(TOWNS),
        owner_id: pick(people),
        currency: 'EUR',
        status: 'active',
        tier: pick(['a', 'b', 'c']),
      }),
    );
    many(Math.ceil(20_000 * scale), (at) =>
      add('contacts', {
        name: `${pick(STEMS)} ${pick(TOWNS)} ${at}`,
        party: `accounts/${pick(accounts)}`,
        owner_id: pick(people),
      }),
    );
    many(Math.ceil(20_000 * scale), () =>
      add('activities', {
        about: `accounts/${pick(accounts)}`,
        kind: pick(['call', 'visit', 'mail', 'note']),
        at: Date.UTC(2026, 0, 1) + int(300) * 86_400_000,
        summary: `${pick(GOODS)} discussed`,
      }),
    );
    for (let at = 0; at < orders; at += 1) {
      const on = int(1000);
      const order = add('orders', {
        number: `O26-K7M-${String(at).padStart(4, '0')}`,
        account_id: pick(accounts),
        po_ref: next() < 0.5 ? `PO${int(1e6)}` : null,
        status: pick(['draft', 'submitted', 'confirmed', 'confirmed', 'confirmed', 'closed', 'cancelled']),
        ordered_on: day(on),
        requested: day(on + 20),
        currency: 'EUR',
        carrier_id: pick(carriers),
        owner_id: pick(people),
        freight: int(100_000),
        rounding: 'line',
      });
      const isShipped = next() < 0.8;
      for (let position = 1; position <= 5; position += 1) {
        const qty = (1 + int(500)) * 1_000_000;
        const line = add('order_lines', {
          order_id: order,
          position,
          product_id: pick(products),
          qty,
          uom: 'EA',
          price: (100 + int(100_000)) * 10_000,
          discount: int(4) * 50_000,
          description: `${pick(GOODS)} ${pick(STEMS)}`,
        });
        const requested = day(on + 10 + int(20));
        const schedule = add('schedule_lines', { line_id: line, qty, requested, promised: requested });
        if (isShipped) {
          add('fulfilments', { schedule_id: schedule, kind: 'shipped', qty, happened_on: day(on + 10 + int(22)), done_by: 'us' });
        }
      }
    }
  })();
  finish(db);
  db.exec('ANALYZE');
};

/** Opens the bench file, making it when missing. @returns its path */
export const ensureFile = (path, orders) => {
  if (existsSync(path)) return path;
  const { db } = openMigrated(`${path}.part`, Date.now());
  fillFile(db, orders);
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.prepare('VACUUM INTO ?').run(path);
  db.close();
  for (const suffix of ['.part', '.part-wal', '.part-shm']) rmSync(`${path}${suffix}`, { force: true });
  return path;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [, , path, orders = '200000'] = process.argv;
  ensureFile(path, Number(orders));
}
