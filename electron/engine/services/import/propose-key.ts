/**
 * What tells the rows of a file apart, so that the next file of its kind finds them again: their code, the key of the
 * system they come from, or, for rows of a document, the document and their place in it. A column is a key where nearly
 * all rows have their own in it; the few that share one are told as what they are, and the others are found by it.
 */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { headerKey, isFurniture } from '../../../../shared/domain/import/headers.ts';
import { matchKey } from '../../../../shared/domain/fold.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import type { RecipeColumn } from './recipe.ts';

export type ProposedKey = {
  /** Columns of the file; none: the row's own text is its key. */
  readonly at: readonly number[];
  /** The namespace of such keys. */
  readonly system: string;
  /** Keys that stand in several rows, with those rows as the file counts them. */
  readonly twice: readonly (readonly [key: string, rows: readonly number[]])[];
};

/** Part of the rows that may share or lack their key and still leave it one. */
const MOST_FAULTS = 0.2;
/** In a short file one slip is a large part of it. */
const SOME_FAULTS = 2;

type Shared = Pick<ProposedKey, 'twice'> & { readonly faults: number; readonly filled: number };

/** Which rows share the text of these columns, or lack it. */
const sharedBy = ({ rows, numbers, headers }: SourceTable, columns: readonly number[]): Shared => {
  const places = new Map<string, { readonly key: string; readonly rows: number[] }>();
  let faults = 0;
  let filled = 0;
  rows.forEach((row, at) => {
    if (isFurniture(row, headers.length)) return;
    const cells = columns.map((column) => row[column] ?? '');
    if (cells.every(isBlank)) return void (faults += 1);
    filled += 1;
    const key = JSON.stringify(cells.map(matchKey));
    const known = places.get(key);
    if (known) faults += 1;
    else places.set(key, { key: cells.map((cell) => cell.trim()).join('/'), rows: [] });
    places.get(key)?.rows.push(numbers[at] ?? at + 1);
  });
  const twice = [...places.values()].flatMap(({ key, rows: own }) => (own.length > 1 ? [[key, own] as const] : []));
  return { twice, faults, filled };
};

/** Whether nearly all rows have a text of their own in these columns. */
const names = ({ faults, filled }: Shared): boolean =>
  filled > faults && faults <= Math.max(SOME_FAULTS, (filled + faults) * MOST_FAULTS);

/** Headers of ids: `Id`, `Account ID`, `Order No.`, `contact_number`, `GUID`. */
const looksLikeId = (header: string): boolean => {
  const words = header
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}#]+/u)
    .filter(Boolean);
  return ['id', 'no', 'nr', 'number', 'key', 'guid', 'uuid', 'code', '#'].includes(words.at(-1) ?? '');
};

/** Headers of the place of a row in its document. */
const PLACE = /^(?:#|line|lines?(?:id|item|no|nr|number)|pos(?:ition|nr|no)?|item(?:no|nr|number)?|row(?:no|nr)?|seq(?:uence)?)$/;

const ofOwn = (table: TableName, header: string): boolean => {
  const key = headerKey(header);
  return key === 'id' || [tableOf(table).one, tableOf(table).many].some((word) => key.startsWith(headerKey(word)));
};

/** The columns of the document and of the place in it, for a table whose rows belong to others. */
const placeInOwner = (source: SourceTable, owner: string, columns: readonly RecipeColumn[]): readonly number[] | null => {
  const ownerAt = columns.findIndex(({ field }) => field === owner);
  if (ownerAt < 0) return null;
  const places = source.headers.flatMap((header, at) =>
    at !== ownerAt && (PLACE.test(headerKey(header)) || columns[at]?.field === 'position') ? [at] : [],
  );
  const links = columns.flatMap(({ lookup }, at) => (at !== ownerAt && lookup !== undefined ? [at] : []));
  // A product may well stand twice in an order: it names its line only where it never does.
  const place =
    places.find((at) => names(sharedBy(source, [ownerAt, at]))) ??
    links.find((at) => sharedBy(source, [ownerAt, at]).faults === 0);
  return place === undefined ? null : [ownerAt, place];
};

/** @param columns what each column of the file was met with */
export const proposeKey = (source: SourceTable, table: TableName, columns: readonly RecipeColumn[]): ProposedKey => {
  const { code, owner } = tableOf(table);
  const named = (at: readonly number[]): ProposedKey => {
    const what = at.map((column) => headerKey(source.headers[column] ?? '')).join('.');
    const { twice } = at.length === 0 ? { twice: [] } : sharedBy(source, at);
    return { at, twice, system: `file.${table}${what === '' ? '' : `.${what.slice(0, 60)}`}` };
  };
  const codeAt = code === undefined ? -1 : columns.findIndex(({ field }) => field === code);
  if (codeAt >= 0 && names(sharedBy(source, [codeAt]))) return named([codeAt]);
  const inOwner = owner === undefined ? null : placeInOwner(source, owner, columns);
  if (inOwner !== null) return named(inOwner);
  const ids = source.headers.flatMap((header, at) => (looksLikeId(header) && columns[at]?.lookup === undefined ? [at] : []));
  const ordered = [...ids.filter((at) => ofOwn(table, source.headers[at] ?? '')), ...ids];
  const idAt = ordered.find((at) => columns[at]?.ignore !== true && names(sharedBy(source, [at])));
  return named(idAt === undefined ? [] : [idAt]);
};
