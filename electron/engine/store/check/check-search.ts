/**
 * The search index against the rows it is made of. It holds no texts that could be compared, so a full check makes the
 * index of each table again in memory and compares what both know: every word, in how many rows, how often.
 */
import Database from 'better-sqlite3';
import type { Database as Connection } from 'better-sqlite3';
import { tableNames, type TableName } from '../../../../shared/model/index.ts';
import type { Pause } from '../write/order.ts';
import { createDocuments, isSearched } from '../read/search.ts';
import { withTemporary } from '../file/temp.ts';

type Word = readonly [term: string, rows: number, times: number];

const VOCABULARY = (schema: string, table: TableName): string =>
  `CREATE VIRTUAL TABLE temp.words_${table} USING fts5vocab(${schema}, search_${table}, row)`;

/** Whether two lists are the same; reads both to their end, as an open one keeps its connection busy. */
const areSame = <T>(left: Iterator<T>, right: Iterator<T>, say: (one: T) => string): boolean => {
  let isSame = true;
  for (let [a, b] = [left.next(), right.next()]; a.done !== true || b.done !== true; [a, b] = [left.next(), right.next()]) {
    isSame &&= a.done !== true && b.done !== true && say(a.value) === say(b.value);
  }
  return isSame;
};

/** The rows in the index are those that have something to be found by. */
const hasSameRows = (db: Connection, table: TableName): boolean => {
  const indexed = db.prepare<[], number>(`SELECT rowid FROM search_${table} ORDER BY rowid`).pluck().iterate();
  return areSame(indexed, createDocuments(db, table).numbers(), String);
};

const hasSameWords = async (db: Connection, table: TableName, pause: Pause): Promise<boolean> => {
  const fresh = new Database(':memory:');
  try {
    const declared = db.prepare<[string], string>('SELECT sql FROM sqlite_schema WHERE name = ?').pluck().get(`search_${table}`);
    fresh.exec(declared ?? '');
    const put = fresh.prepare<[number, string]>(`INSERT INTO search_${table}(rowid, words) VALUES (?, ?)`);
    for (const page of createDocuments(db, table).pages()) {
      fresh.transaction(() => {
        for (const [n, text] of page) put.run(n, text);
      })();
      await pause();
    }
    fresh.exec(VOCABULARY('main', table));
    withTemporary(db, () => db.exec(VOCABULARY('main', table)));
    const words = (one: Connection): IterableIterator<Word> =>
      one.prepare<[], Word>(`SELECT term, doc, cnt FROM temp.words_${table} ORDER BY term`).raw().iterate();
    return areSame(words(db), words(fresh), (word) => word.join());
  } finally {
    fresh.close();
    withTemporary(db, () => db.exec(`DROP TABLE IF EXISTS temp.words_${table}`));
  }
};

export const compareSearch = async (db: Connection, full: boolean, pause: Pause): Promise<readonly string[]> => {
  const faults: string[] = [];
  for (const table of tableNames.filter(isSearched)) {
    const isSame = hasSameRows(db, table) && (!full || (await hasSameWords(db, table, pause)));
    if (!isSame) faults.push(`search of ${table}: differs from its rows`);
    await pause();
  }
  return faults;
};
