/** Where a column can go: the fields of a table that an import writes, by label and by the words real exports use. */
import type { Kind } from '../../../shared/domain/kinds.ts';
import type { Field } from '../../../shared/model/field.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { fieldOf, isTableName, tableNames, tableOf } from '../../../shared/model/index.ts';
import type { Choice } from '../../ui/Combobox.tsx';
import { bestOf } from '../../ui/matches.ts';
import type { Column } from './types.ts';

/** Tables whose rows people bring along, in the order of the model: what others point at comes first. */
export const importTables: readonly TableName[] = tableNames.filter(
  (table) => tableOf(table).shown === true && tableOf(table).insertOnly !== true,
);

/** The order that leaves no reference open: each kind of file, and what it becomes. */
export const adviceOrder: readonly TableName[] = ['accounts', 'contacts', 'products', 'orders'];

const canImport = (field: Field): boolean => field.kind !== 'computed' || field.entry === 'import' || field.lives !== undefined;

/** The field of a target such as `phones[fax]`, and the element. */
export const splitTarget = (target: string): { readonly key: string; readonly element: string | null } => {
  const [, key = target, element = null] = /^([^[]+)\[(.*)\]$/.exec(target) ?? [];
  return { key, element };
};

export const kindOf = (field: Field): Kind => (field.kind === 'computed' ? field.shows : field.kind);

/** The field a column fills; undefined where it is kept or ignored. */
export const fieldIn = (table: string, column: Column | undefined): Field | undefined =>
  column?.field !== undefined && isTableName(table) ? fieldOf(table, splitTarget(column.field).key) : undefined;

const KEEP = '+keep';
const IGNORE = '+ignore';
const keepChoice: Choice = { id: KEEP, code: null, title: 'Keep as a field of its own', note: null };
const ignoreChoice: Choice = { id: IGNORE, code: null, title: 'Ignore', note: null };

/** What the column goes to, in words. */
export const sayTarget = (table: string, header: string, column: Column | undefined): string => {
  if (column === undefined || column.ignore === true) return 'Ignore';
  if (column.custom !== undefined) return column.custom === header ? 'Keep as a field of its own' : `Keep as “${column.custom}”`;
  const field = fieldIn(table, column);
  const { key, element } = splitTarget(column.field ?? '');
  return `${field?.label ?? key}${element === null ? '' : `: ${element}`}`;
};

/** Choices for a text, best first, the two that always are possible last. `taken`: by field, the header that fills it. */
export const targetsFor = (table: TableName, text: string, taken: ReadonlyMap<string, string>): readonly Choice[] => {
  const fields = Object.entries(tableOf(table).fields).filter(([, field]) => canImport(field));
  const candidates = fields.map(([key, field]) => ({
    title: [field.label, ...(field.aliases ?? []), key].join(' '),
    choice: {
      id: key,
      code: null,
      title: field.label,
      note: taken.has(key) ? `from ${taken.get(key) ?? ''}` : field.required === true ? 'required' : null,
    },
  }));
  const labelled = bestOf(
    candidates.map((one) => ({ ...one, title: one.choice.title })),
    text,
  );
  const aliased = bestOf(candidates, text).filter((one) => !labelled.some(({ choice }) => choice.id === one.choice.id));
  const always = [keepChoice, ignoreChoice].map((choice) => ({ title: choice.title ?? '', choice }));
  return [...labelled, ...aliased, ...bestOf(always, text)].map(({ choice }) => choice);
};

/** The column as it becomes when a choice is taken. A link is found by code, or by name where there is no code. */
export const columnFor = (table: TableName, header: string, choice: string): Column => {
  if (choice === KEEP) return { custom: header };
  if (choice === IGNORE) return { ignore: true };
  const field = fieldOf(table, choice);
  if (field?.kind === 'list') return { field: `${choice}[${header.replace(/[[\]\n]/g, ' ').slice(0, 40)}]` };
  const to = field?.kind === 'link' ? field.to : field?.kind === 'ref' ? field.to[0] : undefined;
  if (to === undefined || !isTableName(to)) return { field: choice };
  const { code, title } = tableOf(to);
  return { field: choice, lookup: { table: to, by: code ?? title } };
};

/** How the rows a link points at can be found: by code, by name, or as the recipe has it. */
export const lookupWays = (column: Column): readonly { readonly value: string; readonly label: string }[] => {
  const { lookup } = column;
  if (lookup === undefined || !isTableName(lookup.table)) return [];
  const { code, title, one, fields } = tableOf(lookup.table);
  const ways = [...new Set([code, title, lookup.by])].filter((by): by is string => by !== undefined);
  return ways.map((by) => ({ value: by, label: `${one} by ${(fields[by]?.label ?? by).toLowerCase()}` }));
};
