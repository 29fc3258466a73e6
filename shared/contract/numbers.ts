/** How documents are numbered on this device, and the numbers it gave (N1, N2). */
import { z } from 'zod';
import { command, none, query } from './define.ts';

const format = z.string().min(1).max(60);
const start = z.int().min(1).max(999_999_999);

const series = z.object({
  table: z.string(),
  /** `Quotes`. */
  label: z.string(),
  /** What {letter} stands for. */
  letter: z.string(),
  format: z.string(),
  start: z.number().int(),
  /** The number the next document would get today, unless another takes it first. */
  next: z.string(),
});

const given = z.object({
  number: z.string(),
  /** Null = on no document any more. */
  id: z.string().nullable(),
  /** In words; null = the document has no state. */
  status: z.string().nullable(),
  is_void: z.boolean(),
});

export const numbers = {
  'numbers.list': query('How each kind of document is numbered on this device', none, z.object({ series: z.array(series) })),
  'numbers.set': command(
    'Number a kind of document one’s own way from now on (N2); what was given stays as it is',
    z.strictObject({ table: z.string().max(60), format, start }),
    none,
  ),
  'numbers.given': query(
    'The numbers this device gave with the prefix of today, the latest first; a void one stays listed',
    z.strictObject({ table: z.string().max(60), limit: z.int().min(1).max(500).default(200) }),
    z.object({ prefix: z.string(), given: z.array(given), /** Earlier ones that are left out. */ more: z.number().int() }),
  ),
};
