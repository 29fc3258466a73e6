/** An insert from another device: a new row, the row that changes of it had been waiting for, or a second insert of it. */
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { Bad } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { isStateText, stateText } from '../../../../shared/model/registers.ts';
import { childRows, EXISTENCE, ownerAlive, refreshAlive, refreshStale } from '../file/cells.ts';
import { isCustom, layoutOf } from '../file/layout.ts';
import type { Layout } from '../file/layout.ts';
import { ERASED } from '../subjects/personal.ts';
import { isSealed } from '../subjects/sealed.ts';
import type { WireValue } from '../subjects/sealed.ts';
import type { Op } from '../log/payload.ts';
import { LIVE, stampOf } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import { columnValue } from '../file/values.ts';
import type { Work } from '../write/work.ts';
import { isSameStamp, NEVER } from './devices.ts';
import { mergeRegister, writeRegisters } from './registers.ts';
import type { Arriving, RegisterParts } from './registers.ts';
import { saidOf } from './said.ts';

export type Inserting = Arriving & {
  readonly table: TableName;
  readonly id: string;
  readonly scope: number;
  readonly cells: ReadonlyMap<string, WireValue>;
  /** The op as it was sent. */
  readonly op: Op;
};

const emptyRow = (layout: Layout, id: string): Row['v'] => ({ ...layout.blank, id });

/** A row of which only changes have come: not there for anybody until its insert comes. */
export const insertGhost = (parts: RegisterParts, work: Work, table: TableName, id: string, scope: number): Row => {
  const row = parts.rows.insert(table, emptyRow(layoutOf(table), id), new Map(), scope, NEVER, 0);
  work.touch(row, true);
  row.st = 0;
  parts.rows.updateExistence(row);
  for (const child of childRows(parts, row)) refreshAlive(parts, work, child);
  return row;
};

/** Rows that came before the one that owns them: looked at again, now that it is here. */
const meetChildren = (parts: RegisterParts, work: Work, row: Row): void => {
  for (const child of childRows(parts, row)) {
    work.touch(child);
    refreshAlive(parts, work, child);
  }
  const { currency } = row.v;
  const isUnusual = typeof currency === 'string' && minorDigits(currency) !== minorDigits(null);
  refreshStale(parts, work, row, (field) => field === 'currency' && isUnusual);
};

const insertNew = (parts: RegisterParts, work: Work, { table, id, scope, cells, stamp }: Inserting): Row => {
  const layout = layoutOf(table);
  const v = emptyRow(layout, id);
  const bad = new Map<string, Bad>();
  const known = [...cells].filter(([register]) => parts.knowsRegister(layout, register));
  for (const [register, value] of known) {
    if (isSealed(value)) continue;
    if (isBad(value)) bad.set(register, value);
    if (!isStateText(register) && register !== EXISTENCE) v[register] = columnValue(value);
  }
  const row = parts.rows.insert(table, v, bad, scope, stamp, ownerAlive(parts, { layout, v }));
  work.touch(row, true);
  parts.issues.putBad(row);
  for (const [register, value] of cells)
    if (isSealed(value) || !parts.knowsRegister(layout, register)) parts.extras.set(row, register, value);
  meetChildren(parts, work, row);
  return row;
};

/** Every register an insert writes, named or not: what it leaves out it makes empty. */
const registersOf = (parts: RegisterParts, row: Row, cells: ReadonlyMap<string, WireValue>): ReadonlySet<string> => {
  const { columns, states } = row.layout;
  const all = new Set([EXISTENCE, ...cells.keys(), ...Object.keys(row.x), ...parts.extras.names(row)]);
  for (const { name } of columns) all.add(name);
  for (const name of Object.keys(row.v)) if (isCustom(name)) all.add(name);
  for (const field of states.filter((one) => parts.knowsRegister(row.layout, one))) {
    all.delete(field);
    all.add(stateText(field));
  }
  return all;
};

/** What deltas of a counter came to before the row itself came: they count on top of what it began with. */
const withDeltas = (row: Row, register: string, value: WireValue): WireValue => {
  const delta = isSameStamp(stampOf(row, register), NEVER) ? row.v[register] : null;
  if (typeof delta !== 'number') return value;
  return typeof value === 'number' ? value + delta : (value ?? delta);
};

const mergeInto = (parts: RegisterParts, work: Work, row: Row, op: Inserting): Row => {
  // Of two inserts of a row, as two copies of a file may send them, it is of the later one, whichever comes first.
  const isOfThis = isSameStamp(row.inserted, NEVER) || parts.isNewer(op.stamp, row.inserted);
  work.touch(row);
  parts.issues.loadBad(row);
  const changed = new Set<string>();
  for (const register of registersOf(parts, row, op.cells)) {
    const value = register === EXISTENCE ? LIVE : withDeltas(row, register, op.cells.get(register) ?? null);
    const said = saidOf(op.op, register);
    // By what was sent: what it said of a person may be gone here already, and elsewhere go later.
    const write = { register, value, said, base: NEVER, isLeftOut: (said ?? null) === null };
    if (mergeRegister(parts, work, row, write, op)) changed.add(register);
  }
  if (isOfThis) {
    // That the person was erased stands, by the stamp it has.
    if (typeof row.v[ERASED] === 'string') row.x[ERASED] = stampOf(row, ERASED);
    row.inserted = op.stamp;
    for (const register of changed) if (isSameStamp(stampOf(row, register), op.stamp)) delete row.x[register];
  }
  writeRegisters(parts, work, row, changed);
  if (isOfThis) parts.rows.updateExistence(row);
  meetChildren(parts, work, row);
  return row;
};

/** Merges an insert; the states of the row are the caller's. */
export const mergeInsert = (parts: RegisterParts, work: Work, op: Inserting): Row => {
  const row = parts.rows.find(op.table, op.id);
  return row === undefined ? insertNew(parts, work, op) : mergeInto(parts, work, row, op);
};
