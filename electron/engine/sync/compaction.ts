/**
 * What may go from a hub (SYNC.md 2.8): pieces of the log that are older than anybody stays away and that are in the oldest
 * snapshot that is kept. Who was away longer than that begins with a snapshot, and what was done there is sent as ever.
 */
import { byNewest, countingOf, readCandidates } from './believing.ts';
import { membersOf } from './certificate.ts';
import type { Hub } from './hub.ts';
import { cutsOf } from './revocation.ts';
import { isWhole } from './snapshots.ts';
import type { SnapshotAbout } from './snapshot-file.ts';

/** Snapshots of a scope that are kept: one more than is needed, should the newest turn out to be of no use. */
const KEPT = 2;

/** How far each device may be cut, in a scope; null where there are not enough snapshots. */
export type Compactable = Pick<SnapshotAbout, 'scope' | 'cut'>;

/** @param schema the newest that this build knows */
export const compactable = async (
  hub: Pick<Hub, 'certificates' | 'revocations' | 'snapshots' | 'getPage' | 'get' | 'branches'>,
  org: string,
  scope: string,
  schema: number,
): Promise<Compactable | null> => {
  const team = { ...membersOf(org, await hub.certificates()), cutOf: cutsOf(org, await hub.revocations()) };
  const believing = { hub, org, team, schema, pieces: () => [], warn: () => undefined };
  const newest = ((await readCandidates(believing, scope)) ?? []).toSorted(byNewest);
  const kept: SnapshotAbout[] = [];
  for await (const about of countingOf(newest)) {
    // What goes is then in them alone: one of which a page is missing counts for nothing.
    if (await isWhole(hub, about)) kept.push(about);
    if (kept.length === KEPT) break;
  }
  const oldest = kept[KEPT - 1];
  return oldest === undefined ? null : { scope, cut: oldest.cut };
};

/** What was taken away: pieces, by scope. */
export type Compacted = Readonly<Record<string, number>>;
