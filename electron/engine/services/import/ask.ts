/** What a person is asked of a column that its cells do not settle: the ways to read it, each shown on a cell of it. */
import type { AmbiguousColumn } from '../../../../shared/contract/imports.ts';
import { dayUnder, orderWords, readDate } from '../../../../shared/domain/import/dates.ts';
import type { Cell } from '../../../../shared/domain/import/evidence.ts';
import { DECIMAL_MARKS, readNumber, scaleNumber, type DecimalMark } from '../../../../shared/domain/import/numbers.ts';
import { fromScaled } from '../../../../shared/domain/decimal.ts';
import type { DateOrder } from '../../../../shared/domain/locale.ts';

type Question = Pick<AmbiguousColumn, 'candidates' | 'cells'>;

/** Cells shown for each way to read a column. */
const SHOWN = 3;
const DIGITS = 6;

const capital = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** The first cells of each way of reading, in the order of the file. */
const firstOfEach = (cells: readonly Cell[], wayOf: (cell: Cell) => string | null): readonly Cell[] => {
  const counts = new Map<string, number>();
  return cells.filter((cell) => {
    const way = wayOf(cell);
    const count = way === null ? SHOWN : (counts.get(way) ?? 0);
    if (way !== null) counts.set(way, count + 1);
    return count < SHOWN;
  });
};

const askDates = (cells: readonly Cell[], now: number): Question => {
  const orders: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];
  const underOf = (text: string, order: DateOrder): string | null => {
    const date = readDate(text, now);
    return date?.kind === 'open' ? dayUnder(date.parts, order, now) : null;
  };
  /** Which orders a cell fits; a cell that is the same day under all of them says nothing. */
  const waysOf = ({ text }: Cell): string | null => {
    const fits = orders.filter((order) => underOf(text, order) !== null);
    const days = new Set(fits.map((order) => underOf(text, order)));
    return fits.length === 0 || (fits.length > 1 && days.size === 1) ? null : fits.join(' ');
  };
  const shown = firstOfEach(cells, waysOf);
  const candidates = orders.flatMap((order) => {
    const cell = shown.find(({ text }) => underOf(text, order) !== null);
    const day = cell && underOf(cell.text, order);
    return cell && day ? [{ value: order, label: capital(orderWords(order)), reads: `“${cell.text}” is ${day}` }] : [];
  });
  return { candidates, cells: [...shown] };
};

const asRead = (text: string, mark: DecimalMark): string | null => {
  const number = readNumber(text);
  const value = number && scaleNumber(number, mark, DIGITS);
  return typeof value === 'number' ? fromScaled(BigInt(value), DIGITS) : null;
};

const askNumbers = (cells: readonly Cell[]): Question => {
  const shown = firstOfEach(cells, ({ text }) => {
    const ways = DECIMAL_MARKS.map((mark) => asRead(text, mark));
    return ways[0] === ways[1] ? null : ways.map((way) => (way === null ? '-' : '+')).join('');
  });
  const candidates = DECIMAL_MARKS.flatMap((mark) => {
    const cell = shown.find(({ text }) => asRead(text, mark) !== null);
    const label = mark === '.' ? 'Decimal point' : 'Decimal comma';
    return cell ? [{ value: mark, label, reads: `“${cell.text}” is ${asRead(cell.text, mark) ?? ''}` }] : [];
  });
  return { candidates, cells: [...shown] };
};

const askPercents = (cells: readonly Cell[]): Question => {
  const [cell] = cells;
  const text = cell?.text.trim() ?? '1';
  return {
    candidates: [
      { value: 'decimal', label: 'Fractions', reads: `“${text}” is ${Number(text) * 100} %` },
      { value: 'percent', label: 'Percents', reads: `“${text}” is ${text} %` },
    ],
    cells: cells.slice(0, SHOWN),
  };
};

/** @param cells of the column that are not blank, @param now the current year */
export const askAbout = (asks: AmbiguousColumn['asks'], cells: readonly Cell[], now: number): Question => {
  if (asks === 'dateOrder') return askDates(cells, now);
  if (asks === 'decimal') return askNumbers(cells);
  return askPercents(cells.filter(({ text }) => text.trim() === '1'));
};
