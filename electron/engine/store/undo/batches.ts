/**
 * Batches (DECISIONS.md 4): many transactions under one id, whole or absent. Taking a batch back, or doing it again,
 * is itself many transactions: where it stands is kept in the file, so that a start after a crash carries it on to
 * its end before anything else is shown.
 */
import type { Source } from '../api.ts';
import { createBatchSwap, firstOfSwap } from './batch-swap.ts';
import type { Swap, SwapDeps } from './batch-swap.ts';
import type { Db } from '../file/db.ts';
import { readMeta, writeMeta } from '../file/local.ts';
import type { TableIndex } from '../file/local.ts';
import type { Outcome } from './undo.ts';
import type { BatchRef, Work } from '../write/work.ts';

export type BatchInfo = BatchRef & { readonly label: string; readonly source: Source; readonly actor: string };

/** The key of `meta` under which a swap stands. */
const SWAP = 'batch-swap';
const INFO = 'SELECT idx, id, label, source, actor FROM batches';

export const createBatches = (db: Db, tables: TableIndex, deps: SwapDeps) => {
  const add = db.prepare(`INSERT INTO batches(id, label, source, actor, state, started) VALUES(?, ?, ?, ?, 'applying', ?)`);
  const byIndex = db.prepare<[number], BatchInfo>(`${INFO} WHERE idx = ?`);
  const applying = db.prepare<[], BatchInfo>(`${INFO} WHERE state = 'applying'`);
  const setState = db.prepare('UPDATE batches SET state = ?, ended = ? WHERE idx = ?');
  const swapRows = createBatchSwap(db, tables, deps);
  const readSwap = (): Swap | null => (readMeta(db, SWAP) ?? null) as Swap | null;
  return {
    add(id: string, label: string, source: Source, actor: string, at: number): BatchInfo {
      const { lastInsertRowid } = add.run(id, label, source, actor, at);
      return { idx: Number(lastInsertRowid), id, label, source, actor };
    },
    info: (batch: number): BatchInfo | undefined => byIndex.get(batch),
    /** The batch that is running, if there is one. */
    applying: (): BatchInfo | undefined => applying.get(),
    /** A swap under way, or one that a crash left half done. */
    readSwap,
    /** Starts taking a batch back or doing it again: its rows are read-only until it is finished. */
    startSwap(batch: number, to: Swap['to']): void {
      setState.run('applying', null, batch);
      writeMeta(db, SWAP, firstOfSwap(batch, to));
    },
    /** One transaction's worth of the swap under way; how many rows it took, 0 when none was left. */
    swapPage(work: Work, batch: BatchRef, outcome: Outcome): number {
      const swap = readSwap();
      const page = swap === null ? null : swapRows(work, batch, swap, outcome);
      if (page === null) return 0;
      writeMeta(db, SWAP, page[0]);
      return page[1];
    },
    /** Ends a batch or a swap. */
    finish(batch: number, state: Swap['to'], at: number): void {
      setState.run(state, at, batch);
      writeMeta(db, SWAP, null);
    },
  };
};
