/**
 * Two files under one name may write at one moment: two ops under one stamp, one on each branch of their stream. What they say
 * tells them apart, by its bytes (SYNC.md 2.1), so that whichever comes first decides nothing.
 */
import type { Db } from '../file/db.ts';
import type { TableIndex } from '../file/local.ts';
import { MOST_BRANCHES } from '../log/branches.ts';
import { decodePayload } from '../log/payload.ts';
import type { Op, Transaction } from '../log/payload.ts';
import { createPieceIndex } from '../log/piece-index.ts';
import { openSegment } from '../log/segments.ts';
import { writtenIn } from '../write/rows.ts';
import type { Row, Stamp } from '../write/rows.ts';
import { compareSaid, saidOf } from './said.ts';
import type { Within } from './transition.ts';

type Logged = { readonly transaction: Transaction; readonly op: Op };
/** `at`, `pos`: which transaction of the piece, and which op of that. */
type Piece = ReadonlyMap<number, Logged & { readonly at: number; readonly pos: number }>;

/** Pieces that are kept open: ops are looked for on each branch, one behind the other. More only while there is little in them. */
const MOST_OPEN = MOST_BRANCHES + 1;
const MOST_OPS = 20_000;

const wholeOf = ({ kind, base, cols, vals }: Op, { actor, source, batch, first }: Omit<Within, 'undoOf'>): readonly unknown[] => [
  ...[kind, base, cols, vals],
  ...[actor, source, batch, first],
];

const readPiece = (sealed: Buffer): Piece =>
  new Map(
    decodePayload(openSegment(sealed)).flatMap((transaction, at) =>
      transaction.ops.map((op, pos) => [op.h, { transaction, op, at, pos }] as const),
    ),
  );

/** Those that were asked for longest ago give way. */
const openPieces = () => {
  const open = new Map<string, Piece>();
  let ops = 0;
  const makeRoom = (): void => {
    for (const [name, { size }] of open) {
      if (open.size <= MOST_OPEN || ops <= MOST_OPS) return;
      open.delete(name);
      ops -= size;
    }
  };
  return (hash: Buffer, body: () => Buffer | undefined): Piece => {
    const name = hash.toString('hex');
    const known = open.get(name);
    const sealed = known === undefined ? body() : undefined;
    const piece: Piece = known ?? (sealed === undefined ? new Map() : readPiece(sealed));
    if (known === undefined) ops += piece.size;
    open.delete(name);
    open.set(name, piece);
    makeRoom();
    return piece;
  };
};

/** Reads the op of a stamp on each branch of a stream. */
const createBranchReader = (db: Db) => {
  const branches = db.prepare<[number, number], number>('SELECT idx FROM branches WHERE scope = ? AND dev = ?').pluck();
  const body = db
    .prepare<[number, number, number], Buffer>('SELECT body FROM segments WHERE scope = ? AND dev = ? AND from_seq = ?')
    .pluck();
  const firstOf = db
    .prepare<[number, number, number], number>('SELECT first_n FROM segments WHERE scope = ? AND dev = ? AND from_seq = ?')
    .pluck();
  const waiting = db.prepare<[number, number], { txn: number; pos: number }>(
    `SELECT json_extract(part, '$.txn') AS txn, json_extract(part, '$.pos') AS pos FROM deferred
     WHERE json_extract(part, '$.op.h') = ? AND json_extract(part, '$.dev') = (SELECT id FROM devices WHERE idx = ?)`,
  );
  const pieceOf = createPieceIndex(db);
  const openPiece = openPieces();

  /** The op of a stamp on a branch. */
  const onBranch = (scope: number, idx: number, h: number, aside: ReturnType<typeof waiting.all>): Logged | undefined => {
    const found = pieceOf(scope, idx, h);
    if (found === undefined) return undefined;
    const logged = openPiece(found.hash, () => body.get(scope, idx, found.from)).get(h);
    // What was set aside has not come yet, itself when it is tried again not either.
    const txn = logged === undefined || aside.length === 0 ? 0 : (firstOf.get(scope, idx, found.from) ?? 0) + logged.at;
    return aside.some((one) => one.txn === txn && one.pos === logged?.pos) ? undefined : logged;
  };
  return (scope: number, dev: number, h: number): readonly Logged[] => {
    const aside = waiting.all(h, dev);
    return [dev, ...branches.all(scope, dev)].flatMap((one) => onBranch(scope, one, h, aside) ?? []);
  };
};

