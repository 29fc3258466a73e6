/**
 * Takes a step back, or does it again, by ordinary writes. A register is only touched while it holds what the step
 * left there (by stamp, not by value); everything else is left alone and listed.
 */
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue, Scalar } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { fieldOfRegister } from '../../../../shared/model/registers.ts';
import type { Made, Reader, Rules, Undone } from '../api.ts';
import type { BatchRows } from './batch-rows.ts';
import { EXISTENCE } from '../file/cells.ts';
import { numberFields } from '../file/layout.ts';
import type { Device } from '../file/local.ts';
import { DELETED, LIVE, stampOf } from '../write/rows.ts';
import type { Row, Rows, Stamp } from '../write/rows.ts';
import type { Needed } from './needed.ts';
import type { UndoLog } from './undo-log.ts';
import { columnValue } from '../file/values.ts';
import type { UndoEntry, Work } from '../write/work.ts';
import type { Writes } from '../write/writes.ts';

/** Why something was left alone: somebody changed it since, or the rules hold it where it is. */
export type RefusedWhy = 'changed' | 'fixed';

export type Refused = {
  readonly table: string;
  readonly id: string;
  readonly field: string;
  readonly now: Scalar;
  readonly why: RefusedWhy;
};

/** Above this many rows an outcome names no more: nobody reads a longer list, and a batch may have a million. */
const MAX_TOLD = 1000;

/** What was brought back, and what was left alone: the thousand of each that the step changed first. */
export type Outcome = {
  readonly isUndo: boolean;
  readonly rows: Map<string, { readonly table: string; readonly id: string; readonly fields: Set<string> }>;
  readonly refused: Refused[];
};

export type UndoParts = {
  readonly rows: Rows;
  readonly writes: Writes;
  readonly rules: Rules;
  readonly reader: Reader;
  readonly log: UndoLog;
  readonly batchRows: BatchRows;
  readonly device: Device;
  readonly needed: Needed;
};

type Entry<K extends UndoEntry['k']> = Extract<UndoEntry, { k: K }>;

export const newOutcome = (isUndo: boolean): Outcome => ({ isUndo, rows: new Map(), refused: [] });

/** Notes that registers of a row were brought back. An undo comes to what was changed first last. */
export const noteRow = ({ rows, isUndo }: Outcome, row: Row, registers: Iterable<string>): void => {
  const key = `${row.layout.name}/${row.id}`;
  if (rows.size >= MAX_TOLD && !rows.has(key)) {
    const [last] = rows.keys();
    if (!isUndo || last === undefined) return;
    rows.delete(last);
  }
  const known = rows.get(key) ?? { table: row.layout.name, id: row.id, fields: new Set<string>() };
  for (const register of registers) if (register !== EXISTENCE) known.fields.add(fieldOfRegister(register));
  rows.set(key, known);
};

/** The rows in the order the step changed them: no fields where a row came or went. */
export const rowsOfOutcome = ({ rows, isUndo }: Outcome): Undone['rows'] => {
  const told = [...rows.values()].map(({ table, id, fields }) => ({ table, id, fields: [...fields] }));
  return isUndo ? told.toReversed() : told;
};

export const noteRefused = (outcome: Outcome, row: Row, field: string, now: CellValue, why: RefusedWhy = 'changed'): void => {
  if (outcome.refused.length < MAX_TOLD)
    outcome.refused.push({ table: row.layout.name, id: row.id, field, now: columnValue(now), why });
};

/** A number once given stays (DECISIONS.md 3), so undo leaves it and does not mind it. */
const isGivenNumber = (row: Row, register: string): boolean => numberFields(row.layout.name).includes(register);

/** A value to bring back, and the stamp it had. */
export type Earlier = readonly [value: CellValue, stamp: Stamp];

/** The deletion of which it is known what it saw, where the one of a stamp came back by that: as a step was taken back before. */
const knownDeletion = ({ writes, log }: Pick<UndoParts, 'writes' | 'log'>, row: Row, stamp: Stamp): Stamp => {
  const last = writes.lastDeletion(row);
  return last !== undefined && log.areOne(row, EXISTENCE, last, stamp) ? last : stamp;
};

