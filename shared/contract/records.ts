/** Reading and changing records, their history, and undo. */
import { z } from 'zod';
import { command, none, query } from './define.ts';
import { cellIssue, changed, fieldName, gridRow, id, level, linkLabel, patch, scalar, source, tableName } from './shapes.ts';

const step = z.object({
  step: z.number().int(),
  label: z.string(),
  at: z.number().int(),
  window: z.string(),
  screen: z.string().nullable(),
  /** The batch it is the step of: an import. */
  batch: z.string().nullable(),
});
const undone = z.object({
  /** Null when there was nothing to undo. */
  step: step.nullable(),
  /** In the order the step changed them, a thousand at most; no fields where a row came or went. */
  rows: z.array(z.object({ table: z.string(), id: z.string(), fields: z.array(z.string()) })),
  /** Fields left alone: somebody changed them since, or they are fixed, as what went to a customer is. */
  refused: z.array(
    z.object({ table: z.string(), id: z.string(), field: z.string(), now: scalar, why: z.enum(['changed', 'fixed']) }),
  ),
  /** True when the step was made in another window. */
  elsewhere: z.boolean(),
});

export const records = {
  'records.get': query(
    'One record as a grid row, with its issues; deleted ones too',
    z.strictObject({ table: tableName, id }),
    gridRow.nullable(),
  ),
  'records.children': query(
    'The rows a record owns, in order: the lines of an order, the sites of an account',
    z.strictObject({ table: tableName, owner: id }),
    z.object({ rows: z.array(gridRow) }),
  ),
  'records.apply': command(
    'Change records: one undo step, all or nothing; or all but what may not be changed, which is listed',
    z.strictObject({
      patches: z.array(patch).min(1).max(20_000),
      label: z.string().min(1).max(200),
      source: source.default('edit'),
      screen: z.string().max(100).nullable().default(null),
      reason: z.string().max(2000).nullable().default(null),
      /** Leave out cells that the rules refuse and rows that are gone. Of many changes the issues told are those of rules. */
      skip: z.boolean().optional(),
    }),
    changed,
  ),
  'records.transition': command(
    'Move a record to another state, if its life cycle allows it',
    z.strictObject({
      table: tableName,
      id,
      field: fieldName,
      to: z.string().max(40),
      why: z.string().max(2000).nullable().default(null),
      screen: z.string().max(100).nullable().default(null),
    }),
    changed,
  ),
  'records.transitions': query(
    'The states a record can move to now, each with the reason it cannot where it cannot',
    z.strictObject({ table: tableName, id, field: fieldName }),
    z.object({
      now: z.string(),
      to: z.array(z.object({ state: z.string(), label: z.string(), blocked: z.string().nullable() })),
    }),
  ),
  'records.history': query(
    'What happened to a record and to what it owns (an order: its lines too), newest first',
    z.strictObject({
      table: tableName,
      id,
      limit: z.int().min(1).max(1000).default(200),
      before: z.int().nullable().default(null),
    }),
    z.object({
      entries: z.array(
        z.object({
          at: z.number().int(),
          stamp: z.number().int(),
          /** Entries of one change, made together, have the same. */
          change: z.number().int(),
          /** The row it happened to, where that is one the record owns; it is known by the nearest part with a number. */
          part: z
            .object({ table: z.string(), id: z.string(), number: z.number().int().nullable(), title: z.string().nullable() })
            .nullable(),
          who: z.string(),
          device: z.string(),
          source,
          label: z.string(),
          reason: z.string().nullable(),
          kind: z.enum(['insert', 'update', 'delete', 'undelete', 'transition']),
          changes: z.array(
            z.object({
              field: z.string(),
              from: scalar,
              to: scalar,
              fromLabel: z.string().nullable(),
              toLabel: z.string().nullable(),
            }),
          ),
        }),
      ),
      more: z.number().int().nullable(),
    }),
  ),
  'records.restore': command(
    'Write an earlier value of a field as a new change',
    z.strictObject({ table: tableName, id, field: fieldName, stamp: z.int() }),
    changed,
  ),
  'records.erase': command(
    'Erase what a record says of a person, its history too; it cannot be taken back',
    z.strictObject({ table: tableName, id }),
    z.object({
      /** The fields that held something, as they are called. */
      fields: z.array(z.string()),
      /** False where parts of the file that are free may still hold what was erased. */
      isWiped: z.boolean(),
    }),
  ),
  'records.lookup': query(
    'Rows of a table that match typed text by code, name or alias: for comboboxes',
    z.strictObject({ table: tableName, text: z.string().max(200), limit: z.int().min(1).max(50).default(12) }),
    z.object({
      rows: z.array(
        z.object({ id: z.string(), code: z.string().nullable(), title: z.string().nullable(), note: z.string().nullable() }),
      ),
    }),
  ),
  'records.labels': query(
    'Code and title of rows by id',
    z.strictObject({ table: tableName, ids: z.array(id).max(1000) }),
    z.object({ labels: z.record(z.string(), linkLabel) }),
  ),
  'records.issues': query(
    'Cell issues, of one table or one record or all, of one level or both',
    z.strictObject({
      table: tableName.nullable().default(null),
      id: id.nullable().default(null),
      level: level.nullable().default(null),
      limit: z.int().min(1).max(10_000).default(1000),
    }),
    /** Errors first. */
    z.object({ count: z.number().int(), issues: z.array(cellIssue) }),
  ),
  'records.marks': query(
    'What is wrong with the cells of some rows, as their grids show it: also on rows their values live on',
    z.strictObject({ table: tableName, ids: z.array(id).max(20_000) }),
    z.object({
      marks: z.array(z.object({ row: z.string(), field: z.string(), raw: z.string().nullable(), code: z.string(), level })),
    }),
  ),
  'undo.undo': command('Take back the last step of this person on this device', none, undone),
  'undo.redo': command('Do again what was taken back last', none, undone),
  'undo.state': query(
    'What undo and redo would do, and whether what a batch wrote still stands',
    z.strictObject({ batch: id.nullable().default(null) }),
    z.object({ undo: step.nullable(), redo: step.nullable(), batch: z.enum(['applying', 'done', 'undone']).nullable() }),
  ),
};
