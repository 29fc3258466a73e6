/**
 * The rows that have errors, as files of the same shape as those they came from, each with its reason behind its
 * cells: to be mended where their owner likes, and imported again with the same recipe. Text is guarded as in every
 * file of ours, and the guard comes off when it is read.
 */
import { basename, dirname, join, parse } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import { createCsv } from '../../files/csv.ts';
import type { RestFile } from './check.ts';

export type RestWritten = { readonly path: string; readonly rows: number };

const REASON = 'Reason';

/** A name that no column of the file has. */
const reasonHeader = (headers: readonly string[]): string => {
  let name = REASON;
  for (let more = 2; headers.includes(name); more += 1) name = `${REASON} (${more})`;
  return name;
};

const widen = (cells: readonly string[], width: number): readonly string[] =>
  Array.from({ length: width }, (_, at) => cells[at] ?? '');

const writeCsv = (path: string, { headers, above, skipped, rows, delimiter }: RestFile): RestWritten => {
  const file = createCsv(path, delimiter ?? ',');
  const width = headers.length;
  try {
    file.write(above.map((row) => widen(row, width)));
    // A column without a name is `#3` to us and blank in its file.
    file.write([[...headers.map((header) => header.replace(/^#\d+$/, '')), reasonHeader(headers)]]);
    file.write(skipped.map((row) => widen(row, width)));
    file.write(rows.map(({ cells, reason }) => [...widen(cells, width), reason]));
    file.done();
  } catch (error) {
    file.drop();
    throw error;
  }
  return { path, rows: rows.length };
};

/** One file, or one beside another where the rows came from several: `rest.csv`, `rest orders.csv`. */
const pathsOf = (to: string, files: readonly RestFile[]): readonly string[] => {
  if (files.length < 2) return [to];
  const { name, ext } = parse(to);
  const used = new Set<string>();
  return files.map(({ file }) => {
    const base = `${name} ${parse(basename(file)).name}`;
    let path = join(dirname(to), `${base}${ext}`);
    for (let more = 2; used.has(path); more += 1) path = join(dirname(to), `${base} ${more}${ext}`);
    used.add(path);
    return path;
  });
};

/**
 * Writes the rest of a check.
 * @throws AppError `invalid` where no row has errors, `io`
 */
export const writeRest = (to: string, files: readonly RestFile[]): readonly RestWritten[] => {
  const filled = files.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) throw new AppError('invalid', 'No row of this check has errors: there is nothing to write.');
  const paths = pathsOf(to, filled);
  return filled.map((file, at) => writeCsv(paths[at] ?? to, file));
};
