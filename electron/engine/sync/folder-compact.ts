/** Takes away of a shared folder what is in the oldest kept snapshot and old enough, and notes what was taken. */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { stampTime } from '../../../shared/domain/hlc.ts';
import { openSegment } from '../store/log/segments.ts';
import type { CutEntry } from '../store/snapshot/make.ts';
import type { Compactable } from './compaction.ts';
import { listFolder, plainIo, readBounded, writeWhole } from './folder-io.ts';
import { MAX_SEGMENT_BYTES, parseSegment } from './segment-file.ts';

const MOST = 50_000;
const IS_SEGMENT = /\.seg$/i;

type Piece = { readonly path: string; readonly from: number; readonly isOld: boolean };

/** When the last op of a piece was made, in UTC milliseconds; null where that cannot be read. */
const madeAt = (body: Buffer): number | null => {
  try {
    return stampTime(openSegment(body).o.at(-1)?.[0] ?? 0);
  } catch {
    return null;
  }
};

/** Pieces of a stream up to a sequence number, in order. What is no piece of it is left alone. */
const piecesOf = async (folder: string, { dev, seq }: CutEntry, scope: string, before: number): Promise<readonly Piece[]> => {
  const { files } = await listFolder(folder, MOST);
  const pieces: Piece[] = [];
  for (const name of files.filter((one) => IS_SEGMENT.test(one))) {
    const path = join(folder, name);
    const bytes = await readBounded(path, MAX_SEGMENT_BYTES);
    const segment = bytes === null ? null : parseSegment(bytes);
    if (segment === null || typeof segment === 'string') continue;
    const { header, body } = segment;
    if (header.dev !== dev || header.scope !== scope || header.to > seq) continue;
    const made = madeAt(body);
    if (made !== null) pieces.push({ path, from: header.from, isOld: made < before });
  }
  return pieces.toSorted((a, b) => a.from - b.from);
};

/** @returns how many pieces went */
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
