/** The keys of people on a hub in PostgreSQL (SYNC.md 2.10). One that was let go of leaves its name, so that it never comes back. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { SubjectKey } from '../../store/subjects/sealed.ts';
import type { Hub } from '../hub.ts';
import type { Ask } from './connection.ts';
import { hasTable } from './has.ts';

type Run = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

/** Whether the hub has the table. */
export const keepsKeys = (ask: Ask): Promise<boolean> => hasTable(ask, 'subject_key');

const outdated = (): AppError =>
  new AppError(
    'blocked',
    'This hub was made by an earlier version and has no place for the keys of people. Its administrator makes it ready: workbench hub init. What was to be sent is kept.',
  );

export const postgresKeys = (run: Run): Pick<Hub, 'keys' | 'putKeys' | 'dropKeys'> => ({
  keys: (scope, ids) =>
    run(async (ask) => {
      if (!(await keepsKeys(ask))) return [];
      const rows = await ask(
        'SELECT id, key FROM workbench.subject_key WHERE scope = $1 AND key IS NOT NULL AND id = ANY($2::text[])',
        [scope, ids],
      );
      return rows as unknown as readonly SubjectKey[];
    }),
  putKeys: ({ scope }, keys) =>
    run(async (ask) => {
      if (!(await keepsKeys(ask))) throw outdated();
      await ask(
        `INSERT INTO workbench.subject_key(scope, id, key) SELECT $1, * FROM unnest($2::text[], $3::bytea[]) ON CONFLICT DO NOTHING`,
        [scope, keys.map(({ id }) => id), keys.map(({ key }) => key)],
      );
    }),
  dropKeys: ({ scope }, ids) =>
    run(async (ask) => {
      if (!(await keepsKeys(ask))) throw outdated();
      const left = await ask(
        `SELECT u.id FROM unnest($2::text[]) AS u(id) WHERE NOT EXISTS (
           SELECT 1 FROM workbench.subject_key k WHERE k.scope = $1 AND k.id = u.id AND k.key IS NULL)`,
        [scope, ids],
      );
      if (left.length > 0) await ask('SELECT workbench.drop_keys($1, $2)', [scope, left.map(({ id }) => id)]);
    }),
});
