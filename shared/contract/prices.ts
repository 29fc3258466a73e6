/** How the price of a line came about, and pricing a draft again. */
import { z } from 'zod';
import type { Trace } from '../domain/pricing/trace.ts';
import { command, query } from './define.ts';
import { documents, documentTables } from '../model/documents.ts';
import { changed, id } from './shapes.ts';

const level = z.enum([
  'quote',
  'contract_site',
  'contract_account',
  'contract_group',
  'account_list',
  'tier_list',
  'campaign_list',
  'general_list',
  'product',
]);
const whole = z.int().nullable();
const part = z.object({
  rule: z.string(),
  version: z.string(),
  list: z.string(),
  price: z.int(),
  factor: z.int(),
  amount: z.string(),
  basis: z.enum(['line', 'group', 'period']),
  beside: z.string(),
});
const named = { rule: z.string(), version: z.string() };
const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('base'), level, parts: z.array(part), factor: z.int(), after: z.int() }),
  z.object({ kind: z.literal('agreed'), from: z.enum(['quote', 'return']), ...named, after: z.int() }),
  z.object({
    kind: z.literal('promotion'),
    ...named,
    code: z.string(),
    percent: z.int(),
    before: z.int(),
    after: z.int(),
  }),
]);

/** The trace of domain/pricing, as it travels. */
const trace: z.ZodType<Trace> = z.object({
  v: z.literal(1),
  outcome: z.enum(['priced', 'unpriced', 'conflict']),
  price: whole,
  level: level.nullable(),
  looks: z.array(
    z.object({
      level,
      note: z.enum(['hit', 'partly', 'quantity', 'later', 'none']),
      rule: z.string().nullable(),
      version: z.string().nullable(),
      list: z.string().nullable(),
      price: whole,
      min: whole,
    }),
  ),
  steps: z.array(step),
  passed: z.array(z.object({ rule: z.string(), code: z.string(), why: z.enum(['contract', 'level', 'stack']) })),
  next: z.object({ ...named, min: z.int(), price: z.int() }).nullable(),
  conflict: z.array(z.string()),
  excess: z.int(),
  from: z.string().nullable(),
  to: z.string().nullable(),
});

const lines = documentTables.map((name) => documents[name].lines);
const line = { table: z.enum(lines), line: id };
const document = { table: z.enum(documentTables), id };
const screen = z.string().max(100).nullable().default(null);

const repriced = z.object({
  line: z.string(),
  position: z.int().nullable(),
  sku: z.string().nullable(),
  description: z.string().nullable(),
  before: whole,
  after: whole,
  /** What the prices say now, also of a line whose price was set by hand. */
  says: whole,
  change: z.enum(['same', 'up', 'down', 'new', 'kept', 'unpriced', 'conflict']),
});

export const prices = {
  'prices.trace': query(
    'How the price of a line of an order or quote comes about: where it was looked for, every step, the next break, the margin',
    z.strictObject(line),
    z.object({
      /** Null: the line has no product, so there is nothing to look for. */
      trace: trace.nullable(),
      /** sha256 of the trace's text: the same on every device. */
      hash: z.string().nullable(),
      position: whole,
      /** What stands on the line, and who it is by. */
      price: whole,
      by: z.enum(['engine', 'hand']).nullable(),
      /** Why a person set it, as they said. */
      why: z.string().nullable(),
      /** What the prices say, where a person set another price. */
      says: whole,
      asked: z.object({ qty: whole, uom: z.string(), currency: z.string(), date: z.string() }).nullable(),
      /** Codes or names of the lists in the trace, by id. */
      lists: z.record(z.string(), z.string()),
      /** Fractions in millionths, of what stands on the line after its discount; unit cost and price in millionths. */
      margin: z
        .object({
          percent: whole,
          cost: whole,
          costOn: z.string().nullable(),
          isStale: z.boolean(),
          floor: z.int(),
          /** The least price before the line's discount that keeps the floor; null where no price would. */
          least: whole,
        })
        .nullable(),
    }),
  ),
  'prices.repricing': query(
    'What pricing an order or a quote again would change: each line before and after',
    z.strictObject(document),
    z.object({ rows: z.array(repriced) }),
  ),
  'prices.reprice': command(
    'Price the lines of a draft again: all whose price nobody set, or those named, also where somebody did',
    z.strictObject({ ...document, lines: z.array(id).max(20_000).nullable().default(null), screen }),
    changed,
  ),
  'prices.reviews': query(
    'Lines of a confirmed order whose prices came to say another since: what was agreed on, and what they say now (P9)',
    z.strictObject({ order: id }),
    z.object({
      currency: z.string().nullable(),
      /** Millionths. */
      rows: z.array(z.object({ line: z.string(), product: z.string(), price: z.int(), says: z.int() })),
    }),
  ),
  'prices.keep': command(
    'Keep what was agreed on, whatever the prices say now: all lines of a confirmed order that are up for review',
    z.strictObject({ order: id, screen }),
    changed,
  ),
};
