/**
 * The fields of a table: those the model declares and the custom ones of this database, as one map of the same
 * type, so that lists, filters and views have no second path for custom fields.
 */
import type { Database } from 'better-sqlite3';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import type { Choice, Field } from '../../../../shared/model/field.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';

export type Fields = ReadonlyMap<string, Field>;

type Definition = { readonly key: string; readonly kind: string; readonly label: string; readonly choices: string | null };

/** Keys of custom fields stand in SQL as JSON paths, so nothing else may. */
const CUSTOM_KEY = /^x_[a-z0-9]{1,40}$/;

const readChoices = (json: string | null): readonly Choice[] => {
  const list: unknown = json === null ? [] : JSON.parse(json);
  return Array.isArray(list)
    ? list.flatMap((one: unknown) => {
        if (typeof one === 'string') return [{ key: one, label: one }];
        const { key, label } = one as { key?: unknown; label?: unknown };
        return typeof key === 'string' ? [{ key, label: typeof label === 'string' ? label : key }] : [];
      })
    : [];
};

const toField = ({ kind, label, choices }: Definition): Field => {
  switch (kind) {
    case 'choice':
      return { kind, label, choices: readChoices(choices) };
    case 'decimal':
      return { kind, label, per: 'rate', places: 0 };
    case 'money':
    case 'percent':
    case 'note':
    case 'integer':
    case 'date':
    case 'instant':
    case 'duration':
    case 'flag':
    case 'list':
      return { kind, label };
    default:
      return { kind: 'text', label };
  }
};

/** The custom fields of a table, in the order they were made. */
export const customFields = (db: Database, table: TableName): Fields => {
  const rows = db
    .prepare<[string], Definition>('SELECT key, kind, label, choices FROM live_field_defs WHERE "table" = ? ORDER BY _h, id')
    .all(table);
  return new Map(rows.filter((row) => CUSTOM_KEY.test(row.key)).map((row) => [row.key, toField(row)]));
};

export const fieldsOf = (db: Database, table: TableName): Fields =>
  new Map([...Object.entries(tableOf(table).fields), ...customFields(db, table)]);

/** The kind a field's value is read and shown as: its own, or what a computed field shows. */
export const shownKind = (field: Field): Kind => (field.kind === 'computed' ? field.shows : field.kind);

/** A table a person can list, or the error that names it. */
export const shownTable = (name: string): TableName => {
  if (!isTableName(name) || tableOf(name).shown !== true) {
    throw new AppError('invalid', `There is no list of "${name}".`, { table: name });
  }
  return name;
};

/** A table of the model, or the error that names it. */
export const knownTable = (name: string): TableName => {
  if (!isTableName(name)) throw new AppError('invalid', `There is no table "${name}".`, { table: name });
  return name;
};

/** Whether the row of a link is named by its code (a column headed like the code itself) or by its title. */
export const linkShows = (field: Extract<Field, { kind: 'link' }>): 'code' | 'title' => {
  if (!isTableName(field.to)) return 'title';
  const { code, fields } = tableOf(field.to);
  return code !== undefined && fields[code]?.label === field.label ? 'code' : 'title';
};
