/**
 * The primitive writes of the one write path: insert a row, set registers, set existence, move a state. Each writes the
 * row and its stamps, logs one op, and keeps what would take it back. No rule is asked here.
 */
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { Bad, CellValue } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { isStateText, stateText } from '../../../../shared/model/registers.ts';
import type { BatchRows } from '../undo/batch-rows.ts';
import {
  cellOf,
  childRows,
  EXISTENCE,
  ownerAlive,
  prepareChildIds,
  refreshAlive,
  refreshStale,
  setRegister,
} from '../file/cells.ts';
import type { CellParts } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { issuedVals } from './issued.ts';
import type { IssuedDocument, IssuedDocuments } from './issued.ts';
import type { Issues } from './issues.ts';
import type { Extras } from '../merge/extras.ts';
import type { Heads } from '../merge/heads.ts';
import { prepareLastDeletion, saySeen } from '../merge/unseen.ts';
import type { UnseenNotes, UnseenReader } from '../merge/unseen.ts';
import { createUnseenBelow } from '../merge/unseen-below.ts';
import { isOfPeople } from '../subjects/personal.ts';
import { layoutOf } from '../file/layout.ts';
import { wireStamp } from '../log/payload.ts';
import type { WireStamp } from '../log/payload.ts';
import { scopeFor } from './anchor.ts';
import { DELETED, LIVE, stampOf } from './rows.ts';
import type { Row, Rows, Stamp } from './rows.ts';
import type { States } from './states.ts';
import type { Streams } from '../log/streams.ts';
import { columnValue, sameCell } from '../file/values.ts';
import type { FieldUndo, Work } from './work.ts';

type Device = { readonly idx: number; readonly id: string };

export type WritesDeps = {
  readonly db: Db;
  readonly rows: Rows;
  readonly issues: Issues;
  readonly states: States;
  readonly heads: Heads;
  readonly extras: Extras;
  readonly batchRows: BatchRows;
  readonly streams: Streams;
  readonly device: Device;
  readonly issued: IssuedDocuments;
  readonly noteUnseen: UnseenNotes;
  readonly readUnseen: UnseenReader;
};

type Parts = CellParts &
  Pick<WritesDeps, 'states' | 'heads' | 'extras' | 'batchRows' | 'streams' | 'issued' | 'noteUnseen' | 'readUnseen'> & {
    readonly toWire: (stamp: Stamp) => WireStamp;
  };

const prepareWireStamp = (db: Db, own: Device) => {
  const byIndex = db.prepare<[number], string>('SELECT id FROM devices WHERE idx = ?').pluck();
  return ([h, d]: Stamp): WireStamp => (d === own.idx ? h : wireStamp(h, byIndex.get(d) ?? '', own.id));
};

const keepBefore = ({ batchRows }: Parts, work: Work, row: Row, before: Readonly<Record<string, FieldUndo>>): void => {
  if (work.batch !== null && !work.isSwap) batchRows.keep(work.batch.idx, row, before);
};

/** `scope`: that it goes into; undefined: with what it hangs on. */
type NewRow = {
  readonly table: TableName;
  readonly id: string;
  readonly cells: ReadonlyMap<string, CellValue>;
  readonly scope?: number;
};

const newRow = (parts: Parts, work: Work, { table, id, cells, scope: given }: NewRow): Row => {
  const layout = layoutOf(table);
  const v: Row['v'] = { ...layout.blank, id };
  const bad = new Map<string, Bad>();
  for (const [register, value] of cells) {
    if (isBad(value)) bad.set(register, value);
    if (!isStateText(register)) v[register] = columnValue(value);
  }
  const scope = given ?? scopeFor({ layout, v }, parts.rows.find, parts.streams);
  return parts.rows.insert(table, v, bad, scope, work.stamp(), ownerAlive(parts, { layout, v }));
};

