/** What a confirmed order is worth for credit (K1): what is wanted of it, with its tax. Minor units; quantities in millionths. */
import { allocate } from '../allocate.ts';
import { divideRounded } from '../decimal.ts';
import { taxesOf, type TaxPolicy } from '../tax-policy.ts';

export type WantedLine = {
  readonly net: bigint;
  readonly code: string | null;
  readonly ordered: bigint;
  /** What nobody pays for any more. */
  readonly gone: bigint;
};

type Happened = { readonly short: bigint; readonly delivered: bigint; readonly returned: bigint; readonly invoiced: bigint };

/** Of a line, what nobody pays for any more: closed short, or come back before it was billed. What was billed is credited instead. */
export const goneOf = ({ short, delivered, returned, invoiced }: Happened): bigint => {
  const unbilled = delivered > invoiced ? delivered - invoiced : 0n;
  return short + (returned < unbilled ? returned : unbilled);
};

/** What a line comes to after its share of the discount of the whole, and that share. */
type LineNet = { readonly net: bigint; readonly off: bigint };

/**
 * What the lines of an order come to, its discount taken off (M5); where the whole is rounded once, they add up to it.
 * @param whole before the discount; null = each line is rounded
 */
export const lineNets = (
  lines: readonly { readonly id: string; readonly net: bigint }[],
  { whole, discount }: { readonly whole: bigint | null; readonly discount: bigint },
): ReadonlyMap<string, LineNet> => {
  const rounded = whole === null ? 0n : whole - lines.reduce((sum, { net }) => sum + net, 0n);
  // Nearly all orders: nothing is shared out.
  if (rounded === 0n && discount === 0n) return new Map(lines.map(({ id, net }) => [id, { net, off: 0n }]));
  const [roundings, discounts] = [allocate(rounded, lines), allocate(discount, lines)];
  return new Map(
    lines.map(({ id, net }) => {
      const off = discounts.get(id) ?? 0n;
      return [id, { net: net + (roundings.get(id) ?? 0n) - off, off }];
    }),
  );
};

/** Gross of tax. Of an order of which nothing is wanted any more there is no freight either. */
export const wantedTotal = (lines: readonly WantedLine[], freight: bigint, policy: TaxPolicy): bigint => {
  const wanted = lines.map(({ net, code, ordered, gone }) => ({
    code,
    amount: ordered === 0n ? 0n : divideRounded(net * (ordered - gone), ordered),
  }));
  const isWanted = lines.length === 0 || lines.some(({ ordered, gone }) => ordered > gone);
  const parts = [...wanted, { code: policy.freight, amount: isWanted ? freight : 0n }];
  return parts.reduce((sum, { amount }) => sum + amount, 0n) + taxesOf(parts, policy).added;
};
