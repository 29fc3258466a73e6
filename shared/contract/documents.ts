/** Papers out: a record as a PDF for the other side of the table. */
import { z } from 'zod';
import { job } from './define.ts';
import { id } from './shapes.ts';

export const documentInput = z.strictObject({
  of: z.union([
    /** `paper`: which of those that were given out of it, by the SHA-256 of what it says. */
    z.strictObject({
      id,
      paper: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
    z.strictObject({ number: z.string().min(1).max(200) }),
  ]),
  /** A full path that ends in .pdf; a plain name goes into the folder `exports` beside the open file. */
  to: z.string().min(1).max(4096),
  /** How days and figures look, by BCP 47; null = as on this computer. */
  locale: z.string().max(35).nullable().default(null),
  /** Null = as the template has it, else as is usual where the locale is spoken. */
  page: z.enum(['a4', 'letter']).nullable().default(null),
  /** A file that another program holds open: refuse (`io`, details.busy), or write a copy beside it. */
  whenBusy: z.enum(['refuse', 'copy']).default('refuse'),
});

export const documentOutput = z.object({
  path: z.string(),
  pages: z.number().int(),
  /** Characters that the font has no shape for, each once: they stand as `�` on the paper. */
  unshown: z.string(),
  /** UTC ms, where it is the very paper that was sent then. */
  sent: z.int().nullable(),
  /** Where it is printed as it was issued: when that was, in UTC ms, and whether it would say something else today. */
  issued: z.object({ at: z.int(), differs: z.boolean() }).nullable(),
});

export const documents = {
  'orders.document': job('Make an order into a PDF; refused with every cell that has an error', documentInput, documentOutput),
  'quotes.document': job(
    'Make a quote into a PDF, or open the one that was sent; refused with every cell that has an error',
    documentInput,
    documentOutput,
  ),
  'invoices.document': job(
    'Make an invoice into a PDF: as it was issued, marked as a draft until then',
    documentInput,
    documentOutput,
  ),
  'credit_notes.document': job('Make a credit note into a PDF, as it was issued', documentInput, documentOutput),
};
