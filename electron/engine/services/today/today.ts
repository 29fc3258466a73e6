/**
 * Today: asks every source of clocks, ranks what they say, and looks up names for the rows that are shown. A source that
 * fails is a row of its own, with what it said; the others stand.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { Commands, Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import { minorDigits } from '../../../../shared/domain/currency.ts';
import { addDays, dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { styleOf } from '../../../../shared/domain/locale.ts';
import { readSnooze } from '../../../../shared/domain/tasks/snooze.ts';
import { createMoments, rankClocks, weekEnd, type Ranked } from '../../../../shared/domain/today/rank.ts';
import type { EngineEnv } from '../../env.ts';
import type { LocalReader, Reader, StorePatch, WriteStore } from '../../store/api.ts';
import { lostSlots } from '../../store/clocks/bookings.ts';
import { clockSources } from '../../store/clocks/index.ts';
import type { Clocks, ClockWindow, OpenClock } from '../../store/clocks/read.ts';
import type { ClockSource } from '../../store/clocks/source.ts';
import { sayRebook } from '../booking/rebook.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { clockIn } from '../tasks/task-line.ts';
import type { ParseEnv } from '../records/fields.ts';
import { applyStep } from '../access/step.ts';

type Row = OutputOf<WorkbenchContract['today.list']>['rows'][number];
/** A clock with its moment. Its day is only looked up where it is shown: there are tens of thousands. */
type Clock = {
  readonly open: OpenClock;
  readonly key: string;
  readonly source: ClockSource;
  readonly at: number;
  /** Whole units. */
  readonly amount: number;
  readonly stake: number;
};
type Failed = { readonly source: ClockSource; readonly message: string };

export type TodayDeps = {
  readonly clocks: Clocks;
  readonly read: Reader;
  readonly local: Pick<LocalReader, 'person'>;
  readonly env: ParseEnv;
  /** Fewer, or one that fails, in tests. */
  readonly sources?: readonly ClockSource[];
};

const wholeOf = (money: number | null, currency: string | null): number =>
  money === null ? 0 : money / 10 ** minorDigits(currency);

/** The day it is due, and the time on it, on the clocks of the company. */
const dueOf = ({ at, due, time }: OpenClock, zone: string): { due_on: string | null; due_time: string | null } =>
  at === null ? { due_on: due, due_time: time } : { due_on: dayIn(zone, at), due_time: clockIn(zone, at) };

/** What every source says, and which could not. */
const readAll = ({ clocks, sources = clockSources }: TodayDeps, window: ClockWindow, zone: string) => {
  const momentOf = createMoments(zone);
  const open: Clock[] = [];
  const failed: Failed[] = [];
  for (const source of sources) {
    try {
      for (const clock of clocks.open(source, window)) {
        const { id, at, due, time, money, currency, stake } = clock;
        const moment = at ?? momentOf(due ?? '', time);
        open.push({ open: clock, key: `${source.key}/${id}`, source, at: moment, amount: wholeOf(money, currency), stake });
      }
    } catch (error) {
      failed.push({ source, message: error instanceof Error ? error.message : String(error) });
    }
  }
  return { open, failed };
};

const failedRow = ({ source, message }: Failed, now: number): Row => ({
  key: `failed/${source.key}`,
  source: source.key,
  why: 'failed',
  item: `${source.label} could not be read: ${message}`,
  account: null,
  owner: null,
  record: null,
  due_on: null,
  due_time: null,
  at: now,
  band: 'overdue',
  money: null,
  currency: null,
  next: 'Everything else is here. Check the file in Settings.',
  snoozed_until: null,
});

/** The rows shown, with their names, in the order given. */
const withDetails = (
  { clocks, read }: TodayDeps,
  shown: readonly Ranked<Clock>[],
  day: { readonly today: string; readonly now: number; readonly zone: string },
  snoozed: ReadonlyMap<string, number>,
): Row[] => {
  const bySource = new Map<ClockSource, string[]>();
  for (const { source, open } of shown) bySource.set(source, [...(bySource.get(source) ?? []), open.id]);
  const details = new Map([...bySource].map(([source, ids]) => [source, clocks.details(source, ids, day)]));
  return shown.flatMap((clock): Row[] => {
    const { source, open, key, at, band } = clock;
    const detail = details.get(source)?.get(open.id);
    if (detail === undefined) return [];
    const why = source.whyLate !== undefined && band === 'overdue' ? source.whyLate : source.why;
    return [
      {
        key,
        source: source.key,
        why,
        item: detail.item,
        account: detail.account === null ? null : { id: detail.account, name: detail.accountName },
        owner: detail.ownerName,
        record: { table: source.record?.table ?? source.table, id: detail.record },
        ...dueOf(open, day.zone),
        at,
        band,
        money: open.money,
        currency: open.currency,
        next: source === lostSlots ? sayRebook(detail.record, read, day.now) : detail.next,
        snoozed_until: snoozed.get(key) ?? null,
      },
    ];
  });
};

