/** How rows are named to a person: code and title, by id; one statement per table, whatever asks. */
import type { Database, Statement } from 'better-sqlite3';
import type { z } from 'zod';
import type { linkLabel } from '../../../../shared/contract/shapes.ts';
import { isTableName, tableOf, type TableName } from '../../../../shared/model/index.ts';

export type Label = z.output<typeof linkLabel>;
export type Labels = ReadonlyMap<string, Label>;

type Found = { readonly id: string; readonly code: string | null; readonly title: string | null; readonly alive: number };

const GONE: Label = { code: null, title: null, gone: true };

/** `<table>/<id>`, or null where it is no reference to a table of ours. */
export const splitRef = (ref: string): { readonly table: TableName; readonly id: string } | null => {
  const at = ref.indexOf('/');
  const table = ref.slice(0, at);
  return isTableName(table) ? { table, id: ref.slice(at + 1) } : null;
};

export type LabelReader = (table: TableName, ids: ReadonlySet<string>) => Labels;

export const createLabelReader = (db: Database): LabelReader => {
  const statements = new Map<TableName, Statement<[string], Found>>();
  const statementOf = (table: TableName): Statement<[string], Found> => {
    const known = statements.get(table);
    if (known !== undefined) return known;
    const { code, title } = tableOf(table);
    const made = db.prepare<[string], Found>(
      `SELECT l.id, ${code === undefined ? 'NULL' : `l."${code}"`} AS code, l."${title}" AS title, l._alive AS alive
       FROM json_each(?) ids CROSS JOIN "${table}" l ON l.id = ids.value`,
    );
    statements.set(table, made);
    return made;
  };
  return (table, ids) => {
    if (ids.size === 0) return new Map();
    const found = statementOf(table).all(JSON.stringify([...ids]));
    const labels = new Map<string, Label>(
      found.map(({ id, code, title, alive }) => [id, alive === 1 ? { code, title } : { code, title, gone: true }]),
    );
    for (const id of ids) if (!labels.has(id)) labels.set(id, GONE);
    return labels;
  };
};
