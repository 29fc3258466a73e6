/**
 * One round with a hub (SYNC.md 2.3): own streams first, whether they are this device's alone, then what others wrote, checked
 * and merged, then what is to be sent. Whatever stops it, nothing is lost: what was taken is in the file, what was not sent stays
 * to be sent.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { scopesOf } from '../store/log/streams.ts';
import type { Membership } from '../store/log/streams.ts';
import type { TeamMember } from '../store/team/members.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import type { WantedWord } from '../store/team/word.ts';
import { fingerprintOf, membersOf } from './certificate.ts';
import type { Members } from './certificate.ts';
import { aboutDevices, createCheck, createWarnings, warnOfProblems } from './checking.ts';
import { meetClock, restamp } from './clock.ts';
import type { Team, Warn } from './checking.ts';
import { freeCode } from './join.ts';
import type { Hub, HubStream } from './hub.ts';
import { giveOfGone, joinCertificates } from './gone.ts';
import { meetOwn } from './identity.ts';
import { receive } from './receiving.ts';
import type { ReceivingDeps } from './receiving.ts';
import { cutsOf, joinRevocations, revokedBy, tellRevocations } from './revocation.ts';
import { isDoubledThere, keptFrom, keptOf, makeSnapshots, nothingRead, USUAL_LIMITS } from './snapshots.ts';
import type { SnapshotDeps, SnapshotLimits } from './snapshots.ts';
import { dropKeys, wipeFile } from './subject-keys.ts';
import { sendAll } from './sending.ts';

export type RoundResult = {
  readonly received: number;
  readonly sent: number;
  /** What was found and not taken, in words: forged, forked, altered or of devices nobody vouches for. */
  readonly warnings: readonly string[];
  /** Those of them, the first, that something waits for: nothing mends them but what they say. */
  readonly waiting: readonly string[];
};

export type RoundDeps = ReceivingDeps & {
  readonly sign: (bytes: Uint8Array) => Buffer;
  /** Makes this file another device with a key of its own, which it gives back. */
  readonly renew: (code: string) => Buffer;
  readonly publicKey: () => Buffer;
  readonly random: (n: number) => Uint8Array;
  readonly clock: () => number;
  /** What others wait to hear of this device, and who says it; null where nobody waits (B2). */
  readonly wanted?: () => (WantedWord & { readonly actor: string }) | null;
  /** When snapshots are taken and made; the usual where it is missing. */
  readonly limits?: SnapshotLimits;
  /** What a device is called, in words: `device K7M (Anna)`. */
  readonly nameOf?: (dev: string, code: string | undefined) => string;
};

/** Why nothing of this device is given, and who can mend it. */
const sayUnknown = ({ code, isRenewed }: SyncStore, hub: Hub, fingerprint: string, isEmpty: boolean): string => {
  const name = `device ${code()}, fingerprint ${fingerprint}`;
  if (isEmpty && hub.ask === undefined)
    return 'No team has met in this folder: nothing is given or taken. Name the folder that the team shares, the one that v1 is in; where the team moves here, join with --new.';
  if (isRenewed())
    return (
      `This file was copied or brought back from a backup, and somebody else writes under the name it had. It is ${name} now. ` +
      'All that was done here is kept, and given as soon as the team knows this device: join again with the key of the team, ' +
      'or ask whoever keeps it to enrol the device. What was done before can no longer be undone step by step.'
    );
  return hub.ask === undefined
    ? 'This hub does not know this device: nothing is given to it until the device has joined here.'
    : `This hub does not know this device yet: nothing is given to it until the administrator has let ${name}, in. Read both out. Where it never joined here, join first.`;
};

/** A file that was copied without its key takes all, and could give nothing of what is done in it. */
const warnOfKey = ({ publicKey }: RoundDeps, warn: Warn): void => {
  try {
    publicKey();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    warn({ held: `${error.message} Until then nothing that is done here can be given.` });
  }
};

const warnOfMembers = (
  { members, doubled }: Members,
  { store, hub }: Pick<RoundDeps, 'store' | 'hub'>,
  fingerprint: () => string,
  warn: Warn,
): void => {
  if (!members.has(store.device)) warn({ held: sayUnknown(store, hub, fingerprint(), members.size === 0) });
  for (const dev of doubled) warn(`${dev}: this device is known by two keys, of which one is taken; a copied file?`);
  const byCode = new Map<string, string>();
  for (const [dev, { code }] of members) {
    const other = byCode.get(code);
    if (other !== undefined) warn(`${code}: the devices ${other} and ${dev} number by the same code; one of them joins again.`);
    byCode.set(code, dev);
  }
};

/** Whom the team vouches for, with the scopes that they were not taken out of, in one order. */
const standing = (membership: Membership, { members, cutOf }: Team): readonly TeamMember[] =>
  [...members]
    .map(([dev, { code }]) => ({ dev, code, scopes: scopesOf(membership).filter((scope) => cutOf(dev, scope) === null) }))
    .toSorted((a, b) => (a.dev < b.dev ? -1 : 1));

const refuseWhenRevoked = ({ device }: SyncStore, { scopes }: Membership, { cutOf }: Team): void => {
  if (Object.values(scopes).every((scope) => cutOf(device, scope) === null)) return;
  throw new AppError('denied', 'This device was taken out of the team. What is in its file stays; nothing is given or taken.');
};

