/** How long a quote may hold (Q4): the days that are usual for whoever sends it, cut short by a contract or a hold it rests on. */
import { addDays, dayIn, daysBetween } from '../../../../shared/domain/dates.ts';
import { defaultLimits } from '../../../../shared/domain/margin.ts';
import { sayCap, validityOf, type Rest, type Validity } from '../../../../shared/domain/quote/validity.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { companyZone } from '../company/company.ts';
import { authority } from '../approval/authority.ts';
import type { Asking } from '../approval/judge.ts';
import type { Blocker } from '../orders/blockers.ts';
import { priceLine } from '../pricing/price-book.ts';
import { bookingsBehind } from './quote-rows.ts';

const usualDays = (actor: string, read: Reader): number => authority(actor, read).limits?.validDays ?? defaultLimits.validDays;

/** The last of the usual days, of a quote that rests on nothing yet. */
export const usualLastDay = (actor: string, { read, today }: Asking): string => addDays(today, usualDays(actor, read));

/** The contract that a line's price is of, until it ends; a price that somebody set rests on nothing. */
const restsOf = (line: StoredRow, quote: StoredRow, { read, today }: Asking): readonly Rest[] => {
  const trace = line['by_hand'] === 1 ? undefined : priceLine(line, quote, { read, today })?.trace;
  const until = trace?.to ?? null;
  if (trace === undefined || until === null) return [];
  return trace.steps
    .flatMap((step) => (step.kind === 'base' ? step.parts.map(({ list }) => list) : []))
    .flatMap((id): readonly Rest[] => {
      const list = read.get('price_lists', id);
      return list?.['kind'] === 'contract'
        ? [{ kind: 'contract', id, name: String(list['code'] ?? list['name'] ?? ''), until }]
        : [];
    });
};

/** The day to which its freight rates hold, where it says one (Q4). */
const ratesOf = ({ id, rates_to: until }: StoredRow): readonly Rest[] =>
  typeof until === 'string' ? [{ kind: 'rates', id, name: 'Rate validity', until }] : [];

/** The places held for it or for a revision it replaces, until their holds end; what a partner or a person bound ends by itself no more (B2). */
const holdsOf = (quote: StoredRow, { read, today }: Asking): readonly Rest[] =>
  bookingsBehind(quote, read).flatMap((booking): readonly Rest[] => {
    const slot = typeof booking['slot_id'] === 'string' ? read.get('slots', booking['slot_id']) : undefined;
    if (booking['status'] !== 'hold' || slot === undefined || typeof booking['hold_until'] !== 'number') return [];
    const until = dayIn(companyZone(read, { zone: 'UTC' }), booking['hold_until']);
    // A hold that ended holds nothing any more.
    return until < today ? [] : [{ kind: 'slot', id: slot.id, name: String(slot['name'] ?? ''), until }];
  });

const validityFor = (quote: StoredRow, days: number, asking: Asking): Validity =>
  validityOf(asking.today, days, [
    ...ratesOf(quote),
    ...holdsOf(quote, asking),
    ...asking.read.children('quote_lines', quote.id).flatMap((line) => restsOf(line, quote, asking)),
  ]);

/** The last day of a quote that goes out today, where nobody says another, and what cuts it short. */
export const usualValidity = (quote: StoredRow, actor: string, asking: Asking): Validity =>
  validityFor(quote, usualDays(actor, asking.read), asking);

/** A quote that would hold longer than what it rests on, as its cell; empty where it does not. */
export const capBlockers = (quote: StoredRow, asking: Asking): readonly Blocker[] => {
  const { valid_to: last } = quote;
  if (typeof last !== 'string' || last < asking.today) return [];
  const words = sayCap(validityFor(quote, daysBetween(asking.today, last), asking));
  return words === null ? [] : [{ table: 'quotes', row: quote.id, field: 'valid_to', code: 'VALID_CAP', message: words }];
};
