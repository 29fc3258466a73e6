/** How far a price may go down (RULES.md A1): the least one that still leaves the margin the company asks for. */
import { MICRO } from '../kinds.ts';

const ONE = BigInt(MICRO);

/**
 * The least unit price, before the line's discount, whose margin over a cost reaches a floor; null where no price does.
 * @param cost in millionths of a unit of money, @param floor, discount fractions in millionths
 */
export const leastPrice = (cost: number, floor: number, discount: number): number | null => {
  const kept = (ONE - BigInt(floor)) * (ONE - BigInt(discount));
  if (kept <= 0n) return null;
  const wanted = BigInt(cost) * ONE * ONE;
  return Number((wanted + kept - 1n) / kept);
};
