/**
 * What a source last told us, per field (DECISIONS.md 7): the hash of its text, with the way it was read where there are
 * several, and, where that differs, the hash of the value it became, so that a change by the source and a change by a person
 * can be told apart. An entry is `text`, `text.value`, either with `@way` behind the text where the way is not the usual one,
 * and with `!` behind it all where a link was not found and is looked for again next time. A blank cell has no entry.
 */
import { hashText } from '../../../../shared/domain/import/hash.ts';
import { isBad, type CellValue } from '../../../../shared/domain/kinds.ts';

export type Seen = Readonly<Record<string, string>>;

/** The key under which a row is marked as no longer in the file. */
export const MISSING = '-';

export const parseSeen = (json: string | null): Seen => {
  if (json === null) return {};
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? (value as Seen) : {};
  } catch {
    return {};
  }
};

/** As the store keeps JSON: keys sorted. */
export const writeSeen = (seen: Seen): string =>
  JSON.stringify(Object.fromEntries(Object.entries(seen).toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))));

export const hashValue = (value: CellValue): string =>
  value === null ? '' : hashText(isBad(value) ? `!${value['!'].join('!')}` : String(value));

/** @param way which way of several the text is read; empty = the usual one */
export const hashSource = (text: string, way: string): string => {
  const trimmed = text.trim();
  return trimmed === '' ? '' : `${hashText(trimmed)}${way === '' ? '' : `@${way}`}`;
};

/** Whether two sources have the same text, however it was read. */
export const isSameText = (a: string, b: string): boolean => a.split('@', 1)[0] === b.split('@', 1)[0];

/** The entry of a cell; undefined for a blank one. */
export const seenEntry = (text: string, way: string, value: CellValue, isOpen: boolean): string | undefined => {
  const source = hashSource(text, way);
  if (source === '') return undefined;
  const made = typeof value === 'string' && value === text.trim() ? source : hashValue(value);
  return `${source}${made === source ? '' : `.${made}`}${isOpen ? '!' : ''}`;
};

export type SeenCell = {
  /** Hash of the text the source gave last. */
  readonly source: string;
  /** Hash of the value it became. */
  readonly value: string;
  /** A link that was not found then. */
  readonly isOpen: boolean;
};

export const readEntry = (entry: string | undefined): SeenCell => {
  if (entry === undefined) return { source: '', value: '', isOpen: false };
  const isOpen = entry.endsWith('!');
  const bare = isOpen ? entry.slice(0, -1) : entry;
  const dot = bare.indexOf('.');
  return dot < 0 ? { source: bare, value: bare, isOpen } : { source: bare.slice(0, dot), value: bare.slice(dot + 1), isOpen };
};
