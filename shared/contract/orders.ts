/** What is done with an order as a whole. */
import { z } from 'zod';
import { holdReasons } from '../domain/order/holds.ts';
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
  /** So little is missing that it may be closed short without a reason (F4). */
  is_within_under: z.boolean(),
  /** What may go out in its place, where the customer agrees (F4). */
  substitute: z.object({ id: z.string(), product: z.string() }).nullable(),
  /** What went out in its place, and who agreed. */
  sent_instead: z.array(z.object({ product: z.string(), qty: z.string(), consent: z.string() })),
  recorded: z.record(fulfilmentKind, z.string()),
  most: z.record(fulfilmentKind, z.string()),
  /** What is recorded where nobody says how much. */
  usual: z.record(fulfilmentKind, z.string()),
});

/** Minor units; the rate in millionths, and which way round it is quoted. */
const baseTotal = z.object({
  currency: z.string(),
  total: z.string(),
  rate: z.number().int(),
  way: z.enum(['theirs', 'ours']),
  on: z.string(),
  source: z.string(),
});

const hold = z.object({
  id: z.string(),
  reason: z.string(),
  is_credit: z.boolean(),
  is_open: z.boolean(),
  why: z.string().nullable(),
  held_on: z.string().nullable(),
  held_by: z.string().nullable(),
  released_on: z.string().nullable(),
  released_by: z.string().nullable(),
  release_why: z.string().nullable(),
});

/** Of the whole order: its discount in minor units or millionths, its freight, its terms of payment. */
const header = z.object({
  header_discount: z.string().nullable(),
  header_percent: z.string().nullable(),
  freight: z.string().nullable(),
  terms: z.string().nullable(),
});

/** Quantity, price and discount in 10^-6; null = nothing stood there. */
const amended = header.extend({
  qty: z.string().nullable(),
  price: z.string().nullable(),
  discount: z.string().nullable(),
  promised: z.string().nullable(),
});

