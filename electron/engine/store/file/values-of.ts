/** The different texts of a field, to choose from: few, of the rows made last, whatever the size of the table. */
import type { Database } from 'better-sqlite3';
import { foldText } from '../../../../shared/domain/fold.ts';
import { columnOf, fromOf } from './column.ts';
import { fieldsOf, shownTable } from '../read/fields.ts';

/** Rows looked at. */
const LOOKED = 50_000;

/** Texts that contain a text, as compared by eye; those that begin with it first. Fields of no text have none. */
export const valuesOf = (db: Database, name: string, key: string, text: string, limit: number): readonly string[] => {
  const table = shownTable(name);
  const { kind, value } = columnOf(table, fieldsOf(db, table), key);
  if (kind !== 'text') return [];
  const rows = `SELECT ${value} AS v FROM ${fromOf(table)} WHERE t._alive = 1 AND ${value} > '' ORDER BY t._n DESC LIMIT ${LOOKED}`;
  return db
    .prepare<[{ text: string; limit: number }], string>(
      `SELECT v FROM (SELECT DISTINCT v FROM (${rows})) WHERE instr(fold(v), :text) > 0
       ORDER BY instr(fold(v), :text) > 1, fold(v), v LIMIT :limit`,
    )
    .pluck()
    .all({ text: foldText(text), limit });
};
