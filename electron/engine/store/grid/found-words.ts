/**
 * The rows that typed words find: by the search index of their own texts, and by the names their link columns show, so
 * that an order is found by its account, its carrier or its owner as the grid shows them. Looked up once for a whole
 * reading, in short pieces, and handed to its statements as row numbers.
 *
 * Where an index leads from a record back to its rows, it is followed. The owner of an order, its carrier and its site
 * have none: one would be written with every order, for a question asked now and then. Their rows are read in slices,
 * once for all such links, and only where somebody or something of that name was found.
 */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Fields } from '../read/fields.ts';
import type { Params, Where } from './filter-sql.ts';
import { isCustom } from '../file/layout.ts';
import type { Pause } from '../write/order.ts';
import { createWordTest, isSearched, toMatch } from '../read/search.ts';

/** Row numbers read in one go. */
const PAGE = 20_000;
/** Records whose names or rows are looked up in one go. */
const CHUNK = 1000;
/** Rows of the table read in one go where no index leads to them. */
const SLICE = 10_000;

/** What a statement is run with: the same condition for all rows of a table, or for those of a slice of it. */
export type Condition = {
  readonly sql: string;
  readonly params: Params;
  /** For rows after one number, up to another: the lists hold no others. */
  paramsIn(after: number, upto: number): Params;
};

type Find = (table: TableName, match: string, pause: Pause) => Promise<readonly number[]>;

const createFind =
  (db: Database): Find =>
  async (table, match, pause) => {
    const page = db
      .prepare<[string, number], number>(
        `SELECT rowid FROM search_${table} WHERE search_${table} MATCH ? AND rowid > ? ORDER BY rowid LIMIT ${PAGE}`,
      )
      .pluck();
    const found: number[] = [];
    for (let some = page.all(match, 0); some.length > 0; some = page.all(match, some.at(-1) ?? 0)) {
      for (const n of some) found.push(n);
      if (some.length < PAGE) break;
      await pause();
    }
    return found;
  };

type Link = { readonly to: TableName; readonly column: string };

/** Every table a link column shows names of, with the column that holds the id. */
const linksOf = (table: TableName, fields: Fields): readonly Link[] =>
  [...fields].flatMap(([key, field]) => {
    if (isCustom(key)) return [];
    const targets = field.kind === 'link' ? [field.to] : field.kind === 'ref' ? field.to : [];
    const column = field.kind === 'ref' ? `${key}_id` : key;
    return targets
      .filter(isTableName)
      .filter(isSearched)
      .map((to) => ({ to, column }));
  });

/** `table.column` of every column that an index of all rows begins with. */
const indexedColumns = (db: Database): ReadonlySet<string> =>
  new Set(
    db
      .prepare<[], string>(
        `SELECT m.name || '.' || i.name FROM sqlite_schema m CROSS JOIN pragma_index_list(m.name) x
         CROSS JOIN pragma_index_info(x.name) i WHERE m.type = 'table' AND x.partial = 0 AND i.seqno = 0 AND i.name IS NOT NULL`,
      )
      .pluck()
      .all(),
  );

/** What names found records: their code and title. */
const namesSql = (to: TableName): string => {
  const { code, title } = tableOf(to);
  const names = [...new Set([code, title])].filter((key) => key !== undefined).map((key) => `l."${key}"`);
  return `SELECT l.id, ${names.join(', ')} FROM json_each(:found) j CROSS JOIN "${to}" l ON l._n = j.value WHERE l._alive = 1`;
};

/** The rows of a table that point at found records, by the index on the column. */
const pointingSql = (table: TableName, column: string): string =>
  `SELECT o._n FROM json_each(:found) j CROSS JOIN "${table}" o ON o."${column}" = j.value`;

/** The rows of a slice that point at found records by any of some columns, whose ids come as `:f0`, `:f1` … */
const slicePointingSql = (table: TableName, columns: readonly string[]): string => {
  const terms = columns.map((column, at) => `o."${column}" IN (SELECT value FROM json_each(:f${at}))`);
  return `SELECT o._n FROM "${table}" o NOT INDEXED WHERE o._n > :after AND o._n <= :upto AND (${terms.join(' OR ')})`;
};

/** The statements that lead from found records to the rows of a table, for the guard that looks at their plans. */
export const wordStatements = (db: Database, table: TableName, fields: Fields): readonly string[] => {
  const indexed = indexedColumns(db);
  const links = linksOf(table, fields);
  const isIndexed = ({ column }: Link): boolean => indexed.has(`${table}.${column}`);
  const others = [...new Set(links.filter((link) => !isIndexed(link)).map(({ column }) => column))];
  return [
    ...links.map(({ to }) => namesSql(to)),
    ...links.filter(isIndexed).map(({ column }) => pointingSql(table, column)),
    ...(others.length > 0 ? [slicePointingSql(table, others)] : []),
  ];
};

