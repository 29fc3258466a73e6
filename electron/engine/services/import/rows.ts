/**
 * Rows of a file to patches: the record, and beside it the external key with what the source told. A record and its
 * key are always written in one step.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow, StorePatch } from '../../store/api.ts';
import { keptAt, type Bound, type BoundColumn } from './bind.ts';
import { createCellReader, type Found, type RowCells } from './cells.ts';
import type { Identified, SourceRow } from './identify.ts';
import { mapText } from './judge.ts';
import type { Links } from './links.ts';
import { readCell } from './read-cell.ts';
import { inactiveOf } from './recipe.ts';
import { createTally, type Tally } from './tally.ts';
import { hashSource, MISSING, parseSeen, readEntry, writeSeen, type Seen } from './seen.ts';
import { createIsSettled, createSays } from './standing.ts';

/** A row as it will stand: what is written of it, and what belongs on its child rows. */
export type PlannedRow = {
  readonly row: SourceRow;
  readonly table: TableName;
  readonly system: string;
  readonly values: Record<string, CellValue>;
  readonly resolved: Record<string, CellValue>;
  readonly seen: Record<string, string>;
  readonly found: Found;
  readonly isNew: boolean;
  /** The id of its external key, made here for a new row. */
  readonly ref: string | null;
  /** Whether that id is new: the record was here, and this source did not know it. */
  readonly isNewRef: boolean;
  /** False: the source told nothing new. */
  readonly hasChanged: boolean;
  /** False: nothing of the record itself changes, only what is remembered of its source. */
  readonly tells: boolean;
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
  readonly currencyOf: (values: Readonly<Record<string, CellValue>>) => string | null;
};

export type RowPlanner = {
  readonly identified: Identified;
  readonly tally: Tally;
  plan(row: SourceRow): PlannedRow | null;
  /** The currency that money of a row is read in. */
  currencyOf(row: SourceRow): string | null;
  /** What the file says of a field that lives on child rows; undefined where it has no such column. */
  valueOf(row: SourceRow, target: string): CellValue | undefined;
  /** Marks the cell of such a field as kept. */
  takeValue(row: SourceRow, target: string): void;
};

const joinName = (row: Readonly<Record<string, CellValue | undefined>>): string =>
  ['first_name', 'last_name']
    .map((part) => row[part])
    .filter((part) => typeof part === 'string')
    .join(' ');

/** A source with first and last names only names the person by both; a name that somebody gave stays. */
const fillName = (values: Record<string, CellValue>, before: Readonly<Record<string, CellValue>>): void => {
  if ((before['name'] ?? '') !== joinName(before)) return;
  const name = joinName({ ...before, ...values });
  if (name !== (before['name'] ?? '')) values['name'] = name;
};

const hasCurrency = (table: TableName): boolean => fieldOf(table, 'currency') !== undefined;

type Columns = {
  readonly bound: Bound;
  readonly find: (target: string) => BoundColumn | undefined;
  readonly textOf: (row: SourceRow, column: BoundColumn) => string;
};

const columnsOf = (bound: Bound): Columns => ({
  bound,
  find: (target) => bound.columns.find((column) => column.target === target),
  textOf: (row, column) => mapText(column.map, row.cells[column.at] ?? ''),
});

/** The account of a row, read alone: it may give the currency of an order. */
const accountOf = ({ find, textOf }: Columns, row: SourceRow, links: Links): Readonly<Record<string, CellValue>> => {
  const column = find('account_id');
  const text = column ? textOf(row, column) : '';
  return column && !isBlank(text) ? { account_id: links.resolve(column, text) } : {};
};

/** A row that was gone from the file and is back is active again. */
const backAgain = (table: TableName, cells: RowCells, seen: Seen): void => {
  const inactive = inactiveOf(table);
  if (seen[MISSING] === undefined || inactive === null) return;
  delete cells.seen[MISSING];
  cells.values[inactive.field] ??= inactive.active;
};

/**
 * Marks what is kept of a row. Where an earlier file of the run fills the same field, only the same text is kept.
 * The day an order went out is marked where it is resolved.
 */
const createTaker = ({ bound, textOf }: Columns, shared: readonly BoundColumn[]) => {
  const { ledger } = bound.source;
  const takenAt = keptAt(bound);
  return {
    takeRepeat: (row: SourceRow, first: SourceRow | undefined): void => {
      for (const at of takenAt) if ((first?.cells[at] ?? '') === (row.cells[at] ?? '')) ledger.take(row.at, at);
    },
    take: (row: SourceRow, seen: Seen): void => {
      for (const at of takenAt) ledger.take(row.at, at);
      if (!row.joins) return;
      for (const column of shared) {
        const isSame =
          readEntry(seen[column.target]).source === hashSource(textOf(row, column), column.wayOf(textOf(row, column)));
        if (!isSame && !bound.keyAt.includes(column.at)) ledger.leave(row.at, column.at);
      }
    },
  };
};

const NOTHING: Found = { issues: [], doubts: [], changed: [], kept: [] };

