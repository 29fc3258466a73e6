import { describe, expect, test } from 'vitest';
import { nextDue, readClocks } from '../../shared/domain/sla/clocks.ts';
import { complaintSteps, judgeComplaintEnd, judgeStep, nextStep } from '../../shared/domain/sla/complaint.ts';
import { defaultPolicies } from '../../shared/domain/sla/defaults.ts';
import { dueSteps, defaultSteps, noticeAt, recipientOf } from '../../shared/domain/sla/escalation.ts';
import { readWeek, sayWeek } from '../../shared/domain/sla/hours.ts';
import { choosePolicy, type Policy } from '../../shared/domain/sla/policies.ts';
import { traceClock } from '../../shared/domain/sla/trace.ts';
import { sayClock, sayWork } from '../../shared/domain/sla/words.ts';
import { createWorkTime } from '../../shared/domain/sla/work-time.ts';
import { answered, at, calendarOf, event, office, opened, paused, said, termsOf } from './cases.ts';

const HOUR = 3_600_000;
const friday = at('2026-03-13 16:00');

test('L1: a complaint is closed when every step was done, in their order; an objection opens it again', () => {
  expect(nextStep([])).toBe('recorded');
  expect(judgeStep(['recorded'], 'investigated')).toBe('The next step is “Acknowledged”.');
  const all = complaintSteps.map(({ key }) => key).filter((key) => key !== 'objected');
  expect(judgeComplaintEnd(all.slice(0, 5))).toContain('Decision told');
  expect(judgeComplaintEnd(all)).toBeNull();
  expect(judgeStep(['recorded'], 'objected')).toContain('Nothing was decided');
  expect(nextStep([...all, 'objected'])).toBe('investigated');
  expect(judgeComplaintEnd([...all, 'objected', 'investigated', 'responded', 'decided'])).toBeNull();
});

describe('L2: the first policy that fits', () => {
  const policy = (position: number, asks: Partial<Policy['asks']>, more: Partial<Policy> = {}): Policy => ({
    id: `p${position}`,
    name: `Policy ${position}`,
    position,
    isActive: true,
    isDefault: false,
    asks: { tier: null, account: null, kind: null, severity: null, ...asks },
    ...more,
  });
  const facts = { tier: 'a', account: 'x', kind: 'complaint', severity: 'sev2' };
  const last = policy(9, {}, { isDefault: true });

  test('L2: in the order they stand, by everything they name', () => {
    const list = [last, policy(3, { severity: 'sev2' }), policy(1, { tier: 'a', severity: 'sev1' }), policy(2, { tier: 'b' })];
    const { policy: found, passed } = choosePolicy(list, facts);
    expect(found?.id).toBe('p3');
    expect(passed.map(({ why }) => why)).toEqual(['it is for another severity', 'it is for another tier']);
  });
  test('L2: a policy that names nothing is no catch-all; only the last may be the default', () => {
    expect(choosePolicy([policy(1, {}), last], facts).policy?.id).toBe('p9');
    expect(choosePolicy([policy(1, {})], facts).policy).toBeNull();
    expect(choosePolicy([policy(1, {}, { isDefault: true }), policy(2, { tier: 'b' })], facts).policy).toBeNull();
  });
  test('L9: a policy that is switched off fits nothing', () => {
    expect(choosePolicy([policy(1, { tier: 'a' }, { isActive: false }), last], facts).policy?.id).toBe('p9');
  });
});

test('L4: hours are written as one line, several spans a day', () => {
  const text = 'Mon-Thu 09:00-12:30 13:30-17:00; Fri 09:00-15:00; Sun 00:00-24:00';
  expect(sayWeek(readWeek(text) ?? [])).toBe(text);
  for (const bad of ['Mon', 'Mon 9-17', 'Mon 17:00-09:00', 'Mon 09:00-12:00 11:00-13:00', 'Mon-Wed 09:00-10:00; Tue 09:00-10:00'])
    expect([bad, readWeek(bad)]).toEqual([bad, null]);
});

test('L4: part holidays count their own hours', () => {
  const time = createWorkTime(calendarOf('Europe/London', 'Mon-Fri 08:30-12:30 13:00-17:00', { '2026-03-10': '08:30-12:30' }));
  expect(time.between(at('2026-03-10 00:00'), at('2026-03-11 00:00'))).toBe(4 * HOUR);
});

