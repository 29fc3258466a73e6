/** Sample data, checks, and free queries for administrators. */
import { z } from 'zod';
import { apart, job, none, query } from './define.ts';
import { tableName } from './shapes.ts';

export const files = {
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
