/** Claims on carriers: made from a booking, an order or an issue, filed, answered; their evidence, deadlines and what is lost. */
import { z } from 'zod';
import { claimCauses, evidenceKinds } from '../domain/claims/claim.ts';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const day = z.iso.date();
/** When it happened; left out, today. */
const on = day.nullable().default(null);
const words = z.string().trim().max(500);
/** Minor units of the claim's currency. */
const amount = z.int().positive();
const cause = z.enum(claimCauses.map(({ key }) => key));
const optional = id.nullable().default(null);
const one = { id, screen };

const deadline = z.object({
  kind: z.enum(['tell', 'file', 'acknowledge', 'decide', 'status', 'suit']),
  label: z.string(),
  due: z.string(),
  who: z.enum(['us', 'carrier']),
  done_on: z.string().nullable(),
});

export const claims = {
  'claims.open': command(
    'A claim on a carrier; what the booking, order or issue it comes from knows is taken over',
    z.strictObject({
      booking: optional,
      order: optional,
      issue: optional,
      account: optional,
      partner: optional,
      cause,
      amount: amount.nullable().default(null),
      /** Of the amount; left out, that of the order, the account or the company. */
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .nullable()
        .default(null),
      description: z.string().trim().max(5000).nullable().default(null),
      screen,
    }),
    changed.extend({ id: z.string() }),
  ),
  'claims.file': command('Note that a claim was filed with the carrier in writing', z.strictObject({ ...one, on }), changed),
  'claims.answer': command(
    'Note what the carrier says: that it has it, how it goes, an offer, that it pays or declines',
    z.strictObject({
      ...one,
      answer: z.enum(['acknowledged', 'report', 'offered', 'declined', 'paid']),
      on,
      amount: amount.nullable().default(null),
      reason: words.nullable().default(null),
    }),
    changed,
  ),
  'claims.withdraw': command('Take a claim back, and say why', z.strictObject({ ...one, reason: words }), changed),
  'claims.evidence': command(
    'Add to what goes with a claim',
    z.strictObject({
      ...one,
      kind: z.enum(evidenceKinds.map(({ key }) => key)),
      name: words,
      file: words.nullable().default(null),
    }),
    changed,
  ),
  'claims.story': query(
    'The deadlines of a claim under the terms of its carrier, its evidence and what of it is missing, and why it cannot be filed yet',
    z.strictObject({ id }),
    z.object({
      deadlines: z.array(deadline),
      evidence: z.array(
        z.object({
          id: z.string(),
          kind: z.string(),
          name: z.string().nullable(),
          file: z.string().nullable(),
          added_on: z.string().nullable(),
        }),
      ),
      missing: z.array(z.string()),
      blocked: z.string().nullable(),
    }),
  ),
  'claims.losses': query(
    'Net loss per cause and currency: what customers were credited less what carriers paid, of claims delivered within days',
    z.strictObject({ from: day.nullable().default(null), to: day.nullable().default(null) }),
    z.object({
      /** Minor units as text. */
      rows: z.array(
        z.object({
          currency: z.string(),
          cause,
          label: z.string(),
          claims: z.int(),
          credited: z.string(),
          recovered: z.string(),
          net: z.string(),
        }),
      ),
    }),
  ),
} as const;
