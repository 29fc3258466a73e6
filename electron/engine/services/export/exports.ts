/**
 * Files out: a register or a public view as CSV or as a workbook, written beside its place and renamed into it. A file
 * that was only named, not placed, goes into `exports` beside the database, and never over one that is there.
 */
import { basename, dirname, extname, isAbsolute, join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext, type InputOf } from '../../../../shared/contract/define.ts';
import type { exports } from '../../../../shared/contract/exports.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import type { Filter } from '../../../../shared/domain/filter.ts';
import type { EngineEnv } from '../../env.ts';
import { createCsvSheet } from '../../files/csv.ts';
import { fullPath, makeFolder } from '../../files/disk.ts';
import { freePath } from '../../files/part.ts';
import type { SheetColumn, SheetFile, SheetRow } from '../../files/sheet.ts';
import { createXlsx, type XlsxOptions } from '../../files/xlsx.ts';
import type { ReadContext } from '../../store/grid/computed.ts';
import { openExport, type Chosen, type ExportReader, type ExportView } from '../../store/read/export.ts';
import { allKeys, ID_KEY, namedKeys, registerSheet } from './register-sheet.ts';
import { viewSheet } from './view-sheet.ts';
import { readWhere } from './where.ts';

type Asked = InputOf<(typeof exports)['export.view']>;

export type ExportDeps = {
  readonly env: Pick<EngineEnv, 'db' | 'clock' | 'locale'>;
  /** What a reading depends on beside the rows, as it is now. */
  readonly context: () => ReadContext;
  /** Who and which company a document names as its author, and how the week begins. */
  readonly about: (call: CallContext) => { readonly author: string; readonly company: string; readonly weekStart: number };
};

const pauseOf =
  ({ signal }: CallContext) =>
  async (): Promise<void> => {
    await nextTurn();
    if (signal.aborted) throw new AppError('cancelled', 'The export was cancelled. No file was written.');
  };

/** The database and what SQLite keeps beside it are never written over. */
const refuseOwnFile = (path: string, db: string): void => {
  if (path === db || path.startsWith(`${db}-`) || path.startsWith(`${db}.`)) {
    throw new AppError('denied', 'This is the file that is open. Choose another name for the export.', { path });
  }
};

/**
 * Where a file goes out: the full path given, or a new name in `exports` beside the database.
 * @throws AppError `bad-file` for anything but a full path or a plain name, `denied` for the open file itself
 */
export const placeOf = (to: string, db: string): string => {
  if (isAbsolute(to)) {
    refuseOwnFile(to, db);
    return fullPath(to);
  }
  if (to !== basename(to) || to.includes('\\') || to.startsWith('.')) return fullPath(to);
  const folder = join(dirname(db), 'exports');
  makeFolder(folder);
  return freePath(join(folder, to));
};

/** What is written is told by the ending: a workbook, or text for every other program. @throws AppError `invalid` */
const isWorkbook = (path: string): boolean => {
  const ending = extname(path).toLowerCase();
  if (ending === '.xlsx' || ending === '.csv') return ending === '.xlsx';
  throw new AppError('invalid', `The file must end in .csv or .xlsx, not in “${ending}”. Nothing was written.`, { path });
};

/** @throws AppError `invalid` for what is no name of a language */
export const localeOf = (locale: string | null, own: string): string => {
  if (locale === null) return own;
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? own;
  } catch {
    throw new AppError('invalid', `“${locale}” is no language: write it like de-DE or en-GB.`, { locale });
  }
};

const both = (a: Filter | null, b: Filter | null): Filter | null => (a !== null && b !== null ? { all: [a, b] } : (a ?? b));

/** Columns, and pages of rows, whatever they are made from. */
type Reading = {
  readonly columns: readonly SheetColumn[];
  readonly total: number | null;
  readonly pages: () => AsyncIterable<readonly SheetRow[]>;
};

const mapPages = <R>(pages: () => AsyncIterable<readonly R[]>, row: (one: R) => SheetRow): Reading['pages'] =>
  async function* () {
    for await (const page of pages()) yield page.map(row);
  };

const isRegister = (of: ExportView): of is ExportView & { readonly table: NonNullable<ExportView['table']> } => of.table !== null;

const openReading = async (
  read: ExportReader,
  of: ExportView,
  chosen: Chosen,
  { columns, fields }: Asked,
  base: string,
  isTyped: boolean,
): Promise<Reading> => {
  if (columns !== null || fields === null || !isRegister(of)) {
    const found = await read.view(of, chosen, columns);
    const sheet = viewSheet(found.columns, of.table, isTyped);
    return { columns: sheet.columns, total: found.total, pages: mapPages(found.pages, sheet.row) };
  }
  const unknown = fields.find((key) => key !== ID_KEY && !of.fields.has(key));
  if (unknown !== undefined) throw new AppError('invalid', `${of.about} have no field “${unknown}”.`, { field: unknown });
  const sheet = registerSheet(of.table, of.fields, fields.length === 0 ? allKeys(of.fields) : namedKeys(of.table, fields), base);
  const found = await read.rows(of, chosen);
  return { columns: sheet.columns, total: found.total, pages: mapPages(found.pages, sheet.row) };
};

export const writeAll = async (file: SheetFile, { pages, total }: Reading, { progress }: CallContext) => {
  let rows = 0;
  try {
    for await (const page of pages()) {
      await file.write(page);
      rows += page.length;
      progress(rows, total, 'Exporting');
    }
    return { rows, ...(await file.done()) };
  } catch (error) {
    file.drop();
    throw error;
  }
};

type Look = Omit<XlsxOptions, 'columns' | 'whenBusy'> & { readonly whenBusy: NonNullable<XlsxOptions['whenBusy']> };

/** A file of columns in its place, by its ending. @throws AppError `invalid`, `io` */
export const openSheet = async (path: string, columns: readonly SheetColumn[], look: Look): Promise<SheetFile> =>
  isWorkbook(path) ? createXlsx(path, { ...look, columns }) : createCsvSheet(path, columns, look.whenBusy);

export const createExports = ({ env, context, about }: ExportDeps): Pick<Commands, 'export.view'> => ({
  'export.view': async (asked, call) => {
    const path = placeOf(asked.to, env.db);
    const locale = localeOf(asked.locale, env.locale);
    const now = context();
    const { author, company, weekStart } = about(call);
    const read = openExport(env.db, now, pauseOf(call));
    try {
      const of = read.find(asked.view);
      const typed = asked.where.trim() === '' ? null : readWhere(asked.where, of, read, { context: now, locale, weekStart });
      const chosen = {
        filter: both(asked.filter, typed?.filter ?? null),
        sort: typed && typed.sort.length > 0 ? typed.sort : asked.sort,
        ids: asked.ids,
      };
      const reading = await openReading(read, of, chosen, asked, now.currency, isWorkbook(path));
      const info = { title: asked.title ?? of.about, author, company, created: env.clock() };
      const file = await openSheet(path, reading.columns, { ...info, locale, zone: now.zone, whenBusy: asked.whenBusy });
      return await writeAll(file, reading, call);
    } finally {
      read.close();
    }
  },
});
