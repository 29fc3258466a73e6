/**
 * A device whose file lies on a disk that fills up while it takes what others did. Run as a child in a small disk of its own: says
 * as JSON how it went. Of the disk, `BALLAST` is let go of once it was full, as somebody makes room.
 */
import fs from 'node:fs';
import path from 'node:path';
import { AppError } from '../../shared/contract/define.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { openReplica, TEAM } from './replica.ts';
import { ENDING } from './take-child.ts';

/** Bytes of the disk, and of what lies on it beside the file. */
export const DISK = 96 * 2 ** 20;
const BALLAST = 92 * 2 ** 20;

export type Told = {
  readonly refused: readonly string[];
  readonly taken: number;
  readonly faults: readonly string[];
  readonly hash: string;
};

const [, script = '', files = '', disk = ''] = process.argv;

if (import.meta.filename === script) {
  const author = openReplica({ number: 0, folder: files, clock: Date.now });
  const replica = openReplica({ number: 1, folder: disk, clock: Date.now });
  replica.store.sync.join(TEAM);
  const ballast = path.join(disk, 'ballast');
  fs.writeFileSync(ballast, Buffer.alloc(BALLAST));
  const refused: string[] = [];
  let taken = 0;
  for (const name of fs
    .readdirSync(files)
    .filter((one) => one.endsWith(ENDING))
    .toSorted()) {
    const segment = author.read(fs.readFileSync(path.join(files, name)));
    try {
      replica.take([segment]);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push(`${error.code} ${error.message}`);
      fs.rmSync(ballast, { force: true });
      replica.take([segment]);
    }
    taken += 1;
  }
  replica.reopen();
  const told: Told = { refused, taken, faults: replica.look(verifyLog), hash: replica.hash() };
  fs.writeSync(1, JSON.stringify(told));
  replica.close();
  author.close();
}
