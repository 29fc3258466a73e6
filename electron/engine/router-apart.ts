/**
 * The process for free queries, as the router sees it: started on first use, one query at a time, killed when
 * one takes 30 s or is cancelled. The next query gets a new process.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { AppError } from '../../shared/contract/define.ts';
import type { Caller } from '../../shared/rpc/server.ts';
import { toWire } from '../../shared/rpc/wire.ts';
import { OPTIONS_VARIABLE, programPath, type EngineOptions } from './options.ts';
import type { FromRole, ToRole } from './role.ts';

const LIMIT_MS = 30_000;
const START_MS = 30_000;

type Question = { readonly c: string; readonly id: number; readonly text: string; readonly caller: Caller };

export type ApartBackend = {
  readonly ask: (question: Question) => void;
  readonly cancel: (c: string, id: number) => void;
  readonly forget: (c: string) => void;
  readonly end: () => void;
};

const tooLong = (ms: number): AppError =>
  new AppError(
    'timeout',
    `The query took longer than ${ms / 1000} seconds and was stopped. Ask for less: fewer rows, fewer joins.`,
    {
      ms,
    },
  );

const notStarted = (): AppError =>
  new AppError('timeout', `The query could not be begun within ${START_MS / 1000} seconds: this computer is very busy.`);

const refuse = (reply: (message: FromRole) => void, { c, id }: Question, error: AppError): void => {
  reply({ k: 'text', c, t: JSON.stringify({ k: 'error', id, e: toWire(error) }) });
  reply({ k: 'done', c, id });
};

const startProcess = (options: EngineOptions): ChildProcess =>
  fork(programPath(import.meta.url, './query'), [], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: { ...process.env, [OPTIONS_VARIABLE]: JSON.stringify(options) },
  });

/** One question in one process at a time: the part that can be killed. */
const createRunner = (options: EngineOptions, reply: (message: FromRole) => void, limitMs: number, onFree: () => void) => {
  let child: ChildProcess | undefined;
  let current: Question | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isReady = false;

  const post = (message: ToRole): void => void child?.send(message);
  const finish = (): void => {
    clearTimeout(timer);
    current = undefined;
    onFree();
  };
  /** Ends the process and, with it, the query that runs in it. */
  const kill = (error: AppError | undefined): void => {
    const asked = current;
    child?.removeAllListeners();
    child?.kill('SIGKILL');
    child = undefined;
    if (asked && error) refuse(reply, asked, error);
    finish();
  };
  /** The limit is the query's own: the start of a process, slow on a busy machine, is not taken from it. */
  const limit = (): void => {
    clearTimeout(timer);
    timer = isReady ? setTimeout(() => kill(tooLong(limitMs)), limitMs) : setTimeout(() => kill(notStarted()), START_MS);
  };
  const receive = (message: FromRole): void => {
    if (message.k === 'ready') {
      isReady = true;
      if (current) limit();
    }
    if (message.k === 'failed') return kill(new AppError(message.error.code, message.error.message, message.error.details));
    if (message.k === 'text') reply(message);
    if (message.k !== 'done') return;
    post({ k: 'close', c: message.c });
    reply(message);
    finish();
  };
  const start = (): ChildProcess => {
    isReady = false;
    const started = startProcess(options);
    started.on('message', (message: FromRole) => receive(message));
    started.send({ k: 'start' } satisfies ToRole);
    started.on('exit', () => kill(new AppError('internal', 'The query could not be run: its process ended.')));
    return started;
  };
  return {
    current: () => current,
    kill,
    run: (question: Question): void => {
      current = question;
      child ??= start();
      limit();
      post({ k: 'open', c: question.c, caller: question.caller });
      post({ k: 'text', c: question.c, t: question.text });
    },
  };
};

/** @param reply where answers go; `done` follows the last text of each */
export const createApart = (options: EngineOptions, reply: (message: FromRole) => void, limitMs = LIMIT_MS): ApartBackend => {
  const queue: Question[] = [];
  const next = (): void => {
    const question = runner.current() ? undefined : queue.shift();
    if (question) runner.run(question);
  };
  const runner = createRunner(options, reply, limitMs, next);
  const drop = (matches: (question: Question) => boolean, error: AppError | undefined): void => {
    for (const question of queue.filter(matches)) {
      queue.splice(queue.indexOf(question), 1);
      if (error) refuse(reply, question, error);
    }
    const current = runner.current();
    if (current && matches(current)) runner.kill(error);
  };
  return {
    ask: (question) => {
      queue.push(question);
      next();
    },
    cancel: (c, id) => drop((question) => question.c === c && question.id === id, new AppError('cancelled', 'Cancelled.')),
    forget: (c) => drop((question) => question.c === c, undefined),
    end: () => {
      queue.splice(0);
      runner.kill(undefined);
    },
  };
};
