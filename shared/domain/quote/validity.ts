/** How long a quote holds (Q1, Q4): the days its price list gives, cut short by whatever it rests on. */
import { addDays, daysBetween } from '../dates.ts';

/** Something a quote rests on that ends on a day: a contract, a rate that was bought, a place that is held, its own freight rates. */
export type Rest = {
  readonly kind: 'contract' | 'buy_rate' | 'slot' | 'rates';
  readonly id: string;
  readonly name: string;
  readonly until: string;
};

/** `cap` = what ends it before its days are over; null = nothing does. */
export type Validity = { readonly until: string; readonly cap: Rest | null };

/** The last day of a quote. Of several things that end on the same day the lowest id is named, on every device. */
export const validityOf = (from: string, days: number, rests: readonly Rest[]): Validity => {
  const until = addDays(from, days);
  const first = rests.toSorted((a, b) => (a.until === b.until ? (a.id < b.id ? -1 : 1) : a.until < b.until ? -1 : 1))[0];
  return first && first.until < until ? { until: first.until, cap: first } : { until, cap: null };
};

const words: Readonly<Record<Exclude<Rest['kind'], 'rates'>, string>> = {
  contract: 'contract',
  buy_rate: 'buy rate',
  slot: 'slot',
};

const sayEnd = ({ kind, name }: Rest): string =>
  kind === 'rates' ? 'its rates hold no longer' : `${words[kind]} ${name} ends then`;

/** Why a quote ends when it does, in words; null where it has all its days. */
export const sayCap = ({ until, cap }: Validity): string | null => cap && `Valid to ${until} only: ${sayEnd(cap)}`;

/** Days since the last day it could be accepted on, 0 while it still can. Only what is with the customer expires. */
export const expiredDays = (status: string, validTo: string | null, today: string): number =>
  (status === 'approved' || status === 'sent') && validTo !== null ? Math.max(0, daysBetween(validTo, today)) : 0;
