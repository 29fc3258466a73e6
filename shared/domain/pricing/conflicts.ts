/**
 * Prices that get in each other's way, seen before a line meets them (P3). `tie`: nothing tells two apart where both
 * hold, so that a line they answer has no price. `overlap`: the later start decides, but both name an end as if they
 * were meant to follow each other.
 */
import { isValidOn, type PriceRule } from './types.ts';

type Placed = Pick<
  PriceRule,
  'id' | 'list' | 'variant' | 'product' | 'group' | 'uom' | 'min' | 'from' | 'to' | 'priority' | 'channel'
>;

export type Clash = 'tie' | 'overlap';

const PLACE = ['list', 'variant', 'product', 'group', 'uom', 'min', 'channel'] as const;

const isSamePlace = (a: Placed, b: Placed): boolean => PLACE.every((field) => a[field] === b[field]);

const isEarlierIn = (earlier: Placed, later: Placed): boolean => later.from !== null && isValidOn(earlier, later.from);

/** Whether there is a day on which both hold. */
export const haveCommonDay = (a: Pick<Placed, 'from' | 'to'>, b: Pick<Placed, 'from' | 'to'>): boolean =>
  (a.from ?? '') <= (b.to ?? '9999-12-31') && (b.from ?? '') <= (a.to ?? '9999-12-31');

/** How two prices of one list get in each other's way; null = they do not. Symmetric. */
export const clashOf = (a: Placed, b: Placed): Clash | null => {
  if (a.id === b.id || !isSamePlace(a, b) || !haveCommonDay(a, b)) return null;
  if (a.from === b.from) return a.priority === b.priority ? 'tie' : null;
  const [earlier, later] = (a.from ?? '') < (b.from ?? '') ? [a, b] : [b, a];
  return earlier.to !== null && isEarlierIn(earlier, later) ? 'overlap' : null;
};
