/**
 * What was written of a record that whoever deleted it had not seen (DECISIONS.md 4): the deletion stays, what was written is kept
 * under it, and a person decides. A deletion says which writes it saw; so this is exact, whatever the clocks.
 */
import { fieldOf, isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { fieldOfRegister, layoutOf, quote } from '../file/layout.ts';
import { readTableIndex } from '../file/local.ts';
import { createOpReader } from '../log/op-reader.ts';
import { readWireStamp } from '../log/payload.ts';
import type { Op, WireStamp } from '../log/payload.ts';
import { DELETED } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';

type Seen = Readonly<Record<string, WireStamp>>;

/** What a deletion says that it saw: the stamps of registers written since the insert. Null where there are none. */
export const saySeen = ({ x }: Pick<Row, 'x'>, toWire: (stamp: Stamp) => WireStamp): string | null => {
  const seen = Object.entries(x).filter(([register]) => register !== EXISTENCE);
  return seen.length === 0 ? null : JSON.stringify(Object.fromEntries(seen.map(([name, stamp]) => [name, toWire(stamp)])));
};

/** What the op of a deletion says of that; null where it says nothing, as one of an earlier build. */
const readSeen = ({ cols, vals }: Pick<Op, 'cols' | 'vals'>): Seen | null => {
  const [register] = cols;
  const [, said] = vals;
  if (register !== EXISTENCE || typeof said !== 'string') return register === EXISTENCE && vals.length > 1 ? {} : null;
  try {
    const seen: unknown = JSON.parse(said);
    return typeof seen === 'object' && seen !== null ? (seen as Seen) : null;
  } catch {
    return null;
  }
};

/** A write by the uuid of its device, so that all devices compare alike. */
type Write = { readonly h: number; readonly device: string };
const isLater = (one: Write, other: Write): boolean => one.h > other.h || (one.h === other.h && one.device > other.device);

/** `registers`: what was written; `last`: the last of those writes. */
export type Unseen = { readonly registers: readonly string[]; readonly last: Write & { readonly d: number } };

type Stored = { readonly n: number; readonly st: number; readonly h: number; readonly d: number; readonly x: string | null };

const createUnseenReader = (db: Db) => {
  const index = readTableIndex(db);
  const idOf = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  const place = db.prepare<[number, number, number, number], { txn: number; pos: number }>(
    'SELECT txn, pos FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?',
  );
  const writeOf = ([h, d]: Stamp): Write => ({ h, device: idOf.get(d) ?? '' });
  const seenBy = (table: TableName, n: number, [h, d]: Stamp): Seen | null => {
    const found = place.get(index.indexOf(table), n, h, d);
    const logged = found === undefined ? undefined : createOpReader(db)(found.txn, found.pos);
    return logged === undefined ? null : readSeen(logged[1]);
  };
  /** @param deletion its op, where it is not in the log yet */
  return (table: TableName, id: string, deletion?: Op): Unseen | null => {
    const row = db
      .prepare<[string], Stored>(`SELECT _n AS n, _st AS st, _h AS h, _d AS d, _x AS x FROM ${quote(table)} WHERE id = ?`)
      .get(id);
    if (row?.st !== DELETED || row.x === null) return null;
    const { [EXISTENCE]: deleted = [row.h, row.d] as Stamp, ...x } = JSON.parse(row.x) as Readonly<Record<string, Stamp>>;
    const written = Object.entries(x);
    if (written.length === 0) return null;
    const by = writeOf(deleted);
    const seen = deletion?.h === deleted[0] ? readSeen(deletion) : seenBy(table, row.n, deleted);
    const isUnseen = ([register, stamp]: readonly [string, Stamp]): boolean => {
      const write = writeOf(stamp);
      if (seen === null) return isLater(write, by);
      const known = Object.hasOwn(seen, register) ? seen[register] : undefined;
      return known === undefined || isLater(write, readWireStamp(known, by.device));
    };
    const unseen = written.filter(isUnseen);
    const last = unseen.reduce<Stamp | null>(
      (latest, [, stamp]) => (latest === null || isLater(writeOf(stamp), writeOf(latest)) ? stamp : latest),
      null,
    );
    return last === null
      ? null
      : { registers: unseen.map(([register]) => register).toSorted(), last: { ...writeOf(last), d: last[1] } };
  };
};

/** Notes records for which that may be so: only those are looked at when they are listed. */
export const createUnseenNotes = (db: Db) => {
  const put = db.prepare<[string, string]>('INSERT INTO unseen(tbl, "row") VALUES(?, ?) ON CONFLICT DO NOTHING');
  const read = createUnseenReader(db);
  return ({ layout: { name }, id, st, x }: Row, op: Op): void => {
    if (st !== DELETED || Object.keys(x).every((register) => register === EXISTENCE)) return;
    if (read(name, id, op) !== null) put.run(name, id);
  };
};

/** A record that was deleted by who had not seen what was written of it, or of what it owns; `fields`: what was written, in words. */
export type UnderDeletion = {
  readonly table: TableName;
  readonly row: string;
  readonly fields: readonly string[];
  readonly last: Unseen['last'];
};

/** The record that went with all it owns when it was deleted: an order for its lines. */
const createTop = (db: Db) => {
  const dead = (table: TableName, id: string): Readonly<Record<string, unknown>> | undefined =>
    db.prepare<[string], Record<string, unknown>>(`SELECT * FROM ${quote(table)} WHERE id = ? AND _st = ${DELETED}`).get(id);
  const topOf = (table: TableName, id: string): { readonly table: TableName; readonly row: string } => {
    const { owner } = layoutOf(table);
    const above = owner === null ? null : dead(table, id)?.[owner.field];
    return owner !== null && typeof above === 'string' && dead(owner.owner, above) !== undefined
      ? topOf(owner.owner, above)
      : { table, row: id };
  };
  return topOf;
};

const labelOf = (table: TableName, register: string): string =>
  fieldOf(table, fieldOfRegister(register))?.label ?? 'a field of your own';

/** Those that nobody has left as they are, the latest first. */
export const readUnderDeletion = (db: Db): readonly UnderDeletion[] => {
  const [read, topOf] = [createUnseenReader(db), createTop(db)];
  const isLeft = db
    .prepare<[string, string, number, number], number>(
      `SELECT 1 FROM resolved WHERE tbl = ? AND "row" = ? AND col = '${EXISTENCE}' AND h = ? AND d = ? AND st = 1`,
    )
    .pluck();
  const found = new Map<string, UnderDeletion>();
  for (const { table, row } of db.prepare<[], { table: string; row: string }>('SELECT tbl AS "table", "row" FROM unseen').all()) {
    const unseen = isTableName(table) ? read(table, row) : null;
    if (unseen === null || !isTableName(table)) continue;
    const top = topOf(table, row);
    const key = `${top.table}/${top.row}`;
    const known = found.get(key);
    const fields = new Set([...(known?.fields ?? []), ...unseen.registers.map((register) => labelOf(table, register))]);
    const last = known === undefined || isLater(unseen.last, known.last) ? unseen.last : known.last;
    found.set(key, { ...top, fields: [...fields], last });
  }
  return [...found.values()]
    .filter(({ table, row, last }) => isLeft.get(table, row, last.h, last.d) === undefined)
    .toSorted((one, other) => (isLater(one.last, other.last) ? -1 : 1));
};
