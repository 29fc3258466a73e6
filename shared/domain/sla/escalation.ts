/**
 * When somebody has to be told, and who (L10): a warning before the due time, then at it and after it. A notice waits
 * for the working hours of whoever gets it, unless the case is critical. One key per case, clock and step, so that two
 * devices send it once.
 */
import { dueAfter } from './clocks.ts';
import type { Clock, ClockKey } from './types.ts';
import type { WorkTime } from './work-time.ts';

const MINUTE = 60_000;

/** Whose turn it is: whoever has the case, or the one on duty in a role. */
export type Recipient = 'owner' | 'lead' | 'manager';
export type Deed = 'notify' | 'reassign' | 'raise' | 'note';

/** When a step is due, of working time: by a share of the target, or after the due time. */
export type Step = {
  readonly key: string;
  readonly label: string;
  readonly when:
    | { readonly percent: number; /** Or so many minutes before the due time, if that is later. */ readonly before: number }
    | { readonly minutes: number }
    | { readonly days: number };
  readonly to: Recipient;
  readonly does: Deed;
};

/** RULES 3.15: at 75 %, at 100 %, an hour and a day after. */
export const defaultSteps: readonly Step[] = [
  { key: 'warn', label: 'Warning', when: { percent: 75, before: 30 }, to: 'owner', does: 'notify' },
  { key: 'breach', label: 'Due time passed', when: { minutes: 0 }, to: 'owner', does: 'note' },
  { key: 'hour', label: 'An hour over', when: { minutes: 60 }, to: 'lead', does: 'notify' },
  { key: 'day', label: 'A day over', when: { days: 1 }, to: 'manager', does: 'reassign' },
];

const warnAt = (clock: Clock, due: number, { percent, before }: { percent: number; before: number }, time: WorkTime) => {
  const { start, target, pauses, byHand } = clock;
  if (start === null || target === null) return due;
  const work = byHand === null ? target * MINUTE : time.between(start, due);
  const share = dueAfter(time, start, Math.round((work * percent) / 100), pauses) ?? due;
  const late = dueAfter(time, start, Math.max(0, work - before * MINUTE), pauses) ?? due;
  return Math.max(share, late);
};

/** When a step is due; null where its clock has no due time. */
const stepAt = (clock: Clock, { when }: Step, time: WorkTime): number | null => {
  const { due } = clock;
  if (due === null) return null;
  if ('percent' in when) return warnAt(clock, due, when, time);
  return 'minutes' in when ? time.after(due, when.minutes * MINUTE) : time.daysAfter(due, when.days);
};

export type Escalation = { readonly key: string; readonly clock: ClockKey; readonly step: Step; readonly at: number };

/** The steps of a clock that are due by now, oldest first. A clock that ended or waits has none any more. */
export const dueSteps = (
  id: string,
  clock: Clock,
  { steps, time, now }: { readonly steps: readonly Step[]; readonly time: WorkTime; readonly now: number },
): readonly Escalation[] =>
  clock.state !== 'running'
    ? []
    : steps
        .flatMap((step): readonly Escalation[] => {
          const at = stepAt(clock, step, time);
          return at === null || at > now ? [] : [{ key: `${id}/${clock.key}/${step.key}`, clock: clock.key, step, at }];
        })
        .toSorted((a, b) => a.at - b.at);

/** A time on duty: days, both included. */
export type Duty = {
  readonly id: string;
  readonly role: Recipient;
  readonly person: string;
  readonly deputy: string | null;
  readonly from: string;
  readonly to: string | null;
};

/** Who gets a notice on a day: the one on duty, or the deputy while that one is away; the latest entry counts. */
export const recipientOf = (
  to: Recipient,
  {
    owner,
    rota,
    day,
    isAway,
  }: {
    readonly owner: string | null;
    readonly rota: readonly Duty[];
    readonly day: string;
    readonly isAway: (person: string) => boolean;
  },
): string | null => {
  const onDuty = rota
    .filter(({ role, from, to: last }) => role === to && from <= day && (last === null || day <= last))
    .toSorted((a, b) => (a.from < b.from ? 1 : a.from > b.from ? -1 : a.id < b.id ? 1 : -1))[0];
  const first = to === 'owner' && owner !== null ? owner : (onDuty?.person ?? null);
  if (first === null || !isAway(first)) return first;
  const stands = rota.find(
    ({ person, deputy, from, to: last }) => person === first && deputy !== null && from <= day && (last === null || day <= last),
  );
  return stands?.deputy ?? first;
};

/** When a notice is given: in the hours of whoever gets it; at once where it is critical. Null = never open. */
export const noticeAt = (at: number, hours: WorkTime | null, isCritical: boolean): number | null =>
  isCritical || hours === null ? at : hours.openAt(at);
