/** The key of a team, and that of this device: seeds in files of their own, never in the database file. */
import type { EngineEnv } from '../env.ts';
import { hasKeyFile, makeKeyFile, readKeyFile } from '../files/key-file.ts';
import { readSeed } from '../sync/certificate.ts';
import { keyPairOf } from '../sync/keys.ts';

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

/** What says whose key lies beside a file: a file that became another device has another key than the copies of it. */
type KeyOwner = { readonly device: string; readonly isRenewed: () => boolean };

const devicePath = (db: string, { device, isRenewed }: KeyOwner): string => (isRenewed() ? `${db}.${device}.key` : `${db}.key`);

/** The seed of this device's key: null while it has none, and made when it joins. */
export const deviceSeed = (db: string, random: Random, owner: KeyOwner) => ({
  read: (): Buffer | null => (hasKeyFile(devicePath(db, owner)) ? teamSeed(devicePath(db, owner)) : null),
  make: (): Buffer => makeSeed(devicePath(db, owner), random),
});

/**
 * The keys of this device. One that became another may have died before it had its key: nobody knows it by one yet.
 * @throws AppError `bad-file` before the device has joined
 */
export const deviceKeys = (db: string, random: Random, owner: KeyOwner): ReturnType<typeof keyPairOf> => {
  const seed = deviceSeed(db, random, owner);
  const kept = owner.isRenewed() ? (seed.read() ?? seed.make()) : teamSeed(devicePath(db, owner));
  return keyPairOf(kept);
};
