/**
 * Snapshots in a round (SYNC.md 2.8): taking one instead of replaying what it holds, where that is less work or where the
 * hub does not have the pieces any more; and making one now and then, so that others can. One that is not whole, or that
 * says what cannot be, is passed over, and the replay goes on as if it were not there.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../shared/contract/define.ts';
import type { ErrorCode } from '../../../shared/contract/define.ts';
import type { Payload } from '../store/log/payload.ts';
import type { CutEntry } from '../store/snapshot/make.ts';
import { decodePage, isHeads } from '../store/snapshot/pages.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import { byMost, byNewest, firstOf, opsOf, readCandidates } from './believing.ts';
import type { Candidate } from './believing.ts';
import type { Team, Warn } from './checking.ts';
import { endedIn } from './ends.ts';
import { followedHere } from './following.ts';
import type { Hub } from './hub.ts';
import { whoseIsOtherwise } from './sampling.ts';
import { sealSnapshot, shaOf } from './snapshot-file.ts';
import type { PageName, SnapshotAbout } from './snapshot-file.ts';
import { fetchKeysFor } from './subject-keys.ts';

export type SnapshotLimits = {
  /** Ops a device must lack before it takes one though the hub has all pieces. */
  readonly takeAt: number;
  /** Ops behind the newest before another one is made. */
  readonly makeAt: number;
  /** Milliseconds between two of a scope. */
  readonly pause: number;
};

export const USUAL_LIMITS: SnapshotLimits = { takeAt: 10_000, makeAt: 20_000, pause: 7 * 24 * 3_600_000 };

export type SnapshotDeps = {
  readonly store: SyncStore;
  readonly hub: Hub;
  readonly org: string;
  readonly team: Team;
  readonly warn: Warn;
  readonly limits: SnapshotLimits;
  /** `n` random bytes, for which page is looked at. */
  readonly random: (n: number) => Uint8Array;
  /** What was read in this round, by scope: a round asks the hub once. */
  readonly read: Map<string, readonly Candidate[] | null>;
  /** Those of them that could not be taken when it was tried. */
  readonly refused: Set<SnapshotAbout>;
};

/** What a round begins with. */
export const nothingRead = (): Pick<SnapshotDeps, 'read' | 'refused'> => ({ read: new Map(), refused: new Set() });

/** Ops of a snapshot that a file has not read. */
const lackOf = ({ cut }: SnapshotAbout, store: SyncStore, scope: string): number => {
  const here = store.cut(scope);
  const readOf = ({ dev, seq, hash }: CutEntry): number => {
    const ends = here.filter((end) => end.dev === dev);
    return ends.some((end) => end.hash.equals(hash)) ? seq : Math.max(0, ...ends.map((end) => end.seq));
  };
  return cut.reduce((sum, entry) => sum + Math.max(0, entry.seq - readOf(entry)), 0);
};

/** Those of a scope that one of the team signed, with the most in it first; null where the hub keeps none. */
const readSnapshots = async (deps: SnapshotDeps, scope: string): Promise<readonly Candidate[] | null> => {
  const known = deps.read.get(scope);
  if (known !== undefined) return known;
  const { store } = deps;
  const read = (await readCandidates({ ...deps, schema: store.schema, pieces: store.pieces }, scope))?.toSorted(byMost) ?? null;
  deps.read.set(scope, read);
  return read;
};

/** Whether a snapshot holds work under the name of this device that this file does not know. */
export const isDoubledThere = async (deps: SnapshotDeps, scopes: readonly string[]): Promise<boolean> => {
  const { store } = deps;
  for (const scope of scopes)
    for (const { about, counts } of (await readSnapshots(deps, scope)) ?? []) {
      const own = about.cut.filter(({ dev }) => dev === store.device);
      if (own.some((entry) => store.isAnothersCut(scope, entry)) && (await counts())) return true;
    }
  return false;
};

/** Up to where snapshots hold the work of a device: that need not be in pieces any more. */
export const keptOf = async (deps: SnapshotDeps, scope: string, of: string): Promise<number> => {
  const seqOf = ({ about }: Candidate): number =>
    about.cut.reduce((most, { dev, seq }) => (dev === of ? Math.max(most, seq) : most), 0);
  const most = ((await readSnapshots(deps, scope)) ?? []).toSorted((one, other) => seqOf(other) - seqOf(one));
  for (const candidate of most) if (seqOf(candidate) === 0 || (await candidate.counts())) return seqOf(candidate);
  return 0;
};

/**
 * The same for whoever looks at what is there in pieces. Where there are snapshots that cannot be read yet, nobody knows what need not
 * be there, and nothing is laid anew for its sake: undefined.
 */
export const keptFrom = async (deps: SnapshotDeps, scope: string, kept: number): Promise<number | undefined> => {
  if (kept > 0) return kept;
  const [found, read] = [await deps.hub.snapshots(scope), await readSnapshots(deps, scope)];
  return (found?.length ?? 0) > (read?.length ?? 0) ? undefined : 0;
};

type Pages = Pick<Hub, 'getPage'>;

