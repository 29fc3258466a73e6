/**
 * The promise ledger: what we said we would do by a day, and whether we did. A promise is judged by its day and not by
 * its task: done late is kept late, and counts as missed.
 */
export type PromiseFacts = {
  readonly status: string;
  /** The day it was promised for. */
  readonly due: string | null;
  readonly keptOn: string | null;
};

export type PromiseVerdict = 'open' | 'overdue' | 'kept' | 'kept_late' | 'missed' | 'released';

/** @param today in the company's zone */
export const judgePromise = ({ status, due, keptOn }: PromiseFacts, today: string): PromiseVerdict => {
  if (status === 'missed' || status === 'released') return status;
  if (status === 'kept') return due !== null && keptOn !== null && keptOn > due ? 'kept_late' : 'kept';
  return due !== null && due < today ? 'overdue' : 'open';
};

/**
 * The share kept on its day of all that came due, in millionths; null before the first. What the customer released us
 * from counts neither way; what is overdue is as good as missed until it is kept.
 */
export const keptRate = (promises: readonly PromiseFacts[], today: string): number | null => {
  const verdicts = promises.map((promise) => judgePromise(promise, today));
  const counted = verdicts.filter((verdict) => verdict !== 'open' && verdict !== 'released');
  const kept = counted.filter((verdict) => verdict === 'kept').length;
  return counted.length === 0 ? null : Math.round((kept * 1_000_000) / counted.length);
};
