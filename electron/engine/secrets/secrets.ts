/**
 * Where secrets are kept: the key of this device, and the password of a hub. The key store of the system where there is one,
 * and that is the same for every program of ours, as a file is opened by the desktop today and by a command line tomorrow;
 * else files that their owner alone may read. Never the database.
 */
import { AppError } from '../../../shared/contract/define.ts';

/** `keychain`: macOS, `dpapi`: Windows, `secret-service`: GNOME, KDE and others on Linux. */
export type SecretPlace = 'keychain' | 'dpapi' | 'secret-service' | 'files';

export type Secret = {
  /** Its name in a key store, for all files of this person: small letters, digits and `-`. */
  readonly id: string;
  /** The file that holds it where a place needs one. */
  readonly path: string;
};

export type Secrets = {
  readonly place: SecretPlace;
  /** Null where there is none. @throws AppError `locked` when the key store does not answer */
  get(secret: Secret): string | null;
  /** @throws AppError `locked` when the key store does not take it, `bad-file` when there is a file of that name */
  put(secret: Secret, text: string): void;
};

/** A place as a person reads it. */
export const placeWords: Readonly<Record<SecretPlace, string>> = {
  keychain: 'the Keychain of this Mac',
  dpapi: 'a file that Windows encrypts for you alone',
  'secret-service': 'the keyring of this desktop',
  files: 'a file beside this one that only you may read, as this computer offers no key store',
};

/** What a program of the system said. `code`: null when it did not run to its end. */
export type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

/** Runs a program of the system. A secret goes by its input alone: arguments are read by everybody. */
export type Run = (program: string, args: readonly string[], input: string) => Ran;

/** @throws AppError `locked` */
export const refuseSilence = (place: SecretPlace, { code, err }: Ran): never => {
  const why = err.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  throw new AppError(
    'locked',
    `What is asked for is in ${placeWords[place]}, which did not answer${why === '' ? '' : ` (${why})`}. ` +
      'Unlock it and try again; everything else goes on.',
    { code },
  );
};

/** Text of any kind in characters that no command line and no store changes. */
export const wrap = (text: string): string => Buffer.from(text).toString('base64url');
export const unwrap = (text: string): string => Buffer.from(text.trim(), 'base64url').toString();
