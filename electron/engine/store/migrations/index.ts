/** The list of migrations, oldest first. Ids only grow; a released one is never edited. */
import { base } from './0010-base.ts';
import { views } from './0020-views.ts';
import { savedViews } from './0030-saved-views.ts';
import { prices } from './0040-prices.ts';
import { quotes } from './0050-quotes.ts';
import { approvals } from './0055-approvals.ts';
import { orderDesk } from './0060-order-desk.ts';
import { invoices } from './0070-invoices.ts';
import { credit } from './0080-credit.ts';
import { tax } from './0081-tax.ts';
import { freight } from './0082-freight.ts';
import { cases } from './0090-cases.ts';
import { bookings } from './0100-bookings.ts';
import { tasks } from './0110-tasks.ts';
import { sync } from './0120-sync.ts';
import { claims } from './0130-claims.ts';
import { bookingPlaces } from './0140-booking-places.ts';
import { exchange } from './0150-exchange.ts';
import { review } from './0180-review.ts';
import { renewals } from './0190-renewals.ts';
import { returns } from './0200-returns.ts';
import { breaks } from './0210-breaks.ts';
import { orderTerms } from './0230-order-terms.ts';
import { erased } from './0240-erased.ts';
import { payers } from './0250-payers.ts';
import { headerDiscount } from './0260-header-discount.ts';
import { quotedHolds } from './0261-quoted-holds.ts';
import { deferred } from './0280-deferred.ts';
import { subjects } from './0300-subjects.ts';
import { attachments } from './0310-attachments.ts';
import { notice } from './0320-notice.ts';

export type Migration = { readonly id: number; readonly sql: string };

export const migrations: readonly Migration[] = [
  { id: 10, sql: base },
  { id: 20, sql: views },
  { id: 30, sql: savedViews },
  { id: 40, sql: prices },
  { id: 50, sql: quotes },
  { id: 55, sql: approvals },
  { id: 60, sql: orderDesk },
  { id: 70, sql: invoices },
  { id: 80, sql: credit },
  { id: 81, sql: tax },
  { id: 82, sql: freight },
  { id: 90, sql: cases },
  { id: 100, sql: bookings },
  { id: 110, sql: tasks },
  { id: 120, sql: sync },
  { id: 130, sql: claims },
  { id: 140, sql: bookingPlaces },
  { id: 150, sql: exchange },
  { id: 180, sql: review },
  { id: 190, sql: renewals },
  { id: 200, sql: returns },
  { id: 210, sql: breaks },
  { id: 230, sql: orderTerms },
  { id: 240, sql: erased },
  { id: 250, sql: payers },
  { id: 260, sql: headerDiscount },
  { id: 261, sql: quotedHolds },
  { id: 280, sql: deferred },
  { id: 300, sql: subjects },
  { id: 310, sql: attachments },
  { id: 320, sql: notice },
];
