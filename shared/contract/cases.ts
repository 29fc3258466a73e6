/** Issues: what is done with them, what their clocks say and why, and how long answers took. */
import { z } from 'zod';
import { complaintSteps } from '../domain/sla/complaint.ts';
import { caseKinds, channels, rootCauses, severities, waitsOn } from '../domain/sla/kinds.ts';
import { clockKeys } from '../domain/sla/types.ts';
import { command, query } from './define.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const made = changed.extend({ id: z.string() });
const words = z.string().trim().max(5000);
const reason = z.string().trim().max(500);
/** UTC milliseconds. */
const moment = z.int().nonnegative();
/** When it happened, where that is not now (L12). */
const at = moment.nullable().default(null);
const channel = z.enum(channels.map(({ key }) => key)).default('mail');
const one = { id, screen };
const severity = z.enum(severities.map(({ key }) => key));

const clock = z.object({
  key: z.enum(clockKeys),
  state: z.enum(['none', 'running', 'paused', 'met', 'missed', 'stopped']),
  start: moment.nullable(),
  /** Minutes of working time. */
  target: z.number().int().nullable(),
  due: moment.nullable(),
  end: moment.nullable(),
  /** Working milliseconds; negative = over. */
  left: z.number().int().nullable(),
  words: z.string(),
  by_hand: z.string().nullable(),
  /** Working milliseconds that pauses gave back. */
  given_back: z.number().int(),
});

const step = z.object({
  day: z.string(),
  from: moment.nullable(),
  to: moment.nullable(),
  counts: z.enum(['work', 'pause', 'holiday']),
  note: z.string().nullable(),
  work: z.number().int(),
  sum: z.number().int(),
});

const event = z.object({
  id: z.string(),
  kind: z.string(),
  /** When it happened, as far as is known now, and when it was written down. */
  at: moment,
  recorded: moment,
  is_corrected: z.boolean(),
  by: z.string().nullable(),
  /** What it says beside its kind, in words. */
  text: z.string().nullable(),
  /** The day a pause ends, where it says one. */
  resume_on: z.string().nullable(),
  channel: z.string().nullable(),
});

const took = z.object({ calendar: z.number().int(), business: z.number().int() }).nullable();

