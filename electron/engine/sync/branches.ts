/**
 * Streams that were written on twice under one name, read as the trees they are (SYNC.md 2.7). A piece is taken after the one it
 * follows. One that stands beside a piece that is here begins a branch; of what came here by a snapshot the hub still has to
 * show, piece by piece back from its end, that it is another one than those that the snapshot holds.
 */
import { MOST_BRANCHES } from '../store/log/branches.ts';
import type { HubPiece } from './hub.ts';

/** What is here of a stream: its pieces, and the hashes of its ends. In hex. */
export type Here = {
  readonly pieces: readonly { readonly hash: string; readonly prev: string | null }[];
  readonly ends: readonly string[];
};

/** The pieces that lead up to some, those among them, as far back as they are there. */
export const leadingTo = (pieces: readonly Pick<HubPiece, 'hash' | 'prev'>[], ends: readonly string[]): ReadonlySet<string> => {
  const byHash = new Map(pieces.map((piece) => [piece.hash, piece]));
  const leading = new Set<string>();
  for (const end of ends)
    for (let at: string | null = end; at !== null && !leading.has(at); at = byHash.get(at)?.prev ?? null) leading.add(at);
  return leading;
};

/**
 * `waiting`: what it follows is missing. `beyond`: begins one branch more than are read, or follows one that does; it is looked at
 * again with each reading.
 */
export type Unread = {
  readonly next: readonly HubPiece[];
  readonly waiting: HubPiece | null;
  readonly beyond: readonly HubPiece[];
};

/** How far the pieces lead that follow one, by its hash. */
const reachOf = (pieces: readonly HubPiece[]): ReadonlyMap<string, number> => {
  const reach = new Map<string, number>();
  for (const { hash, prev, to } of pieces.toSorted((one, other) => other.from - one.from)) {
    const far = Math.max(to, reach.get(hash) ?? 0);
    reach.set(hash, far);
    if (prev !== null) reach.set(prev, Math.max(far, reach.get(prev) ?? 0));
  }
  return reach;
};

/**
 * What of a stream is not here and follows what is, each behind the one it follows; and what does not come to that.
 * @param isNamed whether a piece leads to where the team says that the stream ends: no number of others leaves it out
 */
export const unreadOf = (pieces: readonly HubPiece[], here: Here, isNamed: (piece: HubPiece) => boolean): Unread => {
  const known = new Set([...leadingTo([...here.pieces, ...pieces], here.ends), ...here.pieces.map(({ hash }) => hash)]);
  // What a known piece follows has one successor that is known: any other is a branch.
  const parents = new Set<string | null>([...here.pieces, ...pieces].flatMap(({ hash, prev }) => (known.has(hash) ? prev : [])));
  if (here.ends.length === 0) parents.add(null);
  for (const end of here.ends) parents.add(end);
  const ends = new Set<string | null>(here.ends);
  const next: HubPiece[] = [];
  const beyond: HubPiece[] = [];
  const passed = new Set<string | null>();
  let waiting: HubPiece | null = null;
  // Of more than are read those count that lead furthest: whoever lays many short ones beside them takes nothing away.
  const reach = reachOf(pieces);
  const far = ({ hash }: HubPiece): number => reach.get(hash) ?? 0;
  const inTurn = (one: HubPiece, other: HubPiece): number =>
    one.from - other.from || far(other) - far(one) || (one.hash < other.hash ? -1 : 1);
  for (const piece of pieces.toSorted(inTurn)) {
    if (known.has(piece.hash)) continue;
    const isMore = !ends.delete(piece.prev) && ends.size >= MOST_BRANCHES && !isNamed(piece);
    if (passed.has(piece.prev) || (parents.has(piece.prev) && isMore)) {
      beyond.push(piece);
      passed.add(piece.hash);
    } else if (parents.has(piece.prev)) {
      next.push(piece);
      parents.add(piece.hash);
      ends.add(piece.hash);
    } else waiting ??= piece;
  }
  return { next, waiting, beyond };
};
