/**
 * Where the table of a file begins, what its columns are called, and which rows are furniture of a report:
 * titles above, totals below. Nothing is dropped on a guess: what is left out is listed with its text.
 */
import { foldText } from '../fold.ts';
import { readDate } from './dates.ts';
import { isBlank, type Evidence } from './evidence.ts';
import { readNumber } from './numbers.ts';

/** Rows looked at for a header. */
const LOOKED_AT = 60;
const SAMPLE = 200;

export type Headers = Evidence & {
  /** Index of the first row below the header. */
  readonly start: number;
  /** The row the headers stand in, counted from 1; 0 = none. */
  readonly row: number;
  /** One name per column, no two the same. */
  readonly names: readonly string[];
};

const filled = (row: readonly string[]): number => row.reduce((count, cell) => count + (isBlank(cell) ? 0 : 1), 0);
const isData = (cell: string): boolean => readNumber(cell) !== null || readDate(cell, 2000) !== null;

/** How a header is compared: without case, marks, white space and punctuation. `Order ID` and `order_id` are one. */
export const headerKey = (header: string): string => foldText(header).replace(/[^\p{L}\p{N}#]+/gu, '');

/**
 * Names for columns: the header's own text; `#3` where it is blank; `Name (2)` for the second of its name.
 */
const nameColumns = (cells: readonly string[], width: number): readonly string[] => {
  const used = new Set<string>();
  return Array.from({ length: width }, (_, at) => {
    const text = (cells[at] ?? '').replace(/\s+/gu, ' ').trim();
    const base = text === '' ? `#${at + 1}` : text;
    let name = base;
    for (let n = 2; used.has(name); n += 1) name = `${base} (${n})`;
    used.add(name);
    return name;
  });
};

/** The most common count of filled cells among the rows of a table, the wider where two are equal. */
const usualWidth = (rows: readonly (readonly string[])[]): number => {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const count = filled(row);
    if (count > 0) counts.set(count, (counts.get(count) ?? 0) + 1);
  }
  let best = 0;
  for (const [width, count] of counts) {
    const most = counts.get(best) ?? 0;
    if (count > most || (count === most && width > best)) best = width;
  }
  return best;
};

/** Whether a row can name columns: most of the table's columns, all words, no two the same. */
const canHead = (row: readonly string[], width: number): boolean => {
  const cells = row.filter((cell) => !isBlank(cell));
  return cells.length >= Math.max(1, Math.ceil(width * 0.6)) && cells.filter(isData).length <= cells.length * 0.2;
};

/** Whether the rows below look different from words in at least one column where this row has a word. */
const headsData = (row: readonly string[], below: readonly (readonly string[])[]): boolean =>
  row.some((cell, at) => !isBlank(cell) && !isData(cell) && below.some((data) => isData(data[at] ?? '')));

/** Two header rows where the upper spans columns: `2025 Qty`, `2026 Qty` instead of `Qty`, `Qty (2)`. */
const withGroups = (rows: readonly (readonly string[])[], at: number): readonly string[] | null => {
  const head = rows[at] ?? [];
  const above = rows[at - 1] ?? [];
  const names = head.map((cell) => headerKey(cell)).filter(Boolean);
  const isRepeated = new Set(names).size < names.length;
  if (!isRepeated || filled(above) < 2 || filled(above) > filled(head)) return null;
  let group = '';
  return head.map((cell, column) => {
    const over = (above[column] ?? '').trim();
    if (over !== '') group = over;
    return `${group} ${cell}`.trim();
  });
};

const widest = (rows: readonly (readonly string[])[]): number => rows.reduce((most, row) => Math.max(most, row.length), 0);

const headAt = (rows: readonly (readonly string[])[], at: number, sure: boolean, because: readonly string[]): Headers => {
  const grouped = withGroups(rows, at);
  const above = rows.slice(0, grouped ? at - 1 : at).filter((row) => filled(row) > 0);
  return {
    row: at + 1,
    start: at + 1,
    names: nameColumns(grouped ?? rows[at] ?? [], widest(rows)),
    answer: `row ${at + 1}`,
    sure,
    because: [
      ...because,
      ...(grouped ? [`row ${at} spans the columns below it and is part of their names`] : []),
      ...above.map(
        (row) =>
          `above the table: “${row
            .filter((cell) => !isBlank(cell))
            .join(' · ')
            .slice(0, 120)}”`,
      ),
    ],
  };
};

const headless = (rows: readonly (readonly string[])[], sure: boolean, because: readonly string[]): Headers => ({
  row: 0,
  start: 0,
  names: nameColumns([], widest(rows)),
  answer: 'none',
  sure,
  because,
});

/** The row that holds most of the headers a recipe names, when it holds at least half of them. */
const byNames = (rows: readonly (readonly string[])[], known: ReadonlySet<string>): Headers | null => {
  let best = -1;
  let most = 0;
  rows.slice(0, LOOKED_AT).forEach((row, at) => {
    const hits = new Set(row.map(headerKey).filter((key) => known.has(key))).size;
    if (hits > most) [best, most] = [at, hits];
  });
  if (best < 0 || most * 2 < known.size) return null;
  return headAt(rows, best, true, [`row ${best + 1} holds ${most} of the ${known.size} headers the recipe names`]);
};

/**
 * Finds the header row.
 * @param given the row from 1, 0 for none, null to find it
 * @param known headers that a recipe names
 */
export const findHeaders = (
  rows: readonly (readonly string[])[],
  given: number | null,
  known: readonly string[] = [],
): Headers => {
  if (given === 0) return headless(rows, true, ['the recipe says that there is none']);
  if (given !== null) return headAt(rows, given - 1, true, ['given']);
  const named = byNames(
    rows,
    new Set(
      known
        .filter((name) => !/^#\d+$/.test(name))
        .map(headerKey)
        .filter(Boolean),
    ),
  );
  if (named) return named;
  const width = usualWidth(rows.slice(0, SAMPLE));
  for (const [at, row] of rows.slice(0, LOOKED_AT).entries()) {
    if (!canHead(row, width)) {
      if (filled(row) >= Math.ceil(width * 0.6) && row.some(isData)) break;
      continue;
    }
    const below = rows.slice(at + 1, at + 1 + SAMPLE);
    if (below.length === 0 || headsData(row, below)) {
      return headAt(rows, at, true, [`row ${at + 1} has words where the rows below have numbers or dates`]);
    }
    return headAt(rows, at, false, [`row ${at + 1} is the first with ${filled(row)} of ${width} columns, all of them words`]);
  }
  return headless(rows, false, ['the first full row already holds numbers or dates']);
};

const TOTAL = /^(?:grand\s+|sub-?\s*|report\s+|sum\s+)?totals?\b|^(?:summe|gesamt|total général)\b/i;
const NOTE = /^(?:confidential|copyright|©|generated (?:by|on)|report (?:generated|run)|source:|notes?:|page \d|\*)/i;

/** Whether a row is furniture of a report: a totals row, or a note in one cell of a table of several columns. */
export const isFurniture = (row: readonly string[], columns: number): boolean => {
  const cells = row.filter((cell) => !isBlank(cell));
  const first = cells[0]?.trim() ?? '';
  if (columns < 3 || cells.length === 0 || cells.length > Math.max(1, columns * 0.6)) return false;
  if (TOTAL.test(first)) return cells.slice(1).every((cell) => readNumber(cell) !== null);
  return cells.length === 1 && NOTE.test(first);
};
