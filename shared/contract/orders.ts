/** What is done with an order as a whole. */
import { z } from 'zod';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const blocker = z.object({ table: z.string(), row: z.string(), field: z.string(), code: z.string(), message: z.string() });

export const orders = {
  'orders.totals': query(
    'What an order comes to, with what is left out of the figure and why',
    z.strictObject({ id }),
    z.object({
      currency: z.string(),
      lines: z.number().int(),
      /** Lines the sums are made of: those whose quantity, price and discount can be read. */
      counted: z.number().int(),
      /** Lines with an error in any cell, whether they are counted or not. */
      faulty: z.number().int(),
      /** Minor units, by the order's rounding. */
      net: z.string(),
      net_micros: z.string(),
      freight: z.string(),
      total: z.string(),
      /** 10^-6 units; null when the lines have several units of measure. */
      qty: z.string().nullable(),
    }),
  ),
  'orders.blockers': query(
    'What keeps an order from being confirmed: every cell, in the order they stand',
    z.strictObject({ id }),
    z.object({ blockers: z.array(blocker) }),
  ),
  'orders.confirm': command(
    'Submit and confirm an order; refused with every blocking cell',
    z.strictObject({ id, screen: z.string().max(100).nullable().default(null) }),
    changed,
  ),
  'orders.ship': command(
    'Record that lines went out: one event per schedule line with an open quantity',
    z.strictObject({ id, on: z.iso.date(), screen: z.string().max(100).nullable().default(null) }),
    changed,
  ),
  'orders.duplicate': command(
    'A new draft with the same account and lines',
    z.strictObject({ id, screen: z.string().max(100).nullable().default(null) }),
    changed.extend({ id: z.string() }),
  ),
};
