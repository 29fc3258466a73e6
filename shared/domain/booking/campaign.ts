/**
 * Campaigns (B8): slots have room for so many, what was booked is delivered over its days, and what falls short is made
 * good by a booking of its own that names the first and costs nothing.
 */
import { daysBetween } from '../dates.ts';
import { divideRounded } from '../decimal.ts';

export type Flight = { readonly booked: bigint; readonly delivered: bigint; readonly from: string; readonly to: string };

/** What should have been delivered by the end of a day: even over its days, all of it after the last. */
export const expectedBy = ({ booked, from, to }: Flight, day: string): bigint => {
  const days = BigInt(daysBetween(from, to) + 1);
  const gone = BigInt(Math.max(0, daysBetween(from, day) + 1));
  return gone >= days ? booked : divideRounded(booked * gone, days);
};

/** Delivered of expected to date, in 10^-6; null before the first day. */
export const pacing = (flight: Flight, day: string): bigint | null => {
  const expected = expectedBy(flight, day);
  return expected === 0n ? null : divideRounded(flight.delivered * 1_000_000n, expected);
};

export const makeGoodReasons = ['under_delivery', 'terms', 'performance'] as const;
export type MakeGoodReason = (typeof makeGoodReasons)[number];

type MakeGood = { readonly of: string; readonly amount: bigint; readonly reason: MakeGoodReason; readonly charge: 0n };

/**
 * What to offer for a flight that is over and fell short; null where it did not, or what it lacks is made good already.
 * @param made amounts of make-goods it has
 */
export const proposeMakeGood = (
  id: string,
  flight: Flight,
  { today, made }: { readonly today: string; readonly made: readonly bigint[] },
): MakeGood | null => {
  if (today <= flight.to) return null;
  const short = flight.booked - flight.delivered - made.reduce((sum, one) => sum + one, 0n);
  return short > 0n ? { of: id, amount: short, reason: 'under_delivery', charge: 0n } : null;
};

export type Deliverable = { readonly name: string; readonly due: string; readonly doneOn: string | null };

/** What has to be there before the campaign goes live and is not: its checklist. */
export const openDeliverables = (list: readonly Deliverable[], live: string): readonly Deliverable[] =>
  list.filter(({ due, doneOn }) => doneOn === null && due <= live);
