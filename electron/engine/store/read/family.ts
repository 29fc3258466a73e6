/**
 * A row and the rows it owns, deleted ones too: an order with its lines, their schedule lines and what happened to
 * those. For the history, which tells of the parts together with the whole.
 */
import type { HistoryPage } from '../api.ts';
import type { Db } from '../file/db.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { tableOf } from '../../../../shared/model/index.ts';
import { childrenOf, layoutOf } from '../file/layout.ts';
import { ELSEWHERE } from '../write/rows.ts';

type Part = NonNullable<HistoryPage['entries'][number]['part']>;
type Found = { readonly id: string; readonly n: number; readonly owner: string; number: number | null; title: string | null };

export type Member = {
  readonly table: TableName;
  readonly n: number;
  /** What the row is called as a part; null for the row asked about. */
  readonly part: Part | null;
};

const partsOf = (db: Db, table: TableName, owners: ReadonlyMap<string, Part | null>): Member[] =>
  childrenOf(table).flatMap(({ child, field }) => {
    const isNumbered = layoutOf(child).column.has('position');
    const found = db
      .prepare<[string], Found>(
        `SELECT id, _n AS n, "${field}" AS owner, ${isNumbered ? 'position' : 'NULL'} AS number, "${tableOf(child).title}" AS title
         FROM "${child}" WHERE "${field}" IN (SELECT value FROM json_each(?))`,
      )
      .all(JSON.stringify([...owners.keys()]));
    const own = found.map(({ id, n, owner, number, title }): Member & { readonly part: Part } => {
      const above = owners.get(owner) ?? null;
      const name = above === null ? { number, title } : { number: above.number, title: above.title };
      return { table: child, n, part: { table: child, id, ...name } };
    });
    if (own.length === 0) return [];
    return [...own, ...partsOf(db, child, new Map(own.map(({ part }) => [part.id, part])))];
  });

/** The row first; nothing for a row that is not here, or went to another territory. */
export const readFamily = (db: Db, table: TableName, id: string): readonly Member[] => {
  const n = db.prepare<[string], number>(`SELECT _n FROM "${table}" WHERE id = ? AND _st <> ${ELSEWHERE}`).pluck().get(id);
  return n === undefined ? [] : [{ table, n, part: null }, ...partsOf(db, table, new Map([[id, null]]))];
};
