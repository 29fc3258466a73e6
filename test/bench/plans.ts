/**
 * The plans of every statement a register, a page, a look-up or a search runs, and what may not be in them: a scan of
 * a large table, or a sort of one, other than where that is what was asked (PERFORMANCE.md 11, plan guard).
 */
import type { Database } from 'better-sqlite3';
import type { Filter } from '../../shared/domain/filter.ts';
import { tableNames, tableOf, type TableName } from '../../shared/model/index.ts';
import type { ReadContext } from '../../electron/engine/store/grid/computed.ts';
import { fieldsOf } from '../../electron/engine/store/read/fields.ts';
import { wordStatements } from '../../electron/engine/store/grid/found-words.ts';
import { rowPlan } from '../../electron/engine/store/grid/grid-rows.ts';
import { errorsBelow } from '../../electron/engine/store/write/owned-issues.ts';
import { finderSql } from '../../electron/engine/store/read/lookup.ts';
import { firstSql, probeSql, sliceSql, sumsSql, whereOf, type What } from '../../electron/engine/store/grid/register-sql.ts';
import { columnOf, columnsOf } from '../../electron/engine/store/file/column.ts';
import { edgeSql, figuresSql } from '../../electron/engine/store/grid/view-cells.ts';

const context: ReadContext = { today: '2026-06-15', zone: 'UTC', currency: 'EUR', me: null, now: 0 };

export type Statement = {
  readonly name: string;
  readonly sql: string;
  /** Tables it may read from end to end. */
  readonly scans: readonly string[];
};

const first = (what: What): string => {
  const sql = firstSql(what, whereOf(what, context).sql);
  if (sql === null) throw new Error(`${what.table}: no statement of first rows`);
  return sql;
};

const register = (db: Database, table: TableName, filter: Filter | null, field?: string): What => ({
  table,
  fields: fieldsOf(db, table),
  filter,
  sort: field === undefined ? [] : [{ field, dir: 'desc' }],
});

/** Registers and filters that must find their rows by an index. */
const narrow: readonly (readonly [name: string, table: TableName, filter: Filter | null, sort?: string])[] = [
  ['orders, newest first', 'orders', null, 'ordered_on'],
  ['orders as they came', 'orders', null],
  ['orders of an account', 'orders', { field: 'account_id', is: 'eq', value: 'x' }, 'requested'],
  ['an order by its number', 'orders', { field: 'number', is: 'eq', value: 'x' }],
  ['orders of some days', 'orders', { field: 'ordered_on', from: '2026-01-01', to: '2026-01-02' }, 'ordered_on'],
  ['orders by words', 'orders', { words: 'steel' }, 'ordered_on'],
  ['orders shown as late', 'orders', { all: [{ chip: 'late' }, { field: 'account_id', is: 'eq', value: 'x' }] }, 'ordered_on'],
  ['orders that need attention', 'orders', { flag: 'invalid' }, 'ordered_on'],
  ['lines as they came', 'order_lines', null],
  ['lines of an order', 'order_lines', { field: 'order_id', is: 'eq', value: 'x' }, 'position'],
  ['lines of a product', 'order_lines', { field: 'product_id', is: 'eq', value: 'x' }, 'qty'],
  ['lines by words', 'order_lines', { words: 'steel' }, 'qty'],
];

/** What a selection asks of rows that are not loaded: by their numbers, never from end to end. */
const selectionStatements = (db: Database, table: TableName): readonly Statement[] => {
  const columns = [...columnsOf(table, fieldsOf(db, table))];
  const counted = columns.filter(({ kind, isInteger }) => isInteger && kind !== 'money' && kind !== 'decimal');
  const edges = columns.flatMap((column) => [true, false].map((isFilled) => edgeSql(table, column, isFilled)));
  return [...edges, figuresSql(table, columns, counted)].map((sql) => ({ name: `${table}: selection`, sql, scans: ['j'] }));
};

/** Everything shipped that runs while a person waits, with the scans that are its purpose. */
export const gridStatements = (db: Database): readonly Statement[] => {
  const shown = tableNames.filter((name) => tableOf(name).shown === true);
  const slices = shown.flatMap((table): Statement[] => {
    return [...fieldsOf(db, table).keys()].map((field) => {
      const what = register(db, table, null, field);
      return { name: `${table}: slice ordered by ${field}`, sql: sliceSql(what, whereOf(what, context).sql, false), scans: [] };
    });
  });
  return [
    ...shown.map((table) => ({ name: `${table}: page`, sql: rowPlan(table).sql, scans: ['ids', 'json_each'] })),
    ...shown.flatMap((table) =>
      errorsBelow(table).flatMap(({ any, each }) =>
        [any, each].map((sql) => ({ name: `${table}: errors below`, sql, scans: ['ids', 'json_each'] })),
      ),
    ),
    ...shown.flatMap((table) =>
      Object.entries(finderSql(table)).flatMap(([name, some]) =>
        [some]
          .flat()
          .map((sql) => ({ name: `${table}: look-up, ${name}`, sql, scans: ['f', 'j', ...(name === 'all' ? ['t'] : [])] })),
      ),
    ),
    ...shown.flatMap((table) =>
      wordStatements(db, table, fieldsOf(db, table)).map((sql) => ({
        name: `${table}: found by words elsewhere`,
        sql,
        scans: ['j'],
      })),
    ),
    ...narrow.flatMap(([name, table, filter, sort]): Statement[] => {
      const what = register(db, table, filter, sort);
      const where = whereOf(what, context).sql;
      const sums = [columnOf(table, what.fields, 'net')];
      const whole = filter === null ? ['t'] : [];
      return [
        { name: `${name}: first rows`, sql: first(what), scans: [] },
        { name: `${name}: how many`, sql: probeSql(what, where), scans: whole },
        ...(filter === null
          ? []
          : [
              { name: `${name}: list`, sql: sliceSql(what, where, true), scans: [] },
              { name: `${name}: sums`, sql: sumsSql(what, where, sums, null, true), scans: [] },
            ]),
      ];
    }),
    ...slices,
    ...shown.flatMap((table) => selectionStatements(db, table)),
  ];
};

type Step = { readonly detail: string };

/** Why a plan is not good enough; empty when it is. */
export const planFaults = (db: Database, { sql, scans }: Statement): readonly string[] => {
  const params = Object.fromEntries([...sql.matchAll(/:(\w+)/g)].map(([, name = '']) => [name, '1']));
  const steps = db.prepare<[Record<string, string>], Step>(`EXPLAIN QUERY PLAN ${sql}`).all(params);
  return steps.flatMap(({ detail }) => {
    const scan = /^SCAN ([^(]\S*)/.exec(detail);
    const usesOrder =
      / USING (COVERING )?INDEX /.test(detail) || detail.includes('VIRTUAL TABLE') || detail.startsWith('SCAN CONSTANT');
    if (scan !== null && !usesOrder && !scans.includes(scan[1] ?? '')) return [detail];
    return detail.startsWith('USE TEMP B-TREE FOR GROUP BY') ? [detail] : [];
  });
};
