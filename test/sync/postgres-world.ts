/** A PostgreSQL of a test file, with hubs of their own on it. */
import fs from 'node:fs';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, onTestFinished } from 'vitest';
import pg from 'pg';
import { parseAddress } from '../../electron/engine/sync/postgres/address.ts';
import { createPostgresAdmin } from '../../electron/engine/sync/postgres/admin.ts';
import type { PostgresAdmin } from '../../electron/engine/sync/postgres/admin.ts';
import { createPostgresHub } from '../../electron/engine/sync/postgres/hub.ts';
import type { Hub } from '../../electron/engine/sync/hub.ts';
import { startPostgres, whyNoPostgres } from '../setup/postgres.ts';
import type { TestServer } from '../setup/postgres.ts';
import type { HubWorld } from './hub-contract.ts';
import { SIGNED_TEAM } from './team.ts';

export const why = whyNoPostgres();
if (why !== null) console.log(`The tests of the PostgreSQL hub are skipped: ${why}`);

export const passwordOf = (user: string): string => createHash('sha256').update(user).digest('hex');

type World = HubWorld & {
  readonly admin: PostgresAdmin;
  readonly database: string;
  /** What a person may do with any client, beside the workbench. */
  readonly sql: (person: number, text: string, values?: unknown[]) => Promise<pg.QueryResult>;
  readonly asBoss: (text: string, values?: unknown[]) => Promise<pg.QueryResult>;
  readonly let: (person: number, territories: readonly string[], mayWrite?: boolean) => Promise<void>;
  readonly userOf: (person: number) => string;
};

export const expectRefused = async (
  work: Promise<unknown> | undefined,
  code: string,
  says: RegExp,
  name = '',
): Promise<Error> => {
  const error = await work?.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error(`Not refused: ${name}`);
  expect({ name, code: 'code' in error ? error.code : '' }).toEqual({ name, code });
  expect(error.message).toMatch(says);
  return error;
};

/** To be called where its tests are declared. */
export const usePostgres = () => {
  let server: TestServer;
  let databases = 0;
  beforeAll(async () => {
    server = await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await server.stop();
  }, 30_000);

  const connect = async (user: string, password: string, database: string): Promise<pg.Client> => {
    const client = new pg.Client({
      host: 'localhost',
      port: server.port,
      user,
      password,
      database,
      ssl: { ca: fs.readFileSync(server.ca) },
    });
    // Tests end sessions on purpose.
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const query = async (user: string, password: string, database: string, text: string, values: unknown[] = []) => {
    const client = await connect(user, password, database);
    try {
      return values.length === 0 ? await client.query(text) : await client.query(text, values);
    } finally {
      await client.end();
    }
  };
  const hubAt = (user: string, database: string, password = passwordOf(user), clock = Date.now): Hub => {
    const address = parseAddress(server.urlOf(user, database));
    const hub = createPostgresHub({ address, ca: () => fs.readFileSync(server.ca), password: () => password, clock });
    onTestFinished(() => hub.close());
    return hub;
  };
  const adminAt = (database: string, user = server.admin.user, password = server.admin.password): PostgresAdmin => {
    const admin = createPostgresAdmin({
      address: parseAddress(server.urlOf(user, database)),
      ca: () => fs.readFileSync(server.ca),
      password: () => password,
    });
    onTestFinished(() => admin.close());
    return admin;
  };
  const makeDatabase = async (): Promise<string> => {
    const database = `team${(databases += 1)}`;
    await query(server.admin.user, server.admin.password, 'postgres', `CREATE DATABASE ${database}`);
    return database;
  };
  /** A hub of its own, with three people who work in the north. */
  const open = async (): Promise<World> => {
    const database = await makeDatabase();
    const admin = adminAt(database);
    expect(await admin.init(SIGNED_TEAM.org)).toEqual([]);
    const userOf = (person: number): string => `${database}_p${person}`;
    const letIn: World['let'] = async (person, territories, mayWrite = true) => {
      const [role, salt] = [userOf(person), Buffer.alloc(16, person)];
      await admin.member({ role, territories, mayWrite }, { text: passwordOf(role), salt, hand: () => undefined });
    };
    for (const person of [0, 1, 2]) await letIn(person, ['north']);
    return {
      admin,
      database,
      hubOf: (person) => hubAt(userOf(person), database),
      sql: (person, text, values) => query(userOf(person), passwordOf(userOf(person)), database, text, values),
      asBoss: (text, values) => query(server.admin.user, server.admin.password, database, text, values),
      let: letIn,
      userOf,
    };
  };

  return { server: (): TestServer => server, connect, query, hubAt, adminAt, makeDatabase, open };
};
