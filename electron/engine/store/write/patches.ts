/**
 * Patches as people and services write them, turned into primitive writes: expanded and refused by the rules, text
 * parsed, states moved by transitions, owners deleted and restored with all they own.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellInput, CellValue, Kind } from '../../../../shared/domain/kinds.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { stateText } from '../../../../shared/model/registers.ts';
import type { Reader, ResolvePatch, Rules, StorePatch, TransitionPatch } from '../api.ts';
import type { BatchRows } from '../undo/batch-rows.ts';
import { EXISTENCE } from '../file/cells.ts';
import { holdsRegister } from '../merge/registers.ts';
import type { Db } from '../file/db.ts';
import { layoutOf, numberFields } from '../file/layout.ts';
import type { Layout } from '../file/layout.ts';
import { ACCOUNTS } from '../log/streams.ts';
import type { Streams } from '../log/streams.ts';
import { hangsAcross, linksOf } from './anchor.ts';
import type { TableIndex } from '../file/local.ts';
import { MAX_ISSUED } from './issued.ts';
import { isLater } from '../merge/unseen.ts';
import { DELETED, isAwaited, LIVE, stampOf } from './rows.ts';
import type { Row, Rows, Stamp } from './rows.ts';
import { resolveCell } from '../file/values.ts';
import { rankOf } from './work.ts';
import type { Work } from './work.ts';
import type { Writes } from './writes.ts';

/** A text that names no state the row can move to from where it is. */
const STATE_ILLEGAL = 'STATE_ILLEGAL';

type Values = Readonly<Record<string, CellInput>>;

export type PatchDeps = {
  readonly rows: Rows;
  readonly reader: Reader;
  readonly rules: Rules;
  readonly writes: Writes;
  readonly batchRows: BatchRows;
  /** Takes note of a number that is written: one that was given is never given again. */
  readonly noteNumber: (table: TableName, field: string, number: string) => void;
  readonly streams: Pick<Streams, 'areSeveral'>;
  readonly customKind: (table: TableName, field: string) => Kind | undefined;
};

type Parts = PatchDeps & {
  readonly txnOf: ReturnType<typeof prepareTxnOf>;
  readonly stampsOf: ReturnType<typeof prepareStampsOf>;
};

const knownTable = (name: string): TableName => {
  if (!isTableName(name)) throw new AppError('invalid', `There is no table ${name}`, { table: name });
  return name;
};

const notFound = (table: TableName, id: string): AppError =>
  new AppError('not-found', 'The record is not here or was deleted.', { table, id });

/** Any state may come from a file; elsewhere the life cycle decides. */
const takesAnyState = (work: Work): boolean => work.change.source === 'import';

const prepareTxnOf = (db: Db, tables: TableIndex) => {
  const find = db
    .prepare<[number, number, number, number], number>('SELECT txn FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?')
    .pluck();
  return (row: Row): number | undefined => find.get(tables.indexOf(row.layout.name), row.n, ...stampOf(row, EXISTENCE));
};

/** Stamps by the index their devices have here. */
const prepareStampsOf = (db: Db) => {
  const indexOf = db.prepare<[string], number>('SELECT idx FROM devices WHERE id = ?').pluck();
  return (heads: ResolvePatch['heads']): readonly Stamp[] =>
    heads.flatMap(([h, device]): Stamp[] => {
      const idx = indexOf.get(device);
      return idx === undefined ? [] : [[h, idx]];
    });
};

const resolve = ({ reader, rules, customKind }: Parts, table: TableName, field: string, input: CellInput): CellValue =>
  resolveCell(
    table,
    field,
    input,
    (name, text) => rules.parse(table, name, text, reader),
    (name) => customKind(table, name),
  );

/** What is of one territory cannot hang on what is of another: whoever works in only one of them would lose it, or never see it. */
const refuseAcross = (parts: Parts, patch: StorePatch, row: Row | undefined): string | null => {
  if (patch.kind !== 'update' || row?.st !== LIVE || !parts.streams.areSeveral() || rankOf(row) !== ACCOUNTS) return null;
  const { layout } = row;
  const given = linksOf(layout).filter((name) => Object.hasOwn(patch.values, name));
  const links = new Map(given.map((name) => [name, resolve(parts, layout.name, name, patch.values[name] ?? null)]));
  if (links.size === 0 || !hangsAcross(row, links, parts.rows.find)) return null;
  return 'That is in another territory than this record. Give the account to that territory, or make the record anew there.';
};

