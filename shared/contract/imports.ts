/**
 * Files in, in four steps: look at a file, agree on what its columns are, check every row, apply. Nothing is written
 * before the last step, and that is one batch: whole or absent, one step of undo (DECISIONS.md 7).
 */
import { z } from 'zod';
import { command, job, none, query } from './define.ts';
import { recipe } from './recipe.ts';
import { id, level, tableName } from './shapes.ts';

const path = z.string().min(1).max(4096);
const count = z.number().int();

const evidence = z.object({ answer: z.string(), sure: z.boolean(), because: z.array(z.string()) });

/** How a file is to be read where the person knows better than the detection; null = find it. */
const reading = z.strictObject({
  path,
  /** Of a workbook: the sheet's name. */
  sheet: z.string().max(255).nullable().default(null),
  encoding: z.string().max(40).nullable().default(null),
  delimiter: z.string().max(4).nullable().default(null),
  /** Counted from 1; 0 = none. */
  headerRow: z.int().min(0).max(1000).nullable().default(null),
});

/** A cell mended in the check: it is read in place of the file's own text. Never written back into the file. */
const edit = z.strictObject({
  /** Index into the recipe's files. */
  entry: z.int().min(0).max(99),
  file: z.string().max(255),
  /** The row as the file counts it, from 1. */
  row: z.int().min(1),
  /** Index of the column in the file. */
  column: z.int().min(0).max(16_384),
  text: z.string().max(100_000),
});
export const MOST_EDITS = 20_000;

const imported = z.strictObject({ path, recipe, edits: z.array(edit).max(MOST_EDITS).default([]) });

const fileReport = z.object({
  file: z.string(),
  /** Of a workbook. */
  sheet: z.string().nullable(),
  table: z.string(),
  rows: count,
  added: count,
  updated: count,
  same: count,
  /** Totals, titles and notes of a report: set aside, and told in the notes. */
  furniture: count,
  /** Rows that say again what an earlier row of the file said. */
  skipped: count,
  /** Rows not written: their key stands twice in the file, or names several records. */
  refused: count,
  deletedHere: count,
  /** Cells that need attention before the record can be used. */
  issues: count,
  /** Cells to look at. */
  warnings: count,
  /** Cells changed in the source and by a person here: the person's stays. */
  kept: count,
  lost: count,
  issuesByCode: z.record(z.string(), count),
  /** The same in words, by the first cell of each code. */
  problems: z.array(z.object({ code: z.string(), level, cells: count, row: count, example: z.string() })),
  encoding: evidence,
  delimiter: evidence,
  headerRow: evidence,
  columns: z.array(
    z.object({
      header: z.string(),
      to: z.string().nullable(),
      type: z.string().nullable(),
      evidence: evidence.nullable(),
      cells: count,
      issues: count,
    }),
  ),
  /** What a person should look at, in words: rows left out, repeated keys, times of day left out. */
  notes: z.array(z.string()),
});

/**
 * What becomes of a row. `error`: it would be written, with cells that need attention, or it cannot be written as its key
 * is not its own. `out`: it is not written.
 */
export const rowResults = ['new', 'update', 'same', 'error', 'out'] as const;
const rowResult = z.enum(rowResults);
const results = z.record(rowResult, count);

const report = z.object({
  batch: z.string().nullable(),
  dryRun: z.boolean(),
  files: z.array(fileReport),
  /** Files that no entry of the recipe names, and patterns that no file answers to. */
  unmatched: z.array(z.string()),
  absent: z.array(z.string()),
  /** Rows by what became of them; in a check: what would. */
  results,
  lost: count,
  refused: count,
  /** Rows left out on request because of their errors, with those that name them; in a check: that would be. */
  left: count,
  ms: count,
});

const checkedCell = z.object({
  /** The source's text, or the person's edit of it. */
  text: z.string(),
  /** What is stored of it, as it is shown; null where that is what the text says to the person here, a link, or nothing. */
  value: z.string().nullable(),
  /** What stands here now, as it is shown: '' where nothing does; null where nothing changes. */
  old: z.string().nullable(),
  /** A problem's code and its reason in words. */
  code: z.string().nullable(),
  why: z.string().nullable(),
  /** Changed here and in the source: the person's value stays. */
  kept: z.boolean(),
  edited: z.boolean(),
});
const checkedRow = z.object({
  entry: count,
  file: z.string(),
  row: count,
  result: rowResult,
  /** Why it is not written, or what is wrong with the row as a whole. */
  problem: z.string().nullable(),
  /** The record it is, where that is known. */
  id: z.string().nullable(),
  /** One for each of the entry's columns. */
  cells: z.array(checkedCell),
});

/** `details` of the error `ambiguous`: every column that nobody can read for sure, all at once. */
export const ambiguousColumn = z.object({
  /** Index into the recipe's files. */
  entry: count,
  file: z.string(),
  at: count,
  header: z.string(),
  /** The key of the recipe's column that settles it. */
  asks: z.enum(['dateOrder', 'decimal', 'type']),
  because: z.array(z.string()),
  /** What that key may be, and how the first cell is read then. */
  candidates: z.array(z.object({ value: z.string(), label: z.string(), reads: z.string() })),
  /** Cells that may be read in several ways, or that contradict each other. */
  cells: z.array(z.object({ row: count, text: z.string() })),
});
export type AmbiguousColumn = z.output<typeof ambiguousColumn>;
export type AmbiguousDetails = { readonly columns: readonly AmbiguousColumn[] };

