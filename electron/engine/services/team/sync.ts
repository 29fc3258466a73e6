/**
 * Meeting others at a hub. The key of this device lies beside its file, never in it: a copy of the file
 * alone is no copy of the device.
 */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { stampTime } from '../../../../shared/domain/hlc.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { Emit, EngineEnv } from '../../env.ts';
import { placeWords } from '../../secrets/secrets.ts';
import type { LocalReader, WriteStore } from '../../store/api.ts';
import { scopesOf } from '../../store/log/streams.ts';
import type { Membership } from '../../store/log/streams.ts';
import type { SyncStore } from '../../store/team/sync-store.ts';
import { isCertified, orgOf } from '../../sync/certificate.ts';
import type { Hub } from '../../sync/hub.ts';
import { joinTeam, refuseTakenOut } from '../../sync/join.ts';
import { parseRevocation, revokedBy } from '../../sync/revocation.ts';
import { isServer } from './hubs.ts';
import type { HubPlace, Hubs } from './hubs.ts';
import { changeBy } from '../access/identity.ts';
import { settleIssuedTwice } from '../billing/issued-twice.ts';
import { settleWithoutIssuer } from '../billing/without-issuer.ts';
import { deviceSeed, makeSeed, readKeyPlace, teamSeed } from './team-key.ts';
import { keepPlace, readPlace } from './place.ts';
import { CLOCK_MS } from '../../sync/clock.ts';
import { isMoving, probeHub } from './probe.ts';
import { readReview, resolveConflicts } from './review.ts';
import type { ReviewDeps } from './review.ts';
import { FAILED, MET } from './met.ts';
import { createRunner } from './runner.ts';
import { chooseTerritories, SHARED } from './territories.ts';
import type { Runner } from './runner.ts';

/** The last piece from others that somebody here has looked at. */
const SEEN = 'sync.seen';

type Deps = {
  readonly store: WriteStore & { readonly sync: SyncStore };
  readonly env: Pick<EngineEnv, 'db' | 'random' | 'clock' | 'log' | 'secrets'>;
  readonly hubs: Hubs;
  readonly emit: Emit;
};

type SyncCommands = Pick<Commands, 'sync.join' | 'sync.move' | 'sync.round' | 'sync.now' | 'sync.resolve' | 'sync.seen'>;

const blocked = (message: string): AppError => new AppError('blocked', message);

/** The team of a hub, and its key if this device has it. */
const findTeam = async (hubs: Hubs, place: HubPlace, team: string | null, makeKey: (() => Buffer) | null) => {
  const asked = isServer(place) ? hubs.at(place, '') : null;
  if (team === null && asked === null)
    throw new AppError('invalid', 'In a folder there is nobody to ask: name the file with the key of the team, --team.');
  const known = asked === null ? null : await asked.org();
  if (makeKey !== null && known !== null) throw blocked('This hub has its team already: join it with its key, or without one.');
  const rootSeed = makeKey?.() ?? (team === null ? null : teamSeed(team));
  const org = rootSeed === null ? (known ?? '') : orgOf(rootSeed);
  if (known !== null && known !== org) throw blocked('The key is of another team than this hub.');
  return { org, rootSeed };
};

/** The team that a file is in already, and where its new accounts begin. */
const knownOf = (membership: Membership | null): { readonly known: string | null; readonly first: string | null } => ({
  known: membership?.org ?? null,
  first: membership?.scopes.account ?? null,
});

/** A folder makes whatever is asked of it: a name with a slip in it would be a team of its own. A server says itself what it is. */
const refusePlace = async (
  { store, env, hubs }: Pick<Deps, 'store' | 'env' | 'hubs'>,
  place: HubPlace,
  wanted: { readonly team: string | null; readonly isNew: boolean },
): Promise<void> => {
  if (isServer(place) || wanted.team === null) return;
  const about = { hubs, ...knownOf(store.sync.membership()), now: env.clock() };
  const stop = (await probeHub(about, place, wanted)).problems.find(({ isFatal }) => isFatal);
  if (stop !== undefined) throw blocked(`${stop.message} Nothing was changed.`);
};

