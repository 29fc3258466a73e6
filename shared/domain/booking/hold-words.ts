/** How a hold stands, in words (B2): while it is open, who was not heard from, since when. */
import type { HoldStanding } from './holds.ts';

/** A device that was not heard from: who last worked there, since when, UTC ms. Without a code, the team as such. */
export type Unheard = { readonly code: string; readonly who: string | null; readonly since: number | null };

const MOST_NAMED = 3;

const nameOf = ({ code, who }: Unheard): string => (who === null ? `device ${code}` : `${who}’s device ${code}`);

const sayOne = (one: Unheard, moment: (ms: number) => string): string => {
  if (one.code === '') return 'the team, which this file has not met yet';
  return one.since === null
    ? `${nameOf(one)}, of which nothing ever came here: what it holds is not seen`
    : `${nameOf(one)} since ${moment(one.since)}`;
};

const sayAll = (unheard: readonly Unheard[], moment: (ms: number) => string): string => {
  const named = unheard.slice(0, MOST_NAMED).map((one) => sayOne(one, moment));
  const more = unheard.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join('; ');
};

/** @param moment how a moment is written; null: nothing is to be said */
export const sayHold = (hold: HoldStanding, unheard: readonly Unheard[], moment: (ms: number) => string): string | null => {
  const from = unheard.length === 0 ? '' : sayAll(unheard, moment);
  switch (hold) {
    case 'held':
      return `Held; not yet heard from ${from}`;
    case 'confirmed':
      return from === '' ? 'Slot is ours' : `Slot is ours as far as is known; not heard from ${from}`;
    case 'lost':
      return 'Slot is taken: somebody was first. Rebook it.';
    case 'expired':
      return 'Hold is over. Rebook it, or let it go.';
    case 'released':
      return null;
  }
};
