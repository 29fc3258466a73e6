/** Registers: windows over any number of rows, kept by the engine (DECISIONS.md 6). */
import { z } from 'zod';
import { none, query } from './define.ts';
import { fieldName, filter, gridRow, sort, tableName } from './shapes.ts';

const what = { table: tableName, filter: filter.nullable().default(null), sort: sort.default([]) };
const view = z.string().max(40);
const totals = z.object({
  /** Sums by field, then by currency ('' where the field has none): decimal strings in stored units. */
  sums: z.record(z.string(), z.record(z.string(), z.string())),
});

export const views = {
  'view.first': query(
    'The first rows of a register, before its list is built',
    z.strictObject({ ...what, limit: z.int().min(1).max(200).default(100) }),
    z.object({ rows: z.array(gridRow) }),
  ),
  'view.open': query(
    'Build the list of a register: its ids in order, its count',
    z.strictObject(what),
    z.object({ view, count: z.number().int() }),
  ),
  'view.rows': query(
    'Rows by position; a deleted one comes as {id, gone}',
    z.strictObject({ view, from: z.int().min(0), to: z.int().min(0) }),
    z.object({ rows: z.array(gridRow) }),
  ),
  'view.find': query(
    'Where a record stands in a view; null when it is not in it',
    z.strictObject({ view, id: z.uuid() }),
    z.object({ index: z.number().int().nullable() }),
  ),
  'view.edge': query(
    'Where the block of filled cells around a position of a column ends, or the next one begins; the end of the list where neither is',
    z.strictObject({ view, field: fieldName, from: z.int().min(0), back: z.boolean() }),
    z.object({ index: z.number().int() }),
  ),
  'view.figures': query(
    'Count, sum, least and most over selected cells: by field and, where it is money, by currency',
    z.strictObject({
      view,
      /** Rows from a position up to, not including, another; parts share no cell. */
      parts: z.array(z.strictObject({ from: z.int().min(0), to: z.int().min(0), fields: z.array(fieldName).max(200) })).max(200),
    }),
    z.object({
      /** Cells with something in them. */
      filled: z.number().int(),
      /** Columns of numbers only; decimal strings in stored units, currency '' where the field has none. */
      figures: z.array(
        z.object({
          field: z.string(),
          currency: z.string(),
          count: z.number().int(),
          sum: z.string(),
          min: z.string().nullable(),
          max: z.string().nullable(),
        }),
      ),
    }),
  ),
  'view.search': query(
    'Cells that say a text, in reading order, from a row on: some thousand rows a call, then where to go on',
    z.strictObject({
      view,
      words: z.strictObject({
        text: z.string().min(1).max(500),
        isCaseSensitive: z.boolean().default(false),
        isWholeCell: z.boolean().default(false),
      }),
      /** In what cells say, or in what their editors open with: only that can be replaced. */
      look: z.enum(['shown', 'typed']).default('shown'),
      /** In the order they stand. */
      fields: z.array(fieldName).min(1).max(300),
      /** How the asking window writes numbers and days, BCP 47. */
      locale: z.string().max(50),
      from: z.int().min(0),
      to: z.int().min(0).default(Number.MAX_SAFE_INTEGER),
    }),
    z.object({
      hits: z.array(
        z.object({
          row: z.number().int(),
          id: z.string(),
          field: z.string(),
          /** What the editor opens with, where that was looked at. */
          text: z.string().optional(),
          importing: z.literal(true).optional(),
        }),
      ),
      /** The row to go on from; null where nothing is left. */
      next: z.number().int().nullable(),
    }),
  ),
  'view.ids': query(
    'Ids by position, 50,000 at most',
    z.strictObject({ view, from: z.int().min(0), to: z.int().min(0) }),
    z.object({ ids: z.array(z.string()) }),
  ),
  'view.totals': query(
    'Count and sums over the whole view',
    z.strictObject({ view, fields: z.array(fieldName).max(20) }),
    totals,
  ),
  'view.values': query(
    'Different texts of a field that contain a text, to choose from; none where the field holds no text',
    z.strictObject({
      table: tableName,
      field: fieldName,
      text: z.string().max(200),
      limit: z.int().min(1).max(50).default(20),
    }),
    z.object({ values: z.array(z.string()) }),
  ),
  'view.saved': query('The views people saved, of all screens, by name', none, z.object({ rows: z.array(gridRow) })),
  'view.refresh': query(
    'Build the list again with the same filter and order',
    z.strictObject({ view }),
    z.object({ count: z.number().int() }),
  ),
  'view.close': query('Forget a view', z.strictObject({ view }), none),
  'search.everywhere': query(
    'Records of every kind by code or words, best first',
    z.strictObject({
      text: z.string().max(200),
      limit: z.int().min(1).max(50).default(12),
      tables: z.array(tableName).max(30).nullable().default(null),
    }),
    z.object({
      hits: z.array(
        z.object({
          table: z.string(),
          id: z.string(),
          code: z.string().nullable(),
          title: z.string(),
          note: z.string().nullable(),
        }),
      ),
    }),
  ),
};
