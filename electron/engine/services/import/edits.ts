/**
 * Cells that a person mended in the check, laid over the cells of the file. The file is left alone, and what it told
 * is remembered as it told it: the next import of the same file does not bring the bad text back.
 */
import { AppError, type InputOf } from '../../../../shared/contract/define.ts';
import type { imports } from '../../../../shared/contract/imports.ts';
import type { Recipe } from '../../../../shared/contract/recipe.ts';
import type { Source } from './sources.ts';

export type Edits = InputOf<(typeof imports)['import.check']>['edits'];
type Edit = Edits[number];

const refuse = ({ file, row }: Edit): never => {
  throw new AppError('bad-file', `${file} has no row ${row} any more: it was changed since the check. Check it again.`, {
    file,
    row,
  });
};

const overlay = (source: Source, edits: readonly Edit[]): Source => {
  const { table } = source;
  const places = new Map(table.numbers.map((number, at) => [number, at]));
  const asRead = new Map<number, readonly string[]>();
  const rows = [...table.rows];
  for (const edit of edits) {
    const at = places.get(edit.row);
    const cells = at === undefined ? undefined : rows[at];
    if (at === undefined || cells === undefined || edit.column >= table.headers.length) return refuse(edit);
    if (!asRead.has(at)) asRead.set(at, cells);
    const mended = Array.from({ length: Math.max(cells.length, edit.column + 1) }, (_, column) => cells[column] ?? '');
    mended[edit.column] = edit.text;
    rows[at] = mended;
  }
  return { ...source, table: { ...table, rows }, asRead };
};

/** The sources with the edits of each over them. @throws AppError `bad-file` where the file has changed since */
export const applyEdits = (sources: readonly Source[], recipe: Recipe, edits: Edits): readonly Source[] => {
  if (edits.length === 0) return sources;
  const known = new Set<Edit>();
  const mended = sources.map((source) => {
    const entry = recipe.files.indexOf(source.entry);
    const own = edits.filter((edit) => edit.entry === entry && edit.file === source.table.file);
    for (const edit of own) known.add(edit);
    return own.length === 0 ? source : overlay(source, own);
  });
  for (const edit of edits) if (!known.has(edit)) refuse(edit);
  return mended;
};
