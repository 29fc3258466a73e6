/** What the store offers of the keys of people (SYNC.md 2.10): what is to be given, asked for, and let go of at the hub. */
import type { Db } from '../file/db.ts';
import { forgetPeople, securely, wipe } from '../subjects/forget.ts';
import type { SubjectKey } from '../subjects/sealed.ts';
import { settleLeft } from '../territory/settle.ts';
import { isElsewhere } from '../write/rows.ts';
import type { Transact } from '../write/transact.ts';
import type { Work } from '../write/work.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { mergeBy } from './sync-identity.ts';

export const createSyncKeys = (db: Db, parts: WriteParts, transact: Transact) => {
  const { subjects } = parts;
  const index = db.prepare<[string], number>('SELECT idx FROM scopes WHERE id = ?').pluck();
  /** Of a scope of the team, which is here since the file joined. */
  const scopeOf = (scope: string): number => index.get(scope) ?? 0;
  return {
    /** Keys that the hub does not have yet: to be given before what they seal. */
    keysToGive: (scope: string): readonly SubjectKey[] => subjects.toGive(scopeOf(scope)),
    keysGiven: (ids: readonly string[]): void => transact.run(() => subjects.given(ids)),
    /** Keys without which something that came cannot be read. */
    keysWanted: (scope: string): readonly string[] => subjects.wanted(scopeOf(scope)),
    /** Of how many people something waits for a key; of who went to another territory no key comes any more, and none is needed. */
    peopleWaiting: (scope: string): number =>
      subjects.wanting(scopeOf(scope)).filter(({ table, row }) => {
        const found = parts.rows.find(table, row);
        return found === undefined || !isElsewhere(found);
      }).length,
    /** Keys of people who were erased: the hub is to let go of them. */
    keysGone: (scope: string): readonly string[] => subjects.gone(scopeOf(scope)),
    /** Whether this file has heard of a key. */
    knowsKey: subjects.knows,
    /** Writes the file anew where somebody was forgotten since it last was. @returns false where it could not be done now */
    wipe: (): boolean => wipe(db),
    /** Lets go of keys that nothing in this file is sealed under. */
    dropUnusedKeys: (scope: string): void => transact.run(() => subjects.dropUnused(scopeOf(scope))),
    /** Takes keys; those that are not what their name says are passed over. What waited for them can be read at once. */
    learnKeys(scope: string, keys: readonly SubjectKey[]): void {
      if (keys.length === 0) return;
      transact.change(
        mergeBy(parts.device.id),
        {},
        (work) => {
          for (const { table, row: id } of subjects.learn(scopeOf(scope), keys)) {
            const row = parts.rows.find(table, id);
            if (row !== undefined) parts.refill(work, row);
          }
        },
        () => undefined,
      );
    },
  };
};

export type LettingGo = {
  /** At the end of what was merged by a work, before it is finished. */
  readonly settle: (work: Work) => void;
};

/**
 * Merges, and forgets here who was erased and what went to another territory by what came (SYNC.md 2.10).
 * @param mayLetGo whether anything that comes does that: then what waited to be sent has to be sealed first, so that it is under
 * the keys that go
 * @param merge runs the transaction
 */
export const lettingGo = (db: Db, parts: WriteParts, mayLetGo: boolean, merge: (forgetting: LettingGo) => void): void => {
  let hasLetGo = false;
  const settle = (work: Work): void => {
    settleLeft(db, parts, work);
    if (work.erased.size > 0) forgetPeople(db, parts, work, work.erased);
    hasLetGo ||= work.erased.size > 0 || work.left.size > 0;
  };
  if (mayLetGo) securely(db, () => merge({ settle }));
  else merge({ settle });
  if (!hasLetGo) return;
  parts.undoLog.reload();
};
