/**
 * One role of the engine (writer, reader, or the one that can be killed) behind a line of messages: the same
 * code in a worker thread and in a child process. Answers are made into text here, once, and only passed on after.
 */
import { setTimeout as setTimer } from 'node:timers/promises';
import { AppError } from '../../shared/contract/define.ts';
import { contract, type WorkbenchContract } from '../../shared/contract/index.ts';
import { createEnd } from '../../shared/rpc/port.ts';
import { createServer, type Caller, type ServerOptions } from '../../shared/rpc/server.ts';
import { toWire, type WireError } from '../../shared/rpc/wire.ts';
import type { EngineEnv } from './env.ts';
import { explain } from './explain.ts';

export type ToRole =
  /** Open the file. A thread may be loaded before its turn: the reader waits for the writer's migrations. */
  | { readonly k: 'start' }
  | { readonly k: 'open'; readonly c: string; readonly caller: Caller }
  | { readonly k: 'text'; readonly c: string; readonly t: string }
  | { readonly k: 'close'; readonly c: string }
  /** Finish what runs, close the store, then say `closed`. */
  | { readonly k: 'end' };
export type FromRole =
  | { readonly k: 'ready'; readonly schema: number }
  | { readonly k: 'failed'; readonly error: WireError }
  | { readonly k: 'text'; readonly c: string; readonly t: string }
  /** The call was answered; nothing more comes for it. */
  | { readonly k: 'done'; readonly c: string; readonly id: number }
  | { readonly k: 'event'; readonly n: string; readonly d: unknown }
  | { readonly k: 'closed' };

export type Line = {
  readonly post: (message: FromRole) => void;
  readonly onMessage: (listener: (message: ToRole) => void) => void;
};

/** What `compose` builds for a role. */
export type Composed = {
  readonly handlers: ServerOptions<WorkbenchContract>['handlers'];
  readonly schema: number;
  /** Nothing has been asked for a while: time for upkeep. */
  readonly idle?: () => void;
  /** A connection is gone: what hangs on it can go. */
  readonly forget?: (connection: string) => void;
  readonly close: () => void;
};

const IDLE_MS = 500;
const REST_MS = 1000;

/** The error of a start that failed, for the host to act on by its code. */
export const startError = (env: EngineEnv, error: unknown): AppError => {
  const known = error instanceof AppError ? error : explain(error);
  if (known) return known;
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  env.log('error', 'the file could not be opened', { stack });
  return new AppError('internal', `The file could not be opened: ${error instanceof Error ? error.message : String(error)}`);
};

type Serving = { readonly receive: (message: Exclude<ToRole, { k: 'start' }>) => void };

export const serveRole = (line: Line, env: EngineEnv, checkOutput: boolean, compose: () => Composed): void => {
  let serving: Serving | undefined;
  line.onMessage((message) => {
    if (message.k !== 'start') return serving?.receive(message);
    try {
      const composed = compose();
      serving = serveComposed(line, env, checkOutput, composed);
      line.post({ k: 'ready', schema: composed.schema });
    } catch (error) {
      line.post({ k: 'failed', error: toWire(startError(env, error)) });
    }
  });
};

const serveComposed = (line: Line, env: EngineEnv, checkOutput: boolean, composed: Composed): Serving => {
  const server = createServer({
    contract,
    handlers: composed.handlers,
    log: env.log,
    newId: env.ids,
    clock: env.clock,
    explain,
    checkOutput,
  });
  const ends = new Map<string, ReturnType<typeof createEnd>>();
  let timer: NodeJS.Timeout | undefined;
  const restIdle = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => composed.idle?.(), IDLE_MS);
  };

  const open = (c: string, caller: Caller): void => {
    const end = createEnd(
      (t) => line.post({ k: 'text', c, t }),
      () => {},
    );
    ends.set(c, end);
    server.connect(end.channel, caller, 'call', (id) => {
      line.post({ k: 'done', c, id });
      restIdle();
    });
  };
  const close = (c: string): void => {
    ends.get(c)?.end();
    ends.delete(c);
    composed.forget?.(c);
  };
  /** A job that was cancelled gets a moment to take itself back; what it does not manage, the next start does. */
  const end = async (): Promise<void> => {
    clearTimeout(timer);
    for (const c of [...ends.keys()]) close(c);
    await Promise.race([server.rest(), setTimer(REST_MS)]);
    composed.close();
    line.post({ k: 'closed' });
  };
  return {
    receive: (message) => {
      if (message.k === 'open') open(message.c, message.caller);
      else if (message.k === 'text') ends.get(message.c)?.feed(message.t);
      else if (message.k === 'close') close(message.c);
      else void end();
    },
  };
};
