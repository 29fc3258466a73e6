/** Whose work a hub holds under the name of this device: its own, or somebody else's who has the same file (SYNC.md 2.10). */
import type { SyncStore } from '../store/team/sync-store.ts';
import type { Check } from './checking.ts';
import type { Hub, HubStream } from './hub.ts';
import { PER_TURN } from './receiving.ts';

/**
 * Meets what the hub has under the name of this device: what is this file's own counts as sent afterwards.
 * @returns whether somebody else writes under that name: a copy of the file, or what it was before a backup came back
 */
export const meetOwn = async (
  { store, hub }: { readonly store: SyncStore; readonly hub: Hub },
  own: readonly HubStream[],
  check: Check,
): Promise<boolean> => {
  for (const stream of own) {
    for (let after = -1; after < store.ownSent(stream.scope);) {
      after = store.ownSent(stream.scope);
      if (stream.upTo !== undefined && stream.upTo <= after) break;
      const found = await hub.get(stream, after, PER_TURN);
      if (store.isAnothers(found.flatMap((segment) => check(segment, stream) ?? []))) return true;
    }
  }
  return false;
};
