/**
 * How fast registers of 200,000 orders and 1,000,000 lines open, page, sum and search, beside floors taken in the same
 * run (PERFORMANCE.md). Prints tables; nothing here fails a build, but for a plan that scans what it should not.
 * Usage: node test/bench/grid.ts [FILE] [ORDERS]; the file is made when missing.
 */
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Filter } from '../../shared/domain/filter.ts';
import { tableNames, tableOf, type TableName } from '../../shared/model/index.ts';
import { openReader } from '../../electron/engine/store/db.ts';
import { contextParams, rowPlan } from '../../electron/engine/store/grid-rows.ts';
import { createReadStore } from '../../electron/engine/store/read-store.ts';
import type { Asked } from '../../electron/engine/store/view-list.ts';
import { ensureFile, random } from './grid-data.ts';
import { cpuMs, createPause, ms, printHead, printTimes, timed } from './measure.ts';
import { gridStatements, planFaults } from './plans.ts';

const [, , given, orders = '200000'] = process.argv;
const path = ensureFile(given ?? join(tmpdir(), `workbench-bench-${orders}.db`), Number(orders));
const db = openReader(path);
const store = createReadStore(db);
const { views } = store;
const context = { today: '2026-09-01', zone: 'Europe/Berlin', currency: 'EUR', me: null };
const next = random(7);
const int = (n: number): number => Math.floor(next() * n);
const ME = 'bench';
const { pause } = createPause();

const SORTS: readonly (readonly [TableName, string])[] = [
  ['orders', 'ordered_on'],
  ['order_lines', 'qty'],
  ['accounts', 'name'],
  ['contacts', 'name'],
];
const sortOf = (table: string): Asked['sort'] => [{ field: new Map<string, string>(SORTS).get(table) ?? 'name', dir: 'desc' }];

const benchPages = async (): Promise<void> => {
  for (const [table] of SORTS) {
    const { view, count } = await views.open(ME, { table, filter: null, sort: sortOf(table) }, context, pause);
    const bare = db.prepare<[Record<string, unknown>]>(rowPlan(table).sql).raw();
    const limit = await timed(100, () => {
      const numbers = Array.from({ length: 100 }, () => 1 + int(count));
      bare.all({ ...contextParams(context), ids: JSON.stringify(numbers) });
    });
    const page = await timed(300, () => {
      const from = int(Math.max(1, count - 100));
      views.rows(ME, view, from, from + 100, context);
    });
    printTimes(`${table}: page of 100 at a random depth`, page, limit.cpu);
    const find = await timed(50, () => {
      const at = int(count);
      views.find(ME, view, views.ids(ME, view, at, at + 1)[0] ?? '');
    });
    printTimes(`${table}: find a record`, find);
    views.close(ME, view);
  }
};

const TYPED =
  'harbour foods|müller|muller chemie|O26-K7M-1234|o26-k7m-99|steel pipe|sku-42|A00123|blue crate|zürich|PO1234|kestrel parts 12';
const KEYSTROKES = TYPED.split('|').flatMap((text) => [...text].map((_, at) => text.slice(0, at + 1)));

const benchSearch = async (): Promise<void> => {
  const byCode = db.prepare('SELECT _n FROM orders WHERE number_match >= ? AND number_match < ? LIMIT 12');
  const limit = await timed(200, () => byCode.all('o26-k7m-12', 'o26-k7m-13'));
  const keystroke = (run: (text: string) => unknown) =>
    timed(KEYSTROKES.length * 2, (at) => run(KEYSTROKES[at % KEYSTROKES.length] ?? ''));
  printTimes(`search everywhere, a keystroke`, await keystroke((text) => store.search(text, null, 12)), limit.cpu);
  printTimes('look-up of a product, a keystroke', await keystroke((text) => store.lookup('products', text, 12)));
  printTimes('look-up of an account, a keystroke', await keystroke((text) => store.lookup('accounts', text, 12)));
};

const anyAccount = (): string =>
  db.prepare<[], string>('SELECT id FROM accounts ORDER BY id LIMIT 1 OFFSET 20').pluck().get() ?? '';
