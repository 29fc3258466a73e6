/** What of a hub counts: pieces that a device of the team signed, in the stream they lie in, up to where the team cut it. */
import type { Incoming } from '../store/merge/receive.ts';
import type { Members } from './certificate.ts';
import type { SyncStore } from '../store/team/sync-store.ts';
import type { Hub, HubProblem, StreamName } from './hub.ts';
import type { Cuts } from './revocation.ts';
import { openSealed } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';
import { sayWaiting } from './waiting.ts';
import type { About, Waits } from './waiting.ts';

/** Warnings that are told one by one; of the rest only how many. */
const MOST_WARNINGS = 100;

/** Nothing goes on until somebody does what it says. */
type Held = { readonly held: string };

/**
 * Pieces that wait are told by device, in the end.
 * @param isSettled it is of what the team has decided not to take: whoever does not take it has everything all the same
 */
export type Warn = (said: string | Held | Waits, isSettled?: boolean) => void;

/** Pieces that are looked at: no line tells of more. */
const MOST_WAITS = 10_000;

export const createWarnings = () => {
  const told = new Set<string>();
  let more = 0;
  let isPuzzled = false;
  const held = new Set<string>();
  const waits: Waits[] = [];
  const warn: Warn = (said, isSettled = false) => {
    isPuzzled ||= !isSettled;
    if (typeof said === 'object' && 'held' in said) held.add(said.held);
    else if (typeof said === 'object') {
      if (waits.length < MOST_WAITS) waits.push(said);
    } else if (told.size < MOST_WARNINGS) told.add(said);
    else if (!told.has(said)) more += 1;
  };
  return {
    warn,
    isPuzzled: (): boolean => isPuzzled,
    /** What waits for somebody comes first, and is told once more by itself. */
    all: (about: About): { readonly waiting: readonly string[]; readonly warnings: readonly string[] } => {
      const said = sayWaiting(waits, about);
      const waiting = [...held, ...said.waiting];
      const lines = [...waiting, ...told, ...said.told];
      const left = Math.max(0, lines.length - MOST_WARNINGS) + more;
      return { waiting, warnings: left === 0 ? lines : [...lines.slice(0, MOST_WARNINGS), `${left} more`] };
    },
  };
};

type Asking = {
  readonly store: Pick<SyncStore, 'device' | 'heads'>;
  readonly hub: Pick<Hub, 'ask'>;
  /** What a device is called, in words: `device K7M (Anna)`. @param code as the team vouches for it; undefined where it does not */
  readonly nameOf?: (dev: string, code: string | undefined) => string;
};

/** How devices are told of. @param revoked those that the team took out */
export const aboutDevices = (
  { store, hub, nameOf }: Asking,
  { members }: Pick<Members, 'members'>,
  revoked: ReadonlySet<string>,
): About => ({
  nameOf: (dev) => nameOf?.(dev, members.get(dev)?.code) ?? `device ${members.get(dev)?.code ?? dev.slice(0, 8)}`,
  isServer: hub.ask !== undefined,
  isRevoked: (dev) => revoked.has(dev),
  takenOf: ({ scope, dev }) =>
    dev === store.device
      ? Infinity
      : Math.max(0, ...store.heads().flatMap((head) => (head.scope === scope && head.dev === dev ? head.seq : []))),
});

/** What a hub found while it was asked. */
export const warnOfProblems = (problems: readonly HubProblem[], warn: Warn): void => {
  for (const { where, what, waits, isHeld } of problems) {
    const text = `${where}: ${what}`;
    warn(waits ?? (isHeld ? { held: text } : text));
  }
};

/** Whom the organisation vouches for, and up to where. */
export type Team = Pick<Members, 'members'> & { readonly cutOf: Cuts };

/** Why what a device wrote does not count any more; null where it does. */
const cutBefore = ({ scope, dev, to }: SealedSegment['header'], { cutOf }: Team): string | null => {
  const cut = cutOf(dev, scope);
  return cut === null || to <= cut.seq ? null : `of a device that was taken out of the team; its work counts up to ${cut.seq}`;
};

/** What a segment of a stream says; null where it does not count. */
export type Check = (segment: SealedSegment, stream: StreamName) => Incoming | null;

/** @param scopes those that this file works in */
export const createCheck =
  ({ org, scopes }: { readonly org: string; readonly scopes: readonly string[] }, team: Team, warn: Warn): Check =>
  (segment, stream) => {
    const { header } = segment;
    const where = `${header.scope}/${header.dev} ${header.from}-${header.to}`;
    const waits = { scope: stream.scope, dev: stream.dev, file: null, upTo: header.to };
    const member = team.members.get(header.dev);
    const cut = cutBefore(header, team);
    // Who may write where is decided by the stream it lies in; what it says of itself is only words.
    if (header.scope !== stream.scope || header.dev !== stream.dev)
      warn(`${stream.scope}/${stream.dev}: holds a piece of ${where}, which is not taken`);
    else if (!scopes.includes(header.scope)) warn(`${where}: this file does not work in ${header.scope}`);
    else if (header.org !== org) warn(`${where}: of another organisation`);
    else if (member === undefined) warn({ ...waits, why: 'uncertified', what: 'nobody vouches for this device' });
    else if (cut !== null) warn(`${where}: ${cut}`, true);
    else {
      const opened = openSealed(segment, member.publicKey);
      if (typeof opened !== 'string') return opened;
      warn({ ...waits, why: 'damaged', what: `refused, ${opened}` });
    }
    return null;
  };
