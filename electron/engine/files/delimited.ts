/**
 * A CSV, TSV or otherwise separated file as a table of text: decoded, cut, its header found, every answer with its
 * evidence. Nothing here knows what the columns mean. Reading yields between slices, so that a long file reports its
 * progress and can be cancelled.
 */
import { basename } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import type { Evidence } from '../../../shared/domain/import/evidence.ts';
import { isBlank } from '../../../shared/domain/import/evidence.ts';
import { findHeaders } from '../../../shared/domain/import/headers.ts';
import { readBytes } from './disk.ts';
import { decodeText } from './encoding.ts';
import { readRows } from './rows.ts';
import { findSeparator } from './separator.ts';

export type DelimitedOptions = {
  readonly encoding?: string | null;
  readonly delimiter?: string | null;
  /** Counted from 1; 0 = none; null = find it. */
  readonly headerRow?: number | null;
  /** Headers that a recipe names. */
  readonly known?: readonly string[];
};

export type SourceTable = {
  /** File name without its folder. */
  readonly file: string;
  /** One name per column, no two the same. */
  readonly headers: readonly string[];
  /** The cells below the header; a row may be shorter than the header. Blank rows are left out. */
  readonly rows: readonly (readonly string[])[];
  /** Where each row stands in the file, counted from 1 as rows of cells. */
  readonly numbers: readonly number[];
  readonly encoding: Evidence;
  readonly delimiter: Evidence & { readonly mark: string };
  readonly headerRow: Evidence;
};

/** Called between slices; throws to stop. `part` is 0 to 1. */
export type Breathe = (part: number) => Promise<void>;

const SLICE = 5000;
const MOST_ROWS = 3_000_000;
const MOST_COLUMNS = 2000;
const LONGEST_CELL = 1_000_000;

const check = (file: string, row: readonly string[], number: number): void => {
  if (row.length > MOST_COLUMNS) {
    throw new AppError('too-large', `${file}, row ${number}: more than ${MOST_COLUMNS} columns`, { file, row: number });
  }
  if (row.some((cell) => cell.length > LONGEST_CELL)) {
    throw new AppError('too-large', `${file}, row ${number}: a cell of more than a million characters`, { file, row: number });
  }
};

const cut = async (file: string, text: string, delimiter: string, breathe: Breathe) => {
  const reader = readRows(text, delimiter);
  const rows: string[][] = [];
  for (let slice = reader.next(SLICE); slice.length > 0; slice = reader.next(SLICE)) {
    for (const row of slice) {
      rows.push(row);
      check(file, row, rows.length);
    }
    if (rows.length > MOST_ROWS) throw new AppError('too-large', `${file}: more than ${MOST_ROWS} rows`, { file });
    await breathe(reader.progress());
  }
  return { rows, stray: reader.stray.count };
};

/** Reads the cells of a text. */
export const readTable = async (
  file: string,
  bytes: Uint8Array,
  options: DelimitedOptions,
  breathe: Breathe,
): Promise<SourceTable> => {
  const { text, encoding } = decodeText(bytes, options.encoding ?? null);
  const separator = findSeparator(text, options.delimiter ?? null);
  const { rows, stray } = await cut(file, separator.skip > 0 ? text.slice(separator.skip) : text, separator.delimiter, breathe);
  if (!rows.some((row) => row.some((cell) => !isBlank(cell)))) throw new AppError('bad-file', `${file} is empty`, { file });
  const { start, names, ...headerRow } = findHeaders(rows, options.headerRow ?? null, options.known ?? []);
  const numbers: number[] = [];
  const below = rows.filter((row, at) => {
    if (at < start || row.every(isBlank)) return false;
    numbers.push(at + 1);
    return true;
  });
  const { skip: _, delimiter: mark, ...delimiter } = separator;
  const because = stray > 0 ? [...delimiter.because, `${stray} stray quotes kept as text`] : delimiter.because;
  return { file, headers: names, rows: below, numbers, encoding, delimiter: { ...delimiter, because, mark }, headerRow };
};

/** Reads a separated file. @throws AppError `bad-file`, `too-large`, `io`, `bad-recipe` */
export const readDelimited = (path: string, options: DelimitedOptions, breathe: Breathe): Promise<SourceTable> =>
  readTable(basename(path), readBytes(path), options, breathe);
