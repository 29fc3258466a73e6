/**
 * The quick filter as typed: `status:open,hold owner:me due<7d total>1000 -tag:vip "blue crate" sort:-due`
 * (UX.md 2.7). It becomes the tree of filter.ts, whose values are stored values; relative days are settled here. A
 * token that cannot be read is an error with its place, and the last good tree stays.
 */
import { addDays, instantAt } from './dates.ts';
import type { Filter } from './filter.ts';
import {
  chipsOfField,
  filterFlags,
  haveDays,
  findField,
  namesOfField,
  separatorOf,
  sortOf,
  type FilterContext,
  type FilterField,
} from './filter-fields.ts';
import { isBad } from './kinds.ts';
import { nearestChoices, readChoice } from './parse/choice.ts';
import { parseCell } from './parse/cell.ts';
import { readInstant } from './parse/date.ts';
import { readPeriod, type Period } from './periods.ts';

export type FilterQuery = {
  readonly filter: Filter | null;
  readonly sort: readonly { readonly field: string; readonly dir: 'asc' | 'desc' }[];
};
export type FilterError = { readonly from: number; readonly to: number; readonly message: string };
/** @property readable what the tokens that can be read come to: the query itself where all of them can */
export type FilterRead = {
  readonly query: FilterQuery;
  readonly errors: readonly FilterError[];
  readonly readable: FilterQuery;
};

export const noFilter: FilterQuery = { filter: null, sort: [] };

type Token = { readonly text: string; readonly from: number; readonly to: number };
type Value = { readonly text: string; readonly isQuoted: boolean };
type Operator = ':' | '=' | '<' | '<=' | '>' | '>=';

/** Says why a token means nothing; caught by the token loop and nowhere else. */
class Unreadable extends Error {}
const fail = (message: string): never => {
  throw new Unreadable(message);
};

export const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(/(?:"(?:[^"]|"")*"?|[^\s"])+/gu)].map((match) => ({
    text: match[0],
    from: match.index,
    to: match.index + match[0].length,
  }));

const unquote = (text: string): Value =>
  text.startsWith('"')
    ? { text: text.slice(1).replace(/"$/, '').replaceAll('""', '"'), isQuoted: true }
    : { text, isQuoted: false };

const valuesOf = (text: string, separator: ',' | ';'): readonly Value[] => {
  const part = separator === ',' ? /(?:"(?:[^"]|"")*"?|[^,"])+/gu : /(?:"(?:[^"]|"")*"?|[^;"])+/gu;
  return (text.match(part) ?? []).map(unquote);
};

const anyOf = (parts: readonly Filter[]): Filter => (parts.length === 1 && parts[0] ? parts[0] : { any: parts });

