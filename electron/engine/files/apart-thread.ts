/**
 * The thread that files are read in: unpacking and parsing take seconds and can run out of memory, and neither may be
 * felt by anybody else. It reads one file, tells its cells in slices, and ends.
 */
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import { toWire, type WireError } from '../../../shared/rpc/wire.ts';
import { cutText, type TextEvidence } from './delimited.ts';
import { HEAD, readBytes } from './disk.ts';
import type { ReadOptions } from './table.ts';
import type { RowSlice } from './workbook-cells.ts';
import { mayBeWorkbook } from './workbook-kind.ts';
import { readSheet, type SheetRead } from './workbook.ts';

export type ThreadStart = {
  readonly path: string;
  readonly wanted: Pick<ReadOptions, 'sheet' | 'encoding' | 'delimiter'>;
  /** Counts the slices that are on their way: the thread waits while they are too many. */
  readonly waiting: Int32Array;
};
export type FromThread =
  | { readonly k: 'part'; readonly part: number }
  | { readonly k: 'slice'; readonly slice: RowSlice }
  | ({ readonly k: 'sheet' } & SheetRead)
  | ({ readonly k: 'text' } & TextEvidence)
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
const { path, wanted, waiting } = workerData as ThreadStart;
const post = (message: FromThread): void => port.postMessage(message);
const send = (slice: RowSlice): void => {
  post({ k: 'slice', slice });
  holdBack(waiting);
};
const told = (part: number): void => post({ k: 'part', part });

const readText = (file: string, bytes: Uint8Array): TextEvidence => {
  const slices = cutText(file, bytes, wanted);
  let count = 0;
  for (let next = slices.next(); ; next = slices.next()) {
    if (next.done === true) return next.value;
    const { rows, part } = next.value;
    const from = count;
    send({ numbers: rows.map((_, at) => from + at), rows });
    count += rows.length;
    told(part);
  }
};

try {
  const bytes = readBytes(path);
  const file = basename(path);
  const sheet = mayBeWorkbook(bytes.subarray(0, HEAD))
    ? readSheet(bytes, file, wanted.sheet ?? null, { slice: send, told })
    : null;
  post(sheet === null ? { k: 'text', ...readText(file, bytes) } : { k: 'sheet', ...sheet });
} catch (error) {
  const known = error instanceof AppError ? error : new AppError('bad-file', `${basename(path)} cannot be read`, { path });
  post({ k: 'failed', error: toWire(known) });
}
