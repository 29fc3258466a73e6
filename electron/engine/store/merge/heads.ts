/**
 * What merging keeps beside the winner (SYNC.md 2.3): values nobody has seen and replaced, and the stamps that ops were
 * based on before those arrived. Both together tell concurrency exactly, whatever the clocks and the order of delivery.
 */
import type { Db } from '../file/db.ts';
import type { WireValue } from '../subjects/sealed.ts';
import type { Stamp } from '../write/rows.ts';
import { isSameStamp } from './devices.ts';
import type { IsNewer } from './devices.ts';
import { compareSaid } from './said.ts';

export type Place = { readonly table: string; readonly row: string; readonly register: string; readonly stamp: Stamp };

/** Somebody's word about a head: seen, or open again; by whom, at which stamp. */
type Word = { readonly isOpen: boolean; readonly by: string; readonly stamp: Stamp };

export type Heads = ReturnType<typeof createHeads>;

export const createHeads = (db: Db) => {
  const keep = db.prepare(
    'INSERT INTO conflict(tbl, "row", col, h, d, val) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET val = excluded.val',
  );
  const replace = db.prepare('UPDATE conflict SET val = ? WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ?');
  const drop = db.prepare('DELETE FROM conflict WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ?');
  const expect = db.prepare('INSERT INTO superseded(tbl, "row", col, h, d) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const met = db.prepare('DELETE FROM superseded WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ?');
  const lastWord = db.prepare<[string, string, string, number, number], { h: number; d: number; st: number; by: string }>(
    'SELECT at AS h, rd AS d, st, by FROM resolved WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ?',
  );
  const say = db.prepare(
    `INSERT INTO resolved(tbl, "row", col, h, d, by, at, rd, st) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET by = excluded.by, at = excluded.at, rd = excluded.rd, st = excluded.st`,
  );
  const equal = db.prepare<[string, string, string, string], { h: number; d: number }>(
    `SELECT h, d FROM conflict c WHERE tbl = ? AND "row" = ? AND col = ? AND val = ? AND NOT EXISTS (SELECT 1 FROM resolved r
       WHERE r.tbl = c.tbl AND r."row" = c."row" AND r.col = c.col AND r.h = c.h AND r.d = c.d AND r.st = 1)`,
  );
  const keys = ({ table, row, register, stamp }: Place) => [table, row, register, ...stamp] as const;
  return {
    /** Keeps a value that lost to one whose author had not seen it. */
    keep: (place: Place, value: WireValue): void => void keep.run(...keys(place), JSON.stringify(value)),
    /** Of two values under one stamp the other stands for both, where it is not known to be replaced. */
    replace: (place: Place, value: WireValue): void => void replace.run(JSON.stringify(value), ...keys(place)),
    /** A later write knew the value: it is no conflict. Returns whether it was one. */
    drop: (place: Place): boolean => drop.run(...keys(place)).changes > 0,
    /** A write that has not arrived yet is known to be replaced. */
    expect: (place: Place): void => void expect.run(...keys(place)),
    /** Whether an arriving write was known to be replaced; asked once. */
    wasExpected: (place: Place): boolean => met.run(...keys(place)).changes > 0,
    /** Somebody has seen a head and lets the winner stand, or takes that back. The latest such word counts. */
    resolve(place: Place, { isOpen, by, stamp }: Word, isNewer: IsNewer): void {
      const last = lastWord.get(...keys(place));
      const st = isOpen ? 0 : 1;
      const isLast =
        last === undefined ||
        isNewer(stamp, [last.h, last.d]) ||
        (isSameStamp(stamp, [last.h, last.d]) && compareSaid([st, by], [last.st, last.by]) > 0);
      if (isLast) say.run(...keys(place), by, ...stamp, st);
    },
    /** Values kept beside a register that say the same as one, and that nobody has closed. */
    equalTo: ({ table, row, register }: Omit<Place, 'stamp'>, value: WireValue): readonly Stamp[] =>
      equal.all(table, row, register, JSON.stringify(value)).map(({ h, d }) => [h, d]),
    /** The device that had the last word about a head, and whether that closed it; undefined where nobody said any. */
    lastWord(place: Place): { readonly device: number; readonly isOpen: boolean } | undefined {
      const last = lastWord.get(...keys(place));
      return last === undefined ? undefined : { device: last.d, isOpen: last.st === 0 };
    },
  };
};
