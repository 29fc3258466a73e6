/** Who has to agree to a quote before it goes out (RULES A1 to A4): what is missing, and what is asked and decided. */
import { z } from 'zod';
import { command, query } from './define.ts';
import { orders } from './orders.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const note = z.string().max(2000).nullable().default(null);
const level = z.union([z.literal(1), z.literal(2)]);
const decision = z.object({ by: z.string(), at: z.int(), note: z.string().nullable(), level, isApproved: z.boolean() });

export const approvals = {
  'quotes.approval': query(
    'Where the approval of a quote stands: what needs it and why, who was asked, what was decided of this very content',
    z.strictObject({ id }),
    z.object({
      /** free = nobody is asked · needed = not asked yet. The others are of the request that is open or was answered. */
      status: z.enum(['free', 'needed', 'pending', 'approved', 'refused', 'recalled']),
      /** SHA-256 of the commercial content that all of this is about. */
      hash: z.string(),
      /** Why it may not go out yet, in a few words; null where it may. */
      missing: z.string().nullable(),
      blockers: orders['orders.blockers'].output.shape.blockers,
      asked: z.object({ by: z.string(), at: z.int(), note: z.string().nullable() }).nullable(),
      decided: z.array(decision),
      /** Decided later than what stands, by somebody who had not heard of that: on record, and changes nothing (A4). */
      recorded: z.array(decision),
      /** Steps nobody has decided, with the people to whom limits give them. */
      open: z.array(z.object({ level, people: z.array(z.string()) })),
      /** Who approved what the quote said before it was changed. */
      voided: z.object({ by: z.string(), at: z.int() }).nullable(),
      /** Of whoever is at the desk. */
      may: z.object({ decide: z.boolean(), recall: z.boolean(), needsReason: z.boolean() }),
    }),
  ),
  'quotes.ask': command('Ask for the approval that a quote needs', z.strictObject({ id, note, screen }), changed),
  'quotes.approve': command(
    'Agree to the steps of a quote that are yours; the second needs a reason',
    z.strictObject({ id, note, screen }),
    changed,
  ),
  'quotes.decline': command('Decline a quote, and say why; it is a draft again', z.strictObject({ id, note, screen }), changed),
  'quotes.recall': command('Ask back what you asked for; it is a draft again', z.strictObject({ id, screen }), changed),
};