/** Why a patch may not be made, by the rules or as it would cross territories; null where it may. */
const refusal = (parts: Parts, work: Work, patch: StorePatch, row: Row | undefined): string | null =>
  parts.rules.refuse(patch, row?.st === LIVE ? row.v : undefined, work.change, parts.reader) ?? refuseAcross(parts, patch, row);

const refuse = (parts: Parts, work: Work, patch: StorePatch, row: Row | undefined): void => {
  const why = refusal(parts, work, patch, row);
  if (why !== null) throw new AppError('blocked', why, { table: patch.table, id: patch.id });
};

/** The row, unless a running batch has it. */
const open = ({ batchRows }: Parts, work: Work, row: Row): Row => {
  batchRows.refuseImporting(row, work.batch?.idx ?? null);
  return row;
};

const liveRow = (parts: Parts, work: Work, table: TableName, id: string): Row => {
  const row = parts.rows.find(table, id);
  if (row?.alive !== 1) throw notFound(table, id);
  return open(parts, work, row);
};

/** The row, live or deleted. One whose beginning is awaited is nobody's to write: what it is given no other device could place. */
const hereRow = ({ rows }: Parts, table: TableName, id: string): Row => {
  const row = rows.find(table, id);
  if (row === undefined || isAwaited(row)) throw notFound(table, id);
  return row;
};

/** The live or dead row that owns a row of these values, where it has one that is here. */
const ownerOf = ({ rows }: Parts, layout: Layout, owner: unknown): Row | undefined =>
  layout.owner !== null && typeof owner === 'string' ? rows.find(layout.owner.owner, owner) : undefined;

const noteNumbers = (parts: Parts, table: TableName, cells: ReadonlyMap<string, CellValue>): void => {
  for (const field of numberFields(table)) {
    const value = cells.get(field);
    if (typeof value === 'string') parts.noteNumber(table, field, value);
  }
};

/** The state a new row starts in: any known one from a file, else the initial one; other text stays beside it. */
const startState = (
  parts: Parts,
  work: Work,
  table: TableName,
  field: string,
  input: CellInput | undefined,
): readonly (readonly [string, CellValue])[] => {
  const initial = parts.rules.initial(table, field);
  const value = input === undefined ? null : resolve(parts, table, field, input);
  if (value === null || value === initial) return [[field, initial]];
  if (!isBad(value) && takesAnyState(work)) return [[field, value]];
  const text: CellValue = isBad(value) ? value : { '!': [String(value), STATE_ILLEGAL] };
  return [
    [field, initial],
    [stateText(field), text],
  ];
};

/**
 * Nothing is put below what is deleted: nobody would see it.
 * @throws AppError `blocked`
 */
const refuseBelow = (parts: Parts, layout: Layout, id: string, owner: unknown): void => {
  if (ownerOf(parts, layout, owner)?.alive !== 0) return;
  throw new AppError('blocked', 'What this belongs to is deleted. Restore that first.', { table: layout.name, id });
};

const insert = (parts: Parts, work: Work, table: TableName, id: string, values: Values): void => {
  const layout = layoutOf(table);
  const cells = new Map<string, CellValue>();
  for (const [field, input] of Object.entries(values)) {
    if (layout.states.includes(field)) continue;
    const value = resolve(parts, table, field, input);
    if (value !== null) cells.set(field, value);
  }
  for (const [field, value] of layout.defaults) if (!Object.hasOwn(values, field)) cells.set(field, value);
  for (const field of layout.states)
    for (const [register, value] of startState(parts, work, table, field, values[field])) cells.set(register, value);
  const above = layout.owner === null ? null : cells.get(layout.owner.field);
  refuseBelow(parts, layout, id, above);
  const owner = ownerOf(parts, layout, above);
  if (owner !== undefined) open(parts, work, owner);
  parts.writes.insert(work, table, id, cells);
  noteNumbers(parts, table, cells);
};

