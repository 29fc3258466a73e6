/**
 * What a row is called when ids do not count: the key another system knows it by, else its code, else its place under
 * the row that owns it. Two files made from the same sources on two computers agree on it (DECISIONS.md 5, check).
 */
import type { Database } from 'better-sqlite3';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';
import { layoutOf } from './layout.ts';

type Named = { readonly code: string | null; readonly owner: string | null; readonly position: number | null };

export type NaturalKeys = (table: string, id: string) => string;

/** Tables with more rows than are worth remembering are asked again each time. */
const MEMO_LIMIT = 500_000;

export const createNaturalKeys = (db: Database): NaturalKeys => {
  const external = db
    .prepare<[string, string], string>(
      `SELECT system || ' ' || key FROM live_external_refs WHERE "row" = ? AND "table" = ? ORDER BY system, key LIMIT 1`,
    )
    .pluck();
  const withKeys = new Set(db.prepare<[], string>('SELECT DISTINCT "table" FROM live_external_refs').pluck().all());
  const statements = new Map<TableName, (id: string) => Named | undefined>();
  const readerOf = (table: TableName): ((id: string) => Named | undefined) => {
    const known = statements.get(table);
    if (known !== undefined) return known;
    const { code, title } = tableOf(table);
    const { owner, column } = layoutOf(table);
    const place = column.has('position') ? 'position' : 'NULL';
    const statement = db.prepare<[string], Named>(
      `SELECT ${code === undefined ? `"${title}"` : `coalesce("${code}", "${title}")`} AS code, ${owner === null ? 'NULL' : `"${owner.field}"`} AS owner, ${place} AS position
       FROM "${table}" WHERE id = ?`,
    );
    const read = (id: string): Named | undefined => statement.get(id);
    statements.set(table, read);
    return read;
  };
  const memo = new Map<string, string>();
  const make: NaturalKeys = (name, id) => {
    if (!isTableName(name)) return `${name} ?`;
    const known = withKeys.has(name) ? external.get(id, name) : undefined;
    if (known !== undefined) return `${name} key ${known}`;
    const row = readerOf(name)(id);
    if (row === undefined) return `${name} gone`;
    const { owner } = layoutOf(name);
    if (owner === null || row.owner === null || tableOf(name).code !== undefined) return `${name} ${row.code ?? ''}`;
    return `${name} ${row.position ?? row.code ?? ''} of ${keyOf(owner.owner, row.owner)}`;
  };
  const keyOf: NaturalKeys = (table, id) => {
    const at = `${table}/${id}`;
    const known = memo.get(at);
    if (known !== undefined) return known;
    const made = make(table, id);
    if (memo.size >= MEMO_LIMIT) memo.clear();
    memo.set(at, made);
    return made;
  };
  return keyOf;
};
