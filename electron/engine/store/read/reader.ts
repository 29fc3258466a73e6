/** What rules and services read: rows by id, by owner, by value, by another system's key. Raw columns, live rows. */
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { matchKey } from '../../../../shared/domain/fold.ts';
import { fieldOf, tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Reader, StoredRow } from '../api.ts';
import type { Db } from '../file/db.ts';
import { prepareIssueReader } from '../write/issues.ts';
import { layoutOf, quote } from '../file/layout.ts';
import { createIssuedReader } from './issued.ts';
import { createLinesOf } from './lines-of.ts';
import { endOf } from './lookup.ts';
import { createOpenReader } from '../sums/open.ts';
import { createHeard } from '../team/heard.ts';
import { createPriceReader } from './prices.ts';
import type { Find, Row } from '../write/rows.ts';
import { createRows, stampOf } from '../write/rows.ts';

const isRow = (row: Row | undefined): row is Row => row !== undefined;

/*
 * None of these statements says ORDER BY: equality on an index gives rows as they came here (_n), and asking for that order costs
 * ten times the look-up itself. An order that no index gives is made here.
 */
const prepareChildren = (db: Db, name: TableName) => {
  const { owner } = layoutOf(name);
  if (owner === null) return null;
  return db.prepare<[string], string>(`SELECT id FROM live_${name} WHERE ${quote(owner.field)} = ?`).pluck();
};

/** By position where the table has one, then by age: when they were written, not when they came here, so that whoever takes the last takes the same one on every device. */
const inOrder = (rows: readonly Row[]): readonly Row[] => {
  if (rows.length < 2) return rows;
  const place = (row: Row): number => Number(row.v['position'] ?? -1);
  return rows.toSorted((a, b) => place(a) - place(b) || a.inserted[0] - b.inserted[0] || (a.id < b.id ? -1 : 1));
};

const createMatch = (db: Db) => {
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (table: TableName, column: string) =>
    db.prepare<[string], string>(`SELECT id FROM live_${table} WHERE ${quote(column)} = ?`).pluck();
  const references = new Map<string, ReturnType<typeof prepareReference>>();
  const prepareReference = (table: TableName, field: string) =>
    db
      .prepare<[string, string], string>(`SELECT id FROM live_${table} WHERE ${quote(`${field}_id`)} = ? AND ${quote(field)} = ?`)
      .pluck();
  /** A reference is found by the id in it, which has an index. */
  const matchReference = (table: TableName, field: string, value: string): readonly string[] => {
    const name = `${table} ${field}`;
    const statement = references.get(name) ?? prepareReference(table, field);
    references.set(name, statement);
    return statement.all(value.slice(value.indexOf('/') + 1), value);
  };
  return (table: TableName, field: string, value: string): readonly string[] => {
    if (!layoutOf(table).column.has(field)) throw new AppError('invalid', `${table} has no field ${field}`, { table, field });
    if (fieldOf(table, field)?.kind === 'ref') return matchReference(table, field, value);
    const isKeyed = fieldOf(table, field)?.keyed === true;
    const column = isKeyed ? `${field}_match` : field;
    const statement = statements.get(`${table} ${column}`) ?? prepare(table, column);
    statements.set(`${table} ${column}`, statement);
    return statement.all(isKeyed ? matchKey(value) : value);
  };
};

const createMatching = (db: Db): Reader['matching'] => {
  const statements = new Map<string, ReturnType<typeof prepare>>();
  const prepare = (table: TableName, fields: readonly string[]) =>
    db
      .prepare<Scalar[], string>(`SELECT id FROM live_${table} WHERE ${fields.map((one) => `${quote(one)} IS ?`).join(' AND ')}`)
      .pluck();
  return (table, values) => {
    const fields = Object.keys(values);
    const unknown = fields.find((one) => !layoutOf(table).column.has(one));
    if (unknown !== undefined) throw new AppError('invalid', `${table} has no field ${unknown}`, { table, field: unknown });
    const name = `${table} ${fields.join(' ')}`;
    const statement = statements.get(name) ?? prepare(table, fields);
    statements.set(name, statement);
    return statement.all(...Object.values(values));
  };
};

const createStarting =
  (db: Db): Reader['starting'] =>
  (table, field, text, limit) => {
    if (fieldOf(table, field)?.keyed !== true) throw new AppError('invalid', `${table} has no key of ${field}`, { table, field });
    const match = matchKey(text);
    return db
      .prepare<[string, string, number], string>(
        `SELECT id FROM live_${table} WHERE ${quote(`${field}_match`)} >= ? AND ${quote(`${field}_match`)} < ?
         ORDER BY ${quote(`${field}_match`)} LIMIT ?`,
      )
      .pluck()
      .all(match, endOf(match), limit);
  };

