/** Import recipe, version 1 (DECISIONS.md 7): how the files of one source become rows. Unknown keys are refused. */
import { z } from 'zod';
import { fieldName, tableName } from './shapes.ts';

const lookup = z.strictObject({ table: tableName, by: fieldName, system: z.string().max(100).optional() });
/** A field of the table, or one element of a list field: `phones[fax]`. */
const target = z.string().regex(/^[a-z][a-z0-9_]{0,59}(\[[^\]\n]{1,40}\])?$/);

const column = z.strictObject({
  field: target.optional(),
  /** Keep the column as a custom field of this label. */
  custom: z.string().min(1).max(100).optional(),
  ignore: z.literal(true).optional(),
  type: z.enum(['text', 'integer', 'decimal', 'money', 'percent', 'date', 'instant', 'flag']).optional(),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']).optional(),
  decimal: z.enum(['.', ',']).optional(),
  /** Source text to value: `{"1": "discontinued"}`. */
  map: z.record(z.string(), z.string()).optional(),
  lookup: lookup.optional(),
});

export const recipe = z.strictObject({
  v: z.literal(1),
  name: z.string().min(1).max(200),
  match: z.strictObject({ files: z.array(z.string()).optional(), headers: z.array(z.string()).optional() }).optional(),
  files: z
    .array(
      z.strictObject({
        /** File name, `*` and `?` allowed. A file may be listed more than once, for several tables. */
        pattern: z.string().min(1).max(200),
        sheet: z.string().optional(),
        encoding: z.string().max(40).optional(),
        delimiter: z.string().min(1).max(4).optional(),
        /** The row the headers stand in, counted from 1; 0 = none. */
        headerRow: z.int().min(0).max(1000).optional(),
        /** Rows to leave out below the header. */
        skip: z.int().min(0).max(100_000).optional(),
        /** Only rows that have one of these texts in a column: one language of several, one role of a partner. */
        where: z.record(z.string().min(1).max(500), z.array(z.string().max(1000)).min(1).max(100)).optional(),
        table: tableName,
        /** Fields or headers that together name a row of the source. Empty: the row's own text is its key. */
        key: z.array(z.string().min(1).max(200)).max(5).default([]),
        missing: z.enum(['ignore', 'inactive']).default('ignore'),
        columns: z.record(z.string().min(1).max(500), column),
        set: z.record(fieldName, z.union([z.string(), z.int(), z.null()])).optional(),
        /**
         * The file came out of a workbench: a key that is an id is the record's own, records are found by what names
         * them here, and every cell is compared with what stands, a blank one too.
         */
        own: z.literal(true).optional(),
        /** Namespace of the keys, e.g. `northwind.shippers`. */
        system: z.string().min(1).max(100),
      }),
    )
    .min(1)
    .max(100),
  /** Tables in the order they are written. Default: the model's order. */
  order: z.array(tableName).optional(),
  defaults: z
    .strictObject({ currency: z.string().length(3).optional(), zone: z.string().optional(), locale: z.string().optional() })
    .optional(),
});
export type Recipe = z.output<typeof recipe>;
