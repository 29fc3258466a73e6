/**
 * Takes a snapshot into the file (SYNC.md 2.8): what it holds and this file has not seen is merged op by op and kept for
 * the history, and the streams go on behind it, as if all of them had been replayed. What was done here stays as it is.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { latestStamp } from '../../../../shared/domain/hlc.ts';
import type { Db } from '../file/db.ts';
import { ensureScope } from '../file/local.ts';
import type { TableIndex } from '../file/local.ts';
import { createBringBack } from '../merge/bring-back.ts';
import type { PlaceOp } from '../merge/bring-back.ts';
import { createDeferred } from '../merge/deferred.ts';
import type { Devices } from '../merge/devices.ts';
import type { Place } from '../merge/heads.ts';
import { mergeOp } from '../merge/op.ts';
import { readerOf } from '../merge/receive.ts';
import type { OpParts } from '../merge/op.ts';
import { withinOf } from '../merge/transition.ts';
import { addAnchors } from '../log/anchors.ts';
import type { Anchor } from '../log/anchors.ts';
import { createBranches, MOST_BRANCHES } from '../log/branches.ts';
import type { Branches, Cursor } from '../log/branches.ts';
import { createOpReader } from '../log/op-reader.ts';
import { decodePayload, encodePayload } from '../log/payload.ts';
import type { Payload, Transaction } from '../log/payload.ts';
import type { Stamp } from '../write/rows.ts';
import { sealPayload } from '../log/segments.ts';
import type { SchemaRange } from '../log/segments.ts';
import { receivedBounds } from '../log/streams.ts';
import type { Work } from '../write/work.ts';
import { createSnapshotHeads } from './heads.ts';
import { unreadOf } from './make.ts';
import type { CutEntry } from './make.ts';
import { decodePage, isHeads } from './pages.ts';
import type { HeadPlace, Heads } from './pages.ts';

export type Snapshot = SchemaRange & {
  readonly org: string;
  readonly scope: string;
  readonly cut: readonly CutEntry[];
  readonly pages: readonly Buffer[];
  /** Devices of whose streams it was shown that what it holds and what is here are one line. */
  readonly follows: ReadonlySet<string>;
  /** Devices of whose streams it holds no other ends than those the team named: however many those are. */
  readonly ended?: ReadonlySet<string>;
};

const refuse = (why: string): never => {
  throw new AppError('bad-file', `A snapshot of the team is not taken: ${why}.`);
};

const refuseNewer = (): never => {
  throw new AppError(
    'newer-file',
    'A snapshot of the team is not taken: a newer version of the workbench has written in it. Update this one.',
  );
};

const prepare = (db: Db) => ({
  setCursor: db.prepare(
    `INSERT INTO cursor(scope, dev, seq, hlc, hash) VALUES(?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET seq = excluded.seq, hlc = max(hlc, excluded.hlc), hash = excluded.hash`,
  ),
  ended: db
    .prepare<[number, number, number], Buffer>('SELECT hash FROM segments WHERE scope = ? AND dev = ? AND to_seq = ?')
    .pluck(),
  /** Something was found in a stream that follows nothing known of it, and was not merged. */
  isForked: db
    .prepare<{ scope: number; dev: number }, number>(
      `SELECT 1 FROM forks f WHERE scope = :scope AND dev = :dev
         AND NOT EXISTS (SELECT 1 FROM segments g WHERE g.scope = :scope AND g.hash = f.hash)`,
    )
    .pluck(),
  lastN: db
    .prepare<{ from: number; to: number }, number>(
      `SELECT coalesce((SELECT last_n FROM segments WHERE first_n > :from AND first_n < :to ORDER BY first_n DESC LIMIT 1), :from)`,
    )
    .pluck(),
  lowest: db
    .prepare<[number, number], number>('SELECT min(0, coalesce(min(from_seq), 0)) FROM segments WHERE scope = ? AND dev = ?')
    .pluck(),
  // Below the first op of any stream: what stands there is no piece of the stream, but what a snapshot kept of it.
  page: db.prepare(
    `INSERT INTO segments(scope, dev, from_seq, to_seq, first_n, last_n, prev, hash, head, body, state, indexed)
     VALUES(?, ?, ?, ?, ?, ?, NULL, ?, ?, ?, 3, ?)`,
  ),
  history: db.prepare('INSERT INTO history(tbl, n, h, d, txn, pos) VALUES(?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING'),
});

export type LoadDeps = {
  readonly db: Db;
  readonly parts: Omit<OpParts, 'fromWire'>;
  readonly devices: Devices;
  readonly tables: TableIndex;
  readonly clock: () => number;
  readonly device: { readonly idx: number; readonly id: string };
};

/** The entries of a cut by their device: several where its stream was written on twice. */
export const byDevice = (cut: readonly CutEntry[]): ReadonlyMap<string, readonly CutEntry[]> => {
  const devices = new Map<string, CutEntry[]>();
  for (const entry of cut) devices.set(entry.dev, [...(devices.get(entry.dev) ?? []), entry]);
  return devices;
};

