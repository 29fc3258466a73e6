/**
 * A thread of its own for reading workbooks: unpacking and parsing take seconds and can run out of memory, and neither
 * may be felt by anybody else. It reads one file, tells its cells in slices, and ends.
 */
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import { toWire, type WireError } from '../../../shared/rpc/wire.ts';
import { readBytes } from './disk.ts';
import type { RowSlice } from './workbook-cells.ts';
import { readSheet, type SheetRead } from './workbook-read.ts';

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
  | ({ readonly k: 'done' } & SheetRead)
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

const port = parentPort;
if (!port) throw new Error('This file is a thread of the engine.');
// Set by the code that started the thread, and by nobody else.
const { path, sheet, waiting } = workerData as ThreadStart;
const post = (message: FromThread): void => port.postMessage(message);
try {
  const read = readSheet(readBytes(path), basename(path), sheet, {
    slice: (slice) => {
      post({ k: 'slice', slice });
      holdBack(waiting);
    },
    told: (part) => post({ k: 'part', part }),
  });
  post(read === null ? { k: 'text' } : { k: 'done', ...read });
} catch (error) {
  const known = error instanceof AppError ? error : new AppError('bad-file', `${basename(path)} cannot be read`, { path });
  post({ k: 'failed', error: toWire(known) });
}
