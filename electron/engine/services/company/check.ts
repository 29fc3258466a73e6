/** Checking the file on request: what is broken is a problem; what a person may want to mend is said, and is none. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import type { ReadStore } from '../../store/read/read-store.ts';

/** @param owner id of the person at this computer, whose row is no data */
export const checkQueries = (store: ReadStore, owner: () => string | null): Pick<Queries, 'check.run'> => ({
  'check.run': async ({ hash, full }, { signal, progress }) => {
    const pause = async (): Promise<void> => {
      // Also says that it is still at work: a large file takes minutes, and a call that is silent is given up.
      progress(0, null, 'Checking the file');
      await nextTurn();
      if (signal.aborted) throw new AppError('cancelled', 'The check was stopped. Nothing was changed.');
    };
    const { faults, notes } = await store.check({ full }, pause);
    progress(0, null, 'Counting records');
    const tables = store.hashes(owner(), hash);
    return { ok: faults.length === 0, tables, problems: [...faults, ...notes.map((note) => `Note: ${note}`)] };
  },
});
