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
import { certify, orgOf, readSeed } from '../sync/certificate.ts';
import { createFolderHub } from '../sync/folder.ts';
import type { Hub } from '../sync/hub.ts';
import { keyPairOf } from '../sync/keys.ts';
import { runRound } from '../sync/round.ts';

/** What the scopes of a team are called in its hub. */
const SCOPES = { shared: 'shared', account: 'accounts' } as const;
const SEED_BYTES = 32;

type Deps = {
  readonly store: Pick<WriteStore, 'device'> & { readonly sync: SyncStore };
  readonly env: Pick<EngineEnv, 'db' | 'random'>;
};

const readOrMakeSeed = (path: string, random: EngineEnv['random'], mayMake: boolean): Buffer => {
  if (mayMake && !hasKeyFile(path)) makeKeyFile(path, Buffer.from(random(SEED_BYTES)).toString('hex'));
  return readSeed(readKeyFile(path));
};

const deviceKeyPath = (db: string): string => `${db}.key`;

export const syncCommands = ({ store, env }: Deps): Pick<Commands, 'sync.join' | 'sync.round'> => {
  /** What a hub was found to hold is kept, so that the next round reads only what is new. */
  const hubs = new Map<string, Hub>();
  const hubAt = (path: string): Hub => {
    const hub = hubs.get(path) ?? createFolderHub(fullPath(path));
    hubs.set(path, hub);
    return hub;
  };
  return {
    'sync.join': async ({ hub, team, isNew }) => {
      if (isNew) makeKeyFile(team, Buffer.from(env.random(SEED_BYTES)).toString('hex'));
      const root = readOrMakeSeed(team, env.random, false);
      const pair = keyPairOf(readOrMakeSeed(deviceKeyPath(env.db), env.random, true));
      const { id: dev, code } = store.device;
      await hubAt(hub).putCertificate(certify(root, { dev, code, key: pair.publicKey }));
      const org = orgOf(root);
      store.sync.join({ org, scopes: SCOPES });
      return { org, device: dev };
    },
    'sync.round': async ({ hub }, { signal, progress }) => {
      let pair: ReturnType<typeof keyPairOf> | undefined;
      const done = await runRound({
        store: store.sync,
        hub: hubAt(hub),
        sign: (bytes) => (pair ??= keyPairOf(readOrMakeSeed(deviceKeyPath(env.db), env.random, false))).sign(bytes),
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
