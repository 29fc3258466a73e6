/**
 * One reading statement that somebody else wrote. It may read everything in the file (whoever can run it can open the
 * file with any tool), and change nothing: not the file, not another file, not this process. Three locks, each enough
 * alone: the text must begin as a reading statement, SQLite must say that the statement only reads, and the connection
 * cannot write. What runs long is ended by ending the process it runs in.
 */
import type { Database, Statement } from 'better-sqlite3';
import { AppError } from '../../../../shared/contract/define.ts';
import { openReader, toAppError } from '../file/db.ts';
import { completeViews } from './public-views.ts';
import { withTemporary } from '../file/temp.ts';

export type QueryResult = {
  readonly columns: string[];
  readonly rows: (string | number | null)[][];
  /** True when there was more. */
  readonly cut: boolean;
};

/** Text of all cells a result may hold. */
const MAX_CHARACTERS = 64 * 1024 * 1024;

const refuse = (message: string): never => {
  throw new AppError('bad-query', message);
};

/** The text after leading white space and comments. */
const skipBlank = (sql: string): string => {
  const blank = /^(?:[\s\uFEFF]+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))+/;
  return sql.replace(blank, '');
};

const firstWord = (sql: string): string => (/^[A-Za-z]+/.exec(sql)?.[0] ?? '').toUpperCase();

/** Some statements (PRAGMA) act while they are compiled, so the first words decide before SQLite sees them. */
const isReading = (sql: string): boolean => {
  const start = skipBlank(sql);
  const word = firstWord(start);
  if (word !== 'EXPLAIN') return word === 'SELECT' || word === 'WITH' || word === 'VALUES';
  const rest = skipBlank(start.slice('EXPLAIN'.length));
  if (firstWord(rest) !== 'QUERY') return isReading(rest) && firstWord(rest) !== 'EXPLAIN';
  const plan = skipBlank(rest.slice('QUERY'.length));
  if (firstWord(plan) !== 'PLAN') return false;
  const explained = skipBlank(plan.slice('PLAN'.length));
  return firstWord(explained) !== 'EXPLAIN' && isReading(explained);
};

/**
 * Prepares a statement that only reads.
 * @throws AppError `bad-query` with the reason, SQLite's own for a mistake in the statement
 */
export const checkStatement = (db: Database, sql: string): Statement => {
  if (!db.readonly) return refuse('Queries run on a connection that cannot write.');
  if (sql.includes('\0')) return refuse('The statement holds a zero character.');
  if (!isReading(sql)) return refuse('Only one reading statement is run: SELECT, WITH … SELECT, VALUES or EXPLAIN.');
  try {
    const statement = db.prepare(sql);
    if (!statement.reader || !statement.readonly) return refuse('The statement would change the file. Only reading is allowed.');
    return statement;
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refuse(error instanceof Error ? error.message : String(error));
  }
};

const toCell = (value: unknown): string | number | null => {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'string' || value === null) return value;
  return Buffer.from(value as Uint8Array).toString('hex');
};

/** Runs a checked statement: at most `limit` rows; integers beyond 2^53 − 1 as text, blobs as hex. */
const readStatement = (db: Database, sql: string, limit: number): QueryResult => {
  const statement = checkStatement(db, sql).safeIntegers(true).raw();
  const columns = statement.columns().map(({ name }) => name);
  const rows: (string | number | null)[][] = [];
  let characters = 0;
  try {
    for (const row of statement.iterate() as IterableIterator<readonly unknown[]>) {
      if (rows.length === limit || characters > MAX_CHARACTERS) return { columns, rows, cut: true };
      const cells = row.map(toCell);
      for (const cell of cells) if (typeof cell === 'string') characters += cell.length;
      rows.push(cells);
    }
  } catch (error) {
    const known = toAppError(error);
    if (known instanceof AppError) throw known;
    return refuse(error instanceof Error ? error.message : String(error));
  }
  return { columns, rows, cut: false };
};

/** Opens the file for reading with its custom fields in the views, runs one statement, closes it. */
export const runStatement = (dbPath: string, sql: string, limit: number): QueryResult => {
  const db = openReader(dbPath);
  try {
    withTemporary(db, () => completeViews(db));
    return readStatement(db, sql, limit);
  } finally {
    db.close();
  }
};
