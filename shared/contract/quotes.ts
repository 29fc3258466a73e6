/** What is done with a quote as a whole. */
import { z } from 'zod';
import { command, job, query } from './define.ts';
import { orders } from './orders.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const made = changed.extend({ id: z.string() });

/** A line as the sheet shows it that makes an order of a quote. Quantities and prices in millionths. */
const orderable = z.object({
  id: z.string(),
  sku: z.string().nullable(),
  description: z.string().nullable(),
  quoted: z.string(),
  ordered: z.string(),
  remaining: z.string(),
  /** In the total: no option and no alternative, or the chosen one. */
  is_counted: z.boolean(),
  price: z.int().nullable(),
  discount: z.int().nullable(),
  /** The product's price today, where it is another than was quoted. */
  list_now: z.int().nullable(),
});

export const quotes = {
  'quotes.totals': query(
    'What a quote comes to: the lines in its total, and what is left out of the figure and why',
    z.strictObject({ id }),
    orders['orders.totals'].output,
  ),
  'quotes.blockers': query(
    'What keeps a quote from being made into a paper: every cell, in the order they stand',
    z.strictObject({ id }),
    orders['orders.blockers'].output,
  ),
  'quotes.orderable': query(
    'What of a quote can still become an order, or in words why nothing can',
    z.strictObject({ id }),
    z.object({ refusal: z.string().nullable(), lines: z.array(orderable) }),
  ),
  'quotes.sending': query(
    'What is in the way of sending a quote, approval and validity too; to whom it would go, and until when it would hold',
    z.strictObject({ id }),
    z.object({
      /** What approval is missing, in a few words. */
      missing: z.string().nullable(),
      blockers: orders['orders.blockers'].output.shape.blockers,
      recipient: z.string().nullable(),
      valid_to: z.string(),
      /** The usual last day if it goes out today, cut short by what it rests on. */
      usual: z.string(),
      cap: z.object({ name: z.string(), until: z.string() }).nullable(),
    }),
  ),
  'quotes.send': job(
    'Send a quote: it is frozen from then on and kept as it was sent, and replaces the revisions before it',
    z.strictObject({
      id,
      channel: z.enum(['mail', 'portal', 'paper', 'told']).default('mail'),
      recipient: z.string().max(200).nullable().default(null),
      /** The last day; null = as the quote says. */
      valid_to: z.iso.date().nullable().default(null),
      screen,
    }),
    changed,
  ),
  'quotes.revise': command('The next revision of a quote that was sent, as a draft', z.strictObject({ id, screen }), made),
  'quotes.current': command('Make a superseded revision the current one again', z.strictObject({ id, screen }), changed),
  'quotes.reject': command(
    'The customer said no: why, and to whom it was lost',
    z.strictObject({
      id,
      reason: z.string().max(40),
      competitor: z.string().max(200).nullable().default(null),
      screen,
    }),
    changed,
  ),
  'quotes.accept': command(
    'The customer said yes: to the lines in the total, or to the lines named',
    z.strictObject({ id, lines: z.array(id).max(2000).nullable().default(null), screen }),
    changed,
  ),
  'quotes.order': command(
    'A draft order of what was accepted and is not on order yet, at the prices that were quoted',
    z.strictObject({ id, lines: z.array(id).max(2000).nullable().default(null), screen }),
    made,
  ),
  'quotes.charge': command(
    'Put the charges of a mode of transport on a quote: those that are not there, each with its price or without one',
    z.strictObject({ id, mode: z.string().min(1).max(40), screen: z.string().max(100).nullable().default(null) }),
    changed,
  ),
  'quotes.duplicate': command('A new quote of today with the same account and lines', z.strictObject({ id, screen }), made),
};
