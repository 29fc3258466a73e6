/**
 * "Since my last visit": the brief of an account, made from this file alone. What is open comes from the clocks that Today
 * watches, so that the two never differ. A part that cannot be read says so; the others stand.
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { OutputOf } from '../../../../shared/contract/define.ts';
import type { Queries, WorkbenchContract } from '../../../../shared/contract/index.ts';
import {
  BRIEF_DAYS_BACK,
  BRIEF_DAYS_DUE,
  BRIEF_DAYS_ENDING,
  BRIEF_ROWS,
  briefParts,
  type BriefPart,
} from '../../../../shared/domain/brief.ts';
import { addDays, daysBetween, dayIn, instantAt } from '../../../../shared/domain/dates.ts';
import { formatDate } from '../../../../shared/domain/format.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import { orderPad } from '../../../../shared/domain/order/pad.ts';
import { isStatedTable, stated } from '../../../../shared/model/documents.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { eventSources, type EventSource } from '../../store/brief/events.ts';
import type { BriefEvent, BriefReader, BriefSpan } from '../../store/brief/read.ts';
import { clockSources } from '../../store/clocks/index.ts';
import type { ClockSource } from '../../store/clocks/source.ts';
import { companyToday, companyZone } from '../company/company.ts';
import { boughtBy } from '../orders/order-pad.ts';

export type Brief = OutputOf<WorkbenchContract['accounts.brief']>;
type Of = Parameters<Queries['accounts.brief']>[0]['of'];
type Part = Brief['parts'][number];
type BriefRow = Part['rows'][number];

export type BriefDeps = {
  readonly brief: BriefReader;
  readonly read: Reader;
  readonly env: Pick<EngineEnv, 'clock' | 'zone' | 'locale'>;
  /** Fewer, or one that fails, in tests. */
  readonly sources?: readonly ClockSource[];
};

type Asked = BriefDeps & { readonly span: BriefSpan; readonly zone: string };

/** The part that a clock stands in, and how many days ahead it is told. */
const places: Readonly<Record<string, readonly [part: BriefPart, ahead: number]>> = {
  order: ['late', BRIEF_DAYS_DUE],
  slot_hold: ['late', BRIEF_DAYS_DUE],
  slot_lost: ['late', 0],
  hold_let_go: ['late', 0],
  cut_off: ['late', BRIEF_DAYS_DUE],
  delivery: ['late', BRIEF_DAYS_DUE],
  exception: ['late', BRIEF_DAYS_DUE],
  order_cancelled: ['late', 0],
  damage: ['late', BRIEF_DAYS_DUE],
  proof: ['late', BRIEF_DAYS_DUE],
  issue: ['issues', BRIEF_DAYS_ENDING],
  pause: ['issues', BRIEF_DAYS_ENDING],
  query: ['issues', BRIEF_DAYS_ENDING],
  claim: ['issues', BRIEF_DAYS_ENDING],
  return: ['issues', BRIEF_DAYS_ENDING],
  task: ['promises', BRIEF_DAYS_DUE],
  promise: ['promises', BRIEF_DAYS_ENDING],
  contact: ['promises', BRIEF_DAYS_DUE],
  step: ['promises', BRIEF_DAYS_ENDING],
  invoice: ['money', 0],
  payment: ['money', BRIEF_DAYS_ENDING],
  credit: ['money', 0],
  post: ['money', 0],
  post_credit: ['money', 0],
  quote: ['renewals', BRIEF_DAYS_ENDING],
  price_review: ['late', 0],
  prices: ['renewals', BRIEF_DAYS_ENDING],
  renewal: ['renewals', BRIEF_DAYS_ENDING],
  notice: ['renewals', BRIEF_DAYS_ENDING],
};

const plain = { note: null, on: null, money: null, price: null, currency: null, tone: 'neutral' } as const;

/** Nobody was there yet, and nothing is known: a day is still said. */
const spanOf = ({ brief, read, env }: BriefDeps, account: string, given: string | null) => {
  const zone = companyZone(read, env);
  const now = env.clock();
  const today = companyToday(read, env);
  const visit = given === null ? brief.lastVisit(account, now) : null;
  const since = given ?? (visit === null ? addDays(today, -BRIEF_DAYS_BACK) : dayIn(zone, visit.at));
  return { zone, visit, span: { account, since, today, sinceAt: instantAt(zone, since, '00:00'), now } };
};

const labelOf = (table: string, state: string | null): string | null =>
  state === null || !isStatedTable(table) ? null : (stateOf(stated[table].lifecycle, state)?.label ?? state);

const eventRow = ({ table }: EventSource, { id, what, state, on, at, money, currency }: BriefEvent, zone: string): BriefRow => ({
  ...plain,
  record: { table, id },
  what,
  note: labelOf(table, state),
  on: at === null ? on : dayIn(zone, at),
  money,
  currency,
});

const newestFirst = (a: BriefRow, b: BriefRow): number =>
  (a.on ?? '') < (b.on ?? '') ? 1 : (a.on ?? '') > (b.on ?? '') ? -1 : 0;
const firstDue = (a: BriefRow, b: BriefRow): number => -newestFirst(a, b);

