/** Why something may not be recorded of a line, in words. */
import { fromScaled } from '../decimal.ts';
import type { FulfilmentEvent } from '../fulfilment.ts';
import type { FulfilmentRefusal } from './record.ts';

type Kind = FulfilmentEvent['kind'];

const verbs: Readonly<Record<Kind, string>> = {
  shipped: 'ship',
  delivered: 'record as delivered',
  accepted: 'accept',
  returned: 'take back',
  cancelled: 'cancel',
  short_closed: 'close short',
  invoiced: 'bill',
  credited: 'credit',
};

const bases: Readonly<Record<Kind, string>> = {
  shipped: 'open',
  delivered: 'on its way',
  accepted: 'delivered and not accepted',
  returned: 'delivered and not returned',
  cancelled: 'open',
  short_closed: 'open',
  invoiced: 'done and not billed',
  credited: 'billed and not credited',
};

/** Why there is nothing of a kind to record of an order. */
export const sayNothing = (kind: Kind): string => `Nothing is ${bases[kind]} on this order.`;

/** What an event would need to be right: `Line 2: 5 is more than can be shipped: 2 is open`. */
export const sayFulfilmentRefusal = ({ kind, qty }: FulfilmentEvent, { code, most }: FulfilmentRefusal): string => {
  const amount = BigInt(qty);
  const shown = fromScaled(amount < 0n ? -amount : amount, 6);
  if (code === 'ZERO') return 'The quantity is zero';
  if (code === 'SERVICE') return 'A service is accepted, not shipped';
  if (code === 'NEGATIVE') return `What was recorded is not taken back by a negative quantity: record a return`;
  if (amount < 0n)
    return `${shown} cannot be reopened: ${fromScaled(most, 6)} is ${kind === 'cancelled' ? 'cancelled' : 'closed short'}`;
  const base = most === 0n ? `nothing is ${bases[kind]}` : `only ${fromScaled(most, 6)} is ${bases[kind]}`;
  return `You cannot ${verbs[kind]} ${shown}: ${base}`;
};
