/**
 * Rows that something else needs, so that undo does not take them away from under it: a record that names them, which
 * stays itself. What belongs to a row goes and stays with it, and is no matter of this.
 */
import { storedFields, tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf, quote } from '../file/layout.ts';
import type { TableIndex } from '../file/local.ts';

/** A column by which rows of a table name rows of another. `isRef`: with the table's name before the id. */
type Naming = { readonly table: TableName; readonly field: string; readonly isRef: boolean };

const namingOf = (target: TableName): readonly Naming[] =>
  tableNames.flatMap((table) =>
    storedFields(table).flatMap(([field, model]): readonly Naming[] => {
      if (layoutOf(table).owner?.field === field) return [];
      if (model.kind === 'link') return model.to === target ? [{ table, field, isRef: false }] : [];
      return model.kind === 'ref' && model.to.includes(target) ? [{ table, field, isRef: true }] : [];
    }),
  );

export type Needed = ReturnType<typeof createNeeded>;

export const createNeeded = (db: Db, tables: TableIndex) => {
  const statements = new Map<string, { all(...values: readonly unknown[]): readonly string[] }>();
  const prepare = (key: string, sql: () => string) => {
    const known = statements.get(key);
    if (known !== undefined) return known;
    const made = db.prepare<unknown[], string>(sql()).pluck();
    statements.set(key, made);
    return made;
  };
  /** The ids of the list that a live row names which is not among those that go. @param goes SQL of a row that goes, as `t` */
  const ask = (
    target: TableName,
    ids: readonly string[],
    way: string,
    goes: string,
    about: (table: TableName) => readonly unknown[],
  ) => {
    const found = new Set<string>();
    if (ids.length === 0) return found;
    for (const { table, field, isRef } of namingOf(target)) {
      const name = isRef ? `'${target}/' || value` : 'value';
      const statement = prepare(
        `${way}/${target}/${table}/${field}`,
        () => `SELECT DISTINCT t.${quote(field)} FROM ${quote(table)} t
          WHERE t.${quote(field)} IN (SELECT ${name} FROM json_each(?)) AND t._alive = 1 AND NOT (${goes.replaceAll('FIELD', field)})`,
      );
      for (const one of statement.all(JSON.stringify(ids), ...about(table)))
        found.add(isRef ? one.slice(target.length + 1) : one);
    }
    return found;
  };
  return {
    /** What rows beside those of a step name. @param made rows the step made, which go with it */
    besideStep: (target: TableName, ids: readonly string[], made: (table: TableName) => readonly string[]): ReadonlySet<string> =>
      ask(target, ids, 'step', 't.id IN (SELECT value FROM json_each(?))', (table) => [JSON.stringify(made(table))]),
    /** What rows name that a batch neither made nor wrote that name into, or that were left where they are already. */
    besideBatch: (target: TableName, ids: readonly string[], batch: number): ReadonlySet<string> =>
      ask(
        target,
        ids,
        'batch',
        `EXISTS (SELECT 1 FROM batch_rows b WHERE b.batch = ? AND b.tbl = ? AND b.n = t._n
          AND (b.old IS NULL OR json_type(b.old) = 'array' OR json_type(b.old, '$."FIELD"') IS NOT NULL))`,
        (table) => [batch, tables.indexOf(table)],
      ),
  };
};
