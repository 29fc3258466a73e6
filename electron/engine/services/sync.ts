/**
 * Meeting others through a shared folder. The key of this device lies beside its file, never in it: a copy of the file
 * alone is no copy of the device.
 */
import type { Commands, Queries } from '../../../shared/contract/index.ts';
import { stampTime } from '../../../shared/domain/hlc.ts';
import { isBad } from '../../../shared/domain/kinds.ts';
import type { CellValue } from '../../../shared/domain/kinds.ts';
import type { EngineEnv } from '../env.ts';
import { fullPath } from '../files/disk.ts';
import { hasKeyFile, makeKeyFile, readKeyFile } from '../files/key-file.ts';
import type { WriteStore } from '../store/api.ts';
import type { ReadStore } from '../store/read-store.ts';
import type { SyncStore } from '../store/sync-store.ts';
import { orgOf, readSeed } from '../sync/certificate.ts';
import { createFolderHub } from '../sync/folder.ts';
import type { Hub } from '../sync/hub.ts';
import { joinTeam } from '../sync/join.ts';
import { keyPairOf } from '../sync/keys.ts';
import { runRound } from '../sync/round.ts';

/** What the scopes of a team are called in its hub. */
const SCOPES = { shared: 'shared', account: 'accounts' } as const;
const SEED_BYTES = 32;

type Deps = {
  readonly store: Pick<WriteStore, 'device'> & { readonly sync: SyncStore };
  readonly env: Pick<EngineEnv, 'db' | 'random'>;
};

const makeSeed = (path: string, random: EngineEnv['random']): string => {
  const seed = Buffer.from(random(SEED_BYTES)).toString('hex');
  makeKeyFile(path, seed);
  return seed;
};

const deviceKeyPath = (db: string): string => `${db}.key`;

export const syncCommands = ({ store, env }: Deps): Pick<Commands, 'sync.join' | 'sync.round'> => {
  /** What a hub was found to hold is kept, so that the next round reads only what is new. */
  const hubs = new Map<string, Hub>();
  const hubAt = (path: string, org: string): Hub => {
    const key = `${org} ${path}`;
    const hub = hubs.get(key) ?? createFolderHub(fullPath(path), org);
    hubs.set(key, hub);
    return hub;
  };
  return {
    'sync.join': async ({ hub, team, isNew }) => {
      if (isNew) makeSeed(team, env.random);
      const rootSeed = readSeed(readKeyFile(team));
      const path = deviceKeyPath(env.db);
      const org = await joinTeam({
        store: store.sync,
        hub: hubAt(hub, orgOf(rootSeed)),
        rootSeed,
        seed: {
          read: () => (hasKeyFile(path) ? readSeed(readKeyFile(path)) : null),
          make: () => readSeed(makeSeed(path, env.random)),
        },
        random: env.random,
        scopes: SCOPES,
      });
      return { org, device: store.device.id };
    },
    'sync.round': async ({ hub }, { signal, progress }) => {
      let pair: ReturnType<typeof keyPairOf> | undefined;
      const done = await runRound({
        store: store.sync,
        hub: hubAt(hub, store.sync.membership()?.org ?? ''),
        sign: (bytes) => (pair ??= keyPairOf(readSeed(readKeyFile(deviceKeyPath(env.db))))).sign(bytes),
        progress: (ops, what) => progress(ops, null, what),
        isCancelled: () => signal.aborted,
      });
      const { unsent, conflicts } = store.sync.state();
      return { ...done, warnings: [...done.warnings], unsent, conflicts };
    },
  };
};

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
