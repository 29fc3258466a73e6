/** Real engine and host processes for tests: started on files of their own, and never left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Hello } from '../../shared/rpc/wire.ts';
import { forkEngine, type ChildEngine } from '../../electron/host/child.ts';
import { isAlive } from '../../electron/engine/address.ts';
import { createOptions, type EngineOptions, type ToHost } from '../../electron/host/launch.ts';
import { createRpc, type Rpc } from '../../shared/rpc/client.ts';
import type { Channel } from '../../shared/rpc/port.ts';
import '../setup/compile-cache.ts';

export const root = resolve(import.meta.dirname, '../..');

type Ready = Extract<ToHost, { k: 'ready' }>;
type Failed = Extract<ToHost, { k: 'failed' }>;
export type StartedEngine = {
  readonly engine: ChildEngine;
  readonly pid: number;
  /** What it said first: that it is ready, or why not. */
  readonly first: Promise<Ready | Failed>;
  readonly exited: Promise<string>;
};

export type Bench = {
  /** A path in the test's own folder. */
  readonly path: (name: string) => string;
  readonly startEngine: (db: string, more?: Partial<EngineOptions>) => StartedEngine;
  /** Runs a program of ours with the project's Node. */
  readonly run: (program: string, args: readonly string[], env?: NodeJS.ProcessEnv) => ChildProcess;
  /** Kills the process at the end if the test did not. */
  readonly watch: (pid: number) => number;
  readonly clean: () => Promise<void>;
};

export const optionsFor = (db: string, more: Partial<EngineOptions> = {}): EngineOptions =>
  createOptions({
    db,
    mode: 'child',
    host: 'browser',
    version: '0.0.0',
    checkOutput: true,
    locale: 'en-GB',
    zone: 'UTC',
    ...more,
  });

export const untilDead = async (pid: number): Promise<void> => {
  while (isAlive(pid)) await new Promise((done) => setTimeout(done, 20));
};

export const createBench = (): Bench => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'workbench-test-')));
  const pids = new Set<number>();
  const watch = (pid: number): number => {
    pids.add(pid);
    return pid;
  };
  return {
    path: (name) => join(folder, name),
    watch,
    startEngine: (db, more) => {
      const engine = forkEngine(optionsFor(db, more));
      const first = new Promise<Ready | Failed>((done) =>
        engine.onMessage((message) => (message.k === 'ready' || message.k === 'failed' ? done(message) : undefined)),
      );
      const exited = new Promise<string>((done) => engine.onExit(done));
      return { engine, pid: watch(engine.pid ?? 0), first, exited };
    },
    run: (program, args, env = {}) => {
      const child = spawn(process.execPath, [join(root, program), ...args], {
        env: { ...process.env, ...env },
        // The channel ends it with the test's own process, however that one ends.
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      });
      if (child.pid) watch(child.pid);
      return child;
    },
    clean: async () => {
      for (const pid of pids) if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
      await Promise.all([...pids].filter((pid) => pid > 0).map(untilDead));
      rmSync(folder, { recursive: true, force: true });
    },
  };
};

/** A client on a channel. */
export const attachTo = async (channel: Channel, hello: Partial<Hello> = {}): Promise<Rpc> => {
  const rpc = createRpc();
  await rpc.attach(channel, { client: 'page', window: 'test', token: null, ...withoutNulls(hello) });
  return rpc;
};
const withoutNulls = ({ token, client, window }: Partial<Hello>) => ({
  ...(token === undefined ? {} : { token }),
  ...(client === undefined ? {} : { client }),
  ...(window === undefined ? {} : { window }),
});

export type Host = { readonly child: ChildProcess; readonly url: URL; readonly token: string; readonly output: () => string };

/** Starts the browser host on a file and waits for its address. */
export const startHost = async (bench: Bench, db: string, env: NodeJS.ProcessEnv = {}): Promise<Host> => {
  const folder = bench.path('page');
  mkdirSync(folder, { recursive: true });
  const child = bench.run('electron/host/loopback.ts', ['--db', db, '--no-open', '--renderer', folder], env);
  let text = '';
  const found = new Promise<string>((done, fail) => {
    const take = (part: Buffer): void => {
      text += part.toString();
      const match = /http:\/\/127\.0\.0\.1:\d+\/#token=\S+/.exec(text);
      if (match) done(match[0]);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.on('exit', (code) => fail(new Error(`the host ended with ${code}: ${text}`)));
  });
  const url = new URL(await found);
  return { child, url, token: new URLSearchParams(url.hash.slice(1)).get('token') ?? '', output: () => text };
};
