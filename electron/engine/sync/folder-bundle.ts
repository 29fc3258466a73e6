/**
 * Fewer files in a shared folder (SYNC.md 2.7): programs that share folders grow slow by their number. What a device gave long
 * ago it puts together, the same bytes one behind the other, and takes the single files away once every computer has had time
 * to get the bundle. Each device does it for its own streams only, and for what it signed.
 */
import { promises as fs } from 'node:fs';
import { join } from 'node:path';
import { listFolder, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import { isBundle, isPiece, madeAt, readPiece } from './folder-piece.ts';
import type { StreamName } from './hub.ts';
import { encodeSegment, MAX_BUNDLE_BYTES } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';

const DAY_MS = 86_400_000;
/** Before that, what was done still comes in many pieces a day. */
const OLD_MS = 7 * DAY_MS;
/** A computer that was off this long finds the single files gone and takes the bundle. */
const KEPT_MS = 30 * DAY_MS;
/** Fewer are not worth a file more for a month. */
const LEAST = 20;
const MOST = 50_000;

type Single = { readonly path: string; readonly segment: SealedSegment };
type Bundle = { readonly made: number; readonly hashes: ReadonlySet<string> };

const hashOf = ({ hash }: SealedSegment): string => hash.toString('hex');

/** The day in the name of a bundle, in UTC milliseconds; it only says how long single files stay. */
const dayIn = (name: string): number => {
  const [, year, month, day] = /-(\d{4})(\d\d)(\d\d)\.bundle$/i.exec(name) ?? [];
  return year === undefined ? Infinity : Date.UTC(Number(year), Number(month) - 1, Number(day));
};

const nameOf = (segments: readonly SealedSegment[], now: number): string => {
  const [first, last] = [segments[0]?.header.from ?? 0, segments.at(-1)?.header.to ?? 0];
  const hash = segments.at(-1)?.hash.toString('hex').slice(0, 12) ?? '';
  const day = new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
  return `${String(first).padStart(10, '0')}-${String(last).padStart(10, '0')}-${hash}-${day}.bundle`;
};

/** What of a stream lies in its folder: single files in order, and what bundles hold. @param isOwn whether this device signed it */
const readStreamFolder = async (folder: string, isOwn: (segment: SealedSegment) => boolean) => {
  const { files } = await listFolder(folder, MOST);
  const singles: Single[] = [];
  const bundles: Bundle[] = [];
  for (const name of files.filter(isPiece)) {
    const path = join(folder, name);
    const placed = await readPiece(path);
    // What another device signed, or nobody did, is not this one's to move.
    if (placed === null || typeof placed === 'string' || !placed.every(({ segment }) => isOwn(segment))) continue;
    const segments = placed.map(({ segment }) => segment);
    if (isBundle(name)) bundles.push({ made: dayIn(name), hashes: new Set(segments.map(hashOf)) });
    else singles.push(...segments.map((segment) => ({ path, segment })));
  }
  return { singles: singles.toSorted((a, b) => a.segment.header.from - b.segment.header.from), bundles };
};

const follows = (next: SealedSegment, last: SealedSegment | undefined): boolean =>
  last === undefined || (next.header.from === last.header.to + 1 && next.header.prev === hashOf(last));

/** Runs of a chain without a gap or a branch, each as many as a bundle holds. */
const runsOf = (
  singles: readonly Single[],
  isOld: (segment: SealedSegment) => boolean,
): readonly (readonly SealedSegment[])[] => {
  const runs: SealedSegment[][] = [];
  let run: SealedSegment[] = [];
  let bytes = 0;
  const end = (): void => {
    if (run.length >= LEAST) runs.push(run);
    [run, bytes] = [[], 0];
  };
  for (const { segment } of singles) {
    // A copy of a file under another name is the same piece.
    const last = run.at(-1);
    if (last !== undefined && hashOf(last) === hashOf(segment)) continue;
    const size = encodeSegment(segment).length;
    if (!isOld(segment) || !follows(segment, last) || bytes + size > MAX_BUNDLE_BYTES) end();
    if (!isOld(segment)) continue;
    run.push(segment);
    bytes += size;
  }
  end();
  return runs;
};

/** How many bundles were made, and how many single files went. */
export type Tidied = { readonly made: number; readonly gone: number };

/**
 * @param base where the folder keeps segments
 * @param isOwn whether a segment is signed by the key of this device
 * @throws AppError `locked` or `io`
 */
export const tidyStream = async (
  base: string,
  { scope, dev }: StreamName,
  isOwn: (segment: SealedSegment) => boolean,
  now: number,
  io: FolderIo,
): Promise<Tidied> => {
  const folder = join(base, scope, dev);
  const { singles, bundles } = await readStreamFolder(folder, isOwn);
  const held = new Set(bundles.flatMap(({ hashes }) => [...hashes]));
  const settled = new Set(bundles.flatMap(({ made, hashes }) => (made < now - KEPT_MS ? [...hashes] : [])));
  const spent = singles.filter(({ segment }) => settled.has(hashOf(segment)));
  for (const { path } of spent) await fs.rm(path, { force: true });
  const loose = singles.filter(({ segment }) => !held.has(hashOf(segment)));
  const isOld = (segment: SealedSegment): boolean => (madeAt(segment) ?? Infinity) < now - OLD_MS;
  const runs = runsOf(loose, isOld);
  for (const run of runs) await writeWhole(join(folder, nameOf(run, now)), Buffer.concat(run.map(encodeSegment)), io);
  return { made: runs.length, gone: spent.length };
};
