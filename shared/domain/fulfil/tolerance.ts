/** How much more or less than ordered a customer takes without being asked again (F4). Data, per account and item. */
import { MICRO } from '../kinds.ts';

/** Fractions of the ordered quantity in millionths; null = every account, every product. */
export type ToleranceRule = Tolerance & { readonly account: string | null; readonly product: string | null };
export type Tolerance = { readonly over: number; readonly under: number };

const none: Tolerance = { over: 0, under: 0 };

/** The rule that speaks for an account and a product: the pair before the product, the product before the account. */
export const toleranceFor = (rules: readonly ToleranceRule[], account: string, product: string): Tolerance => {
  const wanted = [
    [account, product],
    [null, product],
    [account, null],
    [null, null],
  ] as const;
  for (const [ofAccount, ofProduct] of wanted) {
    const rule = rules.find((one) => one.account === ofAccount && one.product === ofProduct);
    if (rule) return { over: rule.over, under: rule.under };
  }
  return none;
};

/** A fraction of a quantity, never more than it allows. */
export const shareOf = (quantity: bigint, fraction: number): bigint => (quantity * BigInt(fraction)) / BigInt(MICRO);
