/** Meeting other devices through a hub (SYNC.md). For the command line alone until there is a screen for it. */
import { z } from 'zod';
import { job, none, query } from './define.ts';
import { hubPlace, territory } from './hub.ts';

const path = z.string().min(1).max(4096);
const count = z.number().int();

export const sync = {
  'sync.join': job(
    'Make this file part of a team that meets at a hub',
    z.strictObject({
      ...hubPlace,
      /** The file with the key of the team; null: the administrator of the hub is asked. */
      team: path.nullable().default(null),
      /** Make that file: a new team. */
      isNew: z.boolean().default(false),
      /** Whose accounts are worked on. */
      territory: territory.default('accounts'),
    }),
    z.object({ org: z.string(), device: z.string(), code: z.string(), isWaiting: z.boolean() }),
    'cli',
  ),
  'sync.round': job(
    'Take what others did, and give them what was done here',
    z.strictObject(hubPlace),
    z.object({ received: count, sent: count, unsent: count, conflicts: count, warnings: z.array(z.string()) }),
    'cli',
  ),
  'sync.news': query(
    'Wait until a hub says that there is something new, or for so long',
    z.strictObject({ ...hubPlace, seconds: z.int().min(1).max(60) }),
    z.object({ isNews: z.boolean() }),
    'cli',
  ),
  'sync.conflicts': query(
    'Values that were written without knowing of each other',
    z.strictObject({ limit: z.int().min(0).max(10_000).default(1000) }),
    z.object({
      count,
      conflicts: z.array(
        z.object({
          table: z.string(),
          row: z.string(),
          field: z.string(),
          /** What stands, and what was written beside it, as texts. */
          kept: z.string().nullable(),
          lost: z.string().nullable(),
          device: z.string(),
          /** UTC milliseconds. */
          at: count,
        }),
      ),
    }),
    'cli',
  ),
  'sync.hashes': query(
    'What two replicas of a team compare: a count and a hash for each table',
    none,
    z.object({ tables: z.array(z.object({ table: z.string(), rows: count, hash: z.string() })) }),
    'cli',
  ),
};
