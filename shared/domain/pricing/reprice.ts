/**
 * Pricing again, on purpose (P9): what each line of a draft would cost now, before and after. Confirmed documents keep
 * what was captured; how far the prices have moved away from it is only ever told.
 */
import { MICRO } from '../kinds.ts';
import type { LinePrice } from './manual.ts';
import type { Trace } from './trace.ts';

export type RepriceRow = {
  readonly line: string;
  readonly before: number | null;
  readonly after: number | null;
  /** What the prices say now; null = nothing, or several things. */
  readonly says: number | null;
  /** kept = a person's price stays · unpriced = the prices have none now · conflict = they have several. */
  readonly change: 'same' | 'up' | 'down' | 'new' | 'kept' | 'unpriced' | 'conflict';
};

const directionOf = (before: number | null, after: number): RepriceRow['change'] => {
  if (before === null) return 'new';
  return after === before ? 'same' : after > before ? 'up' : 'down';
};

/** What pricing a line again does. A price set by hand is kept, and one that came with the line where none is found. */
export const repriceRow = (line: string, now: LinePrice, trace: Pick<Trace, 'outcome' | 'price'>): RepriceRow => {
  const before = now.price;
  const says = trace.price;
  if (now.by === 'hand') return { line, before, after: before, says, change: 'kept' };
  if (trace.outcome === 'conflict') return { line, before, after: before, says, change: 'conflict' };
  return says === null
    ? { line, before, after: now.by === 'engine' ? null : before, says, change: 'unpriced' }
    : { line, before, after: says, says, change: directionOf(before, says) };
};

/** Whether a captured price lies further from today's than a fraction of it: something to review, never to change. */
export const isBeyondTolerance = (captured: number, now: number, tolerance: number): boolean => {
  const apart = BigInt(Math.abs(now - captured)) * BigInt(MICRO);
  return apart > BigInt(tolerance) * BigInt(Math.abs(captured));
};