/** Writes registers back and says which earlier stamps the new ones stand for. */
export const bringBack = (
  parts: Pick<UndoParts, 'writes' | 'log'>,
  work: Work,
  row: Row,
  cells: ReadonlyMap<string, Earlier>,
): void => {
  const { writes, log } = parts;
  const values = new Map([...cells].map(([register, [value]]) => [register, value]));
  const existence = cells.get(EXISTENCE);
  writes.bringBack(work, row, values, existence && knownDeletion(parts, row, existence[1]));
  for (const [register, [, stamp]] of cells) log.stand(row, register, stamp);
};

/** What of it the rules are told of the step that is taken back or done again. */
type StepParts = UndoParts & {
  readonly made: Made;
  readonly entries: readonly UndoEntry[];
  /** Whether a row that the step made is named by one that stays. */
  readonly isNeeded: (row: Row) => boolean;
  /** Fields of rows that stay as they are: what was said of what stands beside them stays said, too. */
  readonly left: Set<string>;
  readonly existed: ReturnType<typeof existenceOf>;
};

const rowKey = (table: string, n: number): string => `${table}/${n}`;
const fieldKey = ({ layout, n }: Row, register: string): string => `${rowKey(layout.name, n)}/${fieldOfRegister(register)}`;

/** Leaves a field as it is, and tells so once, however often the step wrote it. */
const leave = ({ left, writes }: StepParts, row: Row, register: string, outcome: Outcome, why: RefusedWhy): void => {
  const key = fieldKey(row, register);
  if (left.has(key)) return;
  left.add(key);
  noteRefused(outcome, row, register, writes.cellOf(row, register), why);
};

/** Whether the rules hold a field of a row, or the row itself, where it is. */
const isFixed = ({ rules, reader, made }: StepParts, row: Row, field: string | null, putRight = false): boolean =>
  rules.isFixed(row.layout.name, row.v, field, { read: reader, made, isPutRight: putRight });

/** Whether a field stays as it is; what belongs to a record comes and goes with it. */
const isLeft = (parts: StepParts, row: Row, register: string): boolean => {
  if (parts.left.has(fieldKey(row, register))) return true;
  const above = register === EXISTENCE ? aboveOf(parts, row) : undefined;
  return above !== undefined && isLeft(parts, above, register);
};

/** Whether a stamp is older than another. */
const isBefore = (a: Stamp, b: Stamp): boolean => a[0] < b[0] || (a[0] === b[0] && a[1] < b[1]);

const aboveOf = ({ rows }: UndoParts, { layout: { owner }, v }: Row): Row | undefined =>
  owner === null ? undefined : rows.find(owner.owner, String(v[owner.field]));

/** What a step wrote of whether a record is there; without an earlier stamp where it made the record. */
type Existed = { readonly h: number; readonly was: CellValue; readonly became: CellValue; readonly stamp: Stamp | null };

