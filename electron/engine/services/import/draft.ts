/**
 * The parts every proposal is made of: what each column of a file was met with, and the recipe that comes of it. Nothing
 * is dropped: a column without a field is proposed as a custom field, a blank one is ignored by name.
 */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { imports } from '../../../../shared/contract/imports.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import { matchColumns } from '../../../../shared/domain/import/match.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { Reader } from '../../store/api.ts';
import { isReason } from './reason.ts';
import type { Entry, RecipeColumn } from './recipe.ts';
import { createLinkFits, samplesOf, targetsOf } from './targets.ts';

export type Proposal = OutputOf<(typeof imports)['import.propose']>;
export type ColumnProposal = Proposal['columns'][number];

/** What the person said of how the file is to be read; kept in the recipe. */
export type ReadAs = Pick<Entry, 'sheet' | 'encoding' | 'delimiter' | 'headerRow'>;

export const factsOf = (source: SourceTable) => source.headers.map((header, at) => ({ header, samples: samplesOf(source, at) }));
export const wordsOf = (table: TableName): readonly string[] => [tableOf(table).one, tableOf(table).many];

export const customLabel = (header: string): string => header.replace(/^#(\d+)$/, 'Column $1').slice(0, 100);

/** The element of a list that a column fills is called as the column is. */
const elementOf = (header: string): string =>
  header
    .toLowerCase()
    .replace(/[\]\n]/g, '')
    .trim()
    .slice(0, 40) || 'other';

export type Draft = { readonly column: RecipeColumn; readonly told: ColumnProposal };

export const draftColumns = (read: Reader, source: SourceTable, table: TableName): readonly Draft[] => {
  const targets = targetsOf(table);
  const fits = createLinkFits(read, source, table);
  const facts = factsOf(source);
  const linkFit = (column: number, target: { readonly key: string }) => fits.fit(column, target.key);
  return matchColumns(facts, targets, { words: wordsOf(table), linkFit }).map((met, at): Draft => {
    const header = source.headers[at] ?? '';
    const told = { header, how: met.how, because: met.because, others: [...met.others] };
    if (isReason(header)) {
      return {
        column: { ignore: true },
        told: { ...told, how: 'none', because: 'Written by the workbench beside rows it left out' },
      };
    }
    if (met.field === null) {
      const isEmpty = facts[at]?.samples.length === 0;
      return { column: isEmpty ? { ignore: true } : { custom: customLabel(header) }, told };
    }
    const kind = targets.find(({ key }) => key === met.field)?.kind;
    if (kind === 'list') {
      // Headed by the list's own name, a column holds all of it, as our exports have it.
      const isWhole = tableOf(table).fields[met.field]?.label === header;
      return { column: { field: isWhole ? met.field : `${met.field}[${elementOf(header)}]` }, told };
    }
    const lookup = fits.lookup(at, met.field);
    return { column: lookup === null ? { field: met.field } : { field: met.field, lookup }, told };
  });
};

export const recipeOf = (
  source: SourceTable,
  as: ReadAs,
  entry: Pick<Entry, 'table' | 'columns' | 'system' | 'own'> & { readonly keyAt: readonly number[] },
): Recipe => {
  const { keyAt, ...rest } = entry;
  const key = keyAt.map((at) => source.headers[at] ?? '');
  return {
    v: 1,
    name: source.sheet === null ? source.file : `${source.file}, ${source.sheet}`,
    match: { headers: [...source.headers] },
    // The next file of its kind has another date in its name: the headers know it, not the name.
    files: [{ pattern: '*', ...as, ...rest, key, missing: 'ignore' }],
  };
};
