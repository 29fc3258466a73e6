/**
 * Rows that went to another territory (SYNC.md 2.10, invariant 26): nothing of them stays in this file but what they were called
 * and where they went, so that what somebody who had not heard of it still writes of them is passed on, or is nobody's.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import { isTableName, tableNames } from '../../../../shared/model/index.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { CellParts } from '../file/cells.ts';
import type { Db } from '../file/db.ts';
import { layoutOf, quote } from '../file/layout.ts';
import { ensureScope } from '../file/local.ts';
import { ACCOUNTS } from '../log/streams.ts';
import type { Extras } from '../merge/extras.ts';
import type { Op } from '../log/payload.ts';
import { anchorOf, anchorRow, linksOf } from '../write/anchor.ts';
import type { Anchor } from '../write/anchor.ts';
import type { IssuedDocuments } from '../write/issued.ts';
import { isElsewhere, writtenIn } from '../write/rows.ts';
import type { Row, Rows } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { isSealed } from '../subjects/sealed.ts';
import type { LateWrite, Standing } from './carried.ts';
import type { Late } from './late-list.ts';
import { createLeaving } from './leaving.ts';
import type { LeavingDeps } from './leaving.ts';

const SCOPE_NAME = /^[a-z0-9][a-z0-9-]{0,39}$/;
export const isScopeName = (value: unknown): value is string => typeof value === 'string' && SCOPE_NAME.test(value);

export type Elsewhere = ReturnType<typeof createElsewhere>;

/** Which row an insert hangs on, as its op names it, or what came of it before: that was written later. */
export const anchorOfOp = (table: TableName, { row, cols, vals }: Op, awaited?: Row): Anchor | null => {
  const v: Record<string, Scalar> & { id: string } = { id: row };
  cols.forEach((column, at) => {
    const value = vals[at];
    v[column] = typeof value === 'string' ? value : null;
  });
  const layout = layoutOf(table);
  for (const name of linksOf(layout)) if (awaited?.x[name] !== undefined) v[name] = awaited.v[name] ?? null;
  return anchorOf({ layout, v });
};

export const createElsewhere = (
  db: Db,
  parts: CellParts & { readonly extras: Extras; readonly issued: IssuedDocuments },
  deps: LeavingDeps,
) => {
  const { streams, subjects } = deps;
  const { leave, comeBack, late, carried, swept, returned } = createLeaving(db, parts, deps);
  return {
    scopeOf: (name: string): number => ensureScope(db, name),
    /** Keeps what came late of a row, where this file works in the territory that the row went to. */
    keepLate(one: Late): void {
      if (!streams.isWorkedOn(one.to)) return;
      late.keep(one);
      const { h, table, row, cols, vals } = one.op;
      for (const [at, value] of vals.entries())
        if (isSealed(value)) {
          const place = { table, row, register: cols[at] ?? '' };
          subjects.meet(place, value['#'][0], { h, scope: one.scope, erased: 0 });
        }
    },
    leave,
    returningBy: (...of: Parameters<typeof swept.returningBy>) => swept.returningBy(...of),
    returningWith: (...of: Parameters<typeof swept.returningWith>) => swept.returningWith(...of),
    comeBack,
    isAgain: (table: TableName, id: string): boolean => returned.isAgain(table, id),
    lastPut: (row: Row): number => carried.lastPut(row),
    /** How a late write of a row that went stands to what went of it. */
    meetLate: (row: Row, register: string, write: LateWrite): Standing =>
      streams.isWorkedOn(row.scope) ? carried.meet(row, register, write) : 'next',
    /** Whether somebody wrote a register of a row that went, over there where it came from. */
    wasWritten: (row: Row, register: string): boolean => carried.wasWritten(row, register),
    /** A row that was made to hang on one that went goes along. `changed`: the registers that were written of it. */
    goAlong(work: Work, row: Row, changed: ReadonlySet<string>): void {
      if (row.layout.scopeRank !== ACCOUNTS || !linksOf(row.layout).some((name) => changed.has(name))) return;
      const above = anchorRow(row, parts.rows.find);
      if (above === undefined || !isElsewhere(above) || writtenIn(above) !== row.scope || isElsewhere(row)) return;
      leave(work, row, { from: row.scope, to: above.scope, stamp: above.x['_st'] ?? row.inserted }, { isSwept: true });
    },
    /** Where a row went that an op is about, or hangs on; null where it is here, or not known. */
    goneFor(op: Op): Row | null {
      if (!isTableName(op.table)) return null;
      const row = parts.rows.find(op.table, op.row);
      if (row !== undefined && isElsewhere(row)) return row;
      const anchor = op.kind === 'i' && layoutOf(op.table).scopeRank === ACCOUNTS ? anchorOfOp(op.table, op, row) : null;
      const above = anchor === null ? undefined : parts.rows.find(anchor.table, anchor.id);
      return above !== undefined && isElsewhere(above) ? above : null;
    },
  };
};

type Hanger = { readonly child: TableName; readonly column: string };

/** The column by which a link of a table leads to rows of another, if it does. */
export const columnTo = (table: TableName, child: TableName, name: string | undefined): string | null => {
  const field = name === undefined ? undefined : layoutOf(child).column.get(name)?.field;
  if (field?.kind === 'link') return field.to === table ? (name ?? null) : null;
  return field?.kind === 'ref' && field.to.includes(table) ? `${name}_id` : null;
};

/** Columns by which rows hang on rows of a table. */
const hangersOf = (table: TableName): readonly Hanger[] =>
  tableNames.flatMap((child): readonly Hanger[] => {
    const { scopeRank } = layoutOf(child);
    if (child === 'external_refs') return [{ child, column: 'row' }];
    if (scopeRank !== ACCOUNTS) return [];
    return linksOf(layoutOf(child)).flatMap((name): readonly Hanger[] => {
      const column = columnTo(table, child, name);
      return column === null ? [] : [{ child, column }];
    });
  });

/** Rows that hang on others, deleted ones too, and what hangs on those: what is hung on comes first. The others are not among them. */
export const hangingOn = (db: Db, rows: Pick<Rows, 'find'>, above: Iterable<Row>): readonly Row[] => {
  const found = new Set<Row>(above);
  const first = found.size;
  const look = (owners: readonly Row[]): readonly Row[] =>
    tableNames.flatMap((table) => {
      const ids = owners.flatMap(({ layout, id }) => (layout.name === table ? [id] : []));
      if (ids.length === 0) return [];
      const named = new Set(ids);
      return hangersOf(table).flatMap(({ child, column }) =>
        db
          .prepare<[string], string>(
            `SELECT id FROM ${child} WHERE ${quote(column)} IN (SELECT value FROM json_each(?)) ORDER BY _n`,
          )
          .pluck()
          .all(JSON.stringify(ids))
          .flatMap((id) => {
            const row = rows.find(child, id);
            const anchor = row === undefined ? null : anchorOf(row);
            return row !== undefined && anchor?.table === table && named.has(anchor.id) ? [row] : [];
          }),
      );
    });
  for (let next: readonly Row[] = [...found]; next.length > 0;) {
    next = look(next).filter((row) => !found.has(row));
    for (const row of next) found.add(row);
  }
  return [...found].slice(first);
};
