/** How documents are numbered on this device, and the numbers it gave (N1, N2). */
import { z } from 'zod';
import { command, none, query } from './define.ts';
import { id, tableName } from './shapes.ts';

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
  /** Whether one device may be named that gives these numbers for all, so that they have no gaps (N1). */
  is_legal: z.boolean(),
  /** The device that gives them; null where each gives its own. */
  issuer: z
    .object({
      id: z.string(),
      name: z.string(),
      is_here: z.boolean(),
      /** Why nobody gives them as it stands, in words; null where its device is one of the team. */
      fault: z.string().nullable(),
      /** Who gave them before, where not all of it may have arrived here: when that device was last heard of, UTC milliseconds. */
      before: z.object({ name: z.string(), at: z.number().nullable() }).nullable(),
    })
    .nullable(),
});

const device = z.object({ id: z.string(), name: z.string(), is_here: z.boolean() });

const given = z.object({
  number: z.string(),
  /** Null = on no document any more. */
  id: z.string().nullable(),
  /** In words; null = the document has no state. */
  status: z.string().nullable(),
  is_void: z.boolean(),
});

export const numbers = {
  'numbers.list': query(
    'How each kind of document is numbered on this device',
    none,
    z.object({ series: z.array(series), /** Who may be named: this device first. */ devices: z.array(device) }),
  ),
  'numbers.set': command(
    'Number a kind of document one’s own way from now on (N2); what was given stays as it is',
    z.strictObject({
      table: z.string().max(60),
      format,
      start,
      /** The device that gives the legal numbers of a company (N1); null: each gives its own; left out: as it is. */
      issuer: id.nullable().optional(),
    }),
    none,
  ),
  'numbers.waiting': query(
    'Documents that wait for their legal number, the longest first',
    none,
    z.object({
      /** Whether this device gives the numbers of some of them. */
      is_here: z.boolean(),
      waiting: z.array(
        z.object({
          table: z.string(),
          id: z.string(),
          number: z.string().nullable(),
          account: z.string().nullable(),
          ready_on: z.string(),
          /** Why it does not get its number on this device, in words; null where it does. */
          refusal: z.string().nullable(),
        }),
      ),
    }),
  ),
  'numbers.post': command(
    'Give legal numbers to documents that wait for them, in the order named; null: to all that wait here, the longest first',
    z.strictObject({
      documents: z
        .array(z.strictObject({ table: tableName, id }))
        .min(1)
        .max(1000)
        .nullable()
        .default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    z.object({
      posted: z.array(z.object({ table: z.string(), id: z.string(), number: z.string() })),
      /** What was not posted, and why. */
      refused: z.array(z.object({ table: z.string(), id: z.string(), name: z.string(), why: z.string() })),
    }),
  ),
  'numbers.given': query(
    'The numbers given with the prefix of today, on this device or of a legal series by all, the latest first; a void one stays listed',
    z.strictObject({ table: z.string().max(60), limit: z.int().min(1).max(500).default(200) }),
    z.object({ prefix: z.string(), given: z.array(given), /** Earlier ones that are left out. */ more: z.number().int() }),
  ),
};
