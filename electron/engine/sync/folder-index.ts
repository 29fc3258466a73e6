/** Where in a folder the segments of streams are, of those that the organisation vouches for. */
import type { Members } from './certificate.ts';
import type { StreamName } from './hub.ts';
import type { SealedSegment } from './segment-file.ts';

/** Where in a file a segment is. */
export type Span = { readonly at: number; readonly length: number };

/** A segment, the key its signature was checked by, and the files it is in: copies under other names are the same. */
export type Found = {
  readonly hash: string;
  readonly from: number;
  readonly to: number;
  readonly prev: string | null;
  readonly key: string;
  readonly places: Map<string, Span>;
};

const streamKey = ({ scope, dev }: StreamName): string => `${scope}/${dev}`;

/** Pieces of a stream by where they begin, and by their hashes. */
type Starts = Map<number, Map<string, Found>>;

/** @param at where the pieces begin that may be gone; all where it is missing */
const retain = (starts: Starts, isThere: (path: string) => boolean, at: Iterable<number> = starts.keys()): void => {
  for (const from of at) {
    const branches = starts.get(from) ?? new Map<string, Found>();
    for (const [hash, { places }] of branches) {
      for (const path of places.keys()) if (!isThere(path)) places.delete(path);
      if (places.size === 0) branches.delete(hash);
    }
    if (branches.size === 0) starts.delete(from);
  }
};

export type FolderIndex = ReturnType<typeof createFolderIndex>;

export const createFolderIndex = () => {
  /** By stream, by first sequence number, by hash. */
  const streams = new Map<string, Starts>();
  /** By file, where the pieces in it begin. */
  const read = new Map<string, Set<number>>();
  let members: Members['members'] = new Map();
  const startsOf = (stream: StreamName): Starts => streams.get(streamKey(stream)) ?? new Map<number, Map<string, Found>>();
  const keyOf = (dev: string): string | undefined => members.get(dev)?.key.toString('hex');
  const branchesAt = (stream: StreamName, from: number): Map<string, Found> => {
    const places = startsOf(stream);
    streams.set(streamKey(stream), places);
    const branches = places.get(from) ?? new Map<string, Found>();
    places.set(from, branches);
    return branches;
  };
  return {
    /** Whom the organisation vouches for from now on; what another key signed is not there any more. */
    trust: (now: Members['members']): void => void (members = now),
    keyOf,
    /** @param key by which the signature was checked */
    add(path: string, { header, hash }: Pick<SealedSegment, 'header' | 'hash'>, span: Span, key: string): void {
      read.set(path, (read.get(path) ?? new Set()).add(header.from));
      const text = hash.toString('hex');
      const branches = branchesAt(header, header.from);
      const known = branches.get(text);
      const places = known?.key === key ? known.places : new Map<string, Span>();
      const { from, to, prev } = header;
      branches.set(text, { hash: text, from, to, prev, key, places: places.set(path, span) });
    },
    /** A file of a stream is to be read anew: what was in it may not be there any more. */
    forget(stream: StreamName, path: string): void {
      retain(startsOf(stream), (one) => one !== path, read.get(path) ?? []);
      read.delete(path);
    },
    /** Only these files of a stream are there; what is in none of them is not there any more. */
    retain: (stream: StreamName, paths: ReadonlySet<string>): void => retain(startsOf(stream), (path) => paths.has(path)),
    /** Those that begin at a place. */
    at: (stream: StreamName, from: number): readonly Found[] =>
      [...(startsOf(stream).get(from)?.values() ?? [])].filter(({ key }) => key === keyOf(stream.dev)),
    /** All of a stream of which two begin at one place; else none. */
    branches(stream: StreamName): readonly Found[] {
      const places = [...startsOf(stream).values()];
      if (!places.some(({ size }) => size > 1)) return [];
      return places.flatMap((branches) => [...branches.values()].filter(({ key }) => key === keyOf(stream.dev)));
    },
    /** Those at the last place where any begin, up to a sequence number. */
    before(stream: StreamName, seq: number): readonly Found[] {
      const starts = [...startsOf(stream).keys()].filter((from) => from <= seq);
      return this.at(stream, Math.max(0, ...starts));
    },
    /** Whether anything stands behind a place of a stream. */
    isBehind: (stream: StreamName, from: number): boolean =>
      [...startsOf(stream)].some(
        ([at, branches]) => at > from && [...branches.values()].some(({ key }) => key === keyOf(stream.dev)),
      ),
    /**
     * Up to which sequence number a stream is there without a gap; 0 where nothing of it is.
     * @param kept up to where it need not be there; null where that is not known, and what is there first stands for it
     */
    endOf(stream: StreamName, kept: number | null): number {
      const places = startsOf(stream);
      let end = kept;
      for (const from of [...places.keys()].toSorted((one, other) => one - other)) {
        if (end !== null && from > end + 1) break;
        for (const { to } of this.at(stream, from)) end = Math.max(end ?? 0, to);
      }
      return end ?? 0;
    },
    streams: (scopes: readonly string[]): readonly StreamName[] =>
      [...streams.keys()]
        .map((key) => ({ scope: key.slice(0, key.indexOf('/')), dev: key.slice(key.indexOf('/') + 1) }))
        .filter(({ scope, dev }) => scopes.includes(scope) && members.has(dev)),
  };
};
