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

const namedBy = (payloads: readonly Payload[]): ReadonlySet<string> =>
  new Set(
    payloads.flatMap(({ o }) => o.flatMap(({ 6: vals }) => vals.flatMap((value) => (isSealed(value) ? value['#'][0] : [])))),
  );

/** Keys of what is about to be taken, as far as the hub has them. */
export const fetchKeysFor = async ({ store, hub }: Deps, scope: string, payloads: readonly Payload[]): Promise<void> => {
  const ids = [...namedBy(payloads)].filter((id) => !store.knowsKey(id));
  if (ids.length > 0) store.learnKeys(scope, await hub.keys(scope, ids));
};

/** All keys of a scope, before all of it is taken at once. */
export const fetchAllKeys = async ({ store, hub }: Deps, scope: string): Promise<void> =>
  store.learnKeys(scope, await hub.keys(scope, null));

/** Keys that something waits for; says so where the hub does not have them. */
export const fetchWantedKeys = async ({ store, hub }: Deps, scopes: readonly string[], warn: Warn): Promise<void> => {
  for (const scope of scopes) {
    store.dropUnusedKeys(scope);
    const ids = store.keysWanted(scope);
    if (ids.length === 0) continue;
    store.learnKeys(scope, await hub.keys(scope, ids));
    const { length } = store.keysWanted(scope);
    if (length > 0)
      warn(`${scope}: what is said of ${length} people is sealed, and the keys have not come yet; it shows when they do.`);
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
    const keys = store.keysToGive(scope);
    if (keys.length === 0) continue;
    await unlessDenied(async () => {
      await hub.putKeys({ scope, dev: store.device }, keys);
      store.keysGiven(keys.map(({ id }) => id));
    });
  }
};

/** Who was erased is erased at the hub, also where somebody brought a key back; once what erased them is there. */
export const dropKeys = async ({ store, hub }: Deps, scopes: readonly string[]): Promise<void> => {
  for (const scope of scopes) {
    const ids = store.keysGone(scope);
    if (ids.length > 0 && store.state().unsent === 0) await unlessDenied(() => hub.dropKeys({ scope, dev: store.device }, ids));
  }
};
