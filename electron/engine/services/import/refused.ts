/** Rows that are not written whatever their cells say: whose they are nobody can know. The file has to be put right. */
import type { SourceRow } from './identify.ts';

export const isRefused = ({ fate }: SourceRow): boolean => fate === 'clash' || fate === 'unclear';

const SHOWN = 10;

const listed = (rows: readonly number[]): string => {
  const shown = rows.slice(0, SHOWN);
  return rows.length > SHOWN
    ? `${shown.join(', ')} and ${rows.length - SHOWN} more`
    : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
};

/** Which rows have a key that should be of one: `“HARB” stands twice in this file: rows 4 and 9`. */
export const sayTwice = (key: string, rows: readonly number[]): string =>
  `“${key}” stands ${rows.length === 2 ? 'twice' : `${rows.length} times`} in this file: rows ${listed(rows)}`;

export const refusedReason = ({ fate, key, among }: SourceRow): string =>
  fate === 'clash'
    ? `${sayTwice(key, among)}, and they do not say the same. None is taken until one is left.`
    : 'Several records here are called so, or another row is this one already. Export all columns: the ID among them tells records apart.';