const transition = (parts: Parts, work: Work, { table, id, field, to, why }: TransitionPatch): void => {
  const row = liveRow(parts, work, table, id);
  if (!row.layout.states.includes(field)) throw new AppError('invalid', `${table}.${field} is no state`, { table, field });
  const from = String(row.v[field]);
  if (from === to && parts.writes.cellOf(row, stateText(field)) === null) return;
  if (!takesAnyState(work) && !parts.rules.allowed(table, field, from).includes(to)) {
    const about = { table, id, field, from, to };
    throw new AppError('illegal-transition', `The status cannot change from ${from} to ${to}.`, about);
  }
  parts.writes.move(work, row, field, to, why);
};

/** Typing or pasting in a status cell: the transition if there is one, else the text stays beside the state. */
const typeState = (parts: Parts, work: Work, row: Row, field: string, input: CellInput): void => {
  const { name: table } = row.layout;
  const value = resolve(parts, table, field, input);
  const now = String(row.v[field]);
  const keepText = (text: CellValue): void => parts.writes.update(work, row, new Map([[stateText(field), text]]));
  if (value === null || value === now) return keepText(null);
  if (isBad(value)) return keepText(value);
  const to = String(value);
  if (!takesAnyState(work) && !parts.rules.allowed(table, field, now).includes(to)) return keepText({ '!': [to, STATE_ILLEGAL] });
  const moved: TransitionPatch = { kind: 'transition', table, id: row.id, field, to, why: null };
  refuse(parts, work, moved, row);
  transition(parts, work, moved);
};

const update = (parts: Parts, work: Work, table: TableName, id: string, values: Values): void => {
  const row = liveRow(parts, work, table, id);
  if (row.layout.isInsertOnly) throw new AppError('invalid', `${table}: what happened is never changed`, { table, id });
  const isState = (field: string): boolean => row.layout.states.includes(field);
  const entries = Object.entries(values);
  const cells = new Map(
    entries.filter(([field]) => !isState(field)).map(([field, input]) => [field, resolve(parts, table, field, input)]),
  );
  if (row.layout.owner !== null) refuseBelow(parts, row.layout, id, cells.get(row.layout.owner.field));
  parts.writes.update(work, row, cells);
  noteNumbers(parts, table, cells);
  for (const [field, input] of entries) if (isState(field)) typeState(parts, work, row, field, input);
};

/** Deletes a row and all it owns. */
const removeRow = (parts: Parts, work: Work, row: Row): void => {
  open(parts, work, row);
  parts.writes.setExistence(work, row, DELETED);
  for (const child of parts.writes.children(row)) if (child.st === LIVE) removeRow(parts, work, child);
};

/** Restores a row and what was deleted in the same transaction with it. */
const restoreRow = (parts: Parts, work: Work, row: Row): void => {
  open(parts, work, row);
  const txn = parts.txnOf(row);
  parts.writes.setExistence(work, row, LIVE);
  for (const child of parts.writes.children(row))
    if (child.st === DELETED && txn !== undefined && parts.txnOf(child) === txn) restoreRow(parts, work, child);
};

const restore = (parts: Parts, work: Work, table: TableName, id: string): void => {
  const row = hereRow(parts, table, id);
  if (row.st === LIVE) return;
  const { owner } = row.layout;
  refuseBelow(parts, row.layout, id, owner === null ? null : row.v[owner.field]);
  restoreRow(parts, work, row);
};

const remove = (parts: Parts, work: Work, table: TableName, id: string): void => {
  const row = hereRow(parts, table, id);
  if (row.st === LIVE) removeRow(parts, work, row);
};

/** The row's own reason why it cannot be changed now, or null. */
const refuseRow = (parts: Parts, work: Work, row: Row | undefined): string | null => {
  if (row?.alive !== 1) return 'The record is not here or was deleted.';
  try {
    open(parts, work, row);
    return null;
  } catch (error) {
    if (error instanceof AppError && error.code === 'importing') return error.message;
    throw error;
  }
};

