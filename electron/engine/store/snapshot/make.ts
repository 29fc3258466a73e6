/**
 * Makes the snapshot of a scope (SYNC.md 2.8): the log of all its streams without what was replaced since, as this file
 * holds it. It is read from one moment of the file, whatever is written meanwhile.
 */
import { tableNames } from '../../../../shared/model/index.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Db } from '../file/db.ts';
import { decodePayload, encodePayload } from '../log/payload.ts';
import type { Transaction } from '../log/payload.ts';
import { CUT_BYTES, openSegment } from '../log/segments.ts';
import { encodePage } from './pages.ts';
import type { HeadPlace } from './pages.ts';
import type { Knows } from '../merge/op.ts';
import { createReduce } from './reduce.ts';

/** Ops, or places, of a page. */
const PAGE = 5000;

/** How far a stream is in a snapshot: its last op, the largest stamp of it, and the hash of its last segment. */
export type CutEntry = { readonly dev: string; readonly seq: number; readonly hlc: number; readonly hash: Buffer };
/** `ops`: in the page; 0 in a list of what stands beside. */
export type MadePage = { readonly bytes: Buffer; readonly ops: number };

/** The vector of a scope, as far as this file has read it; a stream that was written on twice stands in it once for each branch. */
export const cutOf = (db: Db, scope: string): readonly CutEntry[] =>
  db
    .prepare<[string], CutEntry>(
      `SELECT v.id AS dev, c.seq, c.hlc, c.hash FROM cursor c LEFT JOIN branches b ON b.idx = c.dev
       JOIN devices v ON v.idx = coalesce(b.dev, c.dev)
       WHERE c.scope = (SELECT idx FROM scopes WHERE id = ?) AND c.seq > 0 ORDER BY 1, c.hash`,
    )
    .all(scope);

/** Whether all that was done here in a scope is in its stream, and on the hub. */
export const isGiven = (db: Db, scope: string): boolean =>
  db
    .prepare<{ scope: string }, number>(
      `SELECT 1 FROM scopes s WHERE s.id = :scope AND (EXISTS (SELECT 1 FROM outbox o WHERE o.scope = s.idx)
         OR EXISTS (SELECT 1 FROM segments g WHERE g.scope = s.idx AND g.state = 0))`,
    )
    .get({ scope }) === undefined;

/** Tables of a scope of which ops wait for a build that can read them: this one cannot tell what stands in any of them. */
export const unreadOf = (db: Db, scope: string): ReadonlySet<string> =>
  new Set(
    db
      .prepare<[string], string>(
        `SELECT DISTINCT json_extract(part, '$.op.table') AS name FROM deferred
         WHERE json_extract(part, '$.scope') = (SELECT idx FROM scopes WHERE id = ?) ORDER BY 1`,
      )
      .pluck()
      .all(scope),
  );

/**
 * Whether a snapshot of a scope can be made of this file: of a table that it cannot read, it has to have all that was ever
 * written, which it has not where it began with a snapshot itself.
 */
export const isTellable = (db: Db, scope: string, knows: Knows): boolean =>
  ![...unreadOf(db, scope)].some(knows) ||
  db.prepare('SELECT 1 FROM segments WHERE state = 3 AND scope = (SELECT idx FROM scopes WHERE id = ?)').get(scope) === undefined;

type Stored = { readonly dev: number; readonly device: string; readonly body: Buffer };

const createPiece = () => {
  let [ops, bytes, last] = [0, 0, -1];
  let device = '';
  let transactions: Transaction[] = [];
  return {
    /** Whether a transaction would have to stand on the next page. */
    isFull: (of: string, { ops: more }: Transaction, size: number): boolean =>
      ops > 0 && (device !== of || (more[0]?.h ?? 0) <= last || ops + more.length > PAGE || bytes + size > CUT_BYTES),
    add(of: string, transaction: Transaction, size: number): void {
      device = of;
      transactions.push(transaction);
      ops += transaction.ops.length;
      bytes += size;
      last = transaction.ops.at(-1)?.h ?? last;
    },
    take(): MadePage | null {
      if (ops === 0) return null;
      const page = { bytes: encodePage({ dev: device, payload: encodePayload(transactions) }), ops };
      [ops, bytes, last, transactions] = [0, 0, -1, []];
      return page;
    },
  };
};

/** Ops of a scope, inserts or all others: whoever loads them has a row before what was written into it. */
function* opPages(db: Db, scope: string, knows: Knows, isInserts: boolean): Generator<MadePage> {
  const reduce = createReduce(db, knows);
  const idxs = db
    .prepare<[string], number>(
      'SELECT idx FROM segments WHERE scope = (SELECT idx FROM scopes WHERE id = ?) ORDER BY dev, from_seq',
    )
    .pluck()
    .all(scope);
  const segment = db.prepare<[number], Stored>(
    `SELECT v.idx AS dev, v.id AS device, g.body FROM segments g LEFT JOIN branches b ON b.idx = g.dev
     JOIN devices v ON v.idx = coalesce(b.dev, g.dev) WHERE g.idx = ?`,
  );
  const piece = createPiece();
  for (const idx of idxs) {
    const stored = segment.get(idx);
    if (stored === undefined) continue;
    for (const transaction of decodePayload(openSegment(stored.body))) {
      const first = transaction.first ?? transaction.ops[0]?.h ?? 0;
      const ops = transaction.ops.flatMap((op) =>
        (op.kind === 'i') === isInserts ? (reduce(op, stored.dev, stored.device) ?? []) : [],
      );
      if (ops.length === 0) continue;
      const reduced = { ...transaction, first, ops };
      const size = Buffer.byteLength(JSON.stringify(ops));
      if (piece.isFull(stored.device, reduced, size)) {
        const page = piece.take();
        if (page !== null) yield page;
      }
      piece.add(stored.device, reduced, size);
    }
  }
  const page = piece.take();
  if (page !== null) yield page;
}

const placesOf = (db: Db, kept: 'conflict' | 'superseded', scope: string): readonly HeadPlace[] =>
  tableNames.flatMap((table) =>
    db
      .prepare<[string, string], unknown[]>(
        `SELECT k.tbl, k."row", k.col, k.h, v.id FROM ${kept} k JOIN devices v ON v.idx = k.d JOIN ${table} t ON t.id = k."row"
         WHERE k.tbl = ? AND t._scope = (SELECT idx FROM scopes WHERE id = ?) ORDER BY 2, 3, 4, 5`,
      )
      .raw()
      .all(table, scope),
  ) as unknown as readonly HeadPlace[];

/** First what stands beside registers, in as many pages as it takes and one at least; then the ops. */
export function* pagesOf(db: Db, scope: string, knows: Knows): Generator<MadePage> {
  const [conflict, seen] = [placesOf(db, 'conflict', scope), placesOf(db, 'superseded', scope)];
  const unread = unreadOf(db, scope);
  const isRead: Knows = (table): table is TableName => knows(table) && !unread.has(table);
  for (let at = 0; at === 0 || at < Math.max(conflict.length, seen.length); at += PAGE)
    yield {
      bytes: encodePage({ conflict: conflict.slice(at, at + PAGE), seen: seen.slice(at, at + PAGE), unread: [...unread] }),
      ops: 0,
    };
  yield* opPages(db, scope, isRead, true);
  yield* opPages(db, scope, isRead, false);
}
