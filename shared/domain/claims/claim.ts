/**
 * What makes a claim on a carrier one (T2): written, naming the shipment, saying who is liable and how much it is; the
 * evidence that goes with it; and what is lost in the end (T3), the claim and the customer's credit being two records.
 */
export const claimCauses = [
  { key: 'damaged', label: 'Damaged', aliases: ['damage'] },
  { key: 'short', label: 'Short', aliases: ['shortage', 'missing'] },
  { key: 'lost', label: 'Lost', aliases: ['loss', 'never arrived'] },
  { key: 'late', label: 'Late', aliases: ['delay'] },
  { key: 'temperature', label: 'Temperature', aliases: ['too warm', 'reefer'] },
  { key: 'refused', label: 'Refused', aliases: ['rejected'] },
] as const;

export type ClaimCause = (typeof claimCauses)[number]['key'];

export const evidenceKinds = [
  { key: 'proof', label: 'Proof of delivery with exceptions' },
  { key: 'photos', label: 'Photos' },
  { key: 'invoice', label: 'Invoice' },
  { key: 'salvage', label: 'Salvage' },
  { key: 'other', label: 'Other' },
] as const;

export type EvidenceKind = (typeof evidenceKinds)[number]['key'];

/** What a file kept with a claim, or with its booking, proves by its kind. */
export const provenBy: Readonly<Record<string, EvidenceKind>> = { photo: 'photos', proof: 'proof', sign_off: 'proof' };

/** Of what was lost there is nothing to photograph and nothing to sell. */
const needs = (cause: ClaimCause): readonly EvidenceKind[] =>
  cause === 'lost' || cause === 'late' || cause === 'short' ? ['proof', 'invoice'] : ['proof', 'photos', 'invoice', 'salvage'];

/** Evidence that a claim of this cause still lacks, in the order of the list. */
export const missingEvidence = (cause: ClaimCause, kinds: readonly string[]): readonly EvidenceKind[] =>
  needs(cause).filter((kind) => !kinds.includes(kind));

export type ClaimAnswer = 'acknowledged' | 'report' | 'offered' | 'paid' | 'declined';

/** What a carrier can say of a claim in each state; of one that is over, nothing any more. */
const answers: Readonly<Record<ClaimAnswer, readonly string[]>> = {
  acknowledged: ['filed'],
  report: ['filed', 'acknowledged'],
  offered: ['filed', 'acknowledged', 'declined'],
  paid: ['filed', 'acknowledged', 'offered', 'declined'],
  declined: ['filed', 'acknowledged', 'offered'],
};

const allAnswers: readonly ClaimAnswer[] = ['acknowledged', 'report', 'offered', 'paid', 'declined'];

/** The answers that can follow, the likeliest first. */
export const answersIn = (status: unknown): readonly ClaimAnswer[] =>
  allAnswers.filter((answer) => answers[answer].some((state) => state === status));

type Written = {
  /** The carrier's or our number of the shipment. */
  readonly shipment: string | null;
  readonly isLiabilityAsserted: boolean;
  /** Minor units. */
  readonly amount: bigint | null;
  readonly cause: ClaimCause | null;
  /** The day the goods came, or of what never came should have; every deadline runs from it. */
  readonly deliveredOn: string | null;
};

/** Why a claim may not be filed yet, one reason each; empty = it may. */
export const judgeFiling = ({ shipment, isLiabilityAsserted, amount, cause, deliveredOn }: Written): readonly string[] => [
  ...((shipment ?? '').trim() === '' ? ['It does not say which shipment it is about.'] : []),
  ...(isLiabilityAsserted ? [] : ['It does not say that the carrier is held liable.']),
  ...(amount === null || amount <= 0n ? ['It names no amount.'] : []),
  ...(cause === null ? ['It does not say what happened.'] : []),
  ...(deliveredOn === null ? ['It does not say when the goods came, or should have.'] : []),
];

export type Loss = { readonly cause: ClaimCause; readonly credited: bigint; readonly recovered: bigint };

/** What was given to customers less what carriers paid, per cause and currency amounts of one currency; most first. */
export const netLossByCause = (losses: readonly Loss[]): readonly { readonly cause: ClaimCause; readonly net: bigint }[] => {
  const sums = new Map<ClaimCause, bigint>();
  for (const { cause, credited, recovered } of losses) sums.set(cause, (sums.get(cause) ?? 0n) + credited - recovered);
  return [...sums].map(([cause, net]) => ({ cause, net })).toSorted((a, b) => (a.net > b.net ? -1 : a.net < b.net ? 1 : 0));
};
