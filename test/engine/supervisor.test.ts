/** The supervisor over real engine processes that are killed, stopped and refused. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forkEngine, type ChildEngine } from '../../electron/host/child.ts';
import { listBackups, openBackup, setAside } from '../../electron/host/files.ts';
import { untilFree } from '../../electron/host/holder.ts';
import { createSupervisor, type Limits, type Supervisor } from '../../electron/host/supervisor.ts';
import type { EngineStatus } from '../../shared/rpc/host.ts';
import { attachTo, createBench, optionsFor, untilDead, type Bench } from '../fakes/processes.ts';

let bench: Bench;
let supervisor: Supervisor<ChildEngine>;
let said: EngineStatus[];
let pids: number[];
let now: number;

beforeEach(() => {
  bench = createBench();
  said = [];
  pids = [];
  now = 0;
});
afterEach(async () => {
  await supervisor.stop();
  await bench.clean();
});

const supervise = (file: string, limits: Partial<Limits> = {}): void => {
  supervisor = createSupervisor<ChildEngine>({
    file,
    spawn: (db) => {
      const engine = forkEngine(optionsFor(db));
      pids.push(bench.watch(engine.pid ?? 0));
      return engine;
    },
    untilFree,
    onStatus: (status) => void said.push(status),
    onReady: () => {},
    clock: () => now,
    limits: { backoffMs: 5, ...limits },
  });
  supervisor.start();
};
const states = (): readonly string[] => said.map(({ state }) => state);
const until = (state: EngineStatus['state'], times = 1): Promise<void> =>
  vi.waitFor(() => expect(states().filter((name) => name === state).length).toBeGreaterThanOrEqual(times), {
    timeout: 20_000,
    interval: 10,
  });
const kill = (signal: NodeJS.Signals = 'SIGKILL'): void => void process.kill(pids.at(-1) ?? 0, signal);

describe('after a crash', () => {
  it('an engine is started again; after the third within a minute it is not', async () => {
    supervise(bench.path('a.db'));
    for (const n of [1, 2, 3]) {
      await until('ready', n);
      kill();
      await until('crashed', n);
    }
    await until('repair');
    expect(states().join(' ')).toBe('starting ready crashed starting ready crashed starting ready crashed repair');
    expect(said.at(-1)).toMatchObject({ crashes: 3, error: { code: 'engine-gone' } });
    expect(said.at(-1)?.reason).toContain('another program ended it');
    expect(supervisor.engine()).toBeUndefined();

    await supervisor.restart();
    await until('ready', 4);
    expect(said.at(-1)).toMatchObject({ crashes: 0, error: null });
  });

  it('crashes of long ago do not count', async () => {
    supervise(bench.path('a.db'));
    for (const n of [1, 2, 3, 4]) {
      await until('ready', n);
      now += 61_000;
      kill();
    }
    await until('ready', 5);
    expect(states()).not.toContain('repair');
  });

  it('a client that is given the new engine goes on', async () => {
    supervise(bench.path('a.db'));
    await until('ready');
    const rpc = await attachTo(supervisor.engine()?.connect() ?? expect.fail());
    kill('SIGSTOP');
    const call = rpc.client['app.info']({}).catch((error: unknown) => error);
    kill();
    expect(await call).toMatchObject({ code: 'engine-gone' });
    await until('ready', 2);
    await rpc.attach(supervisor.engine()?.connect() ?? expect.fail(), { client: 'page', window: 'test' });
    expect(rpc.isConnected()).toBe(true);
  });
});

describe('an engine that does not do as it is asked', () => {
  it('is ended by force after the grace', async () => {
    supervise(bench.path('a.db'), { graceMs: 50 });
    await until('ready');
    kill('SIGSTOP');
    await supervisor.stop();
    await untilDead(pids[0] ?? 0);
    expect(states().at(-1)).toBe('stopped');
  });

  it('is killed when it is not ready in time, which counts as a crash', async () => {
    supervise(bench.path('a.db'), { readyMs: 1 });
    await until('crashed');
    expect(said.find(({ state }) => state === 'crashed')?.reason).toContain('not ready');
  });
});

describe('a file', () => {
  it('that another engine holds is waited for, and taken over when that one ends', async () => {
    const db = bench.path('a.db');
    const other = bench.startEngine(db, { url: 'http://127.0.0.1:7/#token=t' });
    await other.first;
    supervise(db);
    await until('locked');
    expect(said.at(-1)?.error).toMatchObject({
      code: 'locked',
      details: { holder: { pid: other.pid, url: 'http://127.0.0.1:7/#token=t' } },
    });
    process.kill(other.pid, 'SIGKILL');
    await until('ready');
  });

  it('that is damaged leads to repair at once; set aside, work goes on with a new one', async () => {
    const db = bench.path('a.db');
    writeFileSync(db, 'no database'.repeat(1000));
    supervise(db);
    await until('repair');
    expect(said.at(-1)?.error?.code).toBe('damaged-file');
    let aside: string | null = null;
    await supervisor.restart(undefined, () => (aside = setAside(db, Date.UTC(2026, 0, 2, 3, 4, 5))));
    await until('ready');
    expect(aside).toBe(`${db}.damaged-20260102T030405`);
    expect(readFileSync(aside ?? '', 'utf8')).toBe('no database'.repeat(1000));
  });

  it('can be changed for another while the workbench is open', async () => {
    supervise(bench.path('a.db'));
    await until('ready');
    await supervisor.restart(bench.path('b.db'));
    await until('ready', 2);
    expect(said.at(-1)?.file).toBe(bench.path('b.db'));
    await untilDead(pids[0] ?? 0);
  });

  it('twice at once is changed once after the other', async () => {
    supervise(bench.path('a.db'));
    await until('ready');
    await Promise.all([supervisor.restart(bench.path('b.db')), supervisor.restart(bench.path('c.db'))]);
    await vi.waitFor(() => expect(said.at(-1)).toMatchObject({ state: 'ready', file: bench.path('c.db') }), { timeout: 20_000 });
    expect(states()).not.toContain('locked');
  });
});

describe('copies of a file', () => {
  it('brought from elsewhere is opened when it is a workbench file that nobody has open', async () => {
    const from = bench.path('from.db');
    supervise(from);
    await until('ready');
    await supervisor.stop();
    const db = bench.path('a.db');
    writeFileSync(db, 'now');
    expect(() => openBackup(db, 'from.db', 0)).toThrow(expect.objectContaining({ code: 'denied' }) as Error);
    expect(() => openBackup(from, from, 0)).toThrow(expect.objectContaining({ code: 'denied' }) as Error);
    writeFileSync(`${from}-wal`, 'somebody writes');
    expect(() => openBackup(db, from, 0)).toThrow(expect.objectContaining({ code: 'busy' }) as Error);
    rmSync(`${from}-wal`);
    const aside = openBackup(db, from, 0);
    expect(aside).toContain('a.db.replaced-');
    expect(readFileSync(aside ?? '', 'utf8')).toBe('now');
    expect(readFileSync(db).equals(readFileSync(from))).toBe(true);
  });

  it('are those of this file alone, and only they can be opened; what was there is kept', async () => {
    supervise(bench.path('unused.db'));
    const db = bench.path('a.db');
    writeFileSync(db, 'now');
    writeFileSync(`${db}-wal`, 'log');
    writeFileSync(`${db}.v10-1.backup`, 'then');
    mkdirSync(bench.path('backups'));
    for (const name of ['a 2026-01-02T030405.db', 'b 2026-01-02T030405.db']) writeFileSync(bench.path(`backups/${name}`), 'copy');
    for (const other of ['b.db.v10-1.backup', 'a.db.txt']) writeFileSync(bench.path(other), 'other');
    mkdirSync(`${db}.folder.backup`);
    expect(new Set(listBackups(db).map(({ path }) => path))).toEqual(
      new Set([`${db}.v10-1.backup`, bench.path('backups/a 2026-01-02T030405.db')]),
    );
    for (const path of [bench.path('b.db.v10-1.backup'), `${db}.v10-1.backup/../b.db`, '/etc/passwd'])
      expect(() => openBackup(db, path, 0)).toThrow(expect.objectContaining({ code: 'denied' }) as Error);
    const aside = openBackup(db, `${db}.v10-1.backup`, 0);
    expect(readFileSync(db, 'utf8')).toBe('then');
    expect([readFileSync(aside ?? '', 'utf8'), readFileSync(`${aside}-wal`, 'utf8')]).toEqual(['now', 'log']);
    expect(readdirSync(bench.path('.'))).not.toContain('a.db-wal');
  });
});