/** Reads the ops of a stamp in what snapshots kept of a stream: on a page each stamp stands once, and those of two branches on two. */
const createPageReader = (db: Db) => {
  const pages = db.prepare<{ scope: number; dev: number; h: number }, { idx: number; hash: Buffer }>(
    `SELECT idx, hash FROM segments WHERE scope = :scope AND dev = :dev AND state = 3 AND coalesce(head ->> '$.hlc', :h) >= :h
     ORDER BY from_seq`,
  );
  const bodyOf = db.prepare<[number], Buffer>('SELECT body FROM segments WHERE idx = ?').pluck();
  const openPiece = openPieces();
  /** Their first stamps, so that those behind are not opened for every stamp. */
  const firsts = new Map<string, number>();
  return (scope: number, dev: number, h: number): readonly Logged[] =>
    pages.all({ scope, dev, h }).flatMap(({ idx, hash }) => {
      const name = hash.toString('hex');
      if ((firsts.get(name) ?? h) > h) return [];
      const piece = openPiece(hash, () => bodyOf.get(idx));
      const [first] = piece.keys();
      firsts.set(name, first ?? 0);
      return piece.get(h) ?? [];
    });
};

export type Twins = ReturnType<typeof createTwins>;

export const createTwins = (db: Db, tables: TableIndex) => {
  const isForked = db.prepare<[number], number>('SELECT 1 FROM branches WHERE dev = ? LIMIT 1').pluck();
  const takeOut = db
    .prepare<[number, number, number, number], number>(
      'DELETE FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ? RETURNING txn',
    )
    .pluck();
  const countOut = db.prepare<{ txn: number }>(
    `UPDATE segments SET indexed = coalesce(indexed, to_seq - from_seq + 1) - 1
     WHERE idx = (SELECT idx FROM segments WHERE first_n <= :txn ORDER BY first_n DESC LIMIT 1) AND last_n >= :txn`,
  );
  const known = db
    .prepare<[number, number, number, number], number>('SELECT 1 FROM history WHERE tbl = ? AND n = ? AND h = ? AND d = ?')
    .pluck();
  const read = createBranchReader(db);
  const readPages = createPageReader(db);

  const opsBy = (reader: typeof read, row: Row, [h, d]: Stamp): readonly Logged[] => {
    if (isForked.get(d) === undefined) return [];
    return reader(writtenIn(row), d, h).filter(({ op }) => op.table === row.layout.name && op.row === row.id);
  };

  /** What is in the log of a row under a stamp, where its device's stream has branches. */
  const opsOf = (row: Row, stamp: Stamp): readonly Logged[] => opsBy(read, row, stamp);

  /** What snapshots kept of it: without what was replaced by then. */
  const keptOf = (row: Row, [h, d]: Stamp): readonly Logged[] =>
    known.get(tables.indexOf(row.layout.name), row.n, h, d) === undefined ? [] : opsBy(readPages, row, [h, d]);

  const saidIn = (ops: readonly Logged[], register: string): readonly unknown[] =>
    ops.flatMap(({ op }) => {
      const said = saidOf(op, register);
      return said === undefined ? [] : [said];
    });

  const saidAt = (row: Row, register: string, stamp: Stamp): readonly unknown[] => {
    const all = saidIn([...opsOf(row, stamp), ...keptOf(row, stamp)], register);
    return all.filter((one, at) => all.findIndex((other) => compareSaid(one, other) === 0) === at);
  };

  return {
    isForked: (d: number): boolean => isForked.get(d) !== undefined,
    /** What the log says of a register under a stamp, each saying once; of a stream without branches nothing. */
    saidAt,
    /** Whether a stamp, of which something has come, is of an op that is still to come: what has come says nothing of the register. */
    isOfOther: (row: Row, register: string, stamp: Stamp): boolean =>
      opsOf(row, stamp).length > 0 && saidIn(opsOf(row, stamp), register).length === 0,
    /** The history names one op of a stamp. Call before it is to name an op: it names that one where it says most. */
    makeWay(row: Row, op: Op, [h, d]: Stamp, within: Within): void {
      const others = opsOf(row, [h, d]);
      const isMost = others.every(({ op: other, transaction }) => {
        const first = transaction.first ?? transaction.ops[0]?.h ?? 0;
        return compareSaid(wholeOf(op, within), wholeOf(other, { ...transaction, first })) > 0;
      });
      if (others.length === 0 || !isMost) return;
      const txn = takeOut.get(tables.indexOf(row.layout.name), row.n, h, d);
      if (txn !== undefined) countOut.run({ txn });
    },
  };
};

/** Where no op has a second one. */
export const NO_TWINS: Twins = { isForked: () => false, saidAt: () => [], isOfOther: () => false, makeWay: () => undefined };
