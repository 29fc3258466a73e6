/**
 * Rows to a CSV file. The file is written beside its place and renamed into it, so that nobody ever reads half of
 * one. Text that a spreadsheet would run as a formula is guarded; numbers and dates are not text and need no guard.
 */
import { fromScaled, toScaled } from '../../../shared/domain/decimal.ts';
import { guardText } from '../../../shared/domain/import/guard.ts';
import { openPart, type WhenBusy } from './part.ts';
import type { SheetCell, SheetColumn, SheetFile } from './sheet.ts';

/** A number is written as it stands; text is guarded and quoted where it needs it. */
export type CsvCell = string | number | bigint | null;

export type CsvFile = {
  write(rows: readonly (readonly CsvCell[])[]): void;
  /** Puts the file in its place and says where that is. */
  done(): string;
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
export const createCsv = (path: string, delimiter = ',', whenBusy: WhenBusy = 'refuse'): CsvFile => {
  const part = openPart(path, whenBusy);
  part.append(Buffer.from('\ufeff'));
  return {
    write: (rows) => part.append(Buffer.from(rows.map((row) => `${csvRow(row, delimiter)}\r\n`).join(''))),
    done: part.done,
    drop: part.drop,
  };
};

const instantText = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** Hours, minutes and seconds, which both people and spreadsheets read. */
const durationText = (ms: number): string => {
  const seconds = Math.abs(ms) / 1000;
  const [minutes, rest] = [Math.floor(seconds / 60), fromScaled(Math.round((seconds % 60) * 1000), 3)];
  const two = (text: string | number): string => String(text).padStart(2, '0');
  return `${ms < 0 ? '-' : ''}${Math.floor(minutes / 60)}:${two(minutes % 60)}:${/^\d(?:\.|$)/.test(rest) ? `0${rest}` : rest}`;
};

/** A percent as people write it: the same text in every program, and read back as the same value. */
const percentText = (fraction: string): string => {
  const scaled = toScaled(fraction, 8);
  return scaled === null ? fraction : `${fromScaled(scaled, 6)}%`;
};

const csvCell = ({ kind }: SheetColumn, cell: SheetCell): CsvCell => {
  if (cell === null) return null;
  if (typeof cell === 'object') return cell.text;
  if (typeof cell === 'string') return kind === 'percent' ? percentText(cell) : cell;
  if (kind === 'instant') return instantText(cell);
  if (kind === 'duration') return durationText(cell);
  return kind === 'flag' ? (cell === 0 ? 'FALSE' : 'TRUE') : cell;
};

/** A table as a CSV file. */
export const createCsvSheet = (path: string, columns: readonly SheetColumn[], whenBusy?: WhenBusy): SheetFile => {
  const file = createCsv(path, ',', whenBusy);
  file.write([columns.map(({ header }) => header)]);
  return {
    write: (rows) => {
      file.write(rows.map(({ cells }) => columns.map((column, at) => csvCell(column, cells[at] ?? null))));
      return Promise.resolve();
    },
    done: () => Promise.resolve({ path: file.done(), cut: 0 }),
    drop: () => file.drop(),
  };
};
