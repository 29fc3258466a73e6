/**
 * A first recipe for a file: one that was kept and knows its headers, else columns met with the fields of the table
 * that they fit best. Nothing is dropped: a column without a field is proposed as a custom field, a blank one is
 * ignored by name.
 */
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { imports } from '../../../../shared/contract/imports.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import { countOf } from '../../../../shared/domain/import/evidence.ts';
import { headerKey } from '../../../../shared/domain/import/headers.ts';
import { matchColumns, type Met } from '../../../../shared/domain/import/match.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { Reader } from '../../store/api.ts';
import { proposeKey } from './propose-key.ts';
import { isReason } from './reason.ts';
import type { Entry, RecipeColumn } from './recipe.ts';
import type { SavedRecipe } from './recipes.ts';
import { createLinkFits, importTables, samplesOf, targetsOf } from './targets.ts';

type Proposal = OutputOf<(typeof imports)['import.propose']>;
type ColumnProposal = Proposal['columns'][number];

/** What the person said of how the file is to be read; kept in the recipe. */
export type ReadAs = Pick<Entry, 'sheet' | 'encoding' | 'delimiter' | 'headerRow'>;

const factsOf = (source: SourceTable) => source.headers.map((header, at) => ({ header, samples: samplesOf(source, at) }));
const wordsOf = (table: TableName): readonly string[] => [tableOf(table).one, tableOf(table).many];

const WORTH: Readonly<Record<Met['how'], number>> = { name: 1, alias: 1, near: 0.4, none: 0 };

type Judged = { readonly table: TableName; readonly score: number; readonly matched: number; readonly isNamed: boolean };

/** How well each table fits: by headers that few tables know, by the fields it cannot be without, by the file's name. */
const judgeTables = (source: SourceTable): readonly Judged[] => {
  const facts = factsOf(source);
  const met = importTables.map((table) => ({ table, columns: matchColumns(facts, targetsOf(table), { words: wordsOf(table) }) }));
  const knownBy = facts.map((_, at) => met.filter(({ columns }) => (columns[at]?.field ?? null) !== null).length);
  const names = [source.file.replace(/\.[^.]*$/, ''), source.sheet ?? ''].map(headerKey);
  return met
    .map(({ table, columns }): Judged => {
      const { fields, owner, code } = tableOf(table);
      const has = new Set(columns.map(({ field }) => field));
      const worth = columns.reduce((sum, { how }, at) => sum + WORTH[how] / Math.sqrt(knownBy[at] || 1), 0);
      const missing = Object.entries(fields).filter(([key, field]) => field.required === true && !has.has(key)).length;
      const words = wordsOf(table).map(headerKey);
      const isCalled = names.some((name) => words.includes(name));
      const isNamed = isCalled || names.some((name) => words.some((word) => name.includes(word)));
      const bonus = (isCalled ? 4 : isNamed ? 1.5 : 0) + (code !== undefined && has.has(code) ? 0.3 : 0) - missing * 0.5;
      const orphan = owner !== undefined && !has.has(owner) ? 1 : 0;
      return { table, score: worth + bonus - orphan, matched: columns.filter(({ field }) => field !== null).length, isNamed };
    })
    .toSorted((a, b) => b.score - a.score);
};

const judgeTable = (
  source: SourceTable,
  given: TableName | null,
): { readonly table: TableName; readonly tell: (fields: string) => Proposal['table'] } => {
  const judged = judgeTables(source);
  const wanted = given === null ? judged[0] : judged.find(({ table }) => table === given);
  const table = given ?? wanted?.table ?? 'accounts';
  const next = judged.find((one) => one.table !== table);
  const because = (fields: string): string[] => [
    ...(given === null ? [] : ['you said so']),
    fields,
    ...(wanted?.isNamed === true ? ['the name of the file says so'] : []),
    ...(given === null && next ? [`${next.matched} would be of ${tableOf(next.table).many}`] : []),
  ];
  const sure = given !== null || (wanted !== undefined && wanted.matched > 0 && wanted.score > (next?.score ?? 0) + 0.5);
  return { table, tell: (fields) => ({ answer: tableOf(table).many, sure, because: because(fields) }) };
};

const customLabel = (header: string): string => header.replace(/^#(\d+)$/, 'Column $1').slice(0, 100);

/** The element of a list that a column fills is called as the column is. */
const elementOf = (header: string): string =>
  header
    .toLowerCase()
    .replace(/[\]\n]/g, '')
    .trim()
    .slice(0, 40) || 'other';

type Draft = { readonly column: RecipeColumn; readonly told: ColumnProposal };

