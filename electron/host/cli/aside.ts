/**
 * A file for a look: commands that write nothing must not leave a new file behind where the one named does not exist.
 * They work on one in a folder of its own, whose engine is ended and which is removed after.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findHolder, isAlive } from '../../engine/address.ts';
import type { Asked } from './usage.ts';

const POLL_MS = 20;
const PATIENCE_MS = 5000;

/** Whether a command only looks: at files beside the database or at what any database has, not into this one. */
export const onlyLooks = ({ command, values }: Asked): boolean =>
  command === 'inspect' ||
  command === 'recipes' ||
  command === 'hub' ||
  (command === 'import' && (values['dry-run'] === true || values.to !== undefined)) ||
  (command === 'query' && values.schema === true);

const ofWhatIsThere: ReadonlySet<Asked['command']> = new Set([
  'export',
  'document',
  'brief',
  'query',
  'check',
  'undo',
  'sync',
  'conflicts',
  'verify',
]);

/** Whether a command speaks of what a file holds: of a mistyped one it would say that there is nothing. */
export const needsFile = (asked: Asked): boolean => ofWhatIsThere.has(asked.command) && !onlyLooks(asked);

export type Aside = { readonly file: string; readonly remove: () => Promise<void> };

export const makeAside = (): Aside => {
  const folder = mkdtempSync(join(tmpdir(), 'account-workbench-look-'));
  const file = join(folder, 'look.db');
  return {
    file,
    remove: async () => {
      const pid = findHolder(file)?.pid;
      if (pid !== undefined) {
        process.kill(pid, 'SIGTERM');
        for (let waited = 0; isAlive(pid) && waited < PATIENCE_MS; waited += POLL_MS) await wait(POLL_MS);
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
