/**
 * Takes the segments of a folder into a file, one after another, and says that it begins and each that is taken. Run as a child and
 * killed.
 */
import { readdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { openReplica } from './replica.ts';

/** How the files are named that it takes, in their order. */
export const ENDING = '.seg';

const [, script = '', files = '', folder = ''] = process.argv;

if (import.meta.filename === script) {
  // It knows the key of whoever wrote them.
  const replica = openReplica({ number: 1, folder, clock: Date.now, keyOf: 0 });
  writeSync(1, 'begins\n');
  for (const name of readdirSync(files)
    .filter((one) => one.endsWith(ENDING))
    .toSorted()) {
    replica.take([replica.read(readFileSync(path.join(files, name)))]);
    writeSync(1, `${name}\n`);
  }
  replica.close();
}
