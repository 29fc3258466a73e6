/**
 * What a change of a quote or its lines brings with it: the day it is valid to, one chosen line in every group, the day
 * it was sent or answered, the revisions that a sent one replaces, and the approval that a change of content voids.
 */
import { QUOTE_OVER } from '../../../../shared/domain/booking/states.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { OFFERED } from '../../../../shared/domain/quote/offered.ts';
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import { makeCurrent } from '../../../../shared/domain/quote/revisions.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { agreedFx } from '../money/fx.ts';
import { usualLastDay } from '../quotes/quote-validity.ts';
import { agreedTax } from '../money/tax.ts';
import { bookingMove } from './bookings.ts';
import { oneDiscount } from './header-discount.ts';
import { changedLine, changedPrices, chosenAccount, documentOf, filledLine, newDocument } from './lines.ts';
import { bookingsGivenUp, optionOf, revisionsOf } from '../quotes/quote-rows.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

export const newQuote = (values: Settled, work: Work): Settled => {
  const filled = newDocument('quotes', 'quoted_on', values, work);
  const { read, deps, change } = work;
  return fill(filled, { valid_to: usualLastDay(change.actor, { read, today: companyToday(read, deps.env) }) });
};

/** Back to draft, where what changes was approved or is being looked at. */
const voided = (quote: StoredRow | undefined, values: Settled, table: keyof typeof OFFERED): readonly StorePatch[] => {
  const isHeld = quote?.['status'] === 'approved' || quote?.['status'] === 'in_review';
  const offered: readonly string[] = OFFERED[table];
  return quote !== undefined && isHeld && Object.keys(values).some((field) => offered.includes(field))
    ? [moveOf('quotes', quote.id, 'draft', 'Changed after it was handed over for approval')]
    : [];
};

/** The other lines of a group. */
const othersOf = (group: string | null, quote: StoredRow | undefined, own: string, read: Reader): readonly StoredRow[] =>
  group === null || quote === undefined
    ? []
    : read.children('quote_lines', quote.id).filter((line) => line.id !== own && optionOf(line).group === group);

/** In every group one line is chosen: the first that comes into it, until another one is. */
const withChoice = (
  id: string,
  quote: StoredRow | undefined,
  line: Settled,
  written: Settled,
  read: Reader,
): { readonly own: Settled; readonly others: readonly StorePatch[] } => {
  const { group } = optionOf({ ...line, id });
  const others = othersOf(group, quote, id, read);
  const rivals = others.filter((other) => other['chosen'] === 1);
  const isFirst = written['option_group'] !== undefined && written['chosen'] === undefined && rivals.length === 0;
  const chosen: CellValue | undefined = group !== null && isFirst ? 1 : written['chosen'];
  const left = chosen === 1 ? rivals : [];
  return {
    own: chosen === undefined ? {} : { chosen },
    others: left.map((other): StorePatch => ({ kind: 'update', table: 'quote_lines', id: other.id, values: { chosen: 0 } })),
  };
};

export const newQuoteLine = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const filled = filledLine('quotes', values, work);
  if (work.change.source === 'import') return [{ ...patch, values: filled }];
  const quote = documentOf('quotes', filled, work.read);
  const choice = withChoice(patch.id, quote, filled, filled, work.read);
  return [{ ...patch, values: { ...filled, ...choice.own } }, ...choice.others, ...voided(quote, filled, 'quote_lines')];
};

export const updateQuoteLine = (
  patch: Write,
  before: StoredRow | undefined,
  values: Settled,
  work: Work,
): readonly StorePatch[] => {
  const filled = changedLine('quotes', before, values, work);
  if (work.change.source === 'import') return [{ ...patch, values: filled }];
  const quote = documentOf('quotes', before, work.read);
  const choice = withChoice(patch.id, quote, { ...before, ...filled }, filled, work.read);
  return [{ ...patch, values: { ...filled, ...choice.own } }, ...choice.others, ...voided(quote, filled, 'quote_lines')];
};

export const updateQuote = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  const { status, ...rest } = values;
  const own = oneDiscount(before, chosenAccount('quotes', before, rest, work));
  const withMove = (to: string): readonly StorePatch[] => quoteMove(patch.id, to, null, work);
  const prices = changedPrices('quotes', before, own, work);
  const ofHead = voided(before, own, 'quotes');
  // Another day alone is nothing that was offered; the prices it changes are.
  const held = ofHead.length === 0 && prices.length > 0 ? voided(before, { price: null }, 'quote_lines') : ofHead;
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...prices,
    ...(work.change.source === 'import' ? [] : held),
    ...(status === undefined ? [] : typedState('quotes', patch, before, status, work, withMove)),
  ];
};

/** The other revisions that stop being the current one as this one is sent (Q2). */
const replacedBy = (quote: StoredRow, day: string, read: Reader): readonly string[] =>
  makeCurrent(revisionsOf({ ...quote, status: 'sent' }, read), quote.id, day)
    .moves.filter(({ to }) => to === 'superseded')
    .map(({ id }) => id);

/** Lines in the total that nobody has said anything of are accepted with the whole. */
const acceptedLines = (quote: string, read: Reader): readonly StorePatch[] =>
  read
    .children('quote_lines', quote)
    .filter((line) => line['accepted_qty'] === null && isCounted(optionOf(line)))
    .map((line) => ({ kind: 'update', table: 'quote_lines', id: line.id, values: { accepted_qty: line['qty'] ?? null } }));

const ANSWERS: readonly string[] = ['accepted', 'partly_accepted', 'rejected', 'withdrawn'];

/** It comes to nothing: what was held for it is held for nobody (B2). */
const OVER: readonly string[] = ['rejected', 'withdrawn'];

const releasedBy = (quote: StoredRow, work: Work): readonly StorePatch[] =>
  bookingsGivenUp(quote, work.read)
    .filter(({ status }) => status === 'hold')
    .flatMap(({ id }) => bookingMove(id, 'need', QUOTE_OVER, work));

/** A move of a quote with all it brings. */
export const quoteMove = (id: string, to: string, why: string | null, work: Work): readonly StorePatch[] => {
  const { read, deps } = work;
  const quote = read.get('quotes', id);
  const day = companyToday(read, deps.env);
  const on = (field: 'sent_on' | 'decided_on'): StorePatch => ({ kind: 'update', table: 'quotes', id, values: { [field]: day } });
  // One that was superseded was with the customer before, or it does not get there by this.
  const isNew = to === 'sent' && quote?.['sent_on'] === null && quote['status'] !== 'superseded';
  return [
    ...(isNew ? [on('sent_on'), ...agreedTax('quotes', id, read), ...agreedFx('quotes', id, day, read)] : []),
    ...(ANSWERS.includes(to) ? [on('decided_on')] : []),
    ...(to === 'accepted' ? acceptedLines(id, read) : []),
    moveOf('quotes', id, to, why),
    ...(OVER.includes(to) && quote ? releasedBy(quote, work) : []),
    ...(to === 'sent' && quote ? replacedBy(quote, day, read).map((other) => moveOf('quotes', other, 'superseded', null)) : []),
  ];
};
