/**
 * One amount shared over many lines, to the last minor unit (RULES.md M5): a header discount, freight, the rounding of
 * a whole document. What is shared out always adds up to what there was, in whatever order the lines come.
 */

/** A line that takes a share: its id decides ties, its net how much. */
type Part = { readonly id: string; readonly net: bigint };
const byId = (a: Part, b: Part): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
const size = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * Shares an amount over lines in proportion to their absolute net (M5): largest remainder first, ties to the lower
 * id; equal shares where every net is zero. The shares add up to the amount, whatever order the lines come in.
 */
export const allocate = (amount: bigint, parts: readonly Part[]): ReadonlyMap<string, bigint> => {
  const ordered = parts.toSorted(byId);
  const nets = ordered.map((part) => size(part.net));
  const sum = nets.reduce((total, net) => total + net, 0n);
  const weights = sum === 0n ? nets.map(() => 1n) : nets;
  const whole = sum === 0n ? BigInt(weights.length) : sum;
  if (whole === 0n) return new Map();
  const shares = weights.map((weight, at) => {
    const exact = size(amount) * weight;
    return { at, share: exact / whole, rest: exact % whole };
  });
  let left = size(amount) - shares.reduce((total, { share }) => total + share, 0n);
  for (const one of shares.toSorted((a, b) => (a.rest === b.rest ? a.at - b.at : a.rest > b.rest ? -1 : 1))) {
    if (left === 0n) break;
    one.share += 1n;
    left -= 1n;
  }
  const sign = amount < 0n ? -1n : 1n;
  return new Map(ordered.map((part, at) => [part.id, sign * (shares[at]?.share ?? 0n)]));
};
