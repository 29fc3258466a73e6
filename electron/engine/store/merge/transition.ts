/** Transitions from another device: kept in the order of all stamps, and folded again (SYNC.md 2.4). */
import { stateText } from '../../../../shared/model/registers.ts';
import type { Source } from '../api.ts';
import type { Layout } from '../file/layout.ts';
import type { Transaction, WireStamp } from '../log/payload.ts';
import { stampOf } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';
import type { States } from '../write/states.ts';
import type { Work } from '../write/work.ts';
import { mergeRegister, writeRegisters } from './registers.ts';
import type { Arriving, RegisterParts } from './registers.ts';

export type TransitionParts = RegisterParts & { readonly states: Pick<States, 'add' | 'fold'> };

/** The transaction a transition is of. `first`: its first stamp, by which an undo names it. */
export type Within = {
  readonly actor: string;
  readonly source: Source;
  readonly batch: string | null;
  readonly first: number;
  readonly undoOf: Stamp | null;
};

export const withinOf = (transaction: Transaction, { fromWire }: { readonly fromWire: (stamp: WireStamp) => Stamp }): Within => ({
  actor: transaction.actor,
  source: transaction.source,
  batch: transaction.batch,
  first: transaction.first ?? transaction.ops[0]?.h ?? 0,
  undoOf: transaction.undoOf === null ? null : fromWire(transaction.undoOf),
});

/** Whether a field of this build is a state. */
export const isStateHere = (parts: RegisterParts, layout: Layout, field: string): boolean =>
  layout.states.includes(field) && parts.knowsRegister(layout, field);

const add = ({ states }: TransitionParts, row: Row, field: string, stamp: Stamp, within: Within, move: Move): void =>
  states.add(row, field, { ...within, ...move, stamp });

export type Move = { readonly from: string | null; readonly to: string; readonly why: string | null };

const refold = (parts: TransitionParts, work: Work, row: Row, field: string, stamp: Stamp): void => {
  const was = row.v[field] ?? null;
  row.v[field] = parts.states.fold(row, field);
  work.wrote(row, field, was, row.v[field]);
  if (parts.isNewer(stamp, stampOf(row, field))) row.x[field] = stamp;
};

export type Starting = {
  readonly stamp: Stamp;
  readonly within: Within;
  readonly cells: ReadonlyMap<string, unknown>;
  /** Nothing of the row was here: it stands as its insert says, and no move is there to be folded. */
  readonly isNew: boolean;
};

/** The states a row starts in: where the fold begins. */
export const mergeStart = (parts: TransitionParts, work: Work, row: Row, { stamp, within, cells, isNew }: Starting): void => {
  const states = row.layout.states.filter((field) => isStateHere(parts, row.layout, field));
  if (states.length === 0) return;
  for (const field of states) {
    const to = cells.get(field);
    if (typeof to !== 'string') continue;
    add(parts, row, field, stamp, within, { from: null, to, why: null });
    if (!isNew) refold(parts, work, row, field, stamp);
  }
  if (!isNew) parts.rows.update(row, new Set(states));
};

/** @param text the stamp of the text beside the state that the move cleared, as its author saw it; null: there was none */
export const mergeTransition = (
  parts: TransitionParts,
  work: Work,
  row: Row,
  { field, text, move }: { readonly field: string; readonly text: Stamp | null; readonly move: Move },
  arriving: Arriving,
  within: Within,
): void => {
  work.touch(row);
  parts.issues.loadBad(row);
  const changed = new Set([field]);
  add(parts, row, field, arriving.stamp, within, move);
  refold(parts, work, row, field, arriving.stamp);
  if (text !== null) {
    const register = stateText(field);
    if (mergeRegister(parts, work, row, { register, value: null, said: null, base: text }, arriving)) changed.add(register);
  }
  writeRegisters(parts, work, row, changed);
};
