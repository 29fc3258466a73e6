/**
 * One round with a hub (SYNC.md 2.3): own streams first, whether they are this device's alone, then what others wrote, checked and merged, then what is to be
 * sent. Whatever stops it, nothing is lost: what was taken is in the file, what was not sent stays to be sent.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/define.ts';
import type { Incoming, Verdict } from '../store/merge/receive.ts';
import type { Membership } from '../store/log/streams.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import { fingerprintOf, membersOf } from './certificate.ts';
import type { Member, Members } from './certificate.ts';
import { GET_OPS } from './hub.ts';
import { freeCode } from './join.ts';
import type { Hub, StreamName } from './hub.ts';
import { isSigned } from './keys.ts';
import { cutsOf, joinRevocations } from './revocation.ts';
import type { Cuts } from './revocation.ts';
import { isDoubledThere, makeSnapshots, takeSnapshots, USUAL_LIMITS } from './snapshots.ts';
import type { SnapshotDeps, SnapshotLimits } from './snapshots.ts';
import { openSealed, parseSegment, encodeSegment } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';

/** Segments that are merged in one transaction. */
const PER_TURN = 50;
const SENT_PER_TURN = 100;
/** Warnings that are told one by one; of the rest only how many. */
const MOST_WARNINGS = 100;

export type RoundResult = {
  readonly received: number;
  readonly sent: number;
  /** What was found and not taken, in words: forged, forked, altered or of devices nobody vouches for. */
  readonly warnings: readonly string[];
};

export type RoundDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly sign: (bytes: Uint8Array) => Buffer;
  /** Makes this file another device with a key of its own, which it gives back. */
  readonly renew: (code: string) => Buffer;
  readonly publicKey: () => Buffer;
  readonly random: (n: number) => Uint8Array;
  readonly clock: () => number;
  /** When snapshots are taken and made; the usual where it is missing. */
  readonly limits?: SnapshotLimits;
  readonly progress?: (done: number, what: string) => void;
  readonly isCancelled?: () => boolean;
};

type Warn = (text: string) => void;

const createWarnings = () => {
  const told = new Set<string>();
  let more = 0;
  return {
    warn: (text: string): void => {
      if (told.size < MOST_WARNINGS) told.add(text);
      else if (!told.has(text)) more += 1;
    },
    all: (): readonly string[] => (more === 0 ? [...told] : [...told, `${more} more`]),
  };
};

const warnOfMembers = (
  { members, doubled }: Members,
  { device, code, isRenewed }: SyncStore,
  fingerprint: () => string,
  warn: Warn,
): void => {
  if (!members.has(device))
    warn(
      isRenewed()
        ? `This file was copied or brought back from a backup, and somebody else writes under the name it had. It is device ${code()} now, fingerprint ${fingerprint()}. ` +
            'All that was done here is kept, and given as soon as the team knows this device: join again with the key of the team, ' +
            'or ask whoever keeps it to enrol the device. What was done before can no longer be undone step by step.'
        : 'This hub does not know this device: nothing is given to it until the device has joined here.',
    );
  for (const dev of doubled) warn(`${dev}: this device is known by two keys, of which one is taken; a copied file?`);
  const byCode = new Map<string, string>();
  for (const [dev, { code }] of members) {
    const other = byCode.get(code);
    if (other !== undefined) warn(`${code}: the devices ${other} and ${dev} number by the same code; one of them joins again.`);
    byCode.set(code, dev);
  }
};

/** What a verdict says of a stream that does not go on. */
const said: Partial<Readonly<Record<Verdict, string>>> = {
  fork: 'this stream was written twice; a copied or restored file?',
  ahead: 'its clock, or the one of this computer, is more than 20 years off; what it wrote waits.',
};

/** Whom the organisation vouches for, and up to where. */
type Team = Members & { readonly cutOf: Cuts };

const refuseWhenRevoked = ({ device }: SyncStore, { scopes }: Membership, { cutOf }: Team): void => {
  if (Object.values(scopes).every((scope) => cutOf(device, scope) === null)) return;
  throw new AppError('denied', 'This device was taken out of the team. What is in its file stays; nothing is given or taken.');
};

