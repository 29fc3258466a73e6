/** The steps of a booking, and of the board that shows them. */
import { mod } from '../chords.ts';
import { inMenu, none } from './command.ts';

const inRecord = inMenu('record');
export const booking = [
  inRecord(
    'order.next',
    'Book or bill order',
    'order',
    mod('Shift+Enter'),
    'Bill what was delivered; else book what is not booked yet.',
  ),
  inRecord('order.book', 'Book order …', 'order', none, 'Ask a carrier for what of this order is not booked yet.'),
  inRecord(
    'booking.next',
    'Next step of the booking',
    'booking',
    mod('Shift+Enter'),
    'Tender, accept, confirm, pick up, deliver, prove.',
  ),
  inRecord('booking.tender', 'Tender …', 'booking', none, 'Ask a partner, at its rate or at a cost of your own.'),
  inRecord('booking.answer', 'Record answer …', 'booking', none, 'Accepted, accepted with an exception, or declined and why.'),
  inRecord('booking.event', 'Add event …', 'booking', mod('J'), 'What happened on the way, or when it is expected now.'),
  inRecord('booking.proof', 'Proof of delivery …', 'booking', none, 'Who signed for it, and what was noted.'),
  inRecord('booking.cost', 'Add cost …', 'booking', none, 'A cost by its charge code; the charge follows from the contract.'),
  inRecord(
    'booking.charge',
    'Charge costs …',
    'booking',
    none,
    'What the customer is charged for costs nobody is charged for; or why we bear them.',
  ),
  inRecord('booking.back', 'Back to need …', 'booking', none, 'Let its partner go, with the reason, to book it anew.'),
  inRecord('booking.end', 'Cancel booking …', 'booking', none, 'Cancelled, no show or failed: why, and whose fault it was.'),
  inRecord('booking.rebook', 'Rebook …', 'booking', none, 'Another slot with room, where its own is taken or its hold is over.'),
  inRecord('booking.make-good', 'Make good', 'booking', none, 'A booking for what this campaign fell short of, with no charge.'),
  inRecord('booking.board', 'Board or grid', 'booking', mod('Shift+B'), 'The same bookings as a board of columns, or as a grid.'),
  inRecord('booking.read-file', 'Read status file …', 'global', none, 'X12 214 or a list of a carrier: its events are added.'),
  inRecord(
    'board.right',
    'Move card right',
    'board',
    mod('Shift+ArrowRight'),
    'To the next column, as far as its booking allows.',
  ),
  inRecord(
    'board.left',
    'Move card left',
    'board',
    mod('Shift+ArrowLeft'),
    'To the column before, as far as its booking allows.',
  ),
] as const;
