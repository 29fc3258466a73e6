/**
 * What comes from another device is data of unknown shape until it was looked at: a payload is either payload v1, with
 * everything in bounds and stamps that rise, or it is refused whole with the reason. Values are not judged here: those
 * that fit no cell are kept as bad cells (merge/admit.ts).
 */
import { isStamp } from '../../../../shared/domain/hlc.ts';
import type { Payload, WireStamp } from './payload.ts';

const NAME = /^[a-z][a-z0-9_]{0,63}$/;
const REGISTER = /^(?:_st|[a-z][a-zA-Z0-9_]{0,63}!?)$/;
export const isRegister = (name: string): boolean => REGISTER.test(name);
const WIRE_STAMP = /^(\d{1,16})@[\w#-]{1,80}$/;
const MAX_ID = 200;
const MAX_TEXT = 10_000;

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const isId = (value: unknown): boolean => typeof value === 'string' && value.length > 0 && value.length <= MAX_ID;
const isText = (value: unknown): boolean => value === null || (typeof value === 'string' && value.length <= MAX_TEXT);
const isIndex = (value: unknown, length: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < length;
export const isWireStamp = (value: unknown): value is WireStamp =>
  isStamp(value) || (typeof value === 'string' && isStamp(Number(WIRE_STAMP.exec(value)?.[1] ?? 'x')));
const isBase = (value: unknown, columns: number): boolean =>
  value === null || (isList(value) ? value.length === columns && value.every(isWireStamp) : isWireStamp(value));
const isCount = (value: unknown): boolean => typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

const isTransaction = (value: unknown): boolean => {
  if (!isList(value) || value.length < 8 || value.length > 9) return false;
  const [ops, actor, source, batch, label, occurredAt, reason, undoOf, first] = value;
  return (
    [isCount(ops) && ops !== 0, isId(actor), isId(source), batch === null || isId(batch)].every(Boolean) &&
    [isText(label) && label !== null, occurredAt === null || Number.isSafeInteger(occurredAt), isText(reason)].every(Boolean) &&
    (undoOf === null || isWireStamp(undoOf)) &&
    (first === undefined || isStamp(first))
  );
};

const isOp = (value: unknown, tables: readonly unknown[], columns: readonly (readonly unknown[])[]): boolean => {
  if (!isList(value) || value.length !== 7) return false;
  const [h, kind, table, row, base, cols, vals] = value;
  const named = isIndex(cols, columns.length) ? columns[Number(cols)] : undefined;
  return (
    isStamp(h) &&
    typeof kind === 'string' &&
    kind.length === 1 &&
    isIndex(table, tables.length) &&
    isId(row) &&
    named !== undefined &&
    isBase(base, named.length) &&
    isList(vals)
  );
};

/**
 * @param ops how many ops the header promises
 * @param after the stamp that all are newer than
 * @returns the payload, or why it is none
 */
export const checkPayload = (value: unknown, ops: number, after: number): Payload | string => {
  if (typeof value !== 'object' || value === null) return 'no object';
  const { v, t, c, x, o } = value as Readonly<Record<string, unknown>>;
  if (v !== 1) return `payload version ${String(v)}`;
  if (!isList(t) || !t.every((name) => typeof name === 'string' && NAME.test(name))) return 'table names';
  const isNames = (names: unknown): names is readonly string[] =>
    isList(names) && names.every((name) => typeof name === 'string' && REGISTER.test(name));
  if (!isList(c) || !c.every(isNames)) return 'column names';
  if (!isList(x) || !x.every(isTransaction)) return 'transactions';
  if (!isList(o) || o.length !== ops || !o.every((op) => isOp(op, t, c))) return 'ops';
  const payload = value as Payload;
  if (payload.x.reduce((sum, [count]) => sum + count, 0) !== ops) return 'counts';
  let last = after;
  for (const [h] of payload.o) {
    if (h <= last) return 'stamps do not rise';
    last = h;
  }
  return payload;
};