/** Plans rows that are new here, and rows that are known. */
const createPlans = (columns: Columns, context: RowContext, added: readonly BoundColumn[]) => {
  const { bound } = columns;
  const { table, system } = bound.source.entry;
  const { links, store } = context;
  const stand = { says: createSays(store), isSettled: createIsSettled(store) };
  const reader = createCellReader(bound, links, stand);
  const joiner = createCellReader({ ...bound, columns: added, constants: [] }, links, stand);
  const makesName = table === 'people' && columns.find('name') === undefined;
  const newCurrency = (row: SourceRow): string | null =>
    hasCurrency(table) ? (reader.currencyOf(row) ?? context.currencyOf(accountOf(columns, row, links))) : null;
  const knownCurrency = (row: SourceRow, record: StoredRow | undefined): string | null => {
    const own = record?.['currency'];
    return reader.currencyOf(row) ?? (typeof own === 'string' ? own : null);
  };
  /** A record of ours that comes back: what stands says what changed, and no key has to be kept. */
  const planOwn = (row: SourceRow): PlannedRow => {
    const record = store.get(table, row.id) ?? { id: row.id };
    const stands = { row: record, issues: store.issues(table, row.id) };
    const cells = reader.readOwn(row, stands, knownCurrency(row, record));
    const tells = Object.keys(cells.values).length + Object.keys(cells.resolved).length > 0;
    return { row, table, system, ...cells, isNew: false, ref: null, isNewRef: false, hasChanged: tells, tells };
  };
  return {
    currencyOf: (row: SourceRow): string | null =>
      row.fate === 'new' ? newCurrency(row) : knownCurrency(row, store.get(table, row.id)),
    planNew: (row: SourceRow): PlannedRow => {
      // Money is read with its currency, so that comes first.
      const currency = newCurrency(row);
      const cells = reader.readNew(row, currency);
      if (currency !== null) cells.values['currency'] ??= currency;
      if (makesName) fillName(cells.values, {});
      return { row, table, system, ...cells, isNew: true, ref: context.ids(), isNewRef: true, hasChanged: true, tells: true };
    },
    planKnown: (row: SourceRow): PlannedRow => {
      const told = row.joins ? context.told.get(`${table}/${row.id}`) : undefined;
      const [ref, seen] = told ? [told.ref, told.seen] : [row.ref, parseSeen(row.seen)];
      const cellReader = row.joins ? joiner : reader;
      if (bound.source.entry.own === true && ref === null) return planOwn(row);
      const isNewRef = ref === null;
      const base = { row, table, system, isNew: false, ref: ref ?? context.ids(), isNewRef };
      if (!isNewRef && seen[MISSING] === undefined && !cellReader.hasChanged(row, seen)) {
        return { ...base, values: {}, resolved: {}, seen: { ...seen }, found: NOTHING, hasChanged: false, tells: false };
      }
      const record = store.get(table, row.id) ?? { id: row.id };
      const standing = { row: record, issues: store.issues(table, row.id), seen, isKnown: !isNewRef };
      const currency = knownCurrency(row, record);
      const cells = cellReader.readChanges(row, standing, currency);
      backAgain(table, cells, seen);
      if (makesName) fillName(cells.values, record);
      const tells = Object.keys(cells.values).length + Object.keys(cells.resolved).length > 0;
      const hasChanged = isNewRef || tells || writeSeen(cells.seen) !== writeSeen(seen);
      return { ...base, ...cells, hasChanged, tells };
    },
  };
};

/** @param before sources of the same table and system that come earlier in the run */
export const createPlanner = (identified: Identified, context: RowContext, before: readonly Identified[]): RowPlanner => {
  const columns = columnsOf(identified.bound);
  const { source } = identified.bound;
  const { table, system } = source.entry;
  const tally = createTally();
  const filled = new Set(before.flatMap((one) => one.bound.columns.map((column) => column.target)));
  const isShared = (column: BoundColumn): boolean => filled.has(column.target);
  const added = identified.bound.columns.filter((column) => !isShared(column));
  const taker = createTaker(columns, identified.bound.columns.filter(isShared));
  const plans = createPlans(columns, context, added);
  const isTold = context.isTold(table, system);

  const plan = (row: SourceRow): PlannedRow => {
    const planned = row.fate === 'new' ? plans.planNew(row) : plans.planKnown(row);
    taker.take(row, planned.seen);
    tally.note(planned.found, source.table.numbers[row.at] ?? row.at + 1);
    if (isTold) context.told.set(`${table}/${row.id}`, { ref: planned.ref, seen: planned.seen });
    return planned;
  };
  return {
    identified,
    tally,
    currencyOf: plans.currencyOf,
    valueOf: (row, target) => {
      const column = columns.find(target);
      return column && readCell(column, row, null).value;
    },
    takeValue: (row, target) => {
      const column = columns.find(target);
      if (column) source.ledger.take(row.at, column.at);
    },
    plan: (row) => {
      if (row.fate === 'new' || row.fate === 'known') return plan(row);
      if (row.fate === 'repeat') taker.takeRepeat(row, identified.rows[row.of]);
      // Told with the reason, as rows: none of their cells went nowhere.
      else source.ledger.takeRow(row.at);
      return null;
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
  if (ref !== null && planned.isNewRef) patches.push(refPatch(ref, table, row.id, system, row.key, seen));
  else if (ref !== null) patches.push({ kind: 'update', table: 'external_refs', id: ref, values: { seen: writeSeen(seen) } });
  return patches;
};
