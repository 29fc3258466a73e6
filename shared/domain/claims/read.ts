/** A claim and what is agreed with its carrier, from the cells they are kept in to what the rules know. */
import { claimDeadlines, nextDeadline, usRoad, type ClaimDeadline, type ClaimFacts, type ClaimRules } from './rules.ts';

type Cells = Readonly<Record<string, unknown>>;

const day = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const count = (value: unknown, otherwise: number): number => (typeof value === 'number' ? value : otherwise);

/** The terms of a carrier; what it says nothing of is as on United States roads. A suit agreed in months has no day more. */
const rulesOf = (partner: Cells | undefined): ClaimRules => {
  const suit = partner?.['claim_suit_months'];
  const concealed = partner?.['claim_concealed_days'];
  return {
    fileMonths: count(partner?.['claim_months'], usRoad.fileMonths),
    concealedDays: typeof concealed === 'number' ? concealed : usRoad.concealedDays,
    acknowledgeDays: count(partner?.['claim_acknowledge_days'], usRoad.acknowledgeDays),
    decideDays: count(partner?.['claim_decide_days'], usRoad.decideDays),
    statusDays: count(partner?.['claim_status_days'], usRoad.statusDays),
    suitMonths: count(suit, usRoad.suitMonths),
    suitDays: typeof suit === 'number' ? 0 : usRoad.suitDays,
  };
};

const OVER: readonly unknown[] = ['paid', 'withdrawn'];

const factsOf = (claim: Cells, deliveredOn: string): ClaimFacts => ({
  deliveredOn,
  isConcealed: claim['is_concealed'] === 1,
  toldOn: day(claim['told_on']),
  filedOn: day(claim['filed_on']),
  acknowledgedOn: day(claim['acknowledged_on']),
  statusOn: day(claim['status_on']),
  decidedOn: day(claim['decided_on']),
  deniedOn: day(claim['denied_on']),
  isClosed: OVER.includes(claim['status']),
});

/** Every deadline of a claim as it stands; none until it says when its goods came, or should have. */
export const deadlinesOf = (claim: Cells, partner: Cells | undefined): readonly ClaimDeadline[] => {
  const deliveredOn = day(claim['delivered_on']);
  return deliveredOn === null ? [] : claimDeadlines(rulesOf(partner), factsOf(claim, deliveredOn));
};

/** What has to be done next, and by when. */
export const nextOfClaim = (claim: Cells, partner: Cells | undefined): ClaimDeadline | null =>
  nextDeadline(deadlinesOf(claim, partner));

/** What is said of each deadline: what is due, and what we do about it. */
export const deadlineWords: Readonly<Record<ClaimDeadline['kind'], { readonly label: string; readonly deed: string }>> = {
  tell: { label: 'Tell the carrier', deed: 'Tell the carrier' },
  file: { label: 'File the claim', deed: 'File it' },
  acknowledge: { label: 'Carrier acknowledges', deed: 'Chase the carrier' },
  decide: { label: 'Carrier decides', deed: 'Chase the carrier' },
  status: { label: 'Carrier reports', deed: 'Chase the carrier' },
  suit: { label: 'Take it to court', deed: 'Accept it or go to court' },
};
