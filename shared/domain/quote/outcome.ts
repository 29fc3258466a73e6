/** How a quote ended (Q3, Q7): what feeds the win rate, and what still has to be said. */
import { expiredDays } from './validity.ts';

export const lossReasons = [
  { key: 'price', label: 'Price' },
  { key: 'timing', label: 'Timing' },
  { key: 'competitor', label: 'Competitor' },
  { key: 'no_decision', label: 'No decision' },
  { key: 'duplicate', label: 'Duplicate' },
  { key: 'withdrawn', label: 'Our withdrawal' },
] as const;

type LossReason = (typeof lossReasons)[number]['key'];

type Ending = {
  readonly status: string;
  readonly validTo: string | null;
  readonly reason: string | null;
  readonly competitor: string | null;
};

/** Why a quote may not be rejected yet; null where it may. */
export const judgeLoss = ({ reason, competitor }: Pick<Ending, 'reason' | 'competitor'>): string | null => {
  if (!lossReasons.some(({ key }) => key === reason)) return 'Say why it was lost: choose a reason first.';
  return reason === 'competitor' && (competitor ?? '').trim() === '' ? 'Name the competitor it was lost to.' : null;
};

type Outcome = {
  readonly result: 'open' | 'won' | 'lost';
  readonly reason: LossReason | null;
  /** The reason is still to be given: it stays on Today. */
  readonly isUnsaid: boolean;
};

const isReason = (text: string | null): text is LossReason => lossReasons.some(({ key }) => key === text);
const lost = (reason: LossReason, isUnsaid = false): Outcome => ({ result: 'lost', reason, isUnsaid });

/** What a quote counts as. An expired one counts as no decision until a reason is given; a superseded one as nothing. */
export const outcomeOf = ({ status, validTo, reason }: Ending, today: string): Outcome | null => {
  if (status === 'superseded') return null;
  if (status === 'accepted' || status === 'partly_accepted') return { result: 'won', reason: null, isUnsaid: false };
  if (status === 'withdrawn') return lost('withdrawn');
  const said = isReason(reason) ? reason : null;
  if (status === 'rejected' || expiredDays(status, validTo, today) > 0) return lost(said ?? 'no_decision', said === null);
  return { result: 'open', reason: null, isUnsaid: false };
};

type Rival = { readonly isPrimary: boolean; readonly status: string };

/** What is wrong with the quotes of one opportunity: it has one primary, and one that is accepted unless it is split. */
export const opportunityFaults = (
  quotes: readonly Rival[],
  isSplit: boolean,
): readonly ('PRIMARY_NONE' | 'PRIMARY_MANY' | 'ACCEPTED_MANY')[] => {
  const primaries = quotes.filter(({ isPrimary }) => isPrimary).length;
  const accepted = quotes.filter(({ status }) => status === 'accepted' || status === 'partly_accepted').length;
  return [
    ...(quotes.length > 0 && primaries === 0 ? ['PRIMARY_NONE' as const] : []),
    ...(primaries > 1 ? ['PRIMARY_MANY' as const] : []),
    ...(accepted > 1 && !isSplit ? ['ACCEPTED_MANY' as const] : []),
  ];
};