const insert = (parts: Parts, work: Work, made: NewRow): Row => {
  const { table, id, cells } = made;
  const row = newRow(parts, work, made);
  const stamp = row.inserted;
  work.touch(row, true);
  parts.issues.putBad(row);
  const first = work.log(row, { h: stamp[0], kind: 'i', base: null, cols: [...cells.keys()], vals: [...cells.values()] });
  for (const field of row.layout.states) {
    const to = String(row.v[field]);
    parts.states.add(row, field, { ...work.about(), from: null, to, why: null, stamp, first, undoOf: null });
  }
  parts.batchRows.keepInsert(work.batch?.idx ?? null, row);
  work.entries.push({ k: 'i', t: table, n: row.n, r: id, h: stamp[0] });
  work.inverse.push({ kind: 'delete', table, id });
  const { currency } = row.v;
  // Lines may have come before their order: theirs was the usual number of digits.
  const isUnusual = typeof currency === 'string' && minorDigits(currency) !== minorDigits(null);
  refreshStale(parts, work, row, (field) => field === 'currency' && isUnusual);
  return row;
};

/**
 * How registers are set. `forced`: those too that hold the value already, for the sake of their stamps; `beside`: as by who had
 * seen nothing of the row, so that what was written there stands beside it as a conflict.
 */
type Setting = 'plain' | 'forced' | 'beside';

const keepBeside = ({ heads, ...parts }: Parts, row: Row, register: string): void => {
  const stamp = stampOf(row, register);
  heads.keep({ table: row.layout.name, row: row.id, register, stamp }, cellOf(parts, row, register));
};

/** What another file under that name wrote at the same moment is replaced with it. */
const dropTwin = ({ heads }: Parts, row: Row, register: string): void =>
  void heads.drop({ table: row.layout.name, row: row.id, register, stamp: stampOf(row, register) });

/** Says of values kept beside a register that they were seen, or that they were not. */
const resolve = (parts: Parts, work: Work, row: Row, register: string, heads: readonly Stamp[], isOpen: boolean): void => {
  if (heads.length === 0) return;
  work.touch(row);
  const stamp = work.stamp();
  const { name: table } = row.layout;
  for (const head of heads) {
    const place = { table, row: row.id, register, stamp: head };
    // No word is newer than one of now.
    parts.heads.resolve(place, { isOpen, by: work.change.actor, stamp }, () => true);
  }
  const [cols, vals] = [heads.map(() => register), heads.map(() => (isOpen ? 0 : 1))];
  work.log(row, { h: stamp[0], kind: 'r', base: heads.map(parts.toWire), cols, vals });
  work.entries.push({ k: 'r', t: table, n: row.n, r: row.id, h: stamp[0], field: register, heads });
};

/** Whoever replaces a value has seen all that say the same: two who kept it, each apart, have nothing more to decide. */
const closeEqual = (parts: Parts, work: Work, row: Row, register: string): void => {
  const place = { table: row.layout.name, row: row.id, register };
  resolve(parts, work, row, register, parts.heads.equalTo(place, cellOf(parts, row, register)), false);
};

const update = (parts: Parts, work: Work, row: Row, cells: ReadonlyMap<string, CellValue>, setting: Setting): void => {
  const isForced = setting === 'forced';
  parts.issues.loadBad(row);
  const changed = [...cells].filter(([register, value]) => isForced || !sameCell(cellOf(parts, row, register), value));
  if (changed.length === 0) return;
  work.touch(row);
  // What comes back by undo opens its heads itself, and what is kept stays.
  if (setting === 'plain') for (const [register] of changed) closeEqual(parts, work, row, register);
  const stamp = work.stamp();
  const cols = changed.map(([register]) => register);
  const base = setting === 'beside' ? null : cols.map((register) => parts.toWire(stampOf(row, register)));
  const undo: Record<string, FieldUndo> = {};
  const inverse: Record<string, CellValue> = {};
  for (const [register, value] of changed) {
    const was = cellOf(parts, row, register);
    if (setting === 'beside') keepBeside(parts, row, register);
    else dropTwin(parts, row, register);
    undo[register] = [was, value, stampOf(row, register)];
    if (!isStateText(register)) inverse[register] = was;
    setRegister(parts, row, register, value, stamp);
    // What waits there for its key is replaced, too.
    if (isOfPeople(row.layout.name) && parts.extras.get(row, register) !== null) parts.extras.set(row, register, null);
    work.wrote(row, register, was, value);
  }
  parts.rows.update(row, new Set(cols));
  const { name: table, owner } = row.layout;
  work.log(row, { h: stamp[0], kind: 'u', base, cols, vals: changed.map(([, value]) => value) });
  work.entries.push({ k: 'u', t: table, n: row.n, r: row.id, h: stamp[0], f: undo });
  if (Object.keys(inverse).length > 0) work.inverse.push({ kind: 'update', table, id: row.id, values: inverse });
  if (row.st === DELETED) parts.noteUnseen(row, { cols, vals: [] }, stamp);
  keepBefore(parts, work, row, undo);
  if (owner !== null && cols.includes(owner.field)) refreshAlive(parts, work, row);
  refreshStale(parts, work, row, (field) => cols.includes(field));
};

