/**
 * What kind of values a column holds, told by its cells: for the inspection of a file and for columns that become
 * custom fields. Codes stay text: leading zeros and numbers too long to be amounts are never numbers here.
 */
import { judgeDates, readDate, type DateJudgement } from './dates.ts';
import { countOf, nameCells, type Cell, type Evidence, type Tally } from './evidence.ts';
import { judgeNumbers, type NumberHints, type NumberJudgement } from './numbers.ts';

export type ColumnType = 'text' | 'integer' | 'decimal' | 'percent' | 'date' | 'instant' | 'flag';

export type ColumnJudgement = {
  readonly type: Evidence & { readonly type: ColumnType };
  readonly dates: DateJudgement | null;
  readonly numbers: NumberJudgement | null;
};

/** Part of the cells that may be of another kind; they become cell issues. One always may, beside at least two. */
const MOST_OTHERS = 0.1;
const isMostly = (found: number, all: number): boolean =>
  found >= 2 ? all - found <= Math.max(1, all * MOST_OTHERS) : found === all;
/** A whole number with more digits is a code. */
const LONGEST_NUMBER = 15;

const CODE = /^[+-]?0\d+$/;
const FLAG = /^(?:true|false|yes|no|y|n)$/i;

const because = ({ count, first }: Tally, what: string): readonly string[] => {
  if (count === 0) return [];
  return [`${countOf(count, `cell is no ${what}`, `cells are no ${what}s`)}: ${nameCells(first)}`];
};

const typed = (type: ColumnType, sure: boolean, reasons: readonly string[]): ColumnJudgement['type'] => ({
  type,
  answer: type,
  sure,
  because: reasons,
});

/** Whether a date has a time of day, midnight aside. */
export const hasTime = (text: string, now: number): boolean => {
  const date = readDate(text, now);
  return date !== null && date.kind !== 'never' && date.time !== null && (date.time.ms !== 0 || date.time.offset !== null);
};

const judgeAsDates = (cells: readonly Cell[], now: number): ColumnJudgement | null => {
  const looksLikeDates = cells.slice(0, 20).some((cell) => readDate(cell.text, now) !== null);
  if (!looksLikeDates) return null;
  const dates = judgeDates(cells, now);
  if (!isMostly(dates.dates, cells.length)) return null;
  const type = cells.some((cell) => hasTime(cell.text, now)) ? 'instant' : 'date';
  return { type: typed(type, dates.others.count === 0, because(dates.others, 'date')), dates, numbers: null };
};

const judgeAsNumbers = (cells: readonly Cell[], hints: NumberHints): ColumnJudgement | null => {
  const code = cells.find(({ text }) => CODE.test(text.trim()) || text.replace(/\D/g, '').length > LONGEST_NUMBER);
  if (code) return null;
  const numbers = judgeNumbers(cells, hints);
  if (!isMostly(numbers.numbers, cells.length)) return null;
  const type = numbers.sizes.percents.count > 0 ? 'percent' : numbers.hasDecimals ? 'decimal' : 'integer';
  const isSure = numbers.others.count === 0 && numbers.sure;
  return { type: typed(type, isSure, [...because(numbers.others, 'number'), ...numbers.because]), dates: null, numbers };
};

/**
 * Judges a column by its cells that are not blank.
 * @param now the current year, for years of two digits
 */
export const judgeColumn = (cells: readonly Cell[], now: number, hints: NumberHints = {}): ColumnJudgement => {
  const text = (sure: boolean, reasons: readonly string[]): ColumnJudgement => ({
    type: typed('text', sure, reasons),
    dates: null,
    numbers: null,
  });
  if (cells.length === 0) return text(true, ['every cell is blank']);
  if (cells.every((cell) => FLAG.test(cell.text.trim()))) return { type: typed('flag', true, []), dates: null, numbers: null };
  const code = cells.find((cell) => CODE.test(cell.text.trim()));
  if (code) return text(true, [`${nameCells([code])} has a leading zero that a number would lose`]);
  return judgeAsDates(cells, now) ?? judgeAsNumbers(cells, hints) ?? text(true, []);
};
