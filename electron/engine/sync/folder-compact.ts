/** Takes away of a shared folder what is in the oldest kept snapshot and old enough, and notes what was taken. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { leadingTo } from './branches.ts';
import type { Compactable } from './compaction.ts';
import { listFolder, plainIo, writeWhole } from './folder-io.ts';
import { isPiece, madeAt, readPiece } from './folder-piece.ts';

const MOST = 50_000;

/** A file, and what of a stream is in it. */
type Piece = {
  readonly path: string;
  readonly from: number;
  readonly to: number;
  readonly isOld: boolean;
  readonly links: readonly Link[];
};
type Link = { readonly from: number; readonly hash: string; readonly prev: string | null };

/** Files with pieces of a stream, in order. What is no piece of it is left alone. */
const piecesOf = async (folder: string, dev: string, scope: string, before: number): Promise<readonly Piece[]> => {
  const { files } = await listFolder(folder, MOST);
  const pieces: Piece[] = [];
  for (const name of files.filter(isPiece)) {
    const path = join(folder, name);
    const placed = await readPiece(path);
    if (placed === null || typeof placed === 'string') continue;
    const segments = placed.map(({ segment }) => segment);
    const isOfIt = segments.every(({ header }) => header.dev === dev && header.scope === scope);
    const made = segments.map(madeAt);
    if (!isOfIt || made.includes(null)) continue;
    const from = Math.min(...segments.map(({ header }) => header.from));
    const to = Math.max(...segments.map(({ header }) => header.to));
    const links = segments.map(({ header, hash }) => ({ from: header.from, hash: hash.toString('hex'), prev: header.prev }));
    pieces.push({ path, from, to, isOld: made.every((at) => at !== null && at < before), links });
  }
  return pieces.toSorted((a, b) => a.from - b.from);
};

/** Where a stream was written on twice: there, two follow the same piece. */
const forkOf = (links: readonly Link[]): number => {
  const next = new Map<string | null, string>();
  let fork = Infinity;
  for (const { from, hash, prev } of links) {
    if ((next.get(prev) ?? hash) !== hash) fork = Math.min(fork, from);
    next.set(prev, hash);
  }
  return fork;
};

/** @returns how many files went */
export const compactFolder = async (base: string, { scope, cut }: Compactable, before: number): Promise<number> => {
  let gone = 0;
  for (const dev of new Set(cut.map((entry) => entry.dev))) {
    const all = await piecesOf(join(base, scope, dev), dev, scope, before);
    const ends = cut.flatMap((entry) => (entry.dev === dev ? entry.hash.toString('hex') : []));
    const links = all.flatMap((piece) => piece.links);
    // What leads to where the snapshot ends is in it: of another branch, nothing is.
    const held = leadingTo(links, ends);
    const pieces = all.filter((piece) => piece.links.every(({ hash }) => held.has(hash)));
    const young = pieces.find(({ isOld }) => !isOld)?.from ?? Infinity;
    // A branch that the snapshot does not hold is read from where it began, and so are all by who has read some of one.
    const inside = cut.reduce((most, entry) => (entry.dev === dev ? Math.max(most, entry.seq) : most), 0);
    const other = all.find((piece) => piece.from <= inside && !pieces.includes(piece))?.from ?? Infinity;
    const fork = Math.min(other, forkOf(links));
    const kept = all.find(({ to }) => to >= fork)?.from ?? Infinity;
    // From the beginning on: a stream never has a hole.
    for (const { path } of pieces.filter(({ from }) => from < Math.min(young, kept))) {
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
