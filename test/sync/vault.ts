/** Where a simulated team leaves the keys of people. */
import type { SubjectKey } from '../../electron/engine/store/subjects/sealed.ts';
import { TEAM } from './replica.ts';
import type { Replica } from './replica.ts';

/** The keys of people at the hub: some come late, some are let go of, and whatever was let go of stays gone. */
export const createVault = () => {
  const keys = new Map<string, Map<string, SubjectKey>>();
  const gone = new Set<string>();
  const scopes = Object.values(TEAM.scopes);
  return {
    give({ store: { sync } }: Replica): void {
      for (const scope of scopes) {
        const given = sync.keysToGive(scope);
        const here = keys.get(scope) ?? new Map<string, SubjectKey>();
        for (const key of given) if (!gone.has(key.id)) here.set(key.id, key);
        keys.set(scope, here);
        sync.keysGiven(given.map(({ id }) => id));
      }
    },
    take({ store: { sync } }: Replica, isHere: () => boolean): void {
      for (const scope of scopes) sync.learnKeys(scope, [...(keys.get(scope)?.values() ?? [])].filter(isHere));
    },
    drop({ store: { sync } }: Replica): void {
      // Not before the hub has what erased them: a file that is brought back from a backup may lack it.
      if (sync.state().unsent > 0) return;
      for (const scope of scopes)
        for (const id of sync.keysGone(scope)) {
          gone.add(id);
          keys.get(scope)?.delete(id);
        }
    },
  };
};