const TWO_STATES_AND_DAYS: Filter = {
  all: [
    { field: 'status', in: ['submitted', 'confirmed'] },
    { field: 'ordered_on', from: '2025-03-01', to: '2025-04-30' },
  ],
};
const filters = (): readonly (readonly [TableName, string, Filter | null])[] => [
  ['orders', 'all', null],
  ['orders', 'of one account', { field: 'account_id', is: 'eq', value: anyAccount() }],
  ['orders', 'in two states and 60 days', TWO_STATES_AND_DAYS],
  ['orders', 'late and open', { all: [{ flag: 'late' }, { flag: 'open' }] }],
  ['orders', 'found by words', { words: 'O26-K7M-0' }],
  ['order_lines', 'all', null],
  ['order_lines', 'description has steel', { field: 'description', is: 'has', value: 'steel' }],
  ['order_lines', 'description has müll', { field: 'description', is: 'has', value: 'müll' }],
  ['order_lines', 'of products named crate', { field: 'product_id', is: 'has', value: 'crate' }],
  ['order_lines', 'above a quantity', { field: 'qty', is: 'gt', value: 400_000_000 }],
  ['accounts', 'with late orders', { flag: 'late' }],
];
const SUMS: Readonly<Record<string, readonly string[]>> = {
  orders: ['net', 'freight'],
  order_lines: ['net', 'qty'],
  accounts: ['open_orders'],
};

const scanOf = (table: TableName) =>
  timed(3, () => db.prepare(`SELECT count(*), sum(length(id)) FROM "${table}" NOT INDEXED WHERE _alive = 1`).get());

const benchFilters = async (): Promise<void> => {
  for (const [table, name, filter] of filters()) {
    const scan = await scanOf(table);
    const asked = { table, filter, sort: sortOf(table) };
    printTimes(`${table} ${name}: first 100`, await timed(5, () => views.first(ME, asked, 100, context, pause)), scan.cpu);
    const opened = await views.open(ME, asked, context, pause);
    const list = await timed(3, () => views.refresh(ME, opened.view, context, pause));
    printTimes(`${table} ${name}: list of ${opened.count}`, list, scan.cpu);
    const totals = await timed(3, () => views.totals(ME, opened.view, SUMS[table] ?? [], context, pause));
    printTimes(`${table} ${name}: totals`, totals, scan.cpu);
    views.close(ME, opened.view);
  }
};

/** Every visible column of every large register, up and down. */
const benchSorts = async (): Promise<void> => {
  console.log('\nBy every column: first rows, whole list (wall, processor), longest wait of others, ms');
  for (const [table] of SORTS) {
    const scan = await scanOf(table);
    const fields = Object.entries(tableOf(table).fields).filter(([, field]) => field.hidden !== true);
    for (const [field] of fields) {
      for (const dir of ['asc', 'desc'] as const) {
        const asked = { table, filter: null, sort: [{ field, dir }] };
        const turns = createPause();
        const start = performance.now();
        const before = cpuMs();
        await views.first(ME, asked, 100, context, turns.pause);
        const first = performance.now() - start;
        const { view, count } = await views.open(ME, asked, context, turns.pause);
        const cells = [first, performance.now() - start, cpuMs() - before, turns.longest(), scan.cpu];
        const [atFirst, all, cpu, wait, floor] = cells.map((value) => ms(value).padStart(6));
        console.log(
          `${`${table} by ${field} ${dir}`.padEnd(36)} ${String(count).padStart(8)} rows  first ${atFirst}  all ${all} ${cpu}  wait ${wait}  scan ${floor}`,
        );
        views.close(ME, view);
      }
    }
  }
};

const guardPlans = (): void => {
  const bad = gridStatements(db).flatMap((one) => planFaults(db, one).map((fault) => `${one.name}: ${fault}`));
  console.log(bad.length === 0 ? '\nplans: all good at this size' : `\nplans at fault:\n${bad.join('\n')}`);
  if (bad.length > 0) process.exitCode = 1;
};

const load = loadavg().map((one) => one.toFixed(1));
console.log(`${path}; load ${load.join(' ')}; node ${process.version}; ${tableNames.length} tables`);
printHead();
await benchPages();
await benchSearch();
await benchFilters();
await benchSorts();
guardPlans();
db.close();
