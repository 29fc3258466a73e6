/** What every file must be, whatever happened to it: its log verifies, and all it derives from it is right. */
import { expect } from 'vitest';
import { checkFile } from '../../electron/engine/store/check/check.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import type { Replica } from './replica.ts';

/** What is wrong with it, in words. */
export const faultsOf = async (one: Replica): Promise<readonly string[]> => {
  const db = openReader(one.file);
  try {
    const { faults } = await checkFile(db, { full: true }, () => Promise.resolve());
    return [...one.look(verifyLog), ...faults.map((fault) => JSON.stringify(fault))];
  } finally {
    db.close();
  }
};

export const expectWhole = async (one: Replica): Promise<void> => expect(await faultsOf(one)).toEqual([]);
