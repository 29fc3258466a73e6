/**
 * Reads clocks: of each source what is due by a day, and what is shown of a few of them. A window of tens of thousands is
 * one pass over an index for each source; names are only looked up for the rows on the screen.
 */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { ClockSource } from './source.ts';

export type ClockWindow = {
  /** ISO day; the last one looked at. */
  readonly upto: string;
  readonly today: string;
  /** UTC milliseconds. */
  readonly now: number;
  /** The end of the last day, UTC milliseconds. */
  readonly end: number;
  /** Only what is theirs, or nobody's; null = everybody's. */
  readonly owner: string | null;
};

/** What ranking needs of a clock. */
export type OpenClock = {
  readonly id: string;
  /** The day, or the moment in UTC milliseconds: one of the two. */
  readonly due: string | null;
  readonly at: number | null;
  readonly time: string | null;
  readonly money: number | null;
  readonly currency: string | null;
  readonly stake: number;
};

/** What is shown of one. */
export type ClockDetail = {
  readonly id: string;
  readonly item: string;
  readonly next: string;
  readonly record: string;
  readonly account: string | null;
  readonly accountName: string | null;
  readonly owner: string | null;
  readonly ownerName: string | null;
};

export const openClocksSql = (source: ClockSource): string => {
  const { from, where, due = 'NULL', at = 'NULL', time = 'NULL', money = 'NULL', currency = 'NULL', stake = '0', owner } = source;
  return `SELECT t.id, ${due}, ${at}, ${time}, ${money}, ${currency}, ${stake} FROM ${from}
    WHERE ${where} AND (:owner IS NULL OR ${owner} = :owner OR ${owner} IS NULL)`;
};

export const clockDetailsSql = ({ from, fromRow = from, item, next, account, owner, record }: ClockSource): string =>
  `SELECT k.*, a.name AS accountName, p.name AS ownerName FROM (
      SELECT t.id, ${item} AS item, ${next} AS next, ${record?.id ?? 't.id'} AS record, ${account} AS account, ${owner} AS owner
      FROM json_each(:ids) j CROSS JOIN ${fromRow} WHERE t.id = j.value) k
    LEFT JOIN accounts a ON a.id = k.account AND a._alive = 1 LEFT JOIN people p ON p.id = k.owner AND p._alive = 1`;

/** Those of one account with what is shown of them, for a page about it. */
export const accountClocksSql = (source: ClockSource): string => {
  const {
    fromRow,
    from,
    where,
    due = 'NULL',
    at = 'NULL',
    time = 'NULL',
    money = 'NULL',
    currency = 'NULL',
    stake = '0',
  } = source;
  const { item, next, account, owner, record } = source;
  return `SELECT k.*, a.name AS accountName, p.name AS ownerName FROM (
      SELECT t.id, ${due} AS due, ${at} AS at, ${time} AS time, ${money} AS money, ${currency} AS currency, ${stake} AS stake,
        ${item} AS item, ${next} AS next, ${record?.id ?? 't.id'} AS record, ${account} AS account, ${owner} AS owner
      FROM ${fromRow ?? from} WHERE ${where} AND ${account} = :account) k
    LEFT JOIN accounts a ON a.id = k.account AND a._alive = 1 LEFT JOIN people p ON p.id = k.owner AND p._alive = 1`;
};

/** The first of what comes after the window, or nothing. */
const nextSql = ({ from, where, due = 'NULL', owner }: ClockSource): string =>
  `SELECT t.id, ${due} AS due FROM ${from} WHERE ${where} AND ${due} > :after
    AND (:owner IS NULL OR ${owner} = :owner OR ${owner} IS NULL) ORDER BY ${due} LIMIT 1`;

type Params = Record<string, Scalar>;

export type Clocks = {
  /** What is open and due by the end of the window. Throws what the source throws. */
  open(source: ClockSource, window: ClockWindow): readonly OpenClock[];
  details(source: ClockSource, ids: readonly string[], day: Pick<ClockWindow, 'today' | 'now'>): ReadonlyMap<string, ClockDetail>;
  /** The first that is due after the window and within a year of it. */
  after(source: ClockSource, window: ClockWindow, limit: string): { readonly id: string; readonly due: string } | null;
  /** What a person put off that has not come back: the moment by item. */
  snoozed(person: string | null, now: number): ReadonlyMap<string, number>;
};

const snoozedSql = `SELECT item, max(until) FROM snoozes WHERE until > :now AND _alive = 1
  AND (person_id IS :person OR person_id IS NULL) GROUP BY item`;

export const createClocks = (db: Database): Clocks => ({
  open: (source, { upto, today, now, end, owner }) =>
    db
      .prepare<[Params], [string, string | null, number | null, string | null, number | null, string | null, number]>(
        openClocksSql(source),
      )
      .raw()
      .all({ upto, today, now, end, owner })
      .map(([id, due, at, time, money, currency, stake]) => ({ id, due, at, time, money, currency, stake })),
  details: (source, ids, { today, now }) => {
    const rows = db.prepare<[Params], ClockDetail>(clockDetailsSql(source)).all({ ids: JSON.stringify(ids), today, now });
    return new Map(rows.map((row) => [row.id, row]));
  },
  after: (source, { upto, today, now, owner }, limit) =>
    db
      .prepare<[Params], { id: string; due: string }>(nextSql(source))
      .get({ upto: limit, after: upto, today, now, end: 0, owner }) ?? null,
  snoozed: (person, now) => new Map(db.prepare<[Params], [string, number]>(snoozedSql).raw().all({ now, person })),
});