/** As typed; what is left out stays. */
const typed = z.string().max(100);

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
      /** Minor units, by the order's rounding; `discount`, that of the whole, is taken off already (M5). */
      net: z.string(),
      discount: z.string(),
      net_micros: z.string(),
      freight: z.string(),
      /** By code: rate in millionths, base and tax in minor units. */
      taxes: z.array(z.object({ code: z.string(), rate: z.number().int(), base: z.string(), tax: z.string() })),
      /** What tax adds to the total: nothing where prices have it inside. */
      tax: z.string(),
      is_tax_included: z.boolean(),
      /** With tax. */
      total: z.string(),
      /** Of a document in other money: the total in the company's own, and by what. Null where no rate is known. */
      base: baseTotal.nullable(),
      /** 10^-6 units; null when the lines have several units of measure. */
      qty: z.string().nullable(),
    }),
  ),
  'orders.checks': query(
    'What is found when an order is confirmed: cells, repeated orders, minimums, holds; and whether a reason overrides all of it',
    z.strictObject({ id }),
    z.object({ blockers: z.array(blocker), can_override: z.boolean(), warnings: z.array(z.string()) }),
  ),
  'orders.holds': query(
    'The holds of an order, those that stand and those that were released',
    z.strictObject({ id }),
    z.object({ holds: z.array(hold) }),
  ),
  'orders.hold': command(
    'Hold an order back: it is not confirmed, and nothing of it goes out, until that is released',
    z.strictObject({
      id,
      reason: z.enum(holdReasons),
      why: z.string().max(500),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed,
  ),
  'orders.release': command(
    'Release a hold, with the reason; of credit for what the order comes to now, up to a day',
    z.strictObject({
      hold: id,
      why: z.string().max(500),
      to: z.iso.date().nullable().default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed,
  ),
  'orders.blockers': query(
    'The cells of an order that cannot be used as they stand, in the order they stand',
    z.strictObject({ id }),
    z.object({ blockers: z.array(blocker) }),
  ),
  'orders.confirm': command(
    'Submit and confirm an order; refused with everything in the way. A reason overrides what gives way to one. Without credit, or where somebody has to agree, it is submitted, on hold',
    z.strictObject({
      id,
      why: z.string().max(500).nullable().default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed.extend({
      warnings: z.array(z.string()),
      /** Submitted and put on hold instead, with why; null = confirmed. */
      held: z.string().nullable(),
    }),
  ),
  'orders.next': query(
    'What is done next with a confirmed or closed order; null once there is nothing',
    z.strictObject({ id }),
    z.object({ step: z.enum(['ship', 'deliver', 'bill', 'accept']).nullable() }),
  ),
  'orders.fulfilment': query(
    'What has become of each line of an order, and the most that may be recorded of it now',
    z.strictObject({ id }),
    z.object({
      /** It ships complete: what goes out leaves nothing of its goods open. */
      is_complete_only: z.boolean(),
      lines: z.array(fulfilmentLine),
    }),
  ),
  'orders.fulfil': command(
    'Record what happened to lines of an order; refused in words where it cannot have',
    z.strictObject({
      id,
      kind: fulfilmentKind,
      /** Quantities by line, 10^-6 units; below zero reopens what was cancelled or closed short. Null = all there is. */
      lines: z
        .array(z.strictObject({ line: id, qty: z.int(), substitute: id.nullable().default(null) }))
        .min(1)
        .max(20_000)
        .nullable()
        .default(null),
      /** Who of the customer agreed to what goes out in place of what was ordered (F4). */
      consent: z.string().max(200).nullable().default(null),
      on: z.iso.date(),
      by: z.enum(['us', 'customer', 'carrier']).default('us'),
      reason: z.string().max(500).nullable().default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed,
  ),
  'orders.amendable': query(
    'The lines of a confirmed order as they stand, and the changes made to them',
    z.strictObject({ id }),
    z.object({
      currency: z.string(),
      header,
      lines: z.array(
        z.object({
          id: z.string(),
          position: z.number().int().nullable(),
          product: z.string(),
          qty: z.string(),
          price: z.string(),
          discount: z.string(),
          promised: z.string().nullable(),
          open: z.string(),
        }),
      ),
      changes: z.array(
        z.object({
          id: z.string(),
          number: z.number().int(),
          kind: z.string(),
          line: z.string(),
          reason: z.string().nullable(),
          changed_on: z.string().nullable(),
          before: amended,
          after: amended,
        }),
      ),
    }),
  ),
  'orders.amend': command(
    'Change lines of a confirmed order, its header discount, freight or terms of payment, each change numbered with what stood before; refused in words where it cannot be',
    z.strictObject({
      id,
      lines: z
        .array(
          z.strictObject({
            line: id,
            qty: typed.optional(),
            price: typed.optional(),
            discount: typed.optional(),
            promised: typed.optional(),
            cancel: z.boolean().optional(),
          }),
        )
        .max(5000)
        .default([]),
      /** Of the discounts one: it takes the place of the other. */
      header: z
        .strictObject({
          header_discount: typed.optional(),
          header_percent: typed.optional(),
          freight: typed.optional(),
          terms: typed.optional(),
        })
        .default({}),
      added: z
        .array(z.strictObject({ code: typed, qty: typed }))
        .max(1000)
        .default([]),
      reason: z.string().max(500).nullable().default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed.extend({
      /** What holds it since, in words; null = nothing new. */
      held: z.string().nullable(),
    }),
  ),
  'orders.mergeable': query(
    'Lines of an order that could be one: the same product at the same price for the same day (O2)',
    z.strictObject({ id }),
    z.object({
      offers: z.array(z.object({ into: z.string(), from: z.array(z.string()), product: z.string(), qty: z.string() })),
    }),
  ),
  'orders.merge': command(
    'Make lines of one product one: the first takes the quantity of all. Null = everything that is offered',
    z.strictObject({
      id,
      into: z.array(id).max(5000).nullable().default(null),
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
