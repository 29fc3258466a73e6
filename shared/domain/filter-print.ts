/** The tree of a filter back to the text of the quick filter: what it prints, filter-text.ts reads as the same tree. */
import type { Filter } from './filter.ts';
import { chipsOfField, nameOf, separatorOf, sortOf, type FilterContext, type FilterField } from './filter-fields.ts';
import type { FilterQuery } from './filter-text.ts';
import { editText } from './format.ts';

/** One condition as its head and values, so that several of one head can share a token. */
type Piece = { readonly head: string; readonly separator: ',' | ';'; readonly values: readonly string[] };

/** A value as it can stand in a filter. */
export const quoteValue = (text: string): string =>
  text === '' || /[\s,;"*]|\.\.|^(?:none|any)$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const fieldOf = (key: string, { fields }: FilterContext): FilterField | null => fields.find((field) => field.key === key) ?? null;

const showValue = (field: FilterField, value: string | number, context: FilterContext): string => {
  const { style, today, zone, currency } = context.parse;
  switch (sortOf(field)) {
    case 'day':
      return String(value);
    case 'moment':
      return new Date(Number(value)).toISOString();
    case 'link':
      return quoteValue(context.label(field.key, String(value)) ?? String(value));
    case 'text':
      return quoteValue(String(value));
    case 'number':
      return editText(field, value, { locale: style.locale, today, zone, currency }).replaceAll(' ', '');
    default:
      return quoteValue(editText(field, value, { locale: style.locale, today, zone, currency }));
  }
};

const signs = { lt: '<', le: '<=', gt: '>', ge: '>=' } as const;

type Condition = Extract<Filter, { readonly field: string }>;

const conditionPiece = (filter: Condition, context: FilterContext): Piece | null => {
  const field = fieldOf(filter.field, context);
  if (field === null) return null;
  const name = nameOf(field, context.fields);
  const separator = separatorOf(field, context);
  const show = (value: string | number): string => showValue(field, value, context);
  if ('empty' in filter) return { head: `${name}:`, separator, values: [filter.empty ? 'none' : 'any'] };
  if ('in' in filter) return { head: `${name}:`, separator, values: filter.in.map(show) };
  if ('from' in filter) {
    const [from, to] = [filter.from, filter.to].map((end) => (end === null ? '' : show(end)));
    return { head: `${name}:`, separator, values: [`${from}..${to}`] };
  }
  if (filter.is === 'has') return { head: `${name}:`, separator, values: [quoteValue(String(filter.value))] };
  if (filter.is === 'starts') return { head: `${name}:`, separator, values: [`${String(filter.value)}*`] };
  if (filter.is === 'eq')
    return { head: sortOf(field) === 'text' ? `${name}=` : `${name}:`, separator, values: [show(filter.value)] };
  return { head: `${name}${signs[filter.is]}`, separator, values: [show(filter.value)] };
};

const chipPiece = (key: string, { fields }: FilterContext): Piece | null => {
  for (const field of fields) {
    const chip = chipsOfField(field).find((one) => one.key === key);
    if (chip) return { head: `${nameOf(field, fields)}:`, separator: ',', values: [quoteValue(chip.label)] };
  }
  return null;
};

const words = (text: string): string => (/[\s":<>=]|^-/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const pieceOf = (filter: Filter, context: FilterContext): Piece | null => {
  if ('field' in filter) return conditionPiece(filter, context);
  if ('on' in filter) return { head: 'on:', separator: ',', values: [filter.on] };
  if ('flag' in filter) return { head: 'is:', separator: ',', values: [filter.flag] };
  if ('chip' in filter) return chipPiece(filter.chip, context);
  if ('words' in filter) return { head: '', separator: ',', values: [words(filter.words)] };
  if (!('any' in filter)) return null;
  const pieces = filter.any.map((part) => ('words' in part || 'any' in part ? null : pieceOf(part, context)));
  const [first] = pieces;
  if (!first || /[<>]$/.test(first.head) || pieces.some((piece) => piece?.head !== first.head)) return null;
  return { ...first, values: pieces.flatMap((piece) => piece?.values ?? []) };
};

const printToken = (filter: Filter, context: FilterContext): string | null => {
  if ('not' in filter) {
    const inner = 'not' in filter.not ? null : printToken(filter.not, context);
    return inner === null ? null : `-${inner}`;
  }
  const piece = pieceOf(filter, context);
  return piece && `${piece.head}${piece.values.join(piece.separator)}`;
};

/** The text of a query; null where the language has no words for its tree. */
export const printFilter = ({ filter, sort }: FilterQuery, context: FilterContext): string | null => {
  const parts = filter === null ? [] : 'all' in filter ? filter.all : [filter];
  const tokens = parts.map((part) => printToken(part, context));
  const name = (key: string): string => {
    const field = fieldOf(key, context);
    return field ? nameOf(field, context.fields) : key;
  };
  if (sort.length > 0)
    tokens.push(`sort:${sort.map(({ field, dir }) => `${dir === 'desc' ? '-' : ''}${name(field)}`).join(',')}`);
  return tokens.includes(null) ? null : tokens.join(' ');
};
