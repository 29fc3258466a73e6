/**
 * Workbooks of any kind as tables of text: the one door to them. They are read in a thread with a bounded heap, so
 * that a hostile or merely huge file ends with a sentence and not with the engine.
 */
import { basename } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../../shared/contract/define.ts';
import type { Evidence } from '../../../shared/domain/import/evidence.ts';
import { fromWire } from '../../../shared/rpc/wire.ts';
import { programPath } from '../options.ts';
import { makeTable, type Breathe, type ReadOptions, type SourceTable } from './table.ts';
import type { RowSlice } from './workbook-cells.ts';
import type { FromThread, ThreadStart } from './workbook-thread.ts';

/** What the thread may use beside the unpacked bytes, in megabytes. */
const HEAP_MB = 1024;
/** How often progress is told and a cancel looked for, in milliseconds. */
const BEAT_MS = 40;
const EMPTY: readonly string[] = [];

const startThread = (start: ThreadStart): Worker =>
  new Worker(programPath(import.meta.url, './workbook-thread'), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    execArgv: [],
  });

const outOfMemory = (file: string): AppError =>
  new AppError('too-large', `${file} needs more memory to read than there is for one file: split it, or save the sheet as CSV`, {
    file,
  });

const unreadable = (file: string, why: unknown): AppError =>
  new AppError('bad-file', `${file} cannot be read as a workbook: ${why instanceof Error ? why.message : String(why)}`, { file });

type Done = Extract<FromThread, { readonly k: 'done' | 'text' }>;
type Gathered = { readonly rows: (readonly string[])[]; readonly done: Done };

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

/** Reads the cells in a thread. Ends the thread whatever happens. */
const gather = async (path: string, sheet: string | null, breathe: Breathe): Promise<Gathered> => {
  const file = basename(path);
  const waiting = new Int32Array(new SharedArrayBuffer(4));
  const rows: (readonly string[])[] = [];
  const worker = startThread({ path, sheet, waiting });
  let part = 0;
  let isOver = false;
  const ended = new Promise<Done>((resolve, reject) => {
    worker.on('message', (message: FromThread) => {
      if (message.k === 'part') part = message.part;
      else if (message.k === 'failed') reject(fromWire(message.error));
      else if (message.k !== 'slice') resolve(message);
      else {
        takeIn(rows, message.slice);
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
    return { rows, done: await ended };
  } finally {
    await worker.terminate();
  }
};

const sure = (answer: string, because: readonly string[]): Evidence => ({ answer, sure: true, because });

const sheetEvidence = ({ sheets, sheet }: Extract<Done, { k: 'done' }>, wanted: string | null): Evidence => {
  if (wanted !== null) return sure(`sheet “${sheet}”`, ['given']);
  const others = sheets.filter(({ name, rows }) => name !== sheet && rows > 0);
  const because = others.length === 0 ? ['the only sheet with cells'] : ['the first sheet that is shown and has cells'];
  return { answer: `sheet “${sheet}”`, sure: others.every(({ hidden }) => hidden), because };
};

/** Reads a sheet of a workbook; null where the file is plain text after all. @throws AppError `bad-file`, `too-large`, `io` */
export const readWorkbook = async (path: string, options: ReadOptions, breathe: Breathe): Promise<SourceTable | null> => {
  const wanted = options.sheet ?? null;
  const { rows, done } = await gather(path, wanted, breathe);
  if (done.k === 'text') return null;
  const { sheets, sheet, notes } = done;
  return makeTable(
    {
      file: basename(path),
      kind: 'workbook',
      sheets,
      sheet,
      encoding: sure('workbook', ['cells of a workbook have no encoding of their own']),
      delimiter: { ...sheetEvidence(done, wanted), mark: '' },
      notes,
    },
    rows,
    options,
  );
};
