/** What every file must be, whatever happened to it: its log verifies, and all it derives from it is right. */
import { expect } from 'vitest';
import { checkFile } from '../../electron/engine/store/check/check.ts';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import type { Replica } from './replica.ts';

export const expectWhole = async (one: Replica): Promise<void> => {
  expect(one.look(verifyLog)).toEqual([]);
  const db = openReader(one.file);
  try {
    expect((await checkFile(db, { full: true }, () => Promise.resolve())).faults).toEqual([]);
  } finally {
    db.close();
  }
};
