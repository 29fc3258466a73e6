/**
 * Rows on their way into a file, page by page: of a register as a grid has them, with every field there is, or of a
 * public view with its columns. The reading has a connection of its own and sees the file as it was when it began.
 */
import type { Database } from 'better-sqlite3';
import { AppError } from '../../../../shared/contract/define.ts';
import type { GridRow } from '../../../../shared/contract/shapes.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { ReadContext } from '../grid/computed.ts';
import { openReader } from '../file/db.ts';
import { viewColumns, type ViewColumn } from './export-columns.ts';
import { fieldsOf, type Fields } from './fields.ts';
import { registerFunctions } from '../file/functions.ts';
import { createIssueLoader } from '../grid/grid-issues.ts';
import { createGridRows } from '../grid/grid-rows.ts';
import { createLookup, type Hit } from './lookup.ts';
import type { Pause } from '../write/order.ts';
import { completeViews, customColumnNames, describeViews } from '../public/public-views.ts';
import type { What } from '../grid/register-sql.ts';
import { createRegisterReader } from '../grid/register.ts';

export type ViewCell = string | number | bigint | null;
export type ViewRow = {
  readonly cells: readonly ViewCell[];
  readonly currency: string | null;
  readonly unit: string | null;
  /** The cells that cannot be used as they stand, by field; undefined where there are none. */
  readonly issues: GridRow['i'];
};
type Pages<R> = () => AsyncIterable<readonly R[]>;

/** A table or public view that can be read into a file. */
export type ExportView = {
  readonly view: string;
  /** Its register, where it is one. */
  readonly table: TableName | null;
  /** What it holds, in words. */
  readonly about: string;
  readonly fields: Fields;
};
export type Chosen = Pick<What, 'filter' | 'sort'> & {
  /** Only these rows of what the filter lets through. */
  readonly ids: readonly string[] | null;
};
/** `total`: rows in all, where that is known before they are read. */
export type RegisterExport = { readonly total: number; readonly pages: Pages<GridRow> };
export type ViewExport = {
  readonly columns: readonly ViewColumn[];
  readonly total: number | null;
  readonly pages: Pages<ViewRow>;
};

export type ExportReader = {
  /** @throws AppError `not-found` */
  find(view: string): ExportView;
  /** Rows by what a person types, as filters name them. */
  lookup(table: TableName, text: string, limit: number): readonly Hit[];
  rows(of: ExportView & { readonly table: TableName }, chosen: Chosen): Promise<RegisterExport>;
  /** @param wanted names of columns; null = all. @throws AppError `invalid` */
  view(of: ExportView, chosen: Chosen, wanted: readonly string[] | null): Promise<ViewExport>;
  close(): void;
};

/** Rows between two breaths. */
const PAGE = 500;

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const findView = (db: Database, asked: string): ExportView => {
  const name = asked.startsWith('v_') ? asked.slice(2) : asked;
  const all = describeViews(db);
  const found = all.find(({ view }) => view === `v_${name}`);
  if (found === undefined) {
    const there = all.map(({ view }) => view).join(', ');
    throw new AppError('not-found', `There is no view “${asked}”. There are ${there}.`, { view: asked });
  }
  const table = isTableName(name) ? name : null;
  const isList = table !== null && tableOf(table).shown === true;
  return {
    view: found.view,
    table: isList ? table : null,
    about: isList ? tableOf(table).many : found.about,
    fields: table === null ? new Map() : fieldsOf(db, table),
  };
};

/** The numbers of the rows in their order. */
const listRows = async (
  db: Database,
  { table, fields }: ExportView & { readonly table: TableName },
  { filter, sort, ids }: Chosen,
  context: ReadContext,
  pause: Pause,
): Promise<Uint32Array> => {
  const numbers = await createRegisterReader(db).list({ table, fields, filter, sort }, context, pause);
  if (ids === null) return numbers;
  const wanted = db
    .prepare<[string], number>(`SELECT t._n FROM json_each(?) ids CROSS JOIN "${table}" t ON t.id = ids.value`)
    .pluck()
    .all(JSON.stringify(ids));
  const isWanted = new Set(wanted);
  return numbers.filter((n) => isWanted.has(n));
};

const chooseColumns = (db: Database, of: ExportView, wanted: readonly string[] | null): readonly ViewColumn[] => {
  const all = db
    .prepare(`SELECT * FROM "${of.view}" LIMIT 0`)
    .columns()
    .map(({ name }) => name);
  const missing = wanted?.find((name) => !all.includes(name));
  if (missing !== undefined) {
    const say = `${of.view} has no column “${missing}”. It has ${all.join(', ')}.`;
    throw new AppError('invalid', say, { view: of.view, column: missing });
  }
  const shown =
    of.table === null
      ? all.map((name) => ({ name, shows: null }))
      : viewColumns(of.table, of.fields, all, customColumnNames(db, of.table));
  const byName = new Map(shown.map((column) => [column.name, column]));
  return (wanted ?? all).map((name) => byName.get(name) ?? { name, shows: null });
};

