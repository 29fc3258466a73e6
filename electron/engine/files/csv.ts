/**
 * Rows to a CSV file. The file is written beside its place and renamed into it, so that nobody ever reads half of
 * one. Text that a spreadsheet would run as a formula is guarded; numbers and dates are not text and need no guard.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { AppError } from '../../../shared/contract/define.ts';
import { guardText } from '../../../shared/domain/import/guard.ts';

/** A number is written as it stands; text is guarded and quoted where it needs it. */
export type CsvCell = string | number | bigint | null;

export type CsvFile = {
  write(rows: readonly (readonly CsvCell[])[]): void;
  /** Puts the file in its place. */
  done(): void;
  /** Leaves no trace. */
  drop(): void;
};

const quote = (text: string, delimiter: string): string =>
  text.includes('"') || text.includes(delimiter) || /[\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

export const csvRow = (row: readonly CsvCell[], delimiter: string): string => {
  const cells = row.map((cell) =>
    typeof cell === 'string' ? quote(guardText(cell), delimiter) : cell === null ? '' : String(cell),
  );
  // A lone blank cell would be a blank line, which readers drop.
  return cells.length === 1 && cells[0] === '' ? '""' : cells.join(delimiter);
};

/** Opens a CSV file: UTF-8 with a byte order mark, which Excel needs, and CR LF. @throws AppError `io` */
export const createCsv = (path: string, delimiter = ','): CsvFile => {
  const part = `${path}.part-${process.pid}`;
  const act = <T>(what: () => T): T => {
    try {
      return what();
    } catch (error) {
      throw new AppError('io', `Cannot write ${path}: ${error instanceof Error ? error.message : String(error)}`, { path });
    }
  };
  const handle = act(() => openSync(part, 'w'));
  const close = (): void => act(() => closeSync(handle));
  act(() => writeFileSync(handle, '\ufeff'));
  return {
    write: (rows) => {
      const text = rows.map((row) => `${csvRow(row, delimiter)}\r\n`).join('');
      act(() => writeFileSync(handle, text));
    },
    done: () => {
      act(() => fsyncSync(handle));
      close();
      act(() => renameSync(part, path));
    },
    drop: () => {
      close();
      rmSync(part, { force: true });
    },
  };
};