/** What a snapshot holds of a stream counts for who has read nothing of it, ends as it does, or stands on the same line. */
const checkBranches = (entries: readonly CutEntry[], ends: readonly Cursor[], dev: string): void => {
  const isHere = ({ hash }: CutEntry): boolean => ends.some((end) => end.hash?.equals(hash) === true);
  if (ends.length === 0 || (ends.length === entries.length && entries.every(isHere))) return;
  const isTwice = entries.length > 1 || ends.length > 1;
  refuse(
    `the stream of ${dev} ${isTwice ? 'was written twice' : 'may have been written twice: what leads on from here is not there'}, ` +
      'and is read piece by piece',
  );
};

/** Lets a snapshot be taken only where the streams it was made of are those that this file knows. */
const checkCut = (
  sql: ReturnType<typeof prepare>,
  { devices, clock, device }: LoadDeps,
  branches: Branches,
  scope: number,
  { cut, follows, ended }: Snapshot,
): void => {
  for (const [dev, entries] of byDevice(cut)) {
    const d = devices.indexOf(dev);
    const ends = branches.readings(scope, d).flatMap(({ cursor }) => (cursor.seq > 0 ? cursor : []));
    const here = Math.max(0, ...ends.map(({ seq }) => seq));
    if (entries.length > MOST_BRANCHES && ended?.has(dev) !== true)
      refuse(`the stream of ${dev} was written ${entries.length} times`);
    if (!follows.has(dev)) checkBranches(entries, ends, dev);
    for (const { seq, hlc, hash } of entries) {
      const known = ends.length > 1 ? undefined : sql.ended.get(scope, d, seq);
      if (known !== undefined && !known.equals(hash)) refuse(`${dev} wrote something else than it says`);
      if (here < seq && d === device.idx) refuse('somebody else writes under the name of this device');
      if (here < seq && sql.isForked.get({ scope, dev: d }) !== undefined) refuse(`the stream of ${dev} was written twice`);
      if (hlc > latestStamp(clock())) refuse(`the clock of ${dev} is decades ahead`);
    }
  }
};

/** What a side has seen, by how far each device was there. */
const coversBy =
  (seen: ReadonlyMap<number, number>) =>
  ([h, d]: Stamp): boolean =>
    h <= (seen.get(d) ?? -1);

type Told = { readonly conflict: Place[]; readonly seen: Place[]; readonly unread: Set<string> };

const readHeads = (pages: readonly Buffer[], devices: Devices): Told => {
  const found: Told = { conflict: [], seen: [], unread: new Set() };
  const add = (to: Place[], places: readonly HeadPlace[]): void => {
    for (const [table, row, register, h, dev] of places) to.push({ table, row, register, stamp: [h, devices.indexOf(dev)] });
  };
  for (const bytes of pages) {
    const page = decodePage(bytes);
    if (typeof page === 'string') return refuse(page);
    if (!isHeads(page)) break;
    add(found.conflict, (page satisfies Heads).conflict);
    add(found.seen, page.seen);
    for (const table of page.unread) found.unread.add(table);
  }
  return found;
};

type Taking = {
  readonly deps: LoadDeps;
  readonly sql: ReturnType<typeof prepare>;
  readonly snapshot: Snapshot;
  readonly scope: number;
  readonly ours: (stamp: Stamp) => boolean;
  readonly theirs: (stamp: Stamp) => boolean;
  readonly heads: ReturnType<typeof createSnapshotHeads>;
  readonly unread: ReadonlySet<string>;
};

/** What of a page is not known here. */
const newOf = ({ heads, ours, theirs }: Taking, payload: Payload, d: number): readonly Transaction[] =>
  decodePayload(payload).flatMap((transaction) => {
    const ops = transaction.ops.filter((op) => {
      if (!theirs([op.h, d])) refuse('it holds more than it says');
      if (!ours([op.h, d])) return true;
      heads.meet(op, [op.h, d]);
      return false;
    });
    return ops.length === 0 ? [] : [{ ...transaction, first: transaction.first ?? transaction.ops[0]?.h ?? 0, ops }];
  });

/** All that a snapshot names was seen by who made it. */
const placed: PlaceOp = (scope, d, { h }, within) => ({ stamp: [h, d], scope, within, hasSeen: () => true });

