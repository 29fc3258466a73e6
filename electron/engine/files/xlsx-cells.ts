/**
 * Cells as a workbook writes them. What a workbook cannot hold as a value is written as text and stays readable: days
 * before March 1900 (its calendar has one too many there), numbers of more digits than it keeps, a moment in the hour
 * that comes twice.
 */
import { isDay, offsetAt } from '../../../shared/domain/dates.ts';
import type { SheetCell, SheetColumn, SheetRow } from './sheet.ts';
import { isRight } from './sheet.ts';
import type { Styles } from './xlsx-styles.ts';
import { clampText, escapeText, LONGEST_TEXT } from './xlsx-text.ts';

const DAY = 86_400_000;
/** Days from 30 December 1899, which is where the calendar of a workbook begins, to 1970. */
const EPOCH = 25_569;
const FIRST_DAY = '1900-03-01';
const FIRST_SERIAL = 61;
const MOST_DIGITS = 15;
const QUARTER = 900_000;

const QUOTED = /^[=+\-@\t\r]/;
const KEEPS_SPACE = /^\s|\s$|[\n\t]/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/i;

/** What stands in the cell at a place, told to those who note and count. */
export type CellTold = (column: number, note: string) => void;

export const textXml = (at: string, style: number, text: string): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t${KEEPS_SPACE.test(text) ? ' xml:space="preserve"' : ''}>${escapeText(text)}</t></is></c>`;

const numberXml = (at: string, style: number, value: string | number): string => `<c r="${at}" s="${style}"><v>${value}</v></c>`;

const countDigits = (text: string): number => text.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length;

/** Whether a decimal is a number to a workbook, with every digit of it. */
export const isKept = (text: string): boolean =>
  NUMBER.test(text) && (text.length <= MOST_DIGITS || countDigits(text) <= MOST_DIGITS);

/** A number in a column of text is a number as it stands. */
const PLAIN_NUMBER: SheetColumn = { header: '', kind: 'decimal', places: 0, width: null, sum: null };

type Offset = { readonly ms: number; readonly isSecond: boolean };

/** A zone's clock by quarters of an hour, at whose beginnings clocks are changed. */
const createClock = (zone: string): ((ms: number) => Offset) => {
  const known = new Map<number, Offset>();
  return (ms) => {
    const quarter = Math.floor(ms / QUARTER);
    const found = known.get(quarter);
    if (found !== undefined) return found;
    const offset = offsetAt(zone, ms);
    const before = offsetAt(zone, ms - DAY);
    const earlier = ms + offset - before;
    const made = { ms: offset, isSecond: before > offset && offsetAt(zone, earlier) === before };
    known.set(quarter, made);
    return made;
  };
};

/** Writes a value of one column. */
type ValueWriter = (at: string, cell: string | number, currency: string | null) => string;

/** The number of a day; null for what is no day, or none that a workbook has. */
const createSerials = (): ((day: string) => number | null) => {
  const serials = new Map<string, number | null>();
  return (day) => {
    const found = serials.get(day);
    if (found !== undefined) return found;
    const made = isDay(day) && day >= FIRST_DAY ? Date.parse(`${day}T00:00:00Z`) / DAY + EPOCH : null;
    serials.set(day, made);
    return made;
  };
};

const createTextWriter = (styles: Styles, isAtRight: boolean): ((at: string, value: string) => string) => {
  const plain = styles.text('plain', isAtRight ? 'right' : null);
  const quoted = isAtRight ? plain : styles.text('quoted');
  return (at, value) => textXml(at, QUOTED.test(value) ? quoted : plain, value);
};

/** The two styles of a column of numbers, for whole ones and for those with decimals, in the currency of the row. */
const createNumberStyles = (styles: Styles, column: SheetColumn): ((isWhole: boolean, currency: string | null) => number) => {
  const pairOf = (currency: string | null) => [true, false].map((isWhole) => styles.of(column, 'plain', currency, isWhole));
  let last: string | null = null;
  let [whole = 0, parted = 0] = pairOf(null);
  return (isWhole, currency) => {
    if (column.kind === 'money' && currency !== last) {
      [whole = 0, parted = 0] = pairOf(currency);
      last = currency;
    }
    return isWhole ? whole : parted;
  };
};

type Tools = {
  readonly styles: Styles;
  readonly clock: (ms: number) => Offset;
  readonly serialOf: (day: string) => number | null;
};

const createValueWriter = (column: SheetColumn, { styles, clock, serialOf }: Tools): ValueWriter => {
  const text = createTextWriter(styles, isRight(column));
  const numbers = (of: SheetColumn): ValueWriter => {
    const styleOf = createNumberStyles(styles, of);
    return (at, cell, currency) => {
      const value = String(cell);
      return isKept(value) ? numberXml(at, styleOf(!value.includes('.'), currency), value) : text(at, value);
    };
  };
  const style = styles.of(column, 'plain');
  switch (column.kind) {
    case 'integer':
    case 'decimal':
    case 'percent':
    case 'money':
      return numbers(column);
    case 'date':
      return (at, cell) => {
        const serial = serialOf(String(cell));
        return serial === null ? text(at, String(cell)) : numberXml(at, style, serial);
      };
    case 'instant':
      return (at, cell) => {
        if (typeof cell === 'string') return text(at, cell);
        const { ms, isSecond } = clock(cell);
        const serial = (cell + ms) / DAY + EPOCH;
        return isSecond || serial < FIRST_SERIAL ? text(at, new Date(cell).toISOString()) : numberXml(at, style, serial);
      };
    case 'duration':
      return (at, cell) => (typeof cell === 'number' ? numberXml(at, style, cell / DAY) : text(at, cell));
    case 'flag':
      return (at, cell) => `<c r="${at}" s="${style}" t="b"><v>${Number(cell) === 0 ? 0 : 1}</v></c>`;
    default: {
      const number = numbers(PLAIN_NUMBER);
      return (at, cell, currency) => (typeof cell === 'number' ? number(at, cell, currency) : text(at, cell));
    }
  }
};

export type CellWriter = {
  /** A row of cells. @param row counted from 1 */
  readonly row: (row: number, values: SheetRow, told: CellTold, onCut: () => void) => string;
};

/** @param names the letters of each column @param zone IANA */
export const createCellWriter = (
  columns: readonly SheetColumn[],
  names: readonly string[],
  styles: Styles,
  zone: string,
): CellWriter => {
  const tools = { styles, clock: createClock(zone), serialOf: createSerials() };
  const writers = columns.map((column) => createValueWriter(column, tools));
  const marks = columns.map((column) => styles.text('issue', isRight(column) ? 'right' : null));

  return {
    row: (row, { cells, currency }, told, onCut) => {
      let xml = `<row r="${row}">`;
      for (let index = 0; index < columns.length; index += 1) {
        const cell: SheetCell = cells[index] ?? null;
        if (cell === null || cell === '') continue;
        const at = `${names[index]}${row}`;
        const words = typeof cell === 'object' ? cell.text : typeof cell === 'string' ? cell : '';
        if (words.length > LONGEST_TEXT) {
          onCut();
          told(index, `The first ${LONGEST_TEXT} of ${words.length} characters: a cell of a workbook holds no more.`);
          xml += textXml(at, marks[index] ?? 0, clampText(words));
        } else if (typeof cell === 'object') {
          told(index, cell.note);
          xml += textXml(at, marks[index] ?? 0, cell.text);
        } else xml += writers[index]?.(at, cell, currency) ?? '';
      }
      return `${xml}</row>`;
    },
  };
};
