/**
 * Plays the log of a file into nothing and gives the rows it comes to: if they equal the rows of the file, the log says
 * everything. Written apart from the store's own code, from the page that describes payload v1.
 */
import type { Db } from '../../electron/engine/store/file/db.ts';
import { decodePayload } from '../../electron/engine/store/log/payload.ts';
import type { Op, Payload } from '../../electron/engine/store/log/payload.ts';
import { openSegment } from '../../electron/engine/store/log/segments.ts';
import { isBad } from '../../shared/domain/kinds.ts';
import type { WireValue } from '../../electron/engine/store/subjects/sealed.ts';
import { storedFields, tableNames, tableOf } from '../../shared/model/index.ts';

type Played = { readonly insert: number; registers: Record<string, WireValue>; readonly stamps: Record<string, number> };

/** The payloads of the file in order: sealed ones, then the outbox. */
export const payloadsOf = (db: Db): readonly Payload[] => [
  ...db
    .prepare<[], Buffer>('SELECT body FROM segments ORDER BY from_seq')
    .pluck()
    .all()
    .map((body) => openSegment(body)),
  ...db
    .prepare<[], string>('SELECT payload FROM outbox ORDER BY n')
    .pluck()
    .all()
    .map((text) => JSON.parse(text) as Payload),
];

const play = (rows: Map<string, Played>, op: Op): void => {
  const key = `${op.table}/${op.row}`;
  if (op.kind === 'i') {
    const registers = Object.fromEntries(op.cols.map((col, at) => [col, op.vals[at] ?? null]));
    rows.set(key, { insert: op.h, registers: { ...registers, _st: 1 }, stamps: {} });
    return;
  }
  const row = rows.get(key);
  if (row === undefined) throw new Error(`The log changes ${key} before it is there`);
  if (op.kind === 'u') {
    op.cols.forEach((col, at) => {
      row.registers[col] = op.vals[at] ?? null;
      row.stamps[col] = op.h;
    });
    return;
  }
  const [field] = op.cols;
  if (field === undefined) throw new Error('A transition without a field');
  if (row.registers[field] !== op.vals[0]) throw new Error(`${key} moves from where it is not`);
  row.registers[field] = op.vals[1] ?? null;
  row.stamps[field] = op.h;
  if (row.registers[`${field}!`]) {
    row.registers[`${field}!`] = null;
    row.stamps[`${field}!`] = op.h;
  }
};

const tidy = (registers: Readonly<Record<string, WireValue>>): Record<string, WireValue> =>
  Object.fromEntries(
    Object.entries(registers)
      .filter(([, value]) => value !== null)
      .toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );

/** What the log of the file comes to, row by row: registers and stamps. */
export const replayed = (db: Db): ReadonlyMap<string, unknown> => {
  const rows = new Map<string, Played>();
  for (const payload of payloadsOf(db)) for (const { ops } of decodePayload(payload)) for (const op of ops) play(rows, op);
  return new Map([...rows].map(([key, row]) => [key, { ...row, registers: tidy(row.registers) }]));
};

type Stored = Readonly<Record<string, string | number | null>>;

const issuesOf = (db: Db, table: string): ReadonlyMap<string, Record<string, WireValue>> => {
  const found = new Map<string, Record<string, WireValue>>();
  const rows = db
    .prepare<[string], { row: string; field: string; raw: string; code: string }>(
      `SELECT "row", field, raw, code FROM cell_issues WHERE tbl = ? AND origin = 'parse'`,
    )
    .all(table);
  for (const { row, field, raw, code } of rows) {
    const isState = tableOf(table as 'orders').fields[field]?.kind === 'state';
    found.set(row, { ...found.get(row), [isState ? `${field}!` : field]: { '!': [raw, code] } });
  }
  return found;
};

/** The rows of the file in the same form. */
export const stored = (db: Db): ReadonlyMap<string, unknown> => {
  const all = new Map<string, unknown>();
  for (const name of tableNames) {
    const issues = issuesOf(db, name);
    for (const row of db.prepare<[], Stored & { id: string }>(`SELECT * FROM ${name}`).all()) {
      const columns = Object.fromEntries(storedFields(name).map(([field]) => [field, row[field] ?? null]));
      const custom = row['_c'] ? (JSON.parse(String(row['_c'])) as Record<string, WireValue>) : {};
      const bad = issues.get(row.id) ?? {};
      for (const [field, value] of Object.entries(bad))
        if (isBad(value) && columns[field] !== undefined && columns[field] !== null)
          throw new Error(`${name}.${field} has a value and a bad text`);
      const x = row['_x'] ? (JSON.parse(String(row['_x'])) as Record<string, [number, number]>) : {};
      all.set(`${name}/${row.id}`, {
        insert: row['_h'],
        registers: tidy({ ...columns, ...custom, ...bad, _st: row['_st'] ?? null }),
        stamps: Object.fromEntries(Object.entries(x).map(([register, [h]]) => [register, h])),
      });
    }
  }
  return all;
};
