/**
 * The last tie of every list: the order of ids, which is the same on every device, as numbers. Ids never change and
 * rows are never removed, so the order is kept per table and only grows; ids made on this device come in order, so
 * that what is usual costs nothing. Rows that sync brings in between make it read again.
 */
import type { Database } from 'better-sqlite3';
import { tableNames, type TableName } from '../../../../shared/model/index.ts';
import type { Pause } from '../write/order.ts';

type Known = {
  /** The last row looked at, and the greatest id so far. */
  lastNumber: number;
  lastId: string;
  /** Place of each row by its number; null while the order of numbers is the order of ids. */
  places: Float64Array | null;
};

/** Rows looked at in one go; where more are new, the whole index is read. */
const SLICE = 10_000;

export const createIdOrder = (db: Database) => {
  const known = new Map<TableName, Known>(tableNames.map((table) => [table, { lastNumber: 0, lastId: '', places: null }]));

  /** Whether the rows after the last one looked at are few and go on in the order of ids. */
  const follow = (table: TableName, state: Known): boolean => {
    const rows = db
      .prepare<[number, number], [number, string]>(`SELECT _n, id FROM "${table}" WHERE _n > ? ORDER BY _n LIMIT ?`)
      .raw()
      .all(state.lastNumber, SLICE);
    for (const [n, id] of rows) {
      if (id < state.lastId) return false;
      state.lastNumber = n;
      state.lastId = id;
    }
    return rows.length < SLICE;
  };

  const readAgain = async (table: TableName, state: Known, pause: Pause): Promise<void> => {
    const end = db.prepare<[], number | null>(`SELECT max(_n) FROM "${table}"`).pluck().get() ?? 0;
    const page = db
      .prepare<[string, number], [numbers: string, last: string | null]>(
        `SELECT json_group_array(_n), max(id) FROM (SELECT _n, id FROM "${table}" WHERE id > ? ORDER BY id LIMIT ?)`,
      )
      .raw();
    const places = new Float64Array(end + 1);
    let place = 0;
    let before = 0;
    let isSorted = true;
    let last = '';
    for (;;) {
      const [numbers = '[]', lastOfPage = null] = page.get(last, SLICE) ?? [];
      if (lastOfPage === null) break;
      last = lastOfPage;
      for (const n of JSON.parse(numbers) as number[]) {
        isSorted &&= n > before;
        before = n;
        if (n <= end) places[n] = place++;
      }
      await pause();
    }
    Object.assign(state, { places: isSorted ? null : places, lastNumber: end, lastId: last });
  };

  /** For rows by number, numbers whose order is the order of their ids. */
  return async (table: TableName, numbers: Uint32Array, pause: Pause): Promise<Float64Array> => {
    const state = known.get(table) ?? { lastNumber: 0, lastId: '', places: null };
    if (!follow(table, state)) await readAgain(table, state, pause);
    const places = new Float64Array(numbers.length);
    for (let at = 0; at < numbers.length; at += 1) {
      const n = numbers[at] ?? 0;
      places[at] = state.places?.[n] ?? n;
    }
    return places;
  };
};