export const cases = {
  'cases.open': command(
    'Open an issue of an account, or of an order, whose account and sum it takes over',
    z.strictObject({
      account: id.nullable().default(null),
      order: id.nullable().default(null),
      title: z.string().trim().min(1).max(300),
      kind: z.enum(caseKinds.map(({ key }) => key)).default('question'),
      severity: severity.default('sev3'),
      description: words.nullable().default(null),
      remedy: words.nullable().default(null),
      contact: id.nullable().default(null),
      /** When to come back to it, UTC ms: a task of that moment. */
      follow_up: moment.nullable().default(null),
      at,
      screen,
    }),
    made,
  ),
  'cases.assign': command(
    'Give an issue to somebody, who works on it from then on',
    z.strictObject({ ...one, person: id }),
    changed,
  ),
  'cases.acknowledge': command(
    'Note that the customer was told that we have it',
    z.strictObject({ ...one, at, channel }),
    changed,
  ),
  'cases.respond': command(
    'Note what the customer was told: the first response, and the answer to what they asked',
    z.strictObject({ ...one, note: words, at, channel }),
    changed,
  ),
  'cases.customer': command(
    'Note that the customer came back, whatever way: a pause ends, what was resolved is open again',
    z.strictObject({ ...one, note: words, at, channel, reopens: z.boolean().default(true) }),
    changed,
  ),
  'cases.pause': command(
    'Wait for the customer or others: whom, why, and until when',
    z.strictObject({ ...one, on: z.enum(waitsOn.map(({ key }) => key)), reason, resume: z.iso.date(), at }),
    changed,
  ),
  'cases.resume': command('End a pause', z.strictObject({ ...one, at, reason: reason.nullable().default(null) }), changed),
  'cases.escalate': command(
    'Raise an issue: to somebody, to another severity, with a note of why',
    z.strictObject({ ...one, person: id.nullable().default(null), severity: severity.nullable().default(null), note: words }),
    changed,
  ),
  'cases.resolve': command(
    'Resolve an issue: its cause, and what the customer was told',
    z.strictObject({ ...one, cause: z.enum(rootCauses.map(({ key }) => key)), note: words, at }),
    changed,
  ),
  'cases.reopen': command('Open an issue again', z.strictObject({ ...one, reason, at }), changed),
  'cases.close': command('Close a resolved issue', z.strictObject(one), changed),
  'cases.merge': command(
    'Merge an issue into another of the account: its clocks stop',
    z.strictObject({ ...one, into: id }),
    changed,
  ),
  'cases.setDue': command(
    'Set a due time by hand, with the reason; it sticks until it is taken back',
    z.strictObject({ ...one, clock: z.enum(clockKeys), due: moment.nullable(), reason }),
    changed,
  ),
  'cases.correct': command(
    'Say when something really happened; the time it was noted stays beside it',
    z.strictObject({ ...one, event: id, at: moment, reason }),
    changed,
  ),
  'cases.step': command(
    'Note a step of a complaint',
    z.strictObject({ ...one, step: z.enum(complaintSteps.map(({ key }) => key)), note: words.nullable().default(null) }),
    changed,
  ),
  'cases.note': command('Add a note that the customer does not see', z.strictObject({ ...one, note: words }), changed),
  'cases.recalculate': command(
    'Put every open issue under the policies and calendars as they are now; those that stay the same are left alone',
    z.strictObject({ screen }),
    changed.extend({ count: z.number().int() }),
  ),
  'sla.start': command(
    'Working hours and the four policies that the workbench ships with',
    z.strictObject({ zone: z.string().max(60).nullable().default(null), hours: z.string().max(300), screen }),
    changed,
  ),
  'cases.story': query(
    'What happened to an issue, what its clocks say, and whose turn it is',
    z.strictObject({ id }),
    z.object({
      /** Why there is no SLA; null where there is one. */
      none: z.string().nullable(),
      policy: z.string().nullable(),
      version: z.number().int().nullable(),
      calendar: z.object({ name: z.string(), zone: z.string() }).nullable(),
      clocks: z.array(clock),
      /** The step of a complaint that is next. */
      next_step: z.string().nullable(),
      /** Newest first. */
      events: z.array(event),
      /** What the targets were before, oldest first. */
      earlier: z.array(z.object({ at: moment, policy: z.string().nullable(), resolve: z.number().int().nullable() })),
    }),
  ),
  'cases.why': query(
    'Why a clock is due when it is: every stretch, what it counted as, and the sum so far',
    z.strictObject({ id, clock: z.enum(clockKeys) }),
    z.object({ steps: z.array(step) }),
  ),
  'cases.times': query(
    'How long response and resolution took, in milliseconds of the calendar year and of working time',
    z.strictObject({ calendar: id, from: z.iso.date().nullable().default(null), to: z.iso.date().nullable().default(null) }),
    z.object({
      rows: z.array(
        z.object({
          id: z.string(),
          number: z.string().nullable(),
          opened: moment,
          response: took,
          resolution: took,
          /** Times that cannot be: answered or resolved before it was opened. Counted as nothing. */
          is_impossible: z.boolean(),
        }),
      ),
    }),
  ),
  'cases.pauses': query(
    'What of the working time of open and resolved issues was waited, by owner',
    z.strictObject({}),
    z.object({
      rows: z.array(
        z.object({ owner: z.string().nullable(), issues: z.number().int(), worked: z.number().int(), waited: z.number().int() }),
      ),
    }),
  ),
  'cases.escalations': query(
    'Steps of escalation that are due: whom they are for, and when they may be told',
    z.strictObject({
      /** Only those for one person. */
      to: id.nullable().default(null),
    }),
    z.object({
      rows: z.array(
        z.object({
          /** The same on every device: what was told once is not told again. */
          key: z.string(),
          id: z.string(),
          clock: z.enum(clockKeys),
          label: z.string(),
          does: z.enum(['notify', 'reassign', 'raise', 'note']),
          at: moment,
          /** When the clock began: one that begins anew has its steps anew. */
          start: moment.nullable(),
          notice: moment.nullable(),
          to: z.string().nullable(),
          is_critical: z.boolean(),
        }),
      ),
    }),
  ),
};
