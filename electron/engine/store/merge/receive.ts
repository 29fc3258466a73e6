/**
 * Takes a verified segment of another device into the file: merged op by op, indexed for the history, kept for audit, the
 * cursor moved, all within the transaction of the caller (SYNC.md 2.3). What would leave a gap waits, what was taken already
 * is skipped; where a stream was written on twice from the same piece, both branches are taken, in whatever order they come.
 */
import { latestStamp } from '../../../../shared/domain/hlc.ts';
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import { ensureScope } from '../file/local.ts';
import { createOpReader } from '../log/op-reader.ts';
import { decodePayload } from '../log/payload.ts';
import type { Op, Payload, Transaction } from '../log/payload.ts';
import type { Header } from '../log/segments.ts';
import type { Row } from '../write/rows.ts';
import type { Cursor } from '../log/branches.ts';
import { receivedBounds } from '../log/streams.ts';
import type { Work } from '../write/work.ts';
import type { ReadLogged } from '../territory/swept.ts';
import { createBringBack } from './bring-back.ts';
import { createDeferred } from './deferred.ts';
import type { Deferred } from './deferred.ts';
import type { Devices } from './devices.ts';
import { createForked } from './forked.ts';
import type { Standing } from './forked.ts';
import { mergeOp } from './op.ts';
import type { OpParts, Placed } from './op.ts';
import { withinOf } from './transition.ts';
import type { Within } from './transition.ts';

/** A segment whose hash, signature and payload were checked. */
export type Incoming = {
  readonly header: Header;
  readonly head: string;
  readonly body: Buffer;
  readonly hash: Buffer;
  readonly sig: Buffer;
  readonly payload: Payload;
  /** The hub showed that it is another successor of a piece that this file has by a snapshot only. */
  readonly isRooted?: boolean;
  /** It leads to where the team says that its stream ends: however many branches there are, it is one of them. */
  readonly isNamed?: boolean;
};

/**
 * `ok` merged; `branch` merged, and with it begins a second branch of its stream; `dup` known; `gap` what comes before is
 * missing; `fork` it follows nothing that is known of its stream; `ahead` its stamps lie decades ahead: it waits.
 */
export type Verdict = 'ok' | 'branch' | 'dup' | 'gap' | 'fork' | 'ahead';

/** Whether a piece was merged. */
export const isTaken = (verdict: Verdict | undefined): boolean => verdict === 'ok' || verdict === 'branch';

