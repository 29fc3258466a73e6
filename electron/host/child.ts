/** The engine as a child process in plain Node, with every window's frames on its one channel. */
import { fork } from 'node:child_process';
import { createEnd, type Channel } from '../../shared/rpc/port.ts';
import { programPath } from '../engine/options.ts';
import { engineEnvironment, type EngineOptions, type FromHost, type ToHost } from './launch.ts';
import type { EngineProcess } from './supervisor.ts';

export type ChildEngine = EngineProcess & {
  readonly pid: number | undefined;
  /** A new connection to the engine; it ends with the process. */
  readonly connect: () => Channel;
};

/** The engine's program, as built or as source; outside the archive of a packaged app, which a plain Node cannot read. */
export const enginePath = (): string =>
  programPath(import.meta.url, '../engine/entry').replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');

const LAST_WORDS = 2000;

/** Passes the child's stderr on and keeps its end, to tell why it died. */
const listenLog = (stream: NodeJS.ReadableStream | null): (() => string) => {
  let tail = '';
  stream?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    tail = (tail + chunk.toString('utf8')).slice(-LAST_WORDS);
  });
  return () => tail.trim().split('\n').at(-1) ?? '';
};

/** The text of a log line, or the line itself when it is none of ours. */
export const readLogText = (line: string): string => {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : line;
  } catch {
    return line;
  }
};

/** Signals a process brings on itself; every other one comes from somebody else. */
const own = new Set(['SIGSEGV', 'SIGBUS', 'SIGILL', 'SIGFPE', 'SIGABRT', 'SIGTRAP', 'SIGSYS']);

/** How a process ended, in words a person knows. */
export const describeExit = (code: number | null, signal: string | null, lastWords: string): string => {
  const bySignal = own.has(signal ?? '') ? 'it failed inside' : 'the system or another program ended it';
  const how = signal ? bySignal : `it ended with code ${code ?? '?'}`;
  const why = readLogText(lastWords);
  return why ? `${how} (${why.slice(0, 300)})` : how;
};

/** @param node the Node to run it in: 22.15 or later, for the store's addon */
export const forkEngine = (options: EngineOptions, node = process.execPath): ChildEngine => {
  const child = fork(enginePath(), [], {
    execPath: node,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
    // In Electron a plain Node must not take itself for Electron's.
    env: { ...engineEnvironment(options), ELECTRON_RUN_AS_NODE: '' },
  });
  const lastWords = listenLog(child.stderr);
  const ends = new Map<number, ReturnType<typeof createEnd>>();
  const post = (message: FromHost): void => {
    // A child that is dying has no channel left; its exit ends every connection.
    if (child.connected) child.send(message, () => {});
  };
  let count = 0;
  child.on('message', (message: ToHost) => {
    if (message.k === 'text') ends.get(message.c)?.feed(message.t);
    else if (message.k === 'close') {
      ends.get(message.c)?.end();
      ends.delete(message.c);
    }
  });
  const exit = (listener: (how: string) => void): void => {
    let isOver = false;
    const finish = (how: string): void => {
      if (isOver) return;
      isOver = true;
      // The host learns first that the engine died, then each connection that it is at its end.
      listener(how);
      for (const end of ends.values()) end.end();
      ends.clear();
    };
    child.on('exit', (code, signal) => finish(describeExit(code, signal, lastWords())));
    child.on('error', (error) => finish(`it could not be started (${error.message})`));
  };

  return {
    pid: child.pid,
    onMessage: (listener) => void child.on('message', (message: ToHost) => listener(message)),
    onExit: exit,
    end: () => post({ k: 'end' }),
    kill: () => void child.kill('SIGKILL'),
    connect: () => {
      count += 1;
      const c = count;
      const end = createEnd(
        (t) => post({ k: 'text', c, t }),
        () => {
          ends.delete(c);
          post({ k: 'close', c });
        },
      );
      ends.set(c, end);
      post({ k: 'open', c });
      return end.channel;
    },
  };
};
