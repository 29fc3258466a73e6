/** What a filter and an order mean, in plain words of JavaScript: the model that SQL is held against. */
import type { Filter } from '../../shared/domain/filter.ts';
import { foldText, matchKey, sortKey } from '../../shared/domain/fold.ts';
import type { Scalar } from '../../shared/domain/kinds.ts';
import type { Field } from '../../shared/model/field.ts';
import { compareText } from '../../electron/engine/store/write/order.ts';

export type ModelRow = {
  readonly id: string;
  readonly v: Readonly<Record<string, Scalar>>;
  /** Title of the linked rows, by field. */
  readonly labels: Readonly<Record<string, string | null>>;
  /** Fields whose text could not be read. */
  readonly unread: ReadonlySet<string>;
};
export type Fields = Readonly<Record<string, Field>>;

const keyOf = (field: Field | undefined, value: Scalar): Scalar =>
  field?.keyed === true && typeof value === 'string' ? sortKey(value) : value;

const compareScalars = (a: Scalar, b: Scalar): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));

const isEmpty = (row: ModelRow, field: string): boolean => {
  const value = row.v[field] ?? null;
  return (value === null || value === '' || value === '[]') && !row.unread.has(field);
};

const textOf = (row: ModelRow, field: string, declared: Field | undefined): string | null => {
  const value = row.v[field] ?? null;
  if (declared?.kind === 'link') return row.labels[field] ?? null;
  if (declared?.kind === 'choice') return declared.choices.find(({ key }) => key === value)?.label ?? null;
  return value === null ? null : String(value);
};

export const matches = (row: ModelRow, filter: Filter, fields: Fields): boolean => {
  if ('all' in filter) return filter.all.every((part) => matches(row, part, fields));
  if ('any' in filter) return filter.any.some((part) => matches(row, part, fields));
  if ('not' in filter) return !matches(row, filter.not, fields);
  if ('words' in filter || 'flag' in filter || 'chip' in filter || 'on' in filter) throw new Error('not in this model');
  const declared = fields[filter.field];
  const value = row.v[filter.field] ?? null;
  if ('empty' in filter) return isEmpty(row, filter.field) === filter.empty;
  const equals = (one: string | number): boolean =>
    value !== null &&
    (declared?.keyed === true ? matchKey(String(value)) === matchKey(String(one)) : compareScalars(value, one) === 0);
  if ('in' in filter) return filter.in.some(equals);
  if ('is' in filter) {
    const { is, value: other } = filter;
    if (is === 'has' || is === 'starts') {
      const text = textOf(row, filter.field, declared);
      const at = text === null ? -1 : foldText(text).indexOf(foldText(String(other)));
      return is === 'has' ? at >= 0 : at === 0;
    }
    if (is === 'eq') return equals(other);
    if (value === null) return false;
    const order = compareScalars(keyOf(declared, value), keyOf(declared, other));
    return { lt: order < 0, le: order <= 0, gt: order > 0, ge: order >= 0 }[is];
  }
  if (value === null) return false;
  const key = keyOf(declared, value);
  return (
    (filter.from === null || compareScalars(key, keyOf(declared, filter.from)) >= 0) &&
    (filter.to === null || compareScalars(key, keyOf(declared, filter.to)) <= 0)
  );
};

/** What a row is ordered by in a field, most important first; null = nothing entered. */
const sortKeys = (row: ModelRow, field: string, declared: Field | undefined): readonly (string | number)[] | null => {
  const value = row.v[field] ?? null;
  if (declared?.kind === 'link') {
    const label = row.labels[field] ?? null;
    return label === null ? null : [sortKey(label), label];
  }
  if (value === null) return null;
  if (declared?.kind === 'choice') {
    const at = declared.choices.findIndex(({ key }) => key === value);
    return [at < 0 ? declared.choices.length : at];
  }
  if (typeof value === 'number' || declared?.kind === 'date') return [value];
  return [sortKey(value), value];
};

export const inOrder = (
  rows: readonly ModelRow[],
  sort: readonly { readonly field: string; readonly dir: 'asc' | 'desc' }[],
  fields: Fields,
): readonly ModelRow[] =>
  rows.toSorted((a, b) => {
    for (const { field, dir } of sort) {
      const [left, right] = [sortKeys(a, field, fields[field]), sortKeys(b, field, fields[field])];
      if (left === null || right === null) {
        if (left === right) continue;
        return left === null ? 1 : -1;
      }
      for (const [at, key] of left.entries()) {
        const order = compareScalars(key, right[at] ?? null);
        if (order !== 0) return dir === 'desc' ? -order : order;
      }
    }
    return compareText(a.id, b.id);
  });
