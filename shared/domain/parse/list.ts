/**
 * A list in one cell: `work: 020 7946 0958; mobile: 07700 900123`. Stored as JSON `[[label, value], …]`. A part that
 * would be read otherwise stands in double quotes, so that what an editor shows is read back as it was.
 */

type ListItem = readonly [label: string, value: string];

/** A label: a word or a few, then a colon that no `//` follows (`https://…` has none). */
const LABELLED = /^([\p{L}][\p{L}\p{N} ._-]{0,38}):(?!\/\/)\s*(.*)$/su;
const QUOTED = /^"((?:[^"]|"")*)"$/s;

const unquote = (text: string): string => {
  const inner = QUOTED.exec(text.trim())?.[1];
  return inner === undefined ? text.trim() : inner.replaceAll('""', '"');
};

/** Splits at semicolons and line ends that stand outside quotes. */
const split = (text: string): readonly string[] => text.match(/(?:"(?:[^"]|"")*"|[^;\n])+/gu) ?? [];

const readItem = (part: string): ListItem => {
  const labelled = QUOTED.test(part.trim()) ? null : LABELLED.exec(part.trim());
  return labelled ? [(labelled[1] ?? '').trim(), unquote(labelled[2] ?? '')] : ['', unquote(part)];
};

/** The stored JSON of a list, or null where nothing is in it. */
export const readList = (text: string): string | null => {
  const items = split(text)
    .map(readItem)
    .filter(([, value]) => value !== '');
  return items.length === 0 ? null : JSON.stringify(items);
};

const isItem = (value: unknown): value is ListItem =>
  Array.isArray(value) && value.length === 2 && typeof value[0] === 'string' && typeof value[1] === 'string';

/** The items of a stored list; what is no list is shown as one item and never dropped. */
export const listItems = (stored: string): readonly ListItem[] => {
  try {
    const value: unknown = JSON.parse(stored);
    if (Array.isArray(value) && value.every(isItem)) return value;
  } catch {
    // Not JSON: falls through to the text itself.
  }
  return [['', stored]];
};

const needsQuotes = (label: string, value: string): boolean =>
  /[;\n"]/.test(value) || value !== value.trim() || (label === '' && LABELLED.test(value));

/** The list as one line that `readList` reads back. */
export const writeList = (stored: string): string =>
  listItems(stored)
    .map(([label, value]) => {
      const shown = needsQuotes(label, value) ? `"${value.replaceAll('"', '""')}"` : value;
      return label === '' ? shown : `${label}: ${shown}`;
    })
    .join('; ');
