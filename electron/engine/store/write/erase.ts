/**
 * Erasing a person (SYNC.md 2.10, DECISIONS.md 4): the personal fields of a row are blanked as an ordinary change, and what
 * they were goes out of everything that remembers: the log, which is sealed anew, the steps of undo, the search, and the
 * places in the file that SQLite had let go of. Only for a log that nobody else has: sealed bytes of a team never change.
 */
import { fieldOf, isTableName, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Change, Erased } from '../api.ts';
import type { BeforeBatch } from '../undo/batch-rows.ts';
import { cellOf } from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { Db } from '../file/db.ts';
import { fieldOfRegister, isCustom } from '../file/layout.ts';
import type { Payload } from '../log/payload.ts';
import type { Row } from './rows.ts';
import { createSearchIndex } from '../read/search.ts';
import { hashSegment, openSegment, sealPayload } from '../log/segments.ts';
import type { Header, Sealed } from '../log/segments.ts';
import { refuseWhileImporting } from '../team/sync-identity.ts';
import type { Transact } from './transact.ts';
import type { UndoEntry } from './work.ts';
import type { WriteParts } from './write-parts.ts';

/** A file up to this size is written anew, which needs as much memory. */
const MOST_REWRITTEN = 512 * 2 ** 20;

type Subject = { readonly table: TableName; readonly id: string; readonly n: number };

/** Whether what a register holds is about the person. What a company added to people is theirs, whatever it is. */
const isPersonal = (table: TableName, register: string): boolean =>
  isCustom(register) || fieldOf(table, fieldOfRegister(register))?.personal === true;

/** The registers of a row that say something of the person. */
const registersOf = (parts: CellParts, row: Row): readonly string[] => {
  const all = new Set([
    ...row.layout.columns.map(({ name }) => name),
    ...Object.keys(row.v),
    ...parts.issues.loadBad(row).keys(),
  ]);
  return [...all].filter((register) => isPersonal(row.layout.name, register) && cellOf(parts, row, register) !== null);
};

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
  first: db
    .prepare<[number, number], number | null>(
      `SELECT min(s.from_seq) FROM history h JOIN segments s ON s.first_n <= h.txn AND s.last_n >= h.txn WHERE h.tbl = ? AND h.n = ?`,
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

/** Seals the log anew from the first piece that speaks of somebody; each piece names the one before it. */
const rewriteLog = (db: Db, { streams, device, tables }: WriteParts, subject: Subject): void => {
  const sql = prepareLog(db);
  const { scope } = streams.local;
  const first = sql.first.get(tables.indexOf(subject.table), subject.n);
  if (typeof first !== 'number') return;
  let before: Buffer | null | undefined;
  for (const idx of sql.from.all(scope, device.idx, first)) {
    const stored = sql.read.get(idx);
    if (stored === undefined) continue;
    const prev: Buffer | null = before === undefined ? stored.prev : before;
    const sealed = sealAgain(stored, prev, subject);
    sql.write.run(prev, sealed.hash, sealed.head, sealed.body, idx);
    before = sealed.hash;
  }
  if (before !== undefined) sql.setHead.run(before, scope, device.idx);
};

/** Steps that would bring it back are no steps any more; batches keep all but what they knew of it. */
const forgetSteps = (db: Db, { tables }: WriteParts, { table, n }: Subject): void => {
  const steps = db.prepare<[], { n: number; data: string }>('SELECT n, data FROM undo_steps WHERE batch IS NULL').all();
  const drop = db.prepare('DELETE FROM undo_steps WHERE n = ?');
  for (const step of steps) {
    const entries = JSON.parse(step.data) as readonly UndoEntry[];
    if (entries.some((entry) => entry.t === table && entry.n === n)) drop.run(step.n);
  }
  const index = tables.indexOf(table);
  const batches = db
    .prepare<[number, number], { batch: number; old: string }>(
      'SELECT batch, old FROM batch_rows WHERE tbl = ? AND n = ? AND old IS NOT NULL',
    )
    .all(index, n);
  const keep = db.prepare('UPDATE batch_rows SET old = ? WHERE batch = ? AND tbl = ? AND n = ?');
  for (const { batch, old } of batches) {
    const before = JSON.parse(old) as BeforeBatch | readonly number[];
    if (Array.isArray(before)) continue;
    const left = Object.entries(before).filter(([register]) => !isPersonal(table, register));
    keep.run(JSON.stringify(Object.fromEntries(left)), batch, index, n);
  }
};

/** Writes the file anew, so that what was let go of is not in it. */
const wipe = (db: Db): boolean => {
  const size = Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  if (size > MOST_REWRITTEN) return false;
  db.exec('VACUUM');
  const [done] = db.pragma('wal_checkpoint(TRUNCATE)') as readonly { readonly busy: number }[];
  return done?.busy === 0;
};

const securely = <T>(db: Db, body: () => T): T => {
  db.pragma('secure_delete = ON');
  try {
    return body();
  } finally {
    db.pragma('secure_delete = OFF');
  }
};

/**
 * @param today the day that is noted on the row
 * @throws AppError `not-found`, `invalid` for a table that is about nobody, `blocked` in a file that is of a team, `busy`
 * while an import runs
 */
export const createErase =
  (db: Db, parts: WriteParts, transact: Transact, today: () => string) =>
  (name: string, id: string, change: Change): Erased => {
    if (!isTableName(name) || tableOf(name).subject !== 'id')
      throw new AppError('invalid', `Rows of “${name}” are about nobody.`, { table: name });
    if (parts.streams.membership() !== null)
      throw new AppError(
        'blocked',
        'This file is of a team, whose other devices and hub have the same history. It cannot be erased there from here. Nothing was changed.',
      );
    refuseWhileImporting(parts);
    return securely(db, () => {
      let fields: readonly string[] = [];
      let subject: Subject = { table: name, id, n: 0 };
      transact.change(
        { ...change, silent: true },
        {},
        (work) => {
          const row = parts.undo.rows.find(name, id);
          if (row === undefined) throw new AppError('not-found', 'There is no such record. Nothing was changed.', { id });
          subject = { table: name, id, n: row.n };
          fields = registersOf(parts.merge.parts, row);
          const blank = fields.map((register): [string, CellValue] => [register, null]);
          if (fields.length > 0) parts.undo.writes.bringBack(work, row, new Map([...blank, ['erased_on', today()]]));
        },
        () => {
          parts.log.seal();
          rewriteLog(db, parts, subject);
          forgetSteps(db, parts, subject);
          createSearchIndex(db).rebuild(name);
        },
      );
      parts.undoLog.reload();
      return { fields, isWiped: wipe(db) };
    });
  };
