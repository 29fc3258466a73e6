/** Rounds that a window makes by itself: at news of its hub, and by the clock where none comes. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { openWriteStore } from '../../electron/engine/store/write/write-store.ts';
import { createHubs } from '../../electron/engine/services/team/hubs.ts';
import { keepPlace } from '../../electron/engine/services/team/place.ts';
import { createRunner, pauseAfter } from '../../electron/engine/services/team/runner.ts';
import { deviceSeed } from '../../electron/engine/services/team/team-key.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { joinTeam } from '../../electron/engine/sync/join.ts';
import { emptyFile } from '../fakes/empty-file.ts';
import { fakeEnv } from '../fakes/env.ts';
import { fakeRules } from '../fakes/rules.ts';
import { makeTemp } from '../setup/temp.ts';
import { ROOT, SIGNED_TEAM } from '../sync/team.ts';

const FIRST_MS = 2000;
const NEWS_MS = 300;
const PATIENCE_MS = 10_000;

/** Lets what is under way go on until something is so; the clock of the rounds stands still. */
const until = async (isSo: () => boolean): Promise<void> => {
  const last = performance.now() + PATIENCE_MS;
  while (!isSo() && performance.now() < last) await new Promise(setImmediate);
  await new Promise(setImmediate);
};

/** A hub in a folder that tells its news as a server does, and counts how often it is met. */
const createTelling = (folder: string) => {
  const listeners = new Set<() => void>();
  const counts = { met: 0, heard: 0 };
  let isDown = false;
  let hold: Promise<void> = Promise.resolve();
  const open = (): Hub => {
    const hub = createFolderHub(folder, SIGNED_TEAM.org);
    return {
      ...hub,
      async streams(scopes) {
        counts.met += 1;
        await hold;
        if (isDown) throw new Error('The line is cut');
        return hub.streams(scopes);
      },
      listen(tell) {
        counts.heard += 1;
        const own = (): void => tell();
        listeners.add(own);
        return () => void listeners.delete(own);
      },
    };
  };
  return {
    open,
    counts,
    listeners,
    tell: (): void => listeners.forEach((tell) => tell()),
    cut: (isCut: boolean): void => void (isDown = isCut),
    /** Whoever meets it waits until the returned function is called. */
    holdUp(): () => void {
      let goOn = (): void => undefined;
      hold = new Promise((resolve) => {
        goOn = resolve;
      });
      return () => goOn();
    },
  };
};

/** A file of a team whose rounds are begun, at a hub of this kind. */
const openListening = async () => {
  const folder = makeTemp();
  const place = { hub: path.join(folder, 'shared'), password: null };
  mkdirSync(place.hub);
  const env = { ...fakeEnv(1), db: emptyFile(path.join(folder, 'mine.db')), log: () => undefined };
  const store = openWriteStore({ ...env, rules: fakeRules(), emit: () => undefined });
  const hub = createTelling(place.hub);
  await joinTeam({
    store: store.sync,
    hub: hub.open(),
    org: SIGNED_TEAM.org,
    rootSeed: ROOT,
    seed: deviceSeed({ env, owner: store.sync, local: store.local }),
    random: env.random,
    scopes: SIGNED_TEAM.scopes,
  });
  keepPlace(store.local, place);
  let at = hub.open();
  let ended = 0;
  const runner = createRunner({
    store,
    env,
    hubs: { ...createHubs(env), at: () => at },
    settle: () => undefined,
    emit: (_, about) => {
      if (typeof about === 'object' && about !== null && 'isRunning' in about && !about.isRunning) ended += 1;
    },
  });
  onTestFinished(() => {
    runner.stop();
    store.close();
  });
  return {
    runner,
    hub,
    /** The hub is opened anew, as after its connection was lost. */
    renew: (): void => void (at = hub.open()),
    pass: (ms: number): void => void vi.advanceTimersByTime(ms),
    /** So many rounds have come to their end, and what follows on them is done. */
    ended: async (rounds: number): Promise<void> => {
      await until(() => ended >= rounds);
      expect(ended).toBe(rounds);
    },
  };
};

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('news of a hub', () => {
  test('brings a round, and many at once bring one', async () => {
    const { runner, hub, pass, ended } = await openListening();
    runner.start();
    pass(FIRST_MS);
    await ended(1);
    expect(hub.counts).toEqual({ met: 1, heard: 1 });
    hub.tell();
    pass(NEWS_MS - 1);
    expect(hub.counts.met).toBe(1);
    pass(1);
    await ended(2);
    expect(hub.counts).toEqual({ met: 2, heard: 1 });
    for (let news = 0; news < 5; news += 1) {
      hub.tell();
      pass(NEWS_MS / 6);
    }
    // The first of them is waited for, and the last not once more.
    pass(NEWS_MS / 6);
    await ended(3);
    pass(2 * NEWS_MS);
    expect(hub.counts.met).toBe(3);
  });

  test('that comes during a round brings another one after it', async () => {
    const { runner, hub, pass, ended } = await openListening();
    runner.start();
    pass(FIRST_MS);
    await ended(1);
    const goOn = hub.holdUp();
    hub.tell();
    pass(NEWS_MS);
    await until(() => hub.counts.met === 2);
    hub.tell();
    pass(10 * NEWS_MS);
    expect(hub.counts.met).toBe(2);
    goOn();
    await ended(2);
    pass(NEWS_MS);
    await ended(3);
    pass(10 * NEWS_MS);
    expect(hub.counts.met).toBe(3);
  });

  test('that never comes is not waited for', async () => {
    const { runner, hub, pass, ended } = await openListening();
    runner.start();
    pass(FIRST_MS);
    await ended(1);
    hub.listeners.clear();
    hub.tell();
    pass(pauseAfter(0) - 1);
    expect(hub.counts.met).toBe(1);
    pass(1);
    await ended(2);
    // The line is cut altogether: later each time, and as ever once it is there again.
    hub.cut(true);
    pass(pauseAfter(0));
    await ended(3);
    pass(pauseAfter(1) - 1);
    expect(hub.counts.met).toBe(3);
    hub.cut(false);
    pass(1);
    await ended(4);
    pass(pauseAfter(0));
    await ended(5);
  });

  test('is heard from the hub that is met, and from none that was before', async () => {
    const { runner, hub, renew, pass, ended } = await openListening();
    runner.start();
    pass(FIRST_MS);
    await ended(1);
    const [before] = hub.listeners;
    renew();
    pass(pauseAfter(0));
    await ended(2);
    expect(hub.counts.heard).toBe(2);
    expect([hub.listeners.size, before !== undefined && hub.listeners.has(before)]).toEqual([1, false]);
    hub.tell();
    pass(NEWS_MS);
    await ended(3);
    runner.stop();
    expect(hub.listeners.size).toBe(0);
    pass(pauseAfter(0));
    expect(hub.counts.met).toBe(3);
  });
});
