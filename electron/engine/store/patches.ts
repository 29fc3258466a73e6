/**
 * Patches as people and services write them, turned into primitive writes: expanded and refused by the rules, text
 * parsed, states moved by transitions, owners deleted and restored with all they own.
 */
import { AppError } from '../../../shared/contract/define.ts';
import { isBad } from '../../../shared/domain/kinds.ts';
import type { CellInput, CellValue, Kind } from '../../../shared/domain/kinds.ts';
import { isTableName } from '../../../shared/model/index.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { Reader, Rules, StorePatch, TransitionPatch } from './api.ts';
import type { BatchRows } from './batch-rows.ts';
import type { Db } from './db.ts';
import { layoutOf, stateText } from './layout.ts';
import type { Layout } from './layout.ts';
import type { TableIndex } from './local.ts';
import { DELETED, LIVE, stampOf } from './rows.ts';
import type { Row, Rows } from './rows.ts';
import type { Series } from './series.ts';
import { resolveCell } from './values.ts';
import type { Work } from './work.ts';
import { EXISTENCE } from './writes.ts';
import type { Writes } from './writes.ts';

/** A text that names no state the row can move to from where it is. */
const STATE_ILLEGAL = 'STATE_ILLEGAL';

type Values = Readonly<Record<string, CellInput>>;

export type PatchParts = {
  readonly db: Db;
  readonly rows: Rows;
  readonly reader: Reader;
  readonly rules: Rules;
  readonly writes: Writes;
  readonly batchRows: BatchRows;
  readonly series: Series;
  readonly tables: TableIndex;
  readonly customKind: (table: TableName, field: string) => Kind | undefined;
};

const knownTable = (name: string): TableName => {
  if (!isTableName(name)) throw new AppError('invalid', `There is no table ${name}`, { table: name });
  return name;
};

const notFound = (table: TableName, id: string): AppError =>
  new AppError('not-found', 'The record is not here or was deleted.', { table, id });

/** Any state may come from a file; elsewhere the life cycle decides. */
const takesAnyState = (work: Work): boolean => work.change.source === 'import';

const withDefaults = (layout: Layout, values: Values): Map<string, CellInput> => {
  const cells = new Map<string, CellInput>(Object.entries(values));
  for (const { name, field } of layout.columns)
    if (field.default !== undefined && !cells.has(name)) cells.set(name, field.default);
  return cells;
};

const prepareTxnOf = (db: Db, tables: TableIndex) => {
  const find = db
    .prepare<[number, number, number, number], number>('SELECT txn FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?')
    .pluck();
  return (row: Row): number | undefined => find.get(tables.indexOf(row.layout.name), row.n, ...stampOf(row, EXISTENCE));
};

export type Patches = ReturnType<typeof createPatches>;

