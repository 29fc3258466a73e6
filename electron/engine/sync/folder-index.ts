/** Where in a folder the segments of streams are, of those that the organisation vouches for. */
import type { Members } from './certificate.ts';
import type { StreamName } from './hub.ts';
import type { SealedSegment } from './segment-file.ts';

/** Where in a file a segment is. */
export type Span = { readonly at: number; readonly length: number };

/** A segment, the key its signature was checked by, and the files it is in: copies under other names are the same. */
export type Found = { readonly hash: string; readonly to: number; readonly key: string; readonly places: Map<string, Span> };

/** Branches of one stream that are looked at; one more says no more than two do. */
const MOST_BRANCHES = 4;

const streamKey = ({ scope, dev }: StreamName): string => `${scope}/${dev}`;

export type FolderIndex = ReturnType<typeof createFolderIndex>;

export const createFolderIndex = () => {
  /** By stream, by first sequence number, by hash. */
  const streams = new Map<string, Map<number, Map<string, Found>>>();
  let members: Members['members'] = new Map();
  const keyOf = (dev: string): string | undefined => members.get(dev)?.key.toString('hex');
  const branchesAt = (stream: StreamName, from: number): Map<string, Found> => {
    const places = streams.get(streamKey(stream)) ?? new Map<number, Map<string, Found>>();
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
      const text = hash.toString('hex');
      const branches = branchesAt(header, header.from);
      const known = branches.get(text);
      const places = known?.key === key ? known.places : new Map<string, Span>();
      branches.set(text, { hash: text, to: header.to, key, places: places.set(path, span) });
    },
    at: (stream: StreamName, from: number): readonly Found[] =>
      [...(streams.get(streamKey(stream))?.get(from)?.values() ?? [])]
        .filter(({ key }) => key === keyOf(stream.dev))
        .slice(0, MOST_BRANCHES),
    /** The same for the last that begins at a place or before it. */
    before(stream: StreamName, seq: number): readonly Found[] {
      const starts = [...(streams.get(streamKey(stream))?.keys() ?? [])].filter((from) => from <= seq);
      return this.at(stream, Math.max(0, ...starts));
    },
    /** Whether anything stands behind a place of a stream. */
    isBehind: (stream: StreamName, from: number): boolean =>
      [...(streams.get(streamKey(stream))?.entries() ?? [])].some(
        ([at, branches]) => at > from && [...branches.values()].some(({ key }) => key === keyOf(stream.dev)),
      ),
    /** Up to which sequence number a stream is there without a gap; 0 where nothing of it is. */
    endOf(stream: StreamName): number {
      const places = streams.get(streamKey(stream)) ?? new Map<number, Map<string, Found>>();
      let end: number | null = null;
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
