/** What of a hub counts: pieces that a device of the team signed, in the stream they lie in, up to where the team cut it. */
import type { Incoming } from '../store/merge/receive.ts';
import type { Members } from './certificate.ts';
import type { StreamName } from './hub.ts';
import type { Cuts } from './revocation.ts';
import { openSealed } from './segment-file.ts';
import type { SealedSegment } from './segment-file.ts';

/** Warnings that are told one by one; of the rest only how many. */
const MOST_WARNINGS = 100;

/** @param isSettled it is of what the team has decided not to take: whoever does not take it has everything all the same */
export type Warn = (text: string, isSettled?: boolean) => void;

export const createWarnings = () => {
  const told = new Set<string>();
  let more = 0;
  let isPuzzled = false;
  return {
    warn: (text: string, isSettled = false): void => {
      isPuzzled ||= !isSettled;
      if (told.size < MOST_WARNINGS) told.add(text);
      else if (!told.has(text)) more += 1;
    },
    isPuzzled: (): boolean => isPuzzled,
    all: (): readonly string[] => (more === 0 ? [...told] : [...told, `${more} more`]),
  };
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
    const member = team.members.get(header.dev);
    const cut = cutBefore(header, team);
    // Who may write where is decided by the stream it lies in; what it says of itself is only words.
    if (header.scope !== stream.scope || header.dev !== stream.dev)
      warn(`${stream.scope}/${stream.dev}: holds a piece of ${where}, which is not taken`);
    else if (!scopes.includes(header.scope)) warn(`${where}: this file does not work in ${header.scope}`);
    else if (header.org !== org) warn(`${where}: of another organisation`);
    else if (member === undefined) warn(`${where}: nobody vouches for this device`);
    else if (cut !== null) warn(`${where}: ${cut}`, true);
    else {
      const opened = openSealed(segment, member.publicKey);
      if (typeof opened !== 'string') return opened;
      warn(`${where}: refused, ${opened}`);
    }
    return null;
  };