/** By record, in the order of the step: it is asked for each of the many that one owns. */
const existenceOf = (entries: readonly UndoEntry[]): ReadonlyMap<string, readonly Existed[]> => {
  const found = new Map<string, Existed[]>();
  for (const entry of entries) {
    const wrote = entry.k === 'u' ? entry.f[EXISTENCE] : undefined;
    if (entry.k !== 'i' && wrote === undefined) continue;
    const [was, became, stamp] = wrote ?? [DELETED, LIVE, null];
    const one = { h: entry.h, was, became, stamp };
    const key = rowKey(entry.t, entry.n);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found;
};

/** Whether the step itself makes a record be there that is deleted now. */
const comesBack = ({ existed, log, device }: StepParts, row: Row, isUndo: boolean): boolean => {
  const own = existed.get(rowKey(row.layout.name, row.n)) ?? [];
  const [first, last] = [own[0], own.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (isUndo) return first.was === LIVE && log.holds(row, EXISTENCE, [last.h, device.idx]);
  return last.became === LIVE && (first.stamp === null || log.holds(row, EXISTENCE, first.stamp));
};

/** Nothing comes to be there, or is written, below what is deleted and stays so: nobody would see it. */
const isBelowDeleted = (parts: StepParts, row: Row, isUndo: boolean): boolean => {
  const above = aboveOf(parts, row);
  if (above === undefined || above.alive === 1) return false;
  return above.st === LIVE || comesBack(parts, above, isUndo) ? isBelowDeleted(parts, above, isUndo) : true;
};

/** Whether a row, and the one it belongs to, came to the states they are in before something was written. */
const isStatedBefore = (parts: UndoParts, row: Row, own: Stamp): boolean =>
  [row, aboveOf(parts, row)].every(
    (one) => one === undefined || one.layout.states.every((field) => isBefore(stampOf(one, field), own)),
  );

/**
 * Whether a text that could not be read was put right when its record was in the state it is in already, and what followed
 * from that on a row below: the text was there all the time before.
 */
const isPutRight = (parts: StepParts, row: Row, register: string, was: CellValue, own: Stamp): boolean => {
  if (isBad(was)) return isStatedBefore(parts, row, own);
  const above = was === null ? aboveOf(parts, row) : undefined;
  const text = parts.entries.find(
    (one): one is Entry<'u'> =>
      one.k === 'u' && one.t === above?.layout.name && one.n === above.n && one.f[register] !== undefined,
  )?.f[register]?.[0];
  return above !== undefined && text !== undefined && isBad(text) && isStatedBefore(parts, above, own);
};

const swapInsert = (parts: StepParts, work: Work, row: Row, entry: Entry<'i'>, isUndo: boolean, outcome: Outcome): void => {
  const own: Stamp = [entry.h, parts.device.idx];
  if (isFixed(parts, row, null)) return noteRefused(outcome, row, EXISTENCE, row.st, 'fixed');
  if (isUndo) {
    const changed = Object.keys(row.x).filter(
      (register) => !isGivenNumber(row, register) && !parts.log.holds(row, register, own),
    );
    if (parts.writes.children(row).some((child) => child.alive === 1)) changed.push(EXISTENCE);
    for (const register of changed) noteRefused(outcome, row, register, parts.writes.cellOf(row, register));
    if (changed.length > 0) return;
    if (parts.isNeeded(row)) return noteRefused(outcome, row, EXISTENCE, row.st, 'fixed');
    parts.writes.setExistence(work, row, DELETED);
  } else if (isBelowDeleted(parts, row, isUndo)) return leave(parts, row, EXISTENCE, outcome, 'changed');
  else bringBack(parts, work, row, new Map([[EXISTENCE, [LIVE, own]]]));
  noteRow(outcome, row, [EXISTENCE]);
};

const swapFields = (parts: StepParts, work: Work, row: Row, entry: Entry<'u'>, isUndo: boolean, outcome: Outcome): void => {
  const own: Stamp = [entry.h, parts.device.idx];
  const cells = new Map<string, Earlier>();
  for (const [register, [was, became, stamp]] of Object.entries(entry.f)) {
    if ((was === null && isGivenNumber(row, register)) || isLeft(parts, row, register)) continue;
    const isHeld = isFixed(parts, row, register, isPutRight(parts, row, register, was, own));
    const isHidden =
      (register === EXISTENCE ? (isUndo ? was : became) === LIVE : row.st === LIVE) && isBelowDeleted(parts, row, isUndo);
    if (isHeld || isHidden || !parts.log.holds(row, register, isUndo ? own : stamp))
      leave(parts, row, register, outcome, isHeld ? 'fixed' : 'changed');
    else cells.set(register, isUndo ? [was, stamp] : [became, own]);
  }
  if (cells.size === 0) return;
  bringBack(parts, work, row, cells);
  noteRow(outcome, row, cells.keys());
};

/** Why a move may not be taken back, or made again, from where the row is now; null where it may. */
const stateRefusal = (parts: StepParts, work: Work, row: Row, entry: Entry<'t'>, isUndo: boolean): RefusedWhy | null => {
  const { t, h, field, from, to, was } = entry;
  const now = row.v[field];
  if (isUndo && now === to && (!parts.rules.reversible(t, field, from, to) || isFixed(parts, row, field))) return 'fixed';
  const isAsLeft = isUndo
    ? now === to && parts.log.holds(row, field, [h, parts.device.idx])
    : now === from && parts.log.holds(row, field, was);
  const isLegal = isUndo || work.change.source === 'import' || parts.rules.allowed(t, field, from).includes(to);
  return isAsLeft && isLegal ? null : 'changed';
};

const swapState = (parts: StepParts, work: Work, row: Row, entry: Entry<'t'>, isUndo: boolean, outcome: Outcome): void => {
  const { field, from, to, why, was, h } = entry;
  if (isLeft(parts, row, field)) return;
  const refusal = stateRefusal(parts, work, row, entry, isUndo);
  if (refusal !== null) return leave(parts, row, field, outcome, refusal);
  parts.writes.move(work, row, field, isUndo ? from : to, isUndo ? null : why);
  parts.log.stand(row, field, isUndo ? was : [h, parts.device.idx]);
  noteRow(outcome, row, [field]);
};

/** Where somebody else has spoken since of what stands beside a value, that stays as they left it, and the value with it. */
const leaveSpokenOf = (parts: StepParts, row: Row, { field, heads }: Entry<'r'>, isUndo: boolean, outcome: Outcome): void => {
  const isOurs = heads.every((head) => {
    const word = parts.writes.lastWord(row, field, head);
    return word?.device === parts.device.idx && word.isOpen !== isUndo;
  });
  if (!isOurs) leave(parts, row, field, outcome, 'changed');
};

/** Opens heads again that the step closed, or closes them again. */
const swapHeads = (
  parts: StepParts,
  work: Work,
  row: Row,
  { field, heads }: Entry<'r'>,
  isUndo: boolean,
  outcome: Outcome,
): void => {
  if (isLeft(parts, row, field)) return;
  parts.writes.resolve(work, row, field, heads, isUndo);
  noteRow(outcome, row, [field]);
};

/** Takes a step back, last op first, or does it again, first op first. */
export const swapEntries = (undo: UndoParts, work: Work, entries: readonly UndoEntry[], isUndo: boolean): Outcome => {
  const outcome = newOutcome(isUndo);
  const made = (table: TableName): readonly string[] =>
    entries.flatMap((entry) => (entry.k === 'i' && entry.t === table ? (undo.rows.findByN(entry.t, entry.n)?.id ?? []) : []));
  const needed = new Map<TableName, ReadonlySet<string>>();
  const isNeeded = ({ layout: { name }, id }: Row): boolean => {
    const known = needed.get(name) ?? undo.needed.besideStep(name, made(name), made);
    needed.set(name, known);
    return known.has(id);
  };
  const parts: StepParts = { ...undo, made, entries, isNeeded, left: new Set(), existed: existenceOf(entries) };
  const inOrder = isUndo ? entries.toReversed() : entries;
  // Words of what stands beside a value come after it, whichever way: they are left with it.
  const words = inOrder.filter(({ k }) => k === 'r');
  const writes = inOrder.filter(({ k }) => k !== 'r');
  for (const entry of words) {
    const row = parts.rows.findByN(entry.t, entry.n);
    if (row !== undefined && entry.k === 'r') leaveSpokenOf(parts, row, entry, isUndo, outcome);
  }
  for (const entry of [...writes, ...words]) {
    const row = parts.rows.findByN(entry.t, entry.n);
    if (row === undefined) continue;
    parts.batchRows.refuseImporting(row, null);
    if (entry.k === 'u') swapFields(parts, work, row, entry, isUndo, outcome);
    else if (entry.k === 'r') swapHeads(parts, work, row, entry, isUndo, outcome);
    else if (entry.k === 't') swapState(parts, work, row, entry, isUndo, outcome);
    else swapInsert(parts, work, row, entry, isUndo, outcome);
  }
  return outcome;
};
