/**
 * The columns of a file bound to fields: which cell goes where, and how it is read. Everything that can be refused
 * before a row is written is refused here: key columns that are missing, formats that nobody can know.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { AmbiguousColumn, AmbiguousDetails } from '../../../../shared/contract/imports.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import { matchKey } from '../../../../shared/domain/fold.ts';
import { headerKey } from '../../../../shared/domain/import/headers.ts';
import type { Evidence } from '../../../../shared/domain/import/evidence.ts';
import type { NumberHints } from '../../../../shared/domain/import/numbers.ts';
import {
  doubtOf,
  makeColumnReader,
  makeTypedReader,
  makeWayOf,
  type Person,
  type ReadColumn,
} from '../../../../shared/domain/import/reading.ts';
import { cleanText, makeReader, type ReadCell } from '../../../../shared/domain/import/values.ts';
import { isBad, type Kind, type Scalar } from '../../../../shared/domain/kinds.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { askAbout } from './ask.ts';
import type { Customs } from './customs.ts';
import { cellsOf, customKind, judgeFor, toMap, type Judged } from './judge.ts';
import { isReason } from './reason.ts';
import { importable, splitTarget, type RecipeColumn } from './recipe.ts';
import { hintsFor, type Settle } from './settle.ts';
import type { Source } from './sources.ts';

export type BoundColumn = {
  readonly at: number;
  readonly header: string;
  /** What it fills, as `seen` names it: a field, an element of a list (`phones[fax]`), a custom key. */
  readonly target: string;
  readonly field: string;
  readonly element: string | null;
  readonly model: Field;
  /** The kind its text is read as. */
  readonly kind: Kind;
  readonly map: ReadonlyMap<string, string> | null;
  readonly lookup: NonNullable<RecipeColumn['lookup']> | null;
  readonly read: ReadColumn;
  /** Which way of several a text of the file is read; empty = the usual one. */
  readonly wayOf: (text: string) => string;
  /** Whether the cell of a row, by its index, is a number of a workbook. */
  readonly isNumber: (row: number) => boolean;
  /** Reads text as the person would, who sees it in the check. */
  readonly readTyped: ReadCell;
  readonly evidence: Evidence | null;
};

export type Bound = {
  readonly source: Source;
  readonly columns: readonly BoundColumn[];
  /** Columns that together name a row. Empty: the row's own text is its key. */
  readonly keyAt: readonly number[];
  /** Constants of every row. */
  readonly constants: readonly (readonly [field: string, value: Scalar])[];
  /** Whether the recipe takes a row. The cells of another belong to another entry, or are lost. */
  readonly isWanted: (cells: readonly string[]) => boolean;
  readonly notes: readonly string[];
};

/** The day an order went out: it is kept by its lines' events, and only where it has lines. */
export const SHIPPED = 'shipped_on';

/** The columns of a file whose cells are kept with their row. The day an order went out is kept apart. */
export const keptAt = ({ columns, keyAt }: Bound): readonly number[] => [
  ...new Set([...columns.filter(({ target }) => target !== SHIPPED).map(({ at }) => at), ...keyAt]),
];

const INDEX = /^#(\d+)$/;

/** Where the column of a recipe stands in the file: its exact header, its position, its header more loosely. */
const findColumn = (headers: readonly string[], name: string): number => {
  const exact = headers.indexOf(name);
  if (exact >= 0) return exact;
  const position = INDEX.exec(name);
  if (position) return Number(position[1]) <= headers.length ? Number(position[1]) - 1 : -1;
  const key = headerKey(name);
  return key === '' ? -1 : headers.findIndex((header) => headerKey(header) === key);
};

const kindOf = (field: Field): Kind => (field.kind === 'computed' ? field.shows : field.kind);

export type BindContext = {
  /** The current year, and the company's zone. */
  readonly now: number;
  readonly zone: string;
  /** Who mends cells in the check. */
  readonly person: Person;
  readonly settle: Settle;
};

/** The column of a file that says the currency of its rows; -1 = none. */
const currencyAt = ({ entry, table }: Source): number => {
  const named = Object.entries(entry.columns).find(([, { field }]) => field === 'currency');
  return named ? findColumn(table.headers, named[0]) : -1;
};

/** A column that nobody can read for sure: which key of the recipe settles it, and with what. */
type Ask = AmbiguousColumn;

const bindColumn = (
  source: Source,
  at: number,
  column: RecipeColumn,
  customs: Customs,
  context: BindContext,
): { readonly bound: BoundColumn; readonly judged: Judged } | null => {
  const { entry, table } = source;
  const map = toMap(column.map);
  const hints = (kind: Kind | null): NumberHints => hintsFor(source, kind, column, currencyAt(source), context.settle);
  const header = table.headers[at] ?? '';
  const cells = cellsOf(source, at, map);
  const pick = (): { field: string; element: string | null; model: Field } | null => {
    if (column.custom !== undefined) {
      const found = customs.find(entry.table, column.custom);
      const custom = found ?? customs.ensure(entry.table, column.custom, customKind(column, cells, context.now, hints(null)));
      return { field: custom.key, element: null, model: custom.field };
    }
    const { name, element } = splitTarget(column.field ?? '');
    const model = importable(entry.table, name);
    return model ? { field: name, element: model.kind === 'list' ? element : null, model } : null;
  };
  const picked = pick();
  if (!picked) return null;
  const kind = picked.element === null ? kindOf(picked.model) : 'text';
  const judged = judgeFor(kind, column, cells, context, hints(kind));
  const target = picked.element === null ? picked.field : `${picked.field}[${picked.element}]`;
  // An element of a list is text of any length: a bad cell would stand for the whole list.
  const field = { ...picked.model, kind };
  const readTyped = makeTypedReader(field, context.zone, context.person);
  const read: ReadColumn =
    picked.element === null
      ? makeColumnReader(field, judged.format, readTyped)
      : (cell) => ({ value: cleanText(cell.text), doubt: doubtOf(cell) });
  const isNumber = (row: number): boolean => table.isNumber?.(table.numbers[row] ?? row + 1, at) === true;
  const lookup = column.lookup ?? null;
  const wayOf = makeWayOf(kind, judged.format);
  const bound = { at, header, target, ...picked, kind, map, lookup, read, wayOf, readTyped, isNumber, evidence: judged.evidence };
  return { bound, judged };
};

