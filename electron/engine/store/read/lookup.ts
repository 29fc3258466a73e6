/**
 * Finding rows by what a person types: in comboboxes, in the palette, everywhere. Codes first (exact, then by
 * prefix), then the name, then words of the name or any searched text, newest first. Every step is bounded: of a
 * table, no more rows are looked at than a few hundred, however short the text.
 */
import type { Database, Statement } from 'better-sqlite3';
import { matchKey } from '../../../../shared/domain/fold.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { isSearched, toMatch } from './search.ts';

/** Rows of a table that words may match before they are ranked. */
const CANDIDATES = 300;

/** How well a row answers: smaller is better. */
const EXACT_CODE = 0;
const CODE = 1;
const EXACT_NAME = 2;
const NAME = 3;
const WORDS = 4;

export type Hit = {
  readonly table: TableName;
  readonly id: string;
  readonly code: string | null;
  readonly title: string;
  readonly note: string | null;
};

type Ranked = { readonly n: number; readonly rank: number };
type Params = Record<string, Scalar>;
type Finder = {
  readonly prefix: readonly Statement<[Params], Ranked>[];
  readonly words: readonly Statement<[Params], Ranked>[];
  readonly all: Statement<[Params], Ranked>;
  readonly read: Statement<[Params], Hit>;
};

const keyed = (table: TableName, key: string | undefined): key is string =>
  key !== undefined && tableOf(table).fields[key]?.keyed === true;

/** Fields a person types to name a row: its code, and others declared to be found as one. */
const codesOf = (table: TableName): readonly string[] =>
  Object.entries(tableOf(table).fields).flatMap(([key, field]) => (field.search === 'code' && keyed(table, key) ? [key] : []));

const prefixSql = (table: TableName, key: string, exact: number, prefix: number): string =>
  `SELECT t._n AS n, CASE WHEN t."${key}_match" = :match THEN ${exact} ELSE ${prefix} END AS rank
   FROM "${table}" t WHERE t."${key}_match" >= :match AND t."${key}_match" < :end AND t._alive = 1
   ORDER BY t."${key}_match" LIMIT :limit`;

/** A line that tells rows of one name apart: the account, firm or group they belong to, else the town. */
const noteSql = (table: TableName): string => {
  const { fields } = tableOf(table);
  const link = ['account_id', 'order_id', 'quote_id', 'invoice_id', 'group_id', 'parent_id', 'manager_id'].find(
    (key) => key in fields,
  );
  const field = link === undefined ? undefined : fields[link];
  const place = 'city' in fields ? 't.city' : 'NULL';
  if (field?.kind === 'link') {
    const title = tableOf(field.to as TableName).title;
    return `coalesce((SELECT l."${title}" FROM "${field.to}" l WHERE l.id = t."${link}"), ${place})`;
  }
  const ref = Object.entries(fields).find(([, { kind }]) => kind === 'ref');
  if (ref?.[1].kind === 'ref') {
    const [key, { to }] = ref;
    const titles = to.map((one) => `(SELECT l."${tableOf(one as TableName).title}" FROM "${one}" l WHERE l.id = t."${key}_id")`);
    return `coalesce(${[...titles, place].join(', ')})`;
  }
  return place;
};

/** Words: of the newest rows that have them all, those whose name has a word that begins with the text come first. */
const wordsSql = (table: TableName): string => {
  const { title } = tableOf(table);
  const named = keyed(table, title) ? `instr(' ' || t."${title}_match", ' ' || :match) = 0, ` : '';
  return `SELECT t._n AS n, ${WORDS} AS rank FROM
      (SELECT rowid FROM search_${table} WHERE search_${table} MATCH :words ORDER BY rowid DESC LIMIT ${CANDIDATES}) f
    CROSS JOIN "${table}" t ON t._n = f.rowid WHERE t._alive = 1 ORDER BY ${named}t._n DESC LIMIT :limit`;
};

/** All rows, by code or name where those are kept in order, else newest first. */
const allSql = (table: TableName): string => {
  const { code, title } = tableOf(table);
  const by = [code, title].find((key) => keyed(table, key));
  return `SELECT t._n AS n, 0 AS rank FROM "${table}" t WHERE t._alive = 1
    ORDER BY ${by === undefined ? 't._n DESC' : `t."${by}_match" NULLS LAST`} LIMIT :limit`;
};

