/** Files out: a register or a public view as CSV or as an Excel workbook. */
import { z } from 'zod';
import { job } from './define.ts';
import { fieldName, filter, id, sort } from './shapes.ts';

const written = z.object({
  path: z.string(),
  rows: z.number().int(),
  /** Cells whose text is longer than a workbook holds: they have its beginning, and a note. */
  cut: z.number().int(),
});
/** A full path; a plain name goes into the folder `exports` beside the open file. */
const to = z.string().min(1).max(4096);
/** How dates and amounts look in a workbook, by BCP 47; null = the reader's own. Values are values either way. */
const locale = z.string().max(35).nullable().default(null);
/** A file that another program holds open: refuse (`io`, details.busy), or write a copy beside it. */
const whenBusy = z.enum(['refuse', 'copy']).default('refuse');

export const exports = {
  'export.status': job(
    'Write the open shipments of an account for its customer: where each is in words, when it is expected, who signed for it',
    z.strictObject({ account: id, to, locale, whenBusy }),
    written,
  ),
  'export.view': job(
    'Write a register or a public view to a file: CSV, or a workbook where its name ends in .xlsx',
    z.strictObject({
      view: z.string().max(60),
      to,
      filter: filter.nullable().default(null),
      /** A filter as it is typed, sort and all; rows must pass both. */
      where: z.string().max(2000).default(''),
      sort: sort.default([]),
      /** Columns of the public view, by name. */
      columns: z.array(z.string().max(60)).max(200).nullable().default(null),
      /**
       * Instead of columns: fields of the register, as a grid shows them; empty = all of them. The id of each row stands
       * behind them where nothing else is sure to name it, out of sight in a workbook, for the day the file comes back.
       */
      fields: z.array(fieldName).max(200).nullable().default(null),
      /** Chosen rows only, by id. */
      ids: z.array(z.uuid()).max(20_000).nullable().default(null),
      locale,
      /** The title in the document's properties and on its sheet's tab; null = the register's name. */
      title: z.string().max(200).nullable().default(null),
      whenBusy,
    }),
    written,
  ),
};
