/**
 * Keys to order and match by follow a rule of ours and the Unicode tables of the runtime. When either changes, the
 * keys in a file were made by another rule than those to come, so all are made again before anything reads them.
 */
import { KEY_VERSION } from '../../../../shared/domain/fold.ts';
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { StoredRow } from '../api.ts';
import type { Db } from './db.ts';
import { derivedOf } from '../write/derived.ts';
import { layoutOf } from './layout.ts';
import { readMeta, writeMeta } from './local.ts';

const currentVersion = (): string => `${KEY_VERSION}/${process.versions['unicode'] ?? ''}`;

/** Keys are made of their own field alone: nothing else is asked. */
const noLook = { isBad: () => false, documentOf: () => ({}) };

const rebuildTable = (db: Db, table: TableName): void => {
  const fields = layoutOf(table)
    .columns.filter(({ field }) => field.keyed === true)
    .map(({ name }) => name);
  if (fields.length === 0) return;
  const keys = derivedOf(table).columns.filter(({ name }) =>
    fields.some((field) => name === `${field}_sort` || name === `${field}_match`),
  );
  const columns = fields.map((field) => `"${field}"`).join(', ');
  const rows = db.prepare<[], StoredRow & { _n: number }>(`SELECT _n, id, ${columns} FROM ${table}`).all();
  const update = db.prepare(`UPDATE ${table} SET ${keys.map(({ name }) => `"${name}" = ?`).join(', ')} WHERE _n = ?`);
  for (const row of rows) update.run(...keys.map(({ make }) => make(row, noLook)), row._n);
};

/** Call inside a transaction. Cheap when the file's keys are of today's rule. */
export const refreshKeys = (db: Db): void => {
  const version = currentVersion();
  if (readMeta(db, 'key_version') === version) return;
  for (const table of tableNames) rebuildTable(db, table);
  writeMeta(db, 'key_version', version);
};
