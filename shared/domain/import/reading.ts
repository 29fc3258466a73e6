/**
 * How the cells of one column are read, by who wrote them. The file's own text has the format of its column. What a
 * person types over a cell is read in that format too, so that a column means one thing, and only where that fails as
 * it would be read anywhere else in the workbench. A value that could have been meant otherwise carries its doubt.
 */
import { isBad, type CellValue, type Kind } from '../kinds.ts';
import { styleOf } from '../locale.ts';
import { parseCell, type CellField } from '../parse/cell.ts';
import type { ProblemCode } from '../problems.ts';
import { isBlank } from './evidence.ts';
import { readNumber, sizeOf } from './numbers.ts';
import { cleanText, makeReader, type ColumnFormat, type ReadCell } from './values.ts';

/**
 * A cell as it is read. `file`: its own text. `number`: a number of a workbook, which has a decimal point whatever the
 * texts around it have. `person`: typed over the file's text in the check.
 */
export type SourceCell = { readonly text: string; readonly by: 'file' | 'number' | 'person' };

/** What a cell was taken as, and what a person should know of that; the doubt is no part of the data. */
export type Reading = { readonly value: CellValue; readonly doubt: ProblemCode | null };

export type ReadColumn = (cell: SourceCell, currency: string | null) => Reading;

/** How the person at the desk writes, and the company's day. */
export type Person = { readonly locale: string; readonly today: string };

/** Reads text as the person would who types it anywhere in the workbench. */
export const makeTypedReader = (field: CellField, zone: string, { locale, today }: Person): ReadCell => {
  const typed = { style: styleOf(locale), today, zone, resolve: () => [] };
  return (text, currency) => parseCell(field, cleanText(text), { ...typed, currency });
};

/** A workbook keeps 15 digits of a number: what stands behind them is none of the person's. */
const KEPT_DIGITS = 15;
/** Round numbers as large as that are what they are: a code that was cut has digits nearly up to there. */
const LEAST_DIGITS = 12;
/** Whether a number of a workbook has lost digits, told by its text. */
export const isCutNumber = (text: string): boolean => {
  if (text.length <= KEPT_DIGITS) return false;
  const whole = text.replace(/\..*$/s, '').replace(/\D/g, '');
  return whole.length > KEPT_DIGITS && whole.replace(/0+$/, '').length >= LEAST_DIGITS;
};

/** What is to be said of a cell of any kind. */
export const doubtOf = ({ text, by }: SourceCell): ProblemCode | null =>
  by === 'number' && isCutNumber(text) ? 'NUM_CUT' : null;

const MARKED: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent']);
const OPEN_DAY = /^\s*\d{1,2}\D/;

/**
 * Which way of several a cell of the file's own is read, in a word; empty where its text is read in one way only, or as it
 * is read unless a column says otherwise. The same text read another way is news of its source (DECISIONS.md 7).
 */
export const makeWayOf =
  (kind: Kind, { order, mark, isFraction }: ColumnFormat) =>
  (text: string): string => {
    if (kind === 'date' || kind === 'instant') return order !== null && OPEN_DAY.test(text) ? order : '';
    if (!MARKED.has(kind)) return '';
    const number = kind === 'percent' && isFraction ? readNumber(text) : null;
    const size = number === null || sizeOf(number) === null ? '' : 'fraction';
    return `${size}${mark === ',' && /[.,]/.test(text) ? mark : ''}`;
  };

/** The reader of a column. A blank cell is null whatever the kind. */
export const makeColumnReader = (field: CellField, format: ColumnFormat, readTyped: ReadCell): ReadColumn => {
  const read = makeReader(field, format);
  const readExact = makeReader(field, { ...format, mark: '.' });
  const isUnclear = (text: string): boolean => {
    const number = field.kind === 'percent' && format.unclear.length > 0 ? readNumber(text) : null;
    const size = number && sizeOf(number);
    return size !== null && format.unclear.includes(size);
  };
  return (cell, currency) => {
    const { text, by } = cell;
    if (isBlank(text)) return { value: null, doubt: null };
    const value = (by === 'number' ? readExact : read)(text, currency);
    if (by !== 'person' || !isBad(value)) return { value, doubt: doubtOf(cell) ?? (isUnclear(text) ? 'PERCENT_READ' : null) };
    const own = readTyped(text, currency);
    return isBad(own) ? { value, doubt: null } : { value: own, doubt: 'READ_TYPED' };
  };
};
