/** What the store does about a clock that is wrong, once a hub has said what time it is (SYNC.md 2.5). */
import type { Db } from '../file/db.ts';
import type { Transact } from '../write/transact.ts';
import type { WriteParts } from '../write/write-parts.ts';
import { restamp } from './restamp.ts';

export const createSyncClock = (db: Db, parts: WriteParts, transact: Transact) => {
  const { batches, device, hlc, log, streams, undoLog } = parts;
  const unsign = db.prepare('UPDATE segments SET sig = NULL WHERE hash = ? AND state = 0');
  return {
    /** The clock of this computer is so many milliseconds ahead of a hub's: what is done from now on is stamped by that one. */
    correctClock: (ahead: number): void => hlc.correct(ahead),
    /**
     * Stamps anew what nobody has and is too far ahead of a hub's clock (SYNC.md 2.5). While an import runs, another time.
     * @param now UTC milliseconds by the hub's clock
     * @returns how many changes were stamped anew; they cannot be undone step by step any more
     */
    restamp(now: number): number {
      if (batches.applying() !== undefined) return 0;
      const scopes = [streams.local, ...streams.published()].map(({ scope }) => scope);
      const changed = transact.run(() => {
        log.seal();
        return restamp(db, device, scopes, now);
      });
      if (changed === 0) return 0;
      undoLog.reload();
      log.reload();
      hlc.reset(log.lastStamp());
      return changed;
    },
    /** A hub did not take it, and nobody has it: it need not stay as it is. */
    unsign: (hash: Buffer): void => void transact.run(() => unsign.run(hash)),
  };
};
