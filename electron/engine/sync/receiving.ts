/** Taking what others wrote from a hub (SYNC.md 2.3): their streams, and snapshots of what is not in streams any more. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { MOST_BRANCHES } from '../store/log/branches.ts';
import { scopesOf } from '../store/log/streams.ts';
import { isTaken } from '../store/merge/receive.ts';
import type { Incoming, Verdict } from '../store/merge/receive.ts';
import type { StreamHead, SyncStore } from '../store/team/sync-store.ts';
import { unreadOf } from './branches.ts';
import { missingAt } from './waiting.ts';
import type { Check, Warn } from './checking.ts';
import { GET_BYTES, GET_OPS } from './hub.ts';
import type { Hub, HubPiece, HubStream } from './hub.ts';
import type { SealedSegment } from './segment-file.ts';
import { checkToEnd } from './ends.ts';
import type { ToEnd } from './ends.ts';
import { fetchKeysFor, fetchWantedKeys } from './subject-keys.ts';
import { takeSnapshots } from './snapshots.ts';
import type { SnapshotDeps } from './snapshots.ts';

/** Segments that are merged in one transaction. */
export const PER_TURN = 50;

export type ReceivingDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly progress?: (done: number, what: string) => void;
  readonly isCancelled?: () => boolean;
};

/** What a verdict says of a stream, where there is something to say. */
const said: Partial<Readonly<Record<Verdict, string>>> = {
  branch:
    'two files write under this name, a copy or one that was brought back from a backup. What both wrote is taken; each takes ' +
    'another name when it meets the other, and whoever works with it joins again.',
  fork: 'this stream was written twice; a copied or restored file?',
};

const AHEAD = 'its clock, or the one of this computer, is more than 20 years off; what it wrote waits.';

export type Reading = {
  readonly snapshots: SnapshotDeps;
  readonly check: Check;
  readonly warn: Warn;
};

type ReadingToEnd = Reading & ToEnd;

type Taken = { readonly ops: number; readonly isMore: boolean };
const NOTHING: Taken = { ops: 0, isMore: false };

const merge = async (
  { store, hub }: ReceivingDeps,
  { warn }: Reading,
  scope: string,
  batch: readonly Incoming[],
): Promise<Taken> => {
  if (batch.length === 0) return NOTHING;
  await fetchKeysFor(
    { store, hub },
    scope,
    batch.map(({ payload }) => payload),
  );
  const verdicts = store.take(batch);
  let merged = 0;
  verdicts.forEach((verdict, at) => {
    const header = batch[at]?.header;
    if (header === undefined) return;
    if (isTaken(verdict)) merged += header.n;
    const what = said[verdict];
    const { scope: of, dev, to: upTo } = header;
    if (verdict === 'ahead') warn({ scope: of, dev, why: 'clock', what: AHEAD, file: null, upTo });
    else if (what !== undefined) warn(`${of}/${dev}: ${what}`);
  });
  return { ops: merged, isMore: merged > 0 };
};

/** Takes segments of a stream behind a sequence number until a turn is full. */
const takeBehind = async (deps: ReceivingDeps, reading: Reading, stream: HubStream, after: number): Promise<Taken> => {
  if (stream.upTo !== undefined && stream.upTo <= after) return NOTHING;
  const found = await deps.hub.get(stream, after, PER_TURN);
  const batch: Incoming[] = [];
  let ops = 0;
  for (const segment of found) {
    if (ops >= GET_OPS) break;
    const opened = reading.check(segment, stream);
    // Anybody may have put it there: what stands behind it may be what the device wrote.
    if (opened === null) continue;
    batch.push(opened);
    ops += opened.header.n;
  }
  return merge(deps, reading, stream.scope, batch);
};