/** The ids of the records whose name the words stand in; a town or a note of theirs is not what a link column shows. */
const createNamed = (db: Database, find: Find) => async (to: TableName, text: string, match: string, pause: Pause) => {
  const isNamed = createWordTest(text);
  const names = db.prepare<[Params], readonly Scalar[]>(namesSql(to)).raw();
  const numbers = await find(to, match, pause);
  const ids: string[] = [];
  for (let from = 0; from < numbers.length; from += CHUNK) {
    for (const [id, ...texts] of names.all({ found: JSON.stringify(numbers.slice(from, from + CHUNK)) }))
      if (isNamed(texts.map((one) => String(one ?? '')))) ids.push(String(id));
    await pause();
  }
  return ids;
};

type Take = (numbers: readonly number[]) => void;

const createPointing = (db: Database) => {
  const indexed = indexedColumns(db);
  const byIndex = async (table: TableName, column: string, ids: readonly string[], pause: Pause, take: Take) => {
    const pointing = db.prepare<[Params], number>(pointingSql(table, column)).pluck();
    for (let from = 0; from < ids.length; from += CHUNK) {
      take(pointing.all({ found: JSON.stringify(ids.slice(from, from + CHUNK)) }));
      await pause();
    }
  };
  const bySlices = async (table: TableName, sought: ReadonlyMap<string, readonly string[]>, pause: Pause, take: Take) => {
    const pointing = db.prepare<[Params], number>(slicePointingSql(table, [...sought.keys()])).pluck();
    const params = Object.fromEntries([...sought.values()].map((ids, at) => [`f${at}`, JSON.stringify(ids)]));
    const end = db.prepare<[], number | null>(`SELECT max(_n) FROM "${table}"`).pluck().get() ?? 0;
    for (let after = 0; after < end; after += SLICE) {
      take(pointing.all({ ...params, after, upto: after + SLICE }));
      await pause();
    }
  };
  /** @param sought by column, the ids it may hold; no column without one */
  return async (table: TableName, sought: ReadonlyMap<string, readonly string[]>, pause: Pause, take: Take): Promise<void> => {
    const others = new Map<string, readonly string[]>();
    for (const [column, ids] of sought) {
      if (indexed.has(`${table}.${column}`)) await byIndex(table, column, ids, pause, take);
      else others.set(column, ids);
    }
    if (others.size > 0) await bySlices(table, others, pause, take);
  };
};

const distinct = (numbers: readonly number[]): Uint32Array => {
  const sorted = Uint32Array.from(numbers).sort();
  let count = 0;
  for (const [at, n] of sorted.entries()) if (at === 0 || n !== sorted[at - 1]) sorted[count++] = n;
  return sorted.subarray(0, count);
};

/** The first place whose number is above a limit. */
const placeAfter = (numbers: Uint32Array, limit: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

const asList = (numbers: Uint32Array): string => `[${numbers.join()}]`;

/** Looks up what the words of a condition find. */
export const createConditions = (db: Database) => {
  const find = createFind(db);
  const named = createNamed(db, find);
  const pointing = createPointing(db);
  const rowsOf = async (table: TableName, fields: Fields, text: string, pause: Pause): Promise<Uint32Array> => {
    const match = toMatch(text) ?? '';
    const numbers = [...(await find(table, match, pause))];
    /** Carriers and suppliers are looked up once, however many columns show them. */
    const known = new Map<TableName, readonly string[]>();
    const sought = new Map<string, readonly string[]>();
    for (const { to, column } of linksOf(table, fields)) {
      const ids = known.get(to) ?? (await named(to, text, match, pause));
      known.set(to, ids);
      if (ids.length > 0) sought.set(column, [...(sought.get(column) ?? []), ...ids]);
    }
    await pointing(table, sought, pause, (some) => {
      for (const n of some) numbers.push(n);
    });
    return distinct(numbers);
  };
  return async (table: TableName, fields: Fields, where: Where, pause: Pause): Promise<Condition> => {
    const found: (readonly [param: string, numbers: Uint32Array])[] = [];
    for (const { param, text } of where.words) found.push([param, await rowsOf(table, fields, text, pause)]);
    const all = Object.fromEntries(found.map(([param, numbers]) => [param, asList(numbers)]));
    return {
      sql: where.sql,
      params: { ...where.params, ...all },
      paramsIn: (after, upto) => {
        const some = found.map(([param, numbers]) => {
          const slice = numbers.subarray(placeAfter(numbers, after), placeAfter(numbers, upto));
          return [param, asList(slice)] as const;
        });
        return { ...where.params, ...Object.fromEntries(some), after, upto };
      },
    };
  };
};

export type Conditions = ReturnType<typeof createConditions>;
