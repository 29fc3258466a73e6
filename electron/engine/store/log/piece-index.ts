/**
 * Where in a stream a stamp stands, without reading the stream for each that is looked for: the last stamps of its pieces are read
 * once and kept. Pieces follow each other by their hashes: while the last one that was read is there, so are all before it.
 */
import type { Db } from '../file/db.ts';
import { lastStampOf, openSegment } from './segments.ts';

/** `upTo`: the largest stamp of a piece and those before it. */
type Listed = { readonly from: number; readonly hash: Buffer; readonly upTo: number };

type Told = { readonly from: number; readonly hash: Buffer; readonly hlc: number | null };

/** The first piece that goes as far as a stamp. */
const firstUpTo = (pieces: readonly Listed[], h: number): Listed | undefined => {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.upTo ?? 0) < h) low = middle + 1;
    else high = middle;
  }
  return pieces[low];
};

/** @returns finds the piece that holds a stamp of a stream or branch, if one does */
export const createPieceIndex = (db: Db) => {
  const behind = db.prepare<[number, number, number], Told>(
    `SELECT from_seq AS "from", hash, head ->> '$.hlc' AS hlc FROM segments
     WHERE scope = ? AND dev = ? AND from_seq >= ? AND state <> 3 ORDER BY from_seq`,
  );
  const body = db
    .prepare<[number, number, number], Buffer>('SELECT body FROM segments WHERE scope = ? AND dev = ? AND from_seq = ?')
    .pluck();
  const known = new Map<string, Listed[]>();

  /** Pieces of earlier builds do not say their last stamp. */
  const lastStampIn = (scope: number, idx: number, { from, hlc }: Told): number => {
    const sealed = hlc === null ? body.get(scope, idx, from) : undefined;
    return sealed === undefined ? (hlc ?? 0) : lastStampOf(openSegment(sealed));
  };

  /** Reads on behind what is known; false where that is not there any more. */
  const readOn = (pieces: Listed[], scope: number, idx: number): boolean => {
    const last = pieces.at(-1);
    const [first, ...more] = behind.all(scope, idx, last?.from ?? 1);
    if (last !== undefined && first?.hash.equals(last.hash) !== true) return false;
    for (const told of last === undefined && first !== undefined ? [first, ...more] : more) {
      const { from, hash } = told;
      pieces.push({ from, hash, upTo: Math.max(pieces.at(-1)?.upTo ?? 0, lastStampIn(scope, idx, told)) });
    }
    return true;
  };

  return (scope: number, idx: number, h: number): Pick<Listed, 'from' | 'hash'> | undefined => {
    const name = `${scope}/${idx}`;
    let pieces = known.get(name) ?? [];
    if (!readOn(pieces, scope, idx)) {
      pieces = [];
      readOn(pieces, scope, idx);
    }
    known.set(name, pieces);
    return firstUpTo(pieces, h);
  };
};
