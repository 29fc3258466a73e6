/** What the team waits to hear of this device before holds of others are settled (B2): the furthest of it, as one word says it all. */
import { wordWanted } from '../../../../shared/domain/booking/holds.ts';
import type { LocalReader, Reader } from '../../store/api.ts';
import { holdsOf, slotOf } from './slots.ts';
import { textOf } from './read.ts';

type Wanted = { readonly slot: string; readonly past: number; readonly actor: string };

/** @param own this device's uuid */
export const wantedWord = (
  read: Reader & { readonly local: Pick<LocalReader, 'person'> },
  own: string,
  now: number,
): Wanted | null => {
  const slots = new Set(read.wantingSlots().flatMap((id) => textOf(read.get('bookings', id)?.['slot_id']) ?? []));
  const wanted = [...slots].flatMap((id) => {
    const slot = read.get('slots', id);
    if (slot === undefined) return [];
    const [all, { capacity }] = [holdsOf(id, read), slotOf(slot)];
    return all.flatMap((hold) => {
      const past = wordWanted(hold, all, { capacity, now, own });
      return past === null ? [] : [{ slot: id, past }];
    });
  });
  const furthest = wanted.toSorted((a, b) => b.past - a.past)[0];
  return furthest === undefined ? null : { ...furthest, actor: read.local.person() ?? own };
};
