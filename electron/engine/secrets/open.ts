/** Finds where this computer keeps secrets, once and when it is first asked: most files never meet a team. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { AppError } from '../../../shared/contract/define.ts';
import { hasKeyFile, readKeyFile, removeKeyFile } from '../files/key-file.ts';
import { createDpapi, powershellOf } from './dpapi.ts';
import { createFileSecrets } from './files.ts';
import { createKeychain, SECURITY } from './keychain.ts';
import { createSecretService, hasSecretService } from './secret-service.ts';
import { placeWords } from './secrets.ts';
import type { Run, Secret, Secrets } from './secrets.ts';

/** A keyring may ask the person to unlock it; whoever does not answer is asked again by a later round. */
const PATIENCE_MS = 20_000;

export const runProgram: Run = (program, args, input) => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    input,
    encoding: 'utf8',
    timeout: PATIENCE_MS,
    windowsHide: true,
  });
  return { code: status, out: stdout ?? '', err: error === undefined ? stderr : error.message };
};

const findStore = (run: Run, platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Secrets | null => {
  if (platform === 'darwin') return existsSync(SECURITY) ? createKeychain(run) : null;
  if (platform === 'win32') return existsSync(powershellOf(env)) ? createDpapi(run, powershellOf(env)) : null;
  return env['DBUS_SESSION_BUS_ADDRESS'] !== undefined && hasSecretService(run) ? createSecretService(run) : null;
};

/** What is kept is read again before anything relies on it. @throws AppError `locked` */
const keepSurely = (store: Secrets, secret: Secret, text: string): void => {
  store.put(secret, text);
  if (store.get(secret) !== text)
    throw new AppError('locked', `A secret could not be kept in ${placeWords[store.place]}. Nothing was changed.`);
};

/** A key store; what an earlier build, or a time without one, left in a file moves into it. */
export const withFiles = (store: Secrets): Secrets => {
  const put: Secrets['put'] = (secret, text) => keepSurely(store, secret, text);
  return {
    place: store.place,
    put,
    get(secret) {
      const kept = store.get(secret);
      if (kept !== null) return kept;
      if (!hasKeyFile(secret.path)) return null;
      const text = readKeyFile(secret.path).trim();
      put(secret, text);
      if (store.place !== 'dpapi') removeKeyFile(secret.path);
      return text;
    },
  };
};

/** @param choice `files`: the key store of the system is left alone */
export const openSecrets = (choice: 'system' | 'files', env: NodeJS.ProcessEnv, run: Run = runProgram): Secrets => {
  let found: Secrets | undefined;
  const find = (): Secrets => {
    const store = choice === 'files' ? null : findStore(run, process.platform, env);
    return store === null ? createFileSecrets() : withFiles(store);
  };
  const secrets = (): Secrets => (found ??= find());
  return {
    get place() {
      return secrets().place;
    },
    get: (secret) => secrets().get(secret),
    put: (secret, text) => secrets().put(secret, text),
  };
};