const joining =
  ({ store, env, hubs }: Deps, joined: (place: HubPlace) => void): Commands['sync.join'] =>
  async ({ hub: where, password, team, isNew, territory, also }) => {
    const place = { hub: where, password };
    const known = store.sync.membership()?.scopes.account ?? null;
    await refusePlace({ store, env, hubs }, place, { team, isNew });
    const isMove = !isServer(place) && isMoving(team, store.sync.membership()?.org ?? null);
    const makeKey = isNew && team !== null && !isMove ? () => makeSeed(team, env.random) : null;
    const { org, rootSeed } = await findTeam(hubs, place, team, makeKey);
    const hub = hubs.at(place, org);
    const { account, more } = await chooseTerritories(hub, { territory, also }, known);
    const { fingerprint, isWaiting } = await joinTeam({
      store: store.sync,
      hub,
      org,
      rootSeed,
      seed: deviceSeed({ env, owner: store.sync, local: store.local }),
      random: env.random,
      scopes: { shared: SHARED, account },
      more,
    });
    const spent = hubs.keepPassword(place);
    joined(spent === null ? place : { hub: where, password: null });
    const { device } = store.sync;
    return { org, device, code: store.sync.code(), fingerprint, isWaiting, spent };
  };

/** Why somebody does not join again, by whose role that is not: nobody could, where the device was taken out. @throws AppError `denied` */
const explainJoin =
  ({ store, hubs }: Deps) =>
  async (input: Parameters<Commands['sync.join']>[0]): Promise<never> => {
    const { hub: where, password } = input;
    const org = store.sync.membership()?.org;
    if (org !== undefined) await refuseTakenOut({ store: store.sync, hub: hubs.at({ hub: where, password }, org), org });
    throw new AppError(
      'denied',
      'Your role does not allow this: joining again is for an owner. On the command line an owner does it on this file in the own name, workbench --as "NAME <MAIL>" join …; in a window, an owner who sits at this file. Nothing was changed.',
    );
  };

/** Whether the hub waits for somebody before it deals with all of this file: to enrol its device, or to let its person in. */
const isRefused = async ({ store, hubs }: Pick<Deps, 'store' | 'hubs'>, place: HubPlace): Promise<boolean> => {
  const membership = store.sync.membership();
  const org = membership?.org ?? '';
  const hub = hubs.at(place, org);
  const isKnown = (await hub.certificates()).some((one) => one.dev === store.sync.device && isCertified(org, one));
  const readable = await hub.scopes?.();
  return !isKnown || (readable !== undefined && scopesOf(membership).some((scope) => !readable.includes(scope)));
};

/** @returns the commands, and the rounds that run by themselves once they are started */
export const createSync = (
  deps: Deps,
): {
  readonly commands: SyncCommands;
  /** What is said to a role that may not run a command. */
  readonly refused: Readonly<Record<'sync.join', (input: Parameters<Commands['sync.join']>[0]) => Promise<never>>>;
  readonly runner: Runner;
} => {
  const { store, emit, hubs } = deps;
  const settle = (): void => {
    settleWithoutIssuer(store);
    settleIssuedTwice(store);
  };
  const runner = createRunner({ ...deps, settle });
  const commands: SyncCommands = {
    'sync.join': joining(deps, (place) => {
      keepPlace(store.local, place);
      emit('sync', { isRunning: false });
      runner.wake();
    }),
    'sync.move': ({ account, territory }, context) => {
      const moved = store.sync.move(account, territory, changeBy(store, context, { label: '' }));
      runner.soon();
      return { account: moved.id, rows: moved.rows };
    },
    'sync.round': async (place, { signal, progress }) => {
      const done = await runner.round(place, {
        progress: (ops, what) => progress(ops, null, what),
        isCancelled: () => signal.aborted,
      });
      const { unsent, conflicts } = store.sync.state();
      hubs.keepPassword(place);
      // What was done while the round ran waits for the next one, and for nobody.
      const isHeldUp = done.waiting.length > 0 || (!signal.aborted && (await isRefused(deps, place)));
      return { ...done, warnings: [...done.warnings], waiting: [...done.waiting], unsent, conflicts, isHeldUp };
    },
    'sync.now': () => {
      runner.soon();
      return {};
    },
    'sync.resolve': resolveConflicts(store, store.sync),
    'sync.seen': ({ upTo }) => {
      store.local.set({ [SEEN]: upTo });
      emit('sync', { isRunning: false });
      return {};
    },
  };
  return { commands, refused: { 'sync.join': explainJoin(deps) }, runner };
};

