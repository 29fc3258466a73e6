/** At the end of what sent rows to another territory: what hangs on them goes along, and no step brings any of it back. */
import type { Db } from '../file/db.ts';
import { dropSteps, wipeLater } from '../subjects/forget.ts';
import { isElsewhere } from '../write/rows.ts';
import type { Left, Row } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { hangingOn } from './elsewhere.ts';

/** Call inside the transaction that `work` belongs to, when all that came with it is merged. */
export const settleLeft = (db: Db, { rows, merge }: WriteParts, work: Work): void => {
  if (work.left.size === 0) return;
  const ways = new Map<string, { readonly left: Left; readonly rows: Row[] }>();
  for (const [row, left] of work.left) {
    const key = `${left.from} ${left.to}`;
    const way = ways.get(key) ?? { left, rows: [] };
    way.rows.push(row);
    ways.set(key, way);
  }
  for (const { left, rows: above } of ways.values())
    for (const row of hangingOn(db, rows, above))
      if (row.scope === left.from && !isElsewhere(row)) merge.parts.elsewhere.leave(work, row, left, { isSwept: true });
  const gone = new Set([...work.left.keys()].map(({ layout, n }) => `${layout.name} ${n}`));
  dropSteps(db, ({ t, n }) => gone.has(`${t} ${n}`));
  wipeLater(db);
};
