/** The one list of what Today watches. A further clock is a source in a file beside these and a line here. */
import {
  cutOffs,
  damages,
  deliveries,
  exceptions,
  heldNoMore,
  lostSlots,
  ofNothing,
  papers,
  proofs,
  slotHolds,
} from './bookings.ts';
import { claims } from './claims.ts';
import { creditsToPost, disputes, invoices, invoicesToPost, paymentPromises } from './billing.ts';
import { issues, pauses } from './issues.ts';
import { returns } from './returns.ts';
import { orders, overLimit, priceLists, priceReviews, quotes } from './sales.ts';
import type { ClockSource } from './source.ts';
import { cadence, notices, promises, renewals, steps, tasks } from './work.ts';

export const clockSources: readonly ClockSource[] = [
  issues,
  pauses,
  tasks,
  promises,
  orders,
  quotes,
  priceLists,
  priceReviews,
  overLimit,
  invoices,
  invoicesToPost,
  creditsToPost,
  paymentPromises,
  disputes,
  slotHolds,
  lostSlots,
  heldNoMore,
  cutOffs,
  deliveries,
  exceptions,
  ofNothing,
  damages,
  proofs,
  papers,
  claims,
  returns,
  cadence,
  steps,
  renewals,
  notices,
];
