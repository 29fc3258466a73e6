/**
 * A hub in PostgreSQL (SYNC.md 2.6). The cursor is the same vector of streams as with a folder: no serial number and no
 * transaction id, so what commits late is never passed over. Notifications are a hint; asking again is what counts.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Certificate, Hub, HubProblem, Put } from '../hub.ts';
import type { SealedSegment } from '../segment-file.ts';
import { createConnection } from './connection.ts';
import type { Ask, ConnectionOptions } from './connection.ts';
import { stateOf } from './explain.ts';
import { tellDevice } from './gone.ts';
import { postgresKeys } from './keys.ts';
import { postgresRevocations } from './revocations.ts';
import { AHEAD, CHANNEL, FORMAT, NOBODY } from './schema.ts';
import { postgresSnapshots } from './snapshots.ts';
import { createStreams } from './streams.ts';

export type PostgresHubOptions = Omit<ConnectionOptions, 'greet'> & {
  /** UTC milliseconds. */
  readonly clock: () => number;
};

const noHub = (): AppError =>
  new AppError('blocked', 'This database is no hub of the workbench yet. Its administrator makes it one: workbench hub init.');

/** The organisation of a hub; says so when this build does not know its kind. */
const greetHub = async (ask: Ask): Promise<string> => {
  const [team] = await ask('SELECT org, format FROM workbench.team');
  if (team === undefined) throw noHub();
  if (Number(team['format']) > FORMAT)
    throw new AppError('newer-file', 'This hub was made by a later version of the workbench. Update it on this computer.');
  await ask(`LISTEN ${CHANNEL}`).catch(() => undefined);
  return String(team['org']);
};

const measureAhead = async (ask: Ask, clock: () => number): Promise<number> => {
  const began = clock();
  const [there] = await ask('SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now');
  return (began + clock()) / 2 - Number(there?.['now']);
};

/** Why the server did not let a segment in. */
const explainDenied = async (ask: Ask, { scope, dev }: SealedSegment['header']): Promise<AppError> => {
  const [device] = await ask('SELECT code, signature IS NULL AS waits, revoked FROM workbench.device WHERE dev = $1', [dev]);
  const kept = 'What was to be sent is kept.';
  if (device === undefined) return new AppError('denied', `The hub does not know this device: join it first. ${kept}`);
  if (device['revoked'] === true) return new AppError('denied', `This device was taken out of the team. ${kept}`);
  if (device['waits'] === true)
    return new AppError('denied', `The administrator has not enrolled this device (${String(device['code'])}) yet. ${kept}`);
  return new AppError('denied', `You may not write to ${scope} on this hub, or the device is another person's. ${kept}`, {
    scope,
  });
};

/** What the server answered when it did not take a segment. */
const judge = async (error: unknown, ask: Ask, header: SealedSegment['header']): Promise<Put> => {
  const state = stateOf(error);
  if (state === '23505') return 'fork';
  if (state === AHEAD) return 'clock';
  if (state === '23503')
    throw new AppError(
      'blocked',
      'The hub lacks what this device gave it before: was it restored from a backup? Nothing is lost here; the next round gives it again.',
    );
  if (state === '42501') throw await explainDenied(ask, header);
  throw error;
};

/** @param statement takes what is in a segment; it answers with a row where the segment is new there */
const putBy = async (ask: Ask, statement: string, { header, head, body, hash, sig }: SealedSegment): Promise<Put> => {
  const { scope, dev, from, to, prev } = header;
  const values = [scope, dev, from, to, prev === null ? null : Buffer.from(prev, 'hex'), hash, Buffer.from(head), body, sig];
  try {
    return (await ask(statement, values)).length === 0 ? 'dup' : 'ok';
  } catch (error) {
    return judge(error, ask, header);
  }
};

const PUT = `INSERT INTO workbench.segment(scope, dev, from_seq, to_seq, prev, hash, head, body, sig)
  VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING 1`;
const TELL = 'SELECT 1 WHERE workbench.tell_segment($1, $2, $3, $4, $5, $6, $7, $8, $9)';

