/** Tasks in one line, calls and notes with what follows from them, promises, and putting off. */
import { z } from 'zod';
import { activities as activity } from '../model/activities.ts';
import { command, query } from './define.ts';
import { changed, linkLabel } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const made = changed.extend({ id: z.string() });
const line = z.string().trim().min(1).max(500);
/** `<table>/<id>`: the record something is about. */
const subject = z.string().regex(/^[a-z_]{1,40}\/[0-9a-f-]{36}$/);
const about = subject.nullable().default(null);

/** Parts of a line that stay in its words, and why. */
const unread = z.array(z.object({ text: z.string(), why: z.string() }));

export const tasks = {
  'tasks.read': query(
    'What a task typed in one line is understood as, before it is made',
    z.strictObject({ line: z.string().max(500), about }),
    z.object({
      what: z.string(),
      /** Null where none was named; without an id where it names none, or more than one. */
      account: z.object({ typed: z.string(), id: z.string().nullable(), label: linkLabel.nullable() }).nullable(),
      due: z.string().nullable(),
      time: z.string().nullable(),
      priority: z.string().nullable(),
      kind: z.string().nullable(),
      repeat: z.string().nullable(),
      unread,
    }),
  ),
  'tasks.add': command(
    'A task typed in one line: chase POD @Kestrel fri 10:00 !1',
    z.strictObject({ line, about, screen }),
    made.extend({ unread }),
  ),
  'activities.log': command(
    'Write down a call, visit, mail or note, with the next step as a task and what was promised, each in one line',
    z.strictObject({
      about: subject,
      kind: z.enum(activity.fields.kind.choices.map(({ key }) => key)),
      summary: line,
      body: z.string().max(10_000).nullable().default(null),
      next: line.nullable().default(null),
      promise: line.nullable().default(null),
      screen,
    }),
    made,
  ),
  'commitments.add': command(
    'What we promised, and by when, in one line: new lids to Harbour Foods by fri 10:00',
    z.strictObject({ line, about, screen }),
    made.extend({ unread }),
  ),
};
