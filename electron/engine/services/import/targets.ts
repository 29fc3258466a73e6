/** What a column may go to: the fields of a table as the matcher knows them, and how a link finds its record. */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import type { LinkFit, Target } from '../../../../shared/domain/import/match.ts';
import { cleanText } from '../../../../shared/domain/import/values.ts';
import { lifecycleOf } from '../../../../shared/domain/lifecycle.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { fieldOf, isTableName, tableNames, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { Reader } from '../../store/api.ts';
import { importable, type RecipeColumn } from './recipe.ts';

/** Tables whose rows a file can bring. */
export const importTables: readonly TableName[] = tableNames.filter(
  (name) => tableOf(name).shown === true && tableOf(name).insertOnly !== true,
);

const choicesOf = (field: Field): Target['choices'] =>
  field.kind === 'choice' ? field.choices : field.kind === 'state' ? lifecycleOf(field.lifecycle)?.states : undefined;

export const targetsOf = (table: TableName): readonly Target[] =>
  Object.keys(tableOf(table).fields).flatMap((key) => {
    const field = importable(table, key);
    if (!field) return [];
    const kind = field.kind === 'computed' ? field.shows : field.kind;
    const choices = choicesOf(field);
    const isCode = tableOf(table).code === key;
    const isRequired = field.required === true;
    return [{ key, label: field.label, kind, aliases: field.aliases ?? [], isCode, isRequired, ...(choices ? { choices } : {}) }];
  });

/** Cells of a column that are looked at for what it is. */
const SAMPLE = 200;
/** Different values of a column that are looked up. */
const LOOKED_UP = 60;

export const samplesOf = ({ rows }: SourceTable, column: number): readonly string[] => {
  const found: string[] = [];
  for (const row of rows) {
    const text = row[column] ?? '';
    if (!isBlank(text)) found.push(text);
    if (found.length === SAMPLE) break;
  }
  return found;
};

const linkTables = (field: Field | undefined): readonly TableName[] =>
  (field?.kind === 'link' ? [field.to] : field?.kind === 'ref' ? field.to : []).filter(isTableName);

type Lookup = NonNullable<RecipeColumn['lookup']>;
type Fit = LinkFit & { readonly lookup: Lookup | null };

/** Which of the ways to name a record of a table most of the values use. */
const fitOf = (read: Reader, table: TableName, values: readonly string[]): Fit => {
  const { code, title, many } = tableOf(table);
  const fits: Fit[] = [...new Set([code, title])].flatMap((by) => {
    if (by === undefined || fieldOf(table, by)?.keyed !== true) return [];
    const found = values.filter((value) => read.match(table, by, value).length > 0).length;
    const label = fieldOf(table, by)?.label.toLowerCase() ?? by;
    return [{ found, of: values.length, what: `found among ${many} by ${label}`, lookup: { table, by } }];
  });
  const systems = new Map<string, number>();
  for (const value of values) {
    const refs = read.match('external_refs', 'key', value).map((id) => read.get('external_refs', id));
    for (const system of new Set(refs.filter((ref) => ref?.['table'] === table).map((ref) => String(ref?.['system'])))) {
      systems.set(system, (systems.get(system) ?? 0) + 1);
    }
  }
  for (const [system, found] of systems) {
    const what = `keys of ${many} from an earlier import`;
    fits.push({ found, of: values.length, what, lookup: { table, by: 'key', system } });
  }
  const none: Fit = { found: 0, of: values.length, what: '', lookup: null };
  return fits.reduce((best, fit) => (fit.found > best.found ? fit : best), none);
};

/** How the values of columns are found among the records of a link's table; each asked once. */
export const createLinkFits = (read: Reader, source: SourceTable, table: TableName) => {
  const known = new Map<string, Fit>();
  const valuesOf = (column: number): readonly string[] =>
    [...new Set(samplesOf(source, column).map(cleanText))].slice(0, LOOKED_UP);
  const fit = (column: number, target: string): Fit | null => {
    const name = `${column}/${target}`;
    const found = known.get(name);
    if (found) return found;
    const values = valuesOf(column);
    const fits = linkTables(fieldOf(table, target)).map((to) => fitOf(read, to, values));
    const [first] = fits.toSorted((a, b) => b.found - a.found);
    if (first) known.set(name, first);
    return first ?? null;
  };
  /** By what a link is found where nothing is in the store yet: codes have no spaces, names mostly do. */
  const byLooks = (column: number, to: TableName): Lookup => {
    const { code, title } = tableOf(to);
    const values = valuesOf(column);
    const isNamed = values.filter((value) => value.includes(' ')).length * 2 > values.length;
    return { table: to, by: code === undefined || isNamed ? title : code };
  };
  return {
    fit,
    lookup: (column: number, target: string): Lookup | null => {
      const [to, ...more] = linkTables(fieldOf(table, target));
      const found = fit(column, target)?.lookup ?? null;
      if (found !== null || to === undefined) return found;
      // A reference to one of several tables is looked for in all of them.
      return more.length > 0 ? null : byLooks(column, to);
    },
  };
};
