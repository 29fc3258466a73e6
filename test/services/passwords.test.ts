/** Where the password of a hub comes from. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createPasswords } from '../../electron/engine/services/team/passwords.ts';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { fakeEnv } from '../fakes/env.ts';
import { makeTemp } from '../setup/temp.ts';

test('an empty file with a password is called empty, before anybody is asked', () => {
  const file = path.join(makeTemp(), 'ann.password');
  const passwords = createPasswords({ ...fakeEnv(1), db: `${file}.db`, log: () => undefined });
  const read = (): string => passwords.read(file, parseAddress('postgres://ann@db.example.com/team'));
  writeFileSync(file, ' \n', { mode: 0o600 });
  expect(read).toThrow(/The file with the password of ann is empty/);
  writeFileSync(file, 'the-password\n', { mode: 0o600 });
  expect(read()).toBe('the-password');
});
