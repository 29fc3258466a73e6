/**
 * The engine process: plain Node, no Electron import. It takes the file's lock, starts a writer and a reader
 * thread, opens its doors and says `ready`; or says why not, with a code, and ends. When a thread dies the process
 * dies with it: half an engine is worse than none, and the host starts it again.
 */
import type { Server } from 'node:net';
import { setTimeout as setTimer } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '../../shared/contract/define.ts';
import { toWire } from '../../shared/rpc/wire.ts';
import { clearSocket, createToken, removeAddress, resolveFile, socketPath, writeAddress } from './address.ts';
import { acquireLock, type Lock } from './lock.ts';
import { createEnv, programPath, readOptions, writeLog, type EngineOptions } from './options.ts';
import { startError, type FromRole, type ToRole } from './role.ts';
import { createApart } from './router-apart.ts';
import { createParent } from './router-parent.ts';
import { listenSocket } from './router-socket.ts';
import { createRouter, type Router } from './router.ts';
import type { WorkerStart } from './worker.ts';

const CLOSE_MS = 1500;
/** A detached engine that nobody ever came to ends as well. */
const FIRST_CLIENT_MS = 20_000;
const NODE_API = 10;

type Thread = {
  readonly post: (message: ToRole) => void;
  /** Opens the file; resolves with its schema. */
  readonly start: () => Promise<number>;
  readonly closed: Promise<void>;
};

const loadThread = (role: WorkerStart['role'], options: EngineOptions, onMessage: (message: FromRole) => void): Thread => {
  const worker = new Worker(programPath(import.meta.url, './worker'), { workerData: { role, options } satisfies WorkerStart });
  // eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  const post = (message: ToRole): void => worker.postMessage(message);
  worker.on('error', (error: unknown) => {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    writeLog('error', `the ${role} failed: ${message}`, { stack });
    process.exit(70);
  });
  let sayClosed = (): void => {};
  const closed = new Promise<void>((done) => (sayClosed = done));
  const started = new Promise<number>((resolve, reject) => {
    worker.on('message', (message: FromRole) => {
      if (message.k === 'ready') resolve(message.schema);
      else if (message.k === 'failed') reject(new AppError(message.error.code, message.error.message, message.error.details));
      else if (message.k === 'closed') sayClosed();
      else onMessage(message);
    });
  });
  const start = (): Promise<number> => {
    post({ k: 'start' });
    return started;
  };
  return { post, start, closed };
};

/** Ends a detached engine some time after its last client. */
const createLinger = (options: EngineOptions, end: () => void): ((left: number) => void) => {
  if (options.mode !== 'detached') return () => {};
  let timer = setTimeout(end, Math.max(options.lingerMs, FIRST_CLIENT_MS));
  return (left) => {
    clearTimeout(timer);
    if (left === 0) timer = setTimeout(end, options.lingerMs);
  };
};

type Engine = {
  readonly router: Router;
  readonly schema: number;
  readonly threads: readonly Thread[];
  readonly server: Server;
  readonly lock: Lock;
  readonly stop: () => void;
};

const start = async (
  options: EngineOptions,
  file: string,
  lock: Lock,
  hooks: { onFocus: () => void; onEnd: () => void },
): Promise<Engine> => {
  const env = createEnv(options);
  // Threads speak only when spoken to, and nobody can reach them before the router is there.
  let fromRole = (_message: FromRole): void => {};
  const [writer, reader] = [loadThread('writer', options, (m) => fromRole(m)), loadThread('reader', options, (m) => fromRole(m))];
  const schema = await writer.start();
  await reader.start();
  const apart = createApart(options, (message) => fromRole(message));
  const onLeave = createLinger(options, hooks.onEnd);
  const router = createRouter({
    schema,
    newId: env.ids,
    writer: writer.post,
    reader: reader.post,
    apart,
    onFocus: hooks.onFocus,
    onCount: onLeave,
  });
  fromRole = router.fromRole;
  const token = createToken();
  const socket = socketPath(file);
  const server = await listenSocket(router, socket, token);
  writeAddress(file, { v: 1, pid: process.pid, socket, token, host: options.host, url: options.url });
  const stop = (): void => {
    removeAddress(file, process.pid);
    server.close();
    clearSocket(socket);
    router.stop();
    apart.end();
  };
  return { router, schema, threads: [writer, reader], server, lock, stop };
};

const close = async ({ threads, lock, stop }: Engine): Promise<void> => {
  stop();
  for (const { post } of threads) post({ k: 'end' });
  await Promise.race([Promise.all(threads.map(({ closed }) => closed)), setTimer(CLOSE_MS)]);
  lock.release();
};

const assertRuntime = (): void => {
  if (Number(process.versions['napi']) < NODE_API)
    throw new AppError(
      'internal',
      'This runtime is too old to load the store: it needs Node-API 10. Start the engine with Node 24.',
    );
};

const main = async (): Promise<void> => {
  const options = readOptions(process.env);
  let engine: Engine | undefined;
  let isEnding = false;
  const end = (): void => {
    if (isEnding) return;
    isEnding = true;
    void (engine ? close(engine) : Promise.resolve()).finally(() => process.exit(0));
  };
  const parent = createParent(options.mode, { onChannel: (channel) => engine?.router.accept(channel, 'page', null), onEnd: end });
  process.on('SIGTERM', end);
  // The terminal sends it to the whole group; the host decides when the engine ends.
  process.on('SIGINT', () => {});
  let lock: Lock | undefined;
  try {
    assertRuntime();
    const file = resolveFile(options.db);
    lock = await acquireLock(file);
    engine = await start({ ...options, db: file }, file, lock, { onFocus: () => parent.post({ k: 'focus' }), onEnd: end });
    parent.post({ k: 'ready', schema: engine.schema, pid: process.pid });
  } catch (error) {
    lock?.release();
    parent.post({ k: 'failed', error: toWire(startError(createEnv(options), error)) });
    // A utility's message is lost when the process ends in the same turn.
    setTimeout(() => process.exit(65), 50);
  }
};

void main();
