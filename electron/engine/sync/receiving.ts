/** Taking what others wrote from a hub (SYNC.md 2.3): their streams, and snapshots of what is not in streams any more. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { scopesOf } from '../store/log/streams.ts';
import type { Incoming, Verdict } from '../store/merge/receive.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import type { Check, Warn } from './checking.ts';
import { GET_OPS } from './hub.ts';
import type { Hub, HubStream } from './hub.ts';
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

/** What a verdict says of a stream that does not go on. */
const said: Partial<Readonly<Record<Verdict, string>>> = {
  fork: 'this stream was written twice; a copied or restored file?',
  ahead: 'its clock, or the one of this computer, is more than 20 years off; what it wrote waits.',
};

export type Reading = {
  readonly snapshots: SnapshotDeps;
  readonly check: Check;
  readonly warn: Warn;
};

/** Takes segments of a stream until a turn is full; returns how many ops were merged and whether the stream has more. */
const takeSome = async (
  { store, hub }: ReceivingDeps,
  { check, warn }: Reading,
  stream: HubStream,
): Promise<{ readonly ops: number; readonly isMore: boolean }> => {
  const head = store.heads().find(({ scope, dev }) => scope === stream.scope && dev === stream.dev);
  const after = head?.seq ?? 0;
  if (stream.upTo !== undefined && stream.upTo <= after) return { ops: 0, isMore: false };
  const found = await hub.get(stream, after, PER_TURN);
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
  await fetchKeysFor(
    { store, hub },
    stream.scope,
    batch.map(({ payload }) => payload),
  );
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

/** @returns how many ops were taken, or came by snapshots */
export const receive = async (deps: ReceivingDeps, reading: Reading, streams: readonly HubStream[]): Promise<number> => {
  const { store, hub, progress, isCancelled } = deps;
  const { snapshots, warn } = reading;
  const scopes = scopesOf(store.membership());
  const readAll = async (): Promise<number> => {
    let read = 0;
    for (const stream of streams) {
      for (let isMore = true; isMore && isCancelled?.() !== true;) {
        const taken = await takeSome(deps, reading, stream);
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
  if (missed > 0) received += missed + (await readAll());
  await fetchWantedKeys(deps, scopes, warn);
  return received;
};
