/** Meeting other devices through a hub (SYNC.md). */
import { z } from 'zod';
import { command, job, none, query } from './define.ts';
import { hubPlace, territory } from './hub.ts';
import { changed, fieldName, id, scalar, tableName } from './shapes.ts';

const path = z.string().min(1).max(4096);
const count = z.number().int();
/** UTC milliseconds. */
const instant = z.number().int();

/** What stands in the way of a hub, or is odd about it. */
const hubProblem = z.object({
  code: z.enum([
    'missing',
    'no-hub',
    'no-folder',
    'not-readable',
    'not-writable',
    'no-team',
    'no-key',
    'other-team',
    'team-there',
    'no-territory',
    'new-territory',
    'clock',
  ]),
  /** What it is and what to do about it, in words. */
  message: z.string(),
  /** Nothing can be joined until it is mended; otherwise it is only said. */
  isFatal: z.boolean(),
});

/** A value with the name of what it links to, where it does. */
const told = z.object({ value: scalar, label: z.string().nullable() });
const tableSide = z.object({ rows: count, hash: z.string() });
/** Who wrote a value where and when; null: not known here any more. */
const author = z.object({ who: z.string().nullable(), device: z.string(), at: instant });
/**
 * A move that could not be made where it stands among all: the state when its turn came, why somebody wanted it, and what
 * keeps it from being made now, in words.
 */
const tried = z.object({ meanwhile: scalar, why: z.string().nullable(), blocked: z.string().nullable() });

