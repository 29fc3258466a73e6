/**
 * What an administrator does to a hub in PostgreSQL: make it, let people in, vouch for devices, take devices out. It needs a
 * role that may create roles and schemas; nothing here needs a superuser. Everything may be done twice.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import { isFingerprint } from '../../../../shared/domain/numbering.ts';
import { certify, fingerprintOf, orgOf } from '../certificate.ts';
import { deviceNamed } from '../hub.ts';
import type { HubAdmin, KnownDevice } from '../hub.ts';
import { encodeRevocation, revoke, revokedBy } from '../revocation.ts';
import { compactPostgres } from './compact.ts';
import { createConnection } from './connection.ts';
import type { Ask, ConnectionOptions } from './connection.ts';
import { hasFunction, hasTable } from './has.ts';
import { keepsKeys } from './keys.ts';
import { hearsOfGone } from './gone.ts';
import { hearsRevocations, readRevocations } from './revocations.ts';
import {
  clockSchema,
  extras,
  FORMAT,
  goneSchema,
  keySchema,
  MEMBER,
  ONCE,
  onceSchema,
  OWNER,
  schema,
  snapshotSchema,
  toldSchema,
} from './schema.ts';
import { scramVerifier } from './scram.ts';
import { keepsSnapshots } from './snapshots.ts';

const MOST_CONNECTIONS = 8;
/** A role becomes part of a statement: names that need no thought about quotes. */
const ROLE = /^[a-z][a-z0-9_]{0,62}$/;

/** `isBarred`: what it signs is refused here, and its person was shut out. */
type Stored = KnownDevice & { readonly key: Buffer; readonly isBarred: boolean };

const asOwner = (ask: Ask): Promise<unknown> => ask(`SET LOCAL ROLE ${OWNER}`);

const ensureRole = async (ask: Ask, role: string): Promise<void> => {
  const [known] = await ask('SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = $1', [role]);
  if (known === undefined) await ask(`CREATE ROLE ${role} NOLOGIN`);
};

const readOrg = async (ask: Ask): Promise<string | null> => {
  const [there] = await ask(`SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = 'workbench'`);
  if (there === undefined) return null;
  const [team] = await ask('SELECT org FROM workbench.team');
  return team === undefined ? null : String(team['org']);
};

const makeSchema = async (ask: Ask, org: string): Promise<readonly string[]> => {
  await ensureRole(ask, OWNER);
  await ensureRole(ask, MEMBER);
  await ask(`GRANT ${OWNER} TO CURRENT_USER`);
  await ask(`CREATE SCHEMA workbench AUTHORIZATION ${OWNER}`);
  await asOwner(ask);
  for (const statement of schema) await ask(statement);
  await ask('INSERT INTO workbench.team(org, format) VALUES($1, $2)', [org, FORMAT]);
  await ask(`INSERT INTO workbench.scope(scope) VALUES('shared')`);
  await upgrade(ask);
  const missing = new Set<string>();
  for (const [statement, without] of extras) {
    await ask('SAVEPOINT extra');
    try {
      await ask(statement);
      await ask('RELEASE SAVEPOINT extra');
    } catch {
      missing.add(without);
      await ask('ROLLBACK TO SAVEPOINT extra');
    }
  }
  return [...missing];
};

/** Whether the hub refuses stamps that are ahead of its clock, and bounds what it believes of them. */
const heedsClocks = (ask: Ask): Promise<boolean> => hasFunction(ask, 'latest_lift');

/** What a hub that was made by an earlier version lacks. */
const upgrade = async (ask: Ask): Promise<void> => {
  const later = [
    ...((await keepsSnapshots(ask)) ? [] : snapshotSchema),
    ...((await keepsKeys(ask)) ? [] : keySchema),
    ...((await heedsClocks(ask)) ? [] : clockSchema),
    ...((await hearsRevocations(ask)) ? [] : toldSchema),
    ...((await hasTable(ask, ONCE)) ? [] : onceSchema),
    ...((await hearsOfGone(ask)) ? [] : goneSchema),
  ];
  if (later.length === 0) return;
  await asOwner(ask);
  for (const statement of later) await ask(statement);
};

const init = async (ask: Ask, org: string): Promise<readonly string[]> => {
  const there = await readOrg(ask);
  if (there === org) {
    await upgrade(ask);
    return [];
  }
  if (there !== null) throw new AppError('conflict', 'This database is the hub of another team. Nothing was changed.');
  const [setting] = await ask('SHOW password_encryption');
  if (setting !== undefined && setting['password_encryption'] === 'md5')
    throw new AppError('blocked', 'The server keeps passwords as MD5: set password_encryption = scram-sha-256 first.');
  return makeSchema(ask, org);
};

