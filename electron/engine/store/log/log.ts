/**
 * Writes the log: each transaction to the outbox as one payload, with one history row per op; from there, when asked,
 * into sealed segments. The outbox is as durable as a segment and read the same, so sealing waits for a quiet moment
 * and no edit pays for it; only who never pauses is sealed in between, so that what waits stays small. Large
 * transactions and batches are sealed at once. All of it happens inside the SQLite transaction of the change it logs.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import type { Device, TableIndex } from '../file/local.ts';
import { decodePayload, encodePayload } from './payload.ts';
import type { Op, Payload, Transaction } from './payload.ts';
import { CUT_BYTES, sealPayload } from './segments.ts';
import type { SchemaRange } from './segments.ts';
import { prepareLift } from './lift.ts';
import { rangeBounds } from './streams.ts';
import type { Stream, Streams } from './streams.ts';

/** An op with the local number of its row, for the history. */
export type LoggedOp = Op & { readonly table: TableName; readonly n: number };
/** `place`: of the stream it goes into. */
export type LoggedTransaction = Omit<Transaction, 'ops'> & { readonly ops: readonly LoggedOp[]; readonly place: number };

/** Ops of one change at which it is sealed at once, as its segment is large enough by itself. */
const LARGE = 100;
/** Ops in the outbox at which the change that adds them seals all. */
const MOST_WAITING = 1000;

type Cursor = { readonly seq: number; readonly hlc: number; readonly hash: Buffer | null };
type Waiting = { readonly n: number; readonly payload: string };
/** `waiting`, `bytes`: ops and bytes of text in the outbox. */
type Count = { lastN: number; waiting: number; bytes: number };

export type Log = ReturnType<typeof createLog>;

