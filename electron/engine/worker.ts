/** A worker thread of the engine: the writer or a reader, each with a connection of its own. */
import { parentPort, workerData } from 'node:worker_threads';
import { composeReader, composeWriter } from './compose.ts';
import { createEnv, type EngineOptions } from './options.ts';
import { serveRole, type FromRole, type ToRole } from './role.ts';

export type WorkerStart = { readonly role: 'writer' | 'reader'; readonly options: EngineOptions };

const port = parentPort;
if (!port) throw new Error('This file is a worker thread of the engine.');
// Set by the engine's main thread, and by nobody else.
const { role, options } = workerData as WorkerStart;
const env = createEnv(options);
const post = (message: FromRole): void => port.postMessage(message);

serveRole(
  { post, onMessage: (listener) => void port.on('message', (message: ToRole) => listener(message)) },
  env,
  options.checkOutput,
  () =>
    role === 'writer'
      ? composeWriter(env, (n, d) => post({ k: 'event', n, d }), options.mode !== 'detached')
      : composeReader(env),
);
