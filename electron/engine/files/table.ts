/**
 * What every file a person arrives with becomes: a table of text with the evidence of how it was read. Nothing here
 * knows what the columns mean.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { Evidence } from '../../../shared/domain/import/evidence.ts';
import { isBlank } from '../../../shared/domain/import/evidence.ts';
import { findHeaders } from '../../../shared/domain/import/headers.ts';

export type SheetInfo = {
  readonly name: string;
  /** Rows with at least one cell that is not blank. */
  readonly rows: number;
  readonly hidden: boolean;
};

export type SourceTable = {
  /** File name without its folder. */
  readonly file: string;
  readonly kind: 'text' | 'workbook';
  /** Of a workbook: every sheet in its order, and the one that was read. */
  readonly sheets: readonly SheetInfo[];
  readonly sheet: string | null;
  /** One name per column, no two the same. */
  readonly headers: readonly string[];
  /** The cells below the header; a row may be shorter than the header. Blank rows are left out. */
  readonly rows: readonly (readonly string[])[];
  /** Where each row stands in the file, counted from 1 as rows of cells. */
  readonly numbers: readonly number[];
  /** The first rows as they stand, furniture and blank ones too. */
  readonly top: readonly (readonly string[])[];
  readonly encoding: Evidence;
  readonly delimiter: Evidence & { readonly mark: string };
  readonly headerRow: Evidence;
  /** Of a workbook: whether a cell is a number with a decimal point, or of many digits. By row, as `numbers` has it, and column. */
  readonly isNumber?: (row: number, column: number) => boolean;
  /** What a person should know of how cells were read: formulas without a result, accidents of encoding. */
  readonly notes: readonly string[];
};

export type ReadOptions = {
  /** Of a workbook: the sheet's name; null = the first that is shown and holds something. */
  readonly sheet?: string | null;
  readonly encoding?: string | null;
  readonly delimiter?: string | null;
  /** Counted from 1; 0 = none; null = find it. */
  readonly headerRow?: number | null;
  /** Headers that a recipe names. */
  readonly known?: readonly string[];
};

/** Called between slices; throws to stop. `part` is 0 to 1. */
export type Breathe = (part: number) => Promise<void>;

export const MOST_ROWS = 3_000_000;
export const MOST_COLUMNS = 2000;
export const LONGEST_CELL = 1_000_000;
const TOP = 30;

/** Finds the header among all rows of a file and takes what stands below it. @throws AppError `bad-file` when all is blank */
export const makeTable = (
  what: Pick<SourceTable, 'file' | 'kind' | 'sheets' | 'sheet' | 'encoding' | 'delimiter' | 'notes' | 'isNumber'>,
  rows: readonly (readonly string[])[],
  { headerRow: given = null, known = [] }: Pick<ReadOptions, 'headerRow' | 'known'>,
): SourceTable => {
  if (rows.every((row) => row.every(isBlank))) {
    const place = what.sheet === null ? what.file : `${what.file}, sheet “${what.sheet}”`;
    throw new AppError('bad-file', `${place} is empty`, { file: what.file, sheet: what.sheet });
  }
  const { start, names, row: _, ...headerRow } = findHeaders(rows, given, known);
  const numbers: number[] = [];
  const below = rows.filter((row, at) => {
    if (at < start || row.every(isBlank)) return false;
    numbers.push(at + 1);
    return true;
  });
  return { ...what, headers: names, rows: below, numbers, top: rows.slice(0, TOP), headerRow };
};