const prepare = (db: Db) => ({
  cursor: db.prepare<[number, number], Cursor>('SELECT seq, hlc, hash FROM cursor WHERE scope = ? AND dev = ?'),
  lastStamp: db.prepare<[], number | null>('SELECT max(hlc) FROM cursor').pluck(),
  lift: prepareLift(db),
  setHlc: db.prepare(`INSERT INTO cursor(scope, dev, seq, hlc) VALUES(?, ?, 0, ?) ON CONFLICT DO UPDATE SET hlc = excluded.hlc`),
  setHead: db.prepare('UPDATE cursor SET seq = ?, hash = ? WHERE scope = ? AND dev = ?'),
  lastN: db
    .prepare<{ from: number; to: number }, number>(
      `SELECT max(coalesce((SELECT max(n) FROM outbox WHERE n > :from AND n < :to), :from),
         coalesce((SELECT last_n FROM segments WHERE first_n > :from AND first_n < :to ORDER BY first_n DESC LIMIT 1), :from))`,
    )
    .pluck(),
  waitingSum: db.prepare<[number], { waiting: number; bytes: number }>(
    'SELECT coalesce(sum(ops), 0) AS waiting, coalesce(sum(length(CAST(payload AS BLOB))), 0) AS bytes FROM outbox WHERE scope = ?',
  ),
  waiting: db.prepare<[number], Waiting>('SELECT n, payload FROM outbox WHERE scope = ? ORDER BY n'),
  waitingScopes: db.prepare<[], number>('SELECT DISTINCT scope FROM outbox ORDER BY scope').pluck(),
  put: db.prepare('INSERT INTO outbox(n, scope, ops, payload) VALUES(?, ?, ?, ?)'),
  clear: db.prepare('DELETE FROM outbox WHERE scope = ?'),
  segment: db.prepare(
    `INSERT INTO segments(scope, dev, from_seq, to_seq, first_n, last_n, prev, hash, head, body, batch, indexed)
     VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  ),
  history: db.prepare('INSERT INTO history(tbl, n, h, d, txn, pos) VALUES(?, ?, ?, ?, ?, ?)'),
});

/** Numbers of the transactions in a segment, the batch it is of, and how many of its ops the history names. */
type Place = { readonly first: number; readonly last: number; readonly batch: string | null; readonly indexed: number | null };

export type LogParts = {
  readonly device: Device;
  readonly streams: Streams;
  readonly tables: TableIndex;
  readonly schema: SchemaRange;
  /** A payload as others may have it: what it says of people is sealed. */
  readonly seal: (scope: number, payload: Payload) => Payload;
};

const createSegmentWriter =
  (sql: ReturnType<typeof prepare>, { streams, device, schema, seal }: LogParts) =>
  ({ scope, scopeId }: Stream, payload: Payload, { first, last, batch, indexed }: Place): void => {
    const { seq, hash } = sql.cursor.get(scope, device.idx) ?? { seq: 0, hash: null };
    const to = seq + payload.o.length;
    const prev = hash === null ? null : hash.toString('hex');
    const isOwn = scope === streams.local.scope;
    const org = isOwn ? null : (streams.membership()?.org ?? null);
    const sealed = sealPayload(isOwn ? payload : seal(scope, payload), {
      org,
      scope: scopeId,
      dev: device.id,
      from: seq + 1,
      to,
      prev,
      lift: sql.lift(device),
      ...schema,
    });
    const bytes = [hash, sealed.hash, sealed.head, sealed.body];
    sql.segment.run(scope, device.idx, seq + 1, to, first, last, ...bytes, batch, indexed);
    sql.setHead.run(to, sealed.hash, scope, device.idx);
  };

const byStream = (transactions: readonly LoggedTransaction[], streams: Streams): ReadonlyMap<Stream, LoggedTransaction[]> => {
  const groups = new Map<number, readonly [Stream, LoggedTransaction[]]>();
  for (const one of transactions) {
    const stream = streams.ofPlace(one.place);
    const group = groups.get(stream.scope) ?? ([stream, []] as const);
    group[1].push(one);
    groups.set(stream.scope, group);
  }
  return new Map(groups.values());
};

const outgrown = (): AppError =>
  new AppError(
    'read-only',
    'A colleague works with a newer version of the workbench, beside which this one can only read. Update the workbench: until then all that others do still arrives. Nothing was changed.',
  );

const countOps = (transactions: readonly Transaction[]): number => transactions.reduce((sum, { ops }) => sum + ops.length, 0);

const toText = (transaction: Transaction): string => JSON.stringify(encodePayload([transaction]));

/** Cuts what stands in order into pieces of a segment each, by the bytes of their texts; one that is longer stands alone. */
const cutByBytes = <T>(list: readonly T[], textOf: (one: T) => string): readonly (readonly T[])[] => {
  if (list.length < 2) return list.length === 0 ? [] : [list];
  const pieces: T[][] = [[]];
  let bytes = 0;
  for (const one of list) {
    const size = Buffer.byteLength(textOf(one));
    if (bytes > 0 && bytes + size > CUT_BYTES) {
      pieces.push([]);
      bytes = 0;
    }
    pieces.at(-1)?.push(one);
    bytes += size;
  }
  return pieces;
};

/** Makes segments of what waits in the outbox. */
const createSealer = (
  sql: ReturnType<typeof prepare>,
  streams: Streams,
  writeSegment: ReturnType<typeof createSegmentWriter>,
  countOf: (stream: Stream) => Count,
) => {
  const sealStream = (stream: Stream): void => {
    for (const rows of cutByBytes(sql.waiting.all(stream.scope), ({ payload }) => payload)) {
      const [first = 0, last = 0] = [rows.at(0)?.n, rows.at(-1)?.n];
      const transactions = rows.flatMap((row) => decodePayload(JSON.parse(row.payload) as Payload));
      writeSegment(stream, encodePayload(transactions), { first, last, batch: null, indexed: null });
    }
    sql.clear.run(stream.scope);
    Object.assign(countOf(stream), { waiting: 0, bytes: 0 });
  };
  const seal = (): void => {
    for (const scope of sql.waitingScopes.all()) sealStream(streams.byScope(scope));
  };
  return { sealStream, seal };
};

/** What was counted of each stream, read from the file once. */
const createCounts = (sql: ReturnType<typeof prepare>) => {
  const counts = new Map<number, Count>();
  return {
    of: ({ scope, range }: Stream): Count => {
      const { from } = rangeBounds(range);
      const known = counts.get(scope) ?? {
        lastN: sql.lastN.get(rangeBounds(range)) ?? from,
        ...(sql.waitingSum.get(scope) ?? { waiting: 0, bytes: 0 }),
      };
      counts.set(scope, known);
      return known;
    },
    forget: (): void => counts.clear(),
  };
};

export const createLog = (db: Db, parts: LogParts) => {
  const { device, streams, tables, schema } = parts;
  const sql = prepare(db);
  const writeSegment = createSegmentWriter(sql, parts);
  const counts = createCounts(sql);
  const countOf = counts.of;
  const { sealStream, seal } = createSealer(sql, streams, writeSegment, countOf);
  const put = ({ scope }: Stream, transactions: readonly LoggedTransaction[], texts: readonly string[], first: number): void =>
    transactions.forEach(({ ops }, at) => void sql.put.run(first + at, scope, ops.length, texts[at]));
  const index = (transactions: readonly LoggedTransaction[], first: number): void =>
    transactions.forEach(({ ops }, at) => {
      ops.forEach((op, pos) => sql.history.run(tables.indexOf(op.table), op.n, op.h, device.idx, first + at, pos));
    });

  const appendTo = (stream: Stream, transactions: readonly LoggedTransaction[], batch: string | null): void => {
    const last = transactions.at(-1)?.ops.at(-1);
    if (last === undefined) return;
    if (streams.neededIn(stream.scopeId) > schema.sv) throw outgrown();
    const count = countOf(stream);
    const first = count.lastN + 1;
    const ops = countOps(transactions);
    index(transactions, first);
    count.lastN += transactions.length;
    sql.setHlc.run(stream.scope, device.idx, last.h);
    const texts = batch !== null || ops >= LARGE ? null : transactions.map(toText);
    const bytes = (texts ?? []).reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    if (texts === null || bytes > CUT_BYTES) {
      sealStream(stream);
      let at = first;
      for (const piece of cutByBytes(transactions, toText)) {
        writeSegment(stream, encodePayload(piece), { first: at, last: at + piece.length - 1, batch, indexed: null });
        at += piece.length;
      }
      return;
    }
    put(stream, transactions, texts, first);
    count.waiting += ops;
    count.bytes += bytes;
    if (count.waiting >= MOST_WAITING || count.bytes >= CUT_BYTES) sealStream(stream);
  };

  return {
    /** The largest stamp this file holds, whoever wrote it. */
    lastStamp: (): number => sql.lastStamp.get() ?? 0,
    /**
     * Appends the transactions of one change, in order. A batch is sealed at once and named in its segment.
     * @throws AppError `read-only` where a newer build has written what this one may not write beside
     */
    append(transactions: readonly LoggedTransaction[], batch: string | null): void {
      for (const [stream, own] of byStream(transactions, streams)) appendTo(stream, own, batch);
    },
    /** Publishes what was here before: ops the history knows already, as segments of a stream that begins with them. */
    publish(stream: Stream, transactions: readonly Transaction[]): void {
      const last = transactions.at(-1)?.ops.at(-1);
      if (last === undefined) return;
      const count = countOf(stream);
      const first = count.lastN + 1;
      count.lastN += transactions.length;
      sql.setHlc.run(stream.scope, device.idx, last.h);
      writeSegment(stream, encodePayload(transactions), { first, last: count.lastN, batch: null, indexed: 0 });
    },
    /** Seals what waits in the outbox, if anything. Call inside a transaction. */
    seal,
    isWaiting: (): boolean => sql.waitingScopes.get() !== undefined,
    /** After a rollback: what was counted since is not there. */
    reload: counts.forget,
  };
};
