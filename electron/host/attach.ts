/**
 * A command line's way to the engine of a file: the one that runs, else one started detached that ends some
 * seconds after its last client. There is never a second engine on a file, so the two ways meet at the address.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { connect as connectSocket, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../shared/contract/define.ts';
import type { Client } from '../../shared/contract/index.ts';
import { createRpc, type Rpc } from '../../shared/rpc/client.ts';
import { findHolder, logPath, resolveFile, type Address } from '../engine/address.ts';
import { lineChannel } from '../engine/lines.ts';
import { enginePath } from './child.ts';
import { createOptions, engineEnvironment, type ToHost } from './launch.ts';
import { appVersion } from './version.ts';

/** How long an engine that holds the file and does not answer is waited for: it starts or ends just now. */
const CONTEST_MS = 15_000;
const POLL_MS = 50;

const openSocket = (path: string): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connectSocket(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });

const attachTo = async (address: Address, options: AttachOptions): Promise<Rpc | undefined> => {
  let socket: Socket;
  try {
    socket = await openSocket(address.socket);
  } catch {
    return undefined;
  }
  const rpc = createRpc();
  const identity = { token: address.token, client: 'cli', window: options.clientWindow ?? 'command line' } as const;
  try {
    await rpc.attach(lineChannel(socket), options.as === undefined ? identity : { ...identity, as: options.as });
    return rpc;
  } catch (error) {
    if (error instanceof AppError && error.code === 'engine-gone') return undefined;
    throw error;
  }
};

/** Starts an engine that outlives this process. @throws AppError as the engine says, `locked` when another was first */
const startDetached = (file: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const options = createOptions({ db: file, mode: 'detached', host: 'cli', version: appVersion() });
    const log = openSync(logPath(file), 'w', 0o600);
    const child = spawn(process.execPath, [enginePath()], {
      detached: true,
      stdio: ['ignore', 'ignore', log, 'ipc'],
      env: engineEnvironment(options),
    });
    closeSync(log);
    const leave = (): void => {
      child.removeAllListeners();
      if (child.connected) child.disconnect();
      child.unref();
    };
    child.on('message', (message: ToHost) => {
      if (message.k === 'ready') {
        leave();
        resolve();
      } else if (message.k === 'failed') {
        leave();
        reject(new AppError(message.error.code, message.error.message, message.error.details));
      }
    });
    child.on('error', (error) => reject(new AppError('io', `The engine could not be started: ${error.message}`)));
    child.on('exit', (code, signal) => {
      leave();
      reject(
        new AppError('engine-gone', `The engine ended before it was ready (${signal ?? code ?? '?'}). See ${logPath(file)}.`),
      );
    });
  });

export type AttachOptions = {
  /** `NAME <MAIL>`: who does what is done. */
  readonly as?: string;
  /** The name that undo steps of this client carry. */
  readonly clientWindow?: string;
};
export type Attached = { readonly client: Client; readonly close: () => Promise<void> };

/**
 * A typed client of the engine of a file; starts one when none runs. The file is made when it does not exist.
 * @throws AppError of the engine's start (`newer-file`, `damaged-file`, `io`), or `locked` by one that does not answer
 */
export const attach = async (db: string, options: AttachOptions = {}): Promise<Attached> => {
  const file = resolveFile(db);
  let refused: AppError | undefined;
  for (const end = Date.now() + CONTEST_MS; ; await wait(POLL_MS)) {
    const holder = findHolder(file);
    const rpc = holder && (await attachTo(holder, options));
    if (rpc) return { client: rpc.client, close: async () => rpc.close() };
    // Looked at last: an engine that took long to start on a busy machine is there now.
    if (Date.now() >= end) break;
    // Nobody answers: start one. Another may be quicker, or still on its way out; then look again.
    refused = await startDetached(file).then(
      () => undefined,
      (error: unknown) => {
        if (error instanceof AppError && error.code === 'locked') return error;
        throw error;
      },
    );
  }
  throw refused ?? new AppError('engine-gone', 'The engine was started and does not answer.');
};

/** Asks the engine's host to bring its window to the front. */
export const raiseWindow = async (address: Address): Promise<void> => {
  const rpc = await attachTo(address, {});
  await rpc?.host['host.focus']({}, { timeoutMs: 2000 });
  rpc?.close();
};
