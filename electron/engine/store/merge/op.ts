/**
 * One op from another device, sent to the rule of its kind. What this build has no table, field or kind for is set aside
 * whole and tried again by the next build that does (SYNC.md 2.9).
 */
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { EXISTENCE } from '../file/cells.ts';
import { layoutOf, numberFields } from '../file/layout.ts';
import type { Layout } from '../file/layout.ts';
import { baseOf, isWord } from '../log/payload.ts';
import type { Op, WireStamp } from '../log/payload.ts';
import type { Arrive } from '../subjects/arriving.ts';
import { ERASED, erasedAt, isOfPeople } from '../subjects/personal.ts';
import { isSealed } from '../subjects/sealed.ts';
import type { WireValue } from '../subjects/sealed.ts';
import type { Belongs } from '../territory/belongs.ts';
import { isScopeName } from '../territory/elsewhere.ts';
import type { Elsewhere } from '../territory/elsewhere.ts';
import { INSERTED, stampsOf } from '../territory/carried.ts';
import type { Late } from '../territory/late-list.ts';
import { readIssuedOp } from '../write/issued.ts';
import type { IssuedDocuments } from '../write/issued.ts';
import { isAwaited, isElsewhere, writtenIn } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { admitCell } from './admit.ts';
import { NEVER } from './devices.ts';
import { insertGhost, mergeInsert } from './insert.ts';
import { addDelta } from './other-ops.ts';
import type { createOtherOps } from './other-ops.ts';
import { mergeRegister, writeRegisters } from './registers.ts';
import type { Arriving } from './registers.ts';
import { isStateHere, mergeStart, mergeTransition } from './transition.ts';
import type { TransitionParts, Within } from './transition.ts';
import type { UnseenNotes } from './unseen.ts';

/** Whether this build has a table. */
export type Knows = (table: string) => table is TableName;

/** Whether a column is a counter. What a column is is said once for ever: builds that know it agree. */
export type IsCounter = (layout: Layout, register: string) => boolean;

export type OpParts = TransitionParts & {
  readonly others: ReturnType<typeof createOtherOps>;
  readonly issued: IssuedDocuments;
  readonly fromWire: (stamp: WireStamp) => Stamp;
  readonly knows: Knows;
  /** Whether an op of a table may come in a scope: else it is nobody's. */
  readonly belongs: Belongs;
  /** Whether a column is counted by deltas, and written by nothing else. */
  readonly isCounter: IsCounter;
  /** Opens what is said of people. */
  readonly arrive: Arrive;
  /** Whether a key is to be let go of, by what has come, of somebody who was erased at a stamp. */
  readonly isKeyToDrop: (row: Row, erased: number) => boolean;
  /** Rows that went to another territory, and what comes late of them. */
  readonly elsewhere: Elsewhere;
  /** Takes note of a record that was deleted by who had not seen what was written of it. */
  readonly noteUnseen: UnseenNotes;
  /** Takes note of a number that a record of elsewhere has or had: one of this device's own, or a legal one, is never given again. */
  readonly noteNumber: (table: TableName, field: string, number: string) => void;
};

export type Placed = Arriving & { readonly within: Within; readonly scope: number };

/** Whether the tables of this build hold a table. */
export const knowsTable = (table: string): table is TableName => isTableName(table);

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const rowFor = (parts: OpParts, work: Work, table: TableName, op: Op, scope: number): Row =>
  parts.rows.find(table, op.row) ?? insertGhost(parts, work, table, op.row, scope);

const base = (parts: OpParts, op: Op, at: number): Stamp => {
  const wire = baseOf(op, at);
  return wire === null ? NEVER : parts.fromWire(wire);
};

/** What an op says of a register, as this file can hold it. What it has no place for stays as it came. */
export const admit = (
  parts: Pick<OpParts, 'arrive' | 'knowsRegister'>,
  table: TableName,
  { row: id, cols, vals }: Pick<Op, 'row' | 'cols' | 'vals'>,
  at: number,
  placed: Pick<Placed, 'stamp' | 'scope'>,
  row: Row | undefined,
): WireValue => {
  const register = cols[at] ?? '';
  const value = vals[at];
  if (isSealed(value) && !parts.knowsRegister(layoutOf(table), register)) return value;
  const said = parts.arrive({ table, row: id, register }, value, placed, row);
  return isSealed(said) ? said : admitCell(table, register, said);
};

