/**
 * Sort columns as numbers, taken in slice by slice: numbers as they are, texts as places in a dictionary that become
 * ranks once all are in. Links are ordered by what names the row they point at, choices and states as declared.
 */
import type { Database } from 'better-sqlite3';
import { sortKey } from '../../../../shared/domain/fold.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import { declaredOrder, labelColumn, type Column } from '../file/column.ts';
import { splitRef } from '../read/labels.ts';
import { orderBy, sortTexts, type Pause } from '../write/order.ts';

/** What a column is ordered by, as SQL: a keyed text with its stored key in front. */
export const orderValue = ({ value, sortKey: key }: Column): string => (key === null ? value : `${key} || char(0) || ${value}`);

export const hasLabel = ({ field }: Column): boolean => field.kind === 'link' || field.kind === 'ref';

/** Texts of the dictionary as what they are ordered by; null = as nothing entered. */
type Orders = (texts: readonly string[], pause: Pause) => Promise<readonly (string | null)[]>;

/** Ids asked for at a time. */
const CHUNK = 5000;

const namesOf = (table: TableName, key: string): string => {
  const isKeyed = tableOf(table).fields[key]?.keyed === true;
  return `SELECT j.key, ${isKeyed ? `l."${key}_sort"` : 'NULL'}, l."${key}" FROM json_each(?) j CROSS JOIN "${table}" l
    ON l.id = j.value WHERE l."${key}" IS NOT NULL`;
};

/** Ids of one table to be named, and which of the texts they came from. */
type Wanted = { readonly key: string; readonly ids: string[]; readonly places: number[] };

const groupByTable = ({ field }: Column, texts: readonly string[]): ReadonlyMap<TableName, Wanted> => {
  if (field.kind === 'link') {
    const { table, key } = labelColumn(field);
    return new Map([[table, { key, ids: [...texts], places: texts.map((_, at) => at) }]]);
  }
  const groups = new Map<TableName, Wanted>();
  for (const [at, text] of texts.entries()) {
    const ref = splitRef(text);
    if (ref === null) continue;
    const group = groups.get(ref.table) ?? { key: tableOf(ref.table).title, ids: [], places: [] };
    group.ids.push(ref.id);
    group.places.push(at);
    groups.set(ref.table, group);
  }
  return groups;
};

/** What linked rows are ordered by: their shown name. Also of deleted ones, whose name is still shown. */
const createLinkOrders =
  (db: Database, column: Column): Orders =>
  async (texts, pause) => {
    const by = texts.map((): string | null => null);
    for (const [table, { key, ids, places }] of groupByTable(column, texts)) {
      const names = db.prepare<[string], [at: number, key: string | null, text: string]>(namesOf(table, key)).raw();
      for (let from = 0; from < ids.length; from += CHUNK) {
        await pause();
        for (const [at, stored, text] of names.all(JSON.stringify(ids.slice(from, from + CHUNK)))) {
          by[places[from + at] ?? 0] = orderBy(stored ?? sortKey(text), text);
        }
      }
    }
    return by;
  };

const ordersOf = (db: Database, column: Column): Orders => {
  if (hasLabel(column)) return createLinkOrders(db, column);
  // Days, and texts that already came with their key, are their own order.
  if (column.kind === 'date' || column.sortKey !== null) return async (texts) => texts;
  return async (texts, pause) => {
    const by: string[] = [];
    await inPieces(texts.length, pause, (at) => by.push(orderBy(sortKey(texts[at] ?? ''), texts[at] ?? '')));
    return by;
  };
};

/** Distinct texts looked at in one go: some milliseconds of work. */
const PIECE = 20_000;

const inPieces = async (count: number, pause: Pause, each: (at: number) => void): Promise<void> => {
  for (let at = 0; at < count; at += 1) {
    each(at);
    if (at % PIECE === PIECE - 1) await pause();
  }
};

export type ColumnReader = {
  /** Takes the values of the next rows. */
  add(values: readonly Scalar[]): void;
  /** All values in, as numbers to order by; NaN = nothing entered. */
  finish(pause: Pause): Promise<Float64Array>;
};

const createNumberReader = (capacity: number, toNumber: (value: Scalar) => number): ColumnReader => {
  const numbers = new Float64Array(capacity);
  let count = 0;
  return {
    add: (values) => {
      for (const value of values) numbers[count++] = toNumber(value);
    },
    finish: async () => numbers.slice(0, count),
  };
};

const createTextReader = (capacity: number, orders: Orders): ColumnReader => {
  const places = new Map<string, number>();
  const reader = createNumberReader(capacity, (value) => {
    if (typeof value !== 'string') return NaN;
    const known = places.get(value);
    if (known !== undefined) return known;
    places.set(value, places.size);
    return places.size - 1;
  });
  return {
    add: (values) => reader.add(values),
    async finish(pause) {
      const by = await orders([...places.keys()], pause);
      await pause();
      const sorted = await sortTexts(
        by.filter((one) => one !== null),
        pause,
      );
      const ranks = new Map<string, number>();
      await inPieces(sorted.length, pause, (rank) => ranks.set(sorted[rank] ?? '', rank));
      const rankAt = new Float64Array(by.length);
      await inPieces(by.length, pause, (at) => {
        const one = by[at] ?? null;
        rankAt[at] = one === null ? NaN : (ranks.get(one) ?? NaN);
      });
      const numbers = await reader.finish(pause);
      for (let at = 0; at < numbers.length; at += 1) {
        const place = numbers[at] ?? NaN;
        numbers[at] = Number.isNaN(place) ? NaN : (rankAt[place] ?? NaN);
      }
      return numbers;
    },
  };
};

/** @param capacity the most rows that can come */
export const createColumnReader = (db: Database, column: Column, capacity: number): ColumnReader => {
  if (column.isInteger) return createNumberReader(capacity, (value) => (typeof value === 'number' ? value : NaN));
  const declared = declaredOrder(column.field);
  if (declared !== null) {
    const places = new Map(declared.map((key, at) => [key, at]));
    return createNumberReader(capacity, (value) => (typeof value === 'string' ? (places.get(value) ?? declared.length) : NaN));
  }
  return createTextReader(capacity, ordersOf(db, column));
};
