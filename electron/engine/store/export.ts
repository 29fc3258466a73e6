/**
 * Rows of a public view, page by page, for files: names in words, amounts as decimals, links as code and name. A
 * register's filter and order choose the rows of its view; the reading has a connection of its own and sees the file
 * as it was when it began.
 */
import type { Database } from 'better-sqlite3';
import { AppError } from '../../../shared/contract/define.ts';
import { isTableName, type TableName } from '../../../shared/model/index.ts';
import type { ReadContext } from './computed.ts';
import { openReader } from './db.ts';
import { fieldsOf, shownTable } from './fields.ts';
import { registerFunctions } from './functions.ts';
import type { Pause } from './order.ts';
import { columnsOfFields } from './export-columns.ts';
import { addCustomColumns, customColumnNames, describeViews } from './public-views.ts';
import type { What } from './register-sql.ts';
import { createRegisterReader } from './register.ts';

export type ExportCell = string | number | bigint | null;
export type ExportAsked = Pick<What, 'filter' | 'sort'> & {
  /** A table, or a view by its own name. */
  readonly view: string;
  /** Column names of the view; null for all. */
  readonly columns: readonly string[] | null;
  /** Instead of column names: fields of the register, in order. */
  readonly fields: readonly string[] | null;
};
export type Exported = {
  readonly columns: readonly string[];
  /** Labels of the fields asked for that the view does not have. */
  readonly without: readonly string[];
  /** Rows in all, where that is known before they are read. */
  readonly total: number | null;
  pages(): AsyncIterable<readonly (readonly ExportCell[])[]>;
  close(): void;
};

const PAGE = 1000;

const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A public view, and its register where it is one. */
type View = { readonly view: string; readonly table: TableName | null };

const findView = (db: Database, asked: string): View => {
  const view = asked.startsWith('v_') ? asked : `v_${asked}`;
  const known = describeViews(db).map((one) => one.view);
  if (!known.includes(view)) {
    throw new AppError('not-found', `There is no view “${asked}”. There are ${known.join(', ')}.`, { view: asked });
  }
  const name = view.slice(2);
  return { view, table: isTableName(name) ? name : null };
};

const chooseColumns = (
  db: Database,
  { view, table }: View,
  { columns: wanted, fields }: ExportAsked,
): Pick<Exported, 'columns' | 'without'> => {
  const all = db
    .prepare(`SELECT * FROM "${view}" LIMIT 0`)
    .columns()
    .map(({ name }) => name);
  if (wanted === null && fields !== null && table !== null) {
    const shown = columnsOfFields(table, fields, all, customColumnNames(db, table));
    if (shown.columns.length > 0) return shown;
    throw new AppError('invalid', `None of these columns can be exported: ${shown.without.join(', ')}.`, { view });
  }
  const missing = wanted?.find((name) => !all.includes(name));
  if (missing === undefined) return { columns: wanted ?? all, without: [] };
  throw new AppError('invalid', `${view} has no column “${missing}”. It has ${all.join(', ')}.`, { view, column: missing });
};

/** The rows of a register in its order, a page of the view at a time. */
const pagesByNumber = (db: Database, view: string, table: TableName, columns: string, numbers: Uint32Array, pause: Pause) =>
  async function* pages() {
    const statement = db
      .prepare<[string], ExportCell[]>(
        `SELECT ${columns} FROM json_each(?) j CROSS JOIN "${table}" t ON t._n = j.value CROSS JOIN "${view}" v ON v.id = t.id
         ORDER BY j.key`,
      )
      .safeIntegers(true)
      .raw();
    for (let from = 0; from < numbers.length; from += PAGE) {
      yield statement.all(JSON.stringify([...numbers.subarray(from, from + PAGE)]));
      await pause();
    }
  };

const pagesOfView = (db: Database, view: string, columns: string, pause: Pause) =>
  async function* pages() {
    const rows = db.prepare<[], ExportCell[]>(`SELECT ${columns} FROM "${view}" v`).safeIntegers(true).raw().iterate();
    let page: ExportCell[][] = [];
    for (const row of rows) {
      page.push(row);
      if (page.length < PAGE) continue;
      yield page;
      page = [];
      await pause();
    }
    if (page.length > 0) yield page;
  };

const open = async (db: Database, asked: ExportAsked, context: ReadContext, pause: Pause): Promise<Omit<Exported, 'close'>> => {
  db.pragma('query_only = OFF');
  addCustomColumns(db);
  db.pragma('query_only = ON');
  registerFunctions(db);
  const found = findView(db, asked.view);
  const { view, table } = found;
  const chosen = chooseColumns(db, found, asked);
  const columns = chosen.columns.map((name) => `v.${quoteName(name)}`).join(', ');
  if (table === null || (asked.filter === null && asked.sort.length === 0)) {
    if (table === null && (asked.filter !== null || asked.sort.length > 0)) {
      throw new AppError('invalid', `“${asked.view}” is no register: it has no filter and no order.`, { view: asked.view });
    }
    return { ...chosen, total: null, pages: pagesOfView(db, view, columns, pause) };
  }
  const what: What = { table: shownTable(table), fields: fieldsOf(db, table), filter: asked.filter, sort: asked.sort };
  const numbers = await createRegisterReader(db).list(what, context, pause);
  return { ...chosen, total: numbers.length, pages: pagesByNumber(db, view, table, columns, numbers, pause) };
};

/**
 * Opens a reading of a register or a public view. The caller closes it.
 * @throws AppError `not-found`, `invalid`
 */
export const openExport = async (path: string, asked: ExportAsked, context: ReadContext, pause: Pause): Promise<Exported> => {
  const db = openReader(path);
  try {
    return { ...(await open(db, asked, context, pause)), close: () => void db.close() };
  } catch (error) {
    db.close();
    throw error;
  }
};
