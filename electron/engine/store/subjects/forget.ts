/**
 * Forgetting a person in this file (SYNC.md 2.10): what was said of them goes out of everything that remembers it, and the keys
 * it was published under go with it. The row stays, with its stamps: who did what with it, and when.
 */
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import type { Payload } from '../log/payload.ts';
import { hashSegment, openSegment, sealPayload } from '../log/segments.ts';
import type { Header, Sealed } from '../log/segments.ts';
import type { BeforeBatch } from '../undo/batch-rows.ts';
import type { Row } from '../write/rows.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import type { TableIndex } from '../file/local.ts';
import type { UndoEntry, Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { createSearchIndex } from '../read/search.ts';
import { erasedAt, isErasable, isPersonal } from './personal.ts';

/** A file up to this size is written anew, which needs as much memory. */
const MOST_REWRITTEN = 512 * 2 ** 20;

type Subject = { readonly table: TableName; readonly id: string; readonly n: number };

/** A payload without what it says about somebody; null where it says nothing. Ops, stamps and counts stay. */
const without = (payload: Payload, { table, id }: Subject): Payload | null => {
  let isChanged = false;
  const o = payload.o.map((op): Payload['o'][number] => {
    const [h, kind, at, row, base, cols, vals] = op;
    if ((kind !== 'i' && kind !== 'u') || row !== id || payload.t[at] !== table) return op;
    const names = payload.c[cols] ?? [];
    isChanged ||= names.some((name, place) => isPersonal(table, name) && vals[place] !== null);
    return [h, kind, at, row, base, cols, vals.map((value, place) => (isPersonal(table, names[place] ?? '') ? null : value))];
  });
  return isChanged ? { ...payload, o } : null;
};

type Stored = { readonly head: string; readonly body: Buffer; readonly prev: Buffer | null };

const prepareLog = (db: Db) => ({
  devices: db.prepare<[number], number>('SELECT DISTINCT dev FROM segments WHERE scope = ?').pluck(),
  first: db
    .prepare<[number, number, number, number], number | null>(
      `SELECT min(s.from_seq) FROM history h JOIN segments s ON s.first_n <= h.txn AND s.last_n >= h.txn
       WHERE h.tbl = ? AND h.n = ? AND s.scope = ? AND s.dev = ?`,
    )
    .pluck(),
  from: db
    .prepare<[number, number, number], number>(
      'SELECT idx FROM segments WHERE scope = ? AND dev = ? AND from_seq >= ? ORDER BY from_seq',
    )
    .pluck(),
  read: db.prepare<[number], Stored>('SELECT head, body, prev FROM segments WHERE idx = ?'),
  write: db.prepare('UPDATE segments SET prev = ?, hash = ?, head = ?, body = ? WHERE idx = ?'),
  setHead: db.prepare('UPDATE cursor SET hash = ? WHERE scope = ? AND dev = ?'),
});

const sealAgain = ({ head, body }: Stored, before: Buffer | null, subject: Subject): Sealed => {
  const header: Header = { ...(JSON.parse(head) as Header), prev: before?.toString('hex') ?? null };
  const kept = without(openSegment(body), subject);
  if (kept !== null) return sealPayload(kept, header);
  const renamed = `${JSON.stringify(header)}\n`;
  return { head: renamed, body, hash: hashSegment(renamed, body) };
};

type At = readonly [scope: number, device: number];

const rewriteStream = (sql: ReturnType<typeof prepareLog>, tables: TableIndex, at: At, subject: Subject): void => {
  const first = sql.first.get(tables.indexOf(subject.table), subject.n, ...at);
  if (typeof first !== 'number') return;
  let before: Buffer | null | undefined;
  for (const idx of sql.from.all(...at, first)) {
    const stored = sql.read.get(idx);
    if (stored === undefined) continue;
    const prev: Buffer | null = before === undefined ? stored.prev : before;
    const sealed = sealAgain(stored, prev, subject);
    sql.write.run(prev, sealed.hash, sealed.head, sealed.body, idx);
    before = sealed.hash;
  }
  if (before !== undefined) sql.setHead.run(before, ...at);
};

/**
 * Seals the log that nobody else has anew, from the first piece that speaks of somebody; each piece names the one before it.
 * What was published is sealed under keys, and stays as it is.
 */
const rewriteLog = (db: Db, { streams, tables }: WriteParts, subject: Subject): void => {
  const sql = prepareLog(db);
  // Of this device, and of those that the file was before.
  for (const device of sql.devices.all(streams.local.scope)) rewriteStream(sql, tables, [streams.local.scope, device], subject);
};

/** Steps that would bring back what was let go of are no steps any more. */
export const dropSteps = (db: Db, isGone: (entry: UndoEntry) => boolean): void => {
  const steps = db.prepare<[], { n: number; data: string }>('SELECT n, data FROM undo_steps WHERE batch IS NULL').all();
  const drop = db.prepare('DELETE FROM undo_steps WHERE n = ?');
  for (const step of steps) if ((JSON.parse(step.data) as readonly UndoEntry[]).some(isGone)) drop.run(step.n);
};

/** No step brings it back; batches keep all but what they knew of it. */
const forgetSteps = (db: Db, { tables }: WriteParts, subjects: readonly Subject[]): void => {
  dropSteps(db, (entry) => subjects.some(({ table, n }) => entry.t === table && entry.n === n));
  const known = db.prepare<[number, number], { batch: number; old: string }>(
    'SELECT batch, old FROM batch_rows WHERE tbl = ? AND n = ? AND old IS NOT NULL',
  );
  const keep = db.prepare('UPDATE batch_rows SET old = ? WHERE batch = ? AND tbl = ? AND n = ?');
  for (const { table, n } of subjects) {
    const index = tables.indexOf(table);
    for (const { batch, old } of known.all(index, n)) {
      const before = JSON.parse(old) as BeforeBatch | readonly number[];
      if (Array.isArray(before)) continue;
      const left = Object.entries(before).filter(([register]) => !isPersonal(table, register));
      keep.run(JSON.stringify(Object.fromEntries(left)), batch, index, n);
    }
  }
};

/** That the file is to be written anew, until it was. */
const DUE = 'wipe_due';

/** Notes that something was let go of which is to be in no free place of the file. Call inside the transaction. */
export const wipeLater = (db: Db): void => writeMeta(db, DUE, true);

/**
 * Forgets whom rows are about, up to the changes that erased them, which are on the rows already. Call inside the transaction
 * that `work` belongs to, with all that waited to be sealed before those changes sealed, so that it is under the keys that go;
 * after it, the file is to be wiped.
 */
export const forgetPeople = (db: Db, parts: WriteParts, work: Work, rows: Iterable<Row>): void => {
  const subjects: Subject[] = [];
  for (const row of rows) {
    const { name: table } = row.layout;
    const subject = { table, id: row.id, n: row.n };
    parts.subjects.drop({ table, row: row.id }, erasedAt(row));
    rewriteLog(db, parts, subject);
    parts.refill(work, row);
    subjects.push(subject);
  }
  forgetSteps(db, parts, subjects);
  wipeLater(db);
};

const sizeOf = (db: Db): number =>
  Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));