const HIDDEN = ['id', 'currency', 'uom'] as const;

/** What a statement over a view gives, as rows with the marks of their cells. */
const rowsOfView = (db: Database, { view, table }: ExportView, columns: readonly ViewColumn[]) => {
  const all = new Set(
    db
      .prepare(`SELECT * FROM "${view}" LIMIT 0`)
      .columns()
      .map(({ name }) => name),
  );
  const hidden = HIDDEN.map((name) => (all.has(name) ? `v.${name}` : 'NULL'));
  const issues = createIssueLoader(db);
  const text = (cell: ViewCell | undefined): string | null => (typeof cell === 'string' ? cell : null);
  return {
    select: [...columns.map(({ name }) => `v.${quoteName(name)}`), ...hidden].join(', '),
    read: (raw: readonly (readonly ViewCell[])[]): readonly ViewRow[] => {
      const [id, currency, unit] = [0, 1, 2].map((more) => columns.length + more) as [number, number, number];
      const marks =
        table === null
          ? null
          : issues(
              table,
              raw.map((row) => text(row[id]) ?? ''),
              [],
            ).cells;
      return raw.map((row) => ({
        cells: row.slice(0, columns.length),
        currency: text(row[currency]),
        unit: text(row[unit]),
        issues: marks?.get(text(row[id]) ?? ''),
      }));
    },
  };
};

const openView =
  (db: Database, context: ReadContext, pause: Pause) =>
  async (of: ExportView, chosen: Chosen, wanted: readonly string[] | null): Promise<ViewExport> => {
    const columns = chooseColumns(db, of, wanted);
    const { select, read } = rowsOfView(db, of, columns);
    const { table } = of;
    const isChosen = chosen.filter !== null || chosen.sort.length > 0 || chosen.ids !== null;
    if (isChosen && table === null) {
      throw new AppError('invalid', `“${of.view}” is no register: it has no filter and no order.`, { view: of.view });
    }
    if (!isChosen || table === null) {
      const all = db.prepare<[], ViewCell[]>(`SELECT ${select} FROM "${of.view}" v`).safeIntegers(true).raw();
      const pages = async function* () {
        let page: ViewCell[][] = [];
        for (const row of all.iterate()) {
          page.push(row);
          if (page.length < PAGE) continue;
          yield read(page);
          page = [];
          await pause();
        }
        if (page.length > 0) yield read(page);
      };
      return { columns, total: null, pages };
    }
    const numbers = await listRows(db, { ...of, table }, chosen, context, pause);
    const some = db
      .prepare<[string], ViewCell[]>(
        `SELECT ${select} FROM json_each(?) j CROSS JOIN "${table}" t ON t._n = j.value CROSS JOIN "${of.view}" v ON v.id = t.id
         ORDER BY j.key`,
      )
      .safeIntegers(true)
      .raw();
    const pages = async function* () {
      for (let from = 0; from < numbers.length; from += PAGE) {
        yield read(some.all(JSON.stringify([...numbers.subarray(from, from + PAGE)])));
        await pause();
      }
    };
    return { columns, total: numbers.length, pages };
  };

const openRows =
  (db: Database, context: ReadContext, pause: Pause) =>
  async (of: ExportView & { readonly table: TableName }, chosen: Chosen): Promise<RegisterExport> => {
    const numbers = await listRows(db, of, chosen, context, pause);
    const grid = createGridRows(db);
    const pages = async function* () {
      for (let from = 0; from < numbers.length; from += PAGE) {
        yield grid.byNumber(of.table, numbers.subarray(from, from + PAGE), context);
        await pause();
      }
    };
    return { total: numbers.length, pages };
  };

/** Opens a reading; the caller closes it. `context` = what it depends on beside the rows. */
export const openExport = (path: string, context: ReadContext, pause: Pause): ExportReader => {
  const db = openReader(path);
  try {
    db.pragma('query_only = OFF');
    completeViews(db);
    db.pragma('query_only = ON');
    registerFunctions(db);
    db.exec('BEGIN');
    const lookup = createLookup(db);
    return {
      find: (view) => findView(db, view),
      lookup: (table, text, limit) => lookup.inTable(table, text, limit),
      rows: openRows(db, context, pause),
      view: openView(db, context, pause),
      close: () => void db.close(),
    };
  } catch (error) {
    db.close();
    throw error;
  }
};
