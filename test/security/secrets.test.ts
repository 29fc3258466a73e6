/** Secrets where a system keeps them, by real processes that stand in for its programs; and in files where it does not. */
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { createDpapi } from '../../electron/engine/secrets/dpapi.ts';
import { createKeychain } from '../../electron/engine/secrets/keychain.ts';
import { openSecrets, runProgram, withFiles } from '../../electron/engine/secrets/open.ts';
import { createSecretService, hasSecretService } from '../../electron/engine/secrets/secret-service.ts';
import type { Run, Secrets } from '../../electron/engine/secrets/secrets.ts';
import { createHubs } from '../../electron/engine/services/team/hubs.ts';
import { deviceKeys, deviceSeed, readKeyPlace } from '../../electron/engine/services/team/team-key.ts';
import type { KeyDeps } from '../../electron/engine/services/team/team-key.ts';
import { createFileSecrets } from '../../electron/engine/secrets/files.ts';
import { fakeEnv } from '../fakes/env.ts';
import { makeTemp } from '../setup/temp.ts';
import { openTemp } from '../store/open.ts';

const PROGRAM = path.resolve(import.meta.dirname, '../fakes/key-store-program.ts');
const TEXT = `p'ä$"\`x -w y`;

/** @param mode `locked`: it does not answer; `forgetful`: it says it keeps, and does not */
const runOn =
  (folder: string, mode = 'sound'): Run =>
  (program, args, input) =>
    runProgram(process.execPath, [PROGRAM, path.join(folder, 'kept.json'), mode, program, ...args], input);

const stores = {
  keychain: (run: Run) => createKeychain(run),
  dpapi: (run: Run) => createDpapi(run, 'powershell.exe'),
  'secret-service': createSecretService,
};

const heard = (folder: string): string => {
  const { args } = JSON.parse(readFileSync(path.join(folder, 'kept.json'), 'utf8')) as { args: string[] };
  return args.join('\n');
};

describe.each(Object.entries(stores))('%s', (place, open) => {
  const secretIn = (folder: string) => ({ id: 'device-1', path: path.join(folder, 'a.db.key') });

  it('keeps what it is given, whatever characters are in it, and shows it to nobody', () => {
    const folder = makeTemp();
    const secret = secretIn(folder);
    const store = withFiles(open(runOn(folder)));
    expect(store.place).toBe(place);
    expect(store.get(secret)).toBeNull();
    for (const text of [TEXT, 'second']) {
      store.put(secret, text);
      expect(store.get(secret)).toBe(text);
      for (const form of [text, Buffer.from(text).toString('base64url'), Buffer.from(text).toString('base64')])
        expect(heard(folder)).not.toContain(form);
    }
    expect(store.get({ id: 'device-2', path: path.join(folder, 'b.db.key') })).toBeNull();
  });

  it('that is locked, or loses what it is given, says so', () => {
    const folder = makeTemp();
    const secret = secretIn(folder);
    expect(() => withFiles(open(runOn(folder, 'locked'))).put(secret, TEXT)).toThrow(expect.objectContaining({ code: 'locked' }));
    expect(() => withFiles(open(runOn(folder, 'forgetful'))).put(secret, TEXT)).toThrow(
      expect.objectContaining({ code: 'locked' }),
    );
    withFiles(open(runOn(folder))).put(secret, TEXT);
    expect(() => open(runOn(folder, 'locked')).get(secret)).toThrow(expect.objectContaining({ code: 'locked' }));
  });

  it('takes over a file that was made without it, which is plain no longer', () => {
    const folder = makeTemp();
    const secret = secretIn(folder);
    createFileSecrets().put(secret, TEXT);
    const store = withFiles(open(runOn(folder)));
    expect(store.get(secret)).toBe(TEXT);
    expect(existsSync(secret.path) ? readFileSync(secret.path, 'utf8') : '').not.toContain(TEXT);
    expect(store.get(secret)).toBe(TEXT);
  });
});

it('a keyring is there only where one answers', () => {
  expect(hasSecretService(runOn(makeTemp()))).toBe(true);
  expect(hasSecretService(runOn(makeTemp(), 'locked'))).toBe(true);
  expect(hasSecretService(() => ({ code: 1, out: '', err: 'Cannot autolaunch D-Bus without X11 $DISPLAY\n' }))).toBe(false);
  expect(hasSecretService((...of) => runProgram('no-such-program', of[1], of[2]))).toBe(false);
  expect(openSecrets('files', process.env).place).toBe('files');
});

it('a file is for its owner alone, and a key is never replaced', () => {
  const secret = { id: 'device-1', path: path.join(makeTemp(), 'a.db.key') };
  const files = createFileSecrets();
  files.put(secret, 'one');
  if (process.platform !== 'win32') expect(statSync(secret.path).mode & 0o777).toBe(0o600);
  expect(() => files.put(secret, 'two')).toThrow(expect.objectContaining({ code: 'bad-file' }));
  expect(files.get(secret)).toBe('one');
});

it('a key store that cannot be reached makes no second key of a device', () => {
  const folder = makeTemp();
  const { store, file } = openTemp();
  const depsOn = (secrets: Secrets, isRenewed = false): KeyDeps => ({
    env: { ...fakeEnv(), db: file, secrets },
    owner: { device: store.device.id, isRenewed: () => isRenewed },
    local: store.local,
  });
  const keyring = withFiles(createSecretService(runOn(folder)));
  expect(deviceSeed(depsOn(keyring)).read()).toBeNull();
  expect(readKeyPlace(store.local)).toBeNull();
  const seed = deviceSeed(depsOn(keyring)).make();
  expect(deviceSeed(depsOn(keyring)).read()).toEqual(seed);
  expect(readKeyPlace(store.local)).toBe('secret-service');
  expect(existsSync(`${file}.key`)).toBe(false);
  for (const isRenewed of [false, true])
    expect(() => deviceKeys(depsOn(createFileSecrets(), isRenewed))).toThrow(expect.objectContaining({ code: 'locked' }));
  // Another computer that has a keyring of its own: the key is lost, which is said otherwise.
  const other = withFiles(createSecretService(runOn(makeTemp())));
  expect(() => deviceKeys(depsOn(other))).toThrow(expect.objectContaining({ code: 'bad-file' }));
});

it('the password of a hub is needed in a file once', async () => {
  const folder = makeTemp();
  const db = path.join(folder, 'a.db');
  const file = path.join(folder, 'ann.password');
  writeFileSync(file, `${TEXT}\n`, { mode: 0o600 });
  const secrets = withFiles(createKeychain(runOn(folder)));
  const hubs = createHubs({ ...fakeEnv(), db, secrets, log: () => undefined });
  const place = { hub: 'postgres://ann@127.0.0.1:1/team', password: file };
  expect(hubs.keepPassword({ ...place, hub: folder })).toBeNull();
  expect(hubs.keepPassword(place)).toBe(file);
  rmSync(file);
  // Nothing listens there; it is asked with the password that is kept.
  await expect(hubs.at({ ...place, password: null }, '').org()).rejects.toMatchObject({ code: 'io' });
  await expect(hubs.at({ hub: 'postgres://bob@127.0.0.1:1/team', password: null }, '').org()).rejects.toMatchObject({
    code: 'not-found',
  });
  hubs.close();
  const plain = createHubs({ ...fakeEnv(), db, log: () => undefined });
  writeFileSync(file, 'x\n', { mode: 0o600 });
  expect(plain.keepPassword(place)).toBeNull();
});