/** What may be made of a patch; what may not is noted, cell by cell. */
const permitted = (parts: Parts, work: Work, patch: StorePatch): StorePatch | null => {
  const row = patch.kind === 'insert' ? undefined : parts.rows.find(knownTable(patch.table), patch.id);
  const why = (one: StorePatch): string | null => refusal(parts, work, one, row);
  const reason = (patch.kind === 'update' ? refuseRow(parts, work, row) : null) ?? why(patch);
  if (reason === null) return patch;
  if (patch.kind !== 'update' || row?.alive !== 1) {
    work.refused.push({ row: patch.id, field: null, why: reason });
    return null;
  }
  const allowed = Object.entries(patch.values).filter(([field, input]) => {
    const refused = refuseRow(parts, work, row) ?? why({ ...patch, values: { [field]: input } });
    if (refused !== null) work.refused.push({ row: patch.id, field, why: refused });
    return refused === null;
  });
  return allowed.length === 0 ? null : { ...patch, values: Object.fromEntries(allowed) };
};

/** Existence and states have their own words of what was decided; what is deleted is not written. */
const isWritten = ({ layout, alive }: Row, field: string): boolean =>
  alive === 1 && field !== EXISTENCE && !layout.states.includes(field) && holdsRegister(layout, field);

/** A deletion is listed by the last of what was not seen: whoever leaves it leaves all of that, each by a word of its own. */
const alsoLeft = ({ writes }: Parts, row: Row, field: string, heads: ResolvePatch['heads']): ResolvePatch['heads'] => {
  if (field !== EXISTENCE) return [];
  const named = heads.map(([h, device]) => ({ h, device }));
  const [first] = named.toSorted((one, other) => (isLater(one, other) ? -1 : 1));
  const all = first === undefined ? [] : writes.unseenBelow(row, first);
  return all
    .filter((write) => !named.some(({ h, device }) => h === write.h && device === write.device))
    .map(({ h, device }) => [h, device] as const);
};

const resolveHeads = (parts: Parts, work: Work, table: TableName, { id, field, heads, keeps }: ResolvePatch): void => {
  const row = open(parts, work, hereRow(parts, table, id));
  if (keeps === true && isWritten(row, field)) parts.writes.keep(work, row, field);
  parts.writes.resolve(work, row, field, parts.stampsOf([...heads, ...alsoLeft(parts, row, field, heads)]), false);
};

/** Keeps what the paper of a document says at this moment. */
const issue = (parts: Parts, work: Work, table: TableName, id: string): void => {
  const row = liveRow(parts, work, table, id);
  const paper = parts.rules.paper(table, row.v, parts.reader, MAX_ISSUED);
  if (paper !== null) parts.writes.issue(work, row, { number: paper.number, body: Buffer.from(paper.body) });
};

const write = (parts: Parts, work: Work, patch: StorePatch): void => {
  const table = knownTable(patch.table);
  // An id that is taken is refused by the insert itself, and costs no look-up before.
  refuse(parts, work, patch, patch.kind === 'insert' ? undefined : parts.rows.find(table, patch.id));
  switch (patch.kind) {
    case 'insert':
      return insert(parts, work, table, patch.id, patch.values);
    case 'update':
      return update(parts, work, table, patch.id, patch.values);
    case 'transition':
      return transition(parts, work, patch);
    case 'undelete':
      return restore(parts, work, table, patch.id);
    case 'delete':
      return remove(parts, work, table, patch.id);
    case 'resolve':
      return resolveHeads(parts, work, table, patch);
    case 'issue':
      return issue(parts, work, table, patch.id);
  }
};

export const createPatches = (db: Db, tables: TableIndex, deps: PatchDeps) => {
  const parts: Parts = { ...deps, txnOf: prepareTxnOf(db, tables), stampsOf: prepareStampsOf(db) };
  return {
    /** Applies a patch and what the rules make of it. Throws AppError; the caller rolls back. */
    apply(work: Work, patch: StorePatch): void {
      knownTable(patch.table);
      const possible = work.isLenient ? permitted(parts, work, patch) : patch;
      if (possible === null) return;
      for (const one of parts.rules.expand(possible, work.change, parts.reader)) write(parts, work, one);
    },
  };
};
