/**
 * Source text to a stored value, by the kind of the field and the format its column was found to have. A text that
 * is no value of its kind is kept as it stands with the reason; it never becomes 0 and is never dropped.
 */
import { currenciesOf, minorDigits } from '../currency.ts';
import { instantAt } from '../dates.ts';
import type { Bad, CellValue } from '../kinds.ts';
import { styleOf, type DateOrder } from '../locale.ts';
import { parseCell, type CellField, type ParseContext } from '../parse/cell.ts';
import type { ProblemCode } from '../problems.ts';
import { dayUnder, readDate, type DateText } from './dates.ts';
import { isBlank } from './evidence.ts';
import { readNumber, scaleNumber, type DecimalMark, type NumberProblem, type NumberSize, type NumberText } from './numbers.ts';

export type ColumnFormat = {
  /** Null: the column has no date that needs one. */
  readonly order: DateOrder | null;
  readonly mark: DecimalMark;
  /** A percent without a sign is the fraction: `0.05` is 5 %. Else `5` is. */
  readonly isFraction: boolean;
  /** Percents without a sign stand beside others in a way that leaves those of these sizes in doubt. */
  readonly unclear: readonly NumberSize[];
  /** The current year, for years of two digits. */
  readonly now: number;
  /** The company's zone. */
  readonly zone: string;
};

/** Reads one cell. `currency` is the row's, for money. */
export type ReadCell = (text: string, currency: string | null) => CellValue;

const bad = (raw: string, code: ProblemCode): Bad => ({ '!': [raw, code] });

const FIRST_DAY = '1600-01-01';
const DECIMAL_DIGITS = 6;

/** No-break and thin spaces are spaces: they look the same and would keep equal names apart. */
const plainSpaces = (text: string): string => text.replace(/[\u00a0\u2007\u202f]/g, ' ');

/** A text without the white space around it. */
export const cleanText = (raw: string): string => plainSpaces(raw).trim();

/** Remembers what it read: the cells of a date column repeat. */
const remember = <T>(read: (text: string) => T): ((text: string) => T) => {
  const known = new Map<string, T>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const made = read(text);
    if (known.size < 20_000) known.set(text, made);
    return made;
  };
};

const dayOfText = (date: DateText & { kind: 'day' | 'open' }, { order, now }: ColumnFormat): string | null => {
  if (date.kind === 'day') return date.day;
  if (order !== null) return dayUnder(date.parts, order, now);
  // The fifth of May needs no order.
  const day = dayUnder(date.parts, 'dmy', now);
  return day === dayUnder(date.parts, 'mdy', now) ? day : null;
};

const ORDERS: readonly DateOrder[] = ['dmy', 'mdy', 'ymd'];

const problemOf = (date: DateText & { kind: 'day' | 'open' }, { order, now }: ColumnFormat): ProblemCode => {
  if (date.kind === 'day') return 'DATE_PARSE';
  if (ORDERS.every((one) => dayUnder(date.parts, one, now) === null)) return 'DATE_RANGE';
  return order === null ? 'DATE_AMBIG' : 'DATE_PARSE';
};

/** The moment of a day and a time of day: at the offset the text names, else in the company's zone. */
const momentOf = (day: string, time: (DateText & { kind: 'day' })['time'], zone: string): number => {
  if (time?.offset !== null && time?.offset !== undefined) return Date.parse(`${day}T00:00:00Z`) + time.ms - time.offset * 60_000;
  return instantAt(zone, day, '00:00') + (time === null ? 0 : timeInDay(day, time.ms, zone));
};

/** Milliseconds from the start of a day to a time on its clock; they differ on the days the clocks change. */
const timeInDay = (day: string, ms: number, zone: string): number => {
  const clock = new Date(ms).toISOString().slice(11, 23);
  return instantAt(zone, day, clock) - instantAt(zone, day, '00:00');
};

const readDays = (format: ColumnFormat, asInstant: boolean): ReadCell =>
  remember((raw: string): CellValue => {
    const date = readDate(raw, format.now);
    if (date === null) return bad(raw, 'DATE_PARSE');
    if (date.kind === 'never') return null;
    const day = dayOfText(date, format);
    if (day === null) return bad(raw, problemOf(date, format));
    if (day < FIRST_DAY) return bad(raw, 'DATE_RANGE');
    return asInstant ? momentOf(day, date.time, format.zone) : day;
  });

const NUMBER_CODES: Readonly<Record<NumberProblem, ProblemCode>> = {
  shape: 'NUM_PARSE',
  digits: 'NUM_PLACES',
  size: 'NUM_RANGE',
};

const scaled = (raw: string, number: NumberText, mark: DecimalMark, digits: number): CellValue => {
  const value = scaleNumber(number, mark, digits);
  if (typeof value === 'number') return value;
  return bad(raw, NUMBER_CODES[value]);
};

const readDecimals =
  (format: ColumnFormat, digits: number): ReadCell =>
  (raw, currency) => {
    const number = readNumber(raw);
    if (!number || number.percent) return bad(raw, 'NUM_PARSE');
    if (number.currency !== null && currency !== null && !currenciesOf(number.currency).includes(currency)) {
      return bad(raw, 'CUR_MISMATCH');
    }
    return scaled(raw, number, format.mark, digits);
  };

const readPercent =
  (format: ColumnFormat): ReadCell =>
  (raw) => {
    const number = readNumber(raw);
    if (!number || number.currency !== null) return bad(raw, 'NUM_PARSE');
    const digits = number.percent || !format.isFraction ? DECIMAL_DIGITS - 2 : DECIMAL_DIGITS;
    return scaled(raw, number, format.mark, digits);
  };

const readMoney = (format: ColumnFormat): ReadCell => {
  const byDigits = [0, 1, 2, 3, 4].map((digits) => readDecimals(format, digits));
  return (raw, currency) => byDigits[minorDigits(currency)]?.(raw, currency) ?? bad(raw, 'NUM_PARSE');
};

/** What a file's text is read with where no column format says otherwise: no sums, no locale, no links. */
const plainContext = (format: ColumnFormat): ParseContext => ({
  style: styleOf('en'),
  today: `${format.now}-01-01`,
  zone: format.zone,
  currency: null,
  resolve: () => [],
});

/** Kinds whose text is the same everywhere are read as typed text is. */
const readAsTyped = (field: CellField, format: ColumnFormat): ReadCell => {
  const context = plainContext(format);
  return (raw) => parseCell(field, cleanText(raw), context);
};

const readerOf = (field: CellField, format: ColumnFormat): ReadCell => {
  switch (field.kind) {
    case 'integer':
      return readDecimals(format, 0);
    case 'decimal':
      return readDecimals(format, DECIMAL_DIGITS);
    case 'money':
      return readMoney(format);
    case 'percent':
      return readPercent(format);
    case 'date':
      return readDays(format, false);
    case 'instant':
      return readDays(format, true);
    case 'choice':
    case 'state':
    case 'flag': {
      const read = readAsTyped(field, format);
      return remember((raw: string) => read(raw, null));
    }
    default:
      return readAsTyped(field, format);
  }
};

/** The reader of a column. A blank cell is null whatever the kind. */
export const makeReader = (field: CellField, format: ColumnFormat): ReadCell => {
  const read = readerOf(field, format);
  return (text, currency) => (isBlank(text) ? null : read(text, currency));
};
