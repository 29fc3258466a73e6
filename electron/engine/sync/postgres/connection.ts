/**
 * One connection with a PostgreSQL server, made when it is needed and let go when it was idle for a while. Always TLS with a
 * checked certificate, always SCRAM; every wait has an end, and what broke off is asked once more on a new connection.
 */
import type { EventEmitter } from 'node:events';
import pg from 'pg';
import { AppError } from '../../../../shared/contract/define.ts';
import type { PostgresAddress } from './address.ts';
import { explainPostgres, isPassing } from './explain.ts';

const CONNECT_MS = 10_000;
const QUERY_MS = 30_000;
const IDLE_MS = 60_000;

export type Row = Readonly<Record<string, unknown>>;
export type Ask = (text: string, values?: readonly unknown[]) => Promise<readonly Row[]>;

export type ConnectionOptions = {
  readonly address: PostgresAddress;
  /** Both are asked for at each connection. The bytes of the certificate to descend from; null: those this computer trusts. */
  readonly ca: () => Uint8Array | null;
  readonly password: () => string;
  /** Asked once on each new connection, before anything else. */
  readonly greet?: (ask: Ask) => Promise<void>;
};

type Live = { readonly client: pg.Client; readonly ask: Ask };

/**
 * A server that asks for the password itself, or for a weak hash of it, does not get it. One that asks for none lets in whoever says
 * a name, and has not shown that it knows the password either.
 */
const insistOnScram = (client: pg.Client, password: string) => {
  let [isWeak, isAgreed] = [false, false];
  const { connection } = client as unknown as { connection: EventEmitter };
  for (const kind of ['authenticationCleartextPassword', 'authenticationMD5Password'])
    connection.prependListener(kind, () => {
      isWeak = true;
    });
  connection.prependListener('authenticationSASLFinal', () => {
    isAgreed = true;
  });
  return {
    give: (): string => {
      if (isWeak) throw new Error('No SCRAM');
      return password;
    },
    /** Once connected. @throws AppError `denied` */
    refuseOpen: (): void => {
      if (isAgreed) return;
      throw new AppError(
        'denied',
        `${client.host} lets in ${client.user ?? 'anybody'} without asking for a password. Nothing was sent: its pg_hba.conf needs scram-sha-256 in the line that lets people in, where it has trust, cert, peer or the like.`,
      );
    },
  };
};

const makeClient = ({ address, ca, password }: ConnectionOptions) => {
  const { host, port, user, database } = address;
  const [authority, secret] = [ca(), password()];
  let give = (): string => '';
  const client = new pg.Client({
    host,
    port,
    user,
    database,
    ssl: { rejectUnauthorized: true, ...(authority !== null && { ca: Buffer.from(authority) }) },
    password: () => give(),
    application_name: 'account workbench',
    enableChannelBinding: true,
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
  });
  const scram = insistOnScram(client, secret);
  ({ give } = scram);
  return { client, refuseOpen: scram.refuseOpen };
};

const destroy = (client: pg.Client): void => {
  const { connection } = client as unknown as { connection: { readonly stream: { destroy(): void } } };
  connection.stream.destroy();
};

type Heard = { readonly onLost: (client: pg.Client) => void; readonly onNews: () => void };

/** Connects and greets; whatever fails on the way, nothing stays open. */
const openSession = async (options: ConnectionOptions, { onLost, onNews }: Heard): Promise<Live> => {
  const { client, refuseOpen } = makeClient(options);
  // Whatever breaks off between two questions is found again at the next one.
  client.on('error', () => onLost(client));
  client.on('notification', ({ processId }) => {
    const own = (client as unknown as { readonly processID: number | null }).processID;
    if (processId !== own) onNews();
  });
  const ask: Ask = async (text, values = []) => {
    const { rows } = await client.query<Record<string, unknown>>(text, [...values]);
    return rows;
  };
  try {
    await client.connect();
    refuseOpen();
    await options.greet?.(ask);
  } catch (error) {
    destroy(client);
    throw error;
  }
  return { client, ask };
};

/** The server said no and listens on; after a fatal no it has gone. */
const isAnswer = (error: unknown): boolean =>
  error instanceof AppError || (error instanceof pg.DatabaseError && error.severity !== 'FATAL' && error.severity !== 'PANIC');

const wholly = async <T>(ask: Ask, work: (ask: Ask) => Promise<T>): Promise<T> => {
  await ask('BEGIN');
  try {
    const result = await work(ask);
    await ask('COMMIT');
    return result;
  } catch (error) {
    await ask('ROLLBACK').catch(() => undefined);
    throw error;
  }
};

export const createConnection = (options: ConnectionOptions) => {
  const { address } = options;
  let live: Live | null = null;
  /** Two that ask at once share the connection that is being made. */
  let making: Promise<Live> | null = null;
  let idle: NodeJS.Timeout | undefined;
  const listeners = new Set<() => void>();

  const drop = (): void => {
    clearTimeout(idle);
    const gone = live;
    live = null;
    if (gone !== null) destroy(gone.client);
  };
  const restIdle = (): void => {
    clearTimeout(idle);
    idle = setTimeout(() => (listeners.size > 0 ? restIdle() : drop()), IDLE_MS);
    idle.unref();
  };
  const connect = async (): Promise<Live> => {
    const made = await openSession(options, {
      onLost: (client) => {
        if (live?.client === client) drop();
      },
      onNews: () => listeners.forEach((tell) => tell()),
    });
    live = made;
    return made;
  };

  /** @throws AppError in words; see explain.ts */
  const run = async <T>(work: (ask: Ask) => Promise<T>): Promise<T> => {
    for (let mayTryAgain = true; ; mayTryAgain = false) {
      try {
        const { ask } = live ?? (await (making ??= connect().finally(() => (making = null))));
        const result = await work(ask);
        restIdle();
        return result;
      } catch (error) {
        // Anything but an answer may come late, to another question.
        if (!isAnswer(error)) drop();
        if (!mayTryAgain || !isPassing(error)) throw explainPostgres(error, address);
      }
    }
  };
  return {
    run,
    /** All of it or nothing. */
    transaction: <T>(work: (ask: Ask) => Promise<T>): Promise<T> => run((ask) => wholly(ask, work)),
    /** Calls back at each notification of others, until the returned function is called. A hint: none may come. */
    listen: (tell: () => void): (() => void) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    close: drop,
  };
};
