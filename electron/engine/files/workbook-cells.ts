/** What the readers of all kinds of workbook tell: their sheets, and the cells of the one that is wanted. */
import { isBlank } from '../../../shared/domain/import/evidence.ts';
import { AppError } from '../../../shared/contract/define.ts';
import { isCutNumber } from '../../../shared/domain/import/reading.ts';
import { LONGEST_CELL, MOST_COLUMNS } from './table.ts';
import { markOf, type NumberMarks } from './workbook-marks.ts';
import { cellName, createRemarks } from './workbook-remarks.ts';

/** Where the cells of a sheet go, row by row, in any order within a row. */
export type Cells = {
  /** `row` and `column` count from 0. @throws AppError `too-large` */
  readonly put: (row: number, column: number, text: string) => void;
  /** The same for a number: how its text is written is known. */
  readonly putNumber: (row: number, column: number, text: string) => void;
  /** A formula whose result the file does not hold: its own text stands in its place. */
  readonly putFormula: (row: number, column: number, formula: string) => void;
  readonly told: (part: number) => void;
  /** A row that nobody sees in the workbook, before its cells. */
  readonly hideRow: (row: number) => void;
  readonly hideColumns: (first: number, last: number) => void;
  /** A cell that stands for several rows, and is written in the first. */
  readonly merge: (row: number, column: number) => void;
};

/** A sheet that can be read on its own, as often as wanted. */
export type Sheet = { readonly name: string; readonly hidden: boolean; readonly read: (cells: Cells) => void };

export type Workbook = { readonly sheets: readonly Sheet[]; readonly notes: readonly string[] };

/** Rows that are together, on their way. Numbers count from 0. */
export type RowSlice = {
  readonly numbers: readonly number[];
  readonly rows: readonly (readonly string[])[];
  /** Numbers among the cells that could be read otherwise if they were text. */
  readonly marks?: NumberMarks;
};

/** More would not fit beside everything else. */
const MOST_CELLS = 10_000_000;
const MOST_SHEET_ROWS = 1_048_576;
const SLICE_CELLS = 5000;

const checkCell = (where: string, row: number, column: number, text: string): void => {
  if (!(row >= 0 && row < MOST_SHEET_ROWS && column >= 0)) {
    throw new AppError('bad-file', `${where}: a cell stands where no sheet has one`, { row: row + 1, column: column + 1 });
  }
  if (column >= MOST_COLUMNS) {
    const say = `${where}: cell ${cellName(row, column)} lies beyond column ${MOST_COLUMNS}. Delete what stands there, or save the table alone`;
    throw new AppError('too-large', say, { row: row + 1, column: column + 1 });
  }
  if (text.length > LONGEST_CELL) {
    throw new AppError('too-large', `${where}: cell ${cellName(row, column)} has more than a million characters`, {
      row: row + 1,
    });
  }
};

export type Collector = Cells & {
  /** Sends what is left; gives the rows that hold something, and the notes. */
  readonly end: () => { readonly rows: number; readonly notes: readonly string[] };
};

/** Collects cells to rows and rows to slices. @param where the file and sheet, for messages */
export const createCollector = (where: string, send: (slice: RowSlice) => void, told: (part: number) => void): Collector => {
  let slice: { numbers: number[]; rows: string[][] } = { numbers: [], rows: [] };
  let inSlice = 0;
  let total = 0;
  let last = -1;
  let filled = -1;
  let rows = 0;
  let row: string[] = [];
  const remarks = createRemarks();
  let marks: number[] = [];
  const flush = (): void => {
    if (slice.rows.length > 0) send({ ...slice, marks: Uint32Array.from(marks) });
    slice = { numbers: [], rows: [] };
    marks = [];
    inSlice = 0;
  };
  const put = (at: number, column: number, text: string): void => {
    if (text === '') return;
    checkCell(where, at, column, text);
    if (at !== filled && !isBlank(text)) {
      filled = at;
      rows += 1;
      remarks.filled(at);
    }
    remarks.reach(column);
    if (at !== last) {
      if (inSlice >= SLICE_CELLS) flush();
      row = [];
      last = at;
      slice.numbers.push(at);
      slice.rows.push(row);
    }
    while (row.length < column) row.push('');
    row[column] = text;
    inSlice += 1;
    total += 1;
    if (total > MOST_CELLS) {
      throw new AppError('too-large', `${where} holds more than ${MOST_CELLS / 1_000_000} million cells: split it`, {});
    }
  };
  return {
    put,
    putFormula: (at, column, formula) => {
      remarks.formula(at, column);
      put(at, column, formula);
    },
    putNumber: (at, column, text) => {
      put(at, column, text);
      if (isCutNumber(text)) remarks.cut(at, column);
      else if (!text.includes('.')) return;
      marks.push(markOf(at, column));
    },
    told,
    ...remarks.unseen,
    end: () => {
      flush();
      return { rows, notes: remarks.notes() };
    },
  };
};

/** Counts the rows that hold something. */
export const countRows = ({ read }: Sheet): number => {
  let rows = 0;
  let last = -1;
  const put = (row: number, _: number, text: string): void => {
    if (row === last || isBlank(text)) return;
    last = row;
    rows += 1;
  };
  const ignore = (): void => {};
  read({ put, putNumber: put, putFormula: put, told: ignore, hideRow: ignore, hideColumns: ignore, merge: ignore });
  return rows;
};
