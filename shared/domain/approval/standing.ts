/**
 * What has been decided of a document (A3, A4). A decision is about one step of one content: on another content it is
 * void. Two people may decide offline; the earlier decision stands, the other is kept and changes nothing.
 */
import type { Step } from './steps.ts';

export type Decision = {
  readonly id: string;
  /** Hash of the commercial content it was made on. */
  readonly hash: string;
  readonly level: Step['level'];
  readonly verdict: 'approve' | 'refuse';
  readonly by: string;
  readonly reason: string | null;
  /** When it was made, and where: ties go by the device, as everywhere in the log. */
  readonly at: number;
  readonly device: string;
};

/** A recall by the one who asked takes every decision made later with it. */
export type Recall = { readonly hash: string; readonly by: string; readonly at: number; readonly device: string };

export type Standing = {
  readonly status: 'free' | 'pending' | 'approved' | 'refused' | 'recalled';
  /** Steps nobody has decided yet. */
  readonly open: readonly Step[];
  readonly stands: readonly Decision[];
  /** Later than one that stands, or made on a step that is not asked for. */
  readonly recorded: readonly Decision[];
  /** Made on another content. */
  readonly voided: readonly Decision[];
};

type Stamp = { readonly at: number; readonly device: string };
const isBefore = (a: Stamp, b: Stamp): boolean => a.at < b.at || (a.at === b.at && a.device < b.device);
const earliest = <T extends Stamp>(list: readonly T[]): T | null =>
  list.reduce<T | null>((first, one) => (first === null || isBefore(one, first) ? one : first), null);

const statusOf = (steps: readonly Step[], stands: readonly Decision[], isRecalled: boolean): Standing['status'] => {
  if (steps.length === 0) return 'free';
  if (stands.some(({ verdict }) => verdict === 'refuse')) return 'refused';
  if (stands.length === steps.length) return 'approved';
  return isRecalled ? 'recalled' : 'pending';
};

/**
 * What stands of all that was decided: the same on every device, in whatever order it came. A recall counts while not
 * every step was approved before it.
 */
export const standingOf = (
  hash: string,
  steps: readonly Step[],
  decisions: readonly Decision[],
  recalls: readonly Recall[] = [],
): Standing => {
  const ours = decisions.filter((one) => one.hash === hash);
  const recall = earliest(recalls.filter((one) => one.hash === hash));
  const before = (cut: Recall | null): readonly Decision[] =>
    steps
      .map(({ level }) => earliest(ours.filter((one) => one.level === level && (cut === null || isBefore(one, cut)))))
      .filter((one) => one !== null);
  const isComplete = recall !== null && before(recall).length === steps.length;
  const stands = before(isComplete ? null : recall);
  return {
    status: statusOf(steps, stands, recall !== null && !isComplete),
    open: steps.filter(({ level }) => !stands.some((one) => one.level === level)),
    stands,
    recorded: ours.filter((one) => !stands.includes(one)),
    voided: decisions.filter((one) => one.hash !== hash),
  };
};

/** Whether it may be sent and printed without the DRAFT mark (A4). */
export const isClear = ({ status }: Pick<Standing, 'status'>): boolean => status === 'free' || status === 'approved';

/** Why an approval may not be asked back; null where it may. */
export const judgeRecall = ({ status }: Pick<Standing, 'status'>, requester: string, by: string): string | null => {
  if (by !== requester) return 'Only the one who asked may ask it back.';
  return status === 'pending' ? null : 'There is nothing to ask back: it was decided.';
};

/** Something that happened to a request: asked, decided, asked back. */
type Turn = Stamp & { readonly kind: string };

/**
 * What belongs to the request that is open now: once it was declined or asked back, asking again begins anew. Asking
 * twice does not.
 */
export const latestRound = <T extends Turn>(turns: readonly T[]): readonly T[] => {
  const sorted = turns.toSorted((a, b) => (isBefore(a, b) ? -1 : 1));
  let round: T[] = [];
  let isOver = false;
  for (const turn of sorted) {
    if (turn.kind === 'ask' && isOver) round = [];
    if (turn.kind === 'ask') isOver = false;
    if (turn.kind === 'decline' || turn.kind === 'recall') isOver = true;
    round.push(turn);
  }
  return round;
};
