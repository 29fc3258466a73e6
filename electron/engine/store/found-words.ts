/**
 * The rows that typed words find: by the search index of their own texts, and by those of the records they are about,
 * so that an order is found by the name of its account as the grid shows it. Looked up once for a whole reading, in
 * short pieces, and handed to its statements as row numbers.
 */
import type { Database } from 'better-sqlite3';
import { isTableName, type TableName } from '../../../shared/model/index.ts';
import type { Fields } from './fields.ts';
import type { Params, Where } from './filter-sql.ts';
import type { Pause } from './order.ts';
import { isSearched, toMatch } from './search.ts';

/**
 * The links by which a row is found: those an index leads back by. The owner of an order and its carrier have none
 * and are left to their own columns; here each would read the whole table.
 */
const about: Partial<Record<TableName, readonly string[]>> = {
  orders: ['account_id'],
  order_lines: ['order_id', 'product_id'],
  sites: ['account_id'],
  contacts: ['party'],
  products: ['group_id'],
  activities: ['about'],
};

/** Row numbers read in one go. */
const PAGE = 20_000;
/** Records whose rows are looked up in one go. */
const CHUNK = 1000;

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

/** The tables a link points at, and the column that holds the id. */
const linksOf = (table: TableName, fields: Fields): readonly (readonly [to: TableName, column: string])[] =>
  (about[table] ?? []).flatMap((key) => {
    const field = fields.get(key);
    const targets = field?.kind === 'link' ? [field.to] : field?.kind === 'ref' ? field.to : [];
    const column = field?.kind === 'ref' ? `${key}_id` : key;
    return targets
      .filter(isTableName)
      .filter(isSearched)
      .map((to) => [to, column] as const);
  });

/** The rows of a table that point at found records. */
const pointingSql = (table: TableName, to: TableName, column: string): string =>
  `SELECT o._n FROM json_each(:found) j CROSS JOIN "${to}" l ON l._n = j.value CROSS JOIN "${table}" o ON o."${column}" = l.id`;

/** The statements that lead from found records to the rows of a table, for the guard that looks at their plans. */
export const wordStatements = (table: TableName, fields: Fields): readonly string[] =>
  linksOf(table, fields).map(([to, column]) => pointingSql(table, to, column));

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
  const rowsOf = async (table: TableName, fields: Fields, text: string, pause: Pause): Promise<Uint32Array> => {
    const match = toMatch(text) ?? '';
    const numbers = [...(await find(table, match, pause))];
    for (const [to, column] of linksOf(table, fields)) {
      const records = await find(to, match, pause);
      const pointing = db.prepare<[Params], number>(pointingSql(table, to, column)).pluck();
      for (let from = 0; from < records.length; from += CHUNK) {
        for (const n of pointing.all({ found: JSON.stringify(records.slice(from, from + CHUNK)) })) numbers.push(n);
        await pause();
      }
    }
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
