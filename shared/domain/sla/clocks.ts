/**
 * The four clocks of a case (L2, L3): one pure function of what happened, what was agreed, the calendar in it, and now.
 * Nothing is counted up and kept, so every device that knows the same events has the same due times.
 */
import { readStory, type Story } from './story.ts';
import { clockKeys, type CaseEvent, type Clock, type ClockKey, type Pause, type Terms } from './types.ts';
import { createWorkTime, type Calendar, type WorkTime } from './work-time.ts';

const MINUTE = 60_000;

/** Working time by calendar, kept for as long as the calendar is. */
const known = new WeakMap<Calendar, WorkTime>();

export const workTimeOf = (calendar: Calendar): WorkTime => {
  const kept = known.get(calendar) ?? createWorkTime(calendar);
  known.set(calendar, kept);
  return kept;
};

type Run = {
  readonly start: number;
  readonly end: number | null;
  readonly pauses: readonly Pause[];
  /** Ends without being judged. */
  readonly isVoid?: boolean;
};

/** Pauses in order and apart; what they have in common is given back once. */
const apart = (pauses: readonly Pause[]): readonly Pause[] => {
  const joined: Pause[] = [];
  for (const pause of pauses.toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    const until = last === undefined ? -Infinity : (last.to ?? Infinity);
    const from = Math.max(pause.from, until);
    if (from < (pause.to ?? Infinity)) joined.push({ ...pause, from });
  }
  return joined;
};

/** When the target is used up: working time since the start, without the pauses. Null while a pause keeps it open. */
export const dueAfter = (time: WorkTime, start: number, work: number, pauses: readonly Pause[]): number | null => {
  let [at, left] = [start, work];
  for (const pause of pauses) {
    if (pause.to !== null && pause.to <= at) continue;
    const before = time.between(at, pause.from);
    if (before >= left) return time.after(at, left);
    left -= before;
    if (pause.to === null) return null;
    at = Math.max(at, pause.to);
  }
  return time.after(at, left);
};

/** Working time between two moments, without the pauses. */
export const workWithout = (time: WorkTime, from: number, to: number, pauses: readonly Pause[]): number =>
  time.between(from, to) -
  pauses.reduce((sum, pause) => sum + time.between(Math.max(pause.from, from), Math.min(pause.to ?? to, to)), 0);

/** What counts for the clock of the resolution, by what a reopened case makes of the time it was resolved (L8). */
const resolveRun = (story: Story, start: number, { reopen }: Terms): Run => {
  const { waits, resolutions } = story;
  if (reopen === 'stay_met') return { start, end: resolutions[0]?.from ?? null, pauses: waits };
  const last = resolutions.at(-1);
  const end = last !== undefined && last.to === null ? last.from : null;
  const between = reopen === 'continue' ? resolutions.filter(({ to }) => to !== null) : [];
  return { start, end, pauses: [...waits, ...between.map(({ from, to }) => ({ from, to, why: 'Resolved' }))] };
};

const runOf = (key: ClockKey, story: Story, terms: Terms): Run | null => {
  const { start, asked, waits } = story;
  if (start === null) return null;
  const pauses = terms.pausesResponse ? waits : [];
  switch (key) {
    case 'acknowledge':
      return { start, end: story.acknowledged, pauses };
    case 'respond':
      return { start, end: story.responded, pauses };
    case 'update':
      return asked === null ? null : { start: asked.at, end: asked.answered, pauses: waits };
    case 'resolve':
      return resolveRun(story, start, terms);
  }
};

/** A case that was merged into another runs there: what still ran here stops (L9). */
const orMerged = (run: Run, { merged }: Story): Run =>
  merged === null || (run.end !== null && run.end <= merged) ? run : { ...run, end: merged, isVoid: true };

const empty = (key: ClockKey, target: number | null): Clock => ({
  key,
  state: 'none',
  start: null,
  target,
  due: null,
  end: null,
  left: null,
  counted: 0,
  pauses: [],
  byHand: null,
});

const stateOf = ({ end, isVoid }: Run, due: number | null, isPaused: boolean): Clock['state'] => {
  if (isVoid === true) return 'stopped';
  if (end !== null) return due === null || end <= due ? 'met' : 'missed';
  return isPaused ? 'paused' : 'running';
};

const readClock = (key: ClockKey, story: Story, terms: Terms, now: number): Clock => {
  const target = terms.targets[key];
  const run = runOf(key, story, terms);
  if (target === null || run === null || terms.calendar === null) return empty(key, target);
  const { start, end, ...rest } = orMerged(run, story);
  const time = workTimeOf(terms.calendar);
  const pauses = apart(rest.pauses.filter(({ to }) => to === null || to > start));
  const upTo = end ?? Math.max(now, start);
  const work = target * MINUTE;
  const counted = workWithout(time, start, upTo, pauses);
  const hand = story.byHand[key];
  const due = hand?.due ?? dueAfter(time, start, work, pauses);
  // A pause moves only what is still open: a due time that stands, by hand or because it had passed, is not waited for.
  const isPaused = due === null && pauses.at(-1)?.to === null;
  const hasPause = due === null || (hand === undefined && upTo <= due);
  const left = hasPause ? work - counted : time.between(upTo, due) - time.between(due, upTo);
  const state = stateOf({ ...rest, start, end, pauses }, due, isPaused);
  return { key, state, start, target, due, end, left, counted, pauses, byHand: hand?.reason ?? null };
};

export type Clocks = {
  readonly story: Story;
  readonly clocks: Readonly<Record<ClockKey, Clock>>;
  /** Why there is no SLA, in words; null where there is one. */
  readonly none: string | null;
};

const whyNone = ({ start, terms }: Story): string | null => {
  if (start === null) return 'The case was never opened.';
  if (terms === null) return 'No policy applies to it, and there is no default policy.';
  if (terms.calendar === null) return `The policy ${terms.policy} has no calendar that can be used.`;
  if (!terms.calendar.week.some((spans) => spans.length > 0)) return `The calendar ${terms.calendar.name} is never open.`;
  return null;
};

/** The clocks of a case at a moment. @param now UTC milliseconds */
export const readClocks = (events: readonly CaseEvent[], now: number): Clocks => {
  const story = readStory(events);
  const { terms } = story;
  const none = whyNone(story);
  const clock = (key: ClockKey): Clock =>
    terms === null || none !== null ? empty(key, null) : readClock(key, story, terms, now);
  const [acknowledge, respond, update, resolve] = clockKeys.map(clock) as [Clock, Clock, Clock, Clock];
  return { story, none, clocks: { acknowledge, respond, update, resolve } };
};

/** The clock that runs out first; null where none runs (L7: the earliest counts, whichever it is). */
export const nextDue = ({ clocks }: Clocks): Clock | null =>
  clockKeys
    .map((key) => clocks[key])
    .filter(({ state, due }) => state === 'running' && due !== null)
    .toSorted((a, b) => (a.due ?? 0) - (b.due ?? 0))[0] ?? null;