/** Documents that wait for their legal number, the longest first. */
const createToPost = (db: Db): Reader['toPost'] => {
  const statements = new Map<TableName, ReturnType<typeof prepare>>();
  const prepare = (table: TableName, legal: string) => {
    const isDraft = layoutOf(table).column.has('status') ? "AND status = 'draft'" : '';
    return db
      .prepare<[], string>(
        `SELECT id FROM live_${table} WHERE ready_on IS NOT NULL AND ${quote(legal)} IS NULL ${isDraft} ORDER BY ready_on, _n`,
      )
      .pluck();
  };
  return (table) => {
    const legal = layoutOf(table).series?.legal;
    if (legal == null) return [];
    const statement = statements.get(table) ?? prepare(table, legal);
    statements.set(table, statement);
    return statement.all();
  };
};

const parseSetting = (json: string | undefined | null): unknown =>
  json === undefined || json === null ? undefined : JSON.parse(json);

/** The reading half of the write store: sees what the open transaction has written. */
/** @param forget drops the rows that were read: outside a change nothing else does */
export const createReaderOver = (db: Db, find: Find, forget: () => void): Reader => {
  const children = new Map(tableNames.map((name) => [name, prepareChildren(db, name)]));
  // Two devices may have made a setting each before they met: the older one counts, on both.
  const setting = db
    .prepare<[string], string | null>('SELECT value FROM live_settings WHERE key = ? ORDER BY _h, id LIMIT 1')
    .pluck();
  const external = db.prepare<[string, string, string], { ref: string; row: string; seen: string | null }>(
    'SELECT id AS ref, "row", seen FROM live_external_refs WHERE system = ? AND key_match = ? AND "table" = ?',
  );
  const team = createHeard(db);
  const wanting = db
    .prepare<[], string>(`SELECT id FROM live_bookings WHERE slot_id IS NOT NULL
      AND status IN ('hold', 'tendered', 'accepted', 'accepted_exception', 'confirmed', 'in_progress')`)
    .pluck();
  return {
    get: (table, id): StoredRow | undefined => {
      const row = find(table, id);
      return row?.alive === 1 ? row.v : undefined;
    },
    getAny: (table, id) => {
      const row = find(table, id);
      return row === undefined ? undefined : { ...row.v, _st: row.st };
    },
    children: (table, owner) =>
      inOrder((children.get(table)?.all(owner) ?? []).map((id) => find(table, id)).filter(isRow)).map((row) => row.v),
    match: createMatch(db),
    matching: createMatching(db),
    linesOf: createLinesOf(db),
    starting: createStarting(db),
    toPost: createToPost(db),
    ...createPriceReader(db),
    ...createOpenReader(db),
    external: (system, key, table) => external.all(system, matchKey(key), table),
    issues: prepareIssueReader(db),
    ...createIssuedReader(db),
    setting: (key) => parseSetting(setting.get(key)),
    stampOf: (table, id, field) => {
      const row = find(table, id);
      if (row === undefined) return undefined;
      const [at, device] = stampOf(row, field);
      return { at, device: team.deviceId(device) };
    },
    heard: () => team.heard(),
    whoAt: (device) => team.whoAt(device),
    wantingSlots: () => wanting.all(),
    together: (read) => {
      if (db.inTransaction) return read();
      try {
        return db.transaction(read)();
      } finally {
        forget();
      }
    },
  };
};

/** A reader over a read-only connection: every call sees the file as it is then, those of one transaction as it was at its start. */
export const createReader = (db: Db): Reader => {
  const rows = createRows(db);
  const reader = createReaderOver(db, rows.find, rows.forget);
  let depth = 0;
  const fresh = (): Reader => {
    if (depth === 0) rows.forget();
    return reader;
  };
  return {
    ...reader,
    get: (table, id) => fresh().get(table, id),
    getAny: (table, id) => fresh().getAny(table, id),
    children: (table, owner) => fresh().children(table, owner),
    stampOf: (table, id, field) => fresh().stampOf(table, id, field),
    // Within it nothing changes: what was read once need not be read again.
    together: (read) =>
      fresh().together(() => {
        depth += 1;
        try {
          return read();
        } finally {
          depth -= 1;
        }
      }),
  };
};
