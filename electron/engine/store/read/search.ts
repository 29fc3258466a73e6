/**
 * The search index: one FTS5 table per table of the model that has searched fields, kept by the write path. It holds
 * no texts of its own (contentless), so that a word stands in the file once. What a person typed is data: every word
 * of it is quoted and none of it is ever read as search syntax.
 */
import type { Database, Statement } from 'better-sqlite3';
import { foldText } from '../../../../shared/domain/fold.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { isCustom } from '../file/layout.ts';

type Row = Readonly<Record<string, Scalar>>;

export type SearchIndex = {
  /** Makes a row findable by its texts as they are now, the unreadable ones of its cells too. Call after the row is written. */
  put(table: TableName, n: number, row: Row): void;
  remove(table: TableName, n: number): void;
  /** Whether the text of a row hangs on one of these fields. */
  reads(table: TableName, fields: ReadonlySet<string>): boolean;
  /** Of one table, or of all. */
  rebuild(only?: TableName): void;
};

const searchedFields = (table: TableName): readonly (readonly [string, Field])[] =>
  Object.entries(tableOf(table).fields).filter(([, field]) => field.search !== undefined);

/** Whether rows of a table are in the index. */
export const isSearched = (table: TableName): boolean => searchedFields(table).length > 0;

/** What FTS5's unicode61 takes for a part of a word. */
const WORD_CHARACTER = /[\p{L}\p{N}\p{Co}]/u;

const wordsOf = (text: string): readonly string[] =>
  text
    .replaceAll('\0', ' ')
    .split(/\s+/)
    .filter((word) => WORD_CHARACTER.test(word));

/** Folded words, each after one space. */
const spaced = (text: string): string => (foldText(text).match(/[\p{L}\p{N}\p{Co}]+/gu) ?? []).map((word) => ` ${word}`).join('');

/** Whether typed words, each as a prefix, all stand in some texts: asks of these what `toMatch` asks of a whole row. */
export const createWordTest = (text: string): ((texts: readonly string[]) => boolean) => {
  const words = wordsOf(text).map(spaced);
  return (texts) => {
    const all = texts.map(spaced).join(' |');
    return words.every((word) => all.includes(word));
  };
};

/** Typed text as an FTS5 query: all words, each as a prefix; null where there is no word in it. */
export const toMatch = (text: string): string | null => {
  const words = wordsOf(text);
  return words.length === 0 ? null : words.map((word) => `"${word.replaceAll('"', '""')}"*`).join(' ');
};

const listValues = (json: string): string => {
  const list: unknown = JSON.parse(json);
  return Array.isArray(list) ? list.map((one: unknown) => (Array.isArray(one) ? String(one[1] ?? '') : '')).join('\n') : '';
};

const textOf = (value: Scalar | undefined, field: Field | undefined): string => {
  if (typeof value !== 'string') return '';
  return field?.kind === 'list' ? listValues(value) : value;
};

/** All that a row is found by. */
const documentOf = (table: TableName, row: Row, unread: readonly string[]): string =>
  [
    ...searchedFields(table).map(([key, field]) => textOf(row[key], field)),
    ...Object.entries(row)
      .filter(([key]) => isCustom(key))
      .map(([, value]) => textOf(value, undefined)),
    ...unread,
  ]
    .filter((text) => text !== '')
    .join('\n');

type Statements = { readonly put: Statement; readonly remove: Statement };

const PAGE = 1000;

/** The texts of a row's cells that could not be read: what was typed can be found all the same. */
const prepareUnread = (db: Database): ((table: TableName, id: Scalar) => readonly string[]) => {
  const raws = db
    .prepare<[string, Scalar], string>('SELECT raw FROM cell_issues WHERE tbl = ? AND "row" = ? AND raw IS NOT NULL')
    .pluck();
  return (table, id) => raws.all(table, id);
};

/** Custom fields stand in one JSON column; as parts of the row they are found like the others. */
const withCustom = (row: Row): Row => (typeof row['_c'] === 'string' ? { ...row, ...(JSON.parse(row['_c']) as Row) } : row);

/** The documents of the live rows of a table, as they should be in the index. */
export const createDocuments = (db: Database, table: TableName) => {
  const columns = [...searchedFields(table).map(([key]) => key), 'id', '_c'].map((key) => `"${key}"`);
  const rows = db.prepare<[number], Row & { readonly _n: number }>(
    `SELECT _n, ${columns.join(', ')} FROM "${table}" WHERE _alive = 1 AND _n > ? ORDER BY _n LIMIT ${PAGE}`,
  );
  const unread = prepareUnread(db);
  /** Row number and text, a page of rows at a time; rows without text are in no index. */
  function* pages(): Generator<readonly (readonly [number, string])[]> {
    for (let page = rows.all(0); page.length > 0; page = rows.all(page.at(-1)?._n ?? 0)) {
      yield page.flatMap((row) => {
        const text = documentOf(table, withCustom(row), unread(table, row['id'] ?? null));
        return text === '' ? [] : [[row._n, text] as const];
      });
    }
  }
  function* numbers(): Generator<number> {
    for (const page of pages()) for (const [n] of page) yield n;
  }
  return { pages, numbers };
};

export const createSearchIndex = (db: Database): SearchIndex => {
  const statements = new Map<TableName, Statements>(
    tableNames.filter(isSearched).map((table) => [
      table,
      {
        put: db.prepare(`INSERT OR REPLACE INTO search_${table}(rowid, words) VALUES (?, ?)`),
        remove: db.prepare(`DELETE FROM search_${table} WHERE rowid = ?`),
      },
    ]),
  );
  const searched = new Map(tableNames.map((table) => [table, new Set(searchedFields(table).map(([key]) => key))]));
  const unread = prepareUnread(db);
  return {
    put: (table, n, row) => {
      const statement = statements.get(table);
      if (statement === undefined) return;
      const text = documentOf(table, row, unread(table, row['id'] ?? null));
      if (text === '') statement.remove.run(n);
      else statement.put.run(n, text);
    },
    reads: (table, fields) => [...fields].some((field) => isCustom(field) || searched.get(table)?.has(field) === true),
    remove: (table, n) => void statements.get(table)?.remove.run(n),
    rebuild: (only) => {
      for (const [table, { put }] of statements) {
        if (only !== undefined && only !== table) continue;
        db.exec(`INSERT INTO search_${table}(search_${table}) VALUES ('delete-all')`);
        for (const page of createDocuments(db, table).pages()) for (const [n, text] of page) put.run(n, text);
      }
    },
  };
};
