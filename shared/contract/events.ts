/** What the engine says unasked. Pages refetch on a gap in `seq`. */
import { z } from 'zod';
import { noticeKey } from './shapes.ts';

export const events = {
  /** Rows changed. `ids` is left out above 500; at most ten events a second. */
  changed: z.object({ seq: z.number().int(), tables: z.record(z.string(), z.object({ ids: z.array(z.string()).optional() })) }),
  /** Where a batch stands: an import or a bulk change, for every window. */
  batch: z.object({
    batch: z.string(),
    label: z.string(),
    state: z.enum(['applying', 'done', 'undone']),
    done: z.number().int(),
    total: z.number().int().nullable(),
  }),
  /** A round with the hub began or ended; how things stand is to be asked again. */
  sync: z.object({ isRunning: z.boolean() }),
  /**
   * What the person here is to be told now, each until `local.told` says it was, and how many things are overdue or due today
   * (L10). At most twenty at a time: the next come after them.
   */
  due: z.object({
    badge: z.int().nonnegative(),
    items: z
      .array(
        z.object({
          key: noticeKey,
          title: z.string().max(200),
          body: z.string().max(400),
          record: z.object({ table: z.string().max(60), id: z.string().max(60) }),
        }),
      )
      .max(20),
  }),
  /** Something a person should know: said once, politely. */
  notice: z.object({ text: z.string() }),
};
export type Events = { [K in keyof typeof events]: z.output<(typeof events)[K]> };
