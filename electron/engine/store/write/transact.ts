/** One SQLite transaction of the writer: begun, finished, durable, and then told; or rolled back with all it counted. */
import { statSync } from 'node:fs';
import type { Emit } from '../../env.ts';
import type { Change } from '../api.ts';
import { toAppError } from '../file/db.ts';
import type { Db } from '../file/db.ts';
import type { Finished } from './finish.ts';
import { createWork } from './work.ts';
import type { Work, WorkOptions, WorkParts } from './work.ts';
import type { WriteParts } from './write-parts.ts';

const MAX_WAL_BYTES = 64 * 2 ** 20;
/** How long closing waits for somebody who reads; the host ends an engine that takes long. */
const FOLD_WAIT_MS = 250;
/** Above this many ids a change is told by table only. */
const MAX_IDS = 500;

export type Transact = ReturnType<typeof createTransact>;

export const workParts = ({ device, hlc, streams }: WriteParts): WorkParts => ({
  device: device.idx,
  now: () => hlc.now(),
  streams,
});

const tell = (emit: Emit, rows: Finished['rows']): void => {
  if (rows.length === 0) return;
  const ids: Record<string, string[]> = {};
  for (const { table, id } of rows) (ids[table] ??= []).push(id);
  const tables = Object.entries(ids).map(([table, list]) => [table, list.length > MAX_IDS ? {} : { ids: list }] as const);
  emit('changed', { tables: Object.fromEntries(tables) });
};

export const createTransact = (db: Db, path: string, parts: WriteParts, emit: Emit) => {
  /** Cut back whenever it was checkpointed whole, so its size is what waits. */
  const walBytes = (): number => statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const checkpoint = (): void => void db.pragma('wal_checkpoint(PASSIVE)');
  /**
   * Puts everything into the file itself. SQLite does so when its last connection closes, but not when that one only
   * reads; a file left so would look damaged, or old, to whoever copies it without what lies beside it.
   */
  const fold = (): void => {
    db.pragma(`busy_timeout = ${FOLD_WAIT_MS}`);
    db.pragma('wal_checkpoint(TRUNCATE)');
  };

  /**
   * Commits without waiting for the disk. A part of a batch that has not ended counts for nothing after a power cut: the
   * next start takes the batch back, and the commit that ends it puts all before it on the disk.
   */
  const withoutWaiting = <T>(commit: () => T): T => {
    db.pragma('synchronous = NORMAL');
    try {
      return commit();
    } finally {
      db.pragma('synchronous = FULL');
    }
  };

  const run = <T>(body: () => T, isPart = false): T => {
    const commit = (): T => db.transaction(body).immediate();
    try {
      const result = isPart ? withoutWaiting(commit) : commit();
      if (walBytes() > MAX_WAL_BYTES) checkpoint();
      return result;
    } catch (error) {
      parts.log.reload();
      parts.streams.load();
      parts.undoLog.reload();
      throw toAppError(error);
    } finally {
      parts.settle();
    }
  };

  return {
    checkpoint,
    fold,
    /** A transaction that changes no business rows, or tells of them by itself. */
    run,
    /** Tells of rows anywhere in some tables. */
    tellOf: (tables: ReadonlySet<string>): void =>
      emit('changed', { tables: Object.fromEntries([...tables].map((table) => [table, {}])) }),
    /** A transaction of business rows; `after` writes what must commit with it. */
    change<T>(change: Change, options: WorkOptions, body: (work: Work) => void, after: (work: Work, finished: Finished) => T): T {
      const work = createWork(change, workParts(parts), options);
      const [finished, result] = run(() => {
        body(work);
        const done = parts.finish(work);
        return [done, after(work, done)] as const;
      }, options.batch !== undefined);
      tell(emit, finished.rows);
      return result;
    },
  };
};
