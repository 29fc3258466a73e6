/** The brief of an account before a visit: on the screen, and as a paper. */
import { z } from 'zod';
import { briefParts } from '../domain/brief.ts';
import { documentInput, documentOutput } from './documents.ts';
import { job, query } from './define.ts';
import { id } from './shapes.ts';

const of = z.union([z.strictObject({ id }), z.strictObject({ code: z.string().min(1).max(200) })]);

/** The first day that is looked at; null = the day of the last visit, else ninety days back. */
const since = z.iso.date().nullable().default(null);

const row = z.object({
  /** The record it is about: where opening the row goes. */
  record: z.object({ table: z.string(), id: z.string() }),
  what: z.string(),
  note: z.string().nullable(),
  /** ISO day. */
  on: z.string().nullable(),
  /** Minor units. */
  money: z.number().nullable(),
  /** Millionths of the currency. `before`: what it was in the same list. */
  price: z.object({ now: z.number(), before: z.number().nullable() }).nullable(),
  currency: z.string().nullable(),
  tone: z.enum(['danger', 'warning', 'neutral']),
});

export const briefs = {
  'accounts.brief': query(
    'What to know of an account before a visit: what happened since the last one, what is late, open, ending and worth a word',
    z.strictObject({ of, since }),
    z.object({
      account: z.object({ id: z.string(), code: z.string().nullable(), name: z.string(), city: z.string().nullable() }),
      since: z.string(),
      /** The visit it goes back to; null where the day was given or nobody was ever there. */
      visit: z.object({ id: z.string(), summary: z.string() }).nullable(),
      today: z.string(),
      parts: z.array(
        z.object({
          key: z.enum(briefParts.map(({ key }) => key)),
          /** Of all, where more than are listed. */
          total: z.int(),
          /** Why it could not be read; the other parts stand. */
          failed: z.string().nullable(),
          rows: z.array(row),
        }),
      ),
    }),
  ),
  'accounts.brief_document': job('Make the brief of an account into a PDF', documentInput.extend({ of, since }), documentOutput),
} as const;
