/**
 * What the person at the desk is told now (L10, B6): steps of escalation that are for them, their tasks with a time, their
 * promises of the day, their bookings that will be late; each once. The badge counts what Today has as overdue or due today.
 */
import type { CallContext } from '../../../../shared/contract/define.ts';
import type { Events } from '../../../../shared/contract/events.ts';
import { addDays, dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { dueNotices, type Due, type Notice } from '../../../../shared/domain/notices/due.ts';
import { clockNames } from '../../../../shared/domain/sla/kinds.ts';
import { createMoments } from '../../../../shared/domain/today/rank.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { LocalReader, Reader, StoredRow } from '../../store/api.ts';
import type { Clocks } from '../../store/clocks/read.ts';
import type { ClockSource } from '../../store/clocks/source.ts';
import { lostSlots } from '../../store/clocks/bookings.ts';
import { promises, tasks } from '../../store/clocks/work.ts';
import type { LateBookings } from '../../store/sums/late-bookings.ts';
import { sayRebook } from '../booking/rebook.ts';
import { caseQueries } from '../cases/case-read.ts';
import { companyToday, companyZone } from '../company/company.ts';
import type { ParseEnv } from '../records/fields.ts';
import { textOf } from '../billing/receivables.ts';
import { todayQueries } from '../today/today.ts';
import { hoursOf, modeOf, toldOf } from './hours.ts';

export type NoticeDeps = {
  readonly clocks: Clocks;
  readonly late: LateBookings;
  readonly read: Reader;
  readonly local: LocalReader;
  readonly env: ParseEnv;
};

type Candidate = Due & { readonly record: { readonly table: TableName; readonly id: string }; readonly say: () => Notice | null };
type Told = Events['due'];

const MOST = 20;
const LONGEST_TITLE = 200;
const LONGEST_BODY = 400;

const joined = (...parts: readonly (string | null | undefined)[]): string =>
  parts.filter((part) => part !== null && part !== undefined && part !== '').join(', ');

const nameOfAccount = (id: unknown, read: Reader): string | null =>
  typeof id === 'string' ? textOf(read.get('accounts', id)?.['name']) : null;

/** Nobody is there to cancel it: the engine itself asks. */
const self: CallContext = {
  connection: 'engine',
  client: 'page',
  window: 'engine',
  signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
  progress: () => undefined,
};

/** Of each clock the step it has come to: whoever was away is not told all those before it. */
const slaSteps = async (person: string, { read, env }: NoticeDeps): Promise<readonly Candidate[]> => {
  const { rows } = await caseQueries({ read, env })['cases.escalations']({ to: person }, self);
  const latest = new Map(rows.map((row) => [`${row.id}/${row.clock}`, row]));
  return [...latest.values()].flatMap((row): readonly Candidate[] => {
    const { key, id, clock, label, start, notice, is_critical: isCritical } = row;
    if (notice === null) return [];
    const say = (): Notice => {
      const issue = read.get('cases', id);
      const name = clockNames.find((one) => one.key === clock)?.label.toLowerCase() ?? clock;
      const number = textOf(issue?.['number']);
      return {
        title: `${label}: ${name}${number === null ? '' : ` of ${number}`}`,
        body: joined(textOf(issue?.['title']), nameOfAccount(issue?.['account_id'], read)),
      };
    };
    return [{ key: `${key}/${start ?? 0}`, at: notice, isCritical, record: { table: 'cases', id }, say }];
  });
};

/** The clocks of a source that are the person's, with when they may be told; nobody's are on Today alone. */
const ownClocks = (
  source: ClockSource,
  person: string,
  words: string,
  deps: NoticeDeps,
  momentOf: (day: string, time: string | null) => number | null,
): readonly Candidate[] => {
  const { clocks, read, env } = deps;
  const today = companyToday(read, env);
  const now = env.clock();
  const end = instantAt(companyZone(read, env), addDays(today, 1), '00:00');
  const putOff = clocks.snoozed(person, now);
  return clocks
    .open(source, { upto: today, today, now, end, owner: person })
    .flatMap(({ id, due, time }): readonly Candidate[] => {
      const at = due === null ? null : momentOf(due, time);
      if (at === null || putOff.has(`${source.key}/${id}`)) return [];
      const say = (): Notice | null => {
        const detail = clocks.details(source, [id], { today, now }).get(id);
        if (detail?.owner !== person) return null;
        return { title: `${words}: ${detail.item}`, body: joined(detail.next, detail.accountName) };
      };
      return [{ key: `${source.key}/${id}/${at}`, at, isCritical: false, record: { table: source.table, id }, say }];
    });
};

/** Whose a booking is: where it is nobody's, whoever has its account. */
const ownerOf = ({ owner_id: owner, account_id: account }: StoredRow, read: Reader): unknown =>
  owner ?? (typeof account === 'string' ? read.get('accounts', account)?.['owner_id'] : null);

/** Whose slot went to somebody else, told when that is known: by the hold, so that another one that is lost is told again (B2). */
const lostHolds = (person: string, { clocks, read, env }: NoticeDeps): readonly Candidate[] => {
  const [today, now] = [companyToday(read, env), env.clock()];
  const putOff = clocks.snoozed(person, now);
  return clocks.open(lostSlots, { upto: today, today, now, end: now, owner: person }).flatMap(({ id }): readonly Candidate[] => {
    const booking = read.get('bookings', id);
    if (booking === undefined || ownerOf(booking, read) !== person || putOff.has(`${lostSlots.key}/${id}`)) return [];
    const say = (): Notice => ({
      title: `${textOf(booking['number']) ?? 'A booking'} has lost its slot`,
      body: joined(sayRebook(id, read, now), nameOfAccount(booking['account_id'], read)),
    });
    const key = `${lostSlots.key}/${id}/${read.stampOf('bookings', id, 'held_at')?.at ?? 0}`;
    return [{ key, at: now, isCritical: false, record: { table: 'bookings', id }, say }];
  });
};

const lateBookings = (person: string, { late, read, env }: NoticeDeps): readonly Candidate[] =>
  late(person).map(({ id, number, account_id: account, deliver_to: to, told_at: at }) => ({
    key: `late/${id}/${to}`,
    at: at ?? env.clock(),
    isCritical: false,
    record: { table: 'bookings', id },
    say: () => ({ title: `${number ?? 'A booking'} will be late`, body: joined('Tell customer', nameOfAccount(account, read)) }),
  }));

const candidatesOf = async (person: string, deps: NoticeDeps): Promise<readonly Candidate[]> => {
  const zone = companyZone(deps.read, deps.env);
  const moments = createMoments(zone);
  return [
    ...(await slaSteps(person, deps)),
    ...ownClocks(tasks, person, 'Task', deps, (day, time) => {
      const at = moments(day, time);
      // Without a time, or with one that is none, it lasts to the end of its day.
      return time === null || dayIn(zone, at) !== day ? null : at;
    }),
    ...ownClocks(promises, person, 'Promise', deps, (day) => instantAt(zone, day, '00:00')),
    ...lateBookings(person, deps),
    ...lostHolds(person, deps),
  ];
};

const itemsOf = async (person: string, deps: NoticeDeps): Promise<Told['items']> => {
  const { local, read, env } = deps;
  const asked = { told: toldOf(local), hours: hoursOf(local, read, env.zone), now: env.clock() };
  const items: Told['items'] = [];
  for (const { key, record, say } of dueNotices(await candidatesOf(person, deps), asked)) {
    const notice = say();
    if (notice === null) continue;
    const { title, body } = notice;
    items.push({ key, title: title.slice(0, LONGEST_TITLE), body: body.slice(0, LONGEST_BODY), record });
    if (items.length === MOST) break;
  }
  return items;
};

/** What is to be said to the windows now; null where this device wants nothing, or what is open is made up. */
export const readDue = async (deps: NoticeDeps): Promise<Told | null> => {
  const { local } = deps;
  const [mode, person] = [modeOf(local), local.person()];
  if (mode === 'off' || person === null || local.isSample()) return null;
  const { counts } = await todayQueries(deps)['today.list']({ who: 'mine', show: 'due', limit: 1 }, self);
  return { badge: counts.overdue + counts.today, items: mode === 'all' ? await itemsOf(person, deps) : [] };
};