const draftColumns = (read: Reader, source: SourceTable, table: TableName): readonly Draft[] => {
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

const draft = (read: Reader, source: SourceTable, table: TableName, as: ReadAs): Pick<Proposal, 'recipe' | 'columns'> => {
  const drafts = draftColumns(read, source, table);
  const key = proposeKey(
    source,
    table,
    drafts.map(({ column }) => column),
  );
  const columns = drafts.map(({ column, told }, at): readonly [string, RecipeColumn] => {
    const isKeyOnly = key.at.includes(at) && column.custom !== undefined;
    return [told.header, isKeyOnly ? { ignore: true } : column];
  });
  const recipe: Recipe = {
    v: 1,
    name: source.sheet === null ? source.file : `${source.file}, ${source.sheet}`,
    match: { headers: [...source.headers] },
    files: [
      {
        // The next file of its kind has another date in its name: the headers know it, not the name.
        pattern: '*',
        ...as,
        table,
        key: key.at.map((at) => source.headers[at] ?? ''),
        missing: 'ignore',
        columns: Object.fromEntries(columns),
        system: key.system,
      },
    ],
  };
  const told = drafts.map(({ column, told: one }, at) =>
    key.at.includes(at) && column.custom !== undefined
      ? { ...one, because: 'Names the row: kept as its key in the other system' }
      : one,
  );
  return { recipe, columns: told };
};

/** How many of a recipe's headers a file has. */
const knownHeaders = ({ match, files }: Recipe, keys: ReadonlySet<string>): { readonly known: number; readonly of: number } => {
  const all = new Set((match?.headers ?? files.flatMap(({ columns }) => Object.keys(columns))).map(headerKey).filter(Boolean));
  return { known: [...all].filter((key) => keys.has(key)).length, of: all.size };
};

/** A file may have lost a column or two since the recipe was kept. */
const MOSTLY = 0.8;

/** The recipe that was kept, with what it does not know of this file added. */
const withSaved = (
  read: Reader,
  source: SourceTable,
  { id, recipe }: SavedRecipe,
  as: ReadAs,
): Pick<Proposal, 'recipe' | 'saved' | 'columns'> => {
  const [entry] = recipe.files;
  const table = (entry?.table ?? 'accounts') as TableName;
  const drafts = draftColumns(read, source, table);
  const named = new Map(recipe.files.flatMap(({ columns }) => Object.keys(columns)).map((name) => [headerKey(name), name]));
  const taken = new Set(recipe.files.flatMap(({ columns }) => Object.values(columns).map(({ field }) => field)));
  const fresh: [string, RecipeColumn][] = [];
  const columns = drafts.map(({ column, told }, at): ColumnProposal => {
    if (named.has(headerKey(told.header)) || named.has(`#${at + 1}`)) {
      return { ...told, how: 'recipe', because: `The recipe “${recipe.name}” says so` };
    }
    const isFree = column.field === undefined || !taken.has(column.field);
    fresh.push([told.header, isFree ? column : { custom: customLabel(told.header) }]);
    return isFree ? told : { ...told, how: 'none', because: 'The recipe does not know it' };
  });
  const files = recipe.files.map((one, at) =>
    at === 0
      ? {
          ...one,
          ...as,
          pattern: recipe.files.length === 1 ? '*' : one.pattern,
          columns: { ...one.columns, ...Object.fromEntries(fresh) },
        }
      : one,
  );
  return { recipe: { ...recipe, files }, saved: id, columns };
};

/** How many columns go to fields, as the proposal has them. */
const countFields = (table: TableName, { recipe, columns }: Pick<Proposal, 'recipe' | 'columns'>): string => {
  const own = recipe.files[0]?.columns ?? {};
  const met = columns.filter(({ header }) => own[header]?.field !== undefined).length;
  return `${met} of ${countOf(columns.length, 'column')} ${met === 1 ? 'is a field' : 'are fields'} of ${tableOf(table).many}`;
};

/** @param given what the rows are; null = the table that the headers fit best */
export const proposeRecipe = (
  read: Reader,
  source: SourceTable,
  saved: readonly SavedRecipe[],
  given: TableName | null,
  as: ReadAs,
): Proposal => {
  const keys = new Set(source.headers.map(headerKey));
  const ranked = saved
    .map((one) => ({ one, ...knownHeaders(one.recipe, keys) }))
    .filter(({ known }) => known > 0)
    .toSorted((a, b) => b.known - a.known || a.of - b.of);
  const recipes = ranked.map(({ one: { id, name }, known, of }) => ({ id, name, known, of }));
  const notes = [...source.notes];
  const best = ranked.find(
    ({ one, known, of }) => known >= of * MOSTLY && (given === null || one.recipe.files[0]?.table === given),
  );
  if (best) {
    const found = withSaved(read, source, best.one, as);
    const { table } = judgeTable(source, (best.one.recipe.files[0]?.table ?? null) as TableName | null);
    const because = [`the recipe “${best.one.name}” knows ${best.known} of its ${best.of} headers`];
    return { ...found, table: { answer: tableOf(table).many, sure: true, because }, notes, recipes };
  }
  const { table, tell } = judgeTable(source, given);
  const drafted = draft(read, source, table, as);
  return { ...drafted, saved: null, table: tell(countFields(table, drafted)), notes, recipes };
};
