/**
 * Where the streams of a device end in a shared folder (SYNC.md 2.10), for whoever takes it out: by its pieces, and by what snapshots
 * of others hold of it where the pieces went.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { CutEntry } from '../store/snapshot/make.ts';
import { countingOf, readCandidates } from './believing.ts';
import type { BelievingDeps } from './believing.ts';
import { unreadOf } from './branches.ts';
import type { Hub, HubPiece, StreamName } from './hub.ts';
import { MOST_ENDS, MOST_ENDS_IN_ALL } from './revocation.ts';
import type { revoke } from './revocation.ts';

/** `ends`: hashes in hex, those that are named first. */
type End = { readonly seq: number; readonly ends: readonly string[] };

/** All that follows some pieces, those among them. */
const behindOf = (pieces: readonly HubPiece[], some: ReadonlySet<string>): ReadonlySet<string> => {
  const behind = new Set<string>();
  for (const { hash, prev } of pieces.toSorted((one, other) => one.from - other.from))
    if (some.has(hash) || (prev !== null && behind.has(prev))) behind.add(hash);
  return behind;
};

/**
 * The pieces that a stream ends with. Whoever has the key of the device can lay any number beside each other, more than can be named:
 * those come first that were read here and what follows them, then what others read who find all of it, then the furthest.
 */
const endsOf = (pieces: readonly HubPiece[], read: ReadonlySet<string>): readonly string[] => {
  const followed = new Set(pieces.map(({ prev }) => prev));
  const isEnd = ({ hash }: HubPiece): boolean => !followed.has(hash);
  const furthest = pieces.filter(isEnd).toSorted((one, other) => other.to - one.to);
  const own = pieces.filter(({ hash }) => read.has(hash));
  const behindOwn = behindOf(pieces, read);
  const further = furthest.filter(({ hash }) => behindOwn.has(hash));
  const { next } = unreadOf(pieces, { pieces: [], ends: [] }, () => false);
  const inTurn = [...own, ...further, ...next.filter(isEnd), ...furthest];
  return [...new Set(inTurn.map(({ hash }) => hash))];
};

/** How far a hub has a stream, and the pieces that it ends with: several where it was written on twice. */
const readEnd = async (hub: Hub, stream: StreamName, read: ReadonlySet<string>): Promise<End> => {
  const pieces = hub.branches?.(stream) ?? [];
  if (pieces.length > 0) return { seq: Math.max(...pieces.map(({ to }) => to)), ends: endsOf(pieces, read) };
  // What came first may have gone: it is in snapshots.
  const seq = hub.endOf?.(stream) ?? 0;
  const last = seq === 0 ? null : await hub.around(stream, seq);
  if (seq > 0 && last?.header.to !== seq)
    throw new AppError('io', 'The last of what the device gave cannot be read now. Nothing was changed: try again.');
  return { seq, ends: last === null ? [] : [last.hash.toString('hex')] };
};

/**
 * How far snapshots have a stream of which no piece is there any more, by those who are not taken out with it. Where one is, the
 * last is: what goes, goes from the beginning on.
 */
const readHeld = async (deps: BelievingDeps, { scope, dev }: StreamName): Promise<End> => {
  const byOthers = ((await readCandidates(deps, scope)) ?? []).filter(({ about }) => about.dev !== dev);
  const held: CutEntry[] = [];
  for await (const { cut } of countingOf(byOthers)) held.push(...cut.filter((entry) => entry.dev === dev));
  held.sort((one, other) => other.seq - one.seq);
  return { seq: held[0]?.seq ?? 0, ends: [...new Set(held.map(({ hash }) => hash.toString('hex')))] };
};

/** `read`: hashes in hex of the pieces that the keeper of the key has read up to. */
type Ending = { readonly scopes: readonly string[]; readonly dev: string; readonly read: ReadonlySet<string> };

/** @throws AppError `io` where the last of it cannot be read just now */
export const readCuts = async (
  hub: Hub,
  deps: BelievingDeps,
  { scopes, dev, read }: Ending,
): Promise<Pick<Parameters<typeof revoke>[1], 'cuts' | 'at'>> => {
  await hub.streams(scopes);
  const found: (readonly [string, End])[] = [];
  for (const scope of scopes) {
    const stream = { scope, dev };
    const there = await readEnd(hub, stream, read);
    const end = there.seq > 0 ? there : await readHeld(deps, stream);
    if (end.seq > 0) found.push([scope, end]);
  }
  const most = Math.min(MOST_ENDS, Math.floor(MOST_ENDS_IN_ALL / found.length));
  return {
    cuts: Object.fromEntries(found.map(([scope, { seq }]) => [scope, seq])),
    at: Object.fromEntries(found.map(([scope, { ends }]) => [scope, ends.slice(0, most).toSorted()])),
  };
};
