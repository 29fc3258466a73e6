/** A booking that lost its slot, or whose hold is over, goes to another one with room (B2). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import type { Reader } from '../../store/api.ts';
import { applyStep } from '../access/step.ts';
import { bookingById, nameOfBooking, textOf, type BookingDeps } from './read.ts';
import { holdIn } from './slots.ts';
import { moveTo, setBooking, withdrawn } from './tender.ts';

/** What is to do with a booking whose slot is taken, in words: where there is room instead. */
export const sayRebook = (id: string, read: Reader, now: number): string => {
  const free = holdIn(bookingById(read, id), read, now).alternatives.map(({ name, starts_on: on }) => `${name} (${on})`);
  return free.length === 0 ? 'Rebook: no slot of its kind has room' : `Rebook: ${free.join(', ')}`;
};

/** Lets go of what was asked for the slot that it has not, and holds another: the one named, else the nearest. */
export const rebook =
  (deps: BookingDeps): Commands['bookings.rebook'] =>
  ({ id, slot, screen }, context) => {
    const { store, env } = deps;
    const booking = bookingById(store, id);
    const { hold, alternatives } = holdIn(booking, store, env.clock());
    if (hold !== 'lost' && hold !== 'expired')
      throw new AppError('blocked', 'Nothing is to be rebooked: its slot is not lost. Nothing was changed.', { id });
    const to = slot ?? alternatives[0]?.id;
    if (to === undefined)
      throw new AppError('blocked', 'No other slot of its kind has room. Nothing was changed. Make one, or let the booking go.', {
        id,
      });
    const found = store.get('slots', to);
    if (found === undefined) throw new AppError('not-found', 'The slot is not here or was deleted.', { table: 'slots', id: to });
    const partner = textOf(found['partner_id']);
    const label = `Rebook ${nameOfBooking(booking)}: ${textOf(found['name']) ?? 'another slot'}`;
    return applyStep(store, context, { label, screen }, [
      ...withdrawn(id, deps),
      moveTo(id, 'need', 'Its slot was taken'),
      setBooking(id, { slot_id: to, ...(partner === null ? {} : { partner_id: partner }) }),
      moveTo(id, 'hold', null),
    ]);
  };
