/**
 * Rows of a file to patches: the record, and beside it the external key with what the source told. A record and its
 * key are always written in one step.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StorePatch } from '../../store/api.ts';
import type { BoundColumn } from './bind.ts';
import { createCellReader, type RowCells } from './cells.ts';
import type { Identified, SourceRow } from './identify.ts';
import { mapText } from './judge.ts';
import type { Links } from './links.ts';
import { inactiveOf } from './recipe.ts';
import { createTally, type Tally } from './report.ts';
import { hashSource, MISSING, parseSeen, readEntry, writeSeen, type Seen } from './seen.ts';

/** A row as it will stand: what is written of it, and what belongs on its child rows. */
export type PlannedRow = {
  readonly row: SourceRow;
  readonly table: TableName;
  readonly system: string;
  readonly values: Record<string, CellValue>;
  readonly resolved: Record<string, CellValue>;
  readonly seen: Record<string, string>;
  readonly isNew: boolean;
  /** The id of its external key, made here for a new row. */
  readonly ref: string | null;
  /** False: the source told nothing new. */
  readonly hasChanged: boolean;
};

/** What this run has planned of a row so far, for files that tell of the same rows. */
export type Told = Map<string, { readonly ref: string | null; readonly seen: Seen }>;

export type RowContext = {
  readonly told: Told;
  /** Whether several sources tell of the rows of a system. */
  readonly isTold: (table: TableName, system: string) => boolean;
  readonly store: Reader;
  readonly ids: () => string;
  readonly links: Links;
  /** The currency of a row that names none, from the recipe, its account or the company. */
  readonly currencyOf: (table: TableName, values: Readonly<Record<string, CellValue>>) => string | null;
};

export type RowPlanner = {
  readonly identified: Identified;
  readonly tally: Tally;
  plan(row: SourceRow): PlannedRow | null;
  /** What the file says of a field that lives on child rows; undefined where it has no such column. */
  valueOf(row: SourceRow, target: string): CellValue | undefined;
  /** Marks the cell of such a field as kept. */
  takeValue(row: SourceRow, target: string): void;
};

/** The day an order went out: it is kept by its lines' events, and only where it has lines. */
export const SHIPPED = 'shipped_on';

const hasCurrency = (table: TableName): boolean => fieldOf(table, 'currency') !== undefined;

