/**
 * A first recipe for a file without one: its columns are met with the fields of a table by label and by the words
 * real exports use. What meets no field is kept as a custom field, so that nothing is lost.
 */
import type { Recipe } from '../../../shared/contract/recipe.ts';
import type { Field } from '../../../shared/model/field.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { isTableName, tableOf } from '../../../shared/model/index.ts';

type Column = Recipe['files'][number]['columns'][string];
type Inspected = { readonly file: string; readonly columns: readonly { readonly header: string }[] };

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Every name a field goes by. */
const namesOf = (key: string, field: Field): readonly string[] =>
  [field.label, key.replace(/_id$/, ''), key, ...(field.aliases ?? [])].map(plain);

const canImport = (field: Field): boolean => field.kind !== 'computed' || field.entry === 'import' || field.lives !== undefined;

const columnFor = (key: string, field: Field): Column => {
  if (field.kind !== 'link' || !isTableName(field.to)) return { field: key };
  const to = tableOf(field.to);
  return { field: key, lookup: { table: field.to, by: to.code ?? to.title } };
};

/** Each field is met once, by the first column that names it. */
export const draftRecipe = (table: TableName, { file, columns }: Inspected): Recipe => {
  const { fields, code, title } = tableOf(table);
  const free = new Map(Object.entries(fields).filter(([, field]) => canImport(field)));
  const keys: string[] = [];
  const mapped: Record<string, Column> = {};
  columns.forEach(({ header }, index) => {
    const name = header === '' ? `#${index + 1}` : header;
    const sought = plain(header);
    const met = [...free].find(([key, field]) => namesOf(key, field).includes(sought));
    if (met === undefined || header === '') {
      mapped[name] = { custom: name };
      return;
    }
    const [key, field] = met;
    free.delete(key);
    mapped[name] = columnFor(key, field);
    if (key === code) keys.unshift(name);
    else if (code === undefined && key === title) keys.push(name);
  });
  return {
    v: 1,
    name: file,
    files: [{ pattern: file, table, key: keys.slice(0, 1), missing: 'ignore', columns: mapped, system: `file.${table}` }],
  };
};
