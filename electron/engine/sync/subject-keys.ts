/**
 * The keys of people in a round (SYNC.md 2.10). They are given before what they seal and asked for before it is taken; what comes
 * without its key waits for it, and holds up nothing else. Keys of people who were erased are let go of at the hub.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { Payload } from '../store/log/payload.ts';
import { isSealed } from '../store/subjects/sealed.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import type { Warn } from './checking.ts';
import type { Hub } from './hub.ts';

type Deps = { readonly store: SyncStore; readonly hub: Hub };

const namedBy = (payloads: Iterable<Payload>): ReadonlySet<string> => {
  const named = new Set<string>();
  for (const { o } of payloads)
    for (const { 6: vals } of o) for (const value of vals) if (isSealed(value)) named.add(value['#'][0]);
  return named;
};

/** A hub is asked for, given and told to let go of so many at once: each is done before the next. */
const AT_ONCE = 2000;

function* slices<T>(all: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += AT_ONCE) yield all.slice(at, at + AT_ONCE);
}

const learn = async ({ store, hub }: Deps, scope: string, ids: readonly string[]): Promise<void> => {
  for (const some of slices(ids)) store.learnKeys(scope, await hub.keys(scope, some));
};

/** Keys of what is about to be taken, as far as the hub has them. */
export const fetchKeysFor = async (deps: Deps, scope: string, payloads: Iterable<Payload>): Promise<void> =>
  learn(
    deps,
    scope,
    [...namedBy(payloads)].filter((id) => !deps.store.knowsKey(id)),
  );

/** Keys that something waits for; says so where the hub does not have them. */
export const fetchWantedKeys = async ({ store, hub }: Deps, scopes: readonly string[], warn: Warn): Promise<void> => {
  for (const scope of scopes) {
    store.dropUnusedKeys(scope);
    const ids = store.keysWanted(scope);
    if (ids.length === 0) continue;
    await learn({ store, hub }, scope, ids);
    const people = store.peopleWaiting(scope);
    if (people > 0)
      warn(`${scope}: what is said of ${people} people is sealed, and the keys have not come yet; it shows when they do.`);
  }
};

/** Who may only read a scope gives nothing of it, and whoever may write there lets go of keys. */
const unlessDenied = async (work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'denied') throw error;
  }
};

/** Call before what they seal is given. */
export const giveKeys = async ({ store, hub }: Deps, scopes: readonly string[]): Promise<void> => {
  for (const scope of scopes) {
    await unlessDenied(async () => {
      for (const keys of slices(store.keysToGive(scope))) {
        await hub.putKeys({ scope, dev: store.device }, keys);
        store.keysGiven(keys.map(({ id }) => id));
      }
    });
  }
};

/**
 * Who was erased is erased at the hub, also where somebody brought a key back; once what erased them is there. What cannot be let
 * go of just now is let go of in another round.
 */
export const dropKeys = async ({ store, hub }: Deps, scopes: readonly string[], warn: Warn): Promise<void> => {
  for (const scope of scopes) {
    if (store.unsentOf(scope) > 0) continue;
    try {
      for (const ids of slices(store.keysGone(scope))) await unlessDenied(() => hub.dropKeys({ scope, dev: store.device }, ids));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'locked') throw error;
      warn(`${scope}: keys of people who were erased are still on the hub. ${error.message}`);
    }
  }
};

const STILL_THERE =
  'What was erased of people may still be in free places of this file: it is large, or was read meanwhile. It is written anew when that can be done.';

/** Once all has come: who was erased is in no free place of the file either. */
export const wipeFile = ({ store }: Pick<Deps, 'store'>, warn: Warn): void => {
  if (!store.wipe()) warn(STILL_THERE);
};
