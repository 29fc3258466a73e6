/** Reads what the brief of an account is made of: its events, its clocks, the prices that change for it, what is bought. */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { accountClocksSql, type ClockDetail, type OpenClock } from '../clocks/read.ts';
import type { ClockSource } from '../clocks/source.ts';
import type { EventSource } from './events.ts';
import { groupsSql, peersSql, priceChangesSql } from './goods.ts';

/** Days and moments that a brief looks between. */
export type BriefSpan = {
  readonly account: string;
  /** ISO days. */
  readonly since: string;
  readonly today: string;
  /** UTC milliseconds: the beginning of the first day, and now. */
  readonly sinceAt: number;
  readonly now: number;
};

export type Visit = { readonly id: string; readonly at: number; readonly summary: string };

export type BriefEvent = {
  readonly id: string;
  readonly what: string;
  readonly state: string | null;
  readonly on: string | null;
  readonly at: number | null;
  readonly money: number | null;
  readonly currency: string | null;
};

export type PriceChange = {
  readonly id: string;
  readonly list: string;
  readonly listName: string;
  readonly what: string;
  readonly on: string;
  readonly now: number;
  readonly before: number | null;
  readonly currency: string | null;
};

/** Goods that like accounts buy and this one never did. */
export type Gap = { readonly id: string; readonly name: string; readonly peers: number };

export type BriefReader = {
  lastVisit(account: string, now: number): Visit | null;
  events(source: EventSource, span: BriefSpan): readonly BriefEvent[];
  /** Open clocks of the account that run out by a day. */
  clocks(source: ClockSource, span: BriefSpan, upto: string, end: number): readonly (OpenClock & ClockDetail)[];
  /** Prices that began, or begin by a day. */
  priceChanges(span: BriefSpan, upto: string): readonly PriceChange[];
  /** @param most accounts of the same tier that are looked at */
  gaps(span: BriefSpan, from: string, most: number): { readonly peers: number; readonly gaps: readonly Gap[] };
};

type Params = Record<string, Scalar>;

const eventsSql = ({
  from,
  where,
  what,
  state = 'NULL',
  on = 'NULL',
  at = 'NULL',
  money,
  currency,
  groupBy,
}: EventSource): string =>
  `SELECT t.id, ${what} AS what, ${state} AS state, ${on} AS "on", ${at} AS at, ${money ?? 'NULL'} AS money,
    ${currency ?? 'NULL'} AS currency FROM ${from} WHERE ${where} AND t._alive = 1 ${groupBy === undefined ? '' : `GROUP BY ${groupBy}`}`;

const VISIT = `SELECT id, at, coalesce(summary, '') AS summary FROM activities
  WHERE about_id = ? AND kind = 'visit' AND at <= ? AND _alive = 1 ORDER BY at DESC LIMIT 1`;

export const createBriefReader = (db: Database): BriefReader => {
  return {
    lastVisit: (account, now) => db.prepare<[string, number], Visit>(VISIT).get(account, now) ?? null,
    events: (source, span) => db.prepare<[Params], BriefEvent>(eventsSql(source)).all({ ...span }),
    clocks: (source, { account, today, now }, upto, end) =>
      db.prepare<[Params], OpenClock & ClockDetail>(accountClocksSql(source)).all({ account, today, upto, now, end }),
    priceChanges: ({ account, since, today }, upto) =>
      db.prepare<[Params], PriceChange>(priceChangesSql).all({ account, since, today, upto }),
    gaps: ({ account }, from, most) => {
      const peers = db.prepare<[Params], string>(peersSql).pluck().all({ account, from, most });
      if (peers.length === 0) return { peers: 0, gaps: [] };
      const gaps = db.prepare<[Params], Gap>(groupsSql).all({ account, from, peers: JSON.stringify(peers) });
      return { peers: peers.length, gaps };
    },
  };
};
