/** Files in: what a file holds, what a recipe says, and the import itself (DECISIONS.md 7). */
import { z } from 'zod';
import { job, query } from './define.ts';
import { recipe } from './recipe.ts';

const path = z.string().min(1).max(4096);

const evidence = z.object({ answer: z.string(), sure: z.boolean(), because: z.array(z.string()) });
const fileReport = z.object({
  file: z.string(),
  table: z.string(),
  rows: z.number().int(),
  added: z.number().int(),
  updated: z.number().int(),
  same: z.number().int(),
  skipped: z.number().int(),
  deletedHere: z.number().int(),
  issues: z.number().int(),
  /** Cells changed in the source and by a person here: the person's stays. */
  kept: z.number().int(),
  lost: z.number().int(),
  issuesByCode: z.record(z.string(), z.number().int()),
  encoding: evidence,
  delimiter: evidence,
  headerRow: evidence,
  columns: z.array(
    z.object({
      header: z.string(),
      to: z.string().nullable(),
      type: z.string().nullable(),
      evidence: evidence.nullable(),
      cells: z.number().int(),
      issues: z.number().int(),
    }),
  ),
  /** What a person should look at, in words: rows left out, repeated keys, times of day left out. */
  notes: z.array(z.string()),
});

export const imports = {
  'import.inspect': query(
    'Look at a file: encoding, separator, header row, a type and date order for each column, with the evidence',
    z.strictObject({
      path,
      encoding: z.string().max(40).nullable().default(null),
      delimiter: z.string().max(4).nullable().default(null),
      headerRow: z.int().min(0).max(1000).nullable().default(null),
    }),
    z.object({
      file: z.string(),
      encoding: evidence,
      delimiter: evidence,
      headerRow: evidence,
      rows: z.number().int(),
      columns: z.array(
        z.object({
          header: z.string(),
          type: evidence,
          dateOrder: evidence.nullable(),
          filled: z.number().int(),
          sample: z.array(z.string()),
        }),
      ),
    }),
  ),
  'import.recipe': query(
    'Read a recipe file and check it; a fault is named by its place in the file',
    z.strictObject({ path }),
    z.object({ recipe }),
  ),
  'import.run': job(
    'Import a file or folder with a recipe: one batch, whole or absent, one undo step',
    z.strictObject({ path, recipe, dryRun: z.boolean().default(false) }),
    z.object({
      batch: z.string().nullable(),
      dryRun: z.boolean(),
      files: z.array(fileReport),
      /** Files that no entry of the recipe names, and patterns that no file answers to. */
      unmatched: z.array(z.string()),
      absent: z.array(z.string()),
      lost: z.number().int(),
      ms: z.number().int(),
    }),
  ),
};
