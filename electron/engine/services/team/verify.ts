/**
 * Whether a hub and this file say the same: all that the hub has is read into a file of its own that is never seen, and both
 * are compared as two replicas are. That file has no name and is gone when it is closed, or with the process.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { LocalReader } from '../../store/api.ts';
import { scopesOf } from '../../store/log/streams.ts';
import type { Membership } from '../../store/log/streams.ts';
import type { ReadStore } from '../../store/read/read-store.ts';
import type { CutEntry } from '../../store/snapshot/make.ts';
import { compareReplicas } from '../../store/team/compare.ts';
import { openWriteStore } from '../../store/write/write-store.ts';
import type { OpenStore } from '../../store/write/write-store.ts';
import { replayHub } from '../../sync/replay.ts';
import { createLegal, nameOfDevice } from '../company/issuing.ts';
import { createRules } from '../rules/rules.ts';
import type { Hub } from '../../sync/hub.ts';
import { isServer } from './hubs.ts';
import type { HubPlace, Hubs } from './hubs.ts';
import { meetsThere } from './place.ts';

/** Rows that are listed: more than that is no slip of a row. */
const MOST_ROWS = 1000;
/** SQLite keeps a file without a name in memory, or where nobody finds it. */
const NAMELESS = '';

type Deps = {
  readonly store: ReadStore;
  readonly local: Pick<LocalReader, 'device' | 'known'>;
  readonly env: EngineEnv;
  readonly hubs: Hubs;
};

/** An empty file of the same team, under a name that the team never hears. */
const openEmpty = (env: EngineEnv, membership: Membership): OpenStore => {
  // What the rules say of rows is each device's own, and compared by nobody.
  const rules = {
    ...createRules({ env, nextNumber: () => '', legal: createLegal(() => undefined) }),
    check: () => [],
    beside: () => [],
  };
  const opened = openWriteStore({ ...env, db: NAMELESS, rules, emit: () => undefined });
  opened.sync.join(membership);
  return opened;
};

/** All that is here would be told as a difference to a folder that is not the team's. @throws AppError `blocked` */
const teamIsThere = async (place: HubPlace, hub: Hub): Promise<void> => {
  if (isServer(place) || (await hub.certificates()).length > 0) return;
  throw new AppError(
    'blocked',
    `No team has met in this folder: ${place.hub}. Name the folder that the team shares, the one that v1 is in.`,
    {
      path: place.hub,
    },
  );
};

type Cuts = (scope: string) => readonly Pick<CutEntry, 'dev' | 'seq' | 'hash'>[];

/** Ops that one side has of streams and the other has not; of a device that is left out, none. */
const beyond = (one: Cuts, other: Cuts, scopes: readonly string[], without: string | null): number =>
  scopes.reduce((sum, scope) => {
    const known = other(scope);
    const more = one(scope).map(({ dev, seq, hash }, _, all) => {
      const ends = known.filter((end) => end.dev === dev);
      if (dev === without || ends.some((end) => end.hash.equals(hash))) return 0;
      const ops = Math.max(0, seq - Math.max(0, ...ends.map((end) => end.seq)));
      // Of a branch it is not told from where on it is another one.
      return all.filter((end) => end.dev === dev).length > ends.length ? Math.max(1, ops) : ops;
    });
    return sum + more.reduce((all, ops) => all + ops, 0);
  }, 0);

export const verifyQueries = ({ store, local, env, hubs }: Deps): Pick<Queries, 'sync.verify'> => ({
  'sync.verify': async (place, { signal, progress }) => {
    const membership = store.team.membership();
    if (membership === null) throw new AppError('blocked', 'This file has not joined a team. Try workbench join.');
    await meetsThere(place);
    const hub = hubs.at(place, membership.org);
    await teamIsThere(place, hub);
    const there = openEmpty(env, membership);
    try {
      const { org } = membership;
      const { warnings, waiting } = await replayHub({
        store: there.sync,
        hub,
        org,
        random: env.random,
        revocations: store.team.revocations(),
        nameOf: (dev) => nameOfDevice(local.known(dev)),
        progress: (ops) => progress(ops, null, 'Reading what the hub has'),
        isCancelled: () => signal.aborted,
      });
      if (signal.aborted) throw new AppError('cancelled', 'Stopped.');
      const scopes = scopesOf(membership);
      const writable = await hub.writable?.();
      return store.atOnce(() => {
        const { tables, rows, more } = compareReplicas(store.replica, there.sync, MOST_ROWS);
        return {
          isSame: rows.length === 0,
          tables: [...tables],
          rows: [...rows],
          more,
          unsent: store.team.unsent(),
          unwritable: writable === undefined ? [] : scopes.filter((scope) => !writable.includes(scope)),
          unread: beyond(there.sync.cut, store.team.cut, scopes, null),
          lacking: beyond(store.team.cut, there.sync.cut, scopes, local.device().id),
          warnings: [...warnings],
          waiting: [...waiting],
        };
      });
    } finally {
      there.close();
    }
  },
});
