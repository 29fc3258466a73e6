/**
 * Payload v1 (DECISIONS.md 4): what the log says, the same in the outbox, in segments and between devices. Tables and
 * column lists are named once per payload, so builds of different schemas agree. Never change the meaning of a place.
 */
import type { Source } from '../api.ts';
import type { WireValue } from '../subjects/sealed.ts';

/** A stamp in a payload: a number is the payload's own device, else `<stamp>@<device uuid>`. */
export type WireStamp = number | string;

/**
 * i insert, u registers (`_st` too), t transition, c counter by a delta, e element of a set, n issued document,
 * r heads of a conflict (bases) that somebody has seen and left: 1, or opened again: 0; m the row went to another territory.
 */
export type OpKind = 'i' | 'u' | 't' | 'c' | 'e' | 'n' | 'r' | 'm';

/** `base`: the stamp the author saw, one for all columns or one per column; null for an insert. */
export type WireOp = [
  h: number,
  kind: OpKind,
  table: number,
  row: string,
  base: WireStamp | readonly WireStamp[] | null,
  cols: number,
  vals: readonly WireValue[],
];

/**
 * `undoOf`: first stamp of the transaction this one takes back. `first`: the first stamp of the transaction itself where
 * its first op is not here any more, as in a baseline.
 */
export type WireTransaction = [
  ops: number,
  actor: string,
  source: Source,
  batch: string | null,
  label: string,
  occurredAt: number | null,
  reason: string | null,
  undoOf: WireStamp | null,
  first?: number,
];

export type Payload = {
  readonly v: 1;
  readonly t: readonly string[];
  readonly c: readonly (readonly string[])[];
  readonly x: readonly WireTransaction[];
  readonly o: readonly WireOp[];
};

/** An op with its names spelt out. */
export type Op = {
  readonly h: number;
  readonly kind: OpKind;
  readonly table: string;
  readonly row: string;
  readonly base: WireStamp | readonly WireStamp[] | null;
  readonly cols: readonly string[];
  readonly vals: readonly WireValue[];
};

export type Transaction = {
  readonly actor: string;
  readonly source: Source;
  readonly batch: string | null;
  readonly label: string;
  readonly occurredAt: number | null;
  readonly reason: string | null;
  readonly undoOf: WireStamp | null;
  readonly first?: number;
  readonly ops: readonly Op[];
};

/** Whether an op is a word that its device has read so far, and nothing else (team/word.ts). */
export const isWord = ({ kind, cols }: Pick<Op, 'kind' | 'cols'>): boolean => kind === 'r' && cols.length === 0;

export const wireStamp = (h: number, device: string, own: string): WireStamp => (device === own ? h : `${h}@${device}`);

/** The stamp and device of a wire stamp; `own` is the device the payload comes from. */
export const readWireStamp = (stamp: WireStamp, own: string): { readonly h: number; readonly device: string } => {
  if (typeof stamp === 'number') return { h: stamp, device: own };
  const at = stamp.indexOf('@');
  return { h: Number(stamp.slice(0, at)), device: stamp.slice(at + 1) };
};

/** The stamp of one column's base. */
export const baseOf = (op: Pick<Op, 'base'>, column: number): WireStamp | null => {
  if (op.base === null || typeof op.base !== 'object') return op.base;
  return op.base[column] ?? null;
};

const createDictionary = <T>(keyOf: (value: T) => string) => {
  const places = new Map<string, number>();
  const values: T[] = [];
  return {
    values,
    place(value: T): number {
      const key = keyOf(value);
      const known = places.get(key);
      if (known !== undefined) return known;
      places.set(key, values.length);
      return values.push(value) - 1;
    },
  };
};

const oneForAll = (base: Op['base']): Op['base'] => {
  if (base === null || typeof base !== 'object') return base;
  const [first] = base;
  return first !== undefined && base.every((stamp) => stamp === first) ? first : base;
};

export const encodePayload = (transactions: readonly Transaction[]): Payload => {
  const tables = createDictionary<string>((name) => name);
  const columns = createDictionary<readonly string[]>((names) => names.join(' '));
  const x: WireTransaction[] = [];
  const o: WireOp[] = [];
  for (const { ops, actor, source, batch, label, occurredAt, reason, undoOf, first } of transactions) {
    const wire: WireTransaction = [ops.length, actor, source, batch, label, occurredAt, reason, undoOf];
    if (first !== undefined) wire.push(first);
    x.push(wire);
    for (const op of ops)
      o.push([op.h, op.kind, tables.place(op.table), op.row, oneForAll(op.base), columns.place(op.cols), op.vals]);
  }
  return { v: 1, t: tables.values, c: columns.values, x, o };
};

const decodeOp = ({ t, c }: Payload, [h, kind, table, row, base, cols, vals]: WireOp): Op => ({
  h,
  kind,
  table: t[table] ?? '',
  row,
  base,
  cols: c[cols] ?? [],
  vals,
});

const toTransaction = (wire: WireTransaction, ops: readonly Op[]): Transaction => {
  const [, actor, source, batch, label, occurredAt, reason, undoOf, first] = wire;
  return { actor, source, batch, label, occurredAt, reason, undoOf, ops, ...(first === undefined ? {} : { first }) };
};

export const decodePayload = (payload: Payload): readonly Transaction[] => {
  let from = 0;
  return payload.x.map((wire) => {
    const ops = payload.o.slice(from, from + wire[0]).map((op) => decodeOp(payload, op));
    from += wire[0];
    return toTransaction(wire, ops);
  });
};

/** One op of a payload and the transaction it is of, with its first stamp but without the other ops; undefined when there is none. */
export const pickOp = (payload: Payload, transaction: number, pos: number): readonly [Transaction, Op] | undefined => {
  const from = payload.x.slice(0, transaction).reduce((sum, [ops]) => sum + ops, 0);
  const wire = payload.x[transaction];
  const op = payload.o[from + pos];
  if (wire === undefined || op === undefined || pos >= wire[0]) return undefined;
  const first = wire[8] ?? payload.o[from]?.[0];
  return [{ ...toTransaction(wire, []), ...(first === undefined ? {} : { first }) }, decodeOp(payload, op)];
};

/** The value an op gave a register; undefined when it did not write it. */
export const writtenBy = <V>(
  op: Pick<Op, 'kind' | 'cols'> & { readonly vals: readonly V[] },
  register: string,
): V | null | undefined => {
  if (op.kind === 't') {
    if (op.cols[0] === register) return op.vals[1] ?? null;
    return `${op.cols[0] ?? ''}!` === register ? null : undefined;
  }
  if (op.kind !== 'i' && op.kind !== 'u') return undefined;
  const at = op.cols.indexOf(register);
  if (at >= 0) return op.vals[at] ?? null;
  return op.kind === 'i' ? null : undefined;
};