/**
 * `forced`: also where it is so already; `unseen`: as by who had seen nothing of what was written; the stamp of an earlier deletion:
 * forced, as by who had seen what that one saw.
 */
type Existing = 'plain' | 'forced' | 'unseen' | Stamp;

/** What a deletion says that it saw. */
const seenBy = (parts: Parts, row: Row, how: Existing): string | null => {
  if (how === 'unseen') return null;
  if (typeof how === 'string') return saySeen(row, parts.toWire);
  const before = { st: DELETED, x: { ...row.x, [EXISTENCE]: how }, inserted: row.inserted } as const;
  return saySeen(row, parts.toWire, parts.readUnseen(row.layout.name, row.id, before)?.registers);
};

const setExistence = (parts: Parts, work: Work, row: Row, st: typeof LIVE | typeof DELETED, how: Existing): void => {
  if (row.st === st && (how === 'plain' || how === 'unseen')) return;
  work.touch(row);
  const stamp = work.stamp();
  const was = stampOf(row, EXISTENCE);
  const undo = { [EXISTENCE]: [row.st, st, was] as const };
  const vals = st === DELETED ? [st, seenBy(parts, row, how)] : [st];
  work.log(row, { h: stamp[0], kind: 'u', base: parts.toWire(was), cols: [EXISTENCE], vals });
  dropTwin(parts, row, EXISTENCE);
  row.st = st;
  row.x[EXISTENCE] = stamp;
  parts.rows.updateExistence(row);
  parts.noteUnseen(row, { cols: [EXISTENCE], vals }, stamp);
  refreshAlive(parts, work, row);
  work.entries.push({ k: 'u', t: row.layout.name, n: row.n, r: row.id, h: stamp[0], f: undo });
  work.inverse.push({ kind: st === LIVE ? 'delete' : 'undelete', table: row.layout.name, id: row.id });
  keepBefore(parts, work, row, undo);
};

/** Clears the text beside a state, which a transition does by itself; returns what undo needs, if there was any. */
const clearText = (parts: Parts, work: Work, row: Row, field: string, stamp: Stamp): Readonly<Record<string, FieldUndo>> => {
  const text = stateText(field);
  const was = cellOf(parts, row, text);
  if (was === null) return {};
  const undo = { [text]: [was, null, stampOf(row, text)] as const };
  dropTwin(parts, row, text);
  setRegister(parts, row, text, null, stamp);
  work.wrote(row, text, was, null);
  return undo;
};

const move = (parts: Parts, work: Work, row: Row, field: string, to: string, why: string | null): void => {
  work.touch(row);
  const stamp = work.stamp();
  const from = String(row.v[field]);
  const was = stampOf(row, field);
  const text = clearText(parts, work, row, field, stamp);
  // A text that goes with the move is a register written by it, based on the text that was seen.
  const cleared = Object.entries(text).map(([register, [, , seen]]) => ({ register, seen }));
  const base = [was, ...cleared.map(({ seen }) => seen)].map(parts.toWire);
  const cols = [field, ...cleared.map(({ register }) => register)];
  const first = work.log(row, { h: stamp[0], kind: 't', base, cols, vals: [from, to, why] });
  const undone = work.undoneBy(row);
  const undoOf = undone === null ? null : ([undone, stamp[1]] as const);
  parts.states.add(row, field, { ...work.about(), from, to, why, stamp, first, undoOf });
  row.v[field] = parts.states.fold(row, field);
  work.wrote(row, field, from, row.v[field]);
  row.x[field] = stamp;
  parts.rows.update(row, new Set([field]));
  const entry = { t: row.layout.name, n: row.n, r: row.id, h: stamp[0] };
  // Text first: taken back last, after the move that would clear it again.
  if (Object.keys(text).length > 0) work.entries.push({ k: 'u', ...entry, f: text });
  work.entries.push({ k: 't', ...entry, field, from, to, why, was });
  work.inverse.push({ kind: 'transition', table: row.layout.name, id: row.id, field, to: from, why: null });
  keepBefore(parts, work, row, { [field]: [from, to, was], ...text });
};