/** A hub that was brought back from a backup lacks what came after it; a folder that the team moved to lacks everything. */
const giveAgain = async ({ store, hub }: RoundDeps, own: readonly HubStream[], snapshots: SnapshotDeps): Promise<void> => {
  // A folder that knows nothing of this device is not there just now, or was never joined.
  const isKnown = snapshots.team.members.has(store.device);
  for (const scope of scopesOf(store.membership())) {
    const dev = store.device;
    const kept = await keptOf(snapshots, scope, dev);
    const there = async (): Promise<number | undefined> => hub.endOf?.({ scope, dev }, await keptFrom(snapshots, scope, kept));
    const upTo = own.find((stream) => stream.scope === scope)?.upTo ?? (isKnown ? await there() : undefined);
    if (upTo === undefined) continue;
    const had = Math.max(upTo, kept);
    if (had < store.ownSent(scope)) store.giveAgain(scope, had);
  }
};

/** Whoever is idle says that it has read so far where a hold waits for it; once for all holds that it has heard of (B2). */
const sayHeard = async ({ store, hub, wanted: find }: RoundDeps): Promise<void> => {
  const wanted = find?.() ?? null;
  if (wanted === null) return;
  const writable = await hub.writable?.();
  store.giveWord(wanted, { actor: wanted.actor, mayWrite: (scope) => writable === undefined || writable.includes(scope) });
};

/** Another identity, which the team does not know yet; the hub is asked to have it enrolled where somebody can be asked. */
const takeIdentity = async ({ store, hub, random, renew }: RoundDeps, { members }: Members): Promise<void> => {
  const taken = new Set([...members.values()].map((member) => member.code));
  const key = renew(freeCode(store.code(), taken.add(store.code()), random));
  await hub.ask?.({ dev: store.device, code: store.code(), key });
};

/**
 * @throws AppError `blocked` before the file has joined, `denied` when its device was taken out of the team, `busy` while an import
 * runs, `locked` and `io` of the hub
 */
export const runRound = async (deps: RoundDeps): Promise<RoundResult> => {
  const { store, hub, isCancelled } = deps;
  const membership = store.membership();
  if (membership === null) throw new AppError('blocked', 'This file has not joined a team. Try workbench join.');
  const { warn, all, isPuzzled } = createWarnings();
  const scopes = scopesOf(membership);
  const streams = await hub.streams(scopes);
  const { org } = membership;
  const revoked = joinRevocations(org, store.revocations(), await hub.revocations());
  if (revoked.added) store.keepRevocations(revoked.texts);
  const shown = await hub.certificates();
  const vouched = joinCertificates(org, store.certificates(), shown);
  if (vouched.added) store.keepCertificates(vouched.texts);
  const team = { ...membersOf(org, shown), cutOf: cutsOf(org, revoked.all) };
  const out = revokedBy(org, revoked.all);
  refuseWhenRevoked(store, membership, team);
  const check = createCheck({ org, scopes }, team, warn);
  const own = streams.filter(({ dev }) => dev === store.device);
  const { limits = USUAL_LIMITS, random } = deps;
  store.keepMembers(standing(membership, team));
  const snapshots: SnapshotDeps = { store, hub, org, team, warn, limits, random, ...nothingRead() };
  if ((await meetOwn(deps, own, check)) || (await isDoubledThere(snapshots, scopes))) await takeIdentity(deps, team);
  else await giveAgain(deps, own, snapshots);
  warnOfMembers(team, deps, () => fingerprintOf(org, { dev: store.device, key: deps.publicKey() }), warn);
  // Who is not known is told the fingerprint of the key, or why there is none, already.
  if (team.members.has(store.device)) warnOfKey(deps, warn);
  const others = streams.filter(({ dev }) => dev !== store.device);
  const received = await receive(deps, { snapshots, check, warn }, others);
  const now = await meetClock(deps, warn);
  store.passOn();
  restamp(store, now, warn);
  for (const scope of store.outgrown())
    warn(
      `${scope}: a colleague works with a newer version of the workbench. Update this one: until then nothing can be changed here, and what others do still arrives.`,
    );
  // Elsewhere, or in a folder that is not there just now, what is given would be missing where the team meets.
  const member = team.members.get(store.device);
  const untold = member === undefined ? null : await tellRevocations(hub, revoked.untold);
  if (untold !== null) warn(untold, true);
  if (member !== undefined && isCancelled?.() !== true) await sayHeard(deps);
  let sent = member === undefined || isCancelled?.() === true ? 0 : await sendAll(deps, member, warn);
  if (member !== undefined) {
    const { all: certificates } = vouched;
    const gone = { team, snapshots, streams: others, certificates, revoked: out };
    sent += await giveOfGone({ ...gone, store, hub, warn, isCancelled });
  }
  // After what erased them was given: who takes it asks for no key.
  if (member !== undefined && isCancelled?.() !== true) await dropKeys(deps, scopes, warn);
  wipeFile(deps, warn);
  warnOfProblems(hub.problems(), warn);
  // Only who has everything, and whom nothing puzzles, says for all how things stand.
  if (member !== undefined && isCancelled?.() !== true && !isPuzzled())
    await makeSnapshots(snapshots, scopes, { now: deps.clock(), sign: deps.sign });
  return { received, sent, ...all(aboutDevices(deps, team, out)) };
};