/** @param before sources of the same table and system that come earlier in the run */
export const createPlanner = (identified: Identified, context: RowContext, before: readonly Identified[]): RowPlanner => {
  const { bound } = identified;
  const { entry, ledger } = bound.source;
  const { table, system } = entry;
  const tally = createTally();
  const reader = createCellReader(bound, context.links, tally);
  const filled = new Set(before.flatMap((one) => one.bound.columns.map((column) => column.target)));
  const [added, shared] = [true, false].map((isAdded) =>
    bound.columns.filter((column) => !filled.has(column.target) === isAdded),
  );
  const joiner = createCellReader({ ...bound, columns: added ?? [], constants: [] }, context.links, tally);
  const columnOf = (target: string): BoundColumn | undefined => bound.columns.find((column) => column.target === target);
  const textOf = (row: SourceRow, column: BoundColumn): string => mapText(column.map, row.cells[column.at] ?? '');

  /** The account of a row, read alone: it may give the currency of an order. */
  const accountOf = (row: SourceRow): Readonly<Record<string, CellValue>> => {
    const column = columnOf('account_id');
    const text = column ? textOf(row, column) : '';
    return column && !isBlank(text) ? { account_id: context.links.resolve(column, text) } : {};
  };
  const planNew = (row: SourceRow): PlannedRow => {
    // Money is read with its currency, so that comes first.
    const currency = hasCurrency(table) ? (reader.currencyOf(row.cells) ?? context.currencyOf(table, accountOf(row))) : null;
    const cells = reader.readNew(row.cells, currency);
    if (currency !== null && cells.values['currency'] === undefined) cells.values['currency'] = currency;
    tally.added += 1;
    return { row, table, system, ...cells, isNew: true, ref: context.ids(), hasChanged: true };
  };
  const backAgain = (cells: RowCells, seen: Seen): void => {
    const inactive = inactiveOf(table);
    if (seen[MISSING] === undefined || inactive === null) return;
    delete cells.seen[MISSING];
    cells.values[inactive.field] ??= inactive.active;
  };
  const planKnown = (row: SourceRow): PlannedRow => {
    const told = row.joins ? context.told.get(`${table}/${row.id}`) : undefined;
    const [ref, seen] = told ? [told.ref, told.seen] : [row.ref, parseSeen(row.seen)];
    const cellReader = row.joins ? joiner : reader;
    const base = { row, table, system, isNew: false, ref };
    if (seen[MISSING] === undefined && !cellReader.hasChanged(row.cells, seen)) {
      return { ...base, values: {}, resolved: {}, seen: { ...seen }, hasChanged: false };
    }
    const record = context.store.get(table, row.id) ?? { id: row.id };
    const standing = { row: record, issues: context.store.issues(table, row.id), seen };
    const currency = reader.currencyOf(row.cells) ?? (typeof record['currency'] === 'string' ? record['currency'] : null);
    const cells = cellReader.readChanges(row.cells, standing, currency);
    backAgain(cells, seen);
    return { ...base, ...cells, hasChanged: writeSeen(cells.seen) !== writeSeen(seen) || Object.keys(cells.values).length > 0 };
  };
  const planRepeat = (row: SourceRow): null => {
    const first = identified.rows[row.of];
    for (const at of takenAt) if ((first?.cells[at] ?? '') === (row.cells[at] ?? '')) ledger.take(row.at, at);
    return null;
  };
  const takeable = bound.columns.filter((column) => column.target !== SHIPPED);
  const takenAt = [...new Set([...takeable.map((column) => column.at), ...bound.keyAt])];
  /** Of a field that an earlier file fills as well, only the same text is kept. */
  const take = (row: SourceRow, seen: Seen): void => {
    for (const at of takenAt) ledger.take(row.at, at);
    if (!row.joins) return;
    for (const column of shared ?? []) {
      const isSame = readEntry(seen[column.target]).source === hashSource(textOf(row, column));
      if (!isSame && !bound.keyAt.includes(column.at)) ledger.leave(row.at, column.at);
    }
  };

  return {
    identified,
    tally,
    valueOf: (row, target) => {
      const column = columnOf(target);
      return column?.read(textOf(row, column), null);
    },
    takeValue: (row, target) => {
      const column = columnOf(target);
      if (column) ledger.take(row.at, column.at);
    },
    plan: (row) => {
      if (row.fate === 'furniture') return null;
      if (row.fate === 'repeat') return planRepeat(row);
      if (row.fate === 'deleted') {
        ledger.takeRow(row.at);
        return null;
      }
      const planned = row.fate === 'new' ? planNew(row) : planKnown(row);
      take(row, planned.seen);
      if (context.isTold(table, system)) context.told.set(`${table}/${row.id}`, { ref: planned.ref, seen: planned.seen });
      return planned;
    },
  };
};

/** The patch of an external key. */
export const refPatch = (id: string, table: TableName, row: string, system: string, key: string, seen: Seen): StorePatch => ({
  kind: 'insert',
  table: 'external_refs',
  id,
  values: { table, row, system, key, seen: writeSeen(seen) },
});

/** The patches of a planned row. Empty where nothing changed. */
export const patchesOf = (planned: PlannedRow): StorePatch[] => {
  const { row, table, system, values, seen, ref } = planned;
  if (!planned.hasChanged) return [];
  if (planned.isNew && ref !== null) {
    return [{ kind: 'insert', table, id: row.id, values }, refPatch(ref, table, row.id, system, row.key, seen)];
  }
  const patches: StorePatch[] = [];
  if (Object.keys(values).length > 0) patches.push({ kind: 'update', table, id: row.id, values });
  if (ref !== null) patches.push({ kind: 'update', table: 'external_refs', id: ref, values: { seen: writeSeen(seen) } });
  return patches;
};
