/**
 * How an engine process is told what to open. One JSON text in the environment: arguments can be read by every
 * user of the machine, and a detached engine has no channel to wait on.
 */
import { randomBytes, webcrypto } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { V7Generator } from 'uuidv7';
import { z } from 'zod';
import type { EngineEnv } from './env.ts';
import { openSecrets } from './secrets/open.ts';

/** The environment variable that holds the options. */
export const OPTIONS_VARIABLE = 'WORKBENCH_ENGINE';
/** `files`: secrets stay in files of their owner, whatever key store there is. */
const SECRETS_VARIABLE = 'WORKBENCH_SECRETS';

const shape = z.strictObject({
  db: z.string().min(1),
  /** `child`: frames over the parent's IPC; `port`: Electron's utility process; `detached`: the socket alone. */
  mode: z.enum(['child', 'port', 'detached']),
  /** Who started it, in one word, for the address file. */
  host: z.enum(['electron', 'browser', 'cli']),
  /** Where a browser can open this file; null where none can. */
  url: z.string().nullable(),
  locale: z.string(),
  zone: z.string(),
  version: z.string(),
  /** A detached engine ends this long after its last client. */
  lingerMs: z.int().min(0),
  /** Parse what handlers return: for tests. */
  checkOutput: z.boolean(),
  secrets: z.enum(['system', 'files']),
});
export type EngineOptions = z.output<typeof shape>;

export const readOptions = (env: NodeJS.ProcessEnv): EngineOptions => shape.parse(JSON.parse(env[OPTIONS_VARIABLE] ?? 'null'));

/** What only this computer can say; a host gives the rest. */
export const defaultOptions = (): Pick<EngineOptions, 'locale' | 'zone' | 'lingerMs' | 'checkOutput' | 'secrets'> => {
  const { locale, timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const secrets = process.env[SECRETS_VARIABLE] === 'files' ? 'files' : 'system';
  return { locale, zone: timeZone, lingerMs: 5000, checkOutput: false, secrets };
};

/** One line of JSON on stderr: the host passes it on, a detached engine's goes to its log file. */
export const writeLog: EngineEnv['log'] = (level, text, details) => {
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), level, text, ...(details === undefined ? {} : { details }) })}\n`,
  );
};

/** UUIDv7 in order, from random numbers drawn by the thousand: an import asks for several ids per row. */
const createIds = (): (() => string) => {
  const pool = new Uint32Array(1024);
  let at = pool.length;
  const nextUint32 = (): number => {
    if (at === pool.length) {
      webcrypto.getRandomValues(pool);
      at = 0;
    }
    at += 1;
    return pool[at - 1] ?? 0;
  };
  const generator = new V7Generator({ nextUint32 });
  return () => generator.generate().toString();
};

export const createEnv = ({ db, locale, zone, version, secrets }: EngineOptions): EngineEnv => ({
  db,
  locale,
  zone,
  version,
  clock: Date.now,
  ids: createIds(),
  random: randomBytes,
  secrets: openSecrets(secrets, process.env),
  log: writeLog,
});

/**
 * The file of another program of ours, as built or as source.
 * @param from `import.meta.url` of the caller
 * @param path relative to the caller's folder, without its ending
 */
export const programPath = (from: string, path: string): string => {
  const built = fileURLToPath(new URL(`${path}.cjs`, from));
  return existsSync(built) ? built : fileURLToPath(new URL(`${path}.ts`, from));
};
