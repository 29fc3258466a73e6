/** The frame of a job's program: what it is told, the file it may read, copies it may write, and how it answers. */
import { constants, copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { random } from '../fakes/random.ts';
import type { Outcome } from './rows.ts';

const shape = z.object({
  /** The large file: for reading only. */
  file: z.string(),
  /** A folder for what the job writes; on the disk that is measured. */
  folder: z.string(),
  isQuick: z.boolean(),
});
export type Settings = z.output<typeof shape>;

export type Job = Settings & {
  /** A whole number from 0, below n; the same row of them in every run. */
  readonly int: (n: number) => number;
  /** Fewer where it has to be quick. */
  readonly times: (full: number, quick: number) => number;
  readonly path: (name: string) => string;
  /** A copy of a file that the job may change. */
  readonly copy: (from: string, name: string) => string;
};

const createJob = (settings: Settings): Job => {
  const next = random(7);
  const path = (name: string): string => join(settings.folder, name);
  return {
    ...settings,
    int: (n) => Math.floor(next() * n),
    times: (full, quick) => (settings.isQuick ? quick : full),
    path,
    copy: (from, name) => {
      for (const suffix of ['', '-wal', '-shm', '.lock', '.engine.json']) rmSync(`${path(name)}${suffix}`, { force: true });
      copyFileSync(from, path(name), constants.COPYFILE_FICLONE);
      return path(name);
    },
  };
};

/** Runs a job and sends its outcome to the process that started it. */
export const runJob = async (
  work: (job: Job) => Outcome['rows'] | Promise<Outcome['rows']> | Promise<Outcome>,
): Promise<void> => {
  const settings = shape.parse(JSON.parse(process.argv[2] ?? 'null'));
  mkdirSync(settings.folder, { recursive: true });
  try {
    const done = await work(createJob(settings));
    const outcome: Outcome = 'rows' in done ? done : { rows: done, faults: [] };
    process.send?.(outcome);
  } finally {
    rmSync(settings.folder, { recursive: true, force: true });
    process.disconnect?.();
  }
};
