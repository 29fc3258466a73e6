/**
 * The last tie of every list: the order of ids, which is the same on every device, as numbers. Ids never change and
 * rows are never removed, so the order is kept per table and only grows; ids made on this device come in order, so
 * that what is usual costs nothing. Rows that sync brings in between make it read again.
 */
import type { Database } from 'better-sqlite3';
import { tableNames, type TableName } from '../../../shared/model/index.ts';
import type { Pause } from './order.ts';

type Known = {
  /** The last row looked at, and the greatest id so far. */
  lastNumber: number;
  lastId: string;
  /** Place of each row by its number; null while the order of numbers is the order of ids. */
  places: Float64Array | null;
};

const SLICE = 50_000;

export const createIdOrder = (db: Database) => {
  const known = new Map<TableName, Known>(tableNames.map((table) => [table, { lastNumber: 0, lastId: '', places: null }]));

  /** Whether the rows after the last one looked at go on in the order of ids. */
  const follow = async (table: TableName, state: Known, pause: Pause): Promise<boolean> => {
    const next = db
      .prepare<[number, number], [number, string]>(`SELECT _n, id FROM "${table}" WHERE _n > ? ORDER BY _n LIMIT ?`)
      .raw();
    for (;;) {
      const rows = next.all(state.lastNumber, SLICE);
      for (const [n, id] of rows) {
        if (id < state.lastId) return false;
        state.lastNumber = n;
        state.lastId = id;
      }
      if (rows.length < SLICE) return true;
      await pause();
    }
  };

  const readAgain = async (table: TableName, state: Known, pause: Pause): Promise<void> => {
    const end = db.prepare<[], number | null>(`SELECT max(_n) FROM "${table}"`).pluck().get() ?? 0;
    const page = db
      .prepare<[string, number], [number, string]>(`SELECT _n, id FROM "${table}" WHERE id > ? ORDER BY id LIMIT ?`)
      .raw();
    const places = new Float64Array(end + 1);
    let place = 0;
    let last = '';
    for (let isMore = true; isMore;) {
      const rows = page.all(last, SLICE);
      for (const [n, id] of rows) {
        last = id;
        if (n <= end) places[n] = place++;
      }
      isMore = rows.length === SLICE;
      await pause();
    }
    Object.assign(state, { places, lastNumber: end, lastId: last });
  };

  /** For rows by number, numbers whose order is the order of their ids. */
  return async (table: TableName, numbers: readonly number[], pause: Pause): Promise<Float64Array> => {
    const state = known.get(table) ?? { lastNumber: 0, lastId: '', places: null };
    if (!(await follow(table, state, pause))) await readAgain(table, state, pause);
    return Float64Array.from(numbers, (n) => state.places?.[n] ?? n);
  };
};
