/**
 * Files read apart: in a thread with a bounded heap, so that a hostile or merely huge file ends with a sentence and not
 * with the engine, and nobody waits while it is decoded, unpacked and cut.
 */
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import { fromWire } from '../../../shared/rpc/wire.ts';
import { programPath } from '../options.ts';
import type { Breathe } from './table.ts';
import type { RowSlice } from './workbook-cells.ts';
import type { NumberMarks } from './workbook-marks.ts';
import type { FromThread, ThreadStart } from './apart-thread.ts';

/** What the thread may use beside the unpacked bytes, in megabytes. */
const HEAP_MB = 1024;
/** How often progress is told and a cancel looked for, in milliseconds. */
const BEAT_MS = 40;
const EMPTY: readonly string[] = [];

const startThread = (start: ThreadStart): Worker =>
  new Worker(programPath(import.meta.url, './apart-thread'), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    execArgv: [],
  });

const outOfMemory = (file: string): AppError =>
  new AppError('too-large', `${file} needs more memory to read than there is for one file: split it, or save the sheet as CSV`, {
    file,
  });

const unreadable = (file: string, why: unknown): AppError =>
  new AppError('bad-file', `${file} cannot be read: ${why instanceof Error ? why.message : String(why)}`, { file });

/** What the thread says when all cells are told. */
type Done = Extract<FromThread, { readonly k: 'sheet' | 'text' }>;
export type ReadApart = {
  readonly rows: readonly (readonly string[])[];
  readonly marks: readonly NumberMarks[];
  readonly done: Done;
};

/** Puts the cells of a row beside what an earlier part of the file told of the same row. */
const merge = (before: readonly string[] | undefined, cells: readonly string[]): readonly string[] => {
  if (before === undefined || before === EMPTY) return cells;
  const length = Math.max(before.length, cells.length);
  return Array.from({ length }, (_, at) => (cells[at] ?? '') || (before[at] ?? ''));
};

const takeIn = (rows: (readonly string[])[], slice: RowSlice): void =>
  slice.numbers.forEach((number, at) => {
    while (rows.length < number) rows.push(EMPTY);
    rows[number] = merge(rows[number], slice.rows[at] ?? EMPTY);
  });

/**
 * Reads the cells of a file in a thread. The thread ends with it, whatever happens.
 * @throws AppError `bad-file`, `too-large`, `io`, `bad-recipe`, and what `breathe` throws
 */
export const readApart = async (path: string, wanted: ThreadStart['wanted'], breathe: Breathe): Promise<ReadApart> => {
  const file = basename(path);
  const waiting = new Int32Array(new SharedArrayBuffer(4));
  const rows: (readonly string[])[] = [];
  const marks: NumberMarks[] = [];
  const worker = startThread({ path, wanted, waiting });
  let part = 0;
  let isOver = false;
  const ended = new Promise<Done>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.k === 'part') part = message.part;
      else if (message.k === 'failed') reject(fromWire(message.error));
      else if (message.k !== 'slice') resolve(message);
      else {
        takeIn(rows, message.slice);
        if (message.slice.marks) marks.push(message.slice.marks);
        Atomics.sub(waiting, 0, 1);
        Atomics.notify(waiting, 0);
      }
    });
    worker.on('error', (error: unknown) => {
      const isMemory = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
      reject(isMemory ? outOfMemory(file) : unreadable(file, error));
    });
    worker.on('exit', () => reject(unreadable(file, 'its reader ended')));
  });
  const over = ended.then(
    () => void (isOver = true),
    () => void (isOver = true),
  );
  try {
    while (!isOver) {
      await Promise.race([over, wait(BEAT_MS)]);
      await breathe(part);
    }
    return { rows, marks, done: await ended };
  } finally {
    await worker.terminate();
  }
};
