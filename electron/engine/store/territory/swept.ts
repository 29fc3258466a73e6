/**
 * Rows that went to another territory because of what they hung on, as who wrote them had not heard that it had gone. Made to hang
 * on something that is here, by one who had still not heard, such a row is here after all (SYNC.md invariant 1): whoever was told
 * in another order never let go of it. All that was ever said of it stands in the log.
 */
import { isTableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import type { TableIndex } from '../file/local.ts';
import type { createOpReader } from '../log/op-reader.ts';
import { writtenBy } from '../log/payload.ts';
import type { Op, Transaction } from '../log/payload.ts';
import type { IsNewer } from '../merge/devices.ts';
import { NEVER } from '../merge/devices.ts';
import { anchorRow, linksOf } from '../write/anchor.ts';
import type { Anchor } from '../write/anchor.ts';
import { isElsewhere, writtenIn } from '../write/rows.ts';
import type { Row, Rows, Stamp } from '../write/rows.ts';

/** An op as it stands in the log of this file. */
export type Logged = { readonly transaction: Transaction; readonly op: Op; readonly stamp: Stamp };

/** Reads an op of the log, or of the piece that is being taken, which is in no log yet. */
export type ReadLogged = ReturnType<typeof createOpReader>;

type Deps = { readonly tables: TableIndex; readonly isNewer: IsNewer };
type Place = [table: string, row: string];

/** Rows that came back: where they were, they stand as deleted ones. */
export const createReturned = (db: Db) => {
  const put = db.prepare<Place>('INSERT INTO returned(tbl, "row") VALUES(?, ?) ON CONFLICT DO NOTHING');
  const take = db.prepare<Place>('DELETE FROM returned WHERE tbl = ? AND "row" = ?');
  return {
    note: ({ layout: { name }, id }: Row): void => void put.run(name, id),
    /** Whether a row that goes had come back before: then it is to live again over there. Told once. */
    isAgain: (table: string, id: string): boolean => take.run(table, id).changes > 0,
  };
};

export const createSwept = (db: Db, { find }: Pick<Rows, 'find'>, { tables, isNewer }: Deps) => {
  const clear = db.prepare<Place>('DELETE FROM swept WHERE tbl = ? AND "row" = ?');
  const put = db.prepare<[...Place, ...Place]>('INSERT INTO swept(tbl, "row", on_tbl, on_row) VALUES(?, ?, ?, ?)');
  const isSwept = db.prepare<Place, number>('SELECT 1 FROM swept WHERE tbl = ? AND "row" = ?').pluck();
  const below = db.prepare<Place, Place>('SELECT tbl, "row" FROM swept WHERE on_tbl = ? AND on_row = ?').raw();
  const places = db
    .prepare<[number, number], [number, number, number, number]>(
      'SELECT h, d, txn, pos FROM history WHERE tbl = ? AND n = ? ORDER BY h, d',
    )
    .raw();

  /** Everything that was said of a row, in the order of its stamps; null where some of it is not in the log any more. */
  const opsOf = ({ layout, n }: Row, read: ReadLogged): readonly Logged[] | null => {
    const ops = places.all(tables.indexOf(layout.name), n).map(([h, d, txn, pos]): Logged | null => {
      const logged = read(txn, pos);
      return logged === undefined ? null : { transaction: logged[0], op: logged[1], stamp: [h, d] };
    });
    return ops.every((one) => one !== null) ? ops : null;
  };

  /** Whether a row hangs on what went, by all that was said of it. */
  const hangsOnGone = (row: Row, said: readonly Pick<Logged, 'op' | 'stamp'>[]): boolean => {
    const { layout, id } = row;
    const v: Row['v'] = { ...layout.blank, id };
    for (const name of linksOf(layout)) {
      let last: Stamp = NEVER;
      for (const { op, stamp } of said) {
        const value = writtenBy(op, name);
        if (value === undefined || !isNewer(stamp, last)) continue;
        last = stamp;
        v[name] = typeof value === 'string' ? value : null;
      }
    }
    const above = anchorRow({ layout, v }, find);
    return above !== undefined && isElsewhere(above) && writtenIn(above) === writtenIn(row);
  };

  const returning = (
    row: Row | undefined,
    said: readonly Pick<Logged, 'op' | 'stamp'>[],
    read: ReadLogged,
  ): readonly Logged[] | null => {
    if (row === undefined || !isElsewhere(row) || isSwept.get(row.layout.name, row.id) === undefined) return null;
    const ops = opsOf(row, read);
    return ops === null || hangsOnGone(row, [...ops, ...said]) ? null : ops;
  };

  return {
    /** A row went because of what it hung on; null: it was sent, or what it hung on is not known. */
    note({ layout: { name }, id }: Row, on: Anchor | null): void {
      clear.run(name, id);
      if (on !== null) put.run(name, id, on.table, on.id);
    },
    /** What was said of a row that a change makes hang on something here; null where it does not come back. */
    returningBy(op: Op, stamp: Stamp, read: ReadLogged): readonly Logged[] | null {
      if (op.kind !== 'u' || !isTableName(op.table) || !linksOf(layoutOf(op.table)).some((name) => op.cols.includes(name)))
        return null;
      return returning(find(op.table, op.row), [{ op, stamp }], read);
    },
    /** Rows that went with a row and come back with it, each with what was said of it. */
    returningWith: ({ layout, id }: Row, read: ReadLogged): readonly (readonly [Row, readonly Logged[]])[] =>
      below.all(layout.name, id).flatMap(([table, name]) => {
        const row = isTableName(table) ? find(table, name) : undefined;
        const ops = returning(row, [], read);
        return row === undefined || ops === null ? [] : [[row, ops] as const];
      }),
  };
};
