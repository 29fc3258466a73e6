/** Payment plans (K4): instalments that add up to what is owed, and what happens when one is missed. */
import { addDays, addMonths } from '../dates.ts';

/** Minor units. */
export type Instalment = { readonly due: string; readonly amount: bigint };

export type Plan = {
  readonly invoice: string;
  readonly instalments: readonly Instalment[];
  /** Paid towards it so far, over all instalments in their order. */
  readonly paid: bigint;
};

/** So many equal instalments; what does not divide goes to the first ones. The sum is exact. */
export const equalInstalments = (total: bigint, count: number, first: string, every: 'week' | 'month'): readonly Instalment[] => {
  const parts = BigInt(count);
  return Array.from({ length: count }, (_, at) => ({
    due: every === 'month' ? addMonths(first, at) : addDays(first, 7 * at),
    amount: total / parts + (BigInt(at) < total % parts ? 1n : 0n),
  }));
};

/** Why a plan may not be made so; null where it may. */
export const judgePlan = (instalments: readonly Instalment[], total: bigint): string | null => {
  if (instalments.length === 0) return 'A plan has one instalment at least.';
  if (instalments.some(({ amount }) => amount <= 0n)) return 'Every instalment is more than nothing.';
  if (instalments.some(({ due }, at) => at > 0 && due <= (instalments[at - 1]?.due ?? '')))
    return 'Instalments stand in the order of their days.';
  return instalments.reduce((sum, { amount }) => sum + amount, 0n) === total
    ? null
    : 'The instalments do not add up to what is owed.';
};

/** What is left of each instalment, and whether one was missed: then the whole is overdue from its first day (K4). */
export const planStanding = (
  { instalments, paid }: Plan,
  today: string,
): { readonly isBroken: boolean; readonly instalments: readonly (Instalment & { readonly left: bigint })[] } => {
  let rest = paid;
  const left = instalments.map((one) => {
    const covered = rest < one.amount ? rest : one.amount;
    rest -= covered;
    return { ...one, left: one.amount - covered };
  });
  return { isBroken: left.some((one) => one.left > 0n && one.due < today), instalments: left };
};
