/**
 * The key of a team, and that of this device, never in the database file: the one in a file that whoever keeps it takes along
 * and locks away, the other where this computer keeps secrets.
 */
import { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import type { EngineEnv } from '../../env.ts';
import { makeKeyFile, readKeyFile } from '../../files/key-file.ts';
import { placeWords } from '../../secrets/secrets.ts';
import type { Secret, SecretPlace } from '../../secrets/secrets.ts';
import type { LocalReader, LocalStore } from '../../store/api.ts';
import { readSeed } from '../../sync/certificate.ts';
import { keyPairOf } from '../../sync/keys.ts';

const SEED_BYTES = 32;

type Random = EngineEnv['random'];

/** Makes the file of a key. @throws AppError `bad-file` where there is one */
export const makeSeed = (path: string, random: Random): Buffer => {
  const seed = Buffer.from(random(SEED_BYTES));
  makeKeyFile(path, seed.toString('hex'));
  return seed;
};

/** @throws AppError `bad-file` */
export const teamSeed = (path: string): Buffer => readSeed(readKeyFile(path));

/** What says whose key it is: a file that became another device has another key than the copies of it. */
type KeyOwner = { readonly device: string; readonly isRenewed: () => boolean };

export type KeyDeps = {
  readonly env: Pick<EngineEnv, 'db' | 'random' | 'secrets'>;
  readonly owner: KeyOwner;
  readonly local: Pick<LocalStore, 'get' | 'set'>;
};

/** Where the key of this device was put: a key store that cannot be reached just now is not one without the key. */
const PLACE = 'sync.key';
const keptPlace = z.strictObject({ device: z.string(), place: z.enum(['keychain', 'dpapi', 'secret-service', 'files']) });

/** Null before the device has a key, or where it was made by a build that did not say. */
export const readKeyPlace = (local: Pick<LocalReader, 'get' | 'device'>): SecretPlace | null => {
  const kept = keptPlace.safeParse(local.get(PLACE)[PLACE]);
  return kept.success && kept.data.device === local.device().id ? kept.data.place : null;
};

const secretOf = (db: string, { device, isRenewed }: KeyOwner): Secret => ({
  id: `device-${device}`,
  path: isRenewed() ? `${db}.${device}.key` : `${db}.key`,
});

/** The seed of this device's key: null while it has none, and made when it joins. @throws AppError `locked` */
export const deviceSeed = ({ env: { db, random, secrets }, owner, local }: KeyDeps) => {
  const note = (): void => local.set({ [PLACE]: { device: owner.device, place: secrets.place } });
  const refuseElsewhere = (): void => {
    const kept = keptPlace.safeParse(local.get(PLACE)[PLACE]).data;
    if (kept === undefined || kept.device !== owner.device || kept.place === secrets.place || kept.place === 'files') return;
    throw new AppError(
      'locked',
      `The key of this device is in ${placeWords[kept.place]}, which cannot be reached from here: open the workbench there, logged in.`,
    );
  };
  return {
    read(): Buffer | null {
      const kept = secrets.get(secretOf(db, owner));
      if (kept === null) refuseElsewhere();
      else if (keptPlace.safeParse(local.get(PLACE)[PLACE]).data?.place !== secrets.place) note();
      return kept === null ? null : readSeed(kept);
    },
    make(): Buffer {
      const seed = Buffer.from(random(SEED_BYTES));
      secrets.put(secretOf(db, owner), seed.toString('hex'));
      note();
      return seed;
    },
  };
};

/**
 * The keys of this device. One that became another may have died before it had its key: nobody knows it by one yet.
 * @throws AppError `bad-file` before the device has joined, `locked`
 */
export const deviceKeys = (deps: KeyDeps): ReturnType<typeof keyPairOf> => {
  const { env, owner } = deps;
  const seed = deviceSeed(deps);
  const kept = seed.read() ?? (owner.isRenewed() ? seed.make() : null);
  if (kept !== null) return keyPairOf(kept);
  const { path } = secretOf(env.db, owner);
  throw new AppError(
    'bad-file',
    env.secrets.place === 'files'
      ? `There is no key of this device: ${path}. Put it back, or join again.`
      : `The key of this device is not in ${placeWords[env.secrets.place]}, nor in a file ${path}. Join again.`,
    { path },
  );
};
