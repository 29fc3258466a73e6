/** An account on its way to another territory, and how its rows are written: so many in a transaction. */
import type { Change } from '../api.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { isElsewhere } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';

/** Rows of a transaction: so many are changed at once by whoever takes them. */
export const PER_TRANSACTION = 2000;

export type Moving = {
  readonly db: Db;
  readonly parts: WriteParts;
  readonly transact: Transact;
  readonly change: Change;
  readonly to: string;
  /** The last stamp that was known here when it began. */
  readonly since: number;
};

/** Writes of each row that is still here. `end` is done once in each transaction, after its rows. */
export const writeEach = (
  { parts, transact, change }: Moving,
  rows: readonly Row[],
  write: (work: Work, row: Row) => void,
  end: (work: Work) => void = () => undefined,
): void => {
  const left = rows.map(({ layout, id }): readonly [TableName, string] => [layout.name, id]);
  while (left.length > 0)
    transact.change(
      change,
      {},
      (work) => {
        for (const [table, id] of left.splice(0, PER_TRANSACTION)) {
          const row = parts.rows.find(table, id);
          if (row !== undefined && !isElsewhere(row)) write(work, row);
        }
        end(work);
      },
      () => undefined,
    );
};
