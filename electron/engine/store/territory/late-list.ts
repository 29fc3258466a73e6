/** What came late of rows that went to another territory, until it is passed on there. */
import type { Source } from '../api.ts';
import type { Db } from '../file/db.ts';
import type { Op } from '../log/payload.ts';
import type { Stamp } from '../write/rows.ts';

/**
 * `scope`: that it was written in; `to`: the index of the scope that its row is in now; `beside`: the registers of which its author
 * had not seen what went.
 */
export type Late = {
  readonly to: number;
  readonly scope: number;
  readonly stamp: Stamp;
  readonly op: Op;
  readonly actor: string;
  readonly source: Source;
  readonly beside?: readonly string[];
};

export const createLateList = (db: Db) => {
  const put = db.prepare('INSERT INTO late(part) VALUES(?)');
  const all = db.prepare<[], { idx: number; part: string }>('SELECT idx, part FROM late ORDER BY idx');
  const removeOf = db.prepare(
    `DELETE FROM late WHERE json_extract(part, '$.op.table') = ? AND json_extract(part, '$.op.row') = ?`,
  );
  const remove = db.prepare('DELETE FROM late WHERE idx = ?');
  return {
    keep: (late: Late): void => void put.run(JSON.stringify(late)),
    all: (): readonly { readonly idx: number; readonly late: Late }[] =>
      all.all().map(({ idx, part }) => ({ idx, late: JSON.parse(part) as Late })),
    /** What waits of a row is not passed on. */
    forget: (table: string, row: string): void => void removeOf.run(table, row),
    remove: (idx: number): void => void remove.run(idx),
  };
};
