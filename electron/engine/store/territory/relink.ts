/**
 * Rows that stay where they are and name some that go: what is agreed with the account in price lists, codes and policies that
 * all share, who pays for another account. From now on they name them as they are called over there.
 */
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { cellOf } from '../file/cells.ts';
import { layoutOf, quote } from '../file/layout.ts';
import { isAwaited, isElsewhere } from '../write/rows.ts';
import type { Row } from '../write/rows.ts';
import { columnTo } from './elsewhere.ts';
import type { Moving } from './moving.ts';
import { writeEach } from './moving.ts';
import { movedCell } from './names.ts';
import type { CalledThere } from './names.ts';

type Naming = { readonly table: TableName; readonly column: string; readonly ids: readonly string[] };

/** Columns by which rows can name some of a family, with what they can name. */
const columnsNaming = (family: readonly Row[]): readonly Naming[] => {
  const idsOf = (named: TableName): readonly string[] => family.flatMap(({ layout, id }) => (layout.name === named ? [id] : []));
  const all = [...new Set(family.map(({ layout }) => layout.name))].map((named) => [named, idsOf(named)] as const);
  return tableNames.flatMap((table) =>
    layoutOf(table).columns.flatMap(({ name }) =>
      all.flatMap(([named, ids]): readonly Naming[] => {
        const column = columnTo(named, table, name);
        return column === null ? [] : [{ table, column, ids }];
      }),
    ),
  );
};

/** Rows that name some of a family and are none of it. */
const namingThem = ({ db, parts }: Moving, family: readonly Row[], called: CalledThere): readonly Row[] => {
  const found = new Set<Row>();
  for (const { table, column, ids } of columnsNaming(family)) {
    const naming = db
      .prepare<[string], string>(`SELECT id FROM ${table} WHERE ${quote(column)} IN (SELECT value FROM json_each(?)) ORDER BY _n`)
      .pluck()
      .all(JSON.stringify(ids));
    for (const id of naming) {
      const row = called(table, id) === null ? parts.rows.find(table, id) : undefined;
      if (row !== undefined && !isElsewhere(row) && !isAwaited(row)) found.add(row);
    }
  }
  return [...found];
};

export const relink = (moving: Moving, family: readonly Row[], called: CalledThere): void => {
  const { parts } = moving;
  writeEach(moving, namingThem(moving, family, called), (work, row) => {
    const cells = new Map<string, CellValue>();
    for (const { name } of row.layout.columns) {
      const value = cellOf(parts.merge.parts, row, name);
      const moved = movedCell(row.layout, name, value, { table: null, called });
      if (moved !== value) cells.set(name, moved);
    }
    parts.undo.writes.update(work, row, cells);
  });
};