const readSql = (table: TableName): string => {
  const { code, title } = tableOf(table);
  return `SELECT '${table}' AS "table", t.id, ${code === undefined ? 'NULL' : `t."${code}"`} AS code,
      coalesce(t."${title}", ${code === undefined ? '' : `t."${code}", `}'') AS title, ${noteSql(table)} AS note
    FROM json_each(:numbers) j CROSS JOIN "${table}" t ON t._n = j.value ORDER BY j.key`;
};

/** The statements that find rows of a table, best answers first, and the one that reads them. */
export const finderSql = (table: TableName) => {
  const { code, title } = tableOf(table);
  return {
    prefix: [
      ...codesOf(table).map((key) => prefixSql(table, key, EXACT_CODE, CODE)),
      ...(keyed(table, title) && title !== code ? [prefixSql(table, title, EXACT_NAME, NAME)] : []),
    ],
    words: isSearched(table) ? [wordsSql(table)] : [],
    all: allSql(table),
    read: readSql(table),
  };
};

const prepareFinder = (db: Database, table: TableName): Finder => {
  const sql = finderSql(table);
  const prepare = (one: string): Statement<[Params], Ranked> => db.prepare<[Params], Ranked>(one);
  return {
    prefix: sql.prefix.map(prepare),
    words: sql.words.map(prepare),
    all: prepare(sql.all),
    read: db.prepare<[Params], Hit>(sql.read),
  };
};

/** The first text after all that begin with a key. */
export const endOf = (match: string): string => `${match}\u{10ffff}`;

export const createLookup = (db: Database) => {
  const finders = new Map<TableName, Finder>();
  const finderOf = (table: TableName): Finder => {
    const finder = finders.get(table) ?? prepareFinder(db, table);
    finders.set(table, finder);
    return finder;
  };

  /** What codes and names answer; each row once, by its best answer. */
  const byPrefix = (table: TableName, match: string, limit: number): readonly Ranked[] => {
    const best = new Map<number, number>();
    for (const statement of finderOf(table).prefix) {
      for (const { n, rank } of statement.all({ match, end: endOf(match), limit }))
        best.set(n, Math.min(rank, best.get(n) ?? rank));
    }
    return [...best].map(([n, rank]) => ({ n, rank })).sort((x, y) => x.rank - y.rank);
  };

  /** What words answer, beside the rows found already. */
  const byWords = (table: TableName, text: string, limit: number, known: readonly Ranked[]): readonly Ranked[] => {
    const words = toMatch(text);
    if (words === null) return [];
    const numbers = new Set(known.map(({ n }) => n));
    const found = finderOf(table).words.flatMap((statement) => statement.all({ words, match: matchKey(text), limit }));
    return found.filter(({ n }) => !numbers.has(n));
  };

  const read = (table: TableName, found: readonly Ranked[]): readonly Hit[] =>
    found.length === 0 ? [] : finderOf(table).read.all({ numbers: JSON.stringify(found.map(({ n }) => n)) });

  return {
    /** Rows of one table, best first; all of them by code where nothing is typed. */
    inTable(table: TableName, text: string, limit: number): readonly Hit[] {
      const match = matchKey(text);
      if (match === '') return read(table, finderOf(table).all.all({ limit }));
      const found = byPrefix(table, match, limit);
      const more = found.length < limit ? byWords(table, text, limit, found) : [];
      return read(table, [...found, ...more].slice(0, limit));
    },

    /**
     * Rows of several tables, best first; those that answer alike take turns, so that no table crowds out another.
     * Words are looked for only where codes and names leave room: no word answers better than they do.
     */
    everywhere(text: string, tables: readonly TableName[] | null, limit: number): readonly Hit[] {
      const match = matchKey(text);
      if (match === '') return [];
      const wanted = tableNames.filter((name) => tableOf(name).shown === true && (tables === null || tables.includes(name)));
      const prefixed = wanted.map((table) => ({ table, found: byPrefix(table, match, limit) }));
      const hasRoom = prefixed.reduce((sum, { found }) => sum + found.length, 0) < limit;
      const placed = prefixed.flatMap(({ table, found }) =>
        [...found, ...(hasRoom ? byWords(table, text, limit, found) : [])].map((one, at) => ({ table, one, at })),
      );
      placed.sort((x, y) => x.one.rank - y.one.rank || x.at - y.at);
      return placed.slice(0, limit).flatMap(({ table, one }) => read(table, [one]));
    },
  };
};