export const imports = {
  'import.stage': command(
    'Hand over a file in parts, where the caller has its bytes and no path: dropped on a page, pasted',
    z.strictObject({
      /** Null with the first part; then what that part was answered with. */
      id: id.nullable().default(null),
      name: z.string().min(1).max(255),
      /** Where the part begins, in bytes. Parts come in order. */
      at: z.int().min(0),
      base64: z.string().max(2_000_000),
      last: z.boolean(),
    }),
    /** The path to import from, once the last part is there. It is gone with the engine. */
    z.object({ id, path: z.string().nullable() }),
  ),
  'import.inspect': query(
    'Look at a file: sheets, encoding, separator, header row, a type and date order for each column, with the evidence',
    reading,
    z.object({
      file: z.string(),
      kind: z.enum(['text', 'workbook']),
      /** Of a workbook, in its order. */
      sheets: z.array(z.object({ name: z.string(), rows: count, hidden: z.boolean() })),
      sheet: z.string().nullable(),
      encoding: evidence,
      delimiter: evidence,
      headerRow: evidence,
      /** The first rows as they stand, furniture too, for choosing the header row. */
      top: z.array(z.array(z.string())),
      rows: count,
      columns: z.array(
        z.object({
          header: z.string(),
          type: evidence,
          dateOrder: evidence.nullable(),
          /** Of a column of numbers. */
          decimal: evidence.nullable(),
          filled: count,
          sample: z.array(z.string()),
        }),
      ),
    }),
  ),
  'import.propose': query(
    'Propose a recipe for a file: a saved one that knows its headers, else columns met with fields by name and by their values',
    z.strictObject({
      ...reading.shape,
      /** What the rows are; null = the table that its headers fit best. */
      table: tableName.nullable().default(null),
    }),
    z.object({
      recipe,
      /** Which saved recipe it is; null where it was drafted. */
      saved: id.nullable(),
      table: evidence,
      columns: z.array(
        z.object({
          header: z.string(),
          /** Why it goes where the recipe says; `none`: kept as a custom field. */
          how: z.enum(['recipe', 'name', 'alias', 'near', 'none']),
          because: z.string(),
          /** Other fields it may be, likeliest first. */
          others: z.array(z.string()),
        }),
      ),
      /** What a person should know of how the file was read: characters that were lost, numbers that were cut. */
      notes: z.array(z.string()),
      /** Saved recipes, those that know most of the headers first. */
      recipes: z.array(z.object({ id, name: z.string(), known: count, of: count })),
    }),
  ),
  'import.recipe': query(
    'Read a recipe file and check it; a fault is named by its place in the file',
    z.strictObject({ path }),
    z.object({ recipe }),
  ),
  'import.recipes': query('The saved recipes', none, z.object({ recipes: z.array(z.object({ id, name: z.string(), recipe })) })),
  'import.keep': command(
    'Save a recipe for the next file of its kind; with an id, in place of that one; without a recipe, remove it',
    z.strictObject({ id: id.nullable().default(null), recipe: recipe.nullable() }),
    z.object({ id: id.nullable() }),
  ),
  'import.check': job(
    'Say of every row what importing it would do. Nothing is written; the answer stays readable until the next check',
    imported,
    z.object({
      check: id,
      report,
      results,
      /** The same, were the rows with errors left out, and with them those that name them. */
      leaving: results,
      /** The columns of each entry of the recipe that has a file, in the file's order. */
      entries: z.array(
        z.object({
          entry: count,
          file: z.string(),
          table: z.string(),
          /** What stands between two cells of the file; null in a workbook. */
          mark: z.string().nullable(),
          columns: z.array(z.object({ at: count, header: z.string(), to: z.string(), label: z.string(), kind: z.string() })),
        }),
      ),
      /** Rows that can be read with `import.rows`; those in need of attention are always among them. */
      readable: count,
    }),
  ),
  'import.rows': command(
    'Rows of a check, in the order of the files',
    z.strictObject({
      check: id,
      results: z.array(rowResult).min(1).max(rowResults.length).nullable().default(null),
      from: z.int().min(0),
      count: z.int().min(1).max(1000),
    }),
    z.object({ total: count, rows: z.array(checkedRow) }),
  ),
  'import.raw': command(
    'A row of a check as its file has it: all of its columns, nothing mended',
    z.strictObject({ check: id, entry: count, file: z.string().max(255), row: count }),
    z.object({ cells: z.array(z.string()) }),
  ),
  'import.rest': job(
    'Write the rows of a check that have errors, and those that name them, to a file of the same columns with a reason column',
    z.strictObject({ check: id, to: path }),
    /** The first file; rows that came from several files go to several. */
    z.object({ path: z.string(), rows: count, files: z.array(z.object({ path: z.string(), rows: count })) }),
  ),
  'import.run': job(
    'Import a file or folder with a recipe: one batch, whole or absent, one undo step',
    z.strictObject({
      ...imported.shape,
      dryRun: z.boolean().default(false),
      /** Rows with errors are left out, not written with marked cells. */
      leaveErrors: z.boolean().default(false),
    }),
    report,
  ),
};
