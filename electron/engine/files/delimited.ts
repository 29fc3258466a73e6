/**
 * A CSV, TSV or otherwise separated file as a table of text: decoded, cut, its header found, every answer with its
 * evidence. Nothing here knows what the columns mean. Reading yields between slices, so that a long file reports its
 * progress and can be cancelled.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { countOf } from '../../../shared/domain/import/evidence.ts';
import { unguardText } from '../../../shared/domain/import/guard.ts';
import { decodeText } from './encoding.ts';
import { readRows } from './rows.ts';
import { findSeparator } from './separator.ts';
import { LONGEST_CELL, makeTable, MOST_COLUMNS, MOST_ROWS, type Breathe, type ReadOptions, type SourceTable } from './table.ts';

const SLICE = 1000;

const check = (file: string, row: readonly string[], number: number): void => {
  if (row.length > MOST_COLUMNS) {
    throw new AppError('too-large', `${file}, row ${number}: more than ${MOST_COLUMNS} columns`, { file, row: number });
  }
  if (row.some((cell) => cell.length > LONGEST_CELL)) {
    throw new AppError('too-large', `${file}, row ${number}: a cell of more than a million characters`, { file, row: number });
  }
};

const UNIT = '\u001f';
const RECORD = '\u001e';
/** Where units are told apart by their own character, records often are too. */
const toLines = (text: string): string =>
  text.includes(UNIT) && text.includes(RECORD) && !/[\r\n]/.test(text) ? text.replaceAll(RECORD, '\n') : text;

/** How programs keep a spreadsheet from taking a code for a number: `="00042"`. */
const AS_TEXT = /^="((?:[^"]|"")*)"$/;

/** Text of separated files may be guarded, and of no others: a workbook says what is a formula. */
const takeGuards = (row: string[]): void => {
  row.forEach((cell, at) => {
    if (cell.startsWith("'")) row[at] = unguardText(cell);
    else if (cell.startsWith('="')) row[at] = AS_TEXT.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell;
  });
};

/** How a text was read. */
export type TextEvidence = Pick<SourceTable, 'encoding' | 'delimiter' | 'notes'>;

/** Part of a text: its next rows, and how much of it is read. */
export type TextSlice = { readonly rows: readonly (readonly string[])[]; readonly part: number };

/**
 * Reads the cells of a text slice by slice; what is known of it comes when all is read.
 * @throws AppError `bad-file`, `too-large`, `bad-recipe`
 */
export function* cutText(
  file: string,
  bytes: Uint8Array,
  options: Pick<ReadOptions, 'encoding' | 'delimiter'>,
): Generator<TextSlice, TextEvidence> {
  const { text: whole, encoding, accidents: notes } = decodeText(bytes, options.encoding ?? null);
  const text = toLines(whole);
  if (/^\s*(?:\[\s*)?\{\s*"/.test(text.slice(0, 1000))) {
    throw new AppError('bad-file', `${file} is JSON: export it as CSV or as a workbook`, { file });
  }
  const { skip, delimiter: mark, ...delimiter } = findSeparator(text, options.delimiter ?? null);
  const reader = readRows(text.slice(skip), mark);
  let count = 0;
  for (let rows = reader.next(SLICE); rows.length > 0; rows = reader.next(SLICE)) {
    rows.forEach((row, at) => check(file, row, count + at + 1));
    for (const row of rows) takeGuards(row);
    count += rows.length;
    if (count > MOST_ROWS) throw new AppError('too-large', `${file}: more than ${MOST_ROWS} rows`, { file });
    yield { rows, part: reader.progress() };
  }
  const stray = reader.stray.count;
  const because = stray > 0 ? [...delimiter.because, `${countOf(stray, 'stray quote')} kept as text`] : delimiter.because;
  return { encoding, delimiter: { ...delimiter, because, mark }, notes };
}

/** The table of a text whose cells are read. */
export const textTable = (
  file: string,
  rows: readonly (readonly string[])[],
  { encoding, delimiter, notes }: TextEvidence,
  options: ReadOptions,
): SourceTable => makeTable({ file, kind: 'text', sheets: [], sheet: null, encoding, delimiter, notes }, rows, options);

/** Reads a small text where it is. @throws AppError `bad-file`, `too-large`, `bad-recipe` */
export const readDelimited = async (
  file: string,
  bytes: Uint8Array,
  options: ReadOptions,
  breathe: Breathe,
): Promise<SourceTable> => {
  const slices = cutText(file, bytes, options);
  const rows: (readonly string[])[] = [];
  for (let next = slices.next(); ; next = slices.next()) {
    if (next.done === true) return textTable(file, rows, next.value, options);
    for (const row of next.value.rows) rows.push(row);
    await breathe(next.value.part);
  }
};