/** Keeps a document as it is issued. It is no part of an undo step: what went out stays. */
const issue = (parts: Parts, work: Work, row: Row, document: IssuedDocument): void => {
  const stamp = work.stamp();
  const place = { table: row.layout.name, row: row.id };
  if (!parts.issued.keep(place, document, stamp)) return;
  work.touch(row);
  work.log(row, { h: stamp[0], kind: 'n', base: null, cols: [], vals: issuedVals(place, document) });
};

export type Writes = ReturnType<typeof createWrites>;

export const createWrites = ({ db, device, ...deps }: WritesDeps) => {
  const childIds = prepareChildIds(db);
  const parts: Parts = { ...deps, childIds, toWire: prepareWireStamp(db, device) };
  return {
    childIds,
    lastDeletion: prepareLastDeletion(db),
    unseenBelow: createUnseenBelow({ ...parts, db }),
    cellOf: (row: Row, register: string): CellValue => cellOf(parts, row, register),
    children: (row: Row): readonly Row[] => childRows(parts, row),
    /** Inserts a row. `cells` holds its non-null registers, with a state for every state field. */
    insert: (work: Work, table: TableName, id: string, cells: ReadonlyMap<string, CellValue>): Row =>
      insert(parts, work, { table, id, cells }),
    /** Inserts a row that comes from another territory into the scope that it goes to. */
    insertIn: (work: Work, table: TableName, id: string, cells: ReadonlyMap<string, CellValue>, scope: number): Row =>
      insert(parts, work, { table, id, cells, scope }),
    /** Sets registers to new values; those that stand already are left out. */
    update: (work: Work, row: Row, cells: ReadonlyMap<string, CellValue>): void => update(parts, work, row, cells, 'plain'),
    /** Sets registers as who had not seen what was written there: both stand, as a conflict. */
    updateBeside: (work: Work, row: Row, cells: ReadonlyMap<string, CellValue>): void =>
      update(parts, work, row, cells, 'beside'),
    /** Makes a row live or deleted. Its children are the caller's to write. */
    setExistence: (work: Work, row: Row, st: typeof LIVE | typeof DELETED): void => setExistence(parts, work, row, st, 'plain'),
    /** Deletes a row as who had not seen what was written of it. */
    deleteUnseen: (work: Work, row: Row): void => setExistence(parts, work, row, DELETED, 'unseen'),
    /**
     * Sets registers back for undo: each gets a stamp of its own, also where the value stands there already.
     * @param deletedAt of a deletion that comes back: it has seen what the one of that stamp saw
     */
    bringBack(work: Work, row: Row, cells: ReadonlyMap<string, CellValue>, deletedAt?: Stamp): void {
      const values = new Map(cells);
      const existence = values.get(EXISTENCE);
      values.delete(EXISTENCE);
      if (existence !== undefined) setExistence(parts, work, row, existence === LIVE ? LIVE : DELETED, deletedAt ?? 'forced');
      update(parts, work, row, values, 'forced');
    },
    /**
     * Writes what stands once more, by who has seen what stands beside it: whoever writes something else apart from that has not
     * seen it, and both are there to be decided. A value that waits for its key stays as it is.
     */
    keep(work: Work, row: Row, register: string): void {
      if (isOfPeople(row.layout.name) && parts.extras.get(row, register) !== null) return;
      parts.issues.loadBad(row);
      update(parts, work, row, new Map([[register, cellOf(parts, row, register)]]), 'forced');
    },
    /** Closes heads of a conflict, or opens them again. */
    resolve: (work: Work, row: Row, register: string, heads: readonly Stamp[], isOpen: boolean): void =>
      resolve(parts, work, row, register, heads, isOpen),
    /** Keeps a document as it is issued; one that is kept already is not kept twice. */
    issue: (work: Work, row: Row, document: IssuedDocument): void => issue(parts, work, row, document),
    /** The device whose word about a head was the last. */
    lastWord: (row: Row, register: string, head: Stamp) =>
      deps.heads.lastWord({ table: row.layout.name, row: row.id, register, stamp: head }),
    /** Adds a transition and folds; text that was no legal transition goes with it. */
    move: (work: Work, row: Row, field: string, to: string, why: string | null): void => move(parts, work, row, field, to, why),
  };
};
