/**
 * Takes a batch back, or does it again, page by page; and, when a file is opened, brings to its end whatever a crash
 * left in the middle, so that nobody ever sees half of a batch.
 */
import type { Emit } from '../env.ts';
import type { Change } from './api.ts';
import type { Swap } from './batch-swap.ts';
import type { BatchInfo } from './batches.ts';
import type { Transact } from './transact.ts';
import { newOutcome } from './undo.ts';
import type { Outcome } from './undo.ts';
import type { WriteParts } from './write-parts.ts';

export type Swapper = ReturnType<typeof createSwapper>;

const toldAs = (state: 'undone' | 'done') => (state === 'undone' ? 'undo' : 'import');

export const createSwapper = (parts: WriteParts, transact: Transact, clock: () => number, emit: Emit) => {
  const { batches, undoLog, batchRows } = parts;

  /** Runs a swap that was started to its end. */
  const carryOut = (batch: BatchInfo, to: Swap['to'], change: Change): Outcome => {
    const outcome = newOutcome();
    let done = 0;
    for (let rows = -1; rows !== 0; done += rows) {
      transact.change(
        { ...change, source: to === 'undone' ? 'undo' : batch.source },
        { batch, isSwap: true },
        (work) => {
          rows = batches.swapPage(work, batch, outcome);
        },
        () => undefined,
      );
    }
    transact.run(() => {
      batches.finish(batch.idx, to, clock());
      if (to === 'undone' && !undoLog.hasBatch(batch.idx)) batchRows.forget(batch.idx);
    });
    emit('batch', { batch: batch.id, label: batch.label, state: to, done, total: done });
    return outcome;
  };

  return {
    /** @param before written in the transaction that starts the swap */
    swap(batch: BatchInfo, to: Swap['to'], change: Change, before: () => void): Outcome {
      transact.run(() => {
        before();
        batches.startSwap(batch.idx, to);
      });
      return carryOut(batch, to, change);
    },
    /** Mends what the last run left; returns what to tell the person. */
    recover(): readonly string[] {
      const notices: string[] = [];
      const batch = batches.applying();
      if (batch === undefined) return notices;
      const started = batches.readSwap();
      const swap = started?.batch === batch.idx ? started : null;
      if (swap === null) transact.run(() => batches.startSwap(batch.idx, 'undone'));
      const { actor, label, source } = batch;
      const change: Change = { actor, source, label, reason: null, screen: null, window: '', silent: true };
      carryOut(batch, swap?.to ?? 'undone', change);
      notices.push(
        swap === null || toldAs(swap.to) === 'undo'
          ? `“${label}” was interrupted and has been taken back. Nothing of it is left.`
          : `“${label}” was interrupted while it was being done again, and has been finished.`,
      );
      return notices;
    },
  };
};
