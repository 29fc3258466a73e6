/**
 * How fast registers of 200,000 orders and 1,000,000 lines open, page, sum and search, beside the limits of
 * PERFORMANCE.md, each taken in the same run. Prints a table; nothing here fails a build.
 * Usage: grid.mjs [FILE] [ORDERS]; the file is made when missing.
 */
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openReader } from '../../electron/engine/store/db.ts';
import { contextParams, rowPlan } from '../../electron/engine/store/grid-rows.ts';
import { createReadStore } from '../../electron/engine/store/read-store.ts';
import { ensureFile, random } from './grid-data.mjs';

const [, , given, orders = '200000'] = process.argv;
const path = ensureFile(given ?? join(tmpdir(), `workbench-bench-${orders}.db`), Number(orders));
const db = openReader(path);
const store = createReadStore(db);
const context = { today: '2026-09-01', zone: 'Europe/Berlin', currency: 'EUR', me: null };
const next = random(7);
const int = (n) => Math.floor(next() * n);

const quantile = (sorted, q) => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
/** Wall times, and the median of processor times: what to compare by where other jobs run. */
const timed = async (runs, work) => {
  const walls = [];
  const cpus = [];
  for (let at = 0; at < runs; at += 1) {
    const start = performance.now();
    const before = cpuMs();
    await work(at);
    cpus.push(cpuMs() - before);
    walls.push(performance.now() - start);
  }
  walls.sort((a, b) => a - b);
  cpus.sort((a, b) => a - b);
  return { p50: quantile(walls, 0.5), p99: quantile(walls, 0.99), cpu: quantile(cpus, 0.5), cpu99: quantile(cpus, 0.99) };
};
const ms = (value) => (value === undefined ? '' : value.toFixed(value < 10 ? 2 : 0));
const print = (job, times, limit) =>
  console.log(
    [
      job.padEnd(64),
      ...['p50', 'p99', 'cpu', 'cpu99'].map((key) => ms(times[key]).padStart(8)),
      ms(limit).padStart(9),
      (limit === undefined ? '' : (times.cpu / limit).toFixed(2)).padStart(7),
    ].join(' '),
  );

/** The longest time that building a list keeps other work waiting. */
let gap = 0;
const createPause = () => {
  let last = performance.now();
  gap = 0;
  return async () => {
    gap = Math.max(gap, performance.now() - last);
    await nextTurn();
    last = performance.now();
  };
};

const scan = (table, column) =>
  timed(3, () => db.prepare(`SELECT sum(length(${column})) FROM ${table} NOT INDEXED WHERE _alive = 1`).get());

const registers = [
  [
    'orders',
    null,
    [
      'number',
      'account_id',
      'ordered_on',
      'status',
      'net',
      'late_days',
      'shipped_on',
      'carrier_id',
      'owner_id',
      'po_ref',
      'freight',
      'currency',
    ],
  ],
  [
    'order_lines',
    null,
    ['order_id', 'product_id', 'qty', 'price', 'discount', 'net', 'description', 'requested', 'open_qty', 'uom'],
  ],
  ['accounts', null, ['name', 'code', 'open_orders', 'overdue_orders', 'revenue_12m', 'last_contact_on', 'owner_id', 'city']],
  ['contacts', null, ['name', 'party', 'last_contact_on']],
];

const openOnce = async (asked, reuse = 'bench') => {
  const pause = createPause();
  const start = performance.now();
  const before = cpuMs();
  const first = await store.views.first(reuse, asked, 100, context, pause);
  const atFirst = performance.now() - start;
  const opened = await store.views.open(reuse, asked, context, pause);
  return { first, atFirst, total: performance.now() - start, cpu: cpuMs() - before, gap, ...opened };
};

const benchSorts = async () => {
  console.log('\nFirst rows, whole list, longest wait of others (ms), by sort');
  for (const [table, filter, fields] of registers) {
    const limit = await scan(table, 'id');
    for (const field of fields) {
      for (const dir of ['asc', 'desc']) {
        const { atFirst, total, cpu, gap: wait, view, count } = await openOnce({ table, filter, sort: [{ field, dir }] });
        console.log(
          `${`${table} by ${field} ${dir}`.padEnd(40)} ${String(count).padStart(8)} rows  first ${ms(atFirst).padStart(6)}  all ${ms(total).padStart(6)}  cpu ${ms(cpu).padStart(6)}  wait ${ms(wait).padStart(6)}  scan ${ms(limit.cpu).padStart(6)}`,
        );
        store.views.close('bench', view);
      }
    }
  }
};

