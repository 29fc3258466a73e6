/**
 * What was carried to another territory of a row that went there: the stamp of each register as it went, and of what came late
 * and was passed on since. The row itself is gone from here; by these alone it is told exactly whether who wrote late had seen
 * what went, or wrote beside it (SYNC.md 2.3).
 */
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { isSameStamp, NEVER } from '../merge/devices.ts';
import type { IsNewer } from '../merge/devices.ts';
import { linksOf } from '../write/anchor.ts';
import type { Row, Stamp } from '../write/rows.ts';

/** Stamps by register; that of the insert by this name. */
export type Stamps = ReadonlyMap<string, Stamp>;
export const INSERTED = 'id';

/** The stamps of a row; those of an insert that is awaited are not known. */
export const stampsOf = ({ inserted, x }: Row): Stamps =>
  new Map([[INSERTED, inserted] as const, ...Object.entries(x)].filter(([, stamp]) => !isSameStamp(stamp, NEVER)));

/** A late write of a register: its stamp, the stamp that it was based on, and whether that has come here. */
export type LateWrite = { readonly stamp: Stamp; readonly base: Stamp; readonly hasSeen: (base: Stamp) => boolean };

/** `next`: who wrote it had seen what went; `beside`: they had not; `past`: what went says so already, or was written over it. */
export type Standing = 'next' | 'beside' | 'past';

type Place = [table: TableName, row: string];

export const createCarried = (db: Db, isNewer: IsNewer) => {
  const clear = db.prepare<Place>('DELETE FROM carried WHERE tbl = ? AND "row" = ?');
  const put = db.prepare<[...Place, string, ...Stamp]>(
    'INSERT INTO carried(tbl, "row", col, h, d, due) VALUES(?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING',
  );
  const keepDue = db.prepare<Place>(
    `INSERT INTO carried(tbl, "row", col, h, d, due) SELECT tbl, "row", col, h, d, 1 FROM superseded WHERE tbl = ? AND "row" = ?
     ON CONFLICT DO NOTHING`,
  );
  const expect = db.prepare<[...Place, string, ...Stamp]>(
    'INSERT INTO carried(tbl, "row", col, h, d, due) VALUES(?, ?, ?, ?, ?, 1) ON CONFLICT DO NOTHING',
  );
  const met = db.prepare<[...Place, string, ...Stamp]>(
    'DELETE FROM carried WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ? AND due = 1',
  );
  const standing = db
    .prepare<[...Place, string, string], [...Stamp]>(
      `SELECT h, d FROM carried WHERE tbl = ? AND "row" = ? AND col IN (?, ?) AND due = 0 ORDER BY col = '${INSERTED}' LIMIT 1`,
    )
    .raw();
  const written = db
    .prepare<[...Place, string], number>('SELECT 1 FROM carried WHERE tbl = ? AND "row" = ? AND col = ? AND due = 0')
    .pluck();
  const last = db
    .prepare<[...Place, string], number | null>(
      'SELECT max(h) FROM carried WHERE tbl = ? AND "row" = ? AND due = 0 AND col IN (SELECT value FROM json_each(?))',
    )
    .pluck();
  const replace = db.prepare<[...Place, string]>('DELETE FROM carried WHERE tbl = ? AND "row" = ? AND col = ? AND due = 0');
  return {
    /** Whether a register was written of a row between the row's insert and its going on. */
    wasWritten: ({ layout, id }: Row, register: string): boolean => written.get(layout.name, id, register) !== undefined,
    /** When what a row hangs on was last written of it after its insert, as far as it went with that. */
    lastPut: ({ layout, id }: Row): number => last.get(layout.name, id, JSON.stringify(linksOf(layout))) ?? 0,
    /** The row goes, with these. Call before what merging keeps beside it is forgotten. */
    begin({ layout, id }: Row, stamps: Stamps): void {
      clear.run(layout.name, id);
      for (const [register, stamp] of stamps) put.run(layout.name, id, register, ...stamp);
      keepDue.run(layout.name, id);
    },
    forget: ({ layout, id }: Row): void => void clear.run(layout.name, id),
    /** How a late write of a register stands to what was carried; where nothing is known of that, it is the next. */
    meet({ layout, id }: Row, register: string, { stamp, base, hasSeen }: LateWrite): Standing {
      const place: Place = [layout.name, id];
      const current = standing.get(...place, register, INSERTED);
      if (current === undefined) return 'next';
      if (isSameStamp(current, stamp)) return 'past';
      const isNext = isSameStamp(current, base);
      if (!isNext && !isSameStamp(base, NEVER) && !hasSeen(base)) expect.run(...place, register, ...base);
      if (met.run(...place, register, ...stamp).changes > 0) return 'past';
      if (isNext || isNewer(stamp, current)) {
        replace.run(...place, register);
        put.run(...place, register, ...stamp);
      }
      return isNext ? 'next' : 'beside';
    },
  };
};