/** What the search was told of words is told again: its index keeps some of what was taken out of it. */
const rebuildSearch = (db: Db): void => {
  const search = createSearchIndex(db);
  db.transaction(() => tableNames.filter(isErasable).forEach((table) => search.rebuild(table))).immediate();
};

/** Whether the file was written anew; not where it is too large, somebody reads it, or the disk is full. */
const rewrite = (db: Db): boolean => {
  try {
    rebuildSearch(db);
    const isSmall = sizeOf(db) <= MOST_REWRITTEN;
    if (isSmall) db.exec('VACUUM');
    const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
    return isSmall && done?.busy === 0;
  } catch {
    return false;
  }
};

/**
 * Writes the file anew where somebody was forgotten since it last was, so that what was let go of is not in it. Call outside of
 * transactions, again when the file is opened.
 * @returns false where it could not be done now
 */
export const wipe = (db: Db): boolean => {
  if (readMeta(db, DUE) !== true) return true;
  const isDone = rewrite(db);
  if (isDone) writeMeta(db, DUE, false);
  return isDone;
};

/** What is written over is not left in free places of the file. */
export const securely = <T>(db: Db, body: () => T): T => {
  db.pragma('secure_delete = ON');
  try {
    return body();
  } finally {
    db.pragma('secure_delete = OFF');
  }
};
