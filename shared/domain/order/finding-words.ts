/** What was found when an order is confirmed (O3), in words. */
import { fromScaled } from '../decimal.ts';
import type { Finding } from './checks.ts';

const quantity = (micros: string | undefined): string => fromScaled(BigInt(micros ?? '0'), 6);

/** What a quote still holds (P2), to follow `The`. @param held in millionths */
export const sayQuoteHolds = (held: bigint): string =>
  `quote holds its price for ${fromScaled(held, 6)}: put the rest on a line of its own, or say why it has that price too`;

/** @param money formats minor units in the money of the order; `nameOf` names a product */
export const sayFinding = (
  { code, about }: Finding,
  { money, nameOf }: { readonly money: (minor: string) => string; readonly nameOf: (product: string) => string },
): string => {
  switch (code) {
    case 'PO_DUPLICATE':
      return `The PO number stands on ${about['number'] ?? 'another order'} too`;
    case 'BASKET_REPEAT':
      return `The same goods are on ${about['number'] ?? 'another order'} of the same day`;
    case 'PACK_MULTIPLE':
      return `The quantity is no multiple of ${quantity(about['pack'])}: ${quantity(about['up'])} would be right`;
    case 'MIN_ORDER':
      return `The order comes to less than the ${money(about['minimum'] ?? '0')} this account orders at least`;
    case 'DISCONTINUED': {
      const { successor } = about;
      return `The product is discontinued${successor === undefined ? '' : `: ${nameOf(successor)} takes its place`}`;
    }
    case 'QUOTE_EXCESS':
      return `The ${sayQuoteHolds(BigInt(about['quoted'] ?? '0'))}`;
    case 'STOCK_SHORT':
      return `Only ${quantity(about['stock'])} in stock, as of ${about['asOf'] ?? ''}`;
    case 'PROMISE_EARLY':
      return `It is promised before it can be there: ${about['earliest'] ?? ''} is the earliest`;
    case 'PROMISE_NEVER':
      return 'No day can be promised: the calendar has no working day';
  }
};
