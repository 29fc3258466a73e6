/** At the end of what sent rows to another territory: what hangs on them goes along, and no step brings any of it back. */
import type { Db } from '../file/db.ts';
import { dropSteps, wipeLater } from '../subjects/forget.ts';
import { isElsewhere } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import type { Left, Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { hangingOn } from './elsewhere.ts';

/** Call inside the transaction that `work` belongs to, when all that came with it is merged. */
export const settleLeft = (db: Db, { rows, merge }: WriteParts, work: Work): void => {
  if (work.left.size === 0) return;
  const byWay = Map.groupBy(work.left, ([, { from, to }]) => `${from} ${to}`);
  for (const way of byWay.values()) {
    const [[, left]] = way as [[Row, Left]];
    for (const row of hangingOn(
      db,
      rows,
      way.map(([gone]) => gone),
    ))
      if (row.scope === left.from && !isElsewhere(row)) merge.parts.elsewhere.leave(work, row, left);
  }
  const gone = new Set([...work.left.keys()].map(({ layout, n }) => `${layout.name} ${n}`));
  dropSteps(db, ({ t, n }) => gone.has(`${t} ${n}`));
  wipeLater(db);
};
