/** Why a claim may not be filed yet, or be changed once it was (T2). */
import { judgeFiling, type ClaimCause } from '../../../../shared/domain/claims/claim.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { bigOrNull, textOf } from '../booking/read.ts';

/** Why a claim may not move on, in words, or null. */
export const claimGuard = (claim: StoredRow, to: string, isCommand: boolean): string | null => {
  if (to === 'filed') {
    const reasons = judgeFiling({
      shipment: textOf(claim['shipment']),
      isLiabilityAsserted: claim['is_liable'] === 1,
      amount: bigOrNull(claim['amount']),
      // A choice of the model is one of its keys, or a cell that cannot be used.
      cause: textOf(claim['cause']) as ClaimCause | null,
      deliveredOn: textOf(claim['delivered_on']),
    });
    return reasons.length === 0 ? null : `It cannot be filed yet. ${reasons.join(' ')}`;
  }
  if (to === 'withdrawn' && !isCommand) return 'Use “Withdraw claim”: it asks why.';
  const isAsked = to === 'offered' || to === 'declined' || to === 'paid';
  return isAsked && !isCommand ? 'Use “Carrier’s answer”: it asks how much, why and when.' : null;
};

/** What the carrier holds of a claim: not changed after it was filed. */
const FILED = ['partner_id', 'amount', 'currency', 'cause', 'shipment', 'is_liable', 'delivered_on', 'filed_on'] as const;

const isFiled = (claim: StoredRow): boolean => textOf(claim['filed_on']) !== null;

/** Whether even undo leaves it: what was filed has left the house. */
export const isClaimKept = (claim: StoredRow, field: string | null): boolean =>
  isFiled(claim) && (field === null || FILED.some((name) => name === field));

/** Why a claim may not be changed so. */
export const refuseFiled = (patch: StorePatch, before: StoredRow | undefined): string | null => {
  if (before === undefined || !isFiled(before)) return null;
  const name = textOf(before['number']) ?? 'The claim';
  if (patch.kind === 'delete') return `${name} was filed: it stays on record. Withdraw it.`;
  if (patch.kind !== 'update') return null;
  const isChanged = FILED.some((field) => Object.hasOwn(patch.values, field) && patch.values[field] !== before[field]);
  return isChanged
    ? `${name} was filed as it is: the carrier holds it. Nothing was changed. Withdraw it and make another.`
    : null;
};