export const sync = {
  'sync.join': job(
    'Make this file part of a team that meets at a hub',
    z.strictObject({
      ...hubPlace,
      /** The file with the key of the team; null: the administrator of the hub is asked. */
      team: path.nullable().default(null),
      /** Make that file: a new team. */
      isNew: z.boolean().default(false),
      /** Whose accounts are worked on; null: as before, and `accounts` at first. */
      territory: territory.nullable().default(null),
      /** Other territories whose accounts are worked on here too. */
      also: z.array(territory).max(100).default([]),
    }),
    z.object({
      org: z.string(),
      device: z.string(),
      code: z.string(),
      fingerprint: z.string(),
      isWaiting: z.boolean(),
      /** The file with the password, which is in the key store of the system by now; null where it is still needed. */
      spent: z.string().nullable(),
    }),
  ),
  'sync.move': job(
    'Give an account, with all that hangs on it, to another territory that is worked on here; undo does not bring it back',
    z.strictObject({ account: id, territory }),
    z.object({
      /** What the account is called from now on. */
      account: id,
      /** Records that went along, the account among them. */
      rows: count,
    }),
  ),
  'sync.test': query(
    'Whether a hub can be used from here, and what stands in the way',
    z.strictObject({
      ...{ ...hubPlace, team: path.nullable(), isNew: z.boolean() },
      /** As `sync.join` would have them. */
      territory: territory.nullable().default(null),
      also: z.array(territory).max(100).default([]),
    }),
    z.object({ problems: z.array(hubProblem), devices: count }),
  ),
  'sync.round': job(
    'Take what others did, and give them what was done here',
    z.strictObject(hubPlace),
    z.object({
      ...{ received: count, sent: count, unsent: count, conflicts: count },
      warnings: z.array(z.string()),
      /** Those of them that something waits for, a line for each device: nothing mends them but what they say. */
      waiting: z.array(z.string()),
      /** Something waits for somebody: work of another device, this device, its person's right. */
      isHeldUp: z.boolean(),
    }),
    'cli',
  ),
  'sync.news': query(
    'Wait until a hub says that there is something new, or for so long',
    z.strictObject({ ...hubPlace, seconds: z.int().min(1).max(60) }),
    z.object({ isNews: z.boolean() }),
    'cli',
  ),
  'sync.now': command('Begin a round with the hub of this file; how it went is told by the state', none, z.object({})),
  'sync.state': query(
    'How this file stands with its team',
    none,
    z.object({
      org: z.string().nullable(),
      device: z.string(),
      /** Whose accounts are worked on: first where a new one begins. Empty before it is in a team. */
      territories: z.array(z.string()),
      /** Where it meets by itself. */
      place: z.strictObject(hubPlace).nullable(),
      /** Where the key of this device is kept, in words; null before it has one. */
      key: z.string().nullable(),
      /** Changes the hub does not have yet. */
      unsent: count,
      conflicts: count,
      /** The last round that came to its end. */
      met: z
        .object({
          ...{ at: instant, received: count, sent: count },
          warnings: z.array(z.string()),
          /** Those of them that something waits for. */
          waiting: z.array(z.string()),
        })
        .nullable(),
      /** The organisation took this device out of the team: no round comes to its end any more. */
      isOut: z.boolean(),
      /** Why no round has come to its end since. */
      failed: z.object({ since: instant, at: instant, message: z.string() }).nullable(),
    }),
  ),
  'sync.streams': query(
    'The devices of the team as they are known here, and what waits to be sent',
    none,
    z.object({
      devices: z.array(
        z.object({
          device: z.string(),
          who: z.string().nullable(),
          /** When it last changed anything that has arrived here, by its own clock. */
          at: instant,
          changes: count,
          /** Its clock was ahead of this one by so many milliseconds; null where that is no matter. */
          ahead: z.number().int().nullable(),
        }),
      ),
      waiting: z.array(z.object({ label: z.string(), who: z.string(), at: instant, changes: count })),
    }),
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
          at: instant,
          /** A move of a state that could not be made: where it began, and what the state was when its turn came. */
          move: z.object({ from: z.string(), meanwhile: z.string(), why: z.string().nullable() }).nullable(),
        }),
      ),
    }),
    'cli',
  ),
  'sync.review': query(
    'Conflicts to decide, by record and field: what stands, what was written beside it, and what each was based on',
    z.strictObject({ limit: z.int().min(1).max(1000) }),
    z.object({
      /** Of all there are to decide: `fields` may be fewer. */
      count,
      fields: z.array(
        z.object({
          table: z.string(),
          row: z.string(),
          title: z.string(),
          field: z.string(),
          isGone: z.boolean(),
          now: told.extend(author.shape),
          heads: z.array(
            told.extend({ ...author.shape, stamp: count, deviceId: z.string(), base: told.nullable(), move: tried.nullable() }),
          ),
        }),
      ),
    }),
  ),
  'sync.resolve': command(
    'Decide conflicts: keep what stands, take what was written beside it, or write something else; one undo step',
    z.strictObject({
      items: z
        .array(
          z.strictObject({
            table: tableName,
            row: z.string().min(1).max(200),
            field: z.string().min(1).max(65),
            /** Every value that was shown beside the one that stands: all are done with. */
            heads: z
              .array(z.strictObject({ stamp: z.int().min(0), device: z.string().min(1).max(80) }))
              .min(1)
              .max(100),
            choice: z.union([
              z.strictObject({ how: z.literal('keep') }),
              /** Which of the heads, by its place in the list. */
              z.strictObject({ how: z.literal('take'), head: z.int().min(0).max(99) }),
              z.strictObject({ how: z.literal('edit'), field: fieldName, text: z.string().max(1_000_000) }),
            ]),
          }),
        )
        .min(1)
        .max(1000),
    }),
    changed,
  ),
  'sync.away': query(
    'What others did that nobody here has looked at yet, by record, newest first',
    none,
    z.object({
      /** Give it to `sync.seen`. */
      upTo: count,
      changes: count,
      records: z.array(
        z.object({
          table: z.string(),
          id: z.string(),
          title: z.string(),
          who: z.string(),
          what: z.string(),
          at: instant,
          changes: count,
        }),
      ),
      /** Records that are not listed. */
      more: count,
      /** Changes that came before those that were looked through, or with a snapshot of the team. */
      older: count,
    }),
  ),
  'sync.seen': command('What others did until then has been looked at', z.strictObject({ upTo: count }), z.object({})),
  'sync.hashes': query(
    'What two replicas of a team compare: a count and a hash for each table',
    none,
    z.object({ tables: z.array(z.object({ table: z.string(), rows: count, hash: z.string() })) }),
    'cli',
  ),
  'sync.verify': query(
    'Read all that a hub has into an empty file, and compare that with this one',
    z.strictObject(hubPlace),
    z.object({
      isSame: z.boolean(),
      tables: z.array(z.object({ table: z.string(), here: tableSide, there: tableSide })),
      /** `there`: only at the hub; `both`: here and there, and not the same. */
      rows: z.array(z.object({ table: z.string(), row: z.string(), where: z.enum(['here', 'there', 'both']) })),
      /** Rows that differ and are not listed. */
      more: count,
      /** Changes of here that the hub does not have yet. */
      unsent: count,
      /** Territories of this file that the hub takes nothing of its person in. */
      unwritable: z.array(z.string()),
      /** Changes of the hub that have not been taken here yet. */
      unread: count,
      /** Changes of others that were taken here and that the hub does not have any more. */
      lacking: count,
      warnings: z.array(z.string()),
      /** Those of them that something waits for: so much of the hub could not be read, and was compared with nothing. */
      waiting: z.array(z.string()),
    }),
    'cli',
  ),
};
