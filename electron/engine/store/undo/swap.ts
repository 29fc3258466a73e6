/**
 * Takes a batch back, or does it again, page by page; and, when a file is opened, brings to its end whatever a crash
 * left in the middle, so that nobody ever sees half of a batch.
 */
import type { Emit } from '../../env.ts';
import type { Change } from '../api.ts';
import type { Swap } from './batch-swap.ts';
import type { BatchInfo } from './batches.ts';
import type { Transact } from '../write/transact.ts';
import { newOutcome } from './undo.ts';
import type { Outcome } from './undo.ts';
import type { WriteParts } from '../write/write-parts.ts';

export type Swapper = ReturnType<typeof createSwapper>;

const toldAs = (state: 'undone' | 'done') => (state === 'undone' ? 'undo' : 'import');

/** @param keepNotice keeps a text for the person in the running transaction, until it was told */
export const createSwapper = (
  parts: WriteParts,
  transact: Transact,
  clock: () => number,
  emit: Emit,
  keepNotice: (text: string) => void,
) => {
  const { batches, undoLog, batchRows } = parts;

  /** Runs a swap that was started to its end. */
  const carryOut = (batch: BatchInfo, to: Swap['to'], change: Change, atEnd: () => void = () => undefined): Outcome => {
    const outcome = newOutcome(to === 'undone');
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
      atEnd();
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
    /** Mends what the last run left. What to tell is kept with the last of it: a kill in between loses no word. */
    recover(): void {
      const batch = batches.applying();
      if (batch === undefined) return;
      const started = batches.readSwap();
      const swap = started?.batch === batch.idx ? started : null;
      if (swap === null) transact.run(() => batches.startSwap(batch.idx, 'undone'));
      const { actor, label, source } = batch;
      const change: Change = { actor, source, label, reason: null, screen: null, window: '', silent: true };
      const text =
        swap === null || toldAs(swap.to) === 'undo'
          ? `“${label}” was interrupted and has been taken back. Nothing of it is left.`
          : `“${label}” was interrupted while it was being done again, and has been finished.`;
      carryOut(batch, swap?.to ?? 'undone', change, () => keepNotice(text));
    },
  };
};
