/** Why a confirmed order may not be changed so (O5), in words. */
import { fromScaled } from '../decimal.ts';
import type { AmendRefusal } from './amend.ts';

export const sayAmendRefusal = ({ code, least }: AmendRefusal): string => {
  switch (code) {
    case 'NO_CHANGE':
      return 'nothing is changed';
    case 'BELOW_SHIPPED':
      return `not less than ${fromScaled(least, 6)}: so much is shipped, cancelled or billed already`;
    case 'NO_REASON':
      return 'another day needs a reason: the first promise is kept beside it';
    case 'NEGATIVE':
      return 'quantity and price are never below zero';
  }
};