const prepare = (db: Db) => ({
  setCursor: db.prepare(
    `INSERT INTO cursor(scope, dev, seq, hlc, hash) VALUES(?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET seq = excluded.seq, hlc = max(hlc, excluded.hlc), hash = excluded.hash`,
  ),
  lastN: db
    .prepare<{ from: number; to: number }, number>(
      `SELECT coalesce((SELECT last_n FROM segments WHERE first_n > :from AND first_n < :to ORDER BY first_n DESC LIMIT 1), :from)`,
    )
    .pluck(),
  segment: db.prepare(
    `INSERT INTO segments(scope, dev, from_seq, to_seq, first_n, last_n, prev, hash, head, body, sig, state, indexed)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 2, ?)`,
  ),
  countIndexed: db.prepare('UPDATE segments SET indexed = indexed + 1 WHERE first_n <= ? AND last_n >= ?'),
  history: db.prepare('INSERT INTO history(tbl, n, h, d, txn, pos) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
  fork: db.prepare('INSERT INTO forks(scope, dev, from_seq, hash, seen) VALUES(?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
});
type Statements = ReturnType<typeof prepare>;

type Parts = Omit<OpParts, 'fromWire'>;

export type ReceiveDeps = { readonly tables: TableIndex; readonly devices: Devices; readonly clock: () => number };

/** What becomes of a segment, by where it stands in its stream. */
const judge = (standing: Standing, { header, payload }: Incoming, main: Cursor, now: number): Verdict => {
  if (standing.is === 'dup') return 'dup';
  if (standing.is === 'apart') return header.from > main.seq + 1 ? 'gap' : 'fork';
  if ((payload.o.at(-1)?.[0] ?? 0) > latestStamp(now)) return 'ahead';
  return standing.is === 'branch' ? 'branch' : 'ok';
};

const preparePlacing =
  (forked: ReturnType<typeof createForked>, deferred: ReturnType<typeof createDeferred>, devices: Devices) =>
  (scope: number, d: number, op: Op, within: Within): Placed => ({
    stamp: [op.h, d],
    scope,
    within,
    // What was set aside will come all the same: until then it is as if it had not.
    hasSeen: ([h, device]) =>
      (device === d ? h <= op.h : forked.isSeen(scope, op, [h, device])) && !deferred.holds(h, devices.idOf(device)),
  });

/** Notes where in the log an op of a row stands. Two files under one name may have written in one row at one moment: of those, one. */
const prepareIndex =
  (sql: Statements, tables: TableIndex) =>
  (row: Row, op: Op, d: number, txn: number, pos: number): number =>
    sql.history.run(tables.indexOf(row.layout.name), row.n, op.h, d, txn, pos).changes;

/** Reads ops of the log, and of the piece that is being taken by where they will stand in it. */
export const readerOf =
  (transactions: readonly Transaction[], first: number, logged: ReadLogged): ReadLogged =>
  (txn, pos) => {
    const transaction = transactions[txn - first];
    const op = transaction?.ops[pos];
    return transaction === undefined || op === undefined ? logged(txn, pos) : [transaction, op];
  };

export const createReceiver = (db: Db, parts: Parts, { tables, devices, clock }: ReceiveDeps) => {
  const sql = prepare(db);
  const deferred = createDeferred(db);
  const index = prepareIndex(sql, tables);
  const forked = createForked(db, parts, devices, tables);
  const placedAt = preparePlacing(forked, deferred, devices);
  const bringBack = createBringBack(parts, devices, placedAt);

  const mergeAll = (work: Work, { header, payload }: Incoming, scope: number, d: number, first: number): number => {
    const { dev, sv } = header;
    const own: OpParts = { ...parts, fromWire: (stamp) => devices.fromWire(stamp, dev) };
    const transactions = decodePayload(payload);
    const read = readerOf(transactions, first, createOpReader(db));
    let indexed = 0;
    transactions.forEach((transaction, at) => {
      const within = withinOf(transaction, own);
      transaction.ops.forEach((op, pos) => {
        const row =
          bringBack(work, scope, { transaction, op, stamp: [op.h, d] }, read) ??
          mergeOp(own, work, op, placedAt(scope, d, op, within));
        if (row === 'foreign') return;
        if (row === null) return deferred.keep({ scope, dev, txn: first + at, pos, within, op }, sv);
        indexed += index(row, op, d, first + at, pos);
      });
    });
    return indexed;
  };

  return {
    /** Merges a segment if it is the next of its stream. Call inside the transaction that `work` belongs to. */
    take(work: Work, incoming: Incoming): Verdict {
      const { header, head, body, hash, sig, payload } = incoming;
      const scope = ensureScope(db, header.scope);
      const d = devices.indexOf(header.dev);
      const standing = forked.standing(incoming, scope, d);
      const [main] = forked.readings(scope, d);
      const verdict = judge(standing, incoming, main.cursor, clock());
      if (verdict === 'fork' || verdict === 'branch') sql.fork.run(scope, d, header.from, hash, clock());
      if (!isTaken(verdict)) return verdict;
      const { idx, cursor } = standing.is === 'next' ? standing.reading : forked.begin(incoming, scope, d);
      forked.expectIn(incoming, scope, d);
      const first = (sql.lastN.get(receivedBounds) ?? receivedBounds.from) + 1;
      const indexed = mergeAll(work, incoming, scope, d, first);
      const range = [header.from, header.to, first, first + payload.x.length - 1];
      sql.segment.run(scope, idx, ...range, cursor.hash, hash, head, body, sig, indexed);
      sql.setCursor.run(scope, idx, header.to, payload.o.at(-1)?.[0] ?? cursor.hlc, hash);
      return verdict;
    },
    /** Tries again what an earlier build could not read. Call as `take`. */
    retryDeferred(work: Work): void {
      deferred.retry(({ scope, dev, txn, pos, within, op }: Deferred) => {
        const d = devices.indexOf(dev);
        const own: OpParts = { ...parts, fromWire: (stamp) => devices.fromWire(stamp, dev) };
        const row = mergeOp(own, work, op, placedAt(scope, d, op, within));
        if (row === null) return false;
        if (row === 'foreign') return true;
        if (index(row, op, d, txn, pos) > 0) sql.countIndexed.run(txn, txn);
        return true;
      });
    },
    /** After a transaction. */
    forget: forked.forget,
  };
};
