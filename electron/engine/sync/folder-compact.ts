/** Takes away of a shared folder what is in the oldest kept snapshot and old enough, and notes what was taken. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import type { CutEntry } from '../store/snapshot/make.ts';
import type { Compactable } from './compaction.ts';
import { listFolder, plainIo, writeWhole } from './folder-io.ts';
import { isPiece, madeAt, readPiece } from './folder-piece.ts';

const MOST = 50_000;

/** A file, and what of a stream is in it. */
type Piece = { readonly path: string; readonly from: number; readonly isOld: boolean };

/** Files with pieces of a stream up to a sequence number, in order. What is no piece of it is left alone. */
const piecesOf = async (folder: string, { dev, seq }: CutEntry, scope: string, before: number): Promise<readonly Piece[]> => {
  const { files } = await listFolder(folder, MOST);
  const pieces: Piece[] = [];
  for (const name of files.filter(isPiece)) {
    const path = join(folder, name);
    const placed = await readPiece(path);
    if (typeof placed === 'string') continue;
    const segments = placed.map(({ segment }) => segment);
    const isWithin = segments.every(({ header }) => header.dev === dev && header.scope === scope && header.to <= seq);
    const made = segments.map(madeAt);
    if (!isWithin || made.includes(null)) continue;
    const from = Math.min(...segments.map(({ header }) => header.from));
    pieces.push({ path, from, isOld: made.every((at) => at !== null && at < before) });
  }
  return pieces.toSorted((a, b) => a.from - b.from);
};

/** @returns how many files went */
export const compactFolder = async (base: string, { scope, cut }: Compactable, before: number): Promise<number> => {
  let gone = 0;
  for (const entry of cut) {
    const pieces = await piecesOf(join(base, scope, entry.dev), entry, scope, before);
    const young = pieces.find(({ isOld }) => !isOld)?.from ?? Infinity;
    // From the beginning on: a stream never has a hole.
    for (const { path } of pieces.filter(({ from }) => from < young)) {
      await fs.rm(path, { force: true });
      gone += 1;
    }
  }
  return gone;
};

/** Leaves a note of it beside the certificates. */
export const noteCompaction = (
  devices: string,
  what: { readonly at: number; readonly gone: Readonly<Record<string, number>> },
): Promise<void> => writeWhole(join(devices, `${what.at}.compacted`), Buffer.from(`${JSON.stringify(what)}\n`), plainIo);
