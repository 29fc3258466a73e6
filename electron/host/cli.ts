/**
 * The command line: a thin client of the contract, for administrators, scheduled reports and tests. It attaches to
 * the engine that has the file open, else to one it starts; it holds no service code. Results go to standard output,
 * an error is one line on standard error and exit status 1.
 */
import { existsSync } from 'node:fs';
import { AppError } from '../../shared/contract/define.ts';
import type { Client } from '../../shared/contract/index.ts';
import { attach } from './attach.ts';
import { chooseFiles } from './files.ts';
import { createOutput } from './cli/output.ts';
import { makeAside, needsFile, onlyLooks } from './cli/aside.ts';
import { needsEngine, runCommand } from './cli/run.ts';
import { helpText, readArguments } from './cli/usage.ts';
import type { Work } from './cli/work.ts';

/** A second Ctrl+C does not wait for the first. */
const INTERRUPTED = 130;

const output = createOutput({ out: process.stdout, err: process.stderr });

/** Aborts the running call at the first Ctrl+C: a job takes itself back before it answers. */
const onInterrupt = (): AbortSignal => {
  const controller = new AbortController();
  process.on('SIGINT', () => {
    if (controller.signal.aborted) process.exit(INTERRUPTED);
    controller.abort();
  });
  return controller.signal;
};

const work = async (argv: readonly string[]): Promise<void> => {
  const asked = readArguments(argv);
  const { command } = asked;
  if (asked.help || command === null) return output.print(helpText(command));
  const base: Omit<Work, 'client' | 'isAside'> = {
    asked,
    output,
    folder: process.env['INIT_CWD'] ?? process.cwd(),
    options: { signal: onInterrupt(), onProgress: output.progress },
  };
  // `methods` reads the contract itself and is given a client that is never asked.
  if (!needsEngine(command)) return runCommand(command, { ...base, client: {} as Client, isAside: false });
  const { own } = chooseFiles(asked.values.db, process.env);
  const isThere = existsSync(own);
  if (!isThere && needsFile(asked)) throw new AppError('not-found', `There is no file ${own}.`, { path: own });
  const aside = onlyLooks(asked) && !isThere ? makeAside() : null;
  try {
    const { client, close } = await attach(aside?.file ?? own, asked.values.as === undefined ? {} : { as: asked.values.as });
    try {
      await runCommand(command, { ...base, client, isAside: aside !== null });
    } finally {
      await close();
    }
  } finally {
    await aside?.remove();
  }
};

/** Whoever reads us may stop reading, as `head` does: that is no error. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

work(process.argv.slice(2)).catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error);
  output.fail(error instanceof AppError ? error : new AppError('internal', message));
  process.exitCode = 1;
});
