/** What is asked about issues: their story and clocks, why a time is due, how long it took, who has to be told (L6, L10, L11). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Queries } from '../../../../shared/contract/index.ts';
import { addDays, dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { readClocks, workTimeOf, workWithout, type Clocks } from '../../../../shared/domain/sla/clocks.ts';
import {
  defaultSteps,
  dueSteps,
  noticeAt,
  recipientOf,
  type Duty,
  type Recipient,
} from '../../../../shared/domain/sla/escalation.ts';
import { readEvents } from '../../../../shared/domain/sla/events.ts';
import { openStates } from '../../../../shared/domain/sla/states.ts';
import { readTerms } from '../../../../shared/domain/sla/terms.ts';
import { traceClock } from '../../../../shared/domain/sla/trace.ts';
import { clockKeys, type CaseEvent, type Clock, type Terms } from '../../../../shared/domain/sla/types.ts';
import { sayClock } from '../../../../shared/domain/sla/words.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { tellEvent } from './case-story.ts';
import { companyZone } from '../company/company.ts';
import { textOf } from '../billing/receivables.ts';
import { nextStepOf } from '../rules/case-guards.ts';
import { calendarOf } from './sla.ts';

type Deps = { readonly read: Reader; readonly env: Pick<EngineEnv, 'clock' | 'zone'> };
type CaseQueries = Pick<Queries, 'cases.story' | 'cases.why' | 'cases.times' | 'cases.pauses' | 'cases.escalations'>;

const caseOf = (id: string, read: Reader): StoredRow => {
  const issue = read.get('cases', id);
  if (issue) return issue;
  throw new AppError('not-found', 'The issue is not here or was deleted.', { table: 'cases', id });
};

/** Terms of versions, each read once for all that is asked at a time. */
const termsReader = (read: Reader) => {
  const known = new Map<string, Terms | null>();
  return (version: string): Terms | null => {
    const kept = known.get(version);
    if (kept !== undefined) return kept;
    const text = textOf(read.get('sla_versions', version)?.['terms']);
    const terms = text === null ? null : readTerms(text);
    known.set(version, terms);
    return terms;
  };
};

type TermsOf = ReturnType<typeof termsReader>;

const eventsOf = (issue: StoredRow, read: Reader, termsOf: TermsOf): readonly CaseEvent[] =>
  readEvents(issue, read.children('case_events', issue.id), termsOf);

const tellClock = (clock: Clock, { story }: Clocks, termsOf: Terms | null) => {
  const { key, state, start, target, due, end, left, pauses, byHand } = clock;
  const waits = story.waits.at(-1);
  const calendar = termsOf?.calendar ?? null;
  const isPaused = waits !== undefined && waits.to === null;
  const upTo = end ?? due ?? pauses.at(-1)?.to ?? start ?? 0;
  const given =
    calendar === null || start === null
      ? 0
      : workTimeOf(calendar).between(start, upTo) - workWithout(workTimeOf(calendar), start, upTo, pauses);
  const words = sayClock(clock, isPaused ? waits.on : null);
  return { key, state, start, target, due, end, left, words, by_hand: byHand, given_back: given };
};

const story =
  ({ read, env }: Deps): Queries['cases.story'] =>
  ({ id }) => {
    const issue = caseOf(id, read);
    const termsOf = termsReader(read);
    const events = eventsOf(issue, read, termsOf);
    const clocks = readClocks(events, env.clock());
    const { terms, agreed } = clocks.story;
    const rows = read.children('case_events', id);
    const version = rows.find(({ version_id: of }) => typeof of === 'string' && termsOf(of) === terms)?.['version_id'];
    const number = typeof version === 'string' ? read.get('sla_versions', version)?.['version'] : null;
    return {
      none: clocks.none,
      policy: terms?.policy ?? null,
      version: typeof number === 'number' ? number : null,
      calendar: terms?.calendar ? { name: terms.calendar.name, zone: terms.calendar.zone } : null,
      clocks: clockKeys.map((key) => tellClock(clocks.clocks[key], clocks, terms)),
      next_step: nextStepOf(issue, read),
      events: tellEvent(rows, events, read),
      earlier: agreed
        .slice(0, -1)
        .map(({ at, terms: before }) => ({ at, policy: before?.policy ?? null, resolve: before?.targets.resolve ?? null })),
    };
  };

const why =
  ({ read, env }: Deps): Queries['cases.why'] =>
  ({ id, clock }) => {
    const events = eventsOf(caseOf(id, read), read, termsReader(read));
    const { clocks, story: told } = readClocks(events, env.clock());
    const calendar = told.terms?.calendar ?? null;
    return { steps: calendar === null ? [] : [...traceClock(clocks[clock], workTimeOf(calendar), env.clock())] };
  };

/** From one moment to another; null where one of them is not known. */
const tookOf = (from: number, to: number | null, time: ReturnType<typeof workTimeOf>) =>
  to === null || to < from ? null : { calendar: to - from, business: time.between(from, to) };

