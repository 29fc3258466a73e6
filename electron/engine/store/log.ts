/**
 * Writes the log: each transaction to the outbox as one payload, with one history row per op; from there, when asked,
 * into sealed segments. The outbox is as durable as a segment and read the same, so sealing waits for a quiet moment
 * and no edit pays for it; only who never pauses is sealed in between, so that what waits stays small. Large
 * transactions and batches are sealed at once. All of it happens inside the SQLite transaction of the change it logs.
 */
import type { TableName } from '../../../shared/model/index.ts';
import type { Db } from './db.ts';
import type { Device, TableIndex } from './local.ts';
import { decodePayload, encodePayload } from './payload.ts';
import type { Op, Payload, Transaction } from './payload.ts';
import { sealPayload } from './segments.ts';
import type { SchemaRange } from './segments.ts';

/** An op with the local number of its row, for the history. */
export type LoggedOp = Op & { readonly table: TableName; readonly n: number };
export type LoggedTransaction = Omit<Transaction, 'ops'> & { readonly ops: readonly LoggedOp[] };

/** Ops of one change at which it is sealed at once, as its segment is large enough by itself. */
const LARGE = 100;
/** Ops in the outbox at which the change that adds them seals all. */
const MOST_WAITING = 1000;

type Cursor = { readonly seq: number; readonly hlc: number; readonly hash: Buffer | null };
type Waiting = { readonly n: number; readonly payload: string };

export type Log = ReturnType<typeof createLog>;

const prepare = (db: Db) => ({
  cursor: db.prepare<[number, number], Cursor>('SELECT seq, hlc, hash FROM cursor WHERE scope = ? AND dev = ?'),
  addCursor: db.prepare('INSERT INTO cursor(scope, dev, seq, hlc) VALUES(?, ?, 0, 0) ON CONFLICT DO NOTHING'),
  setHlc: db.prepare('UPDATE cursor SET hlc = ? WHERE scope = ? AND dev = ?'),
  setHead: db.prepare('UPDATE cursor SET seq = ?, hash = ? WHERE scope = ? AND dev = ?'),
  lastN: db
    .prepare<[], number>(
      `SELECT max(coalesce((SELECT max(n) FROM outbox), 0), coalesce((SELECT last_n FROM segments ORDER BY first_n DESC LIMIT 1), 0))`,
    )
    .pluck(),
  waitingOps: db.prepare<[], number>('SELECT coalesce(sum(ops), 0) FROM outbox').pluck(),
  waiting: db.prepare<[], Waiting>('SELECT n, payload FROM outbox ORDER BY n'),
  put: db.prepare('INSERT INTO outbox(n, scope, ops, payload) VALUES(?, ?, ?, ?)'),
  clear: db.prepare('DELETE FROM outbox'),
  segment: db.prepare(
    `INSERT INTO segments(scope, dev, from_seq, to_seq, first_n, last_n, prev, hash, head, body, batch)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  history: db.prepare('INSERT INTO history(tbl, n, h, d, txn, pos) VALUES(?, ?, ?, ?, ?, ?)'),
});

/** The stream this device writes: its scope's index and name, its device. */
export type OwnStream = { readonly scope: number; readonly scopeId: string; readonly device: Device };

const createSegmentWriter = (sql: ReturnType<typeof prepare>, { scope, scopeId, device }: OwnStream, schema: SchemaRange) => {
  return (payload: Payload, first: number, last: number, batch: string | null): void => {
    const { seq, hash } = sql.cursor.get(scope, device.idx) ?? { seq: 0, hash: null };
    const to = seq + payload.o.length;
    const prev = hash === null ? null : hash.toString('hex');
    const sealed = sealPayload(payload, { org: null, scope: scopeId, dev: device.id, from: seq + 1, to, prev, ...schema });
    sql.segment.run(scope, device.idx, seq + 1, to, first, last, hash, sealed.hash, sealed.head, sealed.body, batch);
    sql.setHead.run(to, sealed.hash, scope, device.idx);
  };
};

export const createLog = (db: Db, own: OwnStream, tables: TableIndex, schema: SchemaRange) => {
  const { scope, device } = own;
  const sql = prepare(db);
  sql.addCursor.run(scope, device.idx);
  const writeSegment = createSegmentWriter(sql, own, schema);
  const count = () => ({ lastN: sql.lastN.get() ?? 0, waiting: sql.waitingOps.get() ?? 0 });
  let counted = count();

  const seal = (): void => {
    const rows = sql.waiting.all();
    const first = rows.at(0);
    const last = rows.at(-1);
    if (first === undefined || last === undefined) return;
    const transactions = rows.flatMap((row) => decodePayload(JSON.parse(row.payload) as Payload));
    writeSegment(encodePayload(transactions), first.n, last.n, null);
    sql.clear.run();
    counted.waiting = 0;
  };
  const put = (transactions: readonly LoggedTransaction[], first: number): void =>
    transactions.forEach((one, at) => {
      sql.put.run(first + at, scope, one.ops.length, JSON.stringify(encodePayload([one])));
      counted.waiting += one.ops.length;
    });
  const index = (transactions: readonly LoggedTransaction[], first: number): void =>
    transactions.forEach(({ ops }, at) => {
      ops.forEach((op, pos) => sql.history.run(tables.indexOf(op.table), op.n, op.h, device.idx, first + at, pos));
    });

  return {
    /** The last stamp this device wrote. */
    lastStamp: (): number => sql.cursor.get(scope, device.idx)?.hlc ?? 0,
    /** Appends the transactions of one change, in order. A batch is sealed at once and named in its segment. */
    append(transactions: readonly LoggedTransaction[], batch: string | null): void {
      const last = transactions.at(-1)?.ops.at(-1);
      if (last === undefined) return;
      const first = counted.lastN + 1;
      index(transactions, first);
      counted.lastN += transactions.length;
      if (batch !== null || transactions.reduce((sum, { ops }) => sum + ops.length, 0) >= LARGE) {
        seal();
        writeSegment(encodePayload(transactions), first, counted.lastN, batch);
      } else put(transactions, first);
      sql.setHlc.run(last.h, scope, device.idx);
      if (counted.waiting >= MOST_WAITING) seal();
    },
    /** Seals what waits in the outbox, if anything. Call inside a transaction. */
    seal,
    isWaiting: (): boolean => counted.waiting > 0,
    /** After a rollback: what was counted since is not there. */
    reload(): void {
      counted = count();
    },
  };
};
