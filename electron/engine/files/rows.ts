/**
 * Separated text to cells. Written here because real files break what a plain parser assumes: line ends that change
 * half-way, a stray quote that would swallow the rest of the file, text behind a closing quote. A row ends at CR, LF
 * or CR LF outside quotes; a quote that closes nowhere sensible is an ordinary character; nothing is ever dropped.
 */

export type RowReader = {
  /** The next rows, at most `count`; an empty list at the end. */
  next(count: number): string[][];
  /** Part of the text that is read, 0 to 1. */
  progress(): number;
  /** Quotes that stood where none can be, and were kept as text. */
  readonly stray: { count: number };
};

const QUOTE = 34;
const CR = 13;
const LF = 10;
const SPACE = 32;

export const readRows = (text: string, delimiter: string): RowReader => {
  const end = text.length;
  const separator = delimiter.charCodeAt(0);
  const isLong = delimiter.length > 1;
  const stray = { count: 0 };
  let at = 0;

  const isSeparator = (i: number): boolean => text.charCodeAt(i) === separator && (!isLong || text.startsWith(delimiter, i));
  const endsCell = (i: number): boolean => {
    if (i >= end) return true;
    const code = text.charCodeAt(i);
    return code === LF || code === CR || isSeparator(i);
  };
  const findEnd = (from: number): number => {
    let i = from;
    while (!endsCell(i)) i += 1;
    return i;
  };

  /** The closing quote of a cell opened at `open`, or -1. */
  const findClose = (open: number): number => {
    let i = text.indexOf('"', open + 1);
    while (i >= 0 && text.charCodeAt(i + 1) === QUOTE) i = text.indexOf('"', i + 2);
    return i;
  };

  /** A quoted cell, `at` left behind it; null when its quote proves to be an ordinary character. */
  const takeQuoted = (open: number): string | null => {
    const close = findClose(open);
    let after = close + 1;
    while (text.charCodeAt(after) === SPACE && separator !== SPACE) after += 1;
    if (close < 0 || !endsCell(after)) {
      stray.count += 1;
      return null;
    }
    at = after;
    const inner = text.slice(open + 1, close);
    return inner.includes('"') ? inner.replaceAll('""', '"') : inner;
  };

  const takeCell = (): string => {
    const start = at;
    let open = start;
    while (text.charCodeAt(open) === SPACE && separator !== SPACE) open += 1;
    if (text.charCodeAt(open) === QUOTE) {
      const quoted = takeQuoted(open);
      if (quoted !== null) return quoted;
    }
    at = findEnd(start);
    return text.slice(start, at);
  };

  const takeRow = (): string[] => {
    const row: string[] = [];
    for (;;) {
      row.push(takeCell());
      if (at < end && isSeparator(at)) {
        at += delimiter.length;
        continue;
      }
      if (text.charCodeAt(at) === CR) at += 1;
      if (text.charCodeAt(at) === LF) at += 1;
      return row;
    }
  };

  return {
    stray,
    progress: () => (end === 0 ? 1 : at / end),
    next: (count) => {
      const rows: string[][] = [];
      while (at < end && rows.length < count) rows.push(takeRow());
      return rows;
    },
  };
};
