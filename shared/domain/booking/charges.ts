/**
 * Cost and charge, code by code (B4): every new cost proposes what the customer is charged by their contract; without one
 * it is an unbilled cost that somebody has to see, never nothing.
 */
import { divideRounded } from '../decimal.ts';

/** What a customer's contract says of a charge code: cost with a mark-up, or a fixed sum. */
export type ChargeRule = {
  readonly code: string;
  readonly account: string | null;
  /** A fraction in 10^-6 on the cost, or null where the sum is fixed. */
  readonly markup: bigint | null;
  /** Minor units. */
  readonly fixed: bigint | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
};

export type Proposal = { readonly charge: bigint; readonly by: 'contract' } | { readonly charge: null; readonly by: 'unbilled' };

const MICRO = 1_000_000n;

/** What a cost of a code is charged as. The account's own rule goes before the one for everybody. */
export const proposeCharge = (
  { code, cost, account, day }: { readonly code: string; readonly cost: bigint; readonly account: string; readonly day: string },
  rules: readonly ChargeRule[],
): Proposal => {
  const holding = rules.filter(
    (rule) =>
      rule.code === code &&
      (rule.account === null || rule.account === account) &&
      (rule.validFrom === null || rule.validFrom <= day) &&
      (rule.validTo === null || day <= rule.validTo),
  );
  const rule = holding.find((one) => one.account !== null) ?? holding[0];
  if (rule === undefined) return { charge: null, by: 'unbilled' };
  if (rule.fixed !== null) return { charge: rule.fixed, by: 'contract' };
  return rule.markup === null
    ? { charge: null, by: 'unbilled' }
    : { charge: cost + divideRounded(cost * rule.markup, MICRO), by: 'contract' };
};

/** Minor units; null = none. */
export type ChargeItem = {
  readonly id: string;
  readonly code: string;
  readonly cost: bigint | null;
  readonly charge: bigint | null;
};

export type ChargeFault = { readonly id: string; readonly code: string; readonly fault: 'no_charge' | 'no_cost' | 'loss' };

/** The nightly list: cost without charge, charge without cost, charge below cost. */
export const chargeFaults = (items: readonly ChargeItem[]): readonly ChargeFault[] =>
  items.flatMap(({ id, code, cost, charge }): readonly ChargeFault[] => {
    if (cost !== null && cost !== 0n && charge === null) return [{ id, code, fault: 'no_charge' }];
    if (cost === null && charge !== null && charge !== 0n) return [{ id, code, fault: 'no_cost' }];
    return cost !== null && charge !== null && charge < cost ? [{ id, code, fault: 'loss' }] : [];
  });

/** What costs came to that nobody is charged for. */
export const unbilledOf = (items: readonly ChargeItem[]): bigint =>
  items.reduce((sum, { cost, charge }) => (charge === null ? sum + (cost ?? 0n) : sum), 0n);
