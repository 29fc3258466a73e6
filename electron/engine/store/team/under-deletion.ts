/** Records that were deleted by who had not seen what was written of them, as they are listed for a person to decide. */
import { fieldOf, isTableName, tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import { EXISTENCE } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { layoutOf, quote } from '../file/layout.ts';
import { createUnseenReader, isLater, prepareLastWrite } from '../merge/unseen.ts';
import type { Write } from '../merge/unseen.ts';
import { DELETED, LIVE } from '../write/rows.ts';
import type { Stamp } from '../write/rows.ts';

export type Place = { readonly table: TableName; readonly row: string };

/**
 * `fields`: what was written of the record, or of what it owns, in words; `added`: what it owns that was added; `last`: the last
 * of those writes, and `wrote` what it is of.
 */
export type UnderDeletion = Place & {
  readonly fields: readonly string[];
  readonly added: readonly Place[];
  readonly last: Write;
  readonly wrote: Place;
};

/** A statement for each table, prepared once. */
const perTable = <T>(prepare: (table: TableName) => T): ((table: TableName) => T) => {
  const made = new Map<TableName, T>();
  return (table) => {
    const one = made.get(table) ?? prepare(table);
    made.set(table, one);
    return one;
  };
};

/** Whether a record is deleted, and the one that owns it, if any. */
const createAbove = (db: Db) => {
  const rowOf = perTable((table) => {
    const field = layoutOf(table).owner?.field;
    return db.prepare<[string], { st: number; above: unknown }>(
      `SELECT _st AS st, ${field === undefined ? 'NULL' : quote(field)} AS above FROM ${quote(table)} WHERE id = ?`,
    );
  });
  const isDead = ({ table, row }: Place): boolean => rowOf(table).get(row)?.st === DELETED;
  const above = ({ table, row }: Place): Place | null => {
    const { owner } = layoutOf(table);
    const id = owner === null ? null : rowOf(table).get(row)?.above;
    return owner !== null && typeof id === 'string' ? { table: owner.owner, row: id } : null;
  };
  /** The record that went with all it owns when it was deleted: an order for its lines. */
  const topOf = (place: Place): Place => {
    const up = above(place);
    return up !== null && isDead(up) ? topOf(up) : place;
  };
  /** What a record that is there itself went with; undefined where no record above it is deleted. */
  const deadAbove = (place: Place): Place | undefined => {
    const up = above(place);
    return up === null || isDead(up) ? (up ?? undefined) : deadAbove(up);
  };
  return { above, isDead, topOf, deadAbove };
};
type Above = ReturnType<typeof createAbove>;

const labelOf = (table: TableName, register: string): string =>
  fieldOf(table, fieldOfRegister(register))?.label ?? 'a field of your own';

type Stored = { readonly st: number; readonly h: number; readonly d: number; readonly x: string | null };

const parseStamps = (x: string | null): Record<string, Stamp> => (x === null ? {} : (JSON.parse(x) as Record<string, Stamp>));

const createUnseenOf = (db: Db) => {
  const read = createUnseenReader(db);
  const rowOf = perTable((table) =>
    db.prepare<[string], Stored>(`SELECT _st AS st, _h AS h, _d AS d, _x AS x FROM ${quote(table)} WHERE id = ?`),
  );
  return (table: TableName, id: string) => {
    const row = rowOf(table).get(id);
    if (row?.st !== DELETED) return null;
    return read(table, id, { st: row.st, x: parseStamps(row.x), inserted: [row.h, row.d] });
  };
};

type Told = Omit<UnderDeletion, keyof Place>;
type Found = Told & { readonly deleted: Place };

/** What was written of deleted records themselves. */
function* readWritten(db: Db): Generator<Found> {
  const unseenOf = createUnseenOf(db);
  const noted = db.prepare<[], { table: string; row: string }>('SELECT tbl AS "table", "row" FROM deletions WHERE unseen = 1');
  for (const { table, row } of noted.all()) {
    const unseen = isTableName(table) ? unseenOf(table, row) : null;
    if (unseen === null || !isTableName(table)) continue;
    const fields = unseen.registers.map((register) => labelOf(table, register));
    yield { deleted: { table, row }, fields, added: [], last: unseen.last, wrote: { table, row } };
  }
}

/** One statement for all tables: each has an index of what is below deleted records. */
const BELOW = tableNames
  .filter((table) => layoutOf(table).owner !== null)
  .map(
    (table) =>
      `SELECT '${table}' AS "table", id AS "row", _h AS h, _d AS d, _x AS x FROM ${table} WHERE _st = ${LIVE} AND _alive = 0`,
  )
  .join(' UNION ALL ');

/**
 * What is there below a deleted record. Whoever deletes one deletes all it owns that they know of: so they knew nothing of this.
 * What came with something that was added is told with that.
 */
function* readAdded(db: Db, { above, isDead, deadAbove }: Above): Generator<Found> {
  const lastWrite = prepareLastWrite(db);
  for (const { table, row, h, d, x } of db.prepare<[], Omit<Stored, 'st'> & Place>(BELOW).all()) {
    const wrote = { table, row };
    const [owner, deleted] = [above(wrote), deadAbove(wrote)];
    if (owner === null || deleted === undefined) continue;
    const last = lastWrite({ x: parseStamps(x), inserted: [h, d] });
    yield { deleted, fields: [], added: isDead(owner) ? [wrote] : [], last, wrote };
  }
}

const join = (one: Told, other: Told): Told => ({
  ...(isLater(one.last, other.last) ? one : other),
  fields: [...new Set([...one.fields, ...other.fields])],
  added: [...one.added, ...other.added],
});

/** Those that nobody has left as they are, the latest first. */
export const readUnderDeletion = (db: Db): readonly UnderDeletion[] => {
  const above = createAbove(db);
  const isLeft = db
    .prepare<[string, string, number, string], number>(
      `SELECT 1 FROM resolved WHERE tbl = ? AND "row" = ? AND col = '${EXISTENCE}' AND h = ?
         AND d = (SELECT idx FROM devices WHERE id = ?) AND st = 1`,
    )
    .pluck();
  const found = new Map<string, UnderDeletion>();
  for (const { deleted, ...one } of [...readWritten(db), ...readAdded(db, above)]) {
    const top = above.topOf(deleted);
    // Each by itself: what was left is not asked again because something else is, and the other way round.
    if (isLeft.get(top.table, top.row, one.last.h, one.last.device) !== undefined) continue;
    const key = `${top.table}/${top.row}`;
    const known = found.get(key);
    found.set(key, { ...top, ...(known === undefined ? one : join(known, one)) });
  }
  return [...found.values()].toSorted((one, other) => (isLater(one.last, other.last) ? -1 : 1));
};