/** A link told by two columns, its code and its name, is remembered by each. */
const apart = (columns: readonly BoundColumn[], column: BoundColumn): BoundColumn => {
  const isBeside = columns.some(({ target }) => target === column.target);
  return isBeside && column.lookup !== null ? { ...column, target: `${column.target}.${column.lookup.by}` } : column;
};

const refuseOpen = (asks: readonly Ask[]): void => {
  const [first] = asks;
  if (!first) return;
  const answers = first.candidates.map(({ value, reads }) => `"${first.asks}": "${value}" (${reads})`).join(' or ');
  const others = asks.slice(1).map(({ header }) => `“${header}”`);
  const more = others.length > 0 ? ` The same has to be said of ${others.join(', ')}.` : '';
  throw new AppError(
    'ambiguous',
    `${first.file}, column “${first.header}”: ${first.because.join('; ')}. Say which in the recipe, for that column: ${answers}.${more}`,
    { columns: asks } satisfies AmbiguousDetails,
  );
};

const bindKey = ({ entry, table }: Source, columns: readonly BoundColumn[]): readonly number[] =>
  entry.key.map((name) => {
    const byHeader = findColumn(table.headers, name);
    const at = byHeader >= 0 ? byHeader : (columns.find((column) => column.target === name || column.field === name)?.at ?? -1);
    if (at >= 0) return at;
    const has = table.headers.slice(0, 12).join(', ');
    throw new AppError('bad-recipe', `${table.file} has no key column “${name}”. Its columns are ${has}`, {
      file: table.file,
      key: name,
    });
  });

/** Texts are compared as keys are: without case, and without white space around them. */
const bindWhere = ({ entry, table }: Source): Bound['isWanted'] => {
  const wanted = Object.entries(entry.where ?? {}).map(([name, texts]) => {
    const at = findColumn(table.headers, name);
    if (at >= 0) return { at, texts: new Set(texts.map(matchKey)) };
    throw new AppError('bad-recipe', `where: ${table.file} has no column “${name}”`, { file: table.file, column: name });
  });
  return (cells) => wanted.every(({ at, texts }) => texts.has(matchKey(cells[at] ?? '')));
};

const bindConstants = ({ entry }: Source, context: BindContext): Bound['constants'] =>
  Object.entries(entry.set ?? {}).map(([name, value]) => {
    const field = fieldOf(entry.table, name);
    if (typeof value !== 'string' || !field) return [name, value] as const;
    const { format } = judgeFor(field.kind, {}, [], context, {});
    const read = makeReader(field, format)(value, null);
    if (isBad(read)) throw new AppError('bad-recipe', `set.${name}: “${value}” is no value of ${field.label}`, { field: name });
    return [name, read] as const;
  });

/**
 * Binds the columns of every source.
 * @throws AppError `ambiguous` with the columns and their evidence, `bad-recipe`
 */
export const bindSources = (
  sources: readonly Source[],
  customs: Customs,
  context: BindContext,
  recipe: Recipe,
): readonly Bound[] => {
  const asks: Ask[] = [];
  const bound = sources.map((source): Bound => {
    const { entry, table, ledger } = source;
    const columns: BoundColumn[] = [];
    const notes: string[] = [];
    for (const [name, column] of Object.entries(entry.columns)) {
      const at = findColumn(table.headers, name);
      if (at < 0) notes.push(`The recipe names a column “${name}” that the file does not have`);
      else if (column.ignore) ledger.ignore(at);
      else {
        const one = bindColumn(source, at, column, customs, context);
        if (!one) continue;
        columns.push(apart(columns, one.bound));
        const { asks: ask, evidence, notes: left = [] } = one.judged;
        notes.push(...left.map((text) => `${one.bound.header}: ${text}`));
        if (ask) {
          const because = [...(evidence?.because ?? [])];
          const at = { entry: recipe.files.indexOf(entry), file: table.file, at: one.bound.at, header: one.bound.header };
          asks.push({ ...at, asks: ask, because, ...askAbout(ask, cellsOf(source, one.bound.at, one.bound.map), context.now) });
        }
      }
    }
    table.headers.forEach((header, at) => {
      if (isReason(header) && !Object.hasOwn(entry.columns, header)) ledger.ignore(at);
    });
    const keyAt = bindKey(source, columns);
    if (columns.length === 0) {
      throw new AppError('bad-recipe', `${table.file} has none of the columns that the recipe names`, { file: table.file });
    }
    return { source, columns, keyAt, constants: bindConstants(source, context), isWanted: bindWhere(source), notes };
  });
  refuseOpen(asks);
  return bound;
};
