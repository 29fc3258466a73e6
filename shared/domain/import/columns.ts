/**
 * What kind of values a column holds, told by its cells: for the inspection of a file and for columns that become
 * custom fields. Codes stay text: leading zeros and numbers too long to be amounts are never numbers here.
 */
import { judgeDates, readDate, type DateJudgement } from './dates.ts';
import { nameCells, type Cell, type Evidence, type Tally } from './evidence.ts';
import { judgeNumbers, type Assumed, type NumberJudgement } from './numbers.ts';

export type ColumnType = 'text' | 'integer' | 'decimal' | 'percent' | 'date' | 'instant' | 'flag';

export type ColumnJudgement = {
  readonly type: Evidence & { readonly type: ColumnType };
  readonly dates: DateJudgement | null;
  readonly numbers: NumberJudgement | null;
};

/** Part of the cells that must be of a kind for the column to be of it; the others become cell issues. */
const MOST = 0.9;
/** A whole number with more digits is a code. */
const LONGEST_NUMBER = 15;

const CODE = /^[+-]?0\d+$/;
const FLAG = /^(?:true|false|yes|no|y|n)$/i;

const because = (others: Tally, what: string): readonly string[] =>
  others.count === 0 ? [] : [`${others.count} not ${what}: ${nameCells(others.first)}`];

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
  if (dates.dates < cells.length * MOST) return null;
  const type = cells.some((cell) => hasTime(cell.text, now)) ? 'instant' : 'date';
  return { type: typed(type, dates.others.count === 0, because(dates.others, 'dates')), dates, numbers: null };
};

const judgeAsNumbers = (cells: readonly Cell[], assumed: Assumed | null): ColumnJudgement | null => {
  const code = cells.find(({ text }) => CODE.test(text.trim()) || text.replace(/\D/g, '').length > LONGEST_NUMBER);
  if (code) return null;
  const numbers = judgeNumbers(cells, assumed);
  if (numbers.numbers < cells.length * MOST) return null;
  const type = numbers.hasPercent ? 'percent' : numbers.hasDecimals ? 'decimal' : 'integer';
  const isSure = numbers.others.count === 0 && numbers.sure;
  return { type: typed(type, isSure, [...because(numbers.others, 'numbers'), ...numbers.because]), dates: null, numbers };
};

/**
 * Judges a column by its cells that are not blank.
 * @param now the current year, for years of two digits
 */
export const judgeColumn = (cells: readonly Cell[], now: number, assumed: Assumed | null = null): ColumnJudgement => {
  const text = (sure: boolean, reasons: readonly string[]): ColumnJudgement => ({
    type: typed('text', sure, reasons),
    dates: null,
    numbers: null,
  });
  if (cells.length === 0) return text(true, ['every cell is blank']);
  if (cells.every((cell) => FLAG.test(cell.text.trim()))) return { type: typed('flag', true, []), dates: null, numbers: null };
  const code = cells.find((cell) => CODE.test(cell.text.trim()));
  if (code) return text(true, [`${nameCells([code])} has a leading zero that a number would lose`]);
  return judgeAsDates(cells, now) ?? judgeAsNumbers(cells, assumed) ?? text(true, []);
};
