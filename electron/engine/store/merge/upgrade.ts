/**
 * After the schema has grown: values that waited in `_extra` for their column move into it, with their stamps as they are,
 * and ops that waited for their table are merged (SYNC.md 2.9).
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import type { TableIndex } from '../file/local.ts';
import { decodePayload } from '../log/payload.ts';
import type { Transaction } from '../log/payload.ts';
import { openSegment } from '../log/segments.ts';
import type { Row, Rows } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { setRegister } from '../file/cells.ts';
import { stampOf } from '../write/rows.ts';
import { admitCell } from './admit.ts';
import type { Arrive } from '../subjects/arriving.ts';
import { ERASED } from '../subjects/personal.ts';
import { isSealed } from '../subjects/sealed.ts';
import { parseExtras } from './extras.ts';
import type { Devices } from './devices.ts';
import { writeRegisters } from './registers.ts';
import { mergeStart, withinOf } from './transition.ts';
import type { TransitionParts } from './transition.ts';

type Waiting = { readonly n: number; readonly extra: string };
type SettleDeps = { readonly tables: TableIndex; readonly devices: Devices };
type Settled = TransitionParts & { readonly rows: Rows; readonly arrive: Arrive };

/** The transaction that inserted a row, as the log has it. */
const createInsertReader = (db: Db, tables: TableIndex) => {
  const place = db.prepare<[number, number, number, number], { txn: number; idx: number; first: number }>(
    `SELECT i.txn, g.idx, g.first_n AS first FROM history i JOIN segments g ON g.first_n <= i.txn AND g.last_n >= i.txn
     WHERE i.tbl = ? AND i.n = ? AND i.h = ? AND i.d = ?`,
  );
  const body = db.prepare<[number], Buffer>('SELECT body FROM segments WHERE idx = ?').pluck();
  // Rows stand in the order they came: the next is mostly in the same piece.
  let last: { readonly idx: number; readonly transactions: readonly Transaction[] } | undefined;
  return ({ layout, n, inserted }: Row): Transaction | undefined => {
    const found = place.get(tables.indexOf(layout.name), n, ...inserted);
    const bytes = found === undefined || found.idx === last?.idx ? undefined : body.get(found.idx);
    if (found !== undefined && bytes !== undefined) last = { idx: found.idx, transactions: decodePayload(openSegment(bytes)) };
    return found === undefined ? undefined : last?.transactions[found.txn - found.first];
  };
};

/** Moves what this build has a column for. Call inside the transaction that `work` belongs to. */
export const settleExtras = (db: Db, parts: Settled, { tables, devices }: SettleDeps, work: Work): void => {
  const insertOf = createInsertReader(db, tables);
  const settle = (row: Row, column: string, value: CellValue): void => {
    const stamp = stampOf(row, column);
    const isOfInsert = !Object.hasOwn(row.x, column);
    work.wrote(row, column, null, value);
    setRegister(parts, row, column, value, stamp);
    if (isOfInsert) delete row.x[column];
  };
  /** A state begins with its row, in the transaction of its insert. */
  const begin = (row: Row, cells: ReadonlyMap<string, CellValue>): void => {
    const transaction = cells.size === 0 ? undefined : insertOf(row);
    if (transaction === undefined) return;
    const dev = devices.idOf(row.inserted[1]);
    const within = withinOf(transaction, { fromWire: (stamp) => devices.fromWire(stamp, dev) });
    mergeStart(parts, work, row, { stamp: row.inserted, within, cells, isNew: false });
  };
  for (const table of tableNames) {
    const layout = layoutOf(table);
    const waiting = db.prepare<[], Waiting>(`SELECT _n AS n, _extra AS extra FROM ${table} WHERE _extra IS NOT NULL`).all();
    for (const { n, extra } of waiting) {
      const row = parts.rows.findByN(table, n);
      if (row === undefined) continue;
      const known = [...parseExtras(extra)].flatMap(([column, value]) => {
        if (!parts.knowsRegister(layout, column)) return [];
        const at = { table, row: row.id, register: column };
        const said = parts.arrive(at, value, { stamp: stampOf(row, column), scope: row.scope }, row);
        return isSealed(said) ? [] : [[column, admitCell(table, column, said)] as const];
      });
      if (known.length === 0) continue;
      work.touch(row);
      for (const [column, value] of known) {
        parts.extras.set(row, column, null);
        if (!layout.states.includes(column)) settle(row, column, value);
      }
      if (known.some(([column]) => column === ERASED)) work.erased.add(row);
      writeRegisters(parts, work, row, new Set(known.map(([column]) => column)));
      begin(row, new Map(known.filter(([column]) => layout.states.includes(column))));
    }
  }
};
