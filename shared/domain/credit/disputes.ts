/**
 * Billing queries (K3). The disputed part of an invoice is nobody's delay and leaves the ageing; it is owed until the
 * query is decided and stays in the exposure. The rest is to be paid in time.
 */
export const disputeReasons = [
  { key: 'price', label: 'Price' },
  { key: 'quantity', label: 'Quantity' },
  { key: 'quality', label: 'Quality' },
  { key: 'late', label: 'Late' },
  { key: 'not_ordered', label: 'Not ordered' },
  { key: 'duplicate', label: 'Duplicate' },
  { key: 'tax', label: 'Tax' },
  { key: 'deduction', label: 'Deduction' },
] as const;

export type DisputeOutcome = 'rejected' | 'credit' | 'rebill';

/** Minor units. */
export type Dispute = {
  readonly id: string;
  readonly invoice: string;
  readonly amount: bigint;
  readonly reason: string;
  readonly processor: string | null;
  readonly coordinator: string | null;
  readonly responsible: string | null;
  readonly dueOn: string | null;
  /** Null while it is open. */
  readonly outcome: DisputeOutcome | null;
  readonly creditNote: string | null;
};

/** What of an invoice is in dispute now: never more than is open on it. */
export const disputedOf = (invoice: { readonly id: string; readonly open: bigint }, disputes: readonly Dispute[]): bigint => {
  const sum = disputes
    .filter((one) => one.invoice === invoice.id && one.outcome === null)
    .reduce((all, { amount }) => all + amount, 0n);
  return sum < invoice.open ? sum : invoice.open;
};

/** Why a query may not be opened so; null where it may. */
export const judgeDispute = (
  {
    amount,
    reason,
    processor,
    coordinator,
    responsible,
  }: Pick<Dispute, 'amount' | 'reason' | 'processor' | 'coordinator' | 'responsible'>,
  undisputed: bigint,
): string | null => {
  if (amount <= 0n) return 'Say what amount is disputed.';
  if (amount > undisputed) return 'That is more than is open on the invoice and not in dispute already.';
  if (!disputeReasons.some(({ key }) => key === reason)) return 'Choose a reason.';
  return [processor, coordinator, responsible].includes(null)
    ? 'A query has three names: who works on it, who coordinates, who is responsible.'
    : null;
};

/** Why a query may not be closed so; null where it may. What is credited has its credit note. */
export const judgeOutcome = (
  { outcome }: Pick<Dispute, 'outcome'>,
  next: DisputeOutcome,
  creditNote: string | null,
): string | null => {
  if (outcome !== null) return 'The query is closed already.';
  return next === 'rejected' || creditNote !== null ? null : 'Name the credit note first.';
};
