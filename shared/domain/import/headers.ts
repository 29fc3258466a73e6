/**
 * Where the table of a file begins, what its columns are called, and which rows are furniture of a report:
 * titles above, totals below. Nothing is dropped on a guess: what is left out is listed with its text.
 */
import { foldText } from '../fold.ts';
import { readDate } from './dates.ts';
import { countOf, isBlank, type Evidence } from './evidence.ts';
import { readNumber } from './numbers.ts';

/** Rows looked at for a header. */
const LOOKED_AT = 60;
const SAMPLE = 200;
/** Part of a table's columns that a header names; part that is believed where nothing better is there. */
const MOST = 0.6;
const SOME = 0.3;

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

const YEAR = /^(?:19|20)\d\d\s*\*?$/;

/** Years that name columns: two or more, no two the same, beside words. */
const namesYears = (row: readonly string[]): boolean => {
  const cells = row.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const years = cells.filter((cell) => YEAR.test(cell));
  return years.length > 1 && new Set(years).size === years.length && cells.some((cell) => !isData(cell));
};

/** Whether a row can name columns: at least a share of the table's columns, and nearly all words. */
const canHead = (row: readonly string[], width: number, share = MOST): boolean => {
  const cells = row.filter((cell) => !isBlank(cell));
  const areYears = namesYears(row);
  const data = cells.filter((cell) => isData(cell) && !(areYears && YEAR.test(cell.trim())));
  return cells.length >= Math.max(1, Math.ceil(width * share)) && data.length <= cells.length * 0.2;
};

/** Whether the rows below look different from words in at least one column where this row has a word. */
const headsData = (row: readonly string[], below: readonly (readonly string[])[]): boolean =>
  row.some(
    (cell, at) => !isBlank(cell) && (!isData(cell) || YEAR.test(cell.trim())) && below.some((data) => isData(data[at] ?? '')),
  );

/**
 * Two header rows, as merged cells leave them: a name above that spans columns (`2025 Qty`, `2026 Qty` instead of
 * `Qty`, `Qty (2)`), or one that stands beside it and has nothing below.
 */
const withGroups = (rows: readonly (readonly string[])[], at: number): readonly string[] | null => {
  const head = rows[at] ?? [];
  const above = rows[at - 1] ?? [];
  const names = head.map((cell) => headerKey(cell)).filter(Boolean);
  const isRepeated = new Set(names).size < names.length;
  const fills = above.some((cell, column) => !isBlank(cell) && isBlank(head[column] ?? ''));
  const isWords = above.every((cell) => isBlank(cell) || !isData(cell) || YEAR.test(cell.trim()));
  if (filled(above) < 2 || !isWords || (!fills && (!isRepeated || filled(above) > filled(head)))) return null;
  let group = '';
  return Array.from({ length: Math.max(head.length, above.length) }, (_, column) => {
    const over = (above[column] ?? '').trim();
    const own = head[column] ?? '';
    if (over !== '') group = over;
    if (isBlank(own)) return over;
    return isRepeated ? `${group} ${own}`.trim() : own;
  });
};

const widest = (rows: readonly (readonly string[])[]): number => rows.reduce((most, row) => Math.max(most, row.length), 0);

type Rows = readonly (readonly string[])[];

/**
 * A second header row below the one that was found: right above the data, names where the first has none, nothing
 * where it has one of its own.
 */
const isSubheader = (rows: Rows, head: number, data: number): boolean => {
  const [upper, lower] = [rows[head] ?? [], rows[head + 1] ?? []];
  if (data !== head + 2 || data >= rows.length || filled(lower) < 2 || !canHead(lower, 1, 0)) return false;
  const adds = lower.some((cell, at) => !isBlank(cell) && isBlank(upper[at] ?? ''));
  return adds && upper.some((cell, at) => !isBlank(cell) && isBlank(lower[at] ?? ''));
};