describe('L5: only business time inside a pause is given back', () => {
  const events = [opened(friday), paused(at('2026-03-16 10:00')), said('resumed', at('2026-03-16 11:30'))];
  test('L5: opened Friday 16:00, 4 h, paused Monday 10:00 to 11:30: due Monday 13:30', () => {
    expect(readClocks(events, friday).clocks.resolve.due).toBe(at('2026-03-16 13:30'));
  });
  test('L5: Monday a holiday: due Tuesday 12:00', () => {
    const calendar = calendarOf('Europe/London', 'Mon-Fri 09:00-17:00', { '2026-03-16': '' });
    const [, ...rest] = events;
    const { clocks } = readClocks([opened(friday, termsOf({ calendar })), ...rest], friday);
    expect(clocks.resolve.due).toBe(at('2026-03-17 12:00'));
  });
  test('L5: the first response does not pause, unless that is set', () => {
    const pause = [paused(friday), said('resumed', at('2026-03-16 10:00'))];
    const due = (pausesResponse: boolean) =>
      readClocks([opened(friday, termsOf({ pausesResponse })), ...pause], friday).clocks.respond.due;
    expect(due(false)).toBe(at('2026-03-13 17:00'));
    expect(due(true)).toBe(at('2026-03-16 11:00'));
  });
});

describe('L5: what is over before it waits stays over', () => {
  const events = [opened(friday), paused(at('2026-03-17 10:00'))];
  const now = at('2026-03-17 12:00');
  test('L5: a pause of a clock whose due time has passed hides nothing: it runs, over by all the time since', () => {
    const read = readClocks(events, now);
    expect(read.clocks.resolve).toMatchObject({ state: 'running', due: at('2026-03-16 12:00') });
    expect(sayClock(read.clocks.resolve, 'customer')).toBe('Over by 8 h');
    expect(nextDue(read)?.key).toBe('respond');
  });
  test('L10: it is escalated on', () => {
    const { resolve } = readClocks(events, now).clocks;
    const steps = dueSteps('case', resolve, { steps: defaultSteps, time: createWorkTime(office), now });
    expect(steps.map(({ step }) => step.key)).toEqual(['warn', 'breach', 'hour', 'day']);
  });
  test('L8: a due time by hand is not waited for either, before it passes and after', () => {
    const due = at('2026-03-18 12:00');
    const set = event('due_set', at('2026-03-16 10:00'), { clock: 'resolve', due, reason: 'Agreed' });
    const waits = [opened(friday), set, paused(at('2026-03-16 11:00'))];
    const read = (when: string) => readClocks(waits, at(when)).clocks.resolve;
    expect([read('2026-03-17 12:00').state, sayClock(read('2026-03-17 12:00'), 'customer')]).toEqual(['running', '8 h left']);
    expect([read('2026-03-18 13:00').state, sayClock(read('2026-03-18 13:00'), 'customer')]).toEqual(['running', 'Over by 1 h']);
  });
  test('L5: time left when it waits is kept as it was', () => {
    const { resolve } = readClocks([opened(friday), paused(at('2026-03-16 10:00'))], now).clocks;
    expect(resolve).toMatchObject({ state: 'paused', due: null, left: 2 * HOUR });
  });
});

test('L6: whatever way the customer comes back ends the pause', () => {
  const events = [opened(friday), paused(at('2026-03-16 10:00')), said('customer', at('2026-03-16 11:30'))];
  const { clocks, story } = readClocks(events, at('2026-03-16 12:00'));
  expect(clocks.resolve.due).toBe(at('2026-03-16 13:30'));
  expect(story.waits.map(({ to }) => to)).toEqual([at('2026-03-16 11:30')]);
});

describe('L7: next update', () => {
  const targets = { update: 240, respond: 60 };
  const start = at('2026-03-16 09:00');
  test('L7: starts at the oldest unanswered message; a second one does not restart it; our reply stops it', () => {
    const events = [
      opened(start, termsOf({ targets })),
      answered(at('2026-03-16 09:30')),
      said('customer', at('2026-03-16 10:00')),
      said('customer', at('2026-03-16 11:00')),
    ];
    expect(readClocks(events, start).clocks.update.due).toBe(at('2026-03-16 14:00'));
    const told = readClocks([...events, answered(at('2026-03-16 13:00'))], at('2026-03-16 16:00')).clocks.update;
    expect(told).toMatchObject({ state: 'met', end: at('2026-03-16 13:00') });
    const again = [...events, answered(at('2026-03-16 13:00')), said('customer', at('2026-03-16 13:30'))];
    expect(readClocks(again, start).clocks.update.due).toBe(at('2026-03-17 09:30'));
  });
  test('L7: it never overrides an earlier first response', () => {
    const events = [opened(start, termsOf({ targets })), said('customer', at('2026-03-16 09:10'))];
    const read = readClocks(events, at('2026-03-16 09:20'));
    expect(nextDue(read)?.key).toBe('respond');
    expect(nextDue(read)?.due).toBe(at('2026-03-16 10:00'));
  });
  test('L2: an answer of a machine acknowledges and is no first response', () => {
    const { clocks } = readClocks([opened(start), answered(start + 1000, false)], start + 2000);
    expect(clocks.respond.state).toBe('running');
  });
});

