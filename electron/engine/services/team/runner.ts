/**
 * Rounds with the hub of this file, one after another while the workbench runs. A round that fails is tried again, later
 * each time, and nobody waits for it: it stands in no queue of commands, and what is done meanwhile is kept here.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { EngineEnv, Emit } from '../../env.ts';
import type { LocalStore, Reader } from '../../store/api.ts';
import { scopesOf } from '../../store/log/streams.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { isCertified } from '../../sync/certificate.ts';
import type { Hub } from '../../sync/hub.ts';
import { runRound } from '../../sync/round.ts';
import type { RoundDeps, RoundResult } from '../../sync/round.ts';
import { nameOfDevice } from '../company/issuing.ts';
import { wantedWord } from '../booking/wanted-word.ts';
import type { HubPlace, Hubs } from './hubs.ts';
import { FAILED, MET } from './met.ts';
import { deviceKeys } from './team-key.ts';
import { meetsThere, readPlace } from './place.ts';

const FIRST_MS = 2000;
const PAUSE_MS = 15_000;
const LONGEST_MS = 10 * 60_000;
/** What others give comes in pieces: so long is waited for the next. */
const NEWS_MS = 300;

/** Lines that are kept of a round. */
const MOST_TOLD = 50;

const TIDIED = 'sync.tidied';
const DAY_MS = 86_400_000;

export type RunnerDeps = {
  readonly store: Reader & { readonly sync: SyncStore; readonly local: LocalStore };
  readonly env: Pick<EngineEnv, 'db' | 'random' | 'clock' | 'log' | 'secrets'>;
  readonly emit: Emit;
  readonly hubs: Hubs;
  /** Done after every round, for what came by it. */
  readonly settle: () => void;
};

export type Runner = {
  /** One round; while another runs, that one. @throws AppError of the round */
  round(place: HubPlace, deps?: Pick<RoundDeps, 'progress' | 'isCancelled'>): Promise<RoundResult>;
  /** Begins a round now, whatever the pause. */
  soon(): void;
  /** The same where rounds run by themselves, else nothing. */
  wake(): void;
  /** Rounds from now on, if the file is of a team and knows its hub. */
  start(): void;
  stop(): void;
};

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Milliseconds until the next round, by how many failed before it. */
export const pauseAfter = (failures: number): number => Math.min(LONGEST_MS, PAUSE_MS * 2 ** Math.min(failures, 10));

/** Once a day at most. What failed is done another day, and nobody waits to know of it. */
const createTidy =
  ({ store, env, hubs }: RunnerDeps, isEnding: () => boolean) =>
  async (place: HubPlace): Promise<void> => {
    const [membership, now] = [store.sync.membership(), env.clock()];
    const hub = membership === null ? null : hubs.at(place, membership.org);
    const before = store.local.get(TIDIED)[TIDIED];
    if (hub?.tidy === undefined || isEnding() || (typeof before === 'number' && Math.abs(now - before) < DAY_MS)) return;
    store.local.set({ [TIDIED]: now });
    for (const scope of scopesOf(membership))
      await hub.tidy({ scope, dev: store.sync.device }, now).catch((error: unknown) => {
        env.log('warn', 'The files of a shared folder were not put together', { error: wordsOf(error) });
      });
  };

/** The keys of the device, asked for once: a key store is slow, and may ask the person. */
const createKeys = ({ store, env }: RunnerDeps): (() => ReturnType<typeof deviceKeys>) => {
  let known: { readonly device: string; readonly pair: ReturnType<typeof deviceKeys> } | undefined;
  return () => {
    const { device } = store.sync;
    if (known?.device !== device) known = { device, pair: deviceKeys({ env, owner: store.sync, local: store.local }) };
    return known.pair;
  };
};

const nameOf =
  ({ local }: Pick<RunnerDeps['store'], 'local'>) =>
  (dev: string, code: string | undefined): string => {
    const known = local.known(dev);
    // The team says its code before this file keeps it.
    return nameOfDevice(known === null || code === undefined ? known : { ...known, code });
  };

const keptOf = ({ warnings, waiting, ...counts }: RoundResult, at: number) => ({
  ...{ at, ...counts },
  warnings: warnings.slice(0, MOST_TOLD),
  waiting: waiting.slice(0, MOST_TOLD),
});

/** What this device signs with, and how it becomes another one. */
const createIdentity = (deps: RunnerDeps): Pick<RoundDeps, 'sign' | 'publicKey' | 'renew'> => {
  const { store, env } = deps;
  const keys = createKeys(deps);
  const publicKey = (): Buffer => keys().publicKey;
  return {
    sign: (bytes) => keys().sign(bytes),
    publicKey,
    renew(code) {
      store.sync.rekey(code, env.random);
      return publicKey();
    },
  };
};

