/**
 * A record made where it is named: text that names none becomes one, in the same step as the cell that links to it. Only
 * where a name or code is all that a record of the kind has to have.
 */
import { uuidv7 } from 'uuidv7';
import type { Field } from '../../../shared/model/field.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import type { Taken } from './commit.ts';

/** The field that a name typed into a link becomes, as the link shows it; null where more than a name is needed. */
const namedField = (table: TableName): string | null => {
  const { fields, code, title } = tableOf(table);
  const names = table === 'products' ? [code, title] : [title, code];
  const name = names.find((key) => key !== undefined) ?? null;
  const needed = Object.entries(fields).filter(([, field]) => field.required === true && field.default === undefined);
  const isFree = needed.every(([key]) => names.includes(key));
  return name !== null && isFree && fields[name]?.kind === 'text' && fields[name].entry === undefined ? name : null;
};

/** The table a new record of which a link may name; null where none is made from it. */
export const createdBy = (field: Field): TableName | null =>
  field.kind === 'link' && isTableName(field.to) && namedField(field.to) !== null ? field.to : null;

/** `Create account “Kestrel”` */
export const sayCreate = (table: TableName, text: string): string =>
  `Create ${tableOf(table).one.toLowerCase()} “${text.trim()}”`;

/** The record to be made, as if it had been chosen. */
export const takeNew = (table: TableName, typed: string): Taken => {
  const text = typed.trim();
  const field = namedField(table) ?? '';
  const id = uuidv7();
  const isCode = field === tableOf(table).code;
  return {
    value: id,
    code: isCode ? text : null,
    title: isCode ? null : text,
    makes: { kind: 'insert', table, id, values: { [field]: text } },
  };
};
