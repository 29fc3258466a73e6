/**
 * The quick filter column by column: what is asked of one field, in the words of the language but without its name
 * (`>100`, `open,hold`, `this-month`, `-x`). A third view of the one tree: each box prints its part and reads it back.
 */
import type { Filter } from './filter.ts';
import { chipsOfField, nameOf, sortOf, type FilterContext, type FilterField } from './filter-fields.ts';
import { printFilter } from './filter-print.ts';
import { noFilter, readFilter, tokensOf, type FilterError, type FilterQuery } from './filter-text.ts';

const partsOf = (filter: Filter | null): readonly Filter[] => (filter === null ? [] : 'all' in filter ? filter.all : [filter]);

const together = (parts: readonly Filter[]): Filter | null => {
  const [only] = parts;
  return parts.length > 1 ? { all: parts } : (only ?? null);
};

/** The one field a condition is about; null where it is about none or several. */
const fieldOfPart = (part: Filter, { fields }: Pick<FilterContext, 'fields'>): string | null => {
  if ('field' in part) return part.field;
  if ('not' in part) return fieldOfPart(part.not, { fields });
  if ('chip' in part) return fields.find((field) => chipsOfField(field).some(({ key }) => key === part.chip))?.key ?? null;
  if (!('any' in part)) return null;
  const keys = new Set(part.any.map((one) => fieldOfPart(one, { fields })));
  const [only] = keys;
  return keys.size === 1 && only !== undefined ? only : null;
};

/** Whether a minus before a digit is part of a value: a negative number, three days ago. */
const hasSigned = (field: FilterField): boolean => ['number', 'day', 'moment'].includes(sortOf(field));

/** A printed condition without the name of its field. */
const withoutName = (token: string, field: FilterField, context: FilterContext): string => {
  const not = token.startsWith('-') ? '-' : '';
  const rest = token.slice(not.length + nameOf(field, context.fields).length);
  if (!rest.startsWith(':')) return not + rest;
  const values = rest.slice(1);
  const isMistakable = /^[:=<>]/.test(values) || (hasSigned(field) ? not !== '' && /^-?\d/.test(values) : values.startsWith('-'));
  return not + (isMistakable ? rest : values);
};

/** What a box that says so asks for, as the language has it. */
const withName = (token: string, field: FilterField, { fields }: FilterContext): string => {
  const isSigned = hasSigned(field) && /^-\d/.test(token);
  const [, not = '', operator = '', values = ''] = isSigned
    ? ['', '', '', token]
    : (/^(-?)(:|<=|>=|<|>|=)?(.*)$/su.exec(token) ?? []);
  return `${not}${nameOf(field, fields)}${operator === '' ? ':' : operator}${values}`;
};

/** The text of each field that something is asked of; null where the language has no words for it. */
export const printColumns = ({ filter }: FilterQuery, context: FilterContext): ReadonlyMap<string, string | null> => {
  const texts = new Map<string, string | null>();
  for (const part of partsOf(filter)) {
    const key = fieldOfPart(part, context);
    const field = context.fields.find((one) => one.key === key);
    if (!field) continue;
    const token = printFilter({ ...noFilter, filter: part }, context);
    const before = texts.get(field.key);
    const text = token === null || before === null ? null : withoutName(token, field, context);
    texts.set(field.key, text === null || before === undefined || before === null ? text : `${before} ${text}`);
  }
  return texts;
};

export type ColumnRead = { readonly query: FilterQuery; readonly errors: readonly FilterError[] };

/** The query with what a box says in place of what it asked before. With errors the query is as it was. */
export const readColumn = (query: FilterQuery, key: string, text: string, context: FilterContext): ColumnRead => {
  const field = context.fields.find((one) => one.key === key);
  if (!field) return { query, errors: [] };
  const typed = tokensOf(text)
    .map((token) => withName(token.text, field, context))
    .join(' ');
  const { query: read, errors } = readFilter(typed, context, query);
  if (errors.length > 0) return { query, errors };
  const before = partsOf(query.filter);
  const at = before.findIndex((part) => fieldOfPart(part, context) === key);
  const others = before.filter((part) => fieldOfPart(part, context) !== key);
  const place = at < 0 ? others.length : before.slice(0, at).filter((part) => fieldOfPart(part, context) !== key).length;
  return { query: { ...query, filter: together(others.toSpliced(place, 0, ...partsOf(read.filter))) }, errors: [] };
};
