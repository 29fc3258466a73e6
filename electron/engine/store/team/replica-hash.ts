/**
 * One hash per table over all that replicas must agree on: rows, dead ones too, with every stamp by the uuid of its device,
 * texts of bad cells, values this build has no column for, and what merging keeps beside them. Derived columns, what never
 * leaves the device and local numbers are not in it (SYNC.md invariant 1).
 */
import { createHash } from 'node:crypto';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { tableNames, tableOf } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf, quote } from '../file/layout.ts';
import { ELSEWHERE } from '../write/rows.ts';

/** Counts are of all rows, dead ones too. */
export type ReplicaHash = { readonly table: string; readonly rows: number; readonly hash: string };

type Stored = Readonly<Record<string, Scalar>> & { readonly id: string };
type Stamp = readonly [h: number, d: number];

const sorted = (object: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] =>
  Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));

const parse = (text: Scalar | undefined): Readonly<Record<string, unknown>> =>
  typeof text === 'string' ? (JSON.parse(text) as Record<string, unknown>) : {};

/** A row as replicas compare it. `name`: what it is called among those of its table. */
export type ReplicaRow = { readonly name: string; readonly text: string };

function* rowsOf(db: Db, table: TableName, deviceOf: (idx: number) => string): Generator<ReplicaRow> {
  const columns = layoutOf(table).columns.map(({ name }) => name);
  const bad = db
    .prepare<[string], unknown[]>(
      `SELECT field, raw, code FROM cell_issues WHERE tbl = '${table}' AND "row" = ? AND origin = 'parse' ORDER BY field`,
    )
    .raw();
  const select = ['id', ...columns, '_h', '_d', '_st', '_x', '_c', '_extra'].map(quote).join(', ');
  for (const row of db.prepare<[], Stored>(`SELECT ${select} FROM ${table} WHERE _st <> ${ELSEWHERE} ORDER BY id`).iterate()) {
    const at = ([h, d]: Stamp): string => `${h}@${deviceOf(d)}`;
    const inserted = at([Number(row['_h']), Number(row['_d'])]);
    const stamps = sorted(parse(row['_x'])).flatMap(([name, stamp]) => {
      const text = at(stamp as Stamp);
      return text === inserted ? [] : [[name, text]];
    });
    const values = columns.map((name) => row[name] ?? null);
    const more = [sorted(parse(row['_c'])), sorted(parse(row['_extra'])), bad.all(row.id)];
    yield { name: row.id, text: JSON.stringify([row.id, row['_st'], inserted, stamps, values, more]) };
  }
}

/** What merging keeps, each as rows in an order every device knows. `d` stands for the device's uuid. */
const kept: Readonly<Record<string, string>> = {
  conflict: `SELECT tbl, "row", col, h, v.id, val FROM conflict c JOIN devices v ON v.idx = c.d ORDER BY 1, 2, 3, 4, 5`,
  resolved: `SELECT tbl, "row", col, h, v.id, by, at, w.id, c.st FROM resolved c JOIN devices v ON v.idx = c.d
    LEFT JOIN devices w ON w.idx = c.rd ORDER BY 1, 2, 3, 4, 5`,
  superseded: `SELECT tbl, "row", col, h, v.id FROM superseded c JOIN devices v ON v.idx = c.d ORDER BY 1, 2, 3, 4, 5`,
  trans: `SELECT "row", field, h, v.id, src, dst, actor, why, source, t0, batch, ok FROM trans t JOIN devices v ON v.idx = t.d
    ORDER BY 1, 2, 3, 4`,
  elem: `SELECT tbl, "row", field, el, h, v.id, st FROM elem e JOIN devices v ON v.idx = e.d ORDER BY 1, 2, 3, 4`,
  issued: `SELECT i.id, tbl, "row", num, hex(sha), h, v.id, canon FROM issued i JOIN devices v ON v.idx = i.d ORDER BY 1`,
};

function* rowsKept(db: Db, sql: string): Generator<ReplicaRow> {
  for (const row of db.prepare<[], unknown[]>(sql).raw().iterate()) {
    const text = JSON.stringify(row);
    yield { name: text, text };
  }
}

const hashRows = (table: string, rows: Iterable<ReplicaRow>): ReplicaHash => {
  const hash = createHash('sha256');
  let count = 0;
  for (const { text } of rows) {
    hash.update(text);
    count += 1;
  }
  return { table, rows: count, hash: hash.digest('hex') };
};

type Tables = ReadonlyMap<string, () => Iterable<ReplicaRow>>;

const tablesOf = (db: Db): Tables => {
  const devices = new Map(db.prepare<[], [number, string]>('SELECT idx, id FROM devices').raw().all());
  const deviceOf = (idx: number): string => devices.get(idx) ?? '';
  const shared = tableNames.filter((name) => tableOf(name).scope !== 'private');
  return new Map([
    ...shared.map((name) => [name, () => rowsOf(db, name, deviceOf)] as const),
    ...Object.entries(kept).map(([name, sql]) => [`(${name})`, () => rowsKept(db, sql)] as const),
  ]);
};

export const hashReplica = (db: Db): readonly ReplicaHash[] => [...tablesOf(db)].map(([table, rows]) => hashRows(table, rows()));

/** What two replicas compare; of what is kept beside rows, each is its own name. */
export type Replica = {
  hashes(): readonly ReplicaHash[];
  rows(table: string): Iterable<ReplicaRow>;
};

export const createReplica = (db: Db): Replica => ({
  hashes: () => hashReplica(db),
  rows: (table) => tablesOf(db).get(table)?.() ?? [],
});