const headAt = (rows: Rows, at: number, sure: boolean, because: readonly string[], mayGroup = true): Headers => {
  const grouped = mayGroup ? withGroups(rows, at) : null;
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

/** Rows before the first that holds data, and where that is. */
const findData = (rows: Rows, width: number): number => {
  const at = rows
    .slice(0, LOOKED_AT)
    .findIndex((row) => filled(row) >= Math.ceil(width * MOST) && row.some(isData) && !namesYears(row));
  return at < 0 ? Math.min(rows.length, LOOKED_AT) : at;
};

/**
 * The row that names the columns: the first that can, unless sparse rows of words part it from one that names more:
 * then it was part of a title.
 */
const pickHead = (rows: Rows, width: number, data: number): number => {
  let best = -1;
  let isParted = false;
  for (let at = 0; at < data; at += 1) {
    const row = rows[at] ?? [];
    const isWide = canHead(row, width);
    if (
      best < 0
        ? isWide || canHead(withGroups(rows, at) ?? [], width)
        : isWide && isParted && filled(row) > filled(rows[best] ?? [])
    ) {
      [best, isParted] = [at, false];
    } else if (!isWide) isParted = true;
  }
  return best;
};

/** A header may name more columns than most rows fill. */
const namesOf = (row: readonly string[], width: number): string =>
  filled(row) > width ? `${filled(row)} names` : `names for ${filled(row)} of ${countOf(width, 'column')}`;

/** Finds the header row by what the rows look like. */
const guess = (rows: Rows): Headers => {
  const width = usualWidth(rows.slice(0, SAMPLE));
  const data = findData(rows, width);
  const upper = pickHead(rows, width, data);
  const best = upper >= 0 && isSubheader(rows, upper, data) ? upper + 1 : upper;
  if (best >= 0) {
    const row = withGroups(rows, best) ?? rows[best] ?? [];
    const below = rows.slice(best + 1, best + 1 + SAMPLE);
    if (below.length === 0 || headsData(row, below)) {
      return headAt(rows, best, true, [`row ${best + 1} has words where the rows below have numbers or dates`]);
    }
    return headAt(rows, best, false, [`row ${best + 1} is the first with ${namesOf(row, width)}, all of them words`]);
  }
  const above = rows[data - 1] ?? [];
  if (data > 0 && data < rows.length && filled(above) > 1 && canHead(above, width, SOME)) {
    return headAt(rows, data - 1, false, [`row ${data} stands right above the first full row, and has ${namesOf(above, width)}`]);
  }
  return headless(rows, false, ['the first full row already holds numbers or dates']);
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
  return guess(rows);
};

/** The label of a totals row, whole: a company may be called “Total Energies”. */
const TOTAL =
  /^(?:(?:grand|report|overall|sum)[\s-]*|sub[\s-]*)?totals?(?:\s*[(:\u2013-].*|\s+(?:for|of|per)\b.*)?$|^(?:(?:gesamt|zwischen|end)?summe|gesamt|total général|sous-total|somme|totale|suma)\b[\s:]*(?:\(.*\))?$/i;
const NOTE =
  /^(?:confidential|copyright|©|\(c\)|generated (?:by|on)|report (?:generated|run)|printed (?:by|on)|source:|notes?:|page \d|end of (?:report|file)|\d[\d.,]* (?:rows?|records?)\b|\*)/i;

/** Lines that a list is drawn with. */
const RULED = /^[-=_*.·]{3,}$/;
/** How SAP marks the totals of a list, by level: `*`, `**`. */
const STARS = /^\*{1,4}$/;
const CURRENCY = /^[A-Z]{3}$/;

const isStarred = (first: string, others: readonly string[]): boolean =>
  STARS.test(first) &&
  others.some((cell) => readNumber(cell) !== null) &&
  others.every((cell) => readNumber(cell) !== null || CURRENCY.test(cell.trim()));

/** Whether a row is furniture of a report: a totals row, a drawn line, or a note in one cell of a table of several columns. */
export const isFurniture = (row: readonly string[], columns: number): boolean => {
  const cells = row.filter((cell) => !isBlank(cell));
  const first = cells[0]?.trim() ?? '';
  if (columns < 2 || cells.length === 0) return false;
  if (TOTAL.test(first)) return cells.slice(1).every((cell) => readNumber(cell) !== null);
  if (isStarred(first, cells.slice(1))) return true;
  return cells.length === 1 && (RULED.test(first) || (columns > 2 && NOTE.test(first)));
};
