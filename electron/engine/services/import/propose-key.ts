/**
 * What tells the rows of a file apart, so that the next file of its kind finds them again: their code, the key of the
 * system they come from, or, for rows of a document, the document and their place in it. A column is a key only when
 * no two rows have the same in it.
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
};

/** Rows that may lack a key or repeat one and still leave it a key: duplicates are shown in the check. */
const MOST_FAULTS = 0.02;

/** Whether so few rows repeat or lack the text of these columns that it names them. */
const isUnique = ({ rows, headers }: SourceTable, columns: readonly number[]): boolean => {
  const seen = new Set<string>();
  let faults = 0;
  for (const row of rows) {
    if (isFurniture(row, headers.length)) continue;
    const cells = columns.map((at) => row[at] ?? '');
    const key = JSON.stringify(cells.map(matchKey));
    if (cells.every(isBlank) || seen.has(key)) faults += 1;
    seen.add(key);
  }
  return faults <= rows.length * MOST_FAULTS;
};

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
  const place = [...places, ...links].find((at) => isUnique(source, [ownerAt, at]));
  return place === undefined ? null : [ownerAt, place];
};

/** @param columns what each column of the file was met with */
export const proposeKey = (source: SourceTable, table: TableName, columns: readonly RecipeColumn[]): ProposedKey => {
  const { code, owner } = tableOf(table);
  const named = (at: readonly number[]): ProposedKey => {
    const what = at.map((column) => headerKey(source.headers[column] ?? '')).join('.');
    return { at, system: `file.${table}${what === '' ? '' : `.${what.slice(0, 60)}`}` };
  };
  const codeAt = code === undefined ? -1 : columns.findIndex(({ field }) => field === code);
  if (codeAt >= 0 && isUnique(source, [codeAt])) return named([codeAt]);
  const inOwner = owner === undefined ? null : placeInOwner(source, owner, columns);
  if (inOwner !== null) return named(inOwner);
  const ids = source.headers.flatMap((header, at) => (looksLikeId(header) && columns[at]?.lookup === undefined ? [at] : []));
  const ordered = [...ids.filter((at) => ofOwn(table, source.headers[at] ?? '')), ...ids];
  const idAt = ordered.find((at) => columns[at]?.ignore !== true && isUnique(source, [at]));
  return named(idAt === undefined ? [] : [idAt]);
};
