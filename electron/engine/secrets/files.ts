/** Files that their owner alone may read, where a computer has no key store: a server, a desktop without a keyring. */
import { hasKeyFile, makeKeyFile, readKeyFile } from '../files/key-file.ts';
import type { Secrets } from './secrets.ts';

export const createFileSecrets = (): Secrets => ({
  place: 'files',
  get: ({ path }) => (hasKeyFile(path) ? readKeyFile(path).trim() : null),
  put: ({ path }, text) => makeKeyFile(path, text),
});
