/**
 * A CSV, TSV or otherwise separated file as a table of text: decoded, cut, its header found, every answer with its
 * evidence. Nothing here knows what the columns mean. Reading yields between slices, so that a long file reports its
 * progress and can be cancelled.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { decodeText } from './encoding.ts';
import { readRows } from './rows.ts';
import { findSeparator } from './separator.ts';
import { LONGEST_CELL, makeTable, MOST_COLUMNS, MOST_ROWS, type Breathe, type ReadOptions, type SourceTable } from './table.ts';

const SLICE = 5000;

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

const UNIT = '\u001f';
const RECORD = '\u001e';
/** Where units are told apart by their own character, records often are too. */
const toLines = (text: string): string =>
  text.includes(UNIT) && text.includes(RECORD) && !/[\r\n]/.test(text) ? text.replaceAll(RECORD, '\n') : text;

/** Reads the cells of a text. @throws AppError `bad-file`, `too-large`, `bad-recipe` */
export const readDelimited = async (
  file: string,
  bytes: Uint8Array,
  options: ReadOptions,
  breathe: Breathe,
): Promise<SourceTable> => {
  const { text: whole, encoding } = decodeText(bytes, options.encoding ?? null);
  const text = toLines(whole);
  if (/^\s*(?:\[\s*)?\{\s*"/.test(text.slice(0, 1000))) {
    throw new AppError('bad-file', `${file} is JSON: export it as CSV or as a workbook`, { file });
  }
  const { skip, delimiter: mark, ...delimiter } = findSeparator(text, options.delimiter ?? null);
  const { rows, stray } = await cut(file, text.slice(skip), mark, breathe);
  const because = stray > 0 ? [...delimiter.because, `${stray} stray quotes kept as text`] : delimiter.because;
  return makeTable(
    { file, kind: 'text', sheets: [], sheet: null, encoding, delimiter: { ...delimiter, because, mark }, notes: [] },
    rows,
    options,
  );
};