/** A page as it was signed; null while it is missing or altered. */
const readPage = async (hub: Pages, { scope, dev }: SnapshotAbout, { sha, bytes }: PageName): Promise<Buffer | null> => {
  const page = await hub.getPage({ scope, dev }, sha);
  return page?.length === bytes && shaOf(page) === sha ? page : null;
};

/** All pages as they were signed; null while one is missing or altered. */
const readPages = async (hub: Pages, about: SnapshotAbout): Promise<readonly Buffer[] | null> => {
  const read: Buffer[] = [];
  for (const name of about.pages) {
    const page = await readPage(hub, about, name);
    if (page === null) return null;
    read.push(page);
  }
  return read;
};

/** Whether all of a snapshot is on the hub. */
export const isWhole = async (hub: Pages, about: SnapshotAbout): Promise<boolean> => {
  for (const name of about.pages) if ((await readPage(hub, about, name)) === null) return false;
  return true;
};

function* payloadsOf(pages: readonly Buffer[]): Generator<Payload> {
  for (const bytes of pages) {
    const page = decodePage(bytes);
    if (typeof page !== 'string' && !isHeads(page)) yield page.payload;
  }
}

/** What is wrong with what a colleague made: `too-large` as it would be kept here, whatever it was there. */
const OF_SNAPSHOT: readonly ErrorCode[] = ['bad-file', 'newer-file', 'too-large', 'invalid'];

const load = async (deps: SnapshotDeps, about: SnapshotAbout): Promise<boolean> => {
  const pages = await readPages(deps.hub, about);
  if (pages === null) return false;
  const other = await whoseIsOtherwise(deps, about, pages);
  if (other !== null) {
    deps.warn(`A snapshot of ${about.scope} by ${about.dev} is not taken: it says something else than ${other} wrote`, true);
    return false;
  }
  await fetchKeysFor(deps, about.scope, payloadsOf(pages));
  const follows = await followedHere(deps, about);
  try {
    deps.store.load({ ...about, pages, follows, ended: endedIn(deps.team, about) });
    return true;
  } catch (error) {
    const code = error instanceof AppError ? error.code : null;
    // A fault of this file is nobody else's, and stops the round as any does.
    if (code !== null && !OF_SNAPSHOT.includes(code)) throw error;
    // Whatever a colleague put into it must not stop the round: nothing of it was kept.
    const what =
      error instanceof AppError
        ? error.message
        : `A snapshot of ${about.scope} by ${about.dev} could not be taken into this file: ${String(error)}`;
    deps.warn(what, code !== 'newer-file');
    return false;
  }
};

/**
 * Takes a snapshot of each scope, where there is one that helps.
 * @param isNeeded whatever one holds was asked for already, and the hub did not give it
 * @returns ops that need not be replayed
 */
export const takeSnapshots = async (deps: SnapshotDeps, scopes: readonly string[], isNeeded: boolean): Promise<number> => {
  const { store, limits, refused } = deps;
  let taken = 0;
  for (const scope of scopes) {
    for (const { about, counts } of (await readSnapshots(deps, scope)) ?? []) {
      const lack = lackOf(about, store, scope);
      const size = about.pages.reduce((sum, { ops }) => sum + ops, 0);
      if (lack === 0 || (!isNeeded && (lack < limits.takeAt || size > lack))) continue;
      if (!(await counts())) continue;
      if (!(await load(deps, about))) {
        refused.add(about);
        continue;
      }
      refused.delete(about);
      taken += lack;
      break;
    }
  }
  return taken;
};

const make = async ({ store, hub, org }: SnapshotDeps, scope: string, at: number, sign: (bytes: Uint8Array) => Buffer) => {
  const making = store.snapshot(scope);
  if (making === null) return;
  const dev = store.device;
  try {
    const pages: PageName[] = [];
    for (const { bytes, ops } of making.pages) {
      const sha = shaOf(bytes);
      await hub.putPage({ scope, dev }, sha, bytes);
      pages.push({ sha, bytes: bytes.length, ops });
      await nextTurn();
    }
    const { cut, sv, minsv } = making;
    // Its pages are there before it is: whoever finds it finds all of it.
    await hub.putSnapshot(sealSnapshot({ org, scope, dev, at, sv, minsv, cut, pages }, sign));
  } finally {
    making.close();
  }
};

/** Makes a snapshot of each scope where it pays. For a device that has read everything and given everything. */
export const makeSnapshots = async (
  deps: SnapshotDeps,
  scopes: readonly string[],
  { now, sign }: { readonly now: number; readonly sign: (bytes: Uint8Array) => Buffer },
): Promise<void> => {
  const { store, limits, warn, refused } = deps;
  for (const scope of scopes) {
    const read = await readSnapshots(deps, scope);
    if (read === null) continue;
    // One that cannot be taken helps nobody who comes.
    const known = read.filter(({ about }) => !refused.has(about));
    const behind = opsOf(store.cut(scope)) - opsOf((await firstOf(known))?.cut ?? []);
    if (behind < limits.makeAt) continue;
    const newest = await firstOf(known.toSorted(byNewest));
    if (newest !== null && now - newest.at < limits.pause) continue;
    try {
      await make(deps, scope, now, sign);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Who may only read makes none. Whatever else stops it, the round itself has done what it was for.
      if (error.code !== 'denied') warn(error.message);
    }
  }
};
