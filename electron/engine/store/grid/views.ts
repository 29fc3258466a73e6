/**
 * Open registers: for each, the numbers of its rows in order (4 MB per million), kept until it is closed, its
 * connection goes, or too many others have been used since. Positions never move before a refresh: a row that was
 * deleted meanwhile stays in its place and says so.
 */
import type { Database } from 'better-sqlite3';
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { ReadContext } from './computed.ts';
import { fieldsOf, shownTable } from '../read/fields.ts';
import type { GridRows } from './grid-rows.ts';
import type { Pause } from '../write/order.ts';
import { createRegisterReader } from './register.ts';
import type { What } from './register-sql.ts';
import type { Sums } from './totals.ts';
import { createViewCells, type Figures, type Listed, type Part } from './view-cells.ts';
import { createViewList, type Asked, type View } from './view-list.ts';

const MAX_ROWS = 1000;
const MAX_IDS = 50_000;

export type { Asked };

type Along = { readonly field: string; readonly back: boolean };

/** A list built to show its first rows, waiting to be opened. */
type Ready = { readonly connection: string; readonly key: string; readonly version: number; readonly numbers: Uint32Array };

/** Builds lists; one that was built for its first rows is kept until it is opened or the file has changed. */
const createLists = (db: Database) => {
  const register = createRegisterReader(db);
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  let ready: Ready | null = null;
  const whatOf = ({ table: name, filter, sort }: Asked): What => {
    const table = shownTable(name);
    return { table, fields: fieldsOf(db, table), filter, sort };
  };
  const keyOf = ({ table, filter, sort }: Asked, context: ReadContext): string => JSON.stringify([table, filter, sort, context]);
  const build = (asked: Asked, context: ReadContext, pause: Pause) => register.list(whatOf(asked), context, pause);
  return {
    register,
    whatOf,
    build,
    /** The numbers of the first rows: by a statement of their own where that is cheap, else from the list. */
    async first(connection: string, asked: Asked, limit: number, context: ReadContext, pause: Pause) {
      const known = await register.first(whatOf(asked), limit, context, pause);
      if (known !== null) return known;
      const at = version.get() ?? 0;
      const numbers = await build(asked, context, pause);
      ready = { connection, key: keyOf(asked, context), version: at, numbers };
      return numbers.subarray(0, limit);
    },
    async take(connection: string, asked: Asked, context: ReadContext, pause: Pause): Promise<Uint32Array> {
      const waiting = ready;
      const isSame = waiting?.connection === connection && waiting.key === keyOf(asked, context);
      if (waiting === null || !isSame || waiting.version !== version.get()) return build(asked, context, pause);
      ready = null;
      return waiting.numbers;
    },
    forget(connection: string): void {
      if (ready?.connection === connection) ready = null;
    },
  };
};

const createIds = (db: Database) => ({
  numberOf: (table: TableName, id: string): number | undefined =>
    db.prepare<[string], number>(`SELECT _n FROM "${table}" WHERE id = ?`).pluck().get(id),
  idsOf: (table: TableName, numbers: Uint32Array): readonly string[] =>
    db
      .prepare<[string], string>(`SELECT t.id FROM json_each(?) j CROSS JOIN "${table}" t ON t._n = j.value ORDER BY j.key`)
      .pluck()
      .all(JSON.stringify([...numbers])),
});

export const createViews = (db: Database, rows: GridRows) => {
  const lists = createLists(db);
  const open = createViewList();
  const { numberOf, idsOf } = createIds(db);
  const slice = ({ numbers }: View, from: number, to: number, most: number): Uint32Array =>
    numbers.subarray(from, Math.max(from, Math.min(to, from + most)));
  const cells = createViewCells(db);
  const listedIn = ({ asked, numbers }: View): Listed => ({ ...lists.whatOf(asked), numbers });
  const tableOfView = ({ asked }: View): TableName => shownTable(asked.table);

  return {
    /** The first rows, as the list will have them. */
    async first(connection: string, asked: Asked, limit: number, context: ReadContext, pause: Pause) {
      const numbers = await lists.first(connection, asked, limit, context, pause);
      return rows.byNumber(shownTable(asked.table), numbers, context);
    },

    async open(connection: string, asked: Asked, context: ReadContext, pause: Pause) {
      const numbers = await lists.take(connection, asked, context, pause);
      return { view: open.add({ connection, asked, numbers }), count: numbers.length };
    },

    /** Rows from position `from` up to, not including, `to`; 1,000 at most. */
    rows(connection: string, name: string, from: number, to: number, context: ReadContext): readonly GridRow[] {
      const view = open.find(connection, name);
      return rows
        .byNumber(tableOfView(view), slice(view, from, to, MAX_ROWS), context)
        .map((row) => (row.gone ? { id: row.id, v: {}, gone: row.gone } : row));
    },

    /** What a view is of, and how many rows it has. */
    describe(connection: string, name: string): { readonly table: TableName; readonly count: number } {
      const view = open.find(connection, name);
      return { table: tableOfView(view), count: view.numbers.length };
    },

    find(connection: string, name: string, id: string): number | null {
      const view = open.find(connection, name);
      const n = numberOf(tableOfView(view), id);
      const at = n === undefined ? -1 : view.numbers.indexOf(n);
      return at < 0 ? null : at;
    },

    /** Where a block of filled cells ends along a column, or the next begins. */
    edge(connection: string, name: string, from: number, along: Along, context: ReadContext, pause: Pause): Promise<number> {
      return cells.edge(listedIn(open.find(connection, name)), along.field, from, along.back, context, pause);
    },

    /** Figures over what is selected. */
    figures(connection: string, name: string, parts: readonly Part[], context: ReadContext, pause: Pause): Promise<Figures> {
      return cells.figures(listedIn(open.find(connection, name)), parts, context, pause);
    },

    /** Ids from position `from` up to, not including, `to`; 50,000 at most. */
    ids(connection: string, name: string, from: number, to: number): readonly string[] {
      const view = open.find(connection, name);
      return idsOf(tableOfView(view), slice(view, from, to, MAX_IDS));
    },

    /** Sums over all rows the view's filter finds now. */
    totals(connection: string, name: string, fields: readonly string[], context: ReadContext, pause: Pause): Promise<Sums> {
      return lists.register.totals(lists.whatOf(open.find(connection, name).asked), fields, context, pause);
    },

    async refresh(connection: string, name: string, context: ReadContext, pause: Pause): Promise<number> {
      const view = open.find(connection, name);
      view.numbers = await lists.build(view.asked, context, pause);
      return view.numbers.length;
    },

    close: (connection: string, name: string): void => open.close(connection, name),

    /** Forgets all views of a connection that is gone. */
    forget(connection: string): void {
      open.forget(connection);
      lists.forget(connection);
    },
  };
};

export type Views = ReturnType<typeof createViews>;
