/** Bookings as the contract has them; what each does lies in `booking/`. */
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { book, draftOf, proposalQuery } from './make.ts';
import { offerQuery } from './offers.ts';
import type { BookingDeps } from './read.ts';
import { readStatuses } from './status-file.ts';
import { rebook } from './rebook.ts';
import { addCost, addEvent, advance, chargeCosts, end, makeGood, prove } from './steps.ts';
import { storyQueries, type StoryDeps } from './story.ts';
import { answer, tender } from './tender.ts';

type BookingCommand = Extract<keyof Commands, `bookings.${string}` | 'tracking.read'>;
type BookingQuery = Extract<keyof Queries, `bookings.${string}` | 'partners.desk'>;

export const bookingCommands = (deps: BookingDeps): Pick<Commands, BookingCommand> => ({
  'bookings.book': book(deps),
  'bookings.tender': tender(deps),
  'bookings.answer': answer(deps),
  'bookings.advance': advance(deps),
  'bookings.end': end(deps),
  'bookings.rebook': rebook(deps),
  'bookings.event': addEvent(deps),
  'bookings.proof': prove(deps),
  'bookings.cost': addCost(deps),
  'bookings.charge': chargeCosts(deps),
  'bookings.make-good': makeGood(deps),
  'tracking.read': readStatuses(deps),
});

export const bookingQueries = (deps: StoryDeps): Pick<Queries, BookingQuery> => ({
  'bookings.proposal': proposalQuery(deps.read),
  'bookings.offers': offerQuery(() => ({ read: deps.read, zone: deps.zone(), today: deps.today() }), draftOf),
  ...storyQueries(deps),
});
