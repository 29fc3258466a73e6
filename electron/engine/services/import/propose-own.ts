/** A first recipe for a file that went out of a workbench: every column goes where it came from, and what was worked out stays out. */
import { isTableName, tableOf } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { Reader } from '../../store/api.ts';
import { customLabel, draftColumns, recipeOf, type Draft, type Proposal, type ReadAs } from './draft.ts';
import { ownKey, ownSystem, type OwnColumn, type OwnFile } from './own.ts';
import { FIRST, type RecipeColumn } from './recipe.ts';

const ownLookup = (column: OwnColumn & { readonly is: 'field' }): RecipeColumn['lookup'] => {
  const { field, part } = column;
  if (field.kind !== 'link' || !isTableName(field.to)) return undefined;
  const { code, title } = tableOf(field.to);
  return { table: field.to, by: part === 'code' && code !== undefined ? code : title };
};

/** Where a column of an export of ours goes, and why. */
const ownColumn = (column: OwnColumn): { readonly column: RecipeColumn; readonly because: string } => {
  switch (column.is) {
    case 'id':
      return { column: { ignore: true }, because: 'Names the record: its id here' };
    case 'computed':
      return { column: { ignore: true }, because: 'Worked out by the workbench, not imported' };
    case 'first':
      return { column: { field: `${column.key}[${FIRST}]` }, because: 'The first of its list' };
    default: {
      const { key, field, part } = column;
      if (key.startsWith('x_')) return { column: { custom: field.label }, because: `The custom field ${field.label}` };
      const lookup = ownLookup(column);
      // Fractions, whatever they are: 1 is all of it.
      const type = field.kind === 'percent' ? ({ type: 'decimal' } as const) : {};
      const what = part === 'value' ? '' : part === 'code' ? ', by its code' : ', by its name';
      return { column: { field: key, ...(lookup ? { lookup } : {}), ...type }, because: `${field.label}${what}` };
    }
  }
};

/** A file that went out of a workbench. What somebody added to it is met with fields as in any file. */
export const draftOwn = (read: Reader, source: SourceTable, own: OwnFile, as: ReadAs): Pick<Proposal, 'recipe' | 'columns'> => {
  const { table } = own;
  const others = draftColumns(read, source, table);
  const drafts = source.headers.map((header, at): Draft => {
    const column = own.columns[at] ?? null;
    const other = others[at];
    if (column !== null) {
      const { column: goes, because } = ownColumn(column);
      return { column: goes, told: { header, how: 'name', because, others: [] } };
    }
    if (other !== undefined && (other.column.ignore === true || other.column.custom !== undefined)) return other;
    const told = { header, how: 'none' as const, because: 'No column of the export', others: [...(other?.told.others ?? [])] };
    return { column: { custom: customLabel(header) }, told };
  });
  const columns = Object.fromEntries(drafts.map(({ column, told }) => [told.header, column]));
  const keyAt = ownKey(source, own);
  const recipe = recipeOf(source, as, { table, keyAt, columns, own: true, system: ownSystem(table) });
  return { recipe, columns: drafts.map(({ told }) => told) };
};
