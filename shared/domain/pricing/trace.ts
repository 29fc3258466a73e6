/**
 * How a price came about, as data (P1): where it was looked for, what was found, every step with the price before and
 * after, the next break. JSON values only, and nothing that differs between devices: equal inputs give the same text.
 */
import { canonicalJson } from '../canonical.ts';
import { divideRounded } from '../decimal.ts';
import { MICRO } from '../kinds.ts';
import { averagePrice } from './breaks.ts';
import type { Level } from './levels.ts';
import type { BreakBasis } from './types.ts';

const ONE = BigInt(MICRO);

/**
 * What a level had. hit = the price is its · partly = it gave some of the units · quantity = its bands are not reached ·
 * later = it has one, but the search had ended · none = nothing for this line.
 */
export type LevelLook = {
  readonly level: Level;
  readonly note: 'hit' | 'partly' | 'quantity' | 'later' | 'none';
  readonly rule: string | null;
  readonly version: string | null;
  readonly list: string | null;
  /** Of one unit of the line. */
  readonly price: number | null;
  readonly min: number | null;
};

/**
 * Units of a line under one rule. `amount`: how many of the product's own units at 10^-12, as decimal text; `beside`: how
 * many counted towards its band besides the line, by its basis (P6).
 */
export type TracePart = {
  readonly rule: string;
  readonly version: string;
  readonly list: string;
  readonly price: number;
  readonly factor: number;
  readonly amount: string;
  readonly basis: BreakBasis;
  readonly beside: string;
};

export type TraceStep =
  /** The price of one line unit over its parts. `factor`: product's own units in one. */
  | {
      readonly kind: 'base';
      readonly level: Level;
      readonly parts: readonly TracePart[];
      readonly factor: number;
      readonly after: number;
    }
  /** Agreed before, and taken over as it was. */
  | {
      readonly kind: 'agreed';
      readonly from: 'quote' | 'return';
      readonly rule: string;
      readonly version: string;
      readonly after: number;
    }
  | {
      readonly kind: 'promotion';
      readonly rule: string;
      readonly version: string;
      readonly code: string;
      readonly percent: number;
      readonly before: number;
      readonly after: number;
    };

/** A promotion that holds for the line and was still left out, and why. */
export type Passed = { readonly rule: string; readonly code: string; readonly why: 'contract' | 'level' | 'stack' };

export type NextBreak = { readonly rule: string; readonly version: string; readonly min: number; readonly price: number };

export type Trace = {
  readonly v: 1;
  readonly outcome: 'priced' | 'unpriced' | 'conflict';
  readonly price: number | null;
  /** The level the price is of; null where there is none, or it was agreed before. */
  readonly level: Level | null;
  readonly looks: readonly LevelLook[];
  readonly steps: readonly TraceStep[];
  readonly passed: readonly Passed[];
  readonly next: NextBreak | null;
  /** Of rules or promotions that nothing tells apart. */
  readonly conflict: readonly string[];
  /** Units beyond what a quote still holds: a line of their own. */
  readonly excess: number;
  /** The days the deciding rule holds. */
  readonly from: string | null;
  readonly to: string | null;
};

/** A price less a fraction, at 10^-6. */
export const takeOff = (price: number, percent: number): number =>
  Number(divideRounded(BigInt(price) * (ONE - BigInt(percent)), ONE));

const replayStep = (price: number | null, step: TraceStep): number | null => {
  switch (step.kind) {
    case 'base':
      return averagePrice(
        step.parts.map((part) => ({ price: part.price, factor: part.factor, amount: BigInt(part.amount) })),
        step.factor,
      );
    case 'agreed':
      return step.after;
    case 'promotion':
      return price === null ? null : takeOff(price, step.percent);
  }
};

/** The price that the steps of a trace come to, worked out again from what they say. */
export const replay = (steps: readonly TraceStep[]): number | null => steps.reduce(replayStep, null);

/** The text a trace is hashed from: the same on every device. */
export const traceText = (trace: Trace): string => canonicalJson(trace);
