/** Takes away of a hub in PostgreSQL what is in the oldest kept snapshot and old enough; the server notes it. */
import { compactable } from '../compaction.ts';
import type { Compacted } from '../compaction.ts';
import type { Certificate, CompactWhen } from '../hub.ts';
import type { Ask } from './connection.ts';
import { readRevocations } from './revocations.ts';
import { postgresSnapshots } from './snapshots.ts';
import { createStreams } from './streams.ts';

type Run = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

/** What is asked of the hub as its owner. */
const readingBy = (run: Run) => ({
  certificates: () =>
    run(async (ask) => {
      const rows = await ask('SELECT dev, code, key, signature FROM workbench.device WHERE signature IS NOT NULL');
      return rows as unknown as readonly Certificate[];
    }),
  revocations: () => run(readRevocations),
  ...postgresSnapshots(run),
  // A piece that cannot be read leads nowhere: what hangs on it does not go.
  ...createStreams(run, () => undefined),
});

/** @param run asks as the owner of the hub, all of it or nothing */
export const compactPostgres = async (run: Run, org: string, { before, schema }: CompactWhen): Promise<Compacted> => {
  const hub = readingBy(run);
  const scopes = await run((ask) => ask('SELECT scope FROM workbench.scope ORDER BY 1'));
  const gone: Record<string, number> = {};
  for (const scope of scopes.map((row) => String(row['scope']))) {
    const what = await compactable(hub, org, scope, schema);
    if (what === null) continue;
    // Of a stream that was written on twice somewhere else, one branch is here.
    const least = what.cut.toSorted((one, other) => other.seq - one.seq);
    const cut = JSON.stringify(Object.fromEntries(least.map(({ dev, seq }) => [dev, seq])));
    const values = [scope, cut, new Date(before).toISOString()];
    const [done] = await run((ask) => ask('SELECT workbench.compact($1, $2, $3) AS gone', values));
    gone[scope] = Number(done?.['gone'] ?? 0);
  }
  return gone;
};
