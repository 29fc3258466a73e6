/** Files out: a register or a public view as a file. */
import { z } from 'zod';
import { job } from './define.ts';
import { fieldName, filter, sort } from './shapes.ts';

const path = z.string().min(1).max(4096);

export const exports = {
  'export.view': job(
    'Write a register or a public view to a CSV file',
    z.strictObject({
      view: z.string().max(60),
      /** A full path; a plain name goes into the folder `exports` beside the open file. */
      to: path,
      filter: filter.nullable().default(null),
      sort: sort.default([]),
      /** Columns of the public view, by name. */
      columns: z.array(z.string().max(60)).max(200).nullable().default(null),
      /** Instead of columns: fields of the register, as a grid shows them. */
      fields: z.array(fieldName).max(200).nullable().default(null),
    }),
    z.object({
      path: z.string(),
      rows: z.number().int(),
      /** Labels of the fields that the public view has no column for. */
      without: z.array(z.string()),
    }),
  ),
};
