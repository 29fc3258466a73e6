/** What a claim brings with it: its number, what its booking says of the shipment, and the day of a move (T2). */
import { dayIn } from '../../../../shared/domain/dates.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { numberOf, pictureOfBooking, textOf } from '../booking/read.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

/** The day goods came by what is known of their booking; of what never came, the end of its window. */
const deliveredDay = (booking: StoredRow, read: Reader, zone: string): string | undefined => {
  const at = pictureOfBooking(read, booking.id).deliveredAt ?? numberOf(booking['pod_at']) ?? numberOf(booking['deliver_to']);
  return at === null ? undefined : dayIn(zone, at);
};

const rowOf = (table: 'bookings' | 'orders' | 'cases', id: unknown, read: Reader): StoredRow | undefined =>
  typeof id === 'string' ? read.get(table, id) : undefined;

/** A claim somebody makes, whatever way: what its booking, order or issue knows is not asked again. */
export const newClaim = (values: Settled, { read, change, deps }: Work): Settled => {
  const issue = rowOf('cases', values['case_id'], read);
  const booking = rowOf('bookings', values['booking_id'], read);
  const order = rowOf('orders', values['order_id'] ?? booking?.['order_id'] ?? issue?.['order_id'], read);
  const account = values['account_id'] ?? booking?.['account_id'] ?? order?.['account_id'] ?? issue?.['account_id'];
  const ofAccount = typeof account === 'string' ? read.get('accounts', account)?.['currency'] : undefined;
  return fill(values, {
    number: deps.nextNumber('claims'),
    account_id: account,
    order_id: order?.id,
    partner_id: booking?.['partner_id'] ?? order?.['carrier_id'],
    shipment: textOf(booking?.['tracking']) ?? textOf(booking?.['number']),
    delivered_on: booking === undefined ? undefined : deliveredDay(booking, read, companyZone(read, deps.env)),
    currency: booking?.['currency'] ?? order?.['currency'] ?? ofAccount ?? textOf(read.setting('currency')),
    owner_id: read.get('people', change.actor) ? change.actor : undefined,
    is_liable: 1,
  });
};

/** The day that a move by hand writes: today. Commands ask for it. */
const DAY_OF: Readonly<Record<string, readonly string[]>> = {
  filed: ['filed_on'],
  acknowledged: ['acknowledged_on'],
};

export const claimMove = (id: string, to: string, why: string | null, { read, change, deps }: Work): readonly StorePatch[] => {
  const move = moveOf('claims', id, to, why);
  const days = DAY_OF[to];
  if (days === undefined || change.isCommand === true) return [move];
  const today = companyToday(read, deps.env);
  return [move, { kind: 'update', table: 'claims', id, values: Object.fromEntries(days.map((field) => [field, today])) }];
};

/** A status typed in a cell runs its moves. */
export const updateClaim = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  const { status, ...own } = values;
  const withMove = (to: string): readonly StorePatch[] => claimMove(patch.id, to, null, work);
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...(status === undefined ? [] : typedState('claims', patch, before, status, work, withMove)),
  ];
};
