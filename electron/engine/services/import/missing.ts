/** Records whose source no longer names them (`missing: inactive`): marked once, and left alone if a person changes that. */
import { matchKey } from '../../../../shared/domain/fold.ts';
import type { Reader, StorePatch } from '../../store/api.ts';
import { inactiveOf } from './recipe.ts';
import type { RowPlanner } from './rows.ts';
import { MISSING, parseSeen, writeSeen } from './seen.ts';

/** The patches that mark them; one pass over the keys of the source's system. */
export const inactivateMissing = (store: Reader, planner: RowPlanner, all: readonly RowPlanner[]): readonly StorePatch[] => {
  const { entry } = planner.identified.bound.source;
  const inactive = entry.missing === 'inactive' ? inactiveOf(entry.table) : null;
  if (inactive === null) return [];
  const alike = all.filter(({ identified: { bound } }) => bound.source.entry.system === entry.system);
  const here = new Set(alike.flatMap(({ identified }) => identified.rows.map((row) => matchKey(row.key))));
  const patches: StorePatch[] = [];
  for (const id of store.match('external_refs', 'system', entry.system)) {
    const ref = store.get('external_refs', id);
    const [key, row, seen] = [
      ref?.['key'],
      ref?.['row'],
      parseSeen(ref?.['seen'] === null ? null : String(ref?.['seen'] ?? '{}')),
    ];
    if (ref?.['table'] !== entry.table || typeof key !== 'string' || typeof row !== 'string') continue;
    if (here.has(matchKey(key)) || seen[MISSING] !== undefined || store.get(entry.table, row) === undefined) continue;
    patches.push({ kind: 'update', table: entry.table, id: row, values: { [inactive.field]: inactive.inactive } });
    patches.push({ kind: 'update', table: 'external_refs', id, values: { seen: writeSeen({ ...seen, [MISSING]: '1' }) } });
    planner.tally.inactivated += 1;
  }
  return patches;
};
