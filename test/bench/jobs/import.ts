/**
 * An import of orders and their lines, from the files to the finished batch, against prepared inserts of the very rows
 * it made: into the same schema, and into its tables without their indexes. In turn, each on a fresh copy.
 */
import type { Database } from 'better-sqlite3';
import { openEngine } from '../../../electron/engine/engine.ts';
import { createEnv } from '../../../electron/engine/options.ts';
import { openReader, openWriter } from '../../../electron/engine/store/file/db.ts';
import { optionsFor } from '../../fakes/processes.ts';
import { northwindRecipe, writeMasters, writeOrders } from '../../fakes/trade.ts';
import { runJob } from '../job.ts';
import { pairOf, sample } from '../measure.ts';
import { insertRaw, readRaw, type RawRows } from '../raw.ts';
import { rowBeside } from '../rows.ts';

/** What a person gets; references, history, log, undo and search are the import's own cost. */
const TABLES = ['orders', 'order_lines', 'schedule_lines', 'fulfilments'] as const;
const LINES_EACH = 5;
const PAIRS = 5;

/** From the call to the finished batch; opening the file is not part of it. */
const importFolder = async (db: string, folder: string) => {
  const engine = openEngine(createEnv(optionsFor(db)));
  const times = await sample(() => engine.call('import.run', { path: folder, recipe: northwindRecipe() }));
  engine.close();
  return times;
};

/** The tables of a file without any of its indexes. */
const createBare = (path: string, template: string): Database => {
  const from = openReader(template);
  const db = openWriter(path);
  for (const table of TABLES)
    db.exec(
      from.prepare<[string], string>(`SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?`).pluck().get(table) ?? '',
    );
  from.close();
  return db;
};

await runJob(async ({ path, copy, times }) => {
  const masters = { customers: 1000, products: 1000 };
  const orders = times(4000, 400);
  writeMasters(path('masters'), masters);
  writeOrders(path('orders'), { ...masters, orders, linesEach: LINES_EACH, first: 1, mark: 'bench' });
  const template = path('template.db');
  await importFolder(template, path('masters'));
  const [imports, raws, bares]: Awaited<ReturnType<typeof sample>>[][] = [[], [], []];
  let rows: RawRows = new Map();
  for (let at = 0; at < PAIRS; at += 1) {
    const imported = copy(template, 'imported.db');
    imports?.push(await importFolder(imported, path('orders')));
    if (rows.size === 0) rows = readRaw(imported, TABLES);
    const same = openWriter(copy(template, 'raw.db'));
    raws?.push(await sample(() => insertRaw(same, rows)));
    same.close();
    const bare = createBare(path(`bare-${at}.db`), template);
    bares?.push(await sample(() => insertRaw(bare, rows)));
    bare.close();
  }
  const name = `import of ${orders * LINES_EACH} lines in ${orders} orders`;
  const made = [...rows].map(([table, values]) => `${values.length} ${table}`).join(', ');
  const pairs = [pairOf(imports ?? [], raws ?? []), pairOf(imports ?? [], bares ?? [])] as const;
  const rate = (orders * LINES_EACH * 1000) / pairs[0].times.wall.p50;
  return [
    rowBeside(`${name}, beside raw inserts, same indexes`, pairs[0], 'cpu', {
      rate,
      budget: { ratio: 1.35, rate: 40_000 },
      note: `inserts ${made}`,
    }),
    rowBeside(`${name}, beside raw inserts, no index`, pairs[1], 'cpu', { rate, budget: { ratio: 7 } }),
  ];
});
