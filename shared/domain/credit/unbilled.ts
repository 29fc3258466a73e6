/** What a confirmed order is worth for credit (K1): what is wanted of it, with its tax. Minor units; quantities in millionths. */
import { allocate } from '../allocate.ts';
import { divideRounded } from '../decimal.ts';
import { taxesOf, type TaxPolicy } from '../tax-policy.ts';

export type WantedLine = {
  readonly net: bigint;
  readonly code: string | null;
  readonly ordered: bigint;
  /** Cancelled or closed short. */
  readonly gone: bigint;
};

/** What the lines of an order come to; where the whole is rounded once, they add up to it. @param whole null = each line is rounded */
export const lineNets = (
  lines: readonly { readonly id: string; readonly net: bigint }[],
  whole: bigint | null,
): ReadonlyMap<string, bigint> => {
  if (whole === null) return new Map(lines.map(({ id, net }) => [id, net]));
  const shares = allocate(whole - lines.reduce((sum, { net }) => sum + net, 0n), lines);
  return new Map(lines.map(({ id, net }) => [id, net + (shares.get(id) ?? 0n)]));
};

/** Gross of tax; what was cancelled or closed short is not wanted any more. */
export const wantedTotal = (lines: readonly WantedLine[], freight: bigint, policy: TaxPolicy): bigint => {
  const wanted = lines.map(({ net, code, ordered, gone }) => ({
    code,
    amount: ordered === 0n ? 0n : divideRounded(net * (ordered - gone), ordered),
  }));
  const parts = [...wanted, { code: policy.freight, amount: freight }];
  return parts.reduce((sum, { amount }) => sum + amount, 0n) + taxesOf(parts, policy).added;
};