/** Waits for a hint of a hub; after so many seconds there may be something new all the same. */
const waitForNews = (hub: Hub, seconds: number, signal: CallContext['signal']): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (isNews: boolean) => (): void => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', quit);
      resolve(isNews);
    };
    const [tell, quit] = [end(true), end(false)];
    const timer = setTimeout(quit, seconds * 1000);
    const stop = hub.listen(tell);
    signal.addEventListener('abort', quit);
    if (signal.aborted) quit();
  });

export const newsQueries = (hubs: Hubs): Pick<Queries, 'sync.news'> => ({
  'sync.news': async ({ seconds, ...place }, { signal }) => {
    const hub = hubs.at(place, '');
    // A hint comes only over a connection.
    await hub.org();
    return { isNews: await waitForNews(hub, seconds, signal) };
  },
});

const shown = (value: CellValue): string | null => (value === null ? null : String(isBad(value) ? value['!'][0] : value));

type ReadDeps = Omit<ReviewDeps, 'locale'> & {
  readonly env: Pick<EngineEnv, 'clock' | 'locale'>;
  readonly hubs: Hubs;
};
type SyncQueries = Pick<
  Queries,
  'sync.conflicts' | 'sync.hashes' | 'sync.state' | 'sync.streams' | 'sync.review' | 'sync.away' | 'sync.test'
>;
type State = ReturnType<SyncQueries['sync.state']>;

const territoriesOf = (membership: Membership | null): string[] =>
  scopesOf(membership).filter((scope) => scope !== membership?.scopes.shared);

type Met = NonNullable<Awaited<State>['met']>;

const keptState = (local: LocalReader): Pick<Awaited<State>, 'met' | 'failed'> => {
  const kept = local.get('sync.');
  // Earlier versions kept what was told, and not what of it waits.
  const met = kept[MET] as (Omit<Met, 'waiting'> & Partial<Pick<Met, 'waiting'>>) | null | undefined;
  return {
    met: met ? { ...met, waiting: met.waiting ?? [] } : null,
    failed: (kept[FAILED] as Awaited<State>['failed'] | undefined) ?? null,
  };
};

const sayKey = (local: LocalReader): string | null => {
  const place = readKeyPlace(local);
  return place === null ? null : placeWords[place];
};

/** Whether the organisation is known here to have taken this device out. */
const isOut = (membership: Membership | null, device: string, kept: readonly string[]): boolean => {
  const own = kept.flatMap((text) => parseRevocation(Buffer.from(text)) ?? []).filter(({ dev }) => dev === device);
  return membership !== null && revokedBy(membership.org, own).has(device);
};

export const syncQueries = ({ store, read, context, local, env, hubs }: ReadDeps): SyncQueries => ({
  'sync.state': () => ({
    org: store.team.membership()?.org ?? null,
    territories: territoriesOf(store.team.membership()),
    device: local.device().code,
    place: readPlace(local),
    key: sayKey(local),
    unsent: store.team.membership() === null ? 0 : store.team.unsent(),
    conflicts: store.conflictCount(),
    isOut: isOut(store.team.membership(), local.device().id, store.team.revocations()),
    ...keptState(local),
  }),
  'sync.streams': () => ({
    devices: store.team.devices().map((device) => {
      const ahead = device.at - env.clock();
      return { ...device, ahead: ahead > CLOCK_MS ? ahead : null };
    }),
    waiting: [...store.team.waiting()],
  }),
  'sync.test': ({ hub, password, ...wanted }) =>
    probeHub({ hubs, ...knownOf(store.team.membership()), now: env.clock() }, { hub, password }, wanted),
  'sync.review': ({ limit }) => readReview({ store, read, local, locale: env.locale, context }, limit),
  'sync.away': () => {
    const { records, ...rest } = store.team.away(Number(local.get(SEEN)[SEEN] ?? 0));
    return { ...rest, records: [...records] };
  },
  'sync.conflicts': ({ limit }) => {
    const { count, conflicts } = store.conflicts(limit);
    return {
      count,
      conflicts: conflicts.map(({ lost, kept, table, row, field, device, stamp, move }) => ({
        ...{ table, row, field, device },
        move: move === undefined ? null : { from: move.from, meanwhile: move.meanwhile, why: move.why },
        kept: shown(kept),
        lost: shown(lost),
        at: stampTime(stamp),
      })),
    };
  },
  'sync.hashes': () => ({ tables: store.replica.hashes().map((one) => ({ ...one })) }),
});
