/**
 * What a hub is to sync: a place that keeps segments and gives them back (SYNC.md 2.2). It decides nothing and is trusted
 * with nothing: whoever reads from it checks every byte.
 */
import { AppError } from '../../../shared/contract/define.ts';
import type { SubjectKey } from '../store/subjects/sealed.ts';
import type { StreamHead } from '../store/team/sync-store.ts';
import type { Compacted } from './compaction.ts';
import type { Tidied } from './folder-bundle.ts';
import type { SealedSegment } from './segment-file.ts';
import type { SealedSnapshot } from './snapshot-file.ts';
import type { Waits } from './waiting.ts';

/** What one device wrote in one scope. */
export type StreamName = { readonly scope: string; readonly dev: string };

/** A stream of a hub, and up to which sequence number it goes, where the hub knows that without being asked for it. */
export type HubStream = StreamName & { readonly upTo?: number };

/** A piece of a stream as a hub knows it without reading it again: whoever signed it is of the team. Hashes in hex. */
export type HubPiece = {
  readonly from: number;
  readonly to: number;
  readonly hash: string;
  readonly prev: string | null;
  /** Null while it cannot be read. */
  readonly read: () => Promise<SealedSegment | null>;
};

/** Who a device is, as the organisation's root key says. */
export type Certificate = { readonly dev: string; readonly code: string; readonly key: Buffer; readonly signature: Buffer };

/** The last pieces that count, by scope, as hashes in hex: several where a stream was written on twice. */
export type Ends = { readonly at: Readonly<Record<string, readonly string[]>>; readonly signature: Buffer };

/**
 * The end of a device: of each scope what it signed up to a sequence number counts, and nothing behind it; of scopes that are
 * not named, nothing. A cut by number and not by time, so that all agree on it. Whoever has the key of the device could still
 * write what has a smaller number: where the ends are named, only what leads to them counts.
 */
export type Revocation = {
  readonly dev: string;
  readonly cuts: Readonly<Record<string, number>>;
  readonly signature: Buffer;
  /** Null in those that earlier versions made. */
  readonly ends: Ends | null;
};

/** `dup`: it was there already. `fork`: another segment stands in its place. `clock`: its stamps are too far ahead of the hub's clock. */
export type Put = 'ok' | 'dup' | 'fork' | 'clock';

/** Something a hub holds that is no whole segment: half arrived, or not ours. */
export type HubProblem = {
  readonly where: string;
  readonly what: string;
  /** What of a device waits for it. */
  readonly waits?: Waits;
  /** It is in the way of whoever asks, whosever work it is. */
  readonly isHeld?: true;
};

/** The most that one asking brings: bytes of bodies, and ops as headers say. One segment comes whatever it holds. */
export const GET_BYTES = 32 * 2 ** 20;
export const GET_OPS = 10_000;

/** The scope that somebody may not write in, where that is why a hub refused. */
export const deniedScope = (error: unknown): string | null => {
  if (!(error instanceof AppError) || error.code !== 'denied') return null;
  const { details } = error;
  const scope = typeof details === 'object' && details !== null && 'scope' in details ? details.scope : null;
  return typeof scope === 'string' ? scope : null;
};