const sinceRows = ({ brief, span, zone }: Asked): readonly BriefRow[] =>
  eventSources
    .flatMap((source) => brief.events(source, span).map((event) => eventRow(source, event, zone)))
    .toSorted(newestFirst);

const clockRows = ({ brief, span, zone, sources = clockSources }: Asked, part: BriefPart): readonly BriefRow[] =>
  sources
    .flatMap((source): readonly BriefRow[] => {
      const [own, ahead] = places[source.key] ?? [null, 0];
      if (own !== part) return [];
      const upto = addDays(span.today, ahead);
      const end = instantAt(zone, addDays(upto, 1), '00:00') - 1;
      return brief.clocks(source, span, upto, end).map(({ record, item, next, due, at, money, currency }) => {
        const on = at === null ? due : dayIn(zone, at);
        const isOver = at === null ? (on ?? '') < span.today : at < span.now;
        return {
          ...plain,
          record: { table: source.record?.table ?? source.table, id: record },
          what: item,
          note: next,
          on,
          money,
          currency,
          tone: isOver ? 'danger' : on === span.today ? 'warning' : 'neutral',
        };
      });
    })
    .toSorted(firstDue);

const priceRows = ({ brief, span }: Asked): readonly BriefRow[] =>
  brief.priceChanges(span, addDays(span.today, BRIEF_DAYS_ENDING)).map(({ list, listName, what, on, now, before, currency }) => ({
    ...plain,
    record: { table: 'price_lists', id: list },
    what,
    note: listName,
    on,
    price: { now, before },
    currency,
    tone: before !== null && now > before && on >= span.today ? 'warning' : 'neutral',
  }));

/** A year: what nobody bought for longer is no habit of the trade. */
const YEAR = 365;
/** Accounts that one is held against. */
const MOST_PEERS = 20;

const whitespaceRows = ({ brief, read, env, span }: Asked): readonly BriefRow[] => {
  const lately = orderPad(boughtBy(span.account, read), new Map(), span.today).flatMap((row): readonly BriefRow[] => {
    const product = row.isNotLately && row.everyDays !== null ? read.get('products', row.product) : undefined;
    if (product === undefined || product['status'] === 'discontinued') return [];
    const name = [product['sku'], product['name']].filter((part) => typeof part === 'string' && part !== '').join(' ');
    const usual = `usually every ${row.everyDays === 1 ? 'day' : `${row.everyDays} days`}`;
    return [
      {
        ...plain,
        record: { table: 'products', id: row.product },
        what: name,
        note: `Not ordered for ${daysBetween(row.lastOn, span.today)} days, ${usual}; last on ${formatDate(row.lastOn, env.locale)}`,
        on: row.lastOn,
      },
    ];
  });
  const { peers, gaps } = brief.gaps(span, addDays(span.today, -YEAR), MOST_PEERS);
  const never = gaps.map(({ id, name, peers: count }): BriefRow => ({
    ...plain,
    record: { table: 'product_groups', id },
    what: name,
    note: `Never bought; ${count} of ${peers} accounts of the same tier buy it`,
  }));
  return [...lately, ...never];
};

const rowsOf = (asked: Asked, part: BriefPart): readonly BriefRow[] => {
  if (part === 'since') return sinceRows(asked);
  if (part === 'prices') return priceRows(asked);
  return part === 'whitespace' ? whitespaceRows(asked) : clockRows(asked, part);
};

const readPart = (asked: Asked, key: BriefPart): Part => {
  try {
    const rows = rowsOf(asked, key);
    return { key, total: rows.length, failed: null, rows: rows.slice(0, BRIEF_ROWS) };
  } catch (error) {
    return { key, total: 0, failed: error instanceof Error ? error.message : String(error), rows: [] };
  }
};

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** @throws AppError `not-found`, `ambiguous` */
const accountOf = (of: Of, read: Reader): StoredRow => {
  const [id, ...others] = 'id' in of ? [of.id] : read.match('accounts', 'code', of.code);
  if (others.length > 0) throw new AppError('ambiguous', 'Several accounts have this code. Open the one you mean.', of);
  const account = id === undefined ? undefined : read.get('accounts', id);
  if (account !== undefined) return account;
  throw new AppError('not-found', 'id' in of ? 'The account is not here or was deleted.' : `There is no account ${of.code}.`, of);
};

/**
 * @param given ISO day; null = since the last visit
 * @throws AppError `not-found`, `ambiguous`, `invalid` for a day to come
 */
export const briefOf = (deps: BriefDeps, of: Of, given: string | null): Brief =>
  deps.read.together(() => {
    const account = accountOf(of, deps.read);
    const { id } = account;
    const { span, visit, zone } = spanOf(deps, id, given);
    if (span.since > span.today)
      throw new AppError('invalid', `${span.since} is still to come: a brief looks back.`, { since: span.since });
    const asked: Asked = { ...deps, span, zone };
    return {
      account: { id, code: textOf(account['code']), name: textOf(account['name']) ?? 'Account', city: textOf(account['city']) },
      since: span.since,
      visit: visit && { id: visit.id, summary: visit.summary },
      today: span.today,
      parts: briefParts.map(({ key }) => readPart(asked, key)),
    };
  });

export const briefQueries = (deps: BriefDeps): Pick<Queries, 'accounts.brief'> => ({
  'accounts.brief': ({ of, since }) => briefOf(deps, of, since),
});
