/**
 * Writes what is said of a person again, as it can be read by now: when a key has come, and when the person was erased. Stamps
 * stay as they are, so that replicas differ in nothing else.
 */
import { isTableName, tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { layoutOf } from '../file/layout.ts';
import type { TableIndex } from '../file/local.ts';
import { createOpReader } from '../log/op-reader.ts';
import type { Op } from '../log/payload.ts';
import { admit } from '../merge/op.ts';
import type { MergeParts } from '../merge/parts.ts';
import { setValue, valueOf, writeRegisters } from '../merge/registers.ts';
import { stampOf } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';
import type { Work } from '../write/work.ts';
import { ERASED, erasedAt, isOfPeople, isPersonal } from './personal.ts';
import { isSealed } from './sealed.ts';
import type { WireValue } from './sealed.ts';

export type RefillDeps = { readonly db: Db; readonly tables: TableIndex; readonly parts: MergeParts };

/** The ops of a row by their stamps, as they stand in the log. */
const createFinder = (db: Db, tables: TableIndex) => {
  const place = db.prepare<[number, number, number, number], { txn: number; pos: number }>(
    'SELECT txn, pos FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?',
  );
  return (row: Row) => {
    // What waits in the outbox is sealed between one row and the next: what was read is kept for one only.
    const read = createOpReader(db);
    return (stamp: Stamp): Op | undefined => {
      const found = place.get(tables.indexOf(row.layout.name), row.n, ...stamp);
      return found === undefined ? undefined : read(found.txn, found.pos)?.[1];
    };
  };
};

const personalOf = ({ issues, extras }: MergeParts, row: Row): readonly string[] => {
  const all = [
    ...row.layout.columns.map(({ name }) => name),
    ...Object.keys(row.v),
    ...issues.loadBad(row).keys(),
    ...extras.names(row),
  ];
  return [...new Set(all)].filter((register) => isPersonal(row.layout.name, register));
};

/** What stands in or beside a register of a row, as it can be read by now. */
const createReading = ({ parts }: RefillDeps, findOf: ReturnType<typeof createFinder>, row: Row) => {
  const erased = erasedAt(row);
  const find = findOf(row);
  const { name } = row.layout;
  return (register: string, stamp: Stamp, was: WireValue): WireValue => {
    if (was === null || stamp[0] < erased) return null;
    const placed = { stamp, scope: row.scope };
    if (isSealed(was)) return admit(parts, name, { row: row.id, cols: [register], vals: [was] }, 0, placed, row);
    // Whoever had not heard that the person was erased may have sealed it later under a key that is gone.
    const op = erased === 0 ? undefined : find(stamp);
    const at = op?.kind === 'i' || op?.kind === 'u' ? op.cols.indexOf(register) : -1;
    return op === undefined || at < 0 ? was : admit(parts, name, op, at, placed, row);
  };
};
type Read = ReturnType<typeof createReading>;

const isSame = (one: WireValue, other: WireValue): boolean => JSON.stringify(one) === JSON.stringify(other);

const refillRegisters = ({ parts }: RefillDeps, work: Work, row: Row, read: Read): void => {
  work.touch(row);
  const changed = new Set<string>();
  for (const register of personalOf(parts, row)) {
    const was = valueOf(parts, row, register);
    const value = read(register, stampOf(row, register), was);
    if (isSame(value, was)) continue;
    const isOfInsert = !Object.hasOwn(row.x, register);
    setValue(parts, work, row, register, value, stampOf(row, register));
    if (isOfInsert) delete row.x[register];
    changed.add(register);
  }
  writeRegisters(parts, work, row, changed);
};

type Head = { readonly col: string; readonly h: number; readonly d: number; readonly val: string };

const createHeadsRefill = (db: Db) => {
  const all = db.prepare<[string, string], Head>('SELECT col, h, d, val FROM conflict WHERE tbl = ? AND "row" = ?');
  const set = db.prepare('UPDATE conflict SET val = ? WHERE tbl = ? AND "row" = ? AND col = ? AND h = ? AND d = ?');
  return (row: Row, read: Read): void => {
    const at = [row.layout.name, row.id] as const;
    for (const { col, h, d, val } of all.all(...at)) {
      const was = JSON.parse(val) as WireValue;
      if (!isSealed(was) && !isPersonal(row.layout.name, col)) continue;
      const value = read(col, [h, d], was);
      if (!isSame(value, was)) set.run(JSON.stringify(value), ...at, col, h, d);
    }
  };
};

/** Call inside the transaction that `work` belongs to. */
export type Refill = (work: Work, row: Row) => void;

export const createRefill = (deps: RefillDeps): Refill => {
  const find = createFinder(deps.db, deps.tables);
  const refillHeads = createHeadsRefill(deps.db);
  return (work, row) => {
    const read = createReading(deps, find, row);
    refillRegisters(deps, work, row, read);
    refillHeads(row, read);
  };
};

/** Rows of people that are to be read again by a build that knows more fields: those with something sealed beside them, and the erased. */
export const toRefill = (db: Db): readonly { readonly table: TableName; readonly id: string }[] => [
  ...db
    .prepare<[], { table: string; id: string }>(
      `SELECT DISTINCT tbl AS "table", "row" AS id FROM conflict WHERE val LIKE '{"#":%'`,
    )
    .all()
    .flatMap(({ table, id }) => (isTableName(table) ? [{ table, id }] : [])),
  ...tableNames
    .filter((table) => isOfPeople(table) && layoutOf(table).column.has(ERASED))
    .flatMap((table) =>
      db
        .prepare<[], string>(`SELECT id FROM ${table} WHERE ${ERASED} IS NOT NULL ORDER BY id`)
        .pluck()
        .all()
        .map((id) => ({ table, id })),
    ),
];