/** Who was erased is forgotten when all that came with it is merged; again, where a key turns out to be older than that. */
const noteErased = (parts: OpParts, work: Work, { cols, vals }: Op, row: Row): void => {
  if (!isOfPeople(row.layout.name)) return;
  const at = cols.indexOf(ERASED);
  const erased = erasedAt(row);
  if ((at >= 0 && vals[at] !== null) || (erased > 0 && vals.some(isSealed) && parts.isKeyToDrop(row, erased)))
    work.erased.add(row);
};

const insert = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row => {
  const known = parts.rows.find(table, op.row);
  const cells = new Map<string, WireValue>();
  op.cols.forEach((column, at) => {
    const value = admit(parts, table, op, at, placed, known);
    if (value !== null) cells.set(column, value);
  });
  const row = mergeInsert(parts, work, { ...placed, table, id: op.row, cells, op });
  mergeStart(parts, work, row, { ...placed, cells, isNew: known === undefined });
  noteErased(parts, work, op, row);
  return row;
};

const update = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row => {
  const row = rowFor(parts, work, table, op, placed.scope);
  work.touch(row);
  parts.issues.loadBad(row);
  const changed = new Set<string>();
  op.cols.forEach((register, at) => {
    // A state moves by transitions only, and a counter by deltas: what names them otherwise is no write.
    if (isStateHere(parts, row.layout, register) || parts.isCounter(row.layout, register)) return;
    const value = admit(parts, table, op, at, placed, row);
    if (mergeRegister(parts, work, row, { register, value, said: op.vals[at] ?? null, base: base(parts, op, at) }, placed))
      changed.add(register);
  });
  writeRegisters(parts, work, row, changed);
  noteErased(parts, work, op, row);
  parts.elsewhere.goAlong(work, row, changed);
  return row;
};

const transition = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row | null => {
  const [field = '', text] = op.cols;
  const [from, to, why] = op.vals.map(textOf);
  if (!isStateHere(parts, layoutOf(table), field) || !to) return null;
  const row = rowFor(parts, work, table, op, placed.scope);
  const move = { from: from ?? '', to, why: why ?? null };
  const seen = text === undefined ? null : base(parts, op, 1);
  mergeTransition(parts, work, row, { field, text: seen, move }, placed, placed.within);
  return row;
};

/** A delta of what is written and not counted is nobody's: beside writes it would come to another sum in another order. */
const count = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row | null | 'foreign' => {
  const [field = ''] = op.cols;
  const [delta] = op.vals;
  const layout = layoutOf(table);
  if (typeof delta !== 'number' || !layout.column.has(field) || !parts.knowsRegister(layout, field)) return null;
  if (!parts.isCounter(layout, field)) return 'foreign';
  const row = rowFor(parts, work, table, op, placed.scope);
  addDelta(parts, work, row, field, delta);
  return row;
};

const element = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row | null => {
  const [field = ''] = op.cols;
  const [el, isIn] = op.vals;
  if (typeof el !== 'string') return null;
  parts.others.setElement({ table, row: op.row, field, el }, isIn === 1, placed.stamp, parts.isNewer);
  return rowFor(parts, work, table, op, placed.scope);
};

/** A document that was issued; what cannot be one is nobody's. */
const issue = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row | null | 'foreign' => {
  const document = readIssuedOp(op);
  if (document === null) return null;
  if (document === 'unsound') return 'foreign';
  const row = rowFor(parts, work, table, op, placed.scope);
  // What the rules say of it hangs on what was issued of it.
  work.touch(row);
  parts.issued.keep({ table, row: op.row }, document, placed.stamp);
  return row;
};

const resolve = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row => {
  const row = rowFor(parts, work, table, op, placed.scope);
  work.touch(row);
  const { stamp, within } = placed;
  op.cols.forEach((register, at) => {
    const place = { table, row: op.row, register, stamp: base(parts, op, at) };
    parts.heads.resolve(place, { isOpen: op.vals[at] === 0, by: within.actor, stamp }, parts.isNewer);
  });
  return row;
};

/** The row went to another territory (SYNC.md 2.10): nobody sends one from where it is not. */
const send = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row | null => {
  const [name] = op.vals;
  if (!isScopeName(name)) return null;
  const row = rowFor(parts, work, table, op, placed.scope);
  const { stamp, scope } = placed;
  const isRegister = (register: string): boolean =>
    register === INSERTED || register === EXISTENCE || parts.knowsRegister(row.layout, register);
  const stamps = new Map(
    op.cols.flatMap((register, at) => (isRegister(register) ? [[register, base(parts, op, at)] as const] : [])),
  );
  const wasSent = isElsewhere(row) ? parts.isNewer(stamp, row.x['_st'] ?? NEVER) : isAwaited(row) || row.scope === scope;
  if (wasSent) parts.elsewhere.leave(work, row, { from: scope, to: parts.elsewhere.scopeOf(name), stamp }, { stamps });
  return row;
};

