/** What the administrator of a team does on its hub. For the command line alone. */
import { z } from 'zod';
import { job } from './define.ts';

const path = z.string().min(1).max(4096);

/** A hub as it is named, and the file with the password for it; see `services/team/hubs.ts`. */
export const hubPlace = { hub: path, password: path.nullable().default(null) };

/** Names of folders and of rows on every hub; `devices` is a folder beside them. */
export const territory = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'takes small letters, digits and -, 40 at most, as north-east')
  .refine((name) => !['shared', 'local', 'devices'].includes(name), 'has a meaning of its own: choose another name');

const device = z.object({
  dev: z.string(),
  code: z.string(),
  role: z.string(),
  state: z.enum(['waiting', 'enrolled', 'revoked']),
});
const named = z.strictObject({ ...hubPlace, team: path, device: z.string().min(1).max(100) });

export const hub = {
  'hub.init': job(
    'Make a database of PostgreSQL the hub of a team',
    z.strictObject({ ...hubPlace, team: path, isNew: z.boolean().default(false) }),
    z.object({ org: z.string(), missing: z.array(z.string()) }),
    'cli',
  ),
  'hub.member': job(
    'Let a person in, or give other territories or a new password',
    z.strictObject({
      ...hubPlace,
      role: z.string().min(1).max(63),
      /** Null: as they are. */
      territories: z.array(territory).min(1).max(100).nullable().default(null),
      /** Null: as it is; of somebody new, and where territories are given, yes. */
      mayWrite: z.boolean().nullable().default(null),
      /** The file that is made for the new password; null: it stays as it was. */
      to: path.nullable().default(null),
    }),
    z.object({ role: z.string(), territories: z.array(z.string()), mayWrite: z.boolean() }),
    'cli',
  ),
  'hub.devices': job('The devices of a team', z.strictObject(hubPlace), z.object({ devices: z.array(device) }), 'cli'),
  'hub.enrol': job(
    'Vouch for a device that waits, whose key has the fingerprint that its person read out',
    named.extend({ fingerprint: z.string().min(1).max(40) }),
    device,
    'cli',
  ),
  'hub.revoke': job('Take a device out of the team', named, device, 'cli'),
  'hub.compact': job(
    'Take away from a hub what is more than 400 days old and in the snapshots that are kept',
    z.strictObject({ ...hubPlace, team: path }),
    z.object({
      /** Pieces of the log that went, by territory. */
      gone: z.record(z.string(), z.number().int()),
    }),
    'cli',
  ),
};
