/**
 * A first recipe for a file: one that was kept and knows its headers, else columns met with the fields of the table
 * that they fit best. Nothing is dropped: a column without a field is proposed as a custom field, a blank one is
 * ignored by name.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import { countOf } from '../../../../shared/domain/import/evidence.ts';
import { headerKey } from '../../../../shared/domain/import/headers.ts';
import { matchColumns, type Met } from '../../../../shared/domain/import/match.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { Reader } from '../../store/api.ts';
import type { ExportShape } from '../../store/read/export-columns.ts';
import {
  customLabel,
  draftColumns,
  factsOf,
  recipeOf,
  wordsOf,
  type ColumnProposal,
  type Proposal,
  type ReadAs,
} from './draft.ts';
import { findOwn } from './own.ts';
import { proposeKey, type ProposedKey } from './propose-key.ts';
import { draftOwn } from './propose-own.ts';
import type { RecipeColumn } from './recipe.ts';
import { sayTwice } from './refused.ts';
import type { SavedRecipe } from './recipes.ts';
import { importTables, targetsOf } from './targets.ts';

const WORTH: Readonly<Record<Met['how'], number>> = { name: 1, alias: 1, near: 0.4, none: 0 };

/** In doubt a file is of customers: that is what people bring first. It decides between equals only. */
const LIKELIEST = { table: 'accounts', bonus: 0.1 };

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
      const called = new Set([...words, ...(tableOf(table).also ?? []).map(headerKey)]);
      const isCalled = names.some((name) => called.has(name));
      const isNamed = isCalled || names.some((name) => words.some((word) => name.includes(word)));
      const bonus = (isCalled ? 4 : isNamed ? 1.5 : 0) + (code !== undefined && has.has(code) ? 0.3 : 0) - missing * 0.5;
      const orphan = owner !== undefined && !has.has(owner) ? 1 : 0;
      const likely = table === LIKELIEST.table ? LIKELIEST.bonus : 0;
      return {
        table,
        score: worth + bonus + likely - orphan,
        matched: columns.filter(({ field }) => field !== null).length,
        isNamed,
      };
    })
    .toSorted((a, b) => b.score - a.score);
};

/** Why nothing is known of what the rows are. */
const sayUnknown = ({ file, headers, headerRow }: SourceTable): string =>
  headers.every((header) => /^#\d+$/.test(header))
    ? `No row of ${file} names its columns (${headerRow.because.join('; ')})`
    : `No column of ${file} is called like anything that is kept here: ${headerRow.answer} may be no header`;

const judgeTable = (
  source: SourceTable,
  given: TableName | null,
): { readonly table: TableName; readonly tell: (fields: string) => Proposal['table'] } => {
  const judged = judgeTables(source);
  const wanted = given === null ? judged[0] : judged.find(({ table }) => table === given);
  const table = given ?? wanted?.table ?? 'accounts';
  const next = judged.find((one) => one.table !== table);
  const unknown = given === null && (wanted?.matched ?? 0) === 0 ? sayUnknown(source) : null;
  // Nothing is guessed of a file that says nothing: a person chooses.
  if (unknown !== null)
    return { table: 'accounts', tell: () => ({ answer: tableOf('accounts').many, sure: false, because: [unknown] }) };
  const because = (fields: string): string[] => [
    ...(given === null ? [] : ['you said so']),
    fields,
    ...(wanted?.isNamed === true ? ['the name of the file says so'] : []),
    ...(given === null && next ? [`${next.matched} would be of ${tableOf(next.table).many}`] : []),
  ];
  const sure = given !== null || (wanted !== undefined && wanted.matched > 0 && wanted.score > (next?.score ?? 0) + 0.5);
  return { table, tell: (fields) => ({ answer: tableOf(table).many, sure, because: because(fields) }) };
};

const SHOWN = 3;

/** What a person should know of a key before the check says it of each row. */
const sayShared = (twice: ProposedKey['twice']): readonly string[] => {
  const shown = twice.slice(0, SHOWN).map(([key, rows]) => sayTwice(key, rows));
  return twice.length > SHOWN ? [...shown, `${twice.length - SHOWN} more stand in several rows`] : shown;
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
  const { system } = key;
  const recipe = recipeOf(source, as, { table, keyAt: key.at, columns: Object.fromEntries(columns), system });
  const told = drafts.map(({ column, told: one }, at): ColumnProposal => {
    if (!key.at.includes(at)) return one;
    const because = column.custom === undefined ? one.because : 'Names the row: kept as its key in the other system';
    return at === key.at.at(-1) ? { ...one, because: [because, ...sayShared(key.twice)].join('. ') } : { ...one, because };
  });
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

export type ProposeDeps = {
  readonly read: Reader;
  readonly saved: readonly SavedRecipe[];
  /** What this workbench exports. */
  readonly shapes: readonly ExportShape[];
};

/**
 * @param given what the rows are; null = the table that the headers fit best
 * @throws AppError `bad-file`
 */
export const proposeRecipe = (
  { read, saved, shapes }: ProposeDeps,
  source: SourceTable,
  given: TableName | null,
  as: ReadAs,
): Proposal => {
  if (source.rows.length === 0) {
    throw new AppError('bad-file', `${source.file} has no rows under the header: there is nothing to import.`, {
      file: source.file,
    });
  }
  const keys = new Set(source.headers.map(headerKey));
  const ranked = saved
    .map((one) => ({ one, ...knownHeaders(one.recipe, keys) }))
    .filter(({ known }) => known > 0)
    .toSorted((a, b) => b.known - a.known || a.of - b.of);
  const recipes = ranked.map(({ one: { id, name }, known, of }) => ({ id, name, known, of }));
  // The recipe that is proposed names the headers, so that reading by it is sure of them: what was a guess is told here.
  const { sure, answer: headerAt, because: whyHeader } = source.headerRow;
  const notes = [...(sure ? [] : [`the header row is a guess, ${[headerAt, ...whyHeader].join('; ')}`]), ...source.notes];
  const best = ranked.find(
    ({ one, known, of }) => known >= of * MOSTLY && (given === null || one.recipe.files[0]?.table === given),
  );
  // A recipe for a few columns that many files have does not know an export of ours by them.
  const own = best && best.known >= source.headers.length * MOSTLY ? null : findOwn(read, source, shapes, given);
  if (own !== null) {
    const because = ['its headers are those of an export of this workbench'];
    return { ...draftOwn(read, source, own, as), saved: null, table: { answer: own.what, sure: true, because }, notes, recipes };
  }
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
