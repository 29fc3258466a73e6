/**
 * What was written of a record that whoever deleted it had not seen (DECISIONS.md 4): the deletion stays, what was written is kept
 * under it, and a person decides. A deletion says which writes it saw, so this is exact, whatever the clocks; one of an earlier
 * build says nothing, and has seen what is older than it.
 */
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { isRegister, isWireStamp } from '../log/payload-check.ts';
import { readWireStamp } from '../log/payload.ts';
import type { Op, WireOp, WireStamp } from '../log/payload.ts';
import { DELETED, stampOf } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';

type Seen = Readonly<Record<string, WireStamp>>;
/** No record has more registers than this, whatever a deletion says. */
const MOST_REGISTERS = 1000;

/**
 * What a deletion says that it saw: the stamps of registers written since the insert. Null where there are none.
 * @param unseen registers of which it saw nothing
 */
export const saySeen = (
  { x }: Pick<Row, 'x'>,
  toWire: (stamp: Stamp) => WireStamp,
  unseen: readonly string[] = [],
): string | null => {
  const seen = Object.entries(x).filter(([register]) => register !== EXISTENCE && !unseen.includes(register));
  return seen.length === 0 ? null : JSON.stringify(Object.fromEntries(seen.map(([name, stamp]) => [name, toWire(stamp)])));
};

/** What comes from another device is looked at: what is no stamp of a register was not seen. */
const parseSeen = (text: string): Seen => {
  try {
    const said: unknown = JSON.parse(text);
    const all = typeof said === 'object' && said !== null ? Object.entries(said) : [];
    return Object.fromEntries(
      all.slice(0, MOST_REGISTERS).filter((one): one is [string, WireStamp] => isRegister(one[0]) && isWireStamp(one[1])),
    );
  } catch {
    return {};
  }
};

/** What the op of a deletion says of that; null where it says nothing. */
const readSeen = ({ cols, vals }: Pick<Op, 'cols' | 'vals'>): Seen | null => {
  if (cols.length !== 1 || vals.length < 2) return null;
  const [, said] = vals;
  return typeof said === 'string' ? parseSeen(said) : {};
};

/** The same with other names for stamps, as where a device goes on as another one. */
export const renameSeen = (text: string, rename: (stamp: WireStamp) => WireStamp): string =>
  JSON.stringify(Object.fromEntries(Object.entries(parseSeen(text)).map(([name, stamp]) => [name, rename(stamp)])));

/** The values of an op that deletes a record, so renamed; those of any other op as they are. */
export const renameSaid = (cols: readonly string[], vals: WireOp[6], rename: (stamp: WireStamp) => WireStamp): WireOp[6] => {
  const [st, said] = vals;
  return cols.length === 1 && cols[0] === EXISTENCE && typeof said === 'string' ? [st ?? null, renameSeen(said, rename)] : vals;
};

/** A write by the uuid of its device, so that all devices compare alike. */
export type Write = { readonly h: number; readonly device: string };
export const isLater = (one: Write, other: Write): boolean => one.h > other.h || (one.h === other.h && one.device > other.device);

/** The last write of a record, its insert included. */
export const prepareLastWrite = (db: Db) => {
  const idOf = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  const writeOf = ([h, d]: Stamp): Write => ({ h, device: idOf.get(d) ?? '' });
  return ({ x, inserted }: Pick<Row, 'x' | 'inserted'>): Write =>
    Object.values(x)
      .map(writeOf)
      .reduce((latest, one) => (isLater(one, latest) ? one : latest), writeOf(inserted));
};

/** `registers`: what was written; `last`: the last of those writes. */
export type Unseen = { readonly registers: readonly string[]; readonly last: Write };
type Deletion = { readonly h: number; readonly d: number; readonly seen: string | null };

/** The last deletion of a record of which it is known what it saw, also where the record is there again. */
export const prepareLastDeletion = (db: Db) => {
  const find = db.prepare<[string, string], Pick<Deletion, 'h' | 'd'>>('SELECT h, d FROM deletions WHERE tbl = ? AND "row" = ?');
  return ({ layout, id }: Pick<Row, 'layout' | 'id'>): Stamp | undefined => {
    const found = find.get(layout.name, id);
    return found && [found.h, found.d];
  };
};

export type UnseenReader = ReturnType<typeof createUnseenReader>;

export const createUnseenReader = (db: Db) => {
  const idOf = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  const deletionOf = db.prepare<[string, string], Deletion>('SELECT h, d, seen FROM deletions WHERE tbl = ? AND "row" = ?');
  const writeOf = ([h, d]: Stamp): Write => ({ h, device: idOf.get(d) ?? '' });
  /** @returns null where whoever deleted the record had seen all of it, or it is not deleted */
  return (table: string, id: string, { st, x, inserted }: Pick<Row, 'st' | 'x' | 'inserted'>): Unseen | null => {
    const written = Object.entries(x).filter(([register]) => register !== EXISTENCE);
    if (st !== DELETED || written.length === 0) return null;
    const [h, d] = x[EXISTENCE] ?? inserted;
    const by = writeOf([h, d]);
    const noted = deletionOf.get(table, id);
    const seen = noted?.h === h && noted.d === d && noted.seen !== null ? parseSeen(noted.seen) : null;
    const unseen = written.flatMap(([register, stamp]) => {
      const write = writeOf(stamp);
      const known = seen === null ? by : seen[register] === undefined ? null : readWireStamp(seen[register], by.device);
      return known === null || isLater(write, known) ? [{ register, write }] : [];
    });
    const [first, ...others] = unseen;
    if (first === undefined) return null;
    const last = others.reduce((latest, { write }) => (isLater(write, latest) ? write : latest), first.write);
    return { registers: unseen.map(({ register }) => register).toSorted(), last };
  };
};

export type UnseenNotes = ReturnType<typeof createUnseenNotes>;

/** Takes note of what deletions say, and of the records for which there is something to decide. */
export const createUnseenNotes = (db: Db) => {
  const say = db.prepare<[string, string, number, number, string | null]>(
    `INSERT INTO deletions(tbl, "row", h, d, seen) VALUES(?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET h = excluded.h, d = excluded.d, seen = excluded.seen
       WHERE (excluded.h, excluded.d) <> (h, d) OR seen IS NULL OR excluded.seen > seen`,
  );
  const mark = db.prepare<[string, string, number, number, number]>(
    `INSERT INTO deletions(tbl, "row", h, d, unseen) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET unseen = excluded.unseen`,
  );
  // What it saw stays known: whoever takes back that the record is there again deletes it as it was deleted.
  const settle = db.prepare<[string, string]>('UPDATE deletions SET unseen = 0 WHERE tbl = ? AND "row" = ?');
  const read = createUnseenReader(db);
  /** Call after an op of a row was written or merged. @param stamp that of the op */
  return (row: Row, op: Pick<Op, 'cols' | 'vals'>, stamp: Stamp): void => {
    const { layout, id, st } = row;
    const { name } = layout;
    const isExistence = op.cols.includes(EXISTENCE);
    if (st !== DELETED) {
      if (isExistence) settle.run(name, id);
      return;
    }
    const [h, d] = stampOf(row, EXISTENCE);
    const seen = isExistence && h === stamp[0] && d === stamp[1] ? readSeen(op) : null;
    if (seen !== null) say.run(name, id, h, d, JSON.stringify(seen));
    const isUnseen = read(name, id, row) !== null;
    if (isUnseen || seen !== null) mark.run(name, id, h, d, isUnseen ? 1 : 0);
  };
};
