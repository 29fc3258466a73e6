/** What the team said of devices that it took out, on a hub in PostgreSQL (SYNC.md 2.10): kept as it was signed, whoever brought it. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Hub, Revocation } from '../hub.ts';
import { encodeRevocation, parseRevocation } from '../revocation.ts';
import type { Ask } from './connection.ts';
import { hasFunction } from './has.ts';

type Run = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

/** Whether members can tell the hub what they know. */
export const hearsRevocations = (ask: Ask): Promise<boolean> => hasFunction(ask, 'tell_revocation');

export const readRevocations = async (ask: Ask): Promise<readonly Revocation[]> => {
  const rows = await ask('SELECT statement FROM workbench.revocation');
  return rows.flatMap(({ statement }) => parseRevocation(statement as Buffer) ?? []);
};

export const postgresRevocations = (run: Run): Pick<Hub, 'revocations' | 'putRevocation'> => ({
  revocations: () => run(readRevocations),
  putRevocation: (revocation) =>
    run(async (ask) => {
      if (!(await hearsRevocations(ask)))
        throw new AppError(
          'blocked',
          'This hub was made by an earlier version and cannot be told which devices were taken out. Its administrator makes it ready: workbench hub init.',
        );
      await ask('SELECT workbench.tell_revocation($1, $2)', [revocation.dev, encodeRevocation(revocation)]);
    }),
});
