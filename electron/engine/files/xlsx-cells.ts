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

type ValueWriter = (at: string, column: SheetColumn, cell: string | number, currency: string | null) => string;

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

const createTextWriter = (styles: Styles): ((at: string, column: SheetColumn, value: string) => string) => {
  const [plain, right, quoted] = [styles.text('plain'), styles.text('plain', 'right'), styles.text('quoted')];
  return (at, column, value) => textXml(at, isRight(column) ? right : QUOTED.test(value) ? quoted : plain, value);
};

const createValueWriter = (styles: Styles, zone: string): ValueWriter => {
  const clock = createClock(zone);
  const text = createTextWriter(styles);
  const serialOf = createSerials();

  const number = (at: string, column: SheetColumn, value: string, currency: string | null): string => {
    if (!isKept(value)) return text(at, column, value);
    const style = styles.of(column, 'plain', column.kind === 'money' ? currency : null, !value.includes('.'));
    return numberXml(at, style, value);
  };

  const instant = (at: string, column: SheetColumn, ms: number): string => {
    const offset = clock(ms);
    const serial = (ms + offset.ms) / DAY + EPOCH;
    return !offset.isSecond && serial >= FIRST_SERIAL
      ? numberXml(at, styles.of(column, 'plain'), serial)
      : text(at, column, new Date(ms).toISOString());
  };

  const day = (at: string, column: SheetColumn, value: string): string => {
    const serial = serialOf(value);
    return serial === null ? text(at, column, value) : numberXml(at, styles.of(column, 'plain'), serial);
  };

  const value: ValueWriter = (at, column, cell, currency) => {
    switch (column.kind) {
      case 'integer':
      case 'decimal':
      case 'percent':
      case 'money':
        return number(at, column, String(cell), currency);
      case 'date':
        return day(at, column, String(cell));
      case 'instant':
        return typeof cell === 'number' ? instant(at, column, cell) : text(at, column, cell);
      case 'duration':
        return typeof cell === 'number' ? numberXml(at, styles.of(column, 'plain'), cell / DAY) : text(at, column, cell);
      case 'flag':
        return `<c r="${at}" s="${styles.of(column, 'plain')}" t="b"><v>${cell === 0 || cell === '0' ? 0 : 1}</v></c>`;
      default:
        return typeof cell === 'number' ? number(at, PLAIN_NUMBER, String(cell), null) : text(at, column, cell);
    }
  };

  return value;
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
  const value = createValueWriter(styles, zone);
  const marked = (at: string, column: SheetColumn, words: string): string =>
    textXml(at, styles.text('issue', isRight(column) ? 'right' : null), words);

  return {
    row: (row, { cells, currency }, told, onCut) => {
      let xml = `<row r="${row}">`;
      for (let index = 0; index < columns.length; index += 1) {
        const column = columns[index];
        const cell: SheetCell = cells[index] ?? null;
        if (column === undefined || cell === null || cell === '') continue;
        const at = `${names[index]}${row}`;
        const words = typeof cell === 'object' ? cell.text : typeof cell === 'string' ? cell : '';
        if (words.length > LONGEST_TEXT) {
          onCut();
          told(index, `The first ${LONGEST_TEXT} of ${words.length} characters: a cell of a workbook holds no more.`);
          xml += marked(at, column, clampText(words));
        } else if (typeof cell === 'object') {
          told(index, cell.note);
          xml += marked(at, column, cell.text);
        } else xml += value(at, column, cell, currency);
      }
      return `${xml}</row>`;
    },
  };
};
