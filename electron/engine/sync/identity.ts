/** Whose work a hub holds under the name of this device: its own, or somebody else's who has the same file (SYNC.md 2.10). */
import type { SyncStore } from '../store/team/sync-store.ts';
import type { Check } from './checking.ts';
import type { Hub, HubStream } from './hub.ts';
import { PER_TURN } from './receiving.ts';

/** Whether a stream of this device, which was written on twice, holds a piece that this file did not write. */
const holdsAnothers = async (
  { store, hub }: { readonly store: SyncStore; readonly hub: Hub },
  stream: HubStream,
  check: Check,
): Promise<boolean> => {
  const pieces = hub.branches?.(stream) ?? [];
  if (pieces.length === 0) return false;
  const ours = new Set(store.pieces(stream).map(({ hash }) => hash));
  for (const piece of pieces) {
    const segment = ours.has(piece.hash) ? null : await piece.read();
    if (segment !== null && check(segment, stream) !== null) return true;
  }
  return false;
};

/**
 * Meets what the hub has under the name of this device: what is this file's own counts as sent afterwards.
 * @returns whether somebody else writes under that name: a copy of the file, or what it was before a backup came back
 */
export const meetOwn = async (
  { store, hub }: { readonly store: SyncStore; readonly hub: Hub },
  own: readonly HubStream[],
  check: Check,
): Promise<boolean> => {
  let isAnothers = false;
  for (const stream of own) {
    // Where both gave before either saw what the other gave, each finds its own work behind the fork.
    if (await holdsAnothers({ store, hub }, stream, check)) isAnothers = true;
    for (let after = -1; after < store.ownSent(stream.scope);) {
      after = store.ownSent(stream.scope);
      if (stream.upTo !== undefined && stream.upTo <= after) break;
      const found = await hub.get(stream, after, PER_TURN);
      if (store.isAnothers(found.flatMap((segment) => check(segment, stream) ?? []))) isAnothers = true;
    }
  }
  return isAnothers;
};
