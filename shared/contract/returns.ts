/** Returns: asked for of an order's lines, authorised or denied, labelled, received, inspected, settled (T1). */
import { z } from 'zod';
import { returnOperations } from '../domain/returns/states.ts';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
/** When it happened; left out, today. */
const on = z.iso.date().nullable().default(null);
const words = z.string().trim().max(500);
const wordsOrNone = words.nullable().default(null);
/** Millionths of a unit. */
const qty = z.int().positive();
const operation = z.enum(returnOperations.map(({ key }) => key));
const one = { id, screen };
const made = changed.extend({ id: z.string() });
const days = z.int().min(0).max(3650);

const policy = z.strictObject({
  /** Days after the last delivery in which a line may be asked back; null = always. */
  windowDays: days.nullable(),
  /** Days we have for each of our steps. */
  answerDays: days,
  /** The fee a refund begins with, a fraction in millionths of what is credited. */
  feeShare: z.int().min(0).max(1_000_000),
});

export const returns = {
  'app.returns': query('How long goods may be returned, and what we promise and keep', z.strictObject({}), policy),
  'app.setReturns': command(
    'Change how long goods may be returned, and what we promise and keep (T1)',
    policy,
    z.strictObject({}),
  ),
  'returns.returnable': query(
    'The lines of an order with how much of each may come back, and until when',
    z.strictObject({ order: id }),
    z.object({
      fee_share: z.int(),
      /** Quantities in millionths. */
      lines: z.array(
        z.object({
          line: z.string(),
          position: z.number().int().nullable(),
          product: z.string(),
          uom: z.string().nullable(),
          delivered: z.string(),
          returnable: z.string(),
          last_day: z.string().nullable(),
          is_late: z.boolean(),
        }),
      ),
    }),
  ),
  'returns.ask': command(
    'Ask for a return of lines of an order, one record for each; refused above what was delivered and is not coming back already',
    z.strictObject({
      order: id,
      lines: z
        .array(z.strictObject({ line: id, qty }))
        .min(1)
        .max(2000),
      operation,
      reason: words,
      /** Why it is taken back after its last day. */
      override: wordsOrNone,
      /** Millionths of what is credited; left out, as set. */
      fee: z.int().min(0).max(1_000_000).nullable().default(null),
      /** The goods are here: authorised and received by the same step. */
      received: on,
      screen,
    }),
    made,
  ),
  'returns.unordered': command(
    'Goods that came or are to come back though nobody ordered them',
    z.strictObject({ account: id, product: id, qty, reason: words, screen }),
    made,
  ),
  'returns.authorise': command(
    'Authorise a return, all of it or part; what is done with it may be another thing than was asked for',
    z.strictObject({ ...one, qty: qty.nullable().default(null), operation: operation.nullable().default(null) }),
    changed,
  ),
  'returns.deny': command('Deny a return, and say why', z.strictObject({ ...one, reason: words }), changed),
  'returns.label': command(
    'Note that the label for a return was sent',
    z.strictObject({ ...one, shipment: wordsOrNone }),
    changed,
  ),
  'returns.receive': command(
    'Note what of a return came back; it stands on the order line from then on',
    z.strictObject({ ...one, qty: qty.nullable().default(null), on }),
    changed,
  ),
  'returns.inspect': command(
    'Say how much of what came back is accepted; less than all of it needs the reason',
    z.strictObject({ ...one, qty: z.int().nonnegative(), reason: wordsOrNone }),
    changed,
  ),
  'returns.settle': command(
    'Settle a return: the credit notes it comes to, the fee on a line of its own, and what goes out to the customer again',
    z.strictObject(one),
    changed.extend({ credits: z.array(z.string()) }),
  ),
  'returns.story': query(
    'How far a return went: what is next, its quantities, its last day, and what settling it comes to or came to',
    z.strictObject({ id }),
    z.object({
      /** What we have to do; null where it is the customer's turn, or it is over. */
      next: z.string().nullable(),
      last_day: z.string().nullable(),
      is_late: z.boolean(),
      /** Minor units: of what was settled as it is, before that as it would be. */
      currency: z.string(),
      credit: z.string(),
      fee: z.string(),
      /** What of the accepted quantity no invoice of ours has, in millionths. */
      unbilled: z.string(),
      credits: z.array(z.object({ id: z.string(), invoice: z.string(), number: z.string().nullable(), amount: z.string() })),
    }),
  ),
} as const;