/** Why what a device wrote does not count any more; null where it does. */
const cutBefore = ({ scope, dev, to }: SealedSegment['header'], { cutOf }: Team): string | null => {
  const cut = cutOf(dev, scope);
  return cut === null || to <= cut ? null : `of a device that was taken out of the team; its work counts up to ${cut}`;
};

type Check = (segment: SealedSegment, stream: StreamName) => Incoming | null;

const createCheck =
  ({ org }: Membership, team: Team, warn: Warn): Check =>
  (segment, stream) => {
    const { header } = segment;
    const where = `${header.scope}/${header.dev} ${header.from}-${header.to}`;
    const member = team.members.get(header.dev);
    const cut = cutBefore(header, team);
    // Who may write where is decided by the stream it lies in; what it says of itself is only words.
    if (header.scope !== stream.scope || header.dev !== stream.dev)
      warn(`${stream.scope}/${stream.dev}: holds a piece of ${where}, which is not taken`);
    else if (header.org !== org) warn(`${where}: of another organisation`);
    else if (member === undefined) warn(`${where}: nobody vouches for this device`);
    else if (cut !== null) warn(`${where}: ${cut}`);
    else {
      const opened = openSealed(segment, member.publicKey);
      if (typeof opened !== 'string') return opened;
      warn(`${where}: refused, ${opened}`);
    }
    return null;
  };

/** Whether somebody else writes under the name of this device: a copy of its file, or what it was before a backup came back. */
const isDoubled = async ({ store, hub }: RoundDeps, own: readonly StreamName[], check: Check): Promise<boolean> => {
  for (const stream of own) {
    for (let after = -1; after < store.ownSent(stream.scope);) {
      after = store.ownSent(stream.scope);
      const found = await hub.get(stream, after, PER_TURN);
      if (store.isAnothers(found.flatMap((segment) => check(segment, stream) ?? []))) return true;
    }
  }
  return false;
};

/** Another identity, which the team does not know yet; the hub is asked to have it enrolled where somebody can be asked. */
const takeIdentity = async ({ store, hub, random, renew }: RoundDeps, { members }: Members): Promise<void> => {
  const taken = new Set([...members.values()].map((member) => member.code));
  const key = renew(freeCode(store.code(), taken.add(store.code()), random));
  await hub.ask?.({ dev: store.device, code: store.code(), key });
};

const createReading = ({ store, hub }: RoundDeps, check: Check, warn: Warn) => {
  /** Takes segments until a turn is full; returns how many ops were merged and whether the stream has more. */
  const takeSome = async (stream: StreamName): Promise<{ readonly ops: number; readonly isMore: boolean }> => {
    const head = store.heads().find(({ scope, dev }) => scope === stream.scope && dev === stream.dev);
    const found = await hub.get(stream, head?.seq ?? 0, PER_TURN);
    const batch: Incoming[] = [];
    let ops = 0;
    for (const segment of found) {
      if (ops >= GET_OPS) break;
      const opened = check(segment, stream);
      // Anybody may have put it there: what stands behind it may be what the device wrote.
      if (opened === null) continue;
      batch.push(opened);
      ops += opened.header.n;
    }
    if (batch.length === 0) return { ops: 0, isMore: false };
    const verdicts = store.take(batch);
    let merged = 0;
    verdicts.forEach((verdict, at) => {
      const header = batch[at]?.header;
      if (header === undefined) return;
      if (verdict === 'ok') merged += header.n;
      const what = said[verdict];
      if (what !== undefined) warn(`${header.scope}/${header.dev}: ${what}`);
    });
    return { ops: merged, isMore: merged > 0 };
  };
  return takeSome;
};

