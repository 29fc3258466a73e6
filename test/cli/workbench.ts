/** The command line as a person runs it: a process of its own, on a file in a folder of the test. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { findHolder, isAlive } from '../../electron/engine/address.ts';
import { attach, type Attached } from '../../electron/host/attach.ts';

export const program = resolve(import.meta.dirname, '../../electron/host/cli.ts');
const LARGEST_OUTPUT = 64 * 1024 * 1024;

export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** Ends the engine that the commands of a test started, and waits for its end. */
const endEngine = async (db: string): Promise<void> => {
  const holder = findHolder(db);
  if (!holder || !isAlive(holder.pid)) return;
  process.kill(holder.pid, 'SIGTERM');
  while (isAlive(holder.pid)) await new Promise((done) => setTimeout(done, 20));
};

export type Workbench = {
  run(...args: readonly string[]): Promise<Ran>;
  /** Runs and reads the JSON it prints. @throws the error line when it fails */
  json<T>(...args: readonly string[]): Promise<T>;
  /** The rows of a query, as `query --json` prints them, without a process for each. */
  query(sql: string): Promise<readonly Readonly<Record<string, string | number | null>>[]>;
};

/** @param folder what relative paths count from */
export const openWorkbench = (db: string, folder: string): Workbench => {
  let attached: Promise<Attached> | undefined;
  onTestFinished(async () => {
    await (await attached)?.close();
    await endEngine(db);
  });
  const run: Workbench['run'] = (...args) =>
    new Promise((done) => {
      const options = { env: { ...process.env, INIT_CWD: folder, WORKBENCH_DB: db }, maxBuffer: LARGEST_OUTPUT };
      execFile(process.execPath, [program, ...args], options, (error, out, err) =>
        done({ code: error ? Number(error.code ?? 1) : 0, out, err }),
      );
    });
  const json = async <T>(...args: readonly string[]): Promise<T> => {
    const { code, out, err } = await run(...args);
    if (code !== 0) throw new Error(err.trim());
    return JSON.parse(out) as T;
  };
  const query: Workbench['query'] = async (sql) => {
    attached ??= attach(db);
    const { columns, rows } = await (await attached).client['query.run']({ sql });
    return rows.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at] ?? null])));
  };
  return { run, json, query };
};