describe('L8: reopened', () => {
  const start = at('2026-03-16 09:00');
  const events = (reopen: 'stay_met' | 'continue' | 'from_start') => [
    opened(start, termsOf({ reopen })),
    said('resolved', at('2026-03-16 11:00')),
    said('reopened', at('2026-03-17 10:00')),
  ];
  const now = at('2026-03-17 10:00');
  test('L8: stay_met: met stays met', () => {
    expect(readClocks(events('stay_met'), now).clocks.resolve).toMatchObject({ state: 'met', end: at('2026-03-16 11:00') });
  });
  test('L8: continue: the time it was resolved is a pause', () => {
    expect(readClocks(events('continue'), now).clocks.resolve).toMatchObject({ state: 'running', due: at('2026-03-17 12:00') });
  });
  test('L8: from_start: the time it was resolved counts, and it may be over at once', () => {
    const clock = readClocks(events('from_start'), now).clocks.resolve;
    expect(clock).toMatchObject({ state: 'running', due: at('2026-03-16 13:00') });
    expect(sayClock(clock, null)).toBe('Over by 5 h');
  });
  test('L8: another severity retargets from the original start; both targets stay in history', () => {
    const again = event('retargeted', at('2026-03-16 10:00'), { terms: termsOf({ targets: { resolve: 120 } }) });
    const { clocks, story } = readClocks([opened(start), again], now);
    expect(clocks.resolve.due).toBe(at('2026-03-16 11:00'));
    expect(story.agreed.map(({ terms }) => terms?.targets.resolve)).toEqual([240, 120]);
  });
  test('L8: a due time set by hand sticks, through a pause and another target, until it is taken back', () => {
    const due = at('2026-03-18 12:00');
    const set = event('due_set', start + HOUR, { clock: 'resolve', due, reason: 'Agreed with the buyer' });
    const more = [paused(at('2026-03-16 11:00')), said('resumed', at('2026-03-16 12:00'))];
    const again = event('retargeted', at('2026-03-16 13:00'), { terms: termsOf({ targets: { resolve: 120 } }) });
    const { resolve } = readClocks([opened(start), set, ...more, again], now).clocks;
    expect(resolve).toMatchObject({ due, byHand: 'Agreed with the buyer', state: 'running' });
    const back = event('due_set', at('2026-03-16 14:00'), { clock: 'resolve', due: null, reason: 'As agreed' });
    expect(readClocks([opened(start), set, ...more, again, back], now).clocks.resolve.due).toBe(at('2026-03-16 11:00'));
  });
});

test('L9: a merged case stops its clocks, those that were met stay met', () => {
  const start = at('2026-03-16 09:00');
  const events = [opened(start), answered(at('2026-03-16 09:30')), said('merged', at('2026-03-16 10:00'))];
  const { clocks } = readClocks(events, at('2026-03-20 10:00'));
  expect([clocks.respond.state, clocks.resolve.state]).toEqual(['met', 'stopped']);
});

describe('L10: escalation', () => {
  const start = at('2026-03-16 09:00');
  const time = createWorkTime(office);
  const stepsOf = (resolve: number, now: number) =>
    dueSteps('case', readClocks([opened(start, termsOf({ targets: { resolve } }))], now).clocks.resolve, {
      steps: defaultSteps,
      time,
      now,
    });
  test('L10: a warning at 75 % of the target, or 30 min before where that is later', () => {
    const now = at('2026-03-20 09:00');
    expect(stepsOf(240, now)[0]).toMatchObject({ key: 'case/resolve/warn', at: at('2026-03-16 12:30') });
    expect(stepsOf(60, now)[0]?.at).toBe(at('2026-03-16 09:45'));
  });
  test('L10: then at the due time, an hour and a day after', () => {
    expect(stepsOf(480, at('2026-03-20 09:00')).map((one) => one.at)).toEqual([
      at('2026-03-16 16:30'),
      at('2026-03-16 17:00'),
      at('2026-03-17 10:00'),
      at('2026-03-17 17:00'),
    ]);
  });
  test('L10: a case that waits or is resolved has no steps', () => {
    const clock = readClocks([opened(start), paused(start + HOUR)], at('2026-03-20 09:00')).clocks.resolve;
    expect(dueSteps('case', clock, { steps: defaultSteps, time, now: at('2026-03-20 09:00') })).toEqual([]);
  });
  test('L10: notices come in the hours of whoever gets them, at once where it is critical', () => {
    const night = at('2026-03-14 23:40');
    expect(noticeAt(night, time, false)).toBe(at('2026-03-16 09:00'));
    expect(noticeAt(night, time, true)).toBe(night);
    expect(noticeAt(at('2026-03-16 10:00'), time, false)).toBe(at('2026-03-16 10:00'));
  });
  test('L10: the one on duty gets it, the deputy where that one is away', () => {
    const duty = { id: '1', role: 'lead', person: 'ann', deputy: 'bob', from: '2026-03-01', to: '2026-03-31' } as const;
    const next = { ...duty, id: '2', person: 'cy', deputy: null, from: '2026-03-16' };
    const asked = { owner: 'own', rota: [duty, next], day: '2026-03-10', isAway: (who: string) => who === 'ann' };
    expect(recipientOf('lead', asked)).toBe('bob');
    expect(recipientOf('lead', { ...asked, day: '2026-03-16' })).toBe('cy');
    expect(recipientOf('owner', asked)).toBe('own');
    expect(recipientOf('manager', asked)).toBeNull();
  });
});