const times =
  ({ read, env }: Deps): Queries['cases.times'] =>
  ({ calendar: asked, from, to }) => {
    const calendar = calendarOf(asked, read);
    if (calendar === null) throw new AppError('blocked', 'That calendar cannot be used: its zone or its hours cannot be read.');
    const time = workTimeOf(calendar);
    const zone = companyZone(read, env);
    const first = from === null ? -Infinity : instantAt(zone, from, '00:00');
    const last = to === null ? Infinity : instantAt(zone, addDays(to, 1), '00:00');
    const termsOf = termsReader(read);
    const ids = ['new', 'open', 'waiting', 'resolved', 'closed'].flatMap((status) => read.matching('cases', { status }));
    const rows = ids.flatMap((id) => {
      const issue = caseOf(id, read);
      const { story: told } = readClocks(eventsOf(issue, read, termsOf), env.clock());
      const { start, responded } = told;
      if (start === null || start < first || start >= last) return [];
      const resolved = told.resolutions.at(-1)?.from ?? null;
      const given = [responded, resolved, issue['responded_at'], issue['resolved_at']];
      const row = {
        id,
        number: textOf(issue['number']),
        opened: start,
        response: tookOf(start, responded, time),
        resolution: tookOf(start, resolved, time),
        is_impossible: given.some((one) => typeof one === 'number' && one < start),
      };
      return [row];
    });
    return { rows: rows.toSorted((a, b) => a.opened - b.opened || (a.id < b.id ? -1 : 1)) };
  };

const pauses =
  ({ read, env }: Deps): Queries['cases.pauses'] =>
  () => {
    const termsOf = termsReader(read);
    const byOwner = new Map<string | null, { issues: number; worked: number; waited: number }>();
    for (const id of [...openStates, 'resolved', 'closed'].flatMap((status) => read.matching('cases', { status }))) {
      const issue = caseOf(id, read);
      const { clocks, story: told } = readClocks(eventsOf(issue, read, termsOf), env.clock());
      const { start, end, counted } = clocks.resolve;
      const calendar = told.terms?.calendar ?? null;
      if (start === null || calendar === null) continue;
      const owner = textOf(issue['owner_id']);
      const sums = byOwner.get(owner) ?? { issues: 0, worked: 0, waited: 0 };
      const all = workTimeOf(calendar).between(start, end ?? env.clock());
      byOwner.set(owner, { issues: sums.issues + 1, worked: sums.worked + counted, waited: sums.waited + all - counted });
    }
    return { rows: [...byOwner].map(([owner, sums]) => ({ owner, ...sums })) };
  };

const rotaOf = (read: Reader): readonly Duty[] =>
  (['owner', 'lead', 'manager'] as const).flatMap((role) =>
    read.matching('sla_duties', { role }).flatMap((id): readonly Duty[] => {
      const row = read.get('sla_duties', id);
      const [person, from] = [textOf(row?.['person_id']), textOf(row?.['from_on'])];
      if (person === null || from === null) return [];
      return [{ id, role, person, deputy: textOf(row?.['deputy_id']), from, to: textOf(row?.['to_on']) }];
    }),
  );

/** Whether the policy an issue is under is still used: one that was switched off raises nothing (L9). */
const isUsed = (issue: StoredRow, read: Reader): boolean => {
  const version = read.children('case_events', issue.id).findLast(({ version_id: of }) => typeof of === 'string')?.['version_id'];
  const policy = typeof version === 'string' ? read.get('sla_versions', version)?.['policy_id'] : null;
  return typeof policy === 'string' && read.get('sla_policies', policy)?.['active'] === 1;
};

type Rota = readonly Duty[];

/** The open issues whose steps may be for a person: their own, or all of them for who is on duty or stands in for somebody. */
const issuesFor = (person: string | null, rota: Rota, read: Reader): readonly string[] => {
  const isOnDuty = rota.some(({ person: first, deputy }) => first === person || deputy === person);
  const isAll = person === null || isOnDuty;
  return openStates.flatMap((status) => read.matching('cases', isAll ? { status } : { status, owner_id: person }));
};

type Looked = { readonly read: Reader; readonly now: number; readonly rota: Rota; readonly termsOf: TermsOf };

const stepsOfIssue = (id: string, { read, now, rota, termsOf }: Looked) => {
  const issue = caseOf(id, read);
  const { clocks, story: told } = readClocks(eventsOf(issue, read, termsOf), now);
  const calendar = told.terms?.calendar ?? null;
  if (calendar === null || !isUsed(issue, read)) return [];
  const time = workTimeOf(calendar);
  const isCritical = issue['severity'] === 'sev1';
  const asked = {
    owner: textOf(issue['owner_id']),
    rota,
    day: dayIn(calendar.zone, now),
    isAway: (who: string) => read.get('people', who)?.['active'] === 0,
  };
  const to = (role: Recipient): string | null => recipientOf(role, asked);
  return clockKeys.flatMap((key) =>
    dueSteps(id, clocks[key], { steps: defaultSteps, time, now }).map(
      ({ key: step, clock, step: { label, does, to: role }, at }) => ({
        key: step,
        id,
        clock,
        label,
        does,
        at,
        start: clocks[key].start,
        notice: noticeAt(at, time, isCritical),
        to: to(role),
        is_critical: isCritical,
      }),
    ),
  );
};

const escalations =
  ({ read, env }: Deps): Queries['cases.escalations'] =>
  ({ to: person }) => {
    const looked = { read, now: env.clock(), rota: rotaOf(read), termsOf: termsReader(read) };
    const rows = issuesFor(person, looked.rota, read)
      .flatMap((id) => stepsOfIssue(id, looked))
      .filter(({ to }) => person === null || to === person);
    return { rows: rows.toSorted((a, b) => a.at - b.at) };
  };

export const caseQueries = (deps: Deps): CaseQueries => ({
  'cases.story': story(deps),
  'cases.why': why(deps),
  'cases.times': times(deps),
  'cases.pauses': pauses(deps),
  'cases.escalations': escalations(deps),
});
