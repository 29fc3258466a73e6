/** Whether the first pasted row names columns, and which (UX.md 2.5, step 3). */
import { headerKey } from '../import/headers.ts';

export type Named = { readonly key: string; readonly label: string; readonly aliases?: readonly string[] | undefined };

/** The part of a row's filled cells that must name columns. */
const MOST = 0.6;

/** For each column of the block the key of the column it names, null where it names none. */
export type Mapping = readonly (string | null)[];

/** Null where too few cells of the row name a column, or one is named twice by nearly all of them. */
export const matchHeaders = (row: readonly (string | null)[], columns: readonly Named[]): Mapping | null => {
  const byName = new Map<string, string>();
  // Labels before aliases: what a column is called here wins over what another may be called elsewhere.
  for (const { key, label } of columns) for (const name of [label, key]) byName.set(headerKey(name), key);
  for (const { key, aliases = [] } of columns)
    for (const name of aliases) if (!byName.has(headerKey(name))) byName.set(headerKey(name), key);
  const used = new Set<string>();
  const mapping = row.map((cell) => {
    const key = byName.get(headerKey(cell ?? ''));
    if (key === undefined || headerKey(cell ?? '') === '' || used.has(key)) return null;
    used.add(key);
    return key;
  });
  const filled = row.filter((cell) => (cell ?? '').trim() !== '').length;
  const named = mapping.filter((key) => key !== null).length;
  return named > 0 && named >= filled * MOST ? mapping : null;
};
