/** Files in and out, sample data, checks, and free queries for administrators. */
import { z } from 'zod';
import { apart, job, none, query } from './define.ts';
import { fieldName, filter, sort, tableName } from './shapes.ts';
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

export const files = {
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
  'sample.make': job(
    'Fill this file with made-up data, the same for the same seed',
    z.strictObject({ size: z.enum(['s', 'm', 'l']), seed: z.int().min(0).max(2_147_483_647).default(1) }),
    z.object({ rows: z.record(z.string(), z.number().int()), ms: z.number().int() }),
  ),
  'check.run': query(
    'Check the file: integrity, the log, derived values, issues; with hashes of the live rows on request',
    z.strictObject({ hash: z.boolean().default(false), full: z.boolean().default(false) }),
    z.object({
      ok: z.boolean(),
      tables: z.record(z.string(), z.object({ rows: z.number().int(), hash: z.string().nullable() })),
      problems: z.array(z.string()),
    }),
  ),
  'query.run': apart(
    'One reading statement over the v_* views',
    z.strictObject({ sql: z.string().min(1).max(100_000), limit: z.int().min(1).max(1_000_000).default(100_000) }),
    z.object({
      columns: z.array(z.string()),
      rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
      cut: z.boolean(),
    }),
    'cli',
  ),
  'query.schema': query(
    'The public views and their columns',
    none,
    z.object({
      views: z.array(
        z.object({ view: z.string(), about: z.string(), columns: z.array(z.object({ name: z.string(), about: z.string() })) }),
      ),
    }),
  ),
  'fields.list': query(
    'The custom fields of a table',
    z.strictObject({ table: tableName }),
    z.object({
      fields: z.array(
        z.object({
          key: z.string(),
          kind: z.string(),
          label: z.string(),
          /** Of a choice field, else null. */
          choices: z.array(z.object({ key: z.string(), label: z.string() })).nullable(),
        }),
      ),
    }),
  ),
};
