/**
 * The rows that have errors, as files of the same shape as those they came from, each with its reason behind its
 * cells: to be mended where their owner likes, and imported again with the same recipe. Text is guarded as in every
 * file of ours, and the guard comes off when it is read.
 */
import { basename, dirname, extname, join, parse } from 'node:path';
import { AppError } from '../../../../shared/contract/define.ts';
import { createCsv } from '../../files/csv.ts';
import { createXlsx, type XlsxOptions } from '../../files/xlsx.ts';
import type { RestFile } from './check.ts';
import { reasonHeader } from './reason.ts';

export type RestWritten = { readonly path: string; readonly rows: number };

/** What a workbook says of itself, and how it looks. */
export type RestLook = Omit<XlsxOptions, 'columns' | 'title' | 'whenBusy'>;

const widen = (cells: readonly string[], width: number): readonly string[] =>
  Array.from({ length: width }, (_, at) => cells[at] ?? '');

const headersOf = ({ headers }: RestFile): readonly string[] => [
  // A column without a name is `#3` to us and blank in its file.
  ...headers.map((header) => header.replace(/^#\d+$/, '')),
  reasonHeader(headers),
];

const writeCsv = (path: string, rest: RestFile): RestWritten => {
  const { headers, above, skipped, rows, delimiter } = rest;
  const file = createCsv(path, delimiter ?? ',');
  const width = headers.length;
  try {
    file.write(above.map((row) => widen(row, width)));
    file.write([headersOf(rest)]);
    file.write(skipped.map((row) => widen(row, width)));
    file.write(rows.map(({ cells, reason }) => [...widen(cells, width), reason]));
    file.done();
  } catch (error) {
    file.drop();
    throw error;
  }
  return { path, rows: rows.length };
};

/** Every cell as the text it was: a workbook of ours begins with its headers. */
const writeXlsx = async (path: string, rest: RestFile, look: RestLook): Promise<RestWritten> => {
  if (rest.above.length > 0) {
    throw new AppError('invalid', 'The recipe says that rows stand above the headers. Write the rest as CSV.', {
      file: rest.file,
    });
  }
  const columns = headersOf(rest).map((header) => ({ header, kind: 'text', places: 0, width: null, sum: null }) as const);
  const file = await createXlsx(path, { ...look, title: rest.sheet ?? parse(rest.file).name, columns });
  const toRow = (cells: readonly string[]) => ({ cells, currency: null, unit: null });
  const width = rest.headers.length;
  try {
    await file.write(rest.skipped.map((row) => toRow(widen(row, width + 1))));
    await file.write(rest.rows.map(({ cells, reason }) => toRow([...widen(cells, width), reason])));
    await file.done();
  } catch (error) {
    file.drop();
    throw error;
  }
  return { path, rows: rest.rows.length };
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
 * Writes the rest of a check: a workbook where the name ends so, else CSV.
 * @throws AppError `invalid` where no row has errors, `io`
 */
export const writeRest = async (to: string, files: readonly RestFile[], look: RestLook): Promise<readonly RestWritten[]> => {
  const filled = files.filter(({ rows }) => rows.length > 0);
  if (filled.length === 0) throw new AppError('invalid', 'No row of this check has errors: there is nothing to write.');
  const written: RestWritten[] = [];
  for (const [at, path] of pathsOf(to, filled).entries()) {
    const file = filled[at];
    if (file) written.push(extname(path).toLowerCase() === '.xlsx' ? await writeXlsx(path, file, look) : writeCsv(path, file));
  }
  return written;
};
