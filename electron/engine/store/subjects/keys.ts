/**
 * The keys of people as this file has them (SYNC.md 2.10): made for what is published first of somebody, learnt from the hub for
 * what comes, and gone for good once the person is erased.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import type { Payload, WireOp } from '../log/payload.ts';
import { isPersonal } from './personal.ts';
import { canSeal, KEY_BYTES, isSameKey, isSealed, isWhole, nameKey, NONCE_BYTES, sealValue, stampOfKey } from './sealed.ts';
import type { SealedAt, SubjectKey, WireValue } from './sealed.ts';

/** As in the table: see its migration. */
export const [MADE, SHARED] = [1, 2] as const;
const [WANTED, GONE, RETIRED] = [0, 3, 4] as const;

export type Subject = { readonly table: TableName; readonly row: string };

type Known = { readonly state: number; readonly scope: number; readonly row: string | null; readonly key: Buffer | null };
/** The key; or that it is not here yet, that what it seals says nothing any more, or that it is none of this person. */
type Met = Buffer | 'wanted' | 'gone' | 'foreign';
/** Where and when something sealed was said. `erased`: the stamp at which the person was erased; 0 for who was not. */
type Meeting = { readonly h: number; readonly scope: number; readonly erased: number };

const prepare = (db: Db) => ({
  find: db.prepare<[string], Known>('SELECT state, scope, "row", key FROM subject_keys WHERE id = ?'),
  // A name begins with the stamp. A younger key would outlive who erased the person before it was made.
  live: db.prepare<[string, string, number], SubjectKey>(
    `SELECT id, key FROM subject_keys WHERE "row" = ? AND tbl = ? AND state IN (${MADE}, ${SHARED}) AND CAST(id AS INTEGER) <= ?
     ORDER BY CAST(id AS INTEGER), id LIMIT 1`,
  ),
  add: db.prepare(
    'INSERT INTO subject_keys(id, scope, tbl, "row", key, state) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING',
  ),
  name: db.prepare('UPDATE subject_keys SET tbl = ?, "row" = ? WHERE id = ? AND "row" IS NULL'),
  come: db.prepare<[Buffer, string], { tbl: TableName | null; row: string | null }>(
    `UPDATE subject_keys SET key = ?, state = ${SHARED} WHERE id = ? AND state = ${WANTED} RETURNING tbl, "row"`,
  ),
  drop: db.prepare(`UPDATE subject_keys SET key = NULL, state = ${GONE} WHERE id = ?`),
  retire: db.prepare(`UPDATE subject_keys SET "row" = ?, state = ${RETIRED} WHERE id = ? AND key IS NOT NULL`),
  of: db.prepare<[string, string], string>('SELECT id FROM subject_keys WHERE "row" = ? AND tbl = ?').pluck(),
  toGive: db.prepare<[number], SubjectKey>(`SELECT id, key FROM subject_keys WHERE scope = ? AND state = ${MADE} ORDER BY id`),
  given: db.prepare(`UPDATE subject_keys SET state = ${SHARED} WHERE id = ? AND state = ${MADE}`),
  inState: db.prepare<[number, number], string>('SELECT id FROM subject_keys WHERE scope = ? AND state = ? ORDER BY id').pluck(),
  wanting: db.prepare<[number], Subject>(
    `SELECT DISTINCT tbl AS "table", "row" FROM subject_keys WHERE scope = ? AND state = ${WANTED} AND "row" IS NOT NULL`,
  ),
  ended: db
    .prepare<[number], string>(`SELECT id FROM subject_keys WHERE scope = ? AND state IN (${GONE}, ${RETIRED}) ORDER BY id`)
    .pluck(),
  giveAgain: db.prepare(`UPDATE subject_keys SET state = ${MADE} WHERE scope = ? AND state = ${SHARED}`),
  dropUnused: db.prepare(`DELETE FROM subject_keys WHERE scope = ? AND state = ${SHARED} AND "row" IS NULL`),
});

/**
 * Since when a key is. Where a file was stamped anew, a copy of it may call the same key by the stamp that was before: of all its
 * names the first counts, so that who is erased stays erased whatever the copy says.
 */
const sinceOf = (sql: ReturnType<typeof prepare>, { table, row }: Pick<SealedAt, 'table' | 'row'>, id: string): number => {
  const names = sql.of.all(row, table).filter((other) => isSameKey(other, id));
  return Math.min(stampOfKey(id), ...names.map(stampOfKey));
};

