/**
 * Finding rows by what a person types: in comboboxes, in the palette, everywhere. Codes first (exact, then by
 * prefix), then the name, then words of the name or any searched text, newest first. Every step is bounded: of a
 * table, no more rows are looked at than a few hundred, however short the text.
 */
import type { Database, Statement } from 'better-sqlite3';
import { matchKey } from '../../../shared/domain/fold.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import { tableNames, tableOf, type TableName } from '../../../shared/model/index.ts';
import { isSearched, toMatch } from './search.ts';

/** Rows of a table that words may match before they are ranked. */
const CANDIDATES = 500;

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
  readonly steps: readonly { readonly statement: Statement<[Params], Ranked>; readonly needs: 'match' | 'words' }[];
  readonly all: Statement<[Params], Ranked>;
  readonly read: Statement<[string], Hit>;
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
  const link = ['account_id', 'order_id', 'group_id', 'parent_id', 'manager_id'].find((key) => key in fields);
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

const prepareFinder = (db: Database, table: TableName): Finder => {
  const { code, title } = tableOf(table);
  const prefix = [
    ...codesOf(table).map((key) => prefixSql(table, key, EXACT_CODE, CODE)),
    ...(keyed(table, title) && title !== code ? [prefixSql(table, title, EXACT_NAME, NAME)] : []),
  ];
  const words = isSearched(table)
    ? [
        `SELECT t._n AS n, ${WORDS} AS rank FROM
          (SELECT rowid FROM search_${table} WHERE search_${table} MATCH :words ORDER BY rowid DESC LIMIT ${CANDIDATES}) f
         CROSS JOIN "${table}" t ON t._n = f.rowid WHERE t._alive = 1 LIMIT :limit`,
      ]
    : [];
  const prepare = (sql: string): Statement<[Params], Ranked> => db.prepare<[Params], Ranked>(sql);
  return {
    steps: [
      ...prefix.map((sql) => ({ statement: prepare(sql), needs: 'match' as const })),
      ...words.map((sql) => ({ statement: prepare(sql), needs: 'words' as const })),
    ],
    all: prepare(`SELECT t._n AS n, 0 AS rank FROM "${table}" t WHERE t._alive = 1
      ORDER BY ${keyed(table, code ?? title) ? `t."${code ?? title}_match" NULLS LAST` : 't._n DESC'} LIMIT :limit`),
    read: db.prepare<[string], Hit>(`SELECT '${table}' AS "table", t.id, ${code === undefined ? 'NULL' : `t."${code}"`} AS code,
        coalesce(t."${title}", ${code === undefined ? "''" : `t."${code}", ''`}) AS title, ${noteSql(table)} AS note
      FROM json_each(?) j CROSS JOIN "${table}" t ON t._n = j.value ORDER BY j.key`),
  };
};

/** The first text after all that begin with a key. */
const endOf = (match: string): string => `${match}\u{10ffff}`;

export const createLookup = (db: Database) => {
  const finders = new Map<TableName, Finder>();
  const finderOf = (table: TableName): Finder => {
    const finder = finders.get(table) ?? prepareFinder(db, table);
    finders.set(table, finder);
    return finder;
  };

  const rank = (table: TableName, text: string, limit: number): readonly Ranked[] => {
    const { steps, all } = finderOf(table);
    const match = matchKey(text);
    if (match === '') return all.all({ limit });
    const words = toMatch(text);
    const best = new Map<number, number>();
    for (const { statement, needs } of steps) {
      if (best.size >= limit && needs === 'words') break;
      if (needs === 'words' && words === null) continue;
      for (const { n, rank: place } of statement.all(
        needs === 'words' ? { words, limit } : { match, end: endOf(match), limit },
      )) {
        best.set(n, Math.min(place, best.get(n) ?? place));
      }
    }
    return [...best].map(([n, place]) => ({ n, rank: place })).sort((a, b) => a.rank - b.rank);
  };

  const read = (table: TableName, found: readonly Ranked[]): readonly Hit[] =>
    found.length === 0 ? [] : finderOf(table).read.all(JSON.stringify(found.map(({ n }) => n)));

  return {
    /** Rows of one table, best first; all of them by code where nothing is typed. */
    inTable: (table: TableName, text: string, limit: number): readonly Hit[] =>
      read(table, rank(table, text, limit).slice(0, limit)),

    /** Rows of several tables, best first; those that answer alike take turns, so that no table crowds out another. */
    everywhere(text: string, tables: readonly TableName[] | null, limit: number): readonly Hit[] {
      if (matchKey(text) === '') return [];
      const wanted = tableNames.filter((name) => tableOf(name).shown === true && (tables === null || tables.includes(name)));
      const placed = wanted.flatMap((table) =>
        rank(table, text, limit).map((found, at) => ({ table, found, order: [found.rank, at] as const })),
      );
      placed.sort((a, b) => a.order[0] - b.order[0] || a.order[1] - b.order[1]);
      return placed.slice(0, limit).flatMap(({ table, found }) => read(table, [found]));
    },
  };
};

export type Lookup = ReturnType<typeof createLookup>;
