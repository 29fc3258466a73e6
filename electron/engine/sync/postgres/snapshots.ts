/** Snapshots on a hub in PostgreSQL: their own tables, which a hub that was made before has once it was made ready again. */
import type { StreamName } from '../hub.ts';
import { parseSnapshot, snapshotHash } from '../snapshot-file.ts';
import type { SealedSnapshot } from '../snapshot-file.ts';
import type { Ask } from './connection.ts';
import { hasTable } from './has.ts';

type Run = <T>(work: (ask: Ask) => Promise<T>) => Promise<T>;

const NEWEST = 20;

/** Whether the hub has the tables. */
export const keepsSnapshots = (ask: Ask): Promise<boolean> => hasTable(ask, 'snapshot');

const bytesOf = (sha: string): Buffer => Buffer.from(sha, 'hex');

const newest = async (ask: Ask, scope: string): Promise<readonly string[]> => {
  const rows = await ask('SELECT hash FROM workbench.snapshot WHERE scope = $1 ORDER BY made DESC, hash LIMIT $2', [
    scope,
    NEWEST,
  ]);
  return rows.map(({ hash }) => (hash as Buffer).toString('hex'));
};

const readSnapshot = async (ask: Ask, scope: string, hash: string): Promise<SealedSnapshot | null> => {
  const values = [scope, bytesOf(hash)];
  const [row] = await ask('SELECT dev, head, sig FROM workbench.snapshot WHERE scope = $1 AND hash = $2', values);
  const snapshot = row === undefined ? null : parseSnapshot(Buffer.concat([row['head'] as Buffer, row['sig'] as Buffer]));
  return snapshot?.about.scope === scope && snapshot.about.dev === row?.['dev'] ? snapshot : null;
};

/** @param known by hash, null for what is none; kept for as long as the hub is */
export const postgresSnapshots = (run: Run, known = new Map<string, SealedSnapshot | null>()) => ({
  async snapshots(scope: string): Promise<readonly SealedSnapshot[] | null> {
    const hashes = await run(async (ask) => ((await keepsSnapshots(ask)) ? newest(ask, scope) : null));
    if (hashes === null) return null;
    // They never change, and are long: each is asked for once.
    for (const hash of hashes) if (!known.has(hash)) known.set(hash, await run((ask) => readSnapshot(ask, scope, hash)));
    return hashes.flatMap((hash) => known.get(hash) ?? []);
  },
  getPage: ({ scope, dev }: StreamName, sha: string): Promise<Buffer | null> =>
    run(async (ask) => {
      const values = [scope, dev, bytesOf(sha)];
      const [row] = await ask('SELECT body FROM workbench.page WHERE scope = $1 AND dev = $2 AND sha = $3', values);
      return row === undefined ? null : (row['body'] as Buffer);
    }),
  putPage: ({ scope, dev }: StreamName, sha: string, bytes: Buffer): Promise<void> =>
    run(async (ask) => {
      const values = [scope, dev, bytesOf(sha), bytes];
      await ask('INSERT INTO workbench.page(scope, dev, sha, body) VALUES($1, $2, $3, $4) ON CONFLICT DO NOTHING', values);
    }),
  putSnapshot: (snapshot: SealedSnapshot): Promise<void> =>
    run(async (ask) => {
      const { scope, dev } = snapshot.about;
      await ask('INSERT INTO workbench.snapshot(scope, dev, hash, head, sig) VALUES($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING', [
        scope,
        dev,
        bytesOf(snapshotHash(snapshot)),
        snapshot.head,
        snapshot.sig,
      ]);
    }),
});
