/** One sheet of a workbook, cell by cell, with a list of all sheets. It runs to the end: who calls it has a thread for it. */
import { AppError } from '../../../shared/contract/define.ts';
import type { SheetInfo } from './table.ts';
import { countRows, createCollector, type RowSlice, type Sheet, type Workbook } from './workbook-cells.ts';
import { openWorkbook } from './workbook-open.ts';
import { TooLongText } from './workbook-xml.ts';

export type SheetRead = {
  /** All sheets in their order, and the one that was read. */
  readonly sheets: readonly SheetInfo[];
  readonly sheet: string;
  readonly notes: readonly string[];
};

/** Where slices and progress (0 to 1) go. */
export type Receiver = { readonly slice: (slice: RowSlice) => void; readonly told: (part: number) => void };

/** The sheets that may be meant, likeliest first: the one that is asked for, else those that are shown, else any. */
const candidates = ({ sheets }: Workbook, wanted: string | null, file: string): readonly Sheet[] => {
  if (sheets.length === 0) throw new AppError('bad-file', `${file} has no sheet with cells`, { file });
  if (wanted === null) return sheets.toSorted((a, b) => Number(a.hidden) - Number(b.hidden));
  const plain = (name: string): string => name.trim().toLowerCase();
  const found = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => plain(name) === plain(wanted));
  if (found) return [found];
  const names = sheets.map(({ name }) => name);
  const list = names.map((name) => `“${name}”`).join(', ');
  throw new AppError('bad-file', `${file} has no sheet “${wanted}”. Its sheets are ${list}`, { file, sheets: names });
};

const read = (workbook: Workbook, file: string, wanted: string | null, { slice, told }: Receiver): SheetRead => {
  const counts = new Map<Sheet, number>();
  const open = candidates(workbook, wanted, file);
  let sheet = open[0];
  let notes: readonly string[] = [];
  for (const one of open) {
    const collector = createCollector(`${file}, sheet “${one.name}”`, slice, told);
    one.read(collector);
    const { rows, notes: found } = collector.end();
    counts.set(one, rows);
    if (rows === 0) continue;
    [sheet, notes] = [one, found];
    break;
  }
  const sheets = workbook.sheets.map((one) => ({ name: one.name, hidden: one.hidden, rows: counts.get(one) ?? countRows(one) }));
  return { sheets, sheet: sheet?.name ?? '', notes: [...workbook.notes, ...notes] };
};

/**
 * Reads a sheet.
 * @param wanted its name; null = the first that is shown and holds something
 * @returns null where the bytes are plain text after all
 * @throws AppError `bad-file`, `too-large`
 */
export const readSheet = (bytes: Uint8Array, file: string, wanted: string | null, receiver: Receiver): SheetRead | null => {
  try {
    const workbook = openWorkbook(bytes, file);
    return workbook && read(workbook, file, wanted, receiver);
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof TooLongText)
      throw new AppError('too-large', `${file} has a cell of more than a million characters`, { file });
    const why = error instanceof Error ? error.message : String(error);
    throw new AppError('bad-file', `${file} cannot be read as a workbook: ${why}`, { file });
  }
};
