/**
 * Joining a team (SYNC.md 2.10). The file is a member first, then the team is told: whoever finds the certificate may count
 * on the file. A device has one key for ever; a file whose key is not the one the team knows goes on as another device.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { makeDeviceCode } from '../../../shared/domain/numbering.ts';
import type { Membership } from '../store/log/streams.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import { scopesOf } from '../store/log/streams.ts';
import { certify, fingerprintOf, isCertified, membersOf } from './certificate.ts';
import { createCheck } from './checking.ts';
import type { Certificate, Hub } from './hub.ts';
import { meetOwn } from './identity.ts';
import { keyPairOf } from './keys.ts';
import { cutsOf, joinRevocations, revokedBy, tellRevocations } from './revocation.ts';

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

/** Whether the team knows the device of this file by a key that this computer does not have. */
const isKeyGone = ({ store, seed }: JoinDeps, certified: readonly Certificate[]): boolean => {
  const known = certified.filter(({ dev }) => dev === store.device);
  const had = seed.read();
  if (had !== null) return known.some(({ key }) => !keyPairOf(had).publicKey.equals(key));
  // A file that took another identity may have died before it had its key.
  return known.length > 0 || (store.membership() !== null && !store.isRenewed());
};

/**
 * The file goes on as another device: on another computer, where its key did not come along. What the hub has of it by now stays of
 * the one that it was; what it lacks goes along.
 */
const beginAnew = async ({ store, hub, org, random }: JoinDeps, certified: readonly Certificate[]): Promise<void> => {
  const membership = store.membership();
  if (membership === null)
    throw new AppError(
      'blocked',
      'The file is a copy of one that has joined: the team knows its device by another key. Join with a file of its own. Nothing was changed.',
    );
  store.refuseJoin({ ...membership, org });
  const scopes = scopesOf(membership);
  const own = (await hub.streams(scopes)).filter(({ dev }) => dev === store.device);
  const team = { ...membersOf(org, certified), cutOf: cutsOf(org, await hub.revocations()) };
  await meetOwn(
    { store, hub },
    own,
    createCheck({ org: membership.org, scopes }, team, () => undefined),
  );
  const taken = new Set(certified.map(({ code }) => code));
  store.rekey(freeCode(store.code(), taken.add(store.code()), random), random);
};

/** Nobody could let it in any more: whoever works with it is told before it asks. */
const refuseRevoked = ({ store }: Pick<JoinDeps, 'store'>, revoked: ReadonlySet<string>): void => {
  if (!revoked.has(store.device)) return;
  throw new AppError(
    'denied',
    `This device, ${store.code()}, was taken out of the team and stays out. What is in its file stays; join with a new, empty file. Nothing was changed.`,
  );
};

/** Asks whether the device was taken out, as far as it is known here or at the hub. @throws AppError `denied`, and of the hub */
export const refuseTakenOut = async ({ store, hub, org }: Pick<JoinDeps, 'store' | 'hub' | 'org'>): Promise<void> =>
  refuseRevoked({ store }, revokedBy(org, joinRevocations(org, store.revocations(), await hub.revocations()).all));

/** `isWaiting`: nobody vouches for the device yet. */
export type Joined = { readonly fingerprint: string; readonly isWaiting: boolean };

/**
 * What the file knows of devices that were taken out is told to the hub: one that the team moved to has never heard of them.
 * @throws AppError `blocked` when the file is in another one, or is a copy of one that has joined since, `denied` when its device was
 * taken out of the team, `busy` while an import runs, `locked` and `io` of the hub: then joining again tells the team
 */
export const joinTeam = async (deps: JoinDeps): Promise<Joined> => {
  const { store, hub, org, rootSeed, seed, random, scopes, more = [] } = deps;
  const certified = (await hub.certificates()).filter((one) => isCertified(org, one));
  const { all, untold } = joinRevocations(org, store.revocations(), await hub.revocations());
  if (isKeyGone(deps, certified)) await beginAnew(deps, certified);
  refuseRevoked(deps, revokedBy(org, all));
  const had = seed.read();
  const taken = new Set(certified.flatMap(({ dev, code }) => (dev === store.device ? [] : [code])));
  const code = freeCode(store.code(), taken, random);
  const membership: Membership = { org, scopes, ...(more.length > 0 && { more }) };
  store.refuseJoin(membership);
  const pair = keyPairOf(had ?? seed.make());
  store.join(membership, code);
  const device = { dev: store.device, code, key: pair.publicKey };
  if (rootSeed !== null) await hub.putCertificate(certify(rootSeed, device));
  else await hub.ask?.(device);
  // Whoever meets the hub says it again, and says where it takes nothing.
  await tellRevocations(hub, untold);
  const isKnown = certified.some((one) => one.dev === device.dev && one.code === code && one.key.equals(device.key));
  return { fingerprint: fingerprintOf(org, device), isWaiting: rootSeed === null && !isKnown };
};
