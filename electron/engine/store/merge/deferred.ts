/**
 * Ops set aside because this build has no table, field or kind for them (SYNC.md 2.9). They are kept with all that is
 * needed to merge them later, and tried again when the schema has grown.
 */
import type { Db } from '../db.ts';
import type { Op } from '../payload.ts';
import type { Within } from './transition.ts';

/** `txn`, `pos`: where the op stands in the log of this file. */
export type Deferred = {
  readonly scope: number;
  readonly dev: string;
  readonly txn: number;
  readonly pos: number;
  readonly within: Within;
  readonly op: Op;
};

export const createDeferred = (db: Db) => {
  const put = db.prepare('INSERT INTO deferred(part, sv) VALUES(?, ?)');
  const all = db.prepare<[], { idx: number; part: string }>('SELECT idx, part FROM deferred ORDER BY idx');
  const remove = db.prepare('DELETE FROM deferred WHERE idx = ?');
  return {
    /** @param sv the schema of who wrote it */
    keep: (deferred: Deferred, sv: number): void => void put.run(JSON.stringify(deferred), sv),
    /** Tries each again, in the order they came; those that merge are let go. */
    retry(merge: (deferred: Deferred) => boolean): void {
      for (const { idx, part } of all.all()) if (merge(JSON.parse(part) as Deferred)) remove.run(idx);
    },
  };
};
