/** Filtered registers: their first rows, their whole list and their totals, against one scan of the table. */
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { runJob } from '../job.ts';
import { createPause, inTurn, timed } from '../measure.ts';
import { context, ME, openStore, sortOf } from '../register.ts';
import { rowBeside, rowOf, type Row } from '../rows.ts';

const TWO_STATES_AND_DAYS: Filter = {
  all: [
    { field: 'status', in: ['submitted', 'confirmed'] },
    { field: 'ordered_on', from: '2025-03-01', to: '2025-04-30' },
  ],
};
const filtersFor = (account: string): readonly (readonly [TableName, string, Filter | null])[] => [
  ['orders', 'all', null],
  ['orders', 'of one account', { field: 'account_id', is: 'eq', value: account }],
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
const BUDGET = { ratio: 1.5 };
/** Lines are sorted by a column without an index, so even their first rows are a scan. */
const FIRST = { orders: { p99: 16 }, accounts: { p99: 16 } } as const;

await runJob(async ({ file, times }) => {
  const { db, store, scan } = openStore(file);
  const { views } = store;
  const { pause } = createPause();
  const account = db.prepare<[], string>('SELECT id FROM accounts ORDER BY id LIMIT 1 OFFSET 20').pluck().get() ?? '';
  const rows: Row[] = [];
  for (const [table, name, filter] of filtersFor(account)) {
    const asked = { table, filter, sort: sortOf(table) };
    const what = `${table} ${name}`;
    const pairs = times(5, 2);
    const first = () => views.first(ME, asked, 100, context, pause);
    if (table === 'orders' || table === 'accounts')
      rows.push(rowOf(`${what}: first 100`, await timed(times(20, 5), first), { budget: FIRST[table] }));
    else rows.push(rowBeside(`${what}: first 100`, await inTurn(pairs, first, scan(table)), 'cpu', { budget: BUDGET }));
    const { view, count } = await views.open(ME, asked, context, pause);
    const list = await inTurn(pairs, () => views.refresh(ME, view, context, pause), scan(table));
    const totals = await inTurn(pairs, () => views.totals(ME, view, SUMS[table] ?? [], context, pause), scan(table));
    rows.push(
      rowBeside(`${what}: list of ${count}`, list, 'cpu', { budget: BUDGET }),
      rowBeside(`${what}: totals`, totals, 'cpu', { budget: BUDGET }),
    );
    views.close(ME, view);
  }
  return rows;
});
