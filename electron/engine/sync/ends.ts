/**
 * What counts of a device that was taken out (SYNC.md 2.10): the pieces that lead to where the team says its streams end. Whoever
 * has its key signs other pieces with the same numbers, which stand beside them and lead elsewhere.
 */
import { byDevice } from '../store/snapshot/load.ts';
import type { KeptPiece, StreamHead, SyncStore } from '../store/team/sync-store.ts';
import { leadingTo } from './branches.ts';
import type { Check, Team, Warn } from './checking.ts';
import type { Hub, HubPiece, HubStream, StreamName } from './hub.ts';
import type { SnapshotAbout } from './snapshot-file.ts';

const AT_ONCE = 50;

type Linked = Pick<HubPiece, 'hash' | 'prev'>;

export type EndingDeps = {
  readonly hub: Pick<Hub, 'get' | 'branches'>;
  readonly team: Team;
  /** Pieces of a stream that are known without asking the hub. */
  readonly pieces: (stream: StreamName) => readonly KeptPiece[];
};

/** The pieces of a stream behind a place, up to another: of one that was written on twice all that are there. */
export const readBehind = async (
  hub: EndingDeps['hub'],
  stream: StreamName,
  from: number,
  to: number,
): Promise<readonly Linked[]> => {
  const branches = hub.branches?.(stream) ?? [];
  if (branches.length > 0) return branches;
  const pieces: Linked[] = [];
  for (let after = from; after < to;) {
    const found = await hub.get(stream, after, AT_ONCE);
    pieces.push(...found.map(({ hash, header: { prev } }) => ({ hash: hash.toString('hex'), prev })));
    const last = Math.max(0, ...found.map(({ header }) => header.to));
    if (last <= after) break;
    after = last;
  }
  return pieces;
};

/**
 * `check` lets through only what leads to the end of a stream, where it has one; `leads` tells of a piece whether it does. `isEnded`:
 * the team said by which pieces it ends.
 */
export type ToEnd = {
  readonly check: Check;
  readonly leads: (piece: Pick<HubPiece, 'hash'>) => boolean;
  readonly isEnded: boolean;
  /** Call when the stream was read: tells who had read more of it before. */
  readonly tellMore: () => void;
};

const headsOf = (store: SyncStore, { scope, dev }: StreamName): readonly StreamHead[] =>
  store.heads().filter((head) => head.scope === scope && head.dev === dev);

/** Whether a file has all that counts of a stream, and an end that does not lead to it. */
const holdsMore = (store: SyncStore, stream: HubStream, pieces: readonly Linked[], ends: ReadonlySet<string>): boolean => {
  const last = headsOf(store, stream).flatMap(({ hash }) => hash?.toString('hex') ?? []);
  const here = store.pieces(stream);
  const has = new Set([...last, ...here.map(({ hash }) => hash)]);
  if (ends.size === 0 || ![...ends].every((end) => has.has(end))) return false;
  const led = leadingTo([...here, ...pieces], [...ends]);
  return last.some((hash) => !led.has(hash));
};

export const checkToEnd = async (
  { store, hub }: { readonly store: SyncStore; readonly hub: Hub },
  { check, team, warn }: { readonly check: Check; readonly team: Team; readonly warn: Warn },
  stream: HubStream,
): Promise<ToEnd> => {
  const { scope, dev } = stream;
  const cut = team.cutOf(dev, scope);
  if (cut === null || cut.ends === null) return { check, leads: () => true, isEnded: false, tellMore: () => undefined };
  const read = headsOf(store, stream).map(({ seq }) => seq);
  const pieces = await readBehind(hub, stream, Math.min(...(read.length > 0 ? read : [0])), cut.seq);
  const led = leadingTo(pieces, [...cut.ends]);
  const leads: ToEnd['leads'] = ({ hash }) => led.has(hash);
  const checkLed: Check = (segment, of) => {
    const opened = check(segment, of);
    if (opened === null || leads({ hash: segment.hash.toString('hex') })) return opened;
    const { from, to } = segment.header;
    const what = 'of a device that was taken out of the team; it does not lead to where its work ended';
    warn(`${scope}/${dev} ${from}-${to}: ${what}`, true);
    return null;
  };
  const { ends } = cut;
  const tellMore = (): void => {
    if (!holdsMore(store, stream, pieces, ends)) return;
    warn(
      `${scope}/${dev}: before this device was taken out of the team, this file read what does not lead to where its work ended. ` +
        'That stays in it and is in no other: once all that was done here is given, begin a new file and join again.',
    );
  };
  return { check: checkLed, leads, isEnded: true, tellMore };
};

/** @returns the device that was taken out and of which a snapshot holds what does not lead to where its work ended; else null */
export const whoseEndIsOther = async (
  { hub, team, pieces }: EndingDeps,
  { scope, cut }: Pick<SnapshotAbout, 'scope' | 'cut'>,
): Promise<string | null> => {
  for (const { dev, seq, hash } of cut) {
    const end = team.cutOf(dev, scope);
    const text = hash.toString('hex');
    if (end === null || end.ends === null || end.ends.has(text)) continue;
    const stream = { scope, dev };
    const isLed = (some: Parameters<typeof leadingTo>[0]): boolean => leadingTo(some, [...(end.ends ?? [])]).has(text);
    if (!isLed(pieces(stream)) && !isLed(await readBehind(hub, stream, seq, end.seq))) return dev;
  }
  return null;
};

/** The devices of whose streams a snapshot holds as many ends as the team named, or fewer. */
export const endedIn = ({ cutOf }: Team, { scope, cut }: Pick<SnapshotAbout, 'scope' | 'cut'>): ReadonlySet<string> => {
  const all = [...byDevice(cut)];
  return new Set(all.flatMap(([dev, { length }]) => (length <= (cutOf(dev, scope)?.ends?.size ?? 0) ? dev : [])));
};
