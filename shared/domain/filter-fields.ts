/** The names that the columns of a register have in the quick filter, and what its words mean there. */
import { foldText } from './fold.ts';
import type { Filter } from './filter.ts';
import { lifecycleOf } from './lifecycle.ts';
import { statusChips } from './status-chips.ts';
import type { CellField, ParseContext } from './parse/cell.ts';
import type { ChoiceLike } from './parse/choice.ts';

export type FilterField = CellField & { readonly key: string; readonly label: string };

export type FilterContext = {
  readonly fields: readonly FilterField[];
  readonly parse: Omit<ParseContext, 'resolve'>;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekStart: number;
  /** Ids of the rows a text names in a link field, or `many` where they are too many to name; `me` is the person at the desk. */
  readonly resolve: (field: string, text: string) => readonly string[] | 'many';
  /** What names a row to a person, so that `resolve` finds it again. */
  readonly label: (field: string, id: string) => string | null;
};

export type FilterFlag = Extract<Filter, { readonly flag: string }>['flag'];

/** The words after `is:`. */
export const filterFlags: Readonly<Record<string, FilterFlag>> = {
  invalid: 'invalid',
  draft: 'draft',
  late: 'late',
  overdue: 'late',
  open: 'open',
  mine: 'mine',
  importing: 'importing',
};

const slug = (text: string): string =>
  foldText(text)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

const RESERVED = new Set(['is', 'on', 'sort', 'group']);

/** The name a field is printed by: its label, or its key where the label gives none of its own. */
export const nameOf = (field: FilterField, fields: readonly FilterField[]): string => {
  const name = slug(field.label);
  const isFirst = fields.find((one) => slug(one.label) === name) === field;
  return isFirst && /^\p{L}/u.test(name) && !RESERVED.has(name) ? name : field.key;
};

/** Whether the rows of a register hold from one day to another. */
export const haveDays = (fields: readonly { readonly key: string }[]): boolean =>
  ['valid_from', 'valid_to'].every((key) => fields.some((field) => field.key === key));

/** The field a name means: printed name, key, key without `_id`, or label written together. */
export const findField = (name: string, fields: readonly FilterField[]): FilterField | null => {
  const sought = slug(name);
  const key = foldText(name);
  return (
    fields.find((field) => nameOf(field, fields) === sought) ??
    fields.find((field) => field.key === key || field.key === `${key}_id`) ??
    fields.find((field) => slug(field.label).replaceAll('-', '') === sought.replaceAll('-', '')) ??
    null
  );
};

type FieldSort = 'text' | 'number' | 'day' | 'moment' | 'named' | 'link';

/** How the values of a field compare. */
export const sortOf = (field: FilterField): FieldSort => {
  const kind = field.kind === 'computed' ? (field.shows ?? 'text') : field.kind;
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
    case 'duration':
      return 'number';
    case 'date':
      return 'day';
    case 'instant':
      return 'moment';
    case 'flag':
    case 'choice':
    case 'state':
      return 'named';
    case 'link':
    case 'ref':
      return 'link';
    default:
      return 'text';
  }
};

/** The chips the status of a row is shown as, beside its states. */
export const chipsOfField = ({ kind, lifecycle }: FilterField): readonly ChoiceLike[] =>
  statusChips(kind === 'state' ? lifecycle : undefined).chips.map(({ key, label }) => ({
    key,
    label,
    aliases: [key.replaceAll('_', '-')],
  }));

/** What can be typed for a field of few values: a word that a cell shows means what it shows, never another state's alias. */
export const namesOfField = (field: FilterField): readonly ChoiceLike[] | null => {
  const states = field.kind === 'state' ? (lifecycleOf(field.lifecycle ?? '')?.states ?? []) : null;
  if (states === null) return field.choices ?? null;
  const chips = chipsOfField(field);
  const isTaken = (alias: string): boolean => chips.some(({ label }) => foldText(label).startsWith(foldText(alias)));
  return [
    ...states.map(({ key, label, aliases = [] }) => ({ key, label, aliases: aliases.filter((alias) => !isTaken(alias)) })),
    ...chips,
  ];
};

/** What stands between values: a semicolon where the comma is a decimal sign. */
export const separatorOf = (field: FilterField, { parse }: FilterContext): ',' | ';' =>
  sortOf(field) === 'number' && parse.style.decimal === ',' ? ';' : ',';