test('L11: why this due time: every stretch, what it counted as, and the sum so far', () => {
  const calendar = calendarOf('Europe/London', 'Mon-Fri 08:30-12:30 13:00-17:00', { '2026-03-10': '08:30-12:30' });
  const events = [
    opened(at('2026-03-09 15:12'), termsOf({ calendar, targets: { resolve: 1440 } })),
    paused(at('2026-03-11 10:15')),
    said('customer', at('2026-03-11 15:00')),
  ];
  const { resolve } = readClocks(events, at('2026-03-12 14:02')).clocks;
  expect(resolve.due).toBe(at('2026-03-13 15:27'));
  expect(sayClock(resolve, null)).toBe('9 h 25 m left');
  const steps = traceClock(resolve, createWorkTime(calendar), at('2026-03-12 14:02'));
  expect(steps.map(({ day, counts, work, sum }) => `${day} ${counts} ${sayWork(work)} ${sayWork(sum)}`)).toEqual([
    '2026-03-09 work 1 h 48 m 1 h 48 m',
    '2026-03-10 holiday 0 m 1 h 48 m',
    '2026-03-10 work 4 h 5 h 48 m',
    '2026-03-11 work 1 h 45 m 7 h 33 m',
    '2026-03-11 pause 0 m 7 h 33 m',
    '2026-03-11 pause 0 m 7 h 33 m',
    '2026-03-11 work 2 h 9 h 33 m',
    '2026-03-12 work 4 h 13 h 33 m',
    '2026-03-12 work 4 h 17 h 33 m',
    '2026-03-13 work 4 h 21 h 33 m',
    '2026-03-13 work 2 h 27 m 24 h',
  ]);
});

test('L12: what counts is when it happened; a correction recorded later takes the place of an earlier one', () => {
  const first = said('resolved', at('2026-03-16 14:00'));
  const fix = (happened: string, recorded: string) => ({
    ...event('corrected', at(recorded), { event: first.id, happened: at(happened) }),
  });
  const events = [
    opened(friday),
    first,
    fix('2026-03-16 10:00', '2026-03-17 09:00'),
    fix('2026-03-16 11:00', '2026-03-17 10:00'),
  ];
  expect(readClocks(events, friday).clocks.resolve).toMatchObject({ state: 'met', end: at('2026-03-16 11:00') });
});

test('3.15: the shipped targets of each severity, in hours', () => {
  const hours = defaultPolicies.map(({ targets: { acknowledge, respond, update, resolve } }) =>
    [acknowledge, respond, update, resolve].map((minutes) => minutes / 60),
  );
  expect(hours).toEqual([
    [0.5, 1, 4, 8],
    [1, 4, 8, 24],
    [4, 8, 24, 40],
    [8, 16, 40, 80],
  ]);
});

test('no calendar, no policy: no SLA and why, never a wrong time', () => {
  const none = readClocks([opened(friday, termsOf({ calendar: null }))], friday);
  expect(none.none).toContain('no calendar');
  expect(sayClock(none.clocks.resolve, null)).toBe('No SLA');
  expect(readClocks([opened(friday, null)], friday).none).toContain('No policy');
  expect(readClocks([], friday).none).not.toBeNull();
  const never = calendarOf('UTC', '');
  expect(readClocks([opened(friday, termsOf({ calendar: never }))], friday).none).toBe('The calendar Office is never open.');
});
