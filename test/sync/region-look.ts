/** What a file of a team of several territories holds of each, and how that of two files differs. */
import { tableNames } from '../../shared/model/index.ts';
import { layoutOf, quote } from '../../electron/engine/store/file/layout.ts';
import { ELSEWHERE } from '../../electron/engine/store/write/rows.ts';
import type { Db } from '../../electron/engine/store/file/db.ts';
import type { Replica } from './replica.ts';

type Said = readonly [row: Readonly<Record<string, unknown>>, beside: readonly string[]];

/** Rows by table and id, each with what was written beside its fields. */
export type Look = ReadonlyMap<string, Said>;

const read = (db: Db, where: string): Look => {
  const found = new Map<string, Said>();
  const beside = db
    .prepare<[string, string], string>(`SELECT col || ' ' || val FROM conflict WHERE tbl = ? AND "row" = ? ORDER BY col, val`)
    .pluck();
  for (const table of tableNames) {
    const columns = ['id', '_c', '_st', '_alive', '_extra', ...layoutOf(table).columns.map(({ name }) => name)];
    const rows = db.prepare<[], Record<string, unknown>>(
      `SELECT ${columns.map((name) => `t.${quote(name)}`).join(', ')}, s.id AS scope FROM ${table} t JOIN scopes s ON s.idx = t._scope
       WHERE ${where}`,
    );
    for (const row of rows.iterate()) {
      const id = String(row['id']);
      found.set(`${table}/${id}`, [row, beside.all(table, id)]);
    }
  }
  return found;
};

const named = (scopes: readonly string[]): string => scopes.map((scope) => `'${scope}'`).join(', ');

export const rowsIn = ({ look }: Replica, ...scopes: readonly string[]): Look =>
  look((db) => read(db, `t._st <> ${ELSEWHERE} AND s.id IN (${named(scopes)})`));

/** What a file holds that is none of some scopes: what is left of rows that went, too. */
export const rowsOutside = ({ look }: Replica, ...scopes: readonly string[]): Look =>
  look((db) => read(db, `t._st = ${ELSEWHERE} OR s.id NOT IN (${named([...scopes, 'private'])})`));

export const wordsOf = (rows: Look): ReadonlySet<string> =>
  new Set([...rows.values()].flatMap((said) => JSON.stringify(said).match(/word\d+/g) ?? []));

/** What of a row differs, in words. */
const told = (one: Said | undefined, other: Said | undefined): readonly string[] => {
  if (one === undefined || other === undefined) return one === other ? [] : [one === undefined ? 'is there' : 'is not there'];
  const [[row, beside], [otherRow, otherBeside]] = [one, other];
  const fields = Object.keys(row).filter((key) => row[key] !== otherRow[key]);
  const conflicts = beside.join() === otherBeside.join() ? [] : [`beside it ${otherBeside.join()}, not ${beside.join()}`];
  return [...fields.map((key) => `${key} ${String(otherRow[key])}, not ${String(row[key])}`), ...conflicts];
};

export const differences = (one: Look, other: Look): readonly string[] =>
  [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    told(one.get(key), other.get(key)).map((what) => `${key} ${what}`),
  );
