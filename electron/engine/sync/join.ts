/**
 * Joining a team (SYNC.md 2.10). The file is a member first, then the team is told: whoever finds the certificate may count
 * on the file. A device has one key for ever; a file whose key is not the one the team knows is a copy, and is refused.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { makeDeviceCode } from '../../../shared/domain/numbering.ts';
import type { Membership } from '../store/log/streams.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import { certify, fingerprintOf, isCertified } from './certificate.ts';
import type { Hub } from './hub.ts';
import { keyPairOf } from './keys.ts';

export type JoinDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly org: string;
  /** The key of the team; null where the administrator of the hub is asked to vouch. */
  readonly rootSeed: Uint8Array | null;
  /** The seed of this device's key: null while it has none, and made when it is to have one. */
  readonly seed: { readonly read: () => Uint8Array | null; readonly make: () => Uint8Array };
  readonly random: (n: number) => Uint8Array;
  readonly scopes: Membership['scopes'];
  /** Other territories. */
  readonly more?: readonly string[];
};

/** So many draws find a free one among 32 768, unless the team has nearly all of them. */
const DRAWS = 200;

/** @throws AppError `blocked` when none is left */
export const freeCode = (own: string, taken: ReadonlySet<string>, random: JoinDeps['random']): string => {
  for (let draw = 0, code = own; draw < DRAWS; draw += 1, code = makeDeviceCode(random)) if (!taken.has(code)) return code;
  throw new AppError('blocked', 'The team has no device code left. Nothing was changed.');
};

/**
 * @returns the fingerprint of its key
 * @throws AppError `blocked` when the file is in another one or the team knows its device by another key, `busy` while an
 * import runs, `locked` and `io` of the hub: then joining again tells the team
 */
export const joinTeam = async ({ store, hub, org, rootSeed, seed, random, scopes, more = [] }: JoinDeps): Promise<string> => {
  const certified = (await hub.certificates()).filter((one) => isCertified(org, one));
  const known = certified.filter(({ dev }) => dev === store.device);
  const had = seed.read();
  const key = had === null ? null : keyPairOf(had).publicKey;
  // A file that took another identity may have died before it had its key.
  const isLost = key === null && (known.length > 0 || (store.membership() !== null && !store.isRenewed()));
  if (isLost || known.some((one) => key?.equals(one.key) === false))
    throw new AppError(
      'blocked',
      'The team knows the device of this file by another key: the file is a copy, or its key file was lost. ' +
        'Put the key file back beside it, or join with a file of its own. Nothing was changed.',
    );
  const taken = new Set(certified.flatMap(({ dev, code }) => (dev === store.device ? [] : [code])));
  const code = freeCode(store.code(), taken, random);
  const membership: Membership = { org, scopes, ...(more.length > 0 && { more }) };
  store.refuseJoin(membership);
  const pair = keyPairOf(had ?? seed.make());
  store.join(membership, code);
  const device = { dev: store.device, code, key: pair.publicKey };
  if (rootSeed !== null) await hub.putCertificate(certify(rootSeed, device));
  else await hub.ask?.(device);
  return fingerprintOf(org, device);
};
