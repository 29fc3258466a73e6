/** Why an issue may not move on as it is: what a move asks for, a command asks; a complaint ends step by step (L1). */
import { judgeComplaintEnd, nextStep, type ComplaintStep } from '../../../../shared/domain/sla/complaint.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

/** The complaint steps that were noted of an issue, in order. */
export const stepsOf = (id: string, read: Reader): readonly ComplaintStep[] =>
  read
    .children('case_events', id)
    .toSorted((a, b) => Number(a['at']) - Number(b['at']))
    .flatMap(({ step }) => (typeof step === 'string' ? [step as ComplaintStep] : []));

export const nextStepOf = (issue: StoredRow, read: Reader): ComplaintStep | null =>
  issue['kind'] === 'complaint' ? nextStep(stepsOf(issue.id, read)) : null;

const ASKS: Readonly<Record<string, string>> = {
  waiting: 'Use “Pause”: it asks whom we wait for, why, and until when.',
  resolved: 'Use “Resolve”: it asks for the cause and what the customer was told.',
  merged: 'Use “Merge”: it asks into which issue.',
};

/** Why an issue may not move on, in words, or null. */
export const caseGuard = (issue: StoredRow, to: string, isCommand: boolean, read: Reader): string | null => {
  if (to === 'closed' && issue['kind'] === 'complaint') {
    const refusal = judgeComplaintEnd(stepsOf(issue.id, read));
    if (refusal !== null) return refusal;
  }
  if (isCommand) return null;
  const from = String(issue['status']);
  if (to === 'open' && (from === 'resolved' || from === 'closed')) return 'Use “Reopen”: it asks why.';
  return ASKS[to] ?? null;
};
