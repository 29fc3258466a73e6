/** Why a confirmed order may not be changed so (O5), in words. */
import { fromScaled } from '../decimal.ts';
import type { AmendRefusal } from './amend.ts';
import { sayQuoteHolds } from './finding-words.ts';

export const sayAmendRefusal = (refusal: AmendRefusal): string => {
  switch (refusal.code) {
    case 'NO_CHANGE':
      return 'nothing is changed';
    case 'BELOW_SHIPPED':
      return `not less than ${fromScaled(refusal.least, 6)}: so much is shipped, cancelled or billed already`;
    case 'NO_REASON':
      return 'another day needs a reason: the first promise is kept beside it';
    case 'QUOTE_EXCESS':
      return `the ${sayQuoteHolds(refusal.quoted)}`;
    case 'DISCOUNT':
      return 'a discount is from 0 to 100 %';
    case 'NO_DAY':
      return 'a promised day is moved, not taken away';
    case 'NEGATIVE':
      return 'quantity and price are never below zero';
  }
};