/** A late change without what it says that went already or was replaced, and of what else its author had not seen what went. */
const sift = (parts: OpParts, op: Op, { stamp, hasSeen }: Placed, gone: Row): Pick<Late, 'op' | 'beside'> => {
  const standings = op.cols.map((register, at) => {
    const write = { stamp, base: base(parts, op, at), hasSeen };
    return register === EXISTENCE ? 'next' : parts.elsewhere.meetLate(gone, register, write);
  });
  const isDue = (_: unknown, at: number): boolean => standings[at] !== 'past';
  return {
    op: { ...op, cols: op.cols.filter(isDue), vals: op.vals.filter(isDue) },
    beside: op.cols.filter((_, at) => standings[at] === 'beside'),
  };
};

/** What comes of a row that went to another territory, or hangs on one that did: it is passed on, or nobody's. */
const passOn = (parts: OpParts, work: Work, op: Op, placed: Placed, gone: Row): Row => {
  const { stamp, scope, within } = placed;
  const to = gone.scope;
  const isOfGone = gone.id === op.row;
  const late = isOfGone && op.kind === 'u' ? sift(parts, op, placed, gone) : { op };
  if (late.op.cols.length > 0 || op.kind !== 'u')
    parts.elsewhere.keepLate({ to, scope, stamp, actor: within.actor, source: within.source, ...late });
  if (isOfGone || !isTableName(op.table)) return gone;
  const row = rowFor(parts, work, op.table, op, scope);
  // The changes that came before it are kept after it.
  const stamps = new Map([...stampsOf(row), [INSERTED, stamp] as const]);
  parts.elsewhere.leave(
    work,
    row,
    { from: scope, to, stamp },
    { isSwept: true, on: { table: gone.layout.name, id: gone.id }, stamps },
  );
  return row;
};

type Merge = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed) => Row | null | 'foreign';

const rules: Readonly<Record<Op['kind'], Merge>> = {
  i: insert,
  u: update,
  t: transition,
  c: count,
  e: element,
  n: issue,
  r: resolve,
  m: send,
};

/** A restored file gets back what it numbered since: also where another value won, or the record is gone again. */
const noteNumbers = ({ noteNumber: note }: OpParts, table: TableName, { cols, vals }: Op): void => {
  for (const field of numberFields(table)) {
    const number = vals[cols.indexOf(field)];
    if (typeof number === 'string') note(table, field, number);
  }
};

/** Whether a row stands in another scope: whoever writes there is not asked by who writes here. */
const isOfOther = (row: Row | undefined, scope: number): boolean =>
  row !== undefined && (isElsewhere(row) || !isAwaited(row)) && writtenIn(row) !== scope;

const mergeKnown = (parts: OpParts, work: Work, table: TableName, op: Op, placed: Placed): Row | null | 'foreign' => {
  const gone = op.kind === 'm' ? null : parts.elsewhere.goneFor(op);
  if (gone !== null) return passOn(parts, work, op, placed, gone);
  const row = rules[op.kind](parts, work, table, op, placed);
  if (row !== null && row !== 'foreign') parts.noteUnseen(row, op, placed.stamp);
  return row;
};

/**
 * Merges an op. Null: this build cannot read it, and it is to be set aside; `foreign`: it is nothing of its scope, or not of the kind of
 * its column, and nobody's.
 */
export const mergeOp = (parts: OpParts, work: Work, op: Op, placed: Placed): Row | null | 'foreign' => {
  // That it came is all it says.
  if (isWord(op)) return 'foreign';
  if (!Object.hasOwn(rules, op.kind) || !parts.knows(op.table)) return null;
  if (!parts.belongs(op.table, op, placed.scope)) return 'foreign';
  if (isOfOther(parts.rows.find(op.table, op.row), placed.scope)) return 'foreign';
  noteNumbers(parts, op.table, op);
  const row = mergeKnown(parts, work, op.table, op, placed);
  if (row !== null && row !== 'foreign') parts.twins.makeWay(row, op, placed.stamp, placed.within);
  return row;
};