const benchPages = async () => {
  for (const [table] of registers) {
    const { view, count } = await openOnce({ table, filter: null, sort: [{ field: defaultSort[table], dir: 'asc' }] });
    const bare = db.prepare(rowPlan(table).sql).raw();
    const params = contextParams(context);
    const rowsAt = () => {
      const from = int(Math.max(1, count - 100));
      return [from, from + 100];
    };
    const limit = await timed(100, () => {
      const numbers = Array.from({ length: 100 }, () => 1 + int(count));
      bare.all({ ...params, ids: JSON.stringify(numbers) });
    });
    const page = await timed(300, () => store.views.rows('bench', view, ...rowsAt(), context));
    print(`${table}: page of 100 at a random depth`, page, limit.cpu);
    const idAt = () => {
      const at = int(count);
      return store.views.ids('bench', view, at, at + 1)[0];
    };
    print(`${table}: find a record`, await timed(50, () => store.views.find('bench', view, idAt())));
    store.views.close('bench', view);
  }
};
const defaultSort = { orders: 'ordered_on', order_lines: 'qty', accounts: 'name', contacts: 'name' };

const benchFilters = async () => {
  const account = () =>
    db
      .prepare('SELECT id FROM accounts WHERE _n = ?')
      .pluck()
      .get(1 + int(4000));
  const filters = [
    ['orders', 'of one account', () => ({ field: 'account_id', is: 'eq', value: account() })],
    [
      'orders',
      'in two states and 60 days',
      () => ({
        all: [
          { field: 'status', in: ['submitted', 'confirmed'] },
          { field: 'ordered_on', from: '2025-03-01', to: '2025-04-30' },
        ],
      }),
    ],
    ['orders', 'late and open', () => ({ all: [{ flag: 'late' }, { flag: 'open' }] })],
    ['orders', 'found by words', () => ({ words: 'O26-K7M-0' })],
    ['order_lines', 'description has steel', () => ({ field: 'description', is: 'has', value: 'steel' })],
    ['order_lines', 'description has müll', () => ({ field: 'description', is: 'has', value: 'müll' })],
    ['order_lines', 'of products named crate', () => ({ field: 'product_id', is: 'has', value: 'crate' })],
    ['order_lines', 'above a quantity', () => ({ field: 'qty', is: 'gt', value: 400_000_000 })],
    ['accounts', 'with late orders', () => ({ flag: 'late' })],
  ];
  for (const [table, name, make] of filters) {
    let count = 0;
    const sort = [{ field: defaultSort[table], dir: 'desc' }];
    const first = await timed(5, () => store.views.first('bench', { table, filter: make(), sort }, 100, context, createPause()));
    print(`${table} ${name}: first 100`, first);
    let view = '';
    const all = await timed(3, async () => {
      ({ view, count } = await store.views.open('bench', { table, filter: make(), sort }, context, createPause()));
    });
    print(`${table} ${name}: list of ${count}`, all);
    const sums = { orders: ['net', 'freight'], order_lines: ['net', 'qty'], accounts: ['open_orders'] };
    print(
      `${table} ${name}: totals`,
      await timed(3, () => store.views.totals('bench', view, sums[table], context, createPause())),
    );
    store.views.close('bench', view);
  }
  for (const [table, fields] of [
    ['orders', ['net', 'freight']],
    ['order_lines', ['net', 'qty', 'open_qty']],
  ]) {
    const { view } = await store.views.open('bench', { table, filter: null, sort: [] }, context, createPause());
    const limit = await timed(3, () => db.prepare(`SELECT count(*), sum(_n) FROM ${table} NOT INDEXED WHERE _alive = 1`).get());
    print(
      `${table}: totals over all`,
      await timed(3, () => store.views.totals('bench', view, fields, context, createPause())),
      limit.cpu,
    );
    store.views.close('bench', view);
  }
};

const QUERIES = [
  'harbour foods',
  'müller',
  'muller chemie',
  'O26-K7M-1234',
  'o26-k7m-99',
  'steel pipe',
  'sku-42',
  'A00123',
  'blue crate',
  'zürich',
  'PO1234',
  'kestrel parts 12',
];

const benchSearch = async () => {
  const typed = QUERIES.flatMap((text) => [...text].map((_, at) => text.slice(0, at + 1)));
  const everywhere = typed.flatMap((text) => [text, text]);
  const limit = db.prepare('SELECT _n FROM orders WHERE number_match >= ? AND number_match < ? LIMIT 12');
  const code = await timed(200, () => limit.all('o26-k7m-12', 'o26-k7m-13'));
  print(
    `search everywhere, a keystroke (${typed.length} prefixes)`,
    await timed(everywhere.length, (at) => store.search(everywhere[at], null, 12)),
    code.cpu,
  );
  print(
    'look-up of a product, a keystroke',
    await timed(everywhere.length, (at) => store.lookup('products', everywhere[at], 12)),
  );
  print(
    'look-up of an account, a keystroke',
    await timed(everywhere.length, (at) => store.lookup('accounts', everywhere[at], 12)),
  );
};

console.log(
  `${path}; load ${loadavg()
    .map((one) => one.toFixed(1))
    .join(' ')}; node ${process.version}`,
);
console.log(`\n${'job (ms)'.padEnd(64)}      p50      p99      cpu   cpu99  limit cpu   ratio`);
await benchPages();
await benchSearch();
await benchFilters();
await benchSorts();
