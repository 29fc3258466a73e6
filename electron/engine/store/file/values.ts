/**
 * What may stand in a cell. Text as typed goes through the rules; a plain value of the wrong kind is a fault of the
 * caller and refused, as SQLite would quietly turn `'005'` into 5. A number too large to be exact is kept as a bad cell.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { isDay } from '../../../../shared/domain/dates.ts';
import { isBad, isIntegerKind, isTyped } from '../../../../shared/domain/kinds.ts';
import type { Bad, CellInput, CellValue, Kind, Scalar } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { isCustom, layoutOf } from './layout.ts';

/** A stored number that a double, and so a page, cannot hold exactly (DECISIONS.md 2). */
const NUM_RANGE = 'NUM_RANGE';

const refuse = (table: TableName, field: string, why: string): never => {
  throw new AppError('invalid', `${table}.${field}: ${why}`, { table, field });
};

const bad = (raw: string, code: string): Bad => ({ '!': [raw, code] });

/** Half a surrogate pair cannot be stored as UTF-8; it would come back as another text than the log holds. */
const wellFormed = (text: string): string => text.replace(/\p{Cs}/gu, '\uFFFD');

const hasJson = (text: string, holds: (value: unknown) => boolean): boolean => {
  try {
    return holds(JSON.parse(text));
  } catch {
    return false;
  }
};

const isLabelled = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string'));

/** Days seen to be days: a file has few of them, and many times. */
const knownDays = new Set<string>();
const MAX_DAYS = 10_000;

const isKnownDay = (text: string): boolean => {
  if (knownDays.has(text)) return true;
  if (!isDay(text)) return false;
  if (knownDays.size >= MAX_DAYS) knownDays.clear();
  knownDays.add(text);
  return true;
};

/** Why a text cannot be a value of the kind; null when it can. */
export const textFault = (text: string, kind: Kind, field: Field | undefined): string | null => {
  if (kind === 'date' && !isKnownDay(text)) return 'a date is an ISO day';
  if (kind === 'list' && !hasJson(text, isLabelled)) return 'a list is JSON [[label, value], …]';
  if (kind === 'json' && !hasJson(text, () => true)) return 'the value is not JSON';
  if (kind === 'ref' && !/^[a-z_]+\/.+$/.test(text)) return 'a reference is <table>/<id>';
  if (field?.kind === 'choice' && !field.choices.some((choice) => choice.key === text)) return `no choice ${text}`;
  return null;
};

const takeNumber = (table: TableName, name: string, value: number, kind: Kind): CellValue => {
  if (!Number.isInteger(value)) return refuse(table, name, 'a stored number is a whole number');
  if (!Number.isSafeInteger(value)) return bad(String(value), NUM_RANGE);
  if (kind === 'flag' && value !== 0 && value !== 1) return refuse(table, name, 'a flag is 0 or 1');
  return value === 0 ? 0 : value;
};

const takeScalar = (table: TableName, name: string, value: Scalar, kind: Kind, field: Field | undefined): CellValue => {
  if (value === null || value === '') return null;
  if (isIntegerKind(kind)) {
    return typeof value === 'number' ? takeNumber(table, name, value, kind) : refuse(table, name, 'the column holds numbers');
  }
  if (typeof value !== 'string') return refuse(table, name, 'the column holds text');
  const text = wellFormed(value);
  const fault = textFault(text, kind, field);
  return fault === null ? text : refuse(table, name, fault);
};

export type Parse = (field: string, text: string) => CellValue;
/** The kind of a custom field of the table, when it is defined here. */
export type CustomKind = (field: string) => Kind | undefined;

/**
 * The value a cell gets from a patch.
 * @throws AppError `invalid` with `{table, field}`
 */
export const resolveCell = (
  table: TableName,
  name: string,
  input: CellInput,
  parse: Parse,
  customKind: CustomKind,
): CellValue => {
  const field = layoutOf(table).column.get(name)?.field;
  if (field === undefined && !isCustom(name)) return refuse(table, name, 'there is no such stored field');
  if (isTyped(input)) return parse(name, wellFormed(input['?']));
  if (isBad(input)) return bad(wellFormed(input['!'][0]), input['!'][1]);
  const kind = field?.kind ?? customKind(name) ?? (typeof input === 'number' ? 'integer' : 'text');
  return takeScalar(table, name, input, kind, field);
};

export const sameCell = (a: CellValue, b: CellValue): boolean =>
  isBad(a) ? isBad(b) && a['!'][0] === b['!'][0] && a['!'][1] === b['!'][1] : a === b;

/** The part of a cell that stands in its column. */
export const columnValue = (cell: CellValue): Scalar => (isBad(cell) ? null : cell);
