/**
 * Makes a file of many orders for the bench: seeded, straight into the tables, with sums, search and statistics as the
 * write path and upkeep leave them.
 */
import { existsSync, renameSync, rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { openMigrated } from '../../electron/engine/store/file/migrate.ts';
import type { TableName } from '../../shared/model/index.ts';
import { random } from '../fakes/random.ts';
import { finish, idAt, inserter, type Values } from '../store-read/fill.ts';

const words = (text: string): readonly string[] => text.split(' ');
const STEMS = words('Harbour Kestrel Crème Müller Nordic Iron Silver Amber Delta Falcon Linden Orchid Quarry Raven Sable Tundra');
const TRADES = words('Foods Parts Logistics Chemie Steel Paper Optics Trading Works Marine Supply Group');
const TOWNS = words('Berlin Łódź Paris Genève Kraków Leeds Oslo Porto Québec Zürich');
const GOODS = words('Valve Bearing Gasket Flange Blue crate Steel pipe Filter Hinge Cable Sensor Bracket Seal');
const STATES = words('draft submitted confirmed confirmed confirmed closed cancelled');

const day = (n: number): string => new Date(Date.UTC(2024, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);
const UNIT = 1_000_000;

const createMaker = (db: Database, seed: number) => {
  const next = random(seed);
  const int = (n: number): number => Math.floor(next() * n);
  const pick = (list: readonly string[]): string => list[int(list.length)] ?? '';
  const inserters = new Map<TableName, (row: Values) => void>();
  let made = 0;
  /** Adds a row with the next id and gives its id. */
  const add = (table: TableName, values: Values): string => {
    const insert = inserters.get(table) ?? inserter(db, table);
    inserters.set(table, insert);
    made += 1;
    insert({ id: idAt(made), ...values });
    return idAt(made);
  };
  const many = (count: number, make: (at: number) => string): readonly string[] =>
    Array.from({ length: count }, (_, at) => make(at));
  return { int, pick, add, many, chance: (share: number): boolean => next() < share };
};
type Maker = ReturnType<typeof createMaker>;

/** Firms, people and goods; fewer where there are fewer orders. */
const fillMasters = ({ add, many, pick, int }: Maker, scale: number) => {
  const people = many(40, (at) => add('people', { code: `P${at}`, name: `${pick(STEMS)} ${pick(TOWNS)}`, active: 1 }));
  const carriers = many(30, (at) => add('partners', { code: `C${at}`, name: `${pick(STEMS)} ${pick(TRADES)}`, kind: 'carrier' }));
  const groups = many(50, (at) => add('product_groups', { code: `G${at}`, name: `${pick(GOODS)} ${at}` }));
  const products = many(Math.ceil(5000 * scale), (at) =>
    add('products', { sku: `SKU-${at}`, name: `${pick(GOODS)} ${pick(STEMS)} ${at}`, group_id: pick(groups), status: 'active' }),
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
    add('contacts', { name: `${pick(STEMS)} ${pick(TOWNS)} ${at}`, party: `accounts/${pick(accounts)}`, owner_id: pick(people) }),
  );
  many(Math.ceil(20_000 * scale), () =>
    add('activities', {
      about: `accounts/${pick(accounts)}`,
      kind: pick(['call', 'visit', 'mail', 'note']),
      at: Date.UTC(2026, 0, 1) + int(300) * 86_400_000,
      summary: `${pick(GOODS)} discussed`,
    }),
  );
  return { people, carriers, products, accounts };
};

/** Five lines, one schedule line each; four orders in five are shipped. */
const addOrder = ({ add, pick, int, chance }: Maker, at: number, masters: ReturnType<typeof fillMasters>): void => {
  const on = int(1000);
  const order = add('orders', {
    number: `O26-K7M-${String(at).padStart(4, '0')}`,
    account_id: pick(masters.accounts),
    po_ref: chance(0.5) ? `PO${int(UNIT)}` : null,
    status: pick(STATES),
    ordered_on: day(on),
    requested: day(on + 20),
    currency: 'EUR',
    carrier_id: pick(masters.carriers),
    owner_id: pick(masters.people),
    freight: int(100_000),
    rounding: 'line',
  });
  const isShipped = chance(0.8);
  for (let position = 1; position <= 5; position += 1) {
    const qty = (1 + int(500)) * UNIT;
    const line = add('order_lines', {
      order_id: order,
      position,
      product_id: pick(masters.products),
      qty,
      uom: 'EA',
      price: (100 + int(100_000)) * 10_000,
      discount: int(4) * 50_000,
      description: `${pick(GOODS)} ${pick(STEMS)}`,
    });
    const requested = day(on + 10 + int(20));
    const schedule = add('schedule_lines', { line_id: line, qty, requested, promised: requested });
    if (!isShipped) continue;
    add('fulfilments', { schedule_id: schedule, kind: 'shipped', qty, happened_on: day(on + 10 + int(22)), done_by: 'us' });
  }
};

/** Fills an empty file. */
export const fillFile = (db: Database, orders: number, seed = 1): void => {
  const maker = createMaker(db, seed);
  db.transaction(() => {
    const masters = fillMasters(maker, Math.min(1, orders / 200_000));
    for (let at = 0; at < orders; at += 1) addOrder(maker, at, masters);
  })();
  finish(db);
  db.exec('ANALYZE');
};

/** The path of the bench file, which is made when missing. */
export const ensureFile = (path: string, orders: number): string => {
  if (existsSync(path)) return path;
  const part = `${path}.part`;
  const removePart = (): void => {
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${part}${suffix}`, { force: true });
  };
  // One that was cut off holds anything.
  removePart();
  rmSync(`${path}.whole`, { force: true });
  const { db } = openMigrated(part, Date.now());
  fillFile(db, orders);
  db.prepare('VACUUM INTO ?').run(`${path}.whole`);
  db.close();
  removePart();
  renameSync(`${path}.whole`, path);
  return path;
};
