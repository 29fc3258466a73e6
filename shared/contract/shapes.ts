/** The shapes several methods share. Everything on the wire is a JSON value; nothing is unbounded. */
import { z } from 'zod';
import type { Filter } from '../domain/filter.ts';
import { GONE } from '../domain/gone.ts';

export const tableName = z.string().regex(/^[a-z][a-z_]{0,39}$/);
export const fieldName = z.string().regex(/^[a-z][a-z0-9_]{0,59}$/);
export const id = z.uuid();
/** What a notice is known by: its clock, the run of it, and the step. */
export const noticeKey = z.string().min(1).max(200);

/** A stored value: text or a whole number that a double holds exactly. */
export const scalar = z.union([z.string().max(1_000_000), z.int(), z.null()]);
const cellInput = z.union([
  scalar,
  z.strictObject({ '!': z.tuple([z.string().max(1_000_000), z.string().max(40)]).readonly() }),
  z.strictObject({ '?': z.string().max(1_000_000) }),
]);

/** One change of one row. A row is made by `insert` with an id made by the caller (UUIDv7). */
export const patch = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('insert'), table: tableName, id, values: z.record(fieldName, cellInput) }),
  z.strictObject({ kind: z.literal('update'), table: tableName, id, values: z.record(fieldName, cellInput) }),
  z.strictObject({ kind: z.literal('delete'), table: tableName, id }),
  z.strictObject({ kind: z.literal('undelete'), table: tableName, id }),
]);
export type Patch = z.output<typeof patch>;

export const level = z.enum(['error', 'warning']);

/** A cell that cannot be used as it stands. `raw` is the text as typed; null where the value parsed but breaks a rule. */
export const cellIssue = z.object({
  table: z.string(),
  row: z.string(),
  field: z.string(),
  raw: z.string().nullable(),
  code: z.string(),
  level,
  origin: z.enum(['parse', 'rule']),
});
export type CellIssue = z.output<typeof cellIssue>;

/** How a link is shown: the code and title of the row it points at; `gone` when that row is not here or deleted. */
export const linkLabel = z.object({
  code: z.string().nullable(),
  title: z.string().nullable(),
  gone: z.literal(true).optional(),
});

/**
 * One row as grids and forms get it: stored and computed values by field, labels of links, issues by field.
 * `net_micros` and every sum are decimal strings; money and decimals are whole numbers in stored units.
 */
export const gridRow = z.object({
  id: z.string(),
  v: z.record(z.string(), scalar),
  l: z.record(z.string(), linkLabel).optional(),
  i: z.record(z.string(), z.object({ raw: z.string().nullable(), code: z.string(), level })).optional(),
  /** How many errors stand in the rows it owns, where there are any: in the lines of an order. */
  below: z.number().int().optional(),
  /** Chips derived from the row: `late`, `shipped`, `part_shipped`, … in order of urgency. */
  chips: z.array(z.string()).optional(),
  importing: z.literal(true).optional(),
  /** Why there is nothing of it here. */
  gone: z.enum(GONE).optional(),
});
export type GridRow = z.output<typeof gridRow>;

export const sort = z.array(z.strictObject({ field: fieldName, dir: z.enum(['asc', 'desc']) })).max(3);

const filterValue = z.union([z.string().max(2000), z.int()]);
/** The filter AST of domain/filter, as untrusted input: at most 8 levels deep is checked by the compiler. */
export const filter: z.ZodType<Filter> = z.lazy(() =>
  z.union([
    z.strictObject({ all: z.array(filter).max(50) }),
    z.strictObject({ any: z.array(filter).max(50) }),
    z.strictObject({ not: filter }),
    z.strictObject({ field: fieldName, is: z.enum(['eq', 'lt', 'le', 'gt', 'ge', 'has', 'starts']), value: filterValue }),
    z.strictObject({ field: fieldName, in: z.array(filterValue).max(1000) }),
    z.strictObject({ field: fieldName, from: filterValue.nullable(), to: filterValue.nullable() }),
    z.strictObject({ field: fieldName, empty: z.boolean() }),
    z.strictObject({ chip: z.string().max(40) }),
    z.strictObject({ words: z.string().max(200) }),
    z.strictObject({ on: z.iso.date() }),
    z.strictObject({ flag: z.enum(['invalid', 'draft', 'late', 'open', 'mine', 'importing']) }),
  ]),
);

/** What a person did, for history and undo. */
export const source = z.enum(['edit', 'paste', 'fill', 'import', 'rule', 'undo', 'merge', 'restore']);

/** What was left out of a change because it may not be made: a cell, or a whole row where no field is named. */
const refusal = z.object({ row: z.string(), field: z.string().nullable(), why: z.string() });
export type Refusal = z.output<typeof refusal>;

/**
 * The outcome of a change: the rows touched, the cell issues left on them, and the undo step it became. `refused` only
 * where the caller asked to leave out what may not be made.
 */
export const changed = z.object({
  rows: z.array(z.object({ table: z.string(), id: z.string() })),
  issues: z.array(cellIssue),
  step: z.number().int().nullable(),
  refused: z.array(refusal).optional(),
});
export type Changed = z.output<typeof changed>;
