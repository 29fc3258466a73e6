/**
 * An op without what was replaced since (SYNC.md 2.8): of registers, what stands or stands beside in a conflict; of sets
 * and of words about conflicts, the last; of all else, everything. What this build cannot read stays whole.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import { baseOf, readWireStamp } from '../log/payload.ts';
import type { Op } from '../log/payload.ts';
import type { Knows } from '../merge/op.ts';
import { ELSEWHERE } from '../write/rows.ts';
import type { Stamp } from '../write/rows.ts';

type Stamps = { readonly h: number; readonly d: number; readonly x: string | null; readonly st: number };
/** Whether what an op wrote into a register still shows. */
type Shows = (register: string) => boolean;

const prepare = (db: Db) => ({
  conflict: db
    .prepare<[string, string, string, number, number], number>(
      'SELECT 1 FROM conflict WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ?',
    )
    .pluck(),
  swept: db.prepare<[string, string], number>('SELECT 1 FROM swept WHERE tbl = ? AND "row" = ?').pluck(),
  element: db
    .prepare<[string, string, string, string, number, number], number>(
      'SELECT 1 FROM elem WHERE tbl = ? AND "row" = ? AND field = ? AND el = ? AND h = ? AND d = ?',
    )
    .pluck(),
  word: db
    .prepare<[string, string, string, number, string, number, number], number>(
      `SELECT 1 FROM resolved WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = (SELECT idx FROM devices WHERE id = ?)
         AND at = ? AND rd = ?`,
    )
    .pluck(),
});

/** An op with some of its columns; null when none is left. */
const withColumns = (op: Op, isKept: (at: number) => boolean, vals: Op['vals'] = op.vals.filter((_, at) => isKept(at))): Op => ({
  ...op,
  base: op.base === null || typeof op.base !== 'object' ? op.base : op.base.filter((_, at) => isKept(at)),
  cols: op.cols.filter((_, at) => isKept(at)),
  vals,
});

const orNone = (op: Op): Op | null => (op.cols.length === 0 ? null : op);

const reduceWrite = (op: Op, table: TableName, shows: Shows): Op | null => {
  const { states } = layoutOf(table);
  const register = (at: number): string => op.cols[at] ?? '';
  // Where the states of a row begin is part of their history.
  if (op.kind === 'i') return withColumns(op, (at) => states.includes(register(at)) || shows(register(at)));
  // A deletion says what it saw, too.
  if (op.cols.length === 1 && register(0) === EXISTENCE) return shows(EXISTENCE) ? op : null;
  return orNone(withColumns(op, (at) => !states.includes(register(at)) && shows(register(at))));
};

const reduceMove = (op: Op, shows: Shows): Op => withColumns(op, (at) => at === 0 || shows(op.cols[at] ?? ''), op.vals);

export type Reduce = (op: Op, d: number, device: string) => Op | null;

export const createReduce = (db: Db, knows: Knows): Reduce => {
  const sql = prepare(db);
  const readers = new Map<TableName, (id: string) => Stamps | undefined>();
  const stampsOf = (table: TableName, id: string): Stamps | undefined => {
    const known = readers.get(table);
    if (known !== undefined) return known(id);
    const statement = db.prepare<[string], Stamps>(`SELECT _h AS h, _d AS d, _x AS x, _st AS st FROM ${table} WHERE id = ?`);
    const read = (one: string): Stamps | undefined => statement.get(one);
    readers.set(table, read);
    return read(id);
  };
  const showing = (op: Op, table: TableName, d: number): Shows => {
    const row = stampsOf(table, op.row);
    if (row === undefined) return () => true;
    const x = row.x === null ? {} : (JSON.parse(row.x) as Readonly<Record<string, Stamp>>);
    return (register) => {
      const [h, by] = x[register] ?? [row.h, row.d];
      return (h === op.h && by === d) || sql.conflict.get(table, op.row, register, op.h, d) !== undefined;
    };
  };
  const reduceWords = (op: Op, d: number, device: string): Op | null =>
    orNone(
      withColumns(op, (at) => {
        const base = baseOf(op, at);
        if (base === null) return false;
        const head = readWireStamp(base, device);
        return sql.word.get(op.table, op.row, op.cols[at] ?? '', head.h, head.device, op.h, d) !== undefined;
      }),
    );
  return (op, d, device) => {
    const { table } = op;
    if (!knows(table)) return op;
    // Of what was sent to another territory, only that it was; what went because of what it hung on may come back.
    if (op.kind !== 'm' && stampsOf(table, op.row)?.st === ELSEWHERE)
      return sql.swept.get(table, op.row) === undefined ? null : op;
    if (op.kind === 'i' || op.kind === 'u') return reduceWrite(op, table, showing(op, table, d));
    if (op.kind === 't') return reduceMove(op, showing(op, table, d));
    if (op.kind === 'r') return reduceWords(op, d, device);
    const [field = ''] = op.cols;
    const [el] = op.vals;
    if (op.kind !== 'e' || typeof el !== 'string') return op;
    return sql.element.get(table, op.row, field, el, op.h, d) === undefined ? null : op;
  };
};
