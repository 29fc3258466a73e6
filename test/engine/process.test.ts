/** The engine as a real process: ready, refused, killed, left alone. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../shared/contract/define.ts';
import { readAddress } from '../../electron/engine/address.ts';
import { attach } from '../../electron/host/attach.ts';
import { attachTo, createBench, root, untilDead, type Bench } from '../fakes/processes.ts';

let bench: Bench;
beforeEach(() => void (bench = createBench()));
afterEach(() => bench.clean());

const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => error,
  );

describe('an engine', () => {
  it('says ready with its schema, and is gone without a trace when it is asked to end', async () => {
    const db = bench.path('a.db');
    const { engine, pid, first, exited } = bench.startEngine(db, { url: 'http://127.0.0.1:1/#token=x' });
    expect(await first).toMatchObject({ k: 'ready', pid, schema: expect.any(Number) as number });
    const address = readAddress(db);
    expect(address).toMatchObject({ pid, host: 'browser', url: 'http://127.0.0.1:1/#token=x' });
    expect(statSync(`${db}.engine.json`).mode & 0o777).toBe(0o600);
    expect(statSync(address?.socket ?? '').mode & 0o777).toBe(0o600);
    engine.end();
    expect(await exited).toContain('code 0');
    expect([existsSync(`${db}.engine.json`), existsSync(address?.socket ?? '')]).toEqual([false, false]);
  });

  it('ends with the process that started it, however that one died', async () => {
    const db = bench.path('a.db');
    const script = `
      import { forkEngine } from '${root}/electron/host/child.ts';
      import { createOptions } from '${root}/electron/host/launch.ts';
      const engine = forkEngine(createOptions({ db: process.argv[1], mode: 'child', host: 'browser', version: '0' }));
      engine.onMessage((m) => m.k === 'ready' && console.log(m.pid));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', script, db], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((done) => parent.stdout.once('data', (text: Buffer) => done(Number(text.toString()))));
    bench.watch(pid);
    parent.kill('SIGKILL');
    await untilDead(pid);
    expect(existsSync(`${db}.engine.json`)).toBe(false);
  });

  it('that is killed ends every call under way with engine-gone, and frees the file', async () => {
    const db = bench.path('a.db');
    const killed = bench.startEngine(db);
    await killed.first;
    const rpc = await attachTo(killed.engine.connect());
    // A process that stands still answers nothing, so the calls are surely under way.
    process.kill(killed.pid, 'SIGSTOP');
    const calls = [rpc.client['app.info']({}), rpc.client['undo.undo']({}), rpc.client['undo.state']({})].map(failure);
    process.kill(killed.pid, 'SIGKILL');
    for (const error of await Promise.all(calls)) expect(error).toMatchObject({ code: 'engine-gone' });
    expect(await killed.exited).toContain('another program ended it');
    expect(await bench.startEngine(db).first).toMatchObject({ k: 'ready' });
  });
});

describe('the lock', () => {
  it('lets one engine have a file, and says who that is', async () => {
    const db = bench.path('a.db');
    const owner = bench.startEngine(db, { host: 'browser', url: 'http://127.0.0.1:9/#token=t' });
    await owner.first;
    const second = bench.startEngine(db);
    expect(await second.first).toMatchObject({
      k: 'failed',
      error: { code: 'locked', details: { holder: { pid: owner.pid, host: 'browser', url: 'http://127.0.0.1:9/#token=t' } } },
    });
    await second.exited;
    const rpc = await attachTo(owner.engine.connect());
    expect(rpc.isConnected()).toBe(true);
  });

  it('sees one file behind two names', async () => {
    const db = bench.path('a.db');
    const owner = bench.startEngine(db);
    await owner.first;
    if (!existsSync(db)) writeFileSync(db, '');
    symlinkSync(db, bench.path('link.db'));
    expect(await bench.startEngine(bench.path('link.db')).first).toMatchObject({ k: 'failed', error: { code: 'locked' } });
  });

  it('is free after kill -9, and an address left behind misleads nobody', async () => {
    const db = bench.path('a.db');
    const killed = bench.startEngine(db);
    await killed.first;
    process.kill(killed.pid, 'SIGKILL');
    await killed.exited;
    expect(readAddress(db)?.pid).toBe(killed.pid);
    const next = bench.startEngine(db);
    expect(await next.first).toMatchObject({ k: 'ready' });
    expect(readAddress(db)?.pid).toBe(next.pid);
  });

  it('of one file says nothing about another', async () => {
    const engines = ['a.db', 'b.db'].map((name) => bench.startEngine(bench.path(name)));
    for (const { first } of engines) expect(await first).toMatchObject({ k: 'ready' });
    for (const { engine } of engines) expect((await attachTo(engine.connect())).isConnected()).toBe(true);
  });
});

describe('a file that cannot be opened', () => {
  it('because it is none of ours is refused with a code, and is not touched', async () => {
    const db = bench.path('a.db');
    writeFileSync(db, 'this is a letter, not a database. '.repeat(100));
    const { first, exited } = bench.startEngine(db);
    expect(await first).toMatchObject({ k: 'failed', error: { code: 'damaged-file' } });
    await exited;
    expect(readFileSync(db, 'utf8')).toBe('this is a letter, not a database. '.repeat(100));
  });
});

describe('a command line', () => {
  it('starts an engine when none runs, shares it, and leaves none behind', async () => {
    const db = bench.path('a.db');
    const [one, two] = await Promise.all([attach(db), attach(db, { as: 'Ada <ada@example.org>' })]);
    const address = readAddress(db);
    const pid = bench.watch(address?.pid ?? 0);
    expect(address?.host).toBe('cli');
    expect((await one.client['app.info']({})).file).toBe('a.db');
    await one.close();
    expect((await two.client['app.info']({})).file).toBe('a.db');
    await two.close();
    await untilDead(pid);
    expect(existsSync(`${db}.engine.json`)).toBe(false);
  });

  it('uses the engine that runs', async () => {
    const db = bench.path('a.db');
    const owner = bench.startEngine(db);
    await owner.first;
    const { client, close } = await attach(db);
    expect((await client['app.info']({})).file).toBe('a.db');
    expect(readAddress(db)?.pid).toBe(owner.pid);
    await close();
    // Not detached: it stays with its host.
    expect((await attachTo(owner.engine.connect())).isConnected()).toBe(true);
  });

  it('is told why a file cannot be opened', async () => {
    const db = bench.path('a.db');
    writeFileSync(db, 'no database'.repeat(1000));
    expect(await failure(attach(db))).toMatchObject({ code: 'damaged-file' });
    expect(await failure(attach(join(bench.path('a.db'), 'x', 'b.db')))).toBeInstanceOf(Error);
  });

  it('raises the window of the host, and may ask it nothing else', async () => {
    const db = bench.path('a.db');
    const owner = bench.startEngine(db);
    await owner.first;
    const focused = new Promise<void>((done) =>
      owner.engine.onMessage((message) => (message.k === 'focus' ? done() : undefined)),
    );
    const rpc = await attachTo(owner.engine.connect());
    await rpc.host['host.focus']({});
    await focused;
    const error = await failure(rpc.host['host.repair']({ action: 'aside' }));
    expect(error instanceof AppError && error.code).toBe('denied');
  });
});

it('what changed is said at once, then at most ten times a second, numbered', async () => {
  vi.useFakeTimers();
  try {
    const { createChangeStream } = await import('../../electron/engine/router-events.ts');
    const said: unknown[] = [];
    const { add, stop } = createChangeStream((payload) => said.push(payload));
    add({ orders: { ids: ['1'] } });
    expect(said).toEqual([{ seq: 1, tables: { orders: { ids: ['1'] } } }]);
    add({ orders: { ids: ['2'] } });
    add({ orders: { ids: ['2', '3'] }, accounts: { ids: ['a'] } });
    expect(said).toHaveLength(1);
    vi.advanceTimersByTime(100);
    expect(said[1]).toEqual({ seq: 2, tables: { orders: { ids: ['2', '3'] }, accounts: { ids: ['a'] } } });
    add({ orders: { ids: Array.from({ length: 501 }, (_, i) => String(i)) } });
    add({ accounts: {} });
    add({ accounts: { ids: ['b'] } });
    vi.advanceTimersByTime(100);
    expect(said[2]).toEqual({ seq: 3, tables: { orders: {}, accounts: {} } });
    vi.advanceTimersByTime(1000);
    expect(said).toHaveLength(3);
    stop();
  } finally {
    vi.useRealTimers();
  }
});
