/**
 * What a hub says, read from its beginning into a file that has nothing: by whoever wants to know whether it says the same as
 * the file that was kept all along. Nothing is given to the hub.
 */
import { scopesOf } from '../store/log/streams.ts';
import { membersOf } from './certificate.ts';
import { aboutDevices, createCheck, createWarnings, warnOfProblems } from './checking.ts';
import { receive } from './receiving.ts';
import type { ReceivingDeps } from './receiving.ts';
import { cutsOf, joinRevocations, revokedBy } from './revocation.ts';
import type { RoundDeps, RoundResult } from './round.ts';
import { nothingRead, USUAL_LIMITS } from './snapshots.ts';
import type { SnapshotDeps } from './snapshots.ts';

/** Streams are read, and snapshots only for what is not in them any more. */
const STREAMS_FIRST = { ...USUAL_LIMITS, takeAt: Number.MAX_SAFE_INTEGER };

export type ReplayDeps = ReceivingDeps &
  Pick<RoundDeps, 'nameOf'> &
  Pick<SnapshotDeps, 'random' | 'org'> & {
    /** What the file that is compared knows of devices that were taken out. */
    readonly revocations: readonly string[];
  };

/**
 * @param deps `store` is empty and of the same team
 * @returns what was found and not taken, in words @throws AppError `locked` and `io` of the hub
 */
export const replayHub = async (deps: ReplayDeps): Promise<Pick<RoundResult, 'warnings' | 'waiting'>> => {
  const { store, hub, org, random, revocations } = deps;
  const scopes = scopesOf(store.membership());
  const { warn, all } = createWarnings();
  const streams = await hub.streams(scopes);
  const revoked = joinRevocations(org, revocations, await hub.revocations());
  const team = { ...membersOf(org, await hub.certificates()), cutOf: cutsOf(org, revoked.all) };
  const snapshots: SnapshotDeps = { store, hub, org, team, warn, limits: STREAMS_FIRST, random, ...nothingRead() };
  await receive(deps, { snapshots, check: createCheck({ org, scopes }, team, warn), warn }, streams);
  warnOfProblems(hub.problems(), warn);
  return all(aboutDevices(deps, team, revokedBy(org, revoked.all)));
};
