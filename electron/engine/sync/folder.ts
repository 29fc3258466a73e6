/**
 * A hub in a plain folder that OneDrive, a share or any other program carries between computers (SYNC.md 2.7). Segments are
 * only ever added, each a file; a name is a hint, identity is the hash. Copies under other names, half files and files of
 * others are told apart by what they contain; what cannot be read yet is looked at again.
 */
import { join } from 'node:path';
import { encodeCertificate, parseCertificate } from './certificate.ts';
import { fileStamp, listFolder, plainIo, readBounded, writeWhole } from './folder-io.ts';
import type { FolderIo } from './folder-io.ts';
import type { Hub, HubProblem, StreamName } from './hub.ts';
import { encodeSegment, MAX_SEGMENT_BYTES, parseSegment } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';

const VERSION = 'v1';
const CERTIFICATES = 'devices';
/** Far above what a team leaves in a folder; only so that a hostile one ends. */
const MOST_ENTRIES = 50_000;
const MAX_CERTIFICATE_BYTES = 4096;
const IS_SEGMENT = /\.seg$/i;
/** Branches of one stream that are looked at; one more says no more than two do. */
const MOST_BRANCHES = 4;

/** Where a segment is found, and what comes before and behind it. */
type Found = { readonly path: string; readonly to: number; readonly hash: string; readonly prev: string | null };

const streamKey = ({ scope, dev }: StreamName): string => `${scope}/${dev}`;

const createIndex = () => {
  /** By stream, by first sequence number, by hash. */
  const streams = new Map<string, Map<number, Map<string, Found>>>();
  return {
    add(path: string, { header, hash }: SealedSegment): void {
      const stream = streams.get(streamKey(header)) ?? new Map<number, Map<string, Found>>();
      streams.set(streamKey(header), stream);
      const branches = stream.get(header.from) ?? new Map<string, Found>();
      stream.set(header.from, branches);
      const text = hash.toString('hex');
      branches.set(text, { path, to: header.to, hash: text, prev: header.prev });
    },
    at: (stream: StreamName, from: number): readonly Found[] =>
      [...(streams.get(streamKey(stream))?.get(from)?.values() ?? [])].slice(0, MOST_BRANCHES),
    streams: (scopes: readonly string[]): readonly StreamName[] =>
      [...streams.keys()]
        .map((key) => ({ scope: key.slice(0, key.indexOf('/')), dev: key.slice(key.indexOf('/') + 1) }))
        .filter(({ scope }) => scopes.includes(scope)),
  };
};

const segmentName = ({ header, hash }: SealedSegment): string => {
  const [from, to] = [header.from, header.to].map((seq) => String(seq).padStart(10, '0'));
  return `${from}-${to}-${hash.toString('hex').slice(0, 12)}.seg`;
};

/** Reads what is new in the folders of scopes into an index. */
const createScanner = (base: string, index: ReturnType<typeof createIndex>) => {
  /** Files that were read whole, by path, as they were then. Those that were not are read again each time. */
  const known = new Map<string, string>();
  let problems: HubProblem[] = [];
  const readSegment = async (path: string): Promise<SealedSegment | null> => {
    const bytes = await readBounded(path, MAX_SEGMENT_BYTES);
    const segment = bytes === null ? 'cannot be read yet' : parseSegment(bytes);
    if (typeof segment !== 'string') return segment;
    problems.push({ where: path, what: segment });
    return null;
  };
  const scanFile = async (path: string): Promise<void> => {
    const stamp = await fileStamp(path);
    if (stamp === null || known.get(path) === stamp) return;
    const segment = await readSegment(path);
    if (segment === null) return;
    known.set(path, stamp);
    index.add(path, segment);
  };
  return {
    readSegment,
    scan: async (scopes: readonly string[]): Promise<void> => {
      for (const scope of scopes) {
        const { folders } = await listFolder(join(base, scope), MOST_ENTRIES);
        for (const dev of folders) {
          const { files } = await listFolder(join(base, scope, dev), MOST_ENTRIES);
          for (const name of files.filter((one) => IS_SEGMENT.test(one))) await scanFile(join(base, scope, dev, name));
        }
      }
    },
    takeProblems: (): readonly HubProblem[] => {
      const found = problems;
      problems = [];
      return found;
    },
  };
};

/** @param root the folder that is shared */
export const createFolderHub = (root: string, io: FolderIo = plainIo): Hub => {
  const base = join(root, VERSION);
  const index = createIndex();
  const { scan, readSegment, takeProblems } = createScanner(base, index);
  return {
    async streams(scopes) {
      await scan(scopes);
      return index.streams(scopes);
    },
    async get(stream, after, limit) {
      const segments: SealedSegment[] = [];
      for (let next = after + 1; segments.length < limit;) {
        const branches = index.at(stream, next);
        const read = await Promise.all(branches.map(({ path }) => readSegment(path)));
        // The bytes may be others by now than those that were indexed.
        const whole = read.filter((one, at) => one !== null && one.hash.toString('hex') === branches[at]?.hash);
        segments.push(...whole.flatMap((one) => one ?? []));
        const [first] = whole;
        if (!first) break;
        next = first.header.to + 1;
      }
      return segments;
    },
    async put(segment) {
      const { scope, dev, from } = segment.header;
      const hash = segment.hash.toString('hex');
      const there = index.at({ scope, dev }, from);
      if (there.some((one) => one.hash !== hash)) return 'fork';
      const path = join(base, scope, dev, segmentName(segment));
      const bytes = encodeSegment(segment);
      const had = await readBounded(path, MAX_SEGMENT_BYTES);
      if (had?.equals(bytes) !== true) await writeWhole(path, bytes, io);
      index.add(path, segment);
      return had?.equals(bytes) === true ? 'dup' : 'ok';
    },
    async certificates() {
      const folder = join(base, CERTIFICATES);
      const { files } = await listFolder(folder, MOST_ENTRIES);
      const read = await Promise.all(files.map((name) => readBounded(join(folder, name), MAX_CERTIFICATE_BYTES)));
      return read.map((bytes) => (bytes === null ? null : parseCertificate(bytes))).filter((one) => one !== null);
    },
    async putCertificate(certificate) {
      const path = join(base, CERTIFICATES, `${certificate.dev}.cert`);
      const bytes = encodeCertificate(certificate);
      const had = await readBounded(path, MAX_CERTIFICATE_BYTES);
      if (had?.equals(bytes) !== true) await writeWhole(path, bytes, io);
    },
    problems: takeProblems,
  };
};