/** Takes what is in the streams of others, and in snapshots of what is not in streams any more. */
const receive = async (
  { store, hub, progress, isCancelled }: RoundDeps,
  snapshots: SnapshotDeps,
  streams: readonly StreamName[],
  takeSome: ReturnType<typeof createReading>,
): Promise<number> => {
  const scopes = Object.values(store.membership()?.scopes ?? {});
  const readAll = async (): Promise<number> => {
    let read = 0;
    for (const stream of streams) {
      for (let isMore = true; isMore && isCancelled?.() !== true;) {
        const taken = await takeSome(stream);
        read += taken.ops;
        ({ isMore } = taken);
        progress?.(received + read, 'Taking what others did');
        await nextTurn();
      }
    }
    return read;
  };
  let received = await takeSnapshots(snapshots, scopes, false);
  received += await readAll();
  if (isCancelled?.() === true) return received;
  const missed = await takeSnapshots(snapshots, scopes, true);
  // What was waited for has come by the snapshot: what is still missing is told by the reading that follows.
  if (missed > 0) hub.problems();
  return missed === 0 ? received : received + missed + (await readAll());
};

const sendAll = async ({ store, hub, sign, isCancelled }: RoundDeps, own: Member, warn: Warn): Promise<number> => {
  store.seal();
  let ops = 0;
  for (let waiting = store.unsent(SENT_PER_TURN); waiting.length > 0; waiting = store.unsent(SENT_PER_TURN)) {
    for (const one of waiting) {
      if (isCancelled?.()) return ops;
      const sig = one.sig ?? sign(one.hash);
      if (!isSigned(one.hash, sig, own.publicKey)) {
        warn(`${store.device}: the team knows this device by another key; nothing is sent.`);
        return ops;
      }
      // Kept before it is sent: what is sent again is the same bytes.
      if (one.sig === null) store.sign(one.hash, sig);
      const segment = parseSegment(encodeSegment({ ...one, sig }));
      if (typeof segment === 'string') throw new AppError('damaged-file', `A sealed piece of the log is ${segment}.`);
      const put = await hub.put(segment);
      if (put === 'fork') {
        warn(`${one.scope}/${store.device}: the hub holds other work under the name of this device; nothing more is sent.`);
        return ops;
      }
      store.sent(one.hash);
      ops += one.to - one.from + 1;
    }
  }
  return ops;
};

/**
 * @throws AppError `blocked` before the file has joined, `denied` when its device was taken out of the team, `busy` while an import runs, `locked` and `io`
 * of the hub
 */
export const runRound = async (deps: RoundDeps): Promise<RoundResult> => {
  const { store, hub, isCancelled } = deps;
  const membership = store.membership();
  if (membership === null) throw new AppError('blocked', 'This file has not joined a team. Try workbench join.');
  const { warn, all } = createWarnings();
  const streams = await hub.streams(Object.values(membership.scopes));
  const { org } = membership;
  const revoked = joinRevocations(org, store.revocations(), await hub.revocations());
  if (revoked.added) store.keepRevocations(revoked.texts);
  const team = { ...membersOf(org, await hub.certificates()), cutOf: cutsOf(org, revoked.all) };
  refuseWhenRevoked(store, membership, team);
  const check = createCheck(membership, team, warn);
  const own = streams.filter(({ dev }) => dev === store.device);
  const { limits = USUAL_LIMITS } = deps;
  const snapshots: SnapshotDeps = { store, hub, org, team, warn, limits, read: new Map() };
  const scopes = Object.values(membership.scopes);
  if ((await isDoubled(deps, own, check)) || (await isDoubledThere(snapshots, scopes))) await takeIdentity(deps, team);
  warnOfMembers(team, store, () => fingerprintOf(org, { dev: store.device, key: deps.publicKey() }), warn);
  const others = streams.filter(({ dev }) => dev !== store.device);
  const received = await receive(deps, snapshots, others, createReading(deps, check, warn));
  // Elsewhere, or in a folder that is not there just now, what is given would be missing where the team meets.
  const member = team.members.get(store.device);
  const sent = member === undefined || isCancelled?.() === true ? 0 : await sendAll(deps, member, warn);
  for (const { where, what } of hub.problems()) warn(`${where}: ${what}`);
  // Only who has everything, and whom nothing puzzles, says for all how things stand.
  if (member !== undefined && isCancelled?.() !== true && all().length === 0)
    await makeSnapshots(snapshots, scopes, { now: deps.clock(), sign: deps.sign });
  return { received, sent, warnings: all() };
};