const meet = (sql: ReturnType<typeof prepare>, { table, row }: SealedAt, id: string, { h, scope, erased }: Meeting): Met => {
  const known = sql.find.get(id);
  // Whoever could name a key of somebody else could have it let go of.
  if (!canSeal(id, { table, row }, h) || (known !== undefined && known.scope !== scope)) return 'foreign';
  const isGone = known?.state === GONE || sinceOf(sql, { table, row }, id) < erased;
  if (known === undefined) sql.add.run(id, scope, table, row, null, isGone ? GONE : WANTED);
  else {
    if (known.row === null) sql.name.run(table, row, id);
    if (isGone && known.state !== GONE) sql.drop.run(id);
  }
  return isGone ? 'gone' : (known?.key ?? 'wanted');
};

export type SubjectKeys = ReturnType<typeof createSubjectKeys>;

/** @param random `n` random bytes */
export const createSubjectKeys = (db: Db, random: (n: number) => Uint8Array) => {
  const sql = prepare(db);
  /** The key of somebody, made where there is none; `h`: the stamp of what is to be sealed. */
  const keyOf = (scope: number, table: string, row: string, h: number): SubjectKey => {
    const known = sql.live.get(row, table, h);
    if (known !== undefined) return known;
    const key = Buffer.from(random(KEY_BYTES));
    const id = nameKey(h, { table, row }, key);
    sql.add.run(id, scope, table, row, key, MADE);
    return { id, key };
  };
  const sealOp = (scope: number, { t, c }: Payload, op: WireOp): WireOp => {
    const [h, kind, at, row, base, cols, vals] = op;
    const [table, names] = [t[at] ?? '', c[cols] ?? []];
    const isIn = (value: WireValue, place: number): boolean =>
      value !== null && !isSealed(value) && isPersonal(table, names[place] ?? '');
    if ((kind !== 'i' && kind !== 'u') || !vals.some(isIn)) return op;
    const key = keyOf(scope, table, row, h);
    const sealed = vals.map((value, place): WireValue =>
      isIn(value, place) && !isSealed(value)
        ? sealValue(key, { table, row, register: names[place] ?? '' }, value, random(NONCE_BYTES))
        : value,
    );
    return [h, kind, at, row, base, cols, sealed];
  };
  /** Keys of who was erased at a stamp, but those that were made after it. */
  const endedBy = (subject: Subject, erased: number): readonly string[] =>
    sql.of.all(subject.row, subject.table).filter((id) => sinceOf(sql, subject, id) < erased);
  return {
    /** A payload as others may have it. Call inside the transaction that publishes it. */
    seal: (scope: number, payload: Payload): Payload => ({ ...payload, o: payload.o.map((op) => sealOp(scope, payload, op)) }),
    /** Takes note of whose value it is that a key seals, where something sealed comes in. */
    meet: (at: SealedAt, id: string, meeting: Meeting): Met => meet(sql, at, id, meeting),
    /** Keys that a hub gave. @returns those of whom something waited for one */
    learn: (scope: number, keys: readonly SubjectKey[]): readonly Subject[] =>
      keys.filter(isWhole).flatMap(({ id, key }) => {
        const waited = sql.come.get(key, id);
        if (waited === undefined) sql.add.run(id, scope, null, null, key, SHARED);
        const { tbl: table, row } = waited ?? { tbl: null, row: null };
        return table === null || row === null ? [] : [{ table, row }];
      }),
    /** Lets go of the keys of who was erased at a stamp, but those that were made after it. */
    drop: (subject: Subject, erased: number): void => endedBy(subject, erased).forEach((id) => void sql.drop.run(id)),
    /** Whether one of them is here still: it came to be known by a name that is older than what erased the person. */
    isToDrop: (subject: Subject, erased: number): boolean =>
      endedBy(subject, erased).some((id) => sql.find.get(id)?.state !== GONE),
    /**
     * The row of somebody went to another territory: the hub is to let go of the keys they had in this one.
     * @param as what the row is called there, where this file works there too: it still reads what comes late; else null
     */
    leave({ table, row }: Subject, as: string | null): void {
      for (const id of sql.of.all(row, table)) {
        if (as === null) sql.drop.run(id);
        else sql.retire.run(as, id);
      }
    },
    toGive: (scope: number): readonly SubjectKey[] => sql.toGive.all(scope),
    given: (ids: readonly string[]): void => ids.forEach((id) => void sql.given.run(id)),
    /** What came names them, and they are not here. */
    wanted: (scope: number): readonly string[] => sql.inState.all(scope, WANTED),
    /** Of whom something cannot be read without them. */
    wanting: (scope: number): readonly Subject[] => sql.wanting.all(scope),
    /** The hub is to let go of them. */
    gone: (scope: number): readonly string[] => sql.ended.all(scope),
    knows: (id: string): boolean => sql.find.get(id) !== undefined,
    /** The hub lacks what it had: it is given again. */
    giveAgain: (scope: number): void => void sql.giveAgain.run(scope),
    /** Lets go of keys that nothing here is sealed under; they can be asked for again. */
    dropUnused: (scope: number): void => void sql.dropUnused.run(scope),
  };
};
