/**
 * How the cells of one column are read, by who wrote them. The file's own text has the format of its column. What a
 * person types over a cell is read in that format too, so that a column means one thing, and only where that fails as
 * it would be read anywhere else in the workbench. A value that could have been meant otherwise carries its doubt.
 */
import { isBad, type CellValue } from '../kinds.ts';
import { styleOf } from '../locale.ts';
import { parseCell, type CellField } from '../parse/cell.ts';
import type { ProblemCode } from '../problems.ts';
import { isBlank } from './evidence.ts';
import { cleanText, makeReader, type ColumnFormat, type ReadCell } from './values.ts';

/** A cell as it is read: `person` is typed over the file's text in the check. */
export type SourceCell = { readonly text: string; readonly by: 'file' | 'person' };

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

/** The reader of a column. A blank cell is null whatever the kind. */
export const makeColumnReader = (field: CellField, format: ColumnFormat, readTyped: ReadCell): ReadColumn => {
  const read = makeReader(field, format);
  return ({ text, by }, currency) => {
    if (isBlank(text)) return { value: null, doubt: null };
    const value = read(text, currency);
    if (by === 'file' || !isBad(value)) return { value, doubt: null };
    const own = readTyped(text, currency);
    return isBad(own) ? { value, doubt: null } : { value: own, doubt: 'READ_TYPED' };
  };
};
