/**
 * A thread of its own for reading workbooks: unpacking and parsing take seconds and can run out of memory, and neither
 * may be felt by anybody else. It reads one file, tells its cells in slices, and ends.
 */
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import { toWire, type WireError } from '../../../shared/rpc/wire.ts';
import { readBytes } from './disk.ts';
import type { SheetInfo } from './table.ts';
import { countRows, createCollector, type RowSlice, type Sheet, type Workbook } from './workbook-cells.ts';
import { openWorkbook } from './workbook-open.ts';
import { TooLongText } from './workbook-xml.ts';

export type ThreadStart = {
  readonly path: string;
  readonly sheet: string | null;
  /** Counts the slices that are on their way: the thread waits while they are too many. */
  readonly waiting: Int32Array;
};
export type FromThread =
  /** The file is plain text. */
  | { readonly k: 'text' }
  | { readonly k: 'part'; readonly part: number }
  | { readonly k: 'slice'; readonly slice: RowSlice }
  | { readonly k: 'done'; readonly sheets: readonly SheetInfo[]; readonly sheet: string; readonly notes: readonly string[] }
  | { readonly k: 'failed'; readonly error: WireError };

/** Slices on their way: enough to keep both sides busy, few enough that taking them in is not felt. */
const MOST_WAITING = 6;

/** Called for every slice; comes back when there is room for the next. */
const holdBack = (waiting: Int32Array): void => {
  let count = Atomics.add(waiting, 0, 1) + 1;
  while (count >= MOST_WAITING) {
    Atomics.wait(waiting, 0, count);
    count = Atomics.load(waiting, 0);
  }
};

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

const read = ({ path, sheet: wanted, waiting }: ThreadStart, post: (message: FromThread) => void): void => {
  const file = basename(path);
  const workbook = openWorkbook(readBytes(path), file);
  if (workbook === null) return post({ k: 'text' });
  const counts = new Map<Sheet, number>();
  const open = candidates(workbook, wanted, file);
  let sheet = open[0];
  let notes: readonly string[] = [];
  for (const one of open) {
    const where = `${file}, sheet “${one.name}”`;
    const collector = createCollector(
      where,
      (slice) => {
        post({ k: 'slice', slice });
        holdBack(waiting);
      },
      (part) => post({ k: 'part', part }),
    );
    one.read(collector);
    const { rows, notes: found } = collector.end();
    counts.set(one, rows);
    if (rows === 0) continue;
    [sheet, notes] = [one, found];
    break;
  }
  const sheets = workbook.sheets.map((one) => ({ name: one.name, hidden: one.hidden, rows: counts.get(one) ?? countRows(one) }));
  post({ k: 'done', sheets, sheet: sheet?.name ?? '', notes: [...workbook.notes, ...notes] });
};

const toError = (error: unknown, file: string): AppError => {
  if (error instanceof AppError) return error;
  if (error instanceof TooLongText)
    return new AppError('too-large', `${file} has a cell of more than a million characters`, { file });
  const why = error instanceof Error ? error.message : String(error);
  return new AppError('bad-file', `${file} cannot be read as a workbook: ${why}`, { file });
};

const port = parentPort;
if (!port) throw new Error('This file is a thread of the engine.');
// Set by the code that started the thread, and by nobody else.
const start = workerData as ThreadStart;
const post = (message: FromThread): void => port.postMessage(message);
try {
  read(start, post);
} catch (error) {
  post({ k: 'failed', error: toWire(toError(error, basename(start.path))) });
}