/** `null`: as it is. */
export type Member = { readonly role: string; readonly territories: readonly string[] | null; readonly mayWrite: boolean | null };
export type Rights = { readonly territories: readonly string[]; readonly mayWrite: boolean };

/** What a person may do from now on. @throws AppError `invalid` of somebody new who is said to work nowhere */
const rightsOf = async (ask: Ask, { role, territories, mayWrite }: Member): Promise<Rights> => {
  if (territories !== null) return { territories, mayWrite: mayWrite ?? true };
  const rows = await ask('SELECT scope, can_write FROM workbench.member WHERE role = $1 ORDER BY scope', [role]);
  const own = rows.map(({ scope }) => String(scope)).filter((scope) => scope !== 'shared');
  if (own.length === 0) throw new AppError('invalid', `Say in which territories ${role} works, --territory.`);
  return { territories: own, mayWrite: mayWrite ?? rows.some((row) => row['can_write'] === true) };
};
/** A new password, and how it is handed over once the role has it. */
export type NewPassword = { readonly text: string; readonly salt: Uint8Array; readonly hand: () => void };

const setMember = async (ask: Ask, member: Member, password: NewPassword | null): Promise<Rights> => {
  const { role } = member;
  if (!ROLE.test(role) || role.startsWith('pg_') || role.startsWith('workbench_'))
    throw new AppError('invalid', `“${role}” cannot be the name of a member: small letters, digits and _, a letter first.`);
  const [known] = await ask(
    `SELECT rolsuper, rolcreaterole, pg_catalog.pg_has_role(rolname, $2, 'MEMBER') AS member FROM pg_catalog.pg_roles WHERE rolname = $1`,
    [role, MEMBER],
  );
  if (known?.['rolsuper'] === true || known?.['rolcreaterole'] === true)
    throw new AppError('conflict', `${role} administers the server; nobody works under that name.`);
  if (known !== undefined && known['member'] !== true)
    throw new AppError('conflict', `The server has a role ${role} already that is no member. Choose another name.`);
  if (known === undefined && password === null)
    throw new AppError('invalid', `${role} is new: name a file for the password by --to.`);
  if (known === undefined) {
    await ask(`CREATE ROLE ${role} NOLOGIN CONNECTION LIMIT ${MOST_CONNECTIONS}`);
    await ask(`GRANT ${MEMBER} TO ${role}`);
    await ask(`ALTER ROLE ${role} SET statement_timeout = '30s'`);
    await ask(`ALTER ROLE ${role} SET idle_in_transaction_session_timeout = '30s'`);
  }
  if (password !== null) await ask(`ALTER ROLE ${role} LOGIN PASSWORD '${scramVerifier(password.text, password.salt)}'`);
  await asOwner(ask);
  const { territories, mayWrite } = await rightsOf(ask, member);
  await ask('INSERT INTO workbench.scope(scope) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [territories]);
  await ask('DELETE FROM workbench.member WHERE role = $1', [role]);
  await ask('INSERT INTO workbench.member(role, scope, can_write) SELECT $1, unnest($2::text[]), $3', [
    role,
    ['shared', ...territories],
    mayWrite,
  ]);
  return { territories, mayWrite };
};

const listDevices = async (ask: Ask): Promise<readonly Stored[]> => {
  await asOwner(ask);
  const rows = await ask(
    `SELECT dev, code, role, key, CASE WHEN revoked THEN 'revoked' WHEN signature IS NULL THEN 'waiting' ELSE 'enrolled' END AS state,
       revoked AS "isBarred" FROM workbench.device ORDER BY asked, dev`,
  );
  // Where the team met before, it may have taken out a device that is new here.
  const out = revokedBy((await readOrg(ask)) ?? '', await readRevocations(ask));
  return (rows as unknown as readonly Stored[]).map((one) => (out.has(one.dev) ? { ...one, state: 'revoked' } : one));
};

const known = ({ dev, code, role, state }: Stored): KnownDevice => ({ dev, code, role, state });

const requireKey = async (ask: Ask, root: Uint8Array): Promise<void> => {
  if ((await readOrg(ask)) !== orgOf(root)) throw new AppError('conflict', 'The key is of another team than this hub.');
};

const enrol = async (ask: Ask, root: Uint8Array, name: string, fingerprint: string): Promise<KnownDevice> => {
  await requireKey(ask, root);
  const device = deviceNamed(await listDevices(ask), name);
  if (device.state === 'revoked') throw new AppError('blocked', `${device.code} was taken out of the team and stays out.`);
  if (!isFingerprint(fingerprint, fingerprintOf(orgOf(root), device)))
    throw new AppError(
      'conflict',
      `The key that waits as ${device.code} has another fingerprint. Have it read out again; where it stays another, somebody else asks under this name: do not enrol it.`,
    );
  const { signature } = certify(root, { dev: device.dev, code: device.code, key: device.key });
  await ask('UPDATE workbench.device SET signature = $2 WHERE dev = $1', [device.dev, signature]);
  return { ...known(device), state: 'enrolled' };
};

/** The role's password is on the device that is gone: nobody comes in by it any more. */
const bar = async (ask: Ask, role: string): Promise<void> => {
  if (ROLE.test(role)) await ask(`ALTER ROLE ${role} NOLOGIN`);
};

/** Who is in is put out; only who has the rights of a role may end its sessions. */
const endSessions = async (ask: Ask, role: string): Promise<void> => {
  if (!ROLE.test(role)) return;
  await ask(`GRANT ${role} TO CURRENT_USER`);
  await ask('SELECT pg_catalog.pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity WHERE usename = $1', [role]);
  await ask(`REVOKE ${role} FROM CURRENT_USER`);
};

/** The lock on the row of the device makes it one moment: what came before counts, and nothing comes after. */
const cut = async (ask: Ask, root: Uint8Array, { dev }: Stored): Promise<void> => {
  await asOwner(ask);
  await ask('UPDATE workbench.device SET revoked = true WHERE dev = $1', [dev]);
  // The team has said where it ends, maybe elsewhere: what is not here counts all the same.
  if (revokedBy(orgOf(root), await readRevocations(ask)).has(dev)) return;
  const heads = await ask(`SELECT scope, to_seq, encode(hash, 'hex') AS hash FROM workbench.head WHERE dev = $1`, [dev]);
  const cuts = Object.fromEntries(heads.map(({ scope, to_seq: seq }) => [String(scope), Number(seq)]));
  const at = Object.fromEntries(heads.map(({ scope, hash }) => [String(scope), [String(hash)]]));
  const statement = encodeRevocation(revoke(root, { dev, cuts, at }));
  await ask('INSERT INTO workbench.revocation(dev, statement) VALUES($1, $2) ON CONFLICT DO NOTHING', [dev, statement]);
};

type Transaction = ReturnType<typeof createConnection>['transaction'];

/**
 * Each step is committed before the next: who is barred does not come back in when put out, and who is out holds no lock that
 * the cut would wait for.
 */
const takeOut = async (transaction: Transaction, self: string, root: Uint8Array, name: string): Promise<KnownDevice> => {
  const device = await transaction(async (ask) => {
    await requireKey(ask, root);
    await upgrade(ask);
    return deviceNamed(await listDevices(ask), name);
  });
  const refusal =
    device.isBarred || device.role === self
      ? null
      : await transaction((ask) => bar(ask, device.role)).then(
          () => null,
          (error: unknown) => error,
        );
  // Where the server refuses it, what the device signs from now on is refused all the same.
  if (device.role !== self) await transaction((ask) => endSessions(ask, device.role)).catch(() => undefined);
  await transaction((ask) => cut(ask, root, device));
  if (refusal !== null) {
    const words = `${device.code} was taken out of the team. ${device.role} can still read here: whoever made that name has to shut it out.`;
    throw new AppError('denied', words, { role: device.role });
  }
  return { ...known(device), state: 'revoked' };
};

export type PostgresAdmin = HubAdmin & {
  /** The organisation the hub was made for; null where there is none yet. */
  org(): Promise<string | null>;
  /** Makes the database the hub of an organisation. Returns what this server cannot do, in words. */
  init(org: string): Promise<readonly string[]>;
  /** Lets a person in, or gives other territories or a new password. @returns what they may do now */
  member(member: Member, password: NewPassword | null): Promise<Rights>;
};

export const createPostgresAdmin = (options: ConnectionOptions): PostgresAdmin => {
  const { transaction, run, close } = createConnection(options);
  return {
    org: () => run(readOrg),
    init: (org) => transaction((ask) => init(ask, org)),
    async member(member, password) {
      const rights = await transaction((ask) => setMember(ask, member, password));
      // A password that was not committed opens nothing.
      password?.hand();
      return rights;
    },
    devices: () => transaction(async (ask) => (await listDevices(ask)).map(known)),
    enrol: (root, name, fingerprint) => transaction((ask) => enrol(ask, root, name, fingerprint)),
    revoke: (root, name) => takeOut(transaction, options.address.user, root, name),
    async compact(root, when) {
      await transaction(async (ask) => {
        await requireKey(ask, root);
        await upgrade(ask);
      });
      const asOwnerOf = <T>(work: (ask: Ask) => Promise<T>): Promise<T> =>
        transaction(async (ask) => {
          await asOwner(ask);
          return work(ask);
        });
      return compactPostgres(asOwnerOf, orgOf(root), when);
    },
    close,
  };
};
