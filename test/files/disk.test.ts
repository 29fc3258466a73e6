/** Why a file cannot be written, in words: a folder is named, and no code of the system. */
import { expect, test } from 'vitest';
import { writeFault } from '../../electron/engine/files/disk.ts';

const failed = (code: string) => writeFault('/srv/out/orders.csv', Object.assign(new Error(`${code}: raw words`), { code }));

test.each([
  ['ENOENT', 'There is no folder /srv/out: make it first, or choose another. Nothing was written.'],
  ['ENOTDIR', '/srv/out is no folder: choose another. Nothing was written.'],
  ['EEXIST', '/srv/out/orders.csv is no folder: choose another. Nothing was written.'],
  ['EISDIR', '/srv/out/orders.csv is a folder: name a file in it. Nothing was written.'],
  ['EACCES', 'You may not write orders.csv in the folder /srv/out: choose another. Nothing was written.'],
  ['EPERM', 'You may not write orders.csv in the folder /srv/out: choose another. Nothing was written.'],
  ['EROFS', 'You may not write orders.csv in the folder /srv/out: choose another. Nothing was written.'],
  ['ENOSPC', 'The disk of /srv/out is full: make room, or choose another. Nothing was written.'],
  ['EIO', 'Cannot write /srv/out/orders.csv: EIO: raw words'],
])('%s', (code, message) => {
  expect(failed(code)).toMatchObject({ code: 'io', message });
});
