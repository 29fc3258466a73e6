/** Today: every clock of the product in one ranked list, what was put off, and what is done. */
import { z } from 'zod';
import { bands, whys } from '../domain/today/rank.ts';
import { command, query } from './define.ts';
import { changed } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
/** `<source>/<id>`: what a clock is known by. */
const item = z.string().regex(/^[a-z_]{1,20}\/[0-9a-f-]{36}$/);

const row = z.object({
  key: z.string(),
  source: z.string(),
  why: z.enum(whys.map(({ key }) => key)),
  item: z.string(),
  account: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
  owner: z.string().nullable(),
  /** The record it is about; null where a source failed. */
  record: z.object({ table: z.string(), id: z.string() }).nullable(),
  due_on: z.string().nullable(),
  due_time: z.string().nullable(),
  /** The moment it is due, UTC milliseconds. */
  at: z.number(),
  band: z.enum(bands),
  /** Minor units. */
  money: z.number().nullable(),
  currency: z.string().nullable(),
  next: z.string(),
  snoozed_until: z.number().nullable(),
});

export const today = {
  'today.list': query(
    'Every clock that runs out by the end of the week, most at stake first; what was put off; each source that failed',
    z.strictObject({
      /** mine: of the person at the desk, and what nobody owns. */
      who: z.enum(['mine', 'all']).default('mine'),
      show: z.enum(['due', 'snoozed']).default('due'),
      /** Rows of each band; the counts are of all. */
      limit: z.int().min(1).max(1000).default(200),
    }),
    z.object({
      now: z.number(),
      today: z.string(),
      /** The last day of the week that is looked at. */
      upto: z.string(),
      counts: z.object({ overdue: z.int(), today: z.int(), week: z.int(), snoozed: z.int() }),
      rows: z.array(row),
      /** What comes after the week, where nothing is due in it. */
      next: z.object({ item: z.string(), account: z.string().nullable(), due_on: z.string() }).nullable(),
    }),
  ),
  'today.snooze': command(
    'Put rows of Today off until a time said in words: 2h, t+1, mon, mon 14:00',
    z.strictObject({ items: z.array(item).min(1).max(200), until: z.string().trim().min(1).max(60), screen }),
    changed.extend({ until: z.number() }),
  ),
  'today.wake': command('Bring back what was put off', z.strictObject({ items: z.array(item).min(1).max(200), screen }), changed),
};
