/** What a row hangs on, and by that the territory that it is in: `account` follows the account through links (DECISIONS.md 4). */
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { isTableName } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { layoutOf } from '../file/layout.ts';
import { ACCOUNTS } from '../log/streams.ts';
import type { Streams } from '../log/streams.ts';
import { splitRef } from '../read/labels.ts';
import type { Find, Row } from './rows.ts';
import { rankOf } from './work.ts';

/** Links that lead to an account where a row has no owner, nearest first. */
const LINKS = ['account_id', 'about', 'party', 'order_id'];

export type Anchor = { readonly table: TableName; readonly id: string };

/** The columns that say what rows of a table hang on, the one that counts first. */
export const linksOf = ({ owner, column }: Row['layout']): readonly string[] =>
  [owner?.field, ...LINKS].flatMap((name) => (name !== undefined && column.has(name) ? [name] : []));

/** The row that another hangs on; null for an account, and for what hangs on none. */
export const anchorOf = ({ layout, v }: Pick<Row, 'layout' | 'v'>): Anchor | null => {
  const { table, row } = v;
  if (layout.name === 'external_refs')
    return typeof table === 'string' && isTableName(table) && typeof row === 'string' ? { table, id: row } : null;
  for (const name of linksOf(layout)) {
    const field = layout.column.get(name)?.field;
    const value = v[name];
    if (typeof value !== 'string') continue;
    const named =
      field?.kind === 'link' && isTableName(field.to)
        ? { table: field.to, id: value }
        : field?.kind === 'ref'
          ? splitRef(value)
          : null;
    if (named !== null) return named;
  }
  return null;
};

/** The row that another hangs on, where that is one of a territory and here. */
export const anchorRow = (row: Pick<Row, 'layout' | 'v'>, find: Find): Row | undefined => {
  const anchor = anchorOf(row);
  return anchor === null || layoutOf(anchor.table).scopeRank !== ACCOUNTS ? undefined : find(anchor.table, anchor.id);
};

/** Whether a row would hang on one of another territory, given links of it. */
export const hangsAcross = ({ layout, scope, v }: Row, links: ReadonlyMap<string, CellValue>, find: Find): boolean => {
  const given = [...links].map(([name, value]) => [name, isBad(value) ? null : value] as const);
  const above = anchorRow({ layout, v: { ...v, ...Object.fromEntries(given) } }, find);
  return above !== undefined && above.scope !== scope;
};

/** The scope that a new row goes into: that of what it hangs on, else of the territory of this file. */
export const scopeFor = (row: Pick<Row, 'layout' | 'v'>, find: Find, streams: Streams): number => {
  const rank = rankOf(row);
  const home = streams.ofPlace(rank).scope;
  if (rank !== ACCOUNTS || !streams.areSeveral()) return home;
  return anchorRow(row, find)?.scope ?? home;
};