const compare = { '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;
const isComparison = (operator: Operator): operator is keyof typeof compare => Object.hasOwn(compare, operator);

const failValue = (field: FilterField, text: string): never => {
  const names = namesOfField(field);
  const near = names ? ` Did you mean ${nearestChoices(text, names).join(', ')}?` : '';
  return fail(`“${text}” is no value of ${field.label}.${near}`);
};

const readOne = (field: FilterField, text: string, context: FilterContext): string | number => {
  const value = parseCell(field, text, { ...context.parse, resolve: () => [] });
  if (value !== null && !isBad(value)) return value;
  return failValue(field, text);
};

type Span = { readonly from: string | number; readonly to: string | number };

const momentsOf = ({ from, to }: Period, zone: string): Span => ({
  from: instantAt(zone, from, '00:00'),
  to: instantAt(zone, addDays(to, 1), '00:00') - 1,
});

/** The stored values one text covers: one number, the days of a period, the moments of a day. */
const readSpan = (field: FilterField, text: string, context: FilterContext): Span => {
  const sort = sortOf(field);
  if (sort === 'number') {
    const value = readOne(field, text, context);
    return { from: value, to: value };
  }
  const dates = { today: context.parse.today, style: context.parse.style, zone: context.parse.zone };
  const period = readPeriod(text, dates, context.weekStart);
  if (sort === 'day') return period ?? fail(`“${text}” is no day or span of days.`);
  if (period && !/\d:\d/.test(text)) return momentsOf(period, dates.zone);
  const moment = readInstant(text, dates);
  return 'ms' in moment ? { from: moment.ms, to: moment.ms } : fail(`“${text}” is no day or time.`);
};

const readRange = (field: FilterField, text: string, context: FilterContext): Filter => {
  // The last pair of dots is the sign: the first date may end in one (`1.3...`).
  const at = text.lastIndexOf('..');
  if (at < 0) {
    const { from, to } = readSpan(field, text, context);
    return from === to ? { field: field.key, is: 'eq', value: from } : { field: field.key, from, to };
  }
  const [first, last] = [text.slice(0, at), text.slice(at + 2)];
  if (first === '' && last === '') return fail('A range needs a start or an end.');
  return {
    field: field.key,
    from: first === '' ? null : readSpan(field, first, context).from,
    to: last === '' ? null : readSpan(field, last, context).to,
  };
};

const readComparison = (field: FilterField, operator: keyof typeof compare, text: string, context: FilterContext): Filter => {
  if (!['number', 'day', 'moment'].includes(sortOf(field))) return fail(`${field.label} has no order: use a colon.`);
  const { from, to } = readSpan(field, text, context);
  return { field: field.key, is: compare[operator], value: operator === '<' || operator === '>=' ? from : to };
};

const readText = ({ key }: FilterField, { text, isQuoted }: Value): Filter =>
  !isQuoted && text.endsWith('*') && text.length > 1
    ? { field: key, is: 'starts', value: text.slice(0, -1) }
    : { field: key, is: 'has', value: text };

const setOf = (field: FilterField, found: readonly (string | number)[]): Filter => {
  const unique = [...new Set(found)];
  const [only] = unique;
  return unique.length === 1 && only !== undefined
    ? { field: field.key, is: 'eq', value: only }
    : { field: field.key, in: unique };
};

const readSet = (field: FilterField, values: readonly Value[], context: FilterContext): Filter => {
  return setOf(
    field,
    values.map(({ text }) => readOne(field, text, context)),
  );
};

/** Rows named by a link: by their ids, or by the text itself where it names more of them than can be listed. */
const readLinks = (field: FilterField, values: readonly Value[], context: FilterContext): Filter => {
  const ids: string[] = [];
  const parts: Filter[] = [];
  for (const { text } of values) {
    const found = context.resolve(field.key, text);
    if (found === 'many') parts.push({ field: field.key, is: 'has', value: text });
    else if (found.length === 0) fail(`Nothing is called “${text}” in ${field.label}.`);
    else ids.push(...found);
  }
  return anyOf(ids.length > 0 ? [setOf(field, ids), ...parts] : parts);
};

/** A status: a state of the life cycle, or what is shown instead of one. */
const readStatus = (field: FilterField, values: readonly Value[], context: FilterContext): Filter => {
  const names = namesOfField(field) ?? [];
  const keys = [...new Set(values.map(({ text }) => readChoice(text, names) ?? failValue(field, text)))];
  const isChip = (key: string): boolean => chipsOfField(field).some((chip) => chip.key === key);
  const states = keys.filter((key) => !isChip(key)).map((text) => ({ text, isQuoted: false }));
  return anyOf([
    ...(states.length > 0 ? [readSet(field, states, context)] : []),
    ...keys.filter(isChip).map((chip): Filter => ({ chip })),
  ]);
};

const readCondition = (field: FilterField, operator: Operator, rest: string, context: FilterContext): Filter => {
  const values = valuesOf(rest, separatorOf(field, context));
  const [first] = values;
  if (first === undefined) return fail(`Type a value after ${field.label}.`);
  if (isComparison(operator)) {
    return values.length > 1 ? fail('Compare with one value.') : readComparison(field, operator, first.text, context);
  }
  if (values.length === 1 && !first.isQuoted && first.text === 'none') return { field: field.key, empty: true };
  if (values.length === 1 && !first.isQuoted && first.text === 'any') return { field: field.key, empty: false };
  const sort = sortOf(field);
  if (field.kind === 'state') return readStatus(field, values, context);
  if (sort === 'link') return readLinks(field, values, context);
  if (sort === 'named') return readSet(field, values, context);
  if (sort !== 'text') return anyOf(values.map(({ text }) => readRange(field, text, context)));
  if (operator === '=') return anyOf(values.map(({ text }) => ({ field: field.key, is: 'eq', value: text })));
  return anyOf(values.map((value) => readText(field, value)));
};

const readFlags = (rest: string): Filter =>
  anyOf(
    valuesOf(rest, ',').map(({ text }): Filter => {
      const flag = Object.hasOwn(filterFlags, text) ? filterFlags[text] : undefined;
      return flag === undefined ? fail(`“is:” knows ${Object.keys(filterFlags).join(', ')}.`) : { flag };
    }),
  );

/** `on:today`: what holds on that day. */
const readOn = (rest: string, { fields, parse, weekStart }: FilterContext): Filter => {
  if (!haveDays(fields)) return fail('These rows have no first and last day to hold on.');
  const day = readPeriod(unquote(rest).text, { today: parse.today, style: parse.style }, weekStart);
  return day?.from !== undefined && day.from === day.to ? { on: day.from } : fail(`“${rest}” is no day.`);
};

const fieldNamed = (name: string, { fields }: FilterContext): FilterField =>
  findField(name, fields) ?? fail(`There is no column “${name}”. Did you mean ${nearestChoices(name, fields, 2).join(' or ')}?`);

type Parts = { filters: Filter[]; sort: { field: string; dir: 'asc' | 'desc' }[] };

const readToken = ({ text }: Token, parts: Parts, context: FilterContext): void => {
  const isNot = text.startsWith('-') && text.length > 1;
  const bare = isNot ? text.slice(1) : text;
  const [, name, operator, rest = ''] = /^(\p{L}[\p{L}\p{N}_-]*)(:|<=|>=|<|>|=)(.*)$/su.exec(bare) ?? [];
  const add = (filter: Filter): void => void parts.filters.push(isNot ? { not: filter } : filter);
  if (name === undefined || operator === undefined) {
    const { text: words } = unquote(bare);
    if (words.trim() !== '') add({ words });
    return;
  }
  if (rest === '') fail('Type a value after the sign.');
  if (name === 'is' && operator === ':') return add(readFlags(rest));
  if (name === 'on' && operator === ':') return add(readOn(rest, context));
  if (name === 'sort' && operator === ':') {
    for (const { text: key } of valuesOf(rest, ',')) {
      parts.sort.push({ field: fieldNamed(key.replace(/^-/, ''), context).key, dir: key.startsWith('-') ? 'desc' : 'asc' });
    }
    return;
  }
  if (name === 'group' && operator === ':') {
    const { label } = fieldNamed(rest, context);
    fail(`Rows stand in one list here: sort:${rest} puts those of one ${label} together.`);
  }
  add(readCondition(fieldNamed(name, context), operator as Operator, rest, context));
};

/** Reads a quick filter. With errors the query is the last good one, so that a grid never empties while one types. */
export const readFilter = (text: string, context: FilterContext, lastGood: FilterQuery = noFilter): FilterRead => {
  const parts: Parts = { filters: [], sort: [] };
  const errors: FilterError[] = [];
  for (const token of tokensOf(text)) {
    try {
      readToken(token, parts, context);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      errors.push({ from: token.from, to: token.to, message: error.message });
    }
  }
  const [only] = parts.filters;
  const filter = parts.filters.length > 1 ? { all: parts.filters } : (only ?? null);
  const readable: FilterQuery = { filter, sort: parts.sort };
  return { query: errors.length > 0 ? lastGood : readable, errors, readable };
};
