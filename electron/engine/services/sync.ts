/**
 * Meeting others at a hub. The key of this device lies beside its file, never in it: a copy of the file
 * alone is no copy of the device.
 */
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../shared/contract/index.ts';
import { stampTime } from '../../../shared/domain/hlc.ts';
import { isBad } from '../../../shared/domain/kinds.ts';
import type { CellValue } from '../../../shared/domain/kinds.ts';
import type { EngineEnv } from '../env.ts';
import type { ReadStore } from '../store/read-store.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { orgOf } from '../sync/certificate.ts';
import type { Hub } from '../sync/hub.ts';
import { joinTeam } from '../sync/join.ts';
import type { keyPairOf } from '../sync/keys.ts';
import { runRound } from '../sync/round.ts';
import { isServer } from './hubs.ts';
import type { HubPlace, Hubs } from './hubs.ts';
import { deviceKeys, deviceSeed, makeSeed, teamSeed } from './team-key.ts';

const SHARED = 'shared';

type Deps = {
  readonly store: { readonly sync: SyncStore };
  readonly env: Pick<EngineEnv, 'db' | 'random'>;
  readonly hubs: Hubs;
};

const blocked = (message: string): AppError => new AppError('blocked', message);

/** The team of a hub, and its key if this device has it. */
const findTeam = async (hubs: Hubs, place: HubPlace, team: string | null, makeKey: (() => Buffer) | null) => {
  const asked = isServer(place) ? hubs.at(place, '') : null;
  if (team === null && asked === null)
    throw new AppError('invalid', 'In a folder there is nobody to ask: name the file with the key of the team, --team.');
  const known = asked === null ? null : await asked.org();
  if (makeKey !== null && known !== null) throw blocked('This hub has its team already: join it with its key, or without one.');
  const rootSeed = makeKey?.() ?? (team === null ? null : teamSeed(team));
  const org = rootSeed === null ? (known ?? '') : orgOf(rootSeed);
  if (known !== null && known !== org) throw blocked('The key is of another team than this hub.');
  return { org, rootSeed };
};

export const syncCommands = ({ store, env, hubs }: Deps): Pick<Commands, 'sync.join' | 'sync.round'> => ({
  'sync.join': async ({ hub, password, team, isNew, territory }) => {
    const place = { hub, password };
    const known = store.sync.membership();
    if (known !== null && known.scopes.account !== territory)
      throw blocked(`This file works in the territory ${known.scopes.account} and stays there. Nothing was changed.`);
    const makeKey = isNew && team !== null ? () => makeSeed(team, env.random) : null;
    const { org, rootSeed } = await findTeam(hubs, place, team, makeKey);
    await joinTeam({
      store: store.sync,
      hub: hubs.at(place, org),
      org,
      rootSeed,
      seed: deviceSeed(env.db, env.random),
      random: env.random,
      scopes: { shared: SHARED, account: territory },
    });
    return { org, device: store.sync.device, code: store.sync.code(), isWaiting: rootSeed === null };
  },
  'sync.round': async (place, { signal, progress }) => {
    let pair: ReturnType<typeof keyPairOf> | undefined;
    const done = await runRound({
      store: store.sync,
      hub: hubs.at(place, store.sync.membership()?.org ?? ''),
      sign: (bytes) => (pair ??= deviceKeys(env.db)).sign(bytes),
      progress: (ops, what) => progress(ops, null, what),
      isCancelled: () => signal.aborted,
    });
    const { unsent, conflicts } = store.sync.state();
    return { ...done, warnings: [...done.warnings], unsent, conflicts };
  },
});

/** Waits for a hint of a hub; after so many seconds there may be something new all the same. */
const waitForNews = (hub: Hub, seconds: number, signal: CallContext['signal']): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (isNews: boolean) => (): void => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', quit);
      resolve(isNews);
    };
    const [tell, quit] = [end(true), end(false)];
    const timer = setTimeout(quit, seconds * 1000);
    const stop = hub.listen(tell);
    signal.addEventListener('abort', quit);
    if (signal.aborted) quit();
  });

export const newsQueries = (hubs: Hubs): Pick<Queries, 'sync.news'> => ({
  'sync.news': async ({ seconds, ...place }, { signal }) => {
    const hub = hubs.at(place, '');
    // A hint comes only over a connection.
    await hub.org();
    return { isNews: await waitForNews(hub, seconds, signal) };
  },
});

const shown = (value: CellValue): string | null => (value === null ? null : String(isBad(value) ? value['!'][0] : value));

export const syncQueries = (store: ReadStore): Pick<Queries, 'sync.conflicts' | 'sync.hashes'> => ({
  'sync.conflicts': ({ limit }) => {
    const { count, conflicts } = store.conflicts(limit);
    return {
      count,
      conflicts: conflicts.map(({ lost, kept, stamp, ...place }) => ({
        ...place,
        kept: shown(kept),
        lost: shown(lost),
        at: stampTime(stamp),
      })),
    };
  },
  'sync.hashes': () => ({ tables: store.replicaHashes().map((one) => ({ ...one })) }),
});