/** Merges what is new of a page and keeps it, so that the history finds it. */
const takePage = (taking: Taking, work: Work, dev: string, payload: Payload): void => {
  const { deps, sql, snapshot, scope, heads, unread } = taking;
  const { devices, tables } = deps;
  const d = devices.indexOf(dev);
  const transactions = newOf(taking, payload, d);
  if (transactions.length === 0) return;
  const parts: OpParts = { ...deps.parts, heads: heads.heads, fromWire: (stamp) => devices.fromWire(stamp, dev) };
  const deferred = createDeferred(deps.db);
  const bringBack = createBringBack(parts, devices, placed);
  const first = (sql.lastN.get(receivedBounds) ?? receivedBounds.from) + 1;
  const read = readerOf(transactions, first, createOpReader(deps.db));
  let indexed = 0;
  transactions.forEach((transaction, at) => {
    const within = withinOf(transaction, parts);
    transaction.ops.forEach((op, pos) => {
      const stamp: Stamp = [op.h, d];
      const aside = { scope, dev, txn: first + at, pos, within, op };
      // All of them are there: they are merged as if they had come one by one.
      if (unread.has(op.table)) return deferred.keep(aside, snapshot.sv);
      // What was replaced is not: later, nobody could tell any more what they were based on.
      heads.meet(op, stamp);
      const row =
        bringBack(work, scope, { transaction, op, stamp }, read) ??
        mergeOp(parts, work, op, placed(scope, d, op, within)) ??
        refuseNewer();
      if (row !== 'foreign')
        indexed += sql.history.run(tables.indexOf(row.layout.name), row.n, ...stamp, first + at, pos).changes;
    });
  });
  const kept = encodePayload(transactions);
  const to = (sql.lowest.get(scope, d) ?? 0) - 1;
  const from = to - kept.o.length + 1;
  const { org, sv, minsv } = snapshot;
  const { head, body, hash } = sealPayload(kept, { org, scope: snapshot.scope, dev, from, to, prev: null, sv, minsv });
  sql.page.run(scope, d, from, to, first, first + transactions.length - 1, hash, head, body, indexed);
};

/** A stream of the snapshot that goes on here: how far each of its branches is, and what that is kept by. */
type Going = { readonly idx: number; readonly entry: CutEntry };

/** Begins the branches before anything of them is merged: what two of them wrote at one moment meets as it does piece by piece. */
const beginBranches = ({ devices }: LoadDeps, branches: Branches, scope: number, cut: Snapshot['cut']): readonly Going[] =>
  [...byDevice(cut)].flatMap(([dev, entries]) => {
    const d = devices.indexOf(dev);
    const [first, ...more] = branches.readings(scope, d);
    // Ends as it does, as otherwise it would not have been taken.
    if (more.length > 0) return [];
    const hlc = Math.max(...entries.map((entry) => entry.hlc));
    return entries.flatMap((entry, at): readonly Going[] => {
      if (at === 0) return first.cursor.seq >= entry.seq ? [] : [{ idx: d, entry }];
      return [{ idx: branches.add({ scope, dev: d, hash: entry.hash, hlc }), entry }];
    });
  });

const advance = ({ deps: { db }, sql, scope }: Taking, going: readonly Going[]): void => {
  const anchors = going.map(({ idx, entry: { seq, hlc, hash } }): Anchor => {
    sql.setCursor.run(scope, idx, seq, hlc, hash);
    return { scope, dev: idx, seq, hash: hash.toString('hex') };
  });
  addAnchors(db, anchors);
};

/**
 * Call inside a transaction. What whoever made it could not read is set aside: to be tried at the end of it.
 * @param perPage runs the merging of a page with work of its own, and finishes it
 * @throws AppError `bad-file` for what cannot be taken, `newer-file` for what this build cannot read: the transaction is to be rolled back
 */
export const loadSnapshot = (deps: LoadDeps, snapshot: Snapshot, perPage: (merge: (work: Work) => void) => void): void => {
  const { db, devices, parts } = deps;
  const sql = prepare(db);
  const scope = ensureScope(db, snapshot.scope);
  const branches = createBranches(db, devices);
  checkCut(sql, deps, branches, scope, snapshot);
  const seen = db
    .prepare<[number], [number, number]>(
      `SELECT coalesce(b.dev, c.dev), max(c.hlc) FROM cursor c LEFT JOIN branches b ON b.idx = c.dev WHERE c.scope = ? GROUP BY 1`,
    )
    .raw()
    .all(scope);
  const ours = coversBy(new Map(seen));
  const told = readHeads(snapshot.pages, devices);
  // What waits here may have replaced, or be the base of, what it has: only who could read that could tell.
  if ([...unreadOf(db, snapshot.scope)].some((table) => parts.knows(table) && !told.unread.has(table))) refuseNewer();
  const reached = [...byDevice(snapshot.cut)].map(
    ([dev, entries]) => [devices.indexOf(dev), Math.max(...entries.map(({ hlc }) => hlc))] as const,
  );
  const theirs = coversBy(new Map(reached));
  const heads = createSnapshotHeads({
    db,
    scope,
    heads: parts.heads,
    find: parts.rows.find,
    theirs: { ...told, covers: theirs },
    ours,
  });
  const taking: Taking = { deps, sql, snapshot, scope, ours, theirs, heads, unread: told.unread };
  const going = beginBranches(deps, branches, scope, snapshot.cut);
  for (const bytes of snapshot.pages) {
    const page = decodePage(bytes);
    if (typeof page === 'string') return refuse(page);
    if (!isHeads(page)) perPage((work) => takePage(taking, work, page.dev, page.payload));
  }
  heads.end();
  advance(taking, going);
};
