/**
 * Streams that were written on twice under one name (SYNC.md 2.7): both files went on from the same piece, so each signed a
 * successor of it. What both wrote counts. Stamps are those of the one device; each branch has a cursor and pieces of its own,
 * kept under a name that only this file knows. Which branch came first to a file decides nothing that others see.
 */
import type { Db } from '../file/db.ts';
import type { Devices } from '../merge/devices.ts';

/** How far a stream, or a branch of it, has been read. */
export type Cursor = { readonly seq: number; readonly hlc: number; readonly hash: Buffer | null };
/** `idx`: the device or branch that its pieces and its cursor are kept by. */
export type Reading = { readonly idx: number; readonly cursor: Cursor };
/** `hlc`: up to there the cursor of the stream tells what was seen. */
export type NewBranch = { readonly scope: number; readonly dev: number; readonly hash: Buffer; readonly hlc: number };

const START: Cursor = { seq: 0, hlc: 0, hash: null };
/** Branches of a stream that are read: a file is copied a few times, and each costs every round. */
export const MOST_BRANCHES = 16;

export type Branches = ReturnType<typeof createBranches>;

export const createBranches = (db: Db, devices: Pick<Devices, 'idOf' | 'indexOf'>) => {
  const ofStream = db
    .prepare<[number, number], number>('SELECT idx FROM branches WHERE scope = ? AND dev = ? ORDER BY idx')
    .pluck();
  const forkedAt = db
    .prepare<[number, number], number | null>('SELECT min(hlc) FROM branches WHERE scope = ? AND dev = ?')
    .pluck();
  const cursor = db.prepare<[number, number], Cursor>('SELECT seq, hlc, hash FROM cursor WHERE scope = ? AND dev = ?');
  const add = db.prepare('INSERT INTO branches(idx, scope, dev, hlc) VALUES(?, ?, ?, ?)');
  const cursorOf = (scope: number, idx: number): Cursor => cursor.get(scope, idx) ?? START;
  return {
    /** How far a stream itself has been read here. */
    cursorOf,
    /** How far a stream has been read here, the stream itself first and then its branches. */
    readings: (scope: number, dev: number): readonly [Reading, ...Reading[]] => {
      const reading = (idx: number): Reading => ({ idx, cursor: cursorOf(scope, idx) });
      return [reading(dev), ...ofStream.all(scope, dev).map(reading)];
    },
    /** Up to which stamp the cursor of a stream tells what was seen of it; null where it has no branches. */
    forkedAt: (scope: number, dev: number): number | null => forkedAt.get(scope, dev) ?? null,
    /** Begins a branch that is known by a piece of it. @returns what its pieces and its cursor are kept by */
    add({ scope, dev, hash, hlc }: NewBranch): number {
      // By all of its hash: two that begin alike can be made. A snapshot of another scope may say the same one.
      const idx = devices.indexOf(`${devices.idOf(dev)}#${scope}#${hash.toString('hex')}`);
      add.run(idx, scope, dev, hlc);
      return idx;
    },
  };
};
