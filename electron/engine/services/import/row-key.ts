/** What a row of a file is called: its key cells, or its own text where it has none. */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { hashRow } from '../../../../shared/domain/import/hash.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import type { Bound } from './bind.ts';

const escapePart = (part: string): string => part.replaceAll('%', '%25').replaceAll('/', '%2F');

/** The key of a row: its key cells, joined by `/`; null when all of them are blank. */
export const keyOf = (cells: readonly string[], keyAt: readonly number[]): string | null => {
  const parts = keyAt.map((at) => cleanText(cells[at] ?? ''));
  if (parts.every((part) => part === '')) return null;
  return parts.length === 1 ? (parts[0] ?? '') : parts.map(escapePart).join('/');
};

/** Whether no two rows of a file may have the same key. Names of our own, a contact's at an account, may be of several. */
export const namesRows = ({ keyAt, source: { entry } }: Bound): boolean =>
  entry.own === true ? keyAt.length === 1 : keyAt.length > 0;

/** Rows without a key of their own are told apart by their text and by how often it came before. */
export const createTextKeys = (): ((cells: readonly string[]) => string) => {
  const counts = new Map<string, number>();
  return (cells) => {
    let end = cells.length;
    while (end > 0 && isBlank(cells[end - 1] ?? '')) end -= 1;
    const hash = hashRow(cells.slice(0, end));
    const ordinal = (counts.get(hash) ?? 0) + 1;
    counts.set(hash, ordinal);
    return `#${hash}:${ordinal}`;
  };
};
