/** The files of an import and the recipe's entries for them, each file read once however many tables it feeds. */
import { basename } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import { isBlank, type Cell } from '../../../../shared/domain/import/evidence.ts';
import { findReversed, reversedNote } from '../../../../shared/domain/import/spans.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import { listFiles } from '../../files/disk.ts';
import { readSource } from '../../files/source.ts';
import type { Breathe, SourceTable } from '../../files/table.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { Entry } from './recipe.ts';

/** A file as one entry reads it. Entries of one file share its ledger: a cell is lost only when none of them took it. */
export type Source = {
  readonly entry: Entry;
  readonly table: SourceTable;
  /** Index of the first row that the entry does not skip. */
  readonly first: number;
  readonly ledger: Ledger;
  /** Rows as the file has them, where a person mended a cell in the check; by index. */
  readonly asRead?: ReadonlyMap<number, readonly string[]>;
};

export type Sources = {
  /** In the order their tables are written. */
  readonly list: readonly Source[];
  readonly unmatched: readonly string[];
  readonly absent: readonly string[];
};

/** `*` is any text, `?` one character; case is not told apart, as file systems do not agree on it. */
const toPattern = (pattern: string): RegExp => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is');
};

const orderOf = (recipe: Recipe, entry: Entry): number => {
  const order: readonly string[] = recipe.order ?? tableNames;
  const at = order.indexOf(entry.table);
  return at < 0 ? order.length + tableNames.indexOf(entry.table) : at;
};

/** Entries that cut a file the same way share the table that comes of it. */
const cutKey = ({ sheet, encoding, delimiter, headerRow }: Entry): string =>
  JSON.stringify([sheet, encoding, delimiter, headerRow]);

/** Rows that end before they begin are no error of any cell: they are told of the file as a whole. */
const withReversed = async (table: SourceTable, now: number, breathe: Breathe): Promise<SourceTable> => {
  const cellsOf = (at: number): readonly Cell[] =>
    table.rows.flatMap((row, place) => {
      const text = row[at] ?? '';
      return isBlank(text) ? [] : [{ row: table.numbers[place] ?? place + 1, text }];
    });
  const reversed = await findReversed(table.headers, cellsOf, now, () => breathe(1));
  const found = reversed.map((one) => reversedNote(table.headers, one));
  return found.length === 0 ? table : { ...table, notes: [...table.notes, ...found] };
};

const readEntries = async (
  path: string,
  entries: readonly Entry[],
  now: number,
  breathe: Breathe,
): Promise<readonly Source[]> => {
  const tables = new Map<string, { readonly table: SourceTable; readonly ledger: Ledger }>();
  const sources: Source[] = [];
  for (const entry of entries) {
    const key = cutKey(entry);
    let found = tables.get(key);
    if (!found) {
      const alike = entries.filter((one) => cutKey(one) === key);
      const known = [...new Set(alike.flatMap((one) => [...Object.keys(one.columns), ...one.key]))];
      const { sheet, encoding, delimiter, headerRow } = entry;
      const read = await readSource(path, { sheet, encoding, delimiter, headerRow, known }, breathe);
      const table = await withReversed(read, now, breathe);
      found = { table, ledger: createLedger(table) };
      tables.set(key, found);
    }
    const first = Math.min(entry.skip ?? 0, found.table.rows.length);
    for (let row = 0; row < first; row += 1) found.ledger.takeRow(row);
    sources.push({ entry, first, ...found });
  }
  return sources;
};

/**
 * Reads every file that an entry names. The recipe has been held against the model before.
 * @param now the current year, for years of two digits
 * @throws AppError `bad-file`, `bad-recipe`, `too-large`, `io`
 */
export const readSources = async (path: string, recipe: Recipe, now: number, breathe: Breathe): Promise<Sources> => {
  const files = listFiles(path);
  const entries = recipe.files as readonly Entry[];
  const named = files.map((file) => ({
    file,
    entries: entries.filter((entry) => toPattern(entry.pattern).test(basename(file))),
  }));
  const placeOf = ({ entry }: Source): number => entries.indexOf(entry);
  const list: Source[] = [];
  const busy = named.filter((one) => one.entries.length > 0);
  if (busy.length === 0) {
    const patterns = entries.map((entry) => entry.pattern).join(', ');
    throw new AppError('bad-file', `No file at ${path} has a name that the recipe knows (${patterns})`, { path });
  }
  for (const one of busy) list.push(...(await readEntries(one.file, one.entries, now, breathe)));
  return {
    list: list.toSorted((a, b) => orderOf(recipe, a.entry) - orderOf(recipe, b.entry) || placeOf(a) - placeOf(b)),
    unmatched: named.filter((one) => one.entries.length === 0).map(({ file }) => basename(file)),
    absent: entries
      .filter((entry) => !files.some((file) => toPattern(entry.pattern).test(basename(file))))
      .map((entry) => entry.pattern),
  };
};
