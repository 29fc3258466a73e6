/**
 * Ops set aside because this build has no table, field or kind for them (SYNC.md 2.9). They are kept with all that is
 * needed to merge them later, and tried again when the schema has grown.
 */
import type { Db } from '../file/db.ts';
import type { Op } from '../log/payload.ts';
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
  // By stamp, then device: what an op is based on was written before it, and is merged before it.
  const all = db
    .prepare<[], number>(`SELECT idx FROM deferred ORDER BY json_extract(part, '$.op.h'), json_extract(part, '$.dev'), idx`)
    .pluck();
  const part = db.prepare<[number], string>('SELECT part FROM deferred WHERE idx = ?').pluck();
  const remove = db.prepare('DELETE FROM deferred WHERE idx = ?');
  const at = db
    .prepare<[number, string], number>(
      `SELECT 1 FROM deferred WHERE json_extract(part, '$.op.h') = ? AND json_extract(part, '$.dev') = ? LIMIT 1`,
    )
    .pluck();
  return {
    /** Whether the op of a stamp is here and was not merged. */
    holds: (h: number, dev: string): boolean => at.get(h, dev) !== undefined,
    /** @param sv the schema of who wrote it */
    keep: (deferred: Deferred, sv: number): void => void put.run(JSON.stringify(deferred), sv),
    /** Tries each again, in the order of their stamps; those that merge are let go. */
    retry(merge: (deferred: Deferred) => boolean): void {
      for (const idx of all.all()) {
        const text = part.get(idx);
        if (text !== undefined && merge(JSON.parse(text) as Deferred)) remove.run(idx);
      }
    },
  };
};
