/**
 * A PostgreSQL of a test's own: from the system's programs, in a temporary folder, on loopback and a free port, by a user who
 * is not root, with TLS and SCRAM only. It is ended by its own process id.
 */
import { execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { findPostgres } from './find.mjs';

const run = promisify(execFile);
const START_MS = 30_000;
const END_MS = 10_000;
/** `nobody`, everywhere: a server refuses to run as root. */
const NOBODY = 65_534;

export type TestServer = {
  readonly port: number;
  /** Certificate it must be checked by, and one of another authority. */
  readonly ca: string;
  readonly otherCa: string;
  readonly admin: { readonly user: string; readonly password: string };
  /** Runs statements as its administrator. */
  query(...statements: readonly string[]): Promise<void>;
  /** For the address: `?sslrootcert=`. */
  urlOf(user: string, database?: string): string;
  stop(): Promise<void>;
};

const freePort = async (): Promise<number> => {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No port');
  return address.port;
};

const certificate = (folder: string, name: string): Promise<unknown> =>
  run('openssl', [
    ...['req', '-new', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
    ...['-out', path.join(folder, `${name}.crt`), '-keyout', path.join(folder, `${name}.key`)],
  ]);

/** `open`: a role that the server lets in without a password, as a mistaken line does. */
const hba = (who: string): string =>
  `local all all reject\nhostssl all open ${who} trust\nhostssl all all ${who} scram-sha-256\nhost all all ${who} reject\n`;

const isReady = async (child: ReturnType<typeof spawn>): Promise<void> => {
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`PostgreSQL did not start: ${said}`)), START_MS);
    child.once('exit', () => reject(new Error(`PostgreSQL ended: ${said}`)));
    child.stderr?.on('data', (part: Buffer) => {
      said = (said + part.toString()).slice(-4000);
      if (!said.includes('ready to accept connections')) return;
      clearTimeout(timer);
      resolve();
    });
  });
};

const ended = async (child: ReturnType<typeof spawn>): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  // A fast shutdown: sessions are ended, not waited for.
  child.kill('SIGINT');
  const timer = setTimeout(() => child.kill('SIGKILL'), END_MS);
  await gone;
  clearTimeout(timer);
};

const hasOpenssl = (): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

/** Why there can be no server here; null when there can. */
export const whyNoPostgres = (): string | null => {
  if (process.platform === 'win32') return 'the server of the tests is not started on Windows';
  if (findPostgres(process) === null) return 'there is no PostgreSQL here: sudo apt-get install postgresql';
  if (!hasOpenssl()) return 'there is no openssl here: sudo apt-get install openssl';
  return null;
};

export const startPostgres = async (): Promise<TestServer> => {
  const bin = findPostgres(process);
  if (bin === null) throw new Error('No PostgreSQL');
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbench-postgres-'));
  const data = path.join(folder, 'data');
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: NOBODY, gid: NOBODY, cwd: folder } : { cwd: folder };
  const password = randomBytes(12).toString('hex');
  await Promise.all([certificate(folder, 'server'), certificate(folder, 'other')]);
  fs.writeFileSync(path.join(folder, 'password'), password, { mode: 0o600 });
  if (isRoot)
    for (const name of ['', 'password', 'server.key', 'server.crt']) fs.chownSync(path.join(folder, name), NOBODY, NOBODY);
  fs.chmodSync(folder, 0o755);
  const init = ['-D', data, '-U', 'boss', '-A', 'scram-sha-256', '--pwfile', path.join(folder, 'password')];
  await run(path.join(bin, 'initdb'), [...init, '--no-sync', '--encoding=UTF8', '--no-locale'], { ...as, timeout: START_MS });
  fs.writeFileSync(path.join(data, 'pg_hba.conf'), hba('127.0.0.1/32'));
  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    ssl: 'on',
    ssl_cert_file: path.join(folder, 'server.crt'),
    ssl_key_file: path.join(folder, 'server.key'),
    password_encryption: 'scram-sha-256',
    fsync: 'off',
    shared_buffers: '16MB',
    max_connections: '40',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(path.join(bin, 'postgres'), ['-D', data, ...options], { ...as, stdio: ['ignore', 'ignore', 'pipe'] });
  const stop = async (): Promise<void> => {
    await ended(child);
    fs.rmSync(folder, { recursive: true, force: true });
  };
  try {
    await isReady(child);
  } catch (error) {
    await stop();
    throw error;
  }
  const ca = path.join(folder, 'server.crt');
  const admin = { user: 'boss', password };
  const query = async (...statements: readonly string[]): Promise<void> => {
    const client = new pg.Client({ host: 'localhost', port, database: 'postgres', ssl: { ca: fs.readFileSync(ca) }, ...admin });
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    port,
    ca,
    otherCa: path.join(folder, 'other.crt'),
    admin,
    query,
    urlOf: (user, database = 'postgres') =>
      `postgres://${user}@localhost:${port}/${database}?sslrootcert=${encodeURIComponent(ca)}`,
    stop,
  };
};
