/**
 * A quote as a document: until when it holds, what of it can be chosen, and what the lines that count come to. What may be
 * left out or taken instead stands in its place, says so, and is in no sum (Q3, Q5).
 */
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import type { DocumentData, DocumentFact, DocumentLine } from '../../files/document.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { optionOf } from '../quotes/quote-rows.ts';
import { textOf } from './address.ts';
import {
  contactFact,
  dayFact,
  deliverTo,
  numberOf,
  paperLine,
  paperMoney,
  paperParty,
  paperSums,
  textFact,
  type PaperMaking,
  type PaperTotals,
} from './parts.ts';

/** Nobody may rely on a quote that was not agreed to (A4), nor on one that is offered no more. */
const marks: Readonly<Record<string, DocumentData['mark']>> = {
  draft: 'draft',
  in_review: 'draft',
  withdrawn: 'withdrawn',
  superseded: 'superseded',
};

const factsOf = (quote: StoredRow, read: Reader): readonly DocumentFact[] => {
  const revision = numberOf(quote['revision']) ?? 1;
  return [
    ...textFact('revision', revision > 1 ? String(revision) : ''),
    // The day it went out, once it did.
    ...dayFact('date', quote['sent_on'] ?? quote['quoted_on']),
    ...dayFact('validTo', quote['valid_to']),
    ...textFact('subject', textOf(quote['subject'])),
    ...textFact('reference', textOf(quote['customer_ref'])),
    ...dayFact('requested', quote['requested']),
    ...textFact('terms', textOf(quote['terms'])),
    ...textFact('incoterm', textOf(quote['incoterm'])),
    ...dayFact('ratesTo', quote['rates_to']),
    ...textFact('transit', textOf(quote['transit'])),
    ...textFact('freeTime', String(quote['free_days'] ?? '')),
    ...contactFact(quote, read),
  ];
};

const offerOf = (line: StoredRow): DocumentLine['offer'] => {
  const option = optionOf(line);
  return option.group === null && !option.isOptional ? null : { group: option.group, isCounted: isCounted(option) };
};

/** The list price is shown where somebody gave a lower one. */
const listOf = ({ price, engine_price: says }: StoredRow): number | null =>
  typeof says === 'number' && typeof price === 'number' && says > price ? says : null;

/** @param totals what the workbench says the quote comes to: the document says the same */
export const quoteDocument = (quote: StoredRow, totals: PaperTotals, read: Reader, making: PaperMaking): DocumentData => {
  const lines = read.children('quote_lines', quote.id).map((line, at): DocumentLine => ({
    ...paperLine(line, at, paperMoney(quote, totals), read),
    list: listOf(line),
    offer: offerOf(line),
  }));
  const counted = lines.filter(({ offer }) => offer?.isCounted !== false);
  return {
    ...making,
    ...paperParty(quote, read),
    kind: 'quote',
    number: textOf(quote['number']) || null,
    mark: marks[textOf(quote['status'])] ?? null,
    currency: totals.currency,
    deliverTo: deliverTo(quote, read),
    facts: factsOf(quote, read),
    wording: textOf(quote['wording']) || null,
    options: [{ title: null, lines, sums: paperSums(totals, counted) }],
    instructions: null,
    notes: textOf(quote['notes']) || null,
  };
};
