/**
 * What a price is asked for and found in (RULES.md 3.2). Plain values: prices, quantities and factors are integers of
 * 10^-6, days are ISO days, links are ids. No table, no clock.
 */
import type { Level } from './levels.ts';

/** How a rule treats what lies outside its band (P6). */
export type BreakMode = 'all_units' | 'up_to_max' | 'graduated';

/** What a band is measured by: the line, all lines of one price group, or what was bought in a period. */
export type BreakBasis = 'line' | 'group' | 'period';

export type ListKind = 'general' | 'account' | 'tier' | 'campaign' | 'contract';

/** The goods a rule is for; all null = everything. */
export type ProductKey = { readonly variant: string | null; readonly product: string | null; readonly group: string | null };

/** The customers a rule is for; null = any. */
export type CustomerKey = {
  readonly account: string | null;
  readonly site: string | null;
  readonly tier: string | null;
  readonly channel: string | null;
};

/** The days a rule holds, both included; null = open. */
export type Validity = { readonly from: string | null; readonly to: string | null };

/** One price of a list or a contract. */
export type PriceRule = ProductKey &
  CustomerKey &
  Validity & {
    readonly id: string;
    readonly version: string;
    /** The list or contract it stands in. */
    readonly list: string;
    readonly kind: ListKind;
    /** Of a campaign list: it takes the place of the general list. */
    readonly isReplacing: boolean;
    /** Promotions may follow it: contracts say so themselves, all others always. */
    readonly isOpenToPromotions: boolean;
    readonly currency: string;
    /** The unit the price is per; null = the product's own. */
    readonly uom: string | null;
    readonly min: number;
    readonly max: number | null;
    readonly mode: BreakMode;
    readonly basis: BreakBasis;
    readonly price: number;
    /** Higher first. */
    readonly priority: number;
  };

/** A percentage off, after the base price (P7). */
export type Promotion = ProductKey &
  CustomerKey &
  Validity & {
    readonly id: string;
    readonly version: string;
    readonly code: string;
    /** Fraction taken off. */
    readonly percent: number;
    readonly min: number;
    /** Levels whose prices it may follow; empty = all. */
    readonly levels: readonly Level[];
    /** Codes of promotions it combines with; `*` = all. */
    readonly stackableWith: readonly string[];
    /** Higher first. */
    readonly priority: number;
  };

/** A price that was agreed before: of an accepted quote's line, or of the sale that comes back. */
export type AgreedPrice = {
  readonly kind: 'quote' | 'return';
  readonly id: string;
  readonly version: string;
  readonly price: number;
  /** Quantity still open on the quote; null = all of it. */
  readonly remaining: number | null;
};

/** P1. */
export type PriceAsk = {
  readonly account: string | null;
  /** The account's parents, nearest first. */
  readonly parents: readonly string[];
  readonly site: string | null;
  readonly tier: string | null;
  readonly channel: string | null;
  readonly variant: string | null;
  readonly product: string;
  /** The product's group and those above it, nearest first. */
  readonly groups: readonly string[];
  readonly uom: string;
  /** The product's own unit. */
  readonly baseUom: string;
  /** How many of the product's own unit another unit holds. */
  readonly units: Readonly<Record<string, number>>;
  readonly qty: number;
  /**
   * What counts towards the band of a rule besides the line (P6), by the rule's id: the other lines of its group, or what was
   * bought in its period. In the product's own units at 10^-12; of a rule that is not named, nothing.
   */
  readonly beside: ReadonlyMap<string, bigint>;
  readonly currency: string;
  readonly date: string;
  readonly agreed: AgreedPrice | null;
};

/** Everything a price may be found in, and the order it is looked for. */
export type PriceBook = {
  readonly levels: readonly Level[];
  readonly rules: readonly PriceRule[];
  readonly promotions: readonly Promotion[];
};

/** Whether a day lies within, both ends included (P5). */
export const isValidOn = ({ from, to }: Validity, date: string): boolean =>
  (from === null || from <= date) && (to === null || date <= to);
