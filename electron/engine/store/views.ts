/**
 * Open registers: for each, the numbers of its rows in order (4 MB per million), kept until it is closed, its
 * connection goes, or too many others have been used since. Positions never move before a refresh: a row that was
 * deleted meanwhile stays in its place and says so.
 */
import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/contract/define.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Filter } from '../../../shared/domain/filter.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { ReadContext } from './computed.ts';
import { fieldsOf, shownTable } from './fields.ts';
import type { GridRows } from './grid-rows.ts';
import type { Pause } from './order.ts';
import { createRegisterReader, type Sums } from './register.ts';
import type { SortBy, What } from './register-sql.ts';

/** Views a connection may hold, and row numbers all of them together (256 MB). */
const MAX_VIEWS = 40;
const MAX_NUMBERS = 64_000_000;
const MAX_ROWS = 1000;
const MAX_IDS = 50_000;

export type Asked = { readonly table: string; readonly filter: Filter | null; readonly sort: SortBy };
type View = { readonly connection: string; readonly asked: Asked; numbers: Uint32Array };

/** A list built to show its first rows, waiting to be opened. */
type Ready = { readonly connection: string; readonly key: string; readonly version: number; readonly numbers: Uint32Array };

const gone = (view: string): AppError => new AppError('view-gone', 'This list was closed. Open it again.', { view });

export const createViews = (db: Database, rows: GridRows) => {
  const register = createRegisterReader(db);
  const views = new Map<string, View>();
  const version = db.prepare<[], number>('PRAGMA data_version').pluck();
  const numberOf = new Map<TableName, (id: string) => number | undefined>();
  let made = 0;
  let ready: Ready | null = null;

  const whatOf = ({ table: name, filter, sort }: Asked): What => {
    const table = shownTable(name);
    return { table, fields: fieldsOf(db, table), filter, sort };
  };
  const find = (connection: string, name: string): View => {
    const view = views.get(name);
    if (view === undefined || view.connection !== connection) throw gone(name);
    views.delete(name);
    views.set(name, view);
    return view;
  };
  /** Oldest first, forgets what is over the bounds; never the newest. */
  const makeRoom = (connection: string): void => {
    const own = [...views].filter(([, view]) => view.connection === connection);
    for (const [name] of own.slice(0, Math.max(0, own.length - MAX_VIEWS))) views.delete(name);
    let kept = [...views.values()].reduce((sum, view) => sum + view.numbers.length, 0);
    for (const [name, view] of [...views].slice(0, -1)) {
      if (kept <= MAX_NUMBERS) return;
      views.delete(name);
      kept -= view.numbers.length;
    }
  };
  const slice = (view: View, from: number, to: number, most: number): Uint32Array =>
    view.numbers.subarray(from, Math.max(from, Math.min(to, from + most)));

  const idsOf = (table: TableName, numbers: Uint32Array): readonly string[] =>
    db
      .prepare<[string], string>(`SELECT t.id FROM json_each(?) j CROSS JOIN "${table}" t ON t._n = j.value ORDER BY j.key`)
      .pluck()
      .all(JSON.stringify([...numbers]));

  const list = async (asked: Asked, context: ReadContext, pause: Pause): Promise<Uint32Array> =>
    register.list(whatOf(asked), context, pause);

  return {
    /** The first rows, as the list will have them. */
    async first(
      connection: string,
      asked: Asked,
      limit: number,
      context: ReadContext,
      pause: Pause,
    ): Promise<readonly GridRow[]> {
      const what = whatOf(asked);
      const known = register.first(what, limit, context);
      if (known !== null) return rows.byNumber(what.table, known, context);
      const at = version.get() ?? 0;
      const numbers = await list(asked, context, pause);
      ready = { connection, key: JSON.stringify([asked, context]), version: at, numbers };
      return rows.byNumber(what.table, numbers.subarray(0, limit), context);
    },

    async open(connection: string, asked: Asked, context: ReadContext, pause: Pause) {
      const key = JSON.stringify([asked, context]);
      const isReady = ready?.connection === connection && ready.key === key && ready.version === version.get();
      const numbers = isReady && ready !== null ? ready.numbers : await list(asked, context, pause);
      ready = null;
      made += 1;
      const name = `v${made}`;
      views.set(name, { connection, asked, numbers });
      makeRoom(connection);
      return { view: name, count: numbers.length };
    },

    /** Rows from position `from` up to, not including, `to`; 1,000 at most. */
    rows(connection: string, name: string, from: number, to: number, context: ReadContext): readonly GridRow[] {
      const view = find(connection, name);
      return rows
        .byNumber(shownTable(view.asked.table), slice(view, from, to, MAX_ROWS), context)
        .map((row) => (row.gone === true ? { id: row.id, v: {}, gone: true as const } : row));
    },

    find(connection: string, name: string, id: string): number | null {
      const view = find(connection, name);
      const table = shownTable(view.asked.table);
      const look =
        numberOf.get(table) ??
        (
          (statement) => (one: string) =>
            statement.get(one)
        )(db.prepare<[string], number>(`SELECT _n FROM "${table}" WHERE id = ?`).pluck());
      numberOf.set(table, look);
      const n = look(id);
      const at = n === undefined ? -1 : view.numbers.indexOf(n);
      return at < 0 ? null : at;
    },

    /** Ids from position `from` up to, not including, `to`; 50,000 at most. */
    ids(connection: string, name: string, from: number, to: number): readonly string[] {
      const view = find(connection, name);
      return idsOf(shownTable(view.asked.table), slice(view, from, to, MAX_IDS));
    },

    /** Sums over all rows the view's filter finds now. */
    async totals(connection: string, name: string, fields: readonly string[], context: ReadContext, pause: Pause): Promise<Sums> {
      return register.totals(whatOf(find(connection, name).asked), fields, context, pause);
    },

    async refresh(connection: string, name: string, context: ReadContext, pause: Pause): Promise<number> {
      const view = find(connection, name);
      view.numbers = await list(view.asked, context, pause);
      return view.numbers.length;
    },

    close(connection: string, name: string): void {
      if (views.get(name)?.connection === connection) views.delete(name);
    },

    /** Forgets all views of a connection that is gone. */
    forget(connection: string): void {
      for (const [name, view] of views) if (view.connection === connection) views.delete(name);
      if (ready?.connection === connection) ready = null;
    },
  };
};

export type Views = ReturnType<typeof createViews>;