/** A hub of one organisation. A segment takes a place in it only where the organisation vouches for who signed it. */
export type Hub = {
  /** The organisation it was made for; null where it does not know. */
  org(): Promise<string | null>;
  /** The scopes that whoever asks has a right to. Missing where a hub gives none: there, whoever gets at it gets at all of it. */
  scopes?(): Promise<readonly string[]>;
  /** Those of them that whoever asks may write in. */
  writable?(): Promise<readonly string[]>;
  /** How far the clock of this computer is ahead of the hub's, in milliseconds. Missing where a hub has none. */
  ahead?(): Promise<number>;
  /** The streams of scopes, as far as the hub knows any. */
  streams(scopes: readonly string[]): Promise<readonly HubStream[]>;
  /**
   * How far a stream is there without a gap, once streams were asked for: of a hub that does not say that of each.
   * @param kept up to where snapshots hold it; where that is missing, what is there first stands for it
   */
  endOf?(stream: StreamName, kept?: number): number;
  /**
   * Segments behind a sequence number, in order without a gap; where a stream was forked, each branch. At most `limit`, and
   * none more once `GET_BYTES` or `GET_OPS` are reached.
   */
  get(stream: StreamName, after: number, limit: number): Promise<readonly SealedSegment[]>;
  /**
   * All pieces of a stream that was written on twice, in any order; none of one that was not. Once streams were asked for;
   * missing where a hub takes one successor of a piece only.
   */
  branches?(stream: StreamName): readonly HubPiece[];
  /** The piece of a stream that a sequence number is in; null where the hub does not have it. */
  around(stream: StreamName, seq: number): Promise<SealedSegment | null>;
  /** @throws AppError `locked` or `io`: it stays to be sent */
  put(segment: SealedSegment): Promise<Put>;
  /** Snapshots of a scope, in any order: who signed them is for the reader to check. Null where the hub keeps none. */
  snapshots(scope: string): Promise<readonly SealedSnapshot[] | null>;
  /** A page of a snapshot, by the device that made it and the hash of the page; null where it is not there, or not yet. */
  getPage(stream: StreamName, sha: string): Promise<Buffer | null>;
  /** @throws AppError `denied`, `locked` or `io` */
  putPage(stream: StreamName, sha: string, bytes: Buffer): Promise<void>;
  /** Its pages have to be there. @throws AppError `denied`, `locked` or `io` */
  putSnapshot(snapshot: SealedSnapshot): Promise<void>;
  /**
   * Keys of people by their names; those that are not there, or were let go of, are missing. A key is proved by its name.
   * @throws AppError `locked` or `io`
   */
  keys(scope: string, ids: readonly string[]): Promise<readonly SubjectKey[]>;
  /** Keeps keys that a device made. Those that were let go of stay gone. @throws AppError `denied`, `blocked`, `locked` or `io` */
  putKeys(stream: StreamName, keys: readonly SubjectKey[]): Promise<void>;
  /** Lets go of keys for ever, whoever made them. @throws AppError as `putKeys` */
  dropKeys(stream: StreamName, ids: readonly string[]): Promise<void>;
  /** As they are kept, in any order: who signed them is for the reader to check. */
  certificates(): Promise<readonly Certificate[]>;
  /** @throws AppError `blocked` when the device is there with another key, `locked` or `io` */
  putCertificate(certificate: Certificate): Promise<void>;
  /** Asks the administrator to vouch for a device. Missing where nobody is there to be asked. */
  ask?(device: Omit<Certificate, 'signature'>): Promise<void>;
  /**
   * Lays there what the team said of a device that comes no more, by whoever knows it. @throws AppError `blocked`, `denied`, `locked` or `io`
   */
  tellDevice(certificate: Certificate): Promise<void>;
  /** Lays there a piece of such a device, as it was signed. @throws AppError as `tellDevice` */
  tellSegment(segment: SealedSegment): Promise<Put>;
  revocations(): Promise<readonly Revocation[]>;
  /**
   * Lays a statement of the team there that the hub lacks, by whoever knows it: a hub that the team moved to, or that was brought back
   * from a backup, would let in again who was taken out. @throws AppError `blocked`, `denied`, `locked` or `io`
   */
  putRevocation(revocation: Revocation): Promise<void>;
  /**
   * Puts together what a device gave long ago, for its own stream. Missing where many pieces are no matter.
   * @throws AppError `locked` or `io`: nothing is lost by it, another time will do
   */
  tidy?(own: StreamName, now: number): Promise<Tidied>;
  /** Calls back when something new may be there, until the returned function is called. A hint: it may never come. */
  listen(tell: () => void): () => void;
  /** What was found since the last asking and could not be read. */
  problems(): readonly HubProblem[];
  /** Lets go of what it holds open; it is opened again when it is asked again. */
  close(): void;
};

/** What a hub knows of a device. */
export type KnownDevice = {
  readonly dev: string;
  readonly code: string;
  /** The name its person logs in with; empty where nobody logs in. */
  readonly role: string;
  readonly state: 'waiting' | 'enrolled' | 'revoked';
};

export type CompactWhen = { readonly now: number; readonly before: number; readonly schema: number };

/** What the keeper of a team's key does on a hub. A device is named by its code or its id. */
export type HubAdmin = {
  devices(): Promise<readonly KnownDevice[]>;
  /**
   * Vouches for a device that waits. Three characters anybody could have taken: its key has to have the fingerprint that its
   * person reads out. @throws AppError `not-found`, `ambiguous`, `conflict`
   */
  enrol(rootSeed: Uint8Array, device: string, fingerprint: string): Promise<KnownDevice>;
  /**
   * Ends a device: what the hub has of it by now counts, and nothing after.
   * @param read how far the keeper of the key has read: where more branches of a stream are there than can be named, those count first
   * @throws AppError `not-found`, `ambiguous`
   */
  revoke(rootSeed: Uint8Array, device: string, read?: readonly StreamHead[]): Promise<KnownDevice>;
  /**
   * Takes away what is older than a moment and in the oldest kept snapshot of its scope, and notes that.
   * @param when UTC milliseconds: now, and before when a piece is old
   * @returns how many pieces went, by scope @throws AppError `conflict` for the key of another team
   */
  compact(rootSeed: Uint8Array, when: CompactWhen): Promise<Compacted>;
  close(): void;
};

/** Whether a name means a device: its code or its id. */
export const isNamed = ({ dev, code }: { readonly dev: string; readonly code: string }, name: string): boolean =>
  code.toUpperCase() === name.toUpperCase() || dev === name.toLowerCase();

/** The one device of a list that a name means. @throws AppError `not-found`, `ambiguous` */
export const deviceNamed = <D extends { readonly dev: string; readonly code: string }>(
  devices: readonly D[],
  name: string,
): D => {
  const found = devices.filter((one) => isNamed(one, name));
  const [device] = found;
  if (device === undefined) throw new AppError('not-found', `The hub knows no device ${name}.`);
  if (found.length === 1) return device;
  const ids = found.map(({ dev }) => dev).join(' or ');
  throw new AppError('ambiguous', `${name} is several devices: name one by its id, ${ids}.`);
};