export const createPatches = ({ db, rows, reader, rules, writes, batchRows, series, tables, customKind }: PatchParts) => {
  const txnOf = prepareTxnOf(db, tables);

  const resolve = (table: TableName, field: string, input: CellInput): CellValue =>
    resolveCell(
      table,
      field,
      input,
      (name, text) => rules.parse(table, name, text, reader),
      (name) => customKind(table, name),
    );

  const refuse = (work: Work, patch: StorePatch, row: Row | undefined): void => {
    const why = rules.refuse(patch, row?.st === LIVE ? row.v : undefined, work.change, reader);
    if (why !== null) throw new AppError('blocked', why, { table: patch.table, id: patch.id });
  };

  const open = (work: Work, row: Row): Row => {
    batchRows.refuseImporting(row, work.batch?.idx ?? null);
    return row;
  };

  const liveRow = (work: Work, table: TableName, id: string): Row => {
    const row = rows.find(table, id);
    if (row?.alive !== 1) throw notFound(table, id);
    return open(work, row);
  };

  const note = (table: TableName, cells: ReadonlyMap<string, CellValue>): void => {
    const field = layoutOf(table).series?.field;
    const value = field === undefined ? undefined : cells.get(field);
    if (typeof value === 'string') series.note(value);
  };

  /** The state a new row starts in: any known one from a file, else the initial one; other text stays beside it. */
  const startState = (work: Work, table: TableName, field: string, input: CellInput | undefined): Map<string, CellValue> => {
    const initial = rules.initial(table, field);
    const value = input === undefined ? null : resolve(table, field, input);
    if (value === null || value === initial) return new Map([[field, initial]]);
    if (isBad(value))
      return new Map<string, CellValue>([
        [field, initial],
        [stateText(field), value],
      ]);
    if (takesAnyState(work)) return new Map([[field, value]]);
    return new Map<string, CellValue>([
      [field, initial],
      [stateText(field), { '!': [String(value), STATE_ILLEGAL] }],
    ]);
  };

  const insert = (work: Work, table: TableName, id: string, values: Values): void => {
    const layout = layoutOf(table);
    const inputs = withDefaults(layout, values);
    const cells = new Map<string, CellValue>();
    for (const [field, input] of inputs) {
      if (layout.states.includes(field)) continue;
      const value = resolve(table, field, input);
      if (value !== null) cells.set(field, value);
    }
    for (const field of layout.states)
      for (const [register, value] of startState(work, table, field, inputs.get(field))) cells.set(register, value);
    const owner = layout.owner === null ? undefined : cells.get(layout.owner.field);
    const ownerRow = layout.owner !== null && typeof owner === 'string' ? rows.find(layout.owner.owner, owner) : undefined;
    if (ownerRow !== undefined) open(work, ownerRow);
    writes.insert(work, table, id, cells);
    note(table, cells);
  };

  const transition = (work: Work, { table, id, field, to, why }: TransitionPatch): void => {
    const row = liveRow(work, table, id);
    if (!row.layout.states.includes(field)) throw new AppError('invalid', `${table}.${field} is no state`, { table, field });
    const from = String(row.v[field]);
    if (from === to && writes.cellOf(row, stateText(field)) === null) return;
    if (!takesAnyState(work) && !rules.allowed(table, field, from).includes(to)) {
      throw new AppError('illegal-transition', `The status cannot change from ${from} to ${to}.`, { table, id, field, from, to });
    }
    writes.move(work, row, field, to, why);
  };

  /** Typing or pasting in a status cell: the transition if there is one, else the text stays beside the state. */
  const typeState = (work: Work, row: Row, field: string, input: CellInput): void => {
    const { name: table } = row.layout;
    const value = resolve(table, field, input);
    const now = row.v[field];
    const text = stateText(field);
    if (value === null || value === now) return void writes.update(work, row, new Map([[text, null]]));
    if (isBad(value)) return void writes.update(work, row, new Map([[text, value]]));
    const to = String(value);
    if (!takesAnyState(work) && !rules.allowed(table, field, String(now)).includes(to)) {
      return void writes.update(work, row, new Map([[text, { '!': [to, STATE_ILLEGAL] }]]));
    }
    const moved: TransitionPatch = { kind: 'transition', table, id: row.id, field, to, why: null };
    refuse(work, moved, row);
    transition(work, moved);
  };

  const update = (work: Work, table: TableName, id: string, values: Values): void => {
    const row = liveRow(work, table, id);
    if (row.layout.isInsertOnly) throw new AppError('invalid', `${table}: what happened is never changed`, { table, id });
    const entries = Object.entries(values);
    const cells = new Map(
      entries
        .filter(([field]) => !row.layout.states.includes(field))
        .map(([field, input]) => [field, resolve(table, field, input)]),
    );
    writes.update(work, row, cells);
    note(table, cells);
    for (const [field, input] of entries) if (row.layout.states.includes(field)) typeState(work, row, field, input);
  };

  const removeRow = (work: Work, row: Row): void => {
    open(work, row);
    writes.setExistence(work, row, DELETED);
    for (const child of writes.children(row)) if (child.st === LIVE) removeRow(work, child);
  };

  /** Restores a row and what was deleted in the same transaction with it. */
  const restoreRow = (work: Work, row: Row): void => {
    open(work, row);
    const txn = txnOf(row);
    writes.setExistence(work, row, LIVE);
    for (const child of writes.children(row))
      if (child.st === DELETED && txn !== undefined && txnOf(child) === txn) restoreRow(work, child);
  };

  const restore = (work: Work, table: TableName, id: string): void => {
    const row = rows.find(table, id);
    if (row === undefined) throw notFound(table, id);
    if (row.st === LIVE) return;
    const { owner } = row.layout;
    const ownerId = owner === null ? null : row.v[owner.field];
    if (owner !== null && typeof ownerId === 'string' && rows.find(owner.owner, ownerId)?.alive === 0)
      throw new AppError('blocked', 'What this belongs to is deleted. Restore that first.', { table, id });
    restoreRow(work, row);
  };

  const write = (work: Work, patch: StorePatch): void => {
    const table = knownTable(patch.table);
    refuse(work, patch, rows.find(table, patch.id));
    if (patch.kind === 'insert') return insert(work, table, patch.id, patch.values);
    if (patch.kind === 'update') return update(work, table, patch.id, patch.values);
    if (patch.kind === 'transition') return transition(work, patch);
    if (patch.kind === 'undelete') return restore(work, table, patch.id);
    const row = rows.find(table, patch.id);
    if (row === undefined) throw notFound(table, patch.id);
    if (row.st === LIVE) removeRow(work, row);
  };

  return {
    /** Applies a patch and what the rules make of it. Throws AppError; the caller rolls back. */
    apply(work: Work, patch: StorePatch): void {
      knownTable(patch.table);
      for (const one of rules.expand(patch, work.change, reader)) write(work, one);
    },
  };
};
