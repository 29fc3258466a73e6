/**
 * Recipes as people write them: a file of JSON. What is wrong is named by its place (`files[2].columns.Qty.dateOrder`),
 * and everything the model can tell is checked before a single file is opened.
 */
import type { z } from 'zod';
import { AppError } from '../../../../shared/contract/define.ts';
import { placeOf, sayIssue } from '../../../../shared/contract/issues.ts';
import { recipe as recipeSchema, type Recipe } from '../../../../shared/contract/recipe.ts';
import { isZone } from '../../../../shared/domain/dates.ts';
import { nearestChoices } from '../../../../shared/domain/parse/choice.ts';
import { isCurrency } from '../../../../shared/domain/currency.ts';
import { fieldOf, isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Field } from '../../../../shared/model/field.ts';

export type Entry = Recipe['files'][number] & { readonly table: TableName };
export type RecipeColumn = Entry['columns'][string];

const LARGEST_RECIPE = 1_000_000;

const refuse = (place: string, why: string): never => {
  throw new AppError('bad-recipe', place === '' ? `The recipe: ${why}` : `${place}: ${why}`, { place });
};

/** The keys a recipe can have at a place. */
const keysAt = (path: readonly PropertyKey[]): readonly string[] => {
  const entry = recipeSchema.shape.files.element.shape;
  if (path.length === 0) return Object.keys(recipeSchema.shape);
  if (path[0] !== 'files') return [];
  if (path.length === 2) return Object.keys(entry);
  return path.length === 4 && path[2] === 'columns' ? Object.keys(entry.columns.valueType.shape) : [];
};

const firstIssue = (issues: readonly z.core.$ZodIssue[]): { readonly place: string; readonly why: string } => {
  // A mistyped key leaves the right one missing: the cause is named, not its effect.
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  if (!issue) return { place: '', why: 'is no recipe' };
  const place = placeOf(issue.path);
  if (issue.code !== 'unrecognized_keys') return { place, why: sayIssue(issue) };
  const [key = ''] = issue.keys;
  const [near] = nearestChoices(
    key,
    keysAt(issue.path).map((known) => ({ key: known, label: known })),
    1,
  );
  return { place: placeOf([...issue.path, key]), why: `unknown key${near === undefined ? '' : `. Did you mean ${near}?`}` };
};

/** @throws AppError `bad-recipe` naming the first wrong place */
export const parseRecipe = (text: string): Recipe => {
  if (text.length > LARGEST_RECIPE) refuse('', 'is larger than a recipe can be');
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    refuse('', `is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = recipeSchema.safeParse(value);
  if (!parsed.success) {
    const { place, why } = firstIssue(parsed.error.issues);
    return refuse(place, why);
  }
  checkRecipe(parsed.data);
  return parsed.data;
};

/** `phones[#1]` is the first entry of a list, whatever it is called. */
export const FIRST = '#1';

/** `phones[fax]` is the field `phones` and its element `fax`. */
export const splitTarget = (target: string): { readonly name: string; readonly element: string | null } => {
  const match = /^([a-z][a-z0-9_]*)\[(.+)\]$/.exec(target);
  return match ? { name: match[1] ?? '', element: match[2] ?? '' } : { name: target, element: null };
};

/** The field a recipe may write: a stored one, or a computed one that an import resolves on child rows. */
export const importable = (table: TableName, name: string): Field | undefined => {
  const field = fieldOf(table, name);
  const isResolved = field?.kind === 'computed' && (field.entry === 'import' || field.lives !== undefined);
  return field && (field.kind !== 'computed' || isResolved) ? field : undefined;
};

const checkColumn = (table: TableName, column: RecipeColumn, place: string): void => {
  const says = [column.field, column.custom, column.ignore].filter((one) => one !== undefined).length;
  if (says !== 1) refuse(place, 'a column has exactly one of field, custom, ignore');
  if (column.field === undefined) {
    if (column.lookup) refuse(`${place}.lookup`, 'only a field can be looked up');
    return;
  }
  const { name, element } = splitTarget(column.field);
  const field = importable(table, name);
  if (!field) return refuse(`${place}.field`, `${tableOf(table).many} have no field “${name}” that an import can write`);
  if (element !== null && field.kind !== 'list') refuse(`${place}.field`, `“${name}” is no list and has no element “${element}”`);
  if (!column.lookup) return;
  if (field.kind !== 'link' && field.kind !== 'ref') refuse(`${place}.lookup`, `“${name}” does not point at other records`);
  const { lookup } = column;
  if (!isTableName(lookup.table)) return refuse(`${place}.lookup.table`, `there is no table “${lookup.table}”`);
  const targets = field.kind === 'link' ? [field.to] : field.kind === 'ref' ? field.to : [];
  if (!targets.includes(lookup.table)) refuse(`${place}.lookup.table`, `“${name}” points at ${targets.join(' or ')}`);
  const isKey = lookup.by === 'key' || lookup.by === 'external';
  if (!isKey && !fieldOf(lookup.table, lookup.by)) {
    refuse(`${place}.lookup.by`, `${tableOf(lookup.table).many} have no field “${lookup.by}”`);
  }
  if (isKey && lookup.system === undefined) refuse(`${place}.lookup`, 'a look-up by key needs its system');
};

/** Holds a recipe against the model. @throws AppError `bad-recipe` */
export const checkRecipe = (recipe: Recipe): void => {
  recipe.files.forEach((entry, at) => {
    const place = `files[${at}]`;
    const { table } = entry;
    if (!isTableName(table)) return refuse(`${place}.table`, `there is no table “${table}”`);
    if (tableOf(table).shown !== true) refuse(`${place}.table`, `${tableOf(table).many} cannot be imported directly`);
    for (const [header, column] of Object.entries(entry.columns)) checkColumn(table, column, `${place}.columns.${header}`);
    for (const name of Object.keys(entry.set ?? {})) {
      const field = fieldOf(table, name);
      if (!field || field.kind === 'computed') refuse(`${place}.set.${name}`, `${tableOf(table).many} have no such field`);
    }
    if (entry.missing === 'inactive' && inactiveOf(table) === null) {
      refuse(`${place}.missing`, `${tableOf(table).many} have no inactive state`);
    }
  });
  recipe.order?.forEach((table, at) => {
    if (!isTableName(table)) refuse(`order[${at}]`, `there is no table “${table}”`);
  });
  const { currency, zone } = recipe.defaults ?? {};
  if (currency !== undefined && !isCurrency(currency)) refuse('defaults.currency', `“${currency}” is no currency`);
  if (zone !== undefined && !isZone(zone)) refuse('defaults.zone', `“${zone}” is no time zone`);
};

/** How a row of a table is marked inactive: the `active` flag, or the choice that is called so. */
export const inactiveOf = (
  table: TableName,
): { readonly field: string; readonly active: string | number; readonly inactive: string | number } | null => {
  const { fields } = tableOf(table);
  if (fields['active']?.kind === 'flag') return { field: 'active', active: 1, inactive: 0 };
  for (const [name, field] of Object.entries(fields)) {
    const choice = field.kind === 'choice' ? field.choices.find((one) => one.aliases?.includes('inactive')) : undefined;
    if (choice && field.default !== undefined) return { field: name, active: field.default, inactive: choice.key };
  }
  return null;
};
