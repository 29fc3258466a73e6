/**
 * Of which streams what a snapshot holds and what is here are one line (SYNC.md 2.7, 2.8). Where two files wrote under one name, a
 * stream that goes further need not be the one that was read here: the pieces of the hub tell. Where none is there any more, it
 * was taken away as snapshots hold it, and of a stream that was known to be written twice that is only what both have in common.
 */
import { byDevice } from '../store/snapshot/load.ts';
import type { CutEntry } from '../store/snapshot/make.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import { leadingTo } from './branches.ts';
import { readBehind } from './ends.ts';
import type { Hub, StreamName } from './hub.ts';
import type { SnapshotAbout } from './snapshot-file.ts';

type Deps = { readonly store: Pick<SyncStore, 'cut' | 'pieces'>; readonly hub: Hub };
type End = Pick<CutEntry, 'seq' | 'hash'>;

const hexOf = ({ hash }: End): string => hash.toString('hex');

/** Whether the longer of two ends leads to the other, as far as the hub can show it. */
const isOneLine = async ({ store, hub }: Deps, stream: StreamName, one: End, other: End): Promise<boolean> => {
  if (one.hash.equals(other.hash)) return true;
  if (one.seq === other.seq) return false;
  const [lower, upper] = one.seq < other.seq ? [one, other] : [other, one];
  const there = await hub.around(stream, lower.seq);
  if (there === null) return true;
  // There, a piece has one successor.
  if (hub.branches === undefined) return there.hash.equals(lower.hash);
  const pieces = [...store.pieces(stream), ...(await readBehind(hub, stream, lower.seq, upper.seq))];
  return leadingTo(pieces, [hexOf(upper)]).has(hexOf(lower));
};

/** Whether branches have something in common behind an end, and the pieces up to that are not on the hub any more. */
const isBeforeFork = async ({ hub }: Deps, stream: StreamName, end: End, entries: readonly End[]): Promise<boolean> => {
  const pieces = hub.branches?.(stream) ?? [];
  const [first = new Set<string>(), ...more] = entries.map((entry) => leadingTo(pieces, [hexOf(entry)]));
  const isMeeting = [...first].some((hash) => more.every((line) => line.has(hash)));
  return isMeeting && entries.every(({ seq }) => seq > end.seq) && (await hub.around(stream, end.seq)) === null;
};

/** @returns the devices of those streams */
export const followedHere = async (
  deps: Deps,
  { scope, cut }: Pick<SnapshotAbout, 'scope' | 'cut'>,
): Promise<ReadonlySet<string>> => {
  const here = byDevice(deps.store.cut(scope));
  const followed = new Set<string>();
  for (const [dev, entries] of byDevice(cut)) {
    const [end, ...moreEnds] = here.get(dev) ?? [];
    const [entry, ...moreEntries] = entries;
    if (end === undefined || entry === undefined || moreEnds.length > 0) continue;
    const stream = { scope, dev };
    const isFollowed =
      moreEntries.length === 0 ? await isOneLine(deps, stream, end, entry) : await isBeforeFork(deps, stream, end, entries);
    if (isFollowed) followed.add(dev);
  }
  return followed;
};
