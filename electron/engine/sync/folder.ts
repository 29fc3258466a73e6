/**
 * A hub in a plain folder that OneDrive, a share or any other program carries between computers (SYNC.md 2.7). Segments are
 * only ever added, each a file; a name is a hint, identity is the hash. Copies under other names, half files and files of
 * others are told apart by what they contain; what cannot be read yet is looked at again. Anybody may put files there, so
 * only what a device of the organisation signed takes a place in a stream.
 */
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/contract/define.ts';
import { DEVICE, encodeCertificate, isCertified, membersOf, parseCertificate } from './certificate.ts';
import { tidyStream } from './folder-bundle.ts';
import { createFolderIndex } from './folder-index.ts';
import type { FolderIndex, Found } from './folder-index.ts';
import { fileStamp, listFolder, plainIo, readBounded, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import { clearKeyRests, folderKeys } from './folder-keys.ts';
import { isPiece, readPiece } from './folder-piece.ts';
import { readRevocations, writeRevocation } from './folder-revocations.ts';
import { folderSnapshots } from './folder-snapshots.ts';
import { GET_BYTES, GET_OPS } from './hub.ts';
import type { Certificate, Hub, HubProblem, Put, StreamName } from './hub.ts';
import { isSigned, readPublicKey } from './keys.ts';
import { encodeSegment, MAX_BUNDLE_BYTES, MAX_SEGMENT_BYTES, parseSegment } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';
import { missingAt } from './waiting.ts';
import type { Waits } from './waiting.ts';

const VERSION = 'v1';
/** Certificates and revocations. No scope has this name. */
const DEVICES = 'devices';
/** Far above what a team leaves in a folder; only so that a hostile one ends. */
const MOST_ENTRIES = 50_000;
/** Files that are asked at once when they were last written. */
const MOST_ASKED = 100;
const MOST_CERTIFICATES = 10_000;
const MAX_CERTIFICATE_BYTES = 4096;
/** Problems that are told one by one; of the rest only how many. */
const MOST_PROBLEMS = 100;
const IS_CERTIFICATE = /\.cert$/i;

const segmentName = ({ header, hash }: SealedSegment): string => {
  const [from, to] = [header.from, header.to].map((seq) => String(seq).padStart(10, '0'));
  return `${from}-${to}-${hash.toString('hex').slice(0, 12)}.seg`;
};

const createProblems = () => {
  let found: HubProblem[] = [];
  let more = 0;
  return {
    add(where: string, what: string, waits: Waits | null = null): void {
      if (found.length < MOST_PROBLEMS) found.push(waits === null ? { where, what } : { where, what, waits });
      else more += 1;
    },
    take: (): readonly HubProblem[] => {
      const all = more === 0 ? found : [...found, { where: 'The shared folder', what: `${more} more files are not taken` }];
      [found, more] = [[], 0];
      return all;
    },
  };
};

type Problems = ReturnType<typeof createProblems>;

/** `waits`: what of the device the stream is of; null where it is of nobody's stream. */
type Fault = { readonly what: string; readonly waits: Waits | null };

/**
 * Why a segment takes no place in a stream, as far as the key of its device is known; null where it does. Who may read and
 * write a folder is a matter of the folder: what lies there is of that stream or of none.
 */
const judge = (
  { header, hash, sig }: SealedSegment,
  { scope, dev }: StreamName,
  org: string,
  key: string | undefined,
): Fault | null => {
  if (header.scope !== scope || header.dev !== dev) return { what: 'of another stream', waits: null };
  if (header.org !== org) return { what: 'of another organisation', waits: null };
  const publicKey = key === undefined ? null : readPublicKey(Buffer.from(key, 'hex'));
  const waits = { scope, dev, file: null, upTo: header.to };
  const fault = (why: Waits['why'], what: string): Fault => ({ what, waits: { ...waits, why, what } });
  if (publicKey === null) return fault('uncertified', 'nobody vouches for this device');
  return isSigned(hash, sig, publicKey) ? null : fault('damaged', 'refused, signature');
};

/** A file as it was read whole: what it says of itself, and by which key it was judged. */
type Judged = { readonly stamp: string; readonly dev: string; readonly key: string | undefined; readonly fault: Fault | null };

/** A file that is no whole piece: up to where it goes only its name says. */
const damaged = ({ scope, dev }: StreamName, path: string, what: string): Fault => {
  const [, to] = /^\d{10}-(\d{10})-/.exec(basename(path)) ?? [];
  return { what, waits: { scope, dev, why: 'damaged', what, file: null, upTo: to === undefined ? null : Number(to) } };
};

const tellFaults =
  (problems: Problems) =>
  (path: string, fault: Fault | null): void => {
    if (fault === null) return;
    const { what, waits } = fault;
    // A folder that has not the name of a device is nobody's stream.
    const isOf = waits !== null && DEVICE.test(waits.dev);
    problems.add(path, what, isOf ? { ...waits, file: basename(path) } : null);
  };

/** Reads what is new in the folders of scopes into an index. */
const createScanner = (base: string, org: string, index: FolderIndex, problems: Problems) => {
  /** By folder and path. Files that could not be read whole are not in it and are read again each time. */
  const folders = new Map<string, Map<string, Judged>>();
  const tell = tellFaults(problems);
  const scanFile = async (stream: StreamName, known: Map<string, Judged>, path: string, stamp: string): Promise<void> => {
    const before = known.get(path);
    if (before?.stamp === stamp && before.key === index.keyOf(before.dev)) return tell(path, before.fault);
    const placed = await readPiece(path);
    // What cannot be read just now is as it was before; what became another file since, or was damaged, is not.
    if (placed !== null) {
      known.delete(path);
      index.forget(stream, path);
    }
    if (placed === null || typeof placed === 'string') return tell(path, damaged(stream, path, placed ?? 'cannot be read yet'));
    const dev = placed[0]?.segment.header.dev ?? stream.dev;
    const key = index.keyOf(dev);
    const told: Fault[] = [];
    for (const { segment, at, length } of placed) {
      const fault = judge(segment, stream, org, key);
      if (fault !== null) told.push(fault);
      else if (key !== undefined) index.add(path, segment, { at, length }, key);
    }
    // Of several the last: what is here up to there is here whole.
    const fault = told.at(-1) ?? null;
    known.set(path, { stamp, dev, key, fault });
    tell(path, fault);
  };
  const list = async (path: string): ReturnType<typeof listFolder> => {
    const listed = await listFolder(path, MOST_ENTRIES);
    if (listed.isCut) problems.add(path, `holds more than ${MOST_ENTRIES.toLocaleString('en')} files: those behind are not read`);
    return listed;
  };
  const scanFolder = async (stream: StreamName): Promise<void> => {
    const folder = join(base, stream.scope, stream.dev);
    const { files, isCut } = await list(folder);
    const known = folders.get(folder) ?? new Map<string, Judged>();
    folders.set(folder, known);
    const here = new Set(files.filter(isPiece).map((name) => join(folder, name)));
    if (!isCut) {
      for (const path of known.keys()) if (!here.has(path)) known.delete(path);
      index.retain(stream, here);
    }
    const paths = [...here];
    for (let from = 0; from < paths.length; from += MOST_ASKED) {
      const some = paths.slice(from, from + MOST_ASKED);
      const stamps = await Promise.all(some.map(fileStamp));
      for (const [at, path] of some.entries()) {
        const stamp = stamps[at] ?? null;
        if (stamp !== null) await scanFile(stream, known, path, stamp);
      }
    }
  };
  return async (scopes: readonly string[]): Promise<void> => {
    for (const scope of scopes) {
      const there = (await list(join(base, scope))).folders;
      const gone = index.streams([scope]).flatMap(({ dev }) => (there.includes(dev) ? [] : dev));
      for (const dev of [...there, ...gone]) await scanFolder({ scope, dev });
    }
  };
};

/** The segment that was found, from whichever of its files still holds it. */
const readFound = async (
  stream: StreamName,
  { places, hash, to: upTo }: Found,
  problems: Problems,
): Promise<SealedSegment | null> => {
  for (const [path, span] of places) {
    const bytes = await readBounded(path, MAX_BUNDLE_BYTES, span);
    const segment = bytes === null ? null : parseSegment(bytes);
    // The bytes may be others by now than those that were indexed.
    if (segment !== null && typeof segment !== 'string' && segment.hash.toString('hex') === hash) return segment;
  }
  const [paths, what] = [[...places.keys()], 'cannot be read any more'];
  const { scope, dev } = stream;
  problems.add(paths.join(', '), what, { scope, dev, why: 'damaged', what, file: basename(paths[0] ?? ''), upTo });
  return null;
};

/** One after another: as many as there are files must not be open at once. */
const readCertificates = async (folder: string): Promise<readonly Certificate[]> => {
  const { files } = await listFolder(folder, MOST_ENTRIES);
  const read: Certificate[] = [];
  for (const name of files.filter((one) => IS_CERTIFICATE.test(one)).slice(0, MOST_CERTIFICATES)) {
    const bytes = await readBounded(join(folder, name), MAX_CERTIFICATE_BYTES);
    const certificate = bytes === null ? null : parseCertificate(bytes);
    if (certificate !== null) read.push(certificate);
  }
  return read;
};

/** Segments of a stream behind a sequence number, along each of its branches, within bounds. */
const readStream = async (
  index: FolderIndex,
  problems: Problems,
  stream: StreamName,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly SealedSegment[]> => {
  const segments: SealedSegment[] = [];
  let [bytes, ops] = [0, 0];
  /** First sequence numbers that are still to be looked at: one, or one of each branch. */
  const due = new Set([after + 1]);
  let next = after + 1;
  while (due.size > 0 && segments.length < limit && bytes < GET_BYTES && ops < GET_OPS) {
    next = Math.min(...due);
    due.delete(next);
    for (const found of index.at(stream, next)) {
      const segment = await readFound(stream, found, problems);
      if (segment === null) continue;
      segments.push(segment);
      bytes += segment.body.length;
      ops += segment.header.n;
      due.add(segment.header.to + 1);
    }
  }
  // Another program brings files in any order; one that never comes holds up all behind it.
  if (due.size === 0 && index.at(stream, next).length === 0 && index.isBehind(stream, next)) {
    const what = `waits for what is missing at ${next}`;
    problems.add(`${stream.scope}/${stream.dev}`, `${what}; what is behind it is there`, missingAt(stream, what));
  }
  return segments;
};

/** What may not be written in one territory holds up that territory alone. @throws AppError as the writing, and where it was */
const sayWhere = (scope: string, written: Promise<void>): Promise<void> =>
  written.catch((error: unknown) => {
    if (!(error instanceof AppError) || error.code !== 'denied') throw error;
    throw new AppError('denied', `${scope}: ${error.message}`, { scope });
  });

const putSegment = async (base: string, index: FolderIndex, segment: SealedSegment, io: FolderIo): Promise<Put> => {
  const { scope, dev, from } = segment.header;
  const hash = segment.hash.toString('hex');
  if (index.at({ scope, dev }, from).some((one) => one.hash !== hash)) return 'fork';
  const path = join(base, scope, dev, segmentName(segment));
  const bytes = encodeSegment(segment);
  const had = await readBounded(path, MAX_SEGMENT_BYTES);
  if (had?.equals(bytes) !== true) await sayWhere(scope, writeWhole(path, bytes, io));
  const key = index.keyOf(dev);
  if (key !== undefined) index.add(path, segment, { at: 0, length: bytes.length }, key);
  return had?.equals(bytes) === true ? 'dup' : 'ok';
};

const putCertificate = async (folder: string, org: string, certificate: Certificate, io: FolderIo): Promise<void> => {
  const path = join(folder, `${certificate.dev}.cert`);
  const bytes = encodeCertificate(certificate);
  const had = await readBounded(path, MAX_CERTIFICATE_BYTES);
  if (had?.equals(bytes) === true) return;
  const known = had === null ? null : parseCertificate(had);
  if (known !== null && isCertified(org, known) && !known.key.equals(certificate.key))
    throw new AppError('blocked', 'The team knows this device by another key. Nothing was changed.');
  await writeWhole(path, bytes, io);
};

/** Where in a shared folder segments lie, by scope and device, and what is said of devices. */
export const folderOf = (root: string): { readonly base: string; readonly devices: string } => {
  const base = join(root, VERSION);
  return { base, devices: join(base, DEVICES) };
};

/**
 * @param root the folder that is shared
 * @param org whose devices' files take a place; the folder may hold those of others
 */
export const createFolderHub = (root: string, org: string, io: FolderIo = plainIo): Hub => {
  const { base, devices } = folderOf(root);
  const index = createFolderIndex();
  const problems = createProblems();
  const scan = createScanner(base, org, index, problems);
  let isTrusting = false;
  const trust = async (): Promise<void> => {
    index.trust(membersOf(org, await readCertificates(devices)).members);
    isTrusting = true;
  };
  const put: Hub['put'] = async (segment) => {
    if (!isTrusting) await trust();
    return putSegment(base, index, segment, io);
  };
  const certify: Hub['putCertificate'] = (certificate) => putCertificate(devices, org, certificate, io);
  return {
    org: async () => null,
    async streams(scopes) {
      await trust();
      await scan(scopes);
      return index.streams(scopes);
    },
    endOf: (stream, kept) => index.endOf(stream, kept ?? null),
    get: (stream, after, limit) => readStream(index, problems, stream, { after, limit }),
    branches: (stream) => index.branches(stream).map((found) => ({ ...found, read: () => readFound(stream, found, problems) })),
    async around(stream, seq) {
      for (const found of index.before(stream, seq)) {
        const segment = await readFound(stream, found, problems);
        if (segment !== null && segment.header.to >= seq) return segment;
      }
      return null;
    },
    put,
    async tidy(stream, now) {
      if (!isTrusting) await trust();
      const key = index.keyOf(stream.dev);
      await clearKeyRests(base, stream.scope, io);
      return tidyStream(base, stream, (segment) => judge(segment, stream, org, key) === null, now, io);
    },
    ...folderSnapshots(base, io),
    ...folderKeys(base, io, ({ where, what }) => problems.add(where, what)),
    certificates: () => readCertificates(devices),
    putCertificate: certify,
    // Whoever gets at a folder may write for everybody.
    tellDevice: certify,
    tellSegment: put,
    revocations: () => readRevocations(devices),
    putRevocation: (revocation) => writeRevocation(devices, revocation, io),
    listen: () => () => undefined,
    problems: problems.take,
    close: () => undefined,
  };
};