const FURTHEST = 366;

/** The first clock after the week, of any source that can say. */
const nextAfter = (deps: TodayDeps, window: ClockWindow) => {
  const limit = addDays(window.upto, FURTHEST);
  const found = (deps.sources ?? clockSources).flatMap((source) => {
    try {
      const first = deps.clocks.after(source, window, limit);
      return first === null ? [] : [{ source, ...first }];
    } catch {
      // It is on the list as a source that failed.
      return [];
    }
  });
  const [first] = found.toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  const detail = first && deps.clocks.details(first.source, [first.id], window).get(first.id);
  return first && detail ? { item: detail.item, account: detail.accountName, due_on: first.due } : null;
};

const list =
  (deps: TodayDeps): Queries['today.list'] =>
  ({ who, show, limit }) => {
    const { read, local, env, clocks } = deps;
    const now = env.clock();
    const [today, zone, person] = [companyToday(read, env), companyZone(read, env), local.person()];
    const upto = weekEnd(today);
    const end = instantAt(zone, addDays(upto, 1), '00:00');
    const window: ClockWindow = { upto, today, now, end, owner: who === 'mine' ? person : null };
    const { open, failed } = readAll(deps, window, zone);
    const snoozed = clocks.snoozed(person, now);
    const isOff = ({ key }: Clock): boolean => snoozed.has(key);
    // One pass of keys for each clock is left out where nothing is put off.
    const due = snoozed.size === 0 ? open : open.filter((clock) => !isOff(clock));
    const off = snoozed.size === 0 ? [] : open.filter(isOff);
    const ranking = rankClocks(due, now, zone, limit);
    const { first } = show === 'due' ? ranking : rankClocks(off, now, zone, limit);
    const rows = withDetails(deps, first, { today, now, zone }, snoozed);
    return {
      now,
      today,
      upto: window.upto,
      counts: { ...ranking.counts, snoozed: off.length },
      rows: show === 'due' ? [...failed.map((one) => failedRow(one, now)), ...rows] : rows,
      next: due.length === 0 ? nextAfter(deps, window) : null,
    };
  };

export const todayQueries = (deps: TodayDeps): Pick<Queries, 'today.list'> => ({ 'today.list': list(deps) });

type WriteDeps = { readonly store: WriteStore; readonly env: ParseEnv & Pick<EngineEnv, 'ids'> };

const rowsPutOff = (store: WriteStore, item: string): readonly string[] => store.match('snoozes', 'item', item);

const labelOf = (verb: string, items: readonly string[]): string => (items.length === 1 ? verb : `${verb} ${items.length} rows`);

const snooze =
  ({ store, env }: WriteDeps): Commands['today.snooze'] =>
  ({ items, until: words, screen }, context) => {
    const zone = companyZone(store, env);
    const read = readSnooze(words, { zone, now: env.clock(), style: styleOf(env.locale) });
    if ('why' in read) throw new AppError('blocked', read.why, { until: words });
    const { until } = read;
    const person_id = store.local.person();
    const patches = items.flatMap((item): StorePatch[] => {
      const [known] = rowsPutOff(store, item);
      return [
        known === undefined
          ? { kind: 'insert', table: 'snoozes', id: env.ids(), values: { item, until, person_id } }
          : { kind: 'update', table: 'snoozes', id: known, values: { until, person_id } },
      ];
    });
    return { ...applyStep(store, context, { label: labelOf('Snooze', items), screen }, patches), until };
  };

export const todayCommands = (deps: WriteDeps): Pick<Commands, 'today.snooze' | 'today.wake'> => ({
  'today.snooze': snooze(deps),
  'today.wake': ({ items, screen }, context) => {
    const { store } = deps;
    const patches = items.flatMap((item) =>
      rowsPutOff(store, item).map((id): StorePatch => ({ kind: 'delete', table: 'snoozes', id })),
    );
    return applyStep(store, context, { label: labelOf('Bring back', items), screen }, patches);
  },
});