/** Makes a device known, and says by which code. Of one that is known only its person changes the code. */
const addDevice = async (ask: Ask, device: Omit<Certificate, 'signature'>, signature: Buffer | null): Promise<void> => {
  const { dev, code, key } = device;
  await ask('INSERT INTO workbench.device(dev, code, key, signature) VALUES($1, $2, $3, $4) ON CONFLICT (dev) DO NOTHING', [
    dev,
    code,
    key,
    signature,
  ]);
  const [known] = await ask('SELECT key, code, role, signature IS NULL AS waits FROM workbench.device WHERE dev = $1', [dev]);
  if ((known?.['key'] as Buffer | undefined)?.equals(key) !== true)
    throw new AppError('blocked', 'The team knows this device by another key. Nothing was changed.');
  if (known?.['role'] === NOBODY) await ask('SELECT workbench.claim_device($1)', [dev]);
  if (known?.['code'] !== code || (known['waits'] === true && signature !== null))
    await ask('SELECT workbench.certify($1, $2, $3)', [dev, code, signature]);
};

const readableScopes = async (ask: Ask): Promise<readonly string[]> => {
  const [own] = await ask('SELECT workbench.my_read() AS scopes');
  return own?.['scopes'] as readonly string[];
};

const writableScopes = async (ask: Ask): Promise<readonly string[]> => {
  const [own] = await ask('SELECT workbench.my_write() AS scopes');
  return own?.['scopes'] as readonly string[];
};

export const createPostgresHub = ({ clock, ...options }: PostgresHubOptions): Hub => {
  let problems: HubProblem[] = [];
  let org = '';
  const where = options.address.host;
  const connection = createConnection({
    ...options,
    greet: async (ask) => {
      org = await greetHub(ask);
    },
  });
  const { run } = connection;
  return {
    org: async () => run(async () => org),
    scopes: () => run(readableScopes),
    writable: () => run(writableScopes),
    ahead: () => run((ask) => measureAhead(ask, clock)),
    streams: (scopes) =>
      run(async (ask) => {
        const readable = await readableScopes(ask);
        for (const scope of scopes.filter((one) => !readable.includes(one)))
          problems.push({ where, what: `you have no right to ${scope}: nothing of it is given or taken`, isHeld: true });
        // Of who asks also what is not there: a server that was brought back from a backup may have lost all of it.
        const rows = await ask(
          `SELECT scope, dev, to_seq FROM workbench.head WHERE scope = ANY($1)
           UNION ALL SELECT s.scope, d.dev, 0 FROM unnest($2::text[]) AS s(scope) CROSS JOIN unnest(workbench.my_devices()) AS d(dev)
             WHERE NOT EXISTS (SELECT 1 FROM workbench.head h WHERE h.scope = s.scope AND h.dev = d.dev)
           ORDER BY 1, 2`,
          [scopes, scopes.filter((one) => readable.includes(one))],
        );
        return rows.map(({ scope, dev, to_seq: upTo }) => ({ scope: String(scope), dev: String(dev), upTo: Number(upTo) }));
      }),
    ...createStreams(run, (problem) => problems.push(problem)),
    put: (segment) => run((ask) => putBy(ask, PUT, segment)),
    tellDevice: (certificate) => run((ask) => tellDevice(ask, certificate)),
    tellSegment: (segment) => run((ask) => putBy(ask, TELL, segment)),
    ...postgresSnapshots(run),
    ...postgresKeys(run),
    certificates: async () => {
      const rows = await run((ask) => ask('SELECT dev, code, key, signature FROM workbench.device WHERE signature IS NOT NULL'));
      return rows as unknown as readonly Certificate[];
    },
    putCertificate: ({ signature, ...device }) => run((ask) => addDevice(ask, device, signature)),
    ask: (device) => run((ask) => addDevice(ask, device, null)),
    ...postgresRevocations(run),
    listen: (tell) => connection.listen(tell),
    problems: () => {
      const found = problems;
      problems = [];
      return found;
    },
    close: connection.close,
  };
};
