/**
 * A draft of a thousand lines priced again among 50,000 prices, in the engine's own thread, beside the bare look-ups: the
 * same lines, products and prices read by prepared statements, and nothing made of them.
 */
import type { Database } from 'better-sqlite3';
import { openEngine } from '../../../electron/engine/engine.ts';
import { createEnv } from '../../../electron/engine/options.ts';
import { openReader } from '../../../electron/engine/store/file/db.ts';
import { openMigrated } from '../../../electron/engine/store/file/migrate.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { optionsFor } from '../../fakes/processes.ts';
import { finish, idAt, inserter, type Values } from '../../store-read/fill.ts';
import { runJob } from '../job.ts';
import { inTurn } from '../measure.ts';
import { rowBeside } from '../rows.ts';

const UNIT = 1_000_000;
const LINES = 1000;
const PRODUCTS = 5000;
/** A list of all goods by three quantities, three tiers, and a hundred contracts of two hundred goods: 50,000 prices. */
const BREAKS = [0, 10, 100];
const CONTRACTS = 100;
const GOODS_OF_CONTRACT = 200;

const createAdd = (db: Database) => {
  let made = 0;
  const inserters = new Map<TableName, (row: Values) => void>();
  return (table: TableName, values: Values): string => {
    const insert = inserters.get(table) ?? inserter(db, table);
    inserters.set(table, insert);
    made += 1;
    insert({ id: idAt(made), ...values });
    return idAt(made);
  };
};

type Add = ReturnType<typeof createAdd>;

/** @returns how many prices there are */
const fillPrices = (add: Add, products: readonly string[], accounts: readonly string[], int: (n: number) => number): number => {
  let count = 0;
  const price = (list: string, product: string, min: number): void => {
    add('prices', { list_id: list, product_id: product, min_qty: min * UNIT, price: (100 + int(10_000)) * 10_000 });
    count += 1;
  };
  const list = (values: Values): string => add('price_lists', { currency: 'EUR', ...values });
  const general = list({ code: 'LIST', name: 'List', kind: 'general' });
  for (const product of products) for (const min of BREAKS) price(general, product, min);
  for (const tier of ['a', 'b', 'c']) {
    const own = list({ code: `T-${tier}`, name: `Tier ${tier}`, kind: 'tier', tier });
    for (const product of products) price(own, product, 0);
  }
  accounts.forEach((account, at) => {
    const own = list({ code: `CT-${at}`, name: `Contract ${at}`, kind: 'contract', account_id: account });
    for (let n = 0; n < GOODS_OF_CONTRACT; n += 1) price(own, products[(at * 31 + n * 17) % products.length] ?? '', 0);
  });
  return count;
};

/** A file of prices, and in it one draft. */
const makeFile = (path: string, int: (n: number) => number): { readonly order: string; readonly prices: number } => {
  const { db } = openMigrated(path, Date.now());
  const add = createAdd(db);
  const made = db.transaction(() => {
    const products = Array.from({ length: PRODUCTS }, (_, at) =>
      add('products', { sku: `SKU-${at}`, name: `Part ${at}`, uom: 'EA', list_price: UNIT, currency: 'EUR', status: 'active' }),
    );
    const accounts = Array.from({ length: CONTRACTS }, (_, at) =>
      add('accounts', { code: `A${at}`, name: `Account ${at}`, tier: ['a', 'b', 'c'][at % 3] ?? 'a', currency: 'EUR' }),
    );
    const prices = fillPrices(add, products, accounts, int);
    const account = accounts[7] ?? '';
    const order = add('orders', { account_id: account, status: 'draft', ordered_on: '2026-03-12', currency: 'EUR' });
    for (let position = 1; position <= LINES; position += 1) {
      const product = products[int(PRODUCTS)] ?? '';
      add('order_lines', { order_id: order, position, product_id: product, qty: (1 + int(200)) * UNIT, uom: 'EA', by_hand: 0 });
    }
    return { order, prices };
  })();
  finish(db);
  db.exec('ANALYZE');
  db.close();
  return made;
};

/** What cannot be done without: each line, its product, and every price of that. */
const bareReads = (path: string, order: string) => {
  const db = openReader(path);
  const lines = db.prepare<[string], { readonly product_id: string }>('SELECT * FROM live_order_lines WHERE order_id = ?');
  const product = db.prepare<[string]>('SELECT * FROM live_products WHERE id = ?');
  const prices = db.prepare<[string]>('SELECT * FROM live_prices WHERE product_id = ?');
  return {
    read: (): number =>
      lines.all(order).reduce((n, line) => n + [product.get(line.product_id), ...prices.all(line.product_id)].length, 0),
    close: (): void => void db.close(),
  };
};

await runJob(async ({ path, int, times }) => {
  const file = path('prices.db');
  const { order, prices } = makeFile(file, int);
  const engine = openEngine(createEnv(optionsFor(file)));
  const bare = bareReads(file, order);
  const ask = async (): Promise<void> => {
    const { rows } = await engine.call('prices.repricing', { table: 'orders', id: order });
    if (rows.length !== LINES || rows.some(({ says }) => says === null)) throw new Error('a line has no price');
  };
  const pair = await inTurn(times(15, 3), ask, bare.read);
  bare.close();
  engine.close();
  return [
    rowBeside(`prices: ${LINES} lines again, ${prices} prices`, pair, 'cpu', {
      budget: { p95: 1000, ratio: 6 },
      note: 'limit: the rows read, no rule',
    }),
  ];
});
