/**
 * Which snapshots count (SYNC.md 2.8, 2.10): one question, whether somebody takes one, makes one, or takes away from a hub what is
 * in one. What newcomers would refuse must not stand for what went.
 */
import type { CutEntry } from '../store/snapshot/make.ts';
import type { Team, Warn } from './checking.ts';
import { whoseEndIsOther } from './ends.ts';
import type { EndingDeps } from './ends.ts';
import type { Hub } from './hub.ts';
import { isSignedSnapshot } from './snapshot-file.ts';
import type { SealedSnapshot, SnapshotAbout } from './snapshot-file.ts';

/** Whom to believe: the team, and the newest schema this build knows. */
type Believing = {
  readonly org: string;
  readonly team: Team;
  readonly schema: number;
};

export type BelievingDeps = Believing & EndingDeps & { readonly hub: Pick<Hub, 'snapshots'>; readonly warn: Warn };

/** What one of the team signed. Whether what it has of who was taken out counts is asked where it matters: it may cost readings. */
export type Candidate = { readonly about: SnapshotAbout; readonly counts: () => Promise<boolean> };

const NEWER = 'made by a newer version of the workbench; update this one';

/** Why a snapshot is not believed, as far as it says that itself; null where it is. */
const whyNot = (snapshot: SealedSnapshot, scope: string, { schema, org, team }: Believing): string | null => {
  const { about } = snapshot;
  const member = team.members.get(about.dev);
  if (about.org !== org || about.scope !== scope) return 'of another team or territory';
  if (member === undefined || team.cutOf(about.dev, scope) !== null) return 'nobody vouches for who made it';
  if (!isSignedSnapshot(snapshot, member.publicKey)) return 'signature';
  if (about.minsv > schema) return NEWER;
  const isOver = ({ dev, seq, hash }: CutEntry): boolean => {
    const cut = team.cutOf(dev, scope);
    if (!team.members.has(dev) || cut === null) return !team.members.has(dev);
    return seq > cut.seq || (seq === cut.seq && cut.ends?.has(hash.toString('hex')) === false);
  };
  return about.cut.some(isOver) ? 'it holds work of a device that nobody vouches for' : null;
};

/** Those of a scope that one of the team signed and this build can read, in any order; null where the hub keeps none. */
export const readCandidates = async (deps: BelievingDeps, scope: string): Promise<readonly Candidate[] | null> => {
  const found = await deps.hub.snapshots(scope);
  return (
    found?.flatMap((snapshot): readonly Candidate[] => {
      const { about } = snapshot;
      const refuse = (why: string): void => {
        // Only whoever cannot read it yet lacks something: what nobody takes keeps nobody from making a better one.
        deps.warn(`A snapshot of ${scope} by ${about.dev} is not taken: ${why}`, why !== NEWER);
      };
      const why = whyNot(snapshot, scope, deps);
      if (why !== null) {
        refuse(why);
        return [];
      }
      let counted: boolean | null = null;
      const counts = async (): Promise<boolean> => {
        if (counted !== null) return counted;
        const ended = await whoseEndIsOther(deps, about);
        if (ended !== null)
          refuse(`of ${ended}, which was taken out of the team, it holds what does not lead to where its work ended`);
        counted = ended === null;
        return counted;
      };
      return [{ about, counts }];
    }) ?? null
  );
};

/** Those that count, one after the other. */
export async function* countingOf(candidates: readonly Candidate[]): AsyncGenerator<SnapshotAbout> {
  for (const { about, counts } of candidates) if (await counts()) yield about;
}

/** The first that counts; null where none does. */
export const firstOf = async (candidates: readonly Candidate[]): Promise<SnapshotAbout | null> => {
  for await (const about of countingOf(candidates)) return about;
  return null;
};

/** Ops up to which all streams of a cut go together. */
export const opsOf = (cut: readonly Pick<CutEntry, 'seq'>[]): number => cut.reduce((sum, { seq }) => sum + seq, 0);

export const byMost = (one: Candidate, other: Candidate): number =>
  opsOf(other.about.cut) - opsOf(one.about.cut) || other.about.at - one.about.at;

export const byNewest = (one: Candidate, other: Candidate): number => other.about.at - one.about.at;
