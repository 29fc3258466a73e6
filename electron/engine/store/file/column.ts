/**
 * A field as SQL over the row `t`: where its value stands, what it sorts by, what must be joined. The one closed table
 * through which a field name becomes SQL; a name that is not in it never reaches a statement.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { isIntegerKind, type Kind } from '../../../../shared/domain/kinds.ts';
import { lifecycleOf } from '../../../../shared/domain/lifecycle.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { computed, sumsJoin } from '../grid/computed.ts';
import { linkShows, shownKind, type Fields } from '../read/fields.ts';
import { isCustom, quote } from './layout.ts';

export type Column = {
  readonly key: string;
  readonly field: Field;
  /** The kind of its values: what a computed field shows. */
  readonly kind: Kind;
  /** SQL of the stored value. */
  readonly value: string;
  /** The stored order key of a keyed text. */
  readonly sortKey: string | null;
  readonly isInteger: boolean;
  /** Whether its value comes from other rows. */
  readonly isComputed: boolean;
};

const toColumn = (table: TableName, key: string, field: Field): Column => {
  const kind = shownKind(field);
  const base = { key, field, kind, isInteger: isIntegerKind(kind) };
  if (field.kind === 'computed') {
    const value = computed[table]?.[key];
    if (value === undefined) throw new AppError('internal', `${table}.${key} has no definition`);
    return { ...base, value, sortKey: null, isComputed: true };
  }
  if (isCustom(key)) return { ...base, value: `json_extract(t._c, '$.${key}')`, sortKey: null, isComputed: false };
  return {
    ...base,
    value: `t.${quote(key)}`,
    sortKey: field.keyed === true ? `t.${quote(`${key}_sort`)}` : null,
    isComputed: false,
  };
};

/** The column of a field, or the error that names it. */
export const columnOf = (table: TableName, fields: Fields, key: string): Column => {
  const field = fields.get(key);
  if (field === undefined) throw new AppError('invalid', `${tableOf(table).many} have no field "${key}".`, { table, field: key });
  return toColumn(table, key, field);
};

export const columnsOf = (table: TableName, fields: Fields): readonly Column[] =>
  [...fields].map(([key, field]) => toColumn(table, key, field));

/** The table and what must be joined for its computed fields, as `t` (and `s`). */
export const fromOf = (table: TableName, hint = ''): string => `${quote(table)} t ${hint} ${sumsJoin[table] ?? ''}`;

/** The keys of a choice or state in the order they are declared, which is the order they sort in. */
export const declaredOrder = (field: Field): readonly string[] | null => {
  if (field.kind === 'choice') return field.choices.map((one) => one.key);
  if (field.kind === 'state') return lifecycleOf(field.lifecycle)?.states.map((one) => one.key) ?? [];
  return null;
};

/** The SQL column of a linked table that its rows are shown and ordered by. */
export const labelColumn = (field: Extract<Field, { kind: 'link' }>): { readonly table: TableName; readonly key: string } => {
  if (!isTableName(field.to)) throw new AppError('internal', `${field.label} links to an unknown table`);
  const { code, title } = tableOf(field.to);
  return { table: field.to, key: linkShows(field) === 'code' && code !== undefined ? code : title };
};