/** One round at a time, whose outcome is kept for those who ask how things stand. */
const createRounds = (deps: RunnerDeps, isEnding: () => boolean) => {
  const { store, env, emit, hubs } = deps;
  const tidy = createTidy(deps, isEnding);
  let running: Promise<RoundResult> | null = null;
  let failures = 0;
  const identity = createIdentity(deps);
  const noteMet = (result: RoundResult): void => {
    if (isEnding()) return;
    failures = 0;
    store.local.set({ [MET]: keptOf(result, env.clock()), [FAILED]: null });
  };
  const noteFailed = (error: unknown): void => {
    if (isEnding()) return;
    failures += 1;
    const at = env.clock();
    const before = store.local.get(FAILED)[FAILED] as { since?: number } | undefined;
    store.local.set({ [FAILED]: { since: before?.since ?? at, at, message: wordsOf(error).slice(0, 500) } });
    if (!(error instanceof AppError)) env.log('error', 'A round with the hub failed', { error: wordsOf(error) });
  };
  const meet = async (place: HubPlace, asked: Pick<RoundDeps, 'progress' | 'isCancelled'>): Promise<RoundResult> => {
    const org = store.sync.membership()?.org;
    if (org !== undefined) await meetsThere(place);
    const hub = hubs.at(place, org ?? '');
    const isCancelled = (): boolean => isEnding() || asked.isCancelled?.() === true;
    const { clock, random } = env;
    const wanted = (): ReturnType<typeof wantedWord> => wantedWord(store, store.sync.device, clock());
    const own = { ...identity, wanted, nameOf: nameOf(store), random, clock };
    const result = await runRound({ store: store.sync, hub, ...own, ...asked, isCancelled });
    if (!isEnding()) deps.settle();
    const certificates = await hub.certificates();
    if (!isEnding()) store.sync.nameDevices(certificates.filter((certificate) => isCertified(org ?? '', certificate)));
    return result;
  };
  const begin = async (...of: Parameters<typeof meet>): Promise<RoundResult> => {
    try {
      const result = await meet(...of);
      noteMet(result);
      await tidy(of[0]);
      return result;
    } catch (error) {
      noteFailed(error);
      throw error;
    } finally {
      running = null;
      emit('sync', { isRunning: false });
    }
  };
  const round: Runner['round'] = (place, asked = {}) => {
    if (running !== null) return running;
    emit('sync', { isRunning: true });
    running = begin(place, asked);
    return running;
  };
  return { round, failures: (): number => failures };
};

/** Calls back at a hint of the hub that others gave something: a server says so, a folder never does. */
const createEar = ({ store, hubs }: RunnerDeps, tell: () => void) => {
  let heard: Hub | null = null;
  let stop = (): void => undefined;
  return {
    at(place: HubPlace): void {
      const hub = hubs.at(place, store.sync.membership()?.org ?? '');
      if (hub === heard) return;
      stop();
      [heard, stop] = [hub, hub.listen(tell)];
    },
    stop: (): void => stop(),
  };
};

export const createRunner = (deps: RunnerDeps): Runner => {
  const { store } = deps;
  let timer: NodeJS.Timeout | undefined;
  let isOn = false;
  let isEnding = false;
  let isRunning = false;
  let isNews = false;
  const { round, failures } = createRounds(deps, () => isEnding);
  const wait = (ms: number): void => {
    clearTimeout(timer);
    if (!isEnding) timer = setTimeout(go, ms).unref();
  };
  const ear = createEar(deps, () => {
    if (!isOn || isNews) return;
    isNews = true;
    if (!isRunning) wait(NEWS_MS);
  });
  const go = (): void => {
    const place = readPlace(store.local);
    if (place === null || store.sync.membership() === null) return;
    [isRunning, isNews] = [true, false];
    void round(place)
      .then(() => isOn && !isEnding && ear.at(place))
      .catch(() => undefined)
      .finally(() => {
        isRunning = false;
        if (isOn) wait(isNews ? NEWS_MS : pauseAfter(failures()));
      });
  };
  return {
    round,
    soon: () => wait(0),
    wake() {
      if (isOn) wait(0);
    },
    start() {
      isOn = true;
      wait(FIRST_MS);
    },
    stop() {
      isEnding = true;
      ear.stop();
      clearTimeout(timer);
    },
  };
};
