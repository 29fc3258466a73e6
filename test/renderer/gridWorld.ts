/**
 * Grids over a small real file, for properties of what a person may do to them in any order: a register of accounts
 * and the lines of an order, beside rows that nothing here is about. Every stored cell can be read past the grid.
 */
import type { GridRow } from '../../shared/contract/shapes.ts';
import { storedFields, tableNames } from '../../shared/model/index.ts';
import type { TableName } from '../../shared/model/index.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import type { GridColumn } from '../../renderer/grid/columns.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { createDisplay, readTyped } from '../../renderer/grid/display.ts';
import type { Display, Setting } from '../../renderer/grid/display.ts';
import { LineSource } from '../../renderer/grid/lines/source.ts';
import type { GridSource, SourceHost } from '../../renderer/grid/source.ts';
import { RegisterSource } from '../../renderer/grid/window/source.ts';
import type { Engine } from './engine.ts';
import { openEngine, settle } from './engine.ts';
import { memoryView } from './gridView.ts';

/** The company of the file, as the page shows its values: what one side reads, the other reads alike. */
const COMPANY = { name: 'Tidewater', currency: 'GBP', zone: 'UTC', weekStart: 1, fiscalMonth: 1 } as const;

export const setting: Setting = { locale: 'en-GB', zone: COMPANY.zone, today: '2026-01-15', currency: COMPANY.currency };

export type World = {
  readonly engine: Engine;
  readonly source: GridSource;
  readonly display: Display;
  /** All that are there to be seen, those that are worked out too. */
  readonly columns: readonly GridColumn[];
  /** The records as the grid has them now, after everything under way. */
  readonly rows: () => Promise<readonly GridRow[]>;
  /** What the grid said went wrong. */
  readonly failed: string[];
  readonly look: <T>(read: (db: Db) => T) => T;
  readonly close: () => void;
};

const insert = (table: TableName, id: string, values: Readonly<Record<string, string | number | { '?': string }>>) =>
  ({ kind: 'insert', table, id, values }) as const;

const fill = async ({ client, newId }: Engine) => {
  await client['app.company']({ company: COMPANY });
  const [ada, bo, order, other] = [newId(), newId(), newId(), newId()];
  const accounts = Array.from({ length: 5 }, () => newId());
  const products = ['1001', '1002', '1003'].map((sku) => [newId(), sku] as const);
  const line = (of: string, at: number) =>
    insert('order_lines', newId(), { order_id: of, position: at, product_id: products[at % 3]?.[0] ?? '', qty: at * 1_000_000 });
  await client['records.apply']({
    label: 'Fill',
    patches: [
      insert('people', ada, { name: 'Ada Fern' }),
      insert('people', bo, { name: 'Bo Lind' }),
      ...products.map(([id, sku]) => insert('products', id, { sku, name: `Crate ${sku}`, uom: 'EA', list_price: 8_500_000 })),
      ...accounts.map((id, at) =>
        insert('accounts', id, {
          code: `A${at}`,
          name: `Harbour ${at}`,
          city: at % 2 === 0 ? 'Leith' : 'Crail',
          owner_id: at === 1 ? ada : bo,
          renewal_on: at === 2 ? { '?': 'someday' } : '2026-03-01',
          ...(at === 4 ? { parent_id: accounts[0] ?? '' } : {}),
        }),
      ),
      insert('sites', newId(), { account_id: accounts[0] ?? '', name: 'Dock' }),
      insert('contacts', newId(), { party: `accounts/${accounts[1] ?? ''}`, name: 'Mo' }),
      ...[order, other].map((id) => insert('orders', id, { po_ref: 'PO 1', account_id: accounts[3] ?? '', currency: 'GBP' })),
      ...[1, 2, 3, 4].map((at) => line(order, at)),
      ...[1, 2].map((at) => line(other, at)),
    ],
  });
  return { order };
};

/** A new file with the same few rows in it, and one of the two kinds of grid on it. */
export const openWorld = async (kind: 'register' | 'lines'): Promise<World> => {
  const engine = openEngine();
  const { order } = await fill(engine);
  const failed: string[] = [];
  const table = kind === 'register' ? 'accounts' : 'order_lines';
  const host: SourceHost = {
    port: engine.client,
    table,
    screen: kind === 'register' ? 'screen:accounts' : `orders/${order}`,
    read: (of, text, row) => readTyped(of, text, row, setting),
    newId: engine.newId,
    start: (): Readonly<Record<string, string>> => (kind === 'register' ? {} : { order_id: order }),
    failed: (message) => void failed.push(message),
    saved: () => undefined,
  };
  const sort = [{ field: 'code', dir: 'asc' }] as const;
  const view = memoryView();
  const lines = kind === 'lines' ? new LineSource({ ...host, owner: order, before: () => Promise.resolve() }) : null;
  const source = lines ?? new RegisterSource(host, { filter: null, sort });
  source.start();
  source.attach(view);
  lines?.showGhost(true);
  const rows = async (): Promise<readonly GridRow[]> => {
    await source.commit.settled();
    await source.reapply();
    await settle();
    const all = await source.page(0, 1000, kind === 'register' ? sort : []);
    if (kind === 'register') view.rows = [...all.rows];
    return all.rows.filter(({ id }) => !source.isDraft(id));
  };
  await rows();
  const db = openReader(engine.file);
  return {
    engine,
    source,
    display: createDisplay(source.edits, setting),
    columns: columnsOf(table),
    rows,
    failed,
    look: (read) => read(db),
    close: () => {
      db.close();
      engine.close();
    },
  };
};

/** Every stored cell of every live row, by `table id field`: its value, and the text that stands in its place. */
export const readCells = (db: Db): ReadonlyMap<string, string> => {
  const cells = new Map<string, string>();
  const raw = db.prepare<[string], { row: string; field: string; raw: string }>(
    `SELECT "row" AS row, field, raw FROM cell_issues WHERE tbl = ? AND raw IS NOT NULL`,
  );
  for (const table of tableNames) {
    const fields = storedFields(table).map(([field]) => field);
    const columns = fields.map((field) => `"${field}"`).join(', ');
    const texts = new Map(raw.all(table).map((one) => [`${one.row} ${one.field}`, one.raw]));
    for (const row of db.prepare<[], Record<string, unknown>>(`SELECT id, ${columns} FROM live_${table}`).all())
      for (const field of fields)
        cells.set(
          `${table} ${String(row['id'])} ${field}`,
          JSON.stringify([row[field], texts.get(`${String(row['id'])} ${field}`)]),
        );
  }
  return cells;
};

/** The cells that are not the same in both. */
export const changedCells = (before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])].filter((key) => before.get(key) !== after.get(key));
