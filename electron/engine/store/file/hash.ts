/**
 * One hash per table over what its live rows say: links as the natural key of the row they point at, without ids,
 * stamps, derived and key columns, settings, and the row of the person this file belongs to (DECISIONS.md 5). Two
 * files with equal hashes hold the same data, however they were made.
 */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { Field } from '../../../../shared/model/field.ts';
import { storedFields, tableNames, type TableName } from '../../../../shared/model/index.ts';
import { customFields } from '../read/fields.ts';
import { splitRef } from '../read/labels.ts';
import { createNaturalKeys, type NaturalKeys } from './natural-key.ts';

/** The company's settings and the person at this computer are made by setting a file up, not by its data. */
const NOT_DATA: ReadonlySet<TableName> = new Set(['settings']);
/** Keys of custom fields are made by chance; what they are called is not. What a source last said is no data. */
const SKIPPED: Partial<Record<TableName, readonly string[]>> = { field_defs: ['key'], external_refs: ['seen'] };

type Row = Readonly<Record<string, Scalar>>;
type Cell = Scalar | { readonly '!': readonly [raw: string, code: string] };

const toCell = (field: Field, value: Scalar, keyOf: NaturalKeys): Scalar => {
  if (typeof value !== 'string') return value;
  if (field.kind === 'link') return keyOf(field.to, value);
  if (field.kind !== 'ref') return value;
  const ref = splitRef(value);
  return ref === null ? value : keyOf(ref.table, ref.id);
};

const createRowReader = (db: Database, table: TableName, keyOf: NaturalKeys) => {
  const fields = storedFields(table).filter(([key]) => SKIPPED[table]?.includes(key) !== true);
  const custom = customFields(db, table);
  const unread = db.prepare<[string, string], { readonly field: string; readonly raw: string; readonly code: string }>(
    `SELECT field, raw, code FROM cell_issues WHERE tbl = ? AND "row" = ? AND origin = 'parse'`,
  );
  const nameOf = (key: string): string => (custom.has(key) ? `custom ${custom.get(key)?.label ?? ''}` : key);
  return (row: Row): string => {
    const cells: [string, Cell][] = fields.map(([key, field]) => [key, toCell(field, row[key] ?? null, keyOf)]);
    if (table === 'external_refs') {
      const at = cells.findIndex(([key]) => key === 'row');
      cells[at] = ['row', keyOf(String(row['table']), String(row['row']))];
    }
    const more: Row = typeof row['_c'] === 'string' ? (JSON.parse(row['_c']) as Row) : {};
    cells.push(...Object.entries(more).map(([key, value]): [string, Cell] => [nameOf(key), value]));
    const bad = unread.all(table, String(row['id']));
    const said = new Map(cells.filter(([, value]) => value !== null));
    for (const { field, raw, code } of bad) said.set(nameOf(field), { '!': [raw, code] });
    return JSON.stringify([...said].sort(([a], [b]) => (a < b ? -1 : 1)));
  };
};

export type TableHash = { readonly rows: number; readonly hash: string | null };

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

type Issued = {
  readonly table: string;
  readonly row: string;
  readonly number: string | null;
  readonly sha: string;
  readonly canon: number;
};

/** What was issued, by the documents it was issued of. */
const hashIssued = (db: Database, keyOf: NaturalKeys, withHashes: boolean): TableHash => {
  const issued = db
    .prepare<[], Issued>('SELECT tbl AS "table", "row", num AS number, lower(hex(sha)) AS sha, canon FROM issued')
    .all();
  const digests = issued.map(({ table, row, ...said }) => digest(JSON.stringify([table, keyOf(table, row), said])));
  return { rows: issued.length, hash: withHashes ? digest(digests.sort().join('\n')) : null };
};

/**
 * Counts, and hashes where asked, of the live rows of every table.
 * @param owner id of the person at this computer, who is no data
 */
export const hashTables = (db: Database, owner: string | null, withHashes: boolean): Record<string, TableHash> => {
  const keyOf = createNaturalKeys(db);
  const hashes: Record<string, TableHash> = {};
  for (const table of tableNames) {
    const rows = db.prepare<[], number>(`SELECT count(*) FROM "${table}" WHERE _alive = 1`).pluck().get() ?? 0;
    if (!withHashes || NOT_DATA.has(table)) {
      hashes[table] = { rows, hash: null };
      continue;
    }
    const read = createRowReader(db, table, keyOf);
    const all = db.prepare<[string], Row>(`SELECT * FROM "${table}" WHERE _alive = 1 AND id <> ?`);
    const digests: string[] = [];
    for (const row of all.iterate(table === 'people' ? (owner ?? '') : '')) digests.push(digest(read(row)));
    hashes[table] = { rows, hash: digest(digests.sort().join('\n')) };
  }
  hashes['(issued)'] = hashIssued(db, keyOf, withHashes);
  return hashes;
};