/** The same of a stream that was written on twice: of all its branches what is not here, each piece behind the one it follows. */
const takeBranches = async (
  deps: ReceivingDeps,
  reading: ReadingToEnd,
  stream: HubStream,
  { pieces, heads }: { readonly pieces: readonly HubPiece[]; readonly heads: readonly StreamHead[] },
): Promise<Taken> => {
  const { check, leads, isEnded, warn } = reading;
  const isNamed = (piece: Pick<HubPiece, 'hash'>): boolean => isEnded && leads(piece);
  const ends = heads.flatMap(({ hash }) => hash?.toString('hex') ?? []);
  const here = { pieces: deps.store.pieces(stream), ends };
  const known = new Set(here.pieces.map(({ hash }) => hash));
  // Whoever has its key lays down as many as they like: they are not read again in every round.
  const counting = pieces.filter((piece) => leads(piece) || known.has(piece.hash));
  const [where, refused] = [`${stream.scope}/${stream.dev}`, pieces.length - counting.length];
  if (refused > 0)
    warn(
      `${where}: of a device that was taken out of the team; what does not lead to where its work ended is not taken (${refused})`,
      true,
    );
  const { next, waiting, beyond } = unreadOf(counting, here, isNamed);
  if (beyond.length > 0)
    warn(
      `${where}: more than ${MOST_BRANCHES} files write under this name; of the rest nothing is taken (${beyond.length})`,
      true,
    );
  if (waiting !== null) warn(missingAt(stream, `waits for what is missing before ${waiting.from}`));
  const batch: Incoming[] = [];
  const left = new Set<string | null>();
  let [bytes, ops] = [0, 0];
  for (const piece of next) {
    if (batch.length >= PER_TURN || ops >= GET_OPS || bytes >= GET_BYTES) break;
    const segment: SealedSegment | null = left.has(piece.prev) ? null : await piece.read();
    const opened = segment === null ? null : check(segment, stream);
    if (opened === null) left.add(piece.hash);
    else {
      batch.push({ ...opened, isRooted: true, isNamed: isNamed(piece) });
      ops += opened.header.n;
      bytes += opened.body.length;
    }
  }
  return merge(deps, reading, stream.scope, batch);
};

/** Takes segments of a stream until a turn is full; returns how many ops were merged and whether the stream has more. */
const takeSome = async (deps: ReceivingDeps, reading: ReadingToEnd, stream: HubStream): Promise<Taken> => {
  const heads = deps.store.heads().filter(({ scope, dev }) => scope === stream.scope && dev === stream.dev);
  const pieces = deps.hub.branches?.(stream) ?? [];
  if (pieces.length > 0) return takeBranches(deps, reading, stream, { pieces, heads });
  // Of a stream whose branches are not on the hub any more, each may go on by itself.
  let ops = 0;
  for (const after of heads.length === 0 ? [0] : heads.map(({ seq }) => seq)) {
    const taken = await takeBehind(deps, reading, stream, after);
    ops += taken.ops;
  }
  return { ops, isMore: ops > 0 };
};

/** @returns how many ops were taken, or came by snapshots */
export const receive = async (deps: ReceivingDeps, reading: Reading, streams: readonly HubStream[]): Promise<number> => {
  const { store, hub, progress, isCancelled } = deps;
  const { snapshots, warn } = reading;
  const scopes = scopesOf(store.membership());
  const readAll = async (): Promise<number> => {
    let read = 0;
    for (const stream of streams) {
      const toEnd = await checkToEnd({ store, hub }, { check: reading.check, team: snapshots.team, warn }, stream);
      for (let isMore = true; isMore && isCancelled?.() !== true;) {
        const taken = await takeSome(deps, { ...reading, ...toEnd }, stream);
        read += taken.ops;
        ({ isMore } = taken);
        progress?.(received + read, 'Taking what others did');
        await nextTurn();
      }
      toEnd.tellMore();
    }
    return read;
  };
  let received = await takeSnapshots(snapshots, scopes, false);
  received += await readAll();
  if (isCancelled?.() === true) return received;
  const missed = await takeSnapshots(snapshots, scopes, true);
  // What was waited for has come by the snapshot: what is still missing is told by the reading that follows.
  if (missed > 0) hub.problems();
  if (missed > 0) received += missed + (await readAll());
  await fetchWantedKeys(deps, scopes, warn);
  return received;
};
