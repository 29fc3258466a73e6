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

/** Where cells and quotes end in a text. */
const createFinder = (text: string, delimiter: string) => {
  const end = text.length;
  const separator = delimiter.charCodeAt(0);
  const isLong = delimiter.length > 1;
  const isSeparator = (at: number): boolean => text.charCodeAt(at) === separator && (!isLong || text.startsWith(delimiter, at));
  const endsCell = (at: number): boolean => {
    if (at >= end) return true;
    const code = text.charCodeAt(at);
    return code === LF || code === CR || isSeparator(at);
  };
  return {
    isSeparator,
    endsCell,
    skipSpaces: (from: number): number => {
      let at = from;
      while (text.charCodeAt(at) === SPACE && separator !== SPACE) at += 1;
      return at;
    },
    findEnd: (from: number): number => {
      let at = from;
      while (!endsCell(at)) at += 1;
      return at;
    },
    /** The closing quote of a cell opened at `open`, or -1. */
    findClose: (open: number): number => {
      let at = text.indexOf('"', open + 1);
      while (at >= 0 && text.charCodeAt(at + 1) === QUOTE) at = text.indexOf('"', at + 2);
      return at;
    },
  };
};

export const readRows = (text: string, delimiter: string): RowReader => {
  const { isSeparator, endsCell, skipSpaces, findEnd, findClose } = createFinder(text, delimiter);
  const end = text.length;
  const stray = { count: 0 };
  let at = 0;

  /** A quoted cell, `at` left behind it; null when its quote proves to be an ordinary character. */
  const takeQuoted = (open: number): string | null => {
    const close = findClose(open);
    const after = skipSpaces(close + 1);
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
    const open = skipSpaces(start);
    const quoted = text.charCodeAt(open) === QUOTE ? takeQuoted(open) : null;
    if (quoted !== null) return quoted;
    at = findEnd(start);
    return text.slice(start, at);
  };
  const takeRow = (): string[] => {
    const row = [takeCell()];
    while (at < end && isSeparator(at)) {
      at += delimiter.length;
      row.push(takeCell());
    }
    if (text.charCodeAt(at) === CR) at += 1;
    if (text.charCodeAt(at) === LF) at += 1;
    return row;
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
