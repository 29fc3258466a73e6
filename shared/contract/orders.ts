/** What is done with an order as a whole. */
import { z } from 'zod';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const blocker = z.object({ table: z.string(), row: z.string(), field: z.string(), code: z.string(), message: z.string() });

const fulfilmentKind = z.enum(['shipped', 'delivered', 'accepted', 'returned', 'cancelled', 'short_closed']);

/** Sums in 10^-6 units. */
const fulfilmentLine = z.object({
  id: z.string(),
  position: z.number().int().nullable(),
  product: z.string(),
  uom: z.string().nullable(),
  ordered: z.string(),
  open: z.string(),
  over: z.string(),
  recorded: z.record(fulfilmentKind, z.string()),
  most: z.record(fulfilmentKind, z.string()),
});

/** A product an account has bought. Quantities in 10^-6 units. */
const padRow = z.object({
  product: z.string(),
  sku: z.string(),
  name: z.string(),
  uom: z.string().nullable(),
  last_on: z.string(),
  last_qty: z.string(),
  /** Orders it was on. */
  times: z.number().int(),
  every_days: z.number().int().nullable(),
  is_usual: z.boolean(),
  is_not_lately: z.boolean(),
  is_stopped: z.boolean(),
  suggested: z.string(),
  /** On the order asked for already. */
  here: z.string(),
});

export const orders = {
  'orders.pad': query(
    'What an account usually orders, what it has not ordered lately, and how much of it to offer',
    z.strictObject({ account: id, order: id.nullable().default(null) }),
    z.object({ rows: z.array(padRow) }),
  ),
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
  'orders.fulfilment': query(
    'What has become of each line of an order, and the most that may be recorded of it now',
    z.strictObject({ id }),
    z.object({ lines: z.array(fulfilmentLine) }),
  ),
  'orders.fulfil': command(
    'Record what happened to lines of an order; refused in words where it cannot have',
    z.strictObject({
      id,
      kind: fulfilmentKind,
      /** Quantities by line, 10^-6 units; below zero reopens what was cancelled or closed short. Null = all there is. */
      lines: z
        .array(z.strictObject({ line: id, qty: z.int() }))
        .min(1)
        .max(20_000)
        .nullable()
        .default(null),
      on: z.iso.date(),
      by: z.enum(['us', 'customer', 'carrier']).default('us'),
      reason: z.string().max(500).nullable().default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed,
  ),
  'orders.duplicate': command(
    'A new draft with the same account and lines',
    z.strictObject({ id, screen: z.string().max(100).nullable().default(null) }),
    changed.extend({ id: z.string() }),
  ),
};
