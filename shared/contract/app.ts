/** The workbench itself: what is open, who works in it, its settings. */
import { z } from 'zod';
import { command, job, none, query } from './define.ts';
import { noticeKey } from './shapes.ts';

const person = z.object({ id: z.string(), name: z.string(), email: z.string().nullable() });

export const company = z.strictObject({
  zone: z.string().max(60),
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** 1 = Monday … 7 = Sunday. */
  weekStart: z.int().min(1).max(7),
  fiscalMonth: z.int().min(1).max(12),
  name: z.string().max(200),
});

const creditPolicy = z.strictObject({
  /** Of accounts that have no limit, nor any above them: minor units of the base currency; null = none. */
  limit: z.int().nonnegative().nullable(),
  /** Fraction of the limit, in millionths, from which on it warns. */
  warnAt: z.int().min(0).max(1_000_000),
  /** Days an invoice may be overdue before orders are held. */
  graceDays: z.int().min(0).max(3650),
});

/** Rates are fractions in millionths, by code. */
const tax = z.strictObject({
  scope: z.enum(['line', 'document']),
  isIncluded: z.boolean(),
  mode: z.enum(['half_up', 'half_even', 'up', 'down']),
  freight: z.string().min(1).max(20).nullable(),
  rates: z.record(z.string().min(1).max(20), z.int().min(0).max(10_000_000)),
});

/** A charge is a product; mandatory ones stand on every quote of the mode. */
const charge = z.strictObject({ code: z.string().min(1).max(100), mandatory: z.boolean() });
const mode = z.string().min(1).max(40);
const charges = z.strictObject({
  templates: z.array(z.strictObject({ mode, charges: z.array(charge).min(1).max(200) })).max(100),
});
/** With the product of each; null = none has that code. */
const namedCharges = z.object({
  templates: z.array(z.object({ mode, charges: z.array(charge.extend({ product: z.string().nullable() })) })),
});

export const app = {
  'app.info': query(
    'What is open and who works in it',
    none,
    z.object({
      version: z.string(),
      schema: z.number().int(),
      path: z.string(),
      file: z.string(),
      sample: z.boolean(),
      device: z.object({ id: z.string(), code: z.string() }),
      person: person.nullable(),
      company: company.nullable() /** False while currency and zone were only assumed (a file made by the command line). */,
      confirmed: z.boolean(),
      today: z.string(),
      locale: z.string(),
      counts: z.record(z.string(), z.number().int()),
      /** What the last start had to mend, in words: an import taken back, a crash. */
      notices: z.array(z.string()),
    }),
  ),
  'app.setup': command(
    'First run: the company and the person',
    z.strictObject({
      company,
      person: z.strictObject({
        name: z.string().min(1).max(200),
        email: z.string().max(200).nullable(),
        claim: z.uuid().nullable(),
      }),
    }),
    none,
  ),
  'app.people': query('Who could be sitting here', none, z.object({ people: z.array(person) })),
  'app.company': command('Change the company settings', z.strictObject({ company }), none),
  'app.credit': query('From when on the workbench warns and holds for credit, and the limit of who has none', none, creditPolicy),
  'app.setCredit': command('Change when the workbench warns and holds for credit (K2)', creditPolicy, none),
  'app.tax': query('The tax table and how it is worked', none, z.object({ tax: tax.extend({ version: z.string() }).nullable() })),
  'app.setTax': command(
    'Set the tax table and how it is worked (M3): a new version, for what is agreed on from now on',
    z.strictObject({ tax }),
    z.object({ version: z.string() }),
  ),
  'app.charges': query('The charges that freight is quoted by, for each mode of transport', none, namedCharges),
  'app.setCharges': command('Set the charges that freight is quoted by (Q4)', charges, none),
  'app.flush': command('Make everything written so far durable and sealed', none, z.object({ at: z.number().int() })),
  /** Kept on this device only: theme, density, column widths, open tabs, drafts of text. */
  'local.get': query(
    'Device settings by prefix',
    z.strictObject({ prefix: z.string().max(100) }),
    z.object({ values: z.record(z.string(), z.unknown()) }),
  ),
  'local.set': command('Keep device settings', z.strictObject({ values: z.record(z.string().max(100), z.json()) }), none),
  'local.told': command(
    'Note that notices were given on this device: they are given once',
    z.strictObject({ keys: z.array(noticeKey).max(20) }),
    none,
  ),
  'backup.make': job(
    "Copy the file by the store's own online backup",
    z.strictObject({ to: z.string().max(4096).nullable().default(null) }),
    z.object({ path: z.string() }),
  ),
};
