/** Passwords of hubs: they come in a file, and are kept where this computer keeps secrets once they have opened one. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/contract/define.ts';
import type { EngineEnv } from '../../env.ts';
import { hasKeyFile, readKeyFile } from '../../files/key-file.ts';
import type { Secret } from '../../secrets/secrets.ts';
import type { PostgresAddress } from '../../sync/postgres/address.ts';

/** Whose password it is; the certificate that is trusted has no part in that. */
const secretOf = (db: string, { user, host, port, database }: PostgresAddress): Secret => {
  const whose = createHash('sha256').update(JSON.stringify([user, host, port, database]));
  return { id: `password-${whose.digest('hex').slice(0, 32)}`, path: `${db}.kept-password` };
};

export const createPasswords = ({ db, secrets, log }: Pick<EngineEnv, 'db' | 'secrets' | 'log'>) => {
  const fileOf = (file: string | null): string => file ?? `${db}.password`;
  return {
    /**
     * @param file a full path; null: beside the database file
     * @throws AppError `not-found` where there is neither file nor kept password, `bad-file`, `locked`
     */
    read(file: string | null, address: PostgresAddress): string {
      const path = fileOf(file);
      if (hasKeyFile(path)) {
        const password = readKeyFile(path).trim();
        if (password !== '') return password;
        throw new AppError(
          'bad-file',
          `The file with the password of ${address.user} is empty: ${path}. Write the password into it.`,
          {
            path,
          },
        );
      }
      const kept = secrets.place === 'files' ? null : secrets.get(secretOf(db, address));
      if (kept !== null) return kept;
      throw new AppError(
        'not-found',
        `There is no file with the password of ${address.user}: ${path}. Put it there for yourself alone (chmod 600), or name its file by --password.`,
        { path },
      );
    },
    /**
     * Takes a password out of its file, where this computer has a key store.
     * @returns the file that is needed no more; null where one still is, or never was
     */
    keep(file: string | null, address: PostgresAddress): string | null {
      const path = fileOf(file);
      if (secrets.place === 'files' || !hasKeyFile(path)) return null;
      try {
        const [secret, text] = [secretOf(db, address), readKeyFile(path).trim()];
        if (secrets.get(secret) !== text) secrets.put(secret, text);
        return path;
      } catch (error) {
        log('warn', 'The password of a hub stays in its file', { error: String(error) });
        return null;
      }
    },
  };
};
