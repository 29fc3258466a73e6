/** Who has to agree to a document before it goes out, and to what (A2, A4). The limits are data that a device holds. */
import { judgeMargin, type MarginDocument, type MarginLimits, type Trigger } from '../margin.ts';

type Level = Trigger['approver'];

/** What one approver has to look at. The second is asked for a reason too. */
export type Step = { readonly level: Level; readonly triggers: readonly Trigger[] };

/** Somebody who may agree, on any device, without asking a server. */
export type Approver = {
  readonly id: string;
  /** The steps that are theirs: 1, 2, or both. */
  readonly levels: readonly Level[];
  /** What they may give on their own. */
  readonly limits: MarginLimits;
};

/** The steps a document has to take for somebody with these limits; none = it is free to go. */
export const stepsFor = (document: MarginDocument, limits: MarginLimits, today: string): readonly Step[] => {
  const { triggers } = judgeMargin(document, limits, today);
  return ([1, 2] as const)
    .map((level) => ({ level, triggers: triggers.filter(({ approver }) => approver === level) }))
    .filter((step) => step.triggers.length > 0);
};

/** Why somebody may not decide a step; null where they may. Nobody agrees to what they asked for themselves. */
export const judgeApprover = (
  { id, levels }: Pick<Approver, 'id' | 'levels'>,
  step: Step,
  { requester, reason }: { readonly requester: string; readonly reason: string | null },
): string | null => {
  if (id === requester) return 'You asked for this yourself: somebody else has to agree.';
  if (!levels.includes(step.level)) return `This step belongs to approver ${step.level}.`;
  return step.level === 2 && (reason ?? '').trim() === '' ? 'Say why: this step needs a reason.' : null;
};
