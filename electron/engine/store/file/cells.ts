/** The cells of rows in memory, and what of other rows follows when one changes: existence, and derived columns. */
import { isBad } from '../../../../shared/domain/kinds.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { isStateText } from '../../../../shared/model/registers.ts';
import type { Db } from './db.ts';
import { staleChildren } from '../write/derived.ts';
import type { Issues } from '../write/issues.ts';
import { childrenOf, quote } from './layout.ts';
import { LIVE } from '../write/rows.ts';
import type { Row, Rows, Stamp } from '../write/rows.ts';
import { columnValue } from './values.ts';
import type { Work } from '../write/work.ts';

/** The register of a row's existence. */
export const EXISTENCE = '_st';

export type CellParts = {
  readonly rows: Rows;
  readonly issues: Issues;
  readonly childIds: ReturnType<typeof prepareChildIds>;
};

/** Ids of the rows of a table whose link names an owner, dead ones too, oldest first. */
export const prepareChildIds = (db: Db) => {
  const statements = new Map<string, ReturnType<typeof make>>();
  const make = (child: string, field: string) =>
    db.prepare<[string], string>(`SELECT id FROM ${child} WHERE ${quote(field)} = ? ORDER BY _n`).pluck();
  return (child: TableName, field: string, owner: string): readonly string[] => {
    const key = `${child} ${field}`;
    const statement = statements.get(key) ?? make(child, field);
    statements.set(key, statement);
    return statement.all(owner);
  };
};

/** A cell as a patch or op would write it: the value, or the bad text that stands in its place. */
export const cellOf = ({ issues }: CellParts, row: Row, register: string): CellValue => {
  if (register === EXISTENCE) return row.st;
  const value = isStateText(register) ? null : (row.v[register] ?? null);
  return value === null ? (issues.loadBad(row).get(register) ?? null) : value;
};

/** Puts a register's value on the row, with its stamp; the caller writes the row. */
export const setRegister = ({ issues }: CellParts, row: Row, register: string, value: CellValue, stamp: Stamp): void => {
  issues.setBad(row, register, isBad(value) ? value : null);
  if (!isStateText(register)) row.v[register] = columnValue(value);
  row.x[register] = stamp;
};

export const childRows = ({ rows, childIds }: CellParts, row: Row): readonly Row[] =>
  childrenOf(row.layout.name).flatMap(({ child, field }) =>
    childIds(child, field, row.id).flatMap((id) => rows.find(child, id) ?? []),
  );

/** Whether the row's owner is live; an owner that is not here is not known to be dead. */
export const ownerAlive = ({ rows }: CellParts, row: Pick<Row, 'layout' | 'v'>): number => {
  const { owner } = row.layout;
  const id = owner === null ? null : row.v[owner.field];
  if (owner === null || typeof id !== 'string') return 1;
  return rows.find(owner.owner, id)?.alive ?? 1;
};

/** `_alive` follows the row's own existence and its owner's, and its children follow it. */
export const refreshAlive = (parts: CellParts, work: Work, row: Row): void => {
  const alive = row.st === LIVE ? ownerAlive(parts, row) : 0;
  if (alive === row.alive) return;
  work.touch(row);
  row.alive = alive;
  parts.rows.updateExistence(row);
  for (const child of childRows(parts, row)) refreshAlive(parts, work, child);
};

/** Makes the children's columns again that are derived from a field of the row. */
export const refreshStale = (parts: CellParts, work: Work, row: Row, isChanged: (field: string) => boolean): void => {
  for (const { owner, field, child, link } of staleChildren) {
    if (owner !== row.layout.name || !isChanged(field)) continue;
    for (const id of parts.childIds(child, link, row.id)) {
      const stale = parts.rows.find(child, id);
      if (stale === undefined) continue;
      work.touch(stale);
      parts.issues.loadBad(stale);
      parts.rows.rederive(stale, new Set([link]));
    }
  }
};
