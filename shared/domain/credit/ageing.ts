/** How long what is owed has been due (K3, K4): by day, without what is in dispute, and by its plan where there is one. */
import { daysBetween } from '../dates.ts';
import { disputedOf, type Dispute } from './disputes.ts';
import { planStanding, type Plan } from './plan.ts';

/** Minor units. */
export type OpenInvoice = { readonly id: string; readonly due: string; readonly open: bigint };

const bounds = [0, 30, 60, 90] as const;

export type Ageing = {
  /** Not due yet; then up to 30, 60, 90 days and more. */
  readonly buckets: readonly [current: bigint, to30: bigint, to60: bigint, to90: bigint, over90: bigint];
  readonly disputed: bigint;
  readonly overdue: bigint;
  /** The due day of the oldest part that is overdue; null = none. */
  readonly oldestDue: string | null;
};

type Part = { readonly due: string; readonly amount: bigint };

/** What of an invoice is due when: by its plan while that is kept, else all of it by its own day. */
const partsOf = ({ due }: OpenInvoice, amount: bigint, plan: Plan | undefined, today: string): readonly Part[] => {
  const standing = plan && planStanding(plan, today);
  if (standing === undefined || standing.isBroken) return [{ due, amount }];
  const parts: Part[] = [];
  let left = amount;
  // What is paid or in dispute is taken off the instalments that come last.
  for (const { due: on, left: size } of standing.instalments) {
    const part = size < left ? size : left;
    if (part > 0n) parts.push({ due: on, amount: part });
    left -= part;
  }
  return left > 0n ? [...parts, { due, amount: left }] : parts;
};

const bucketOf = (due: string, today: string): number => {
  const days = daysBetween(due, today);
  const at = bounds.findIndex((bound) => days <= bound);
  return at < 0 ? bounds.length : at;
};

/** The ageing of an account. Everything open is in one bucket or in dispute. */
export const ageingOf = (
  invoices: readonly OpenInvoice[],
  disputes: readonly Dispute[],
  plans: readonly Plan[],
  today: string,
): Ageing => {
  const buckets: [bigint, bigint, bigint, bigint, bigint] = [0n, 0n, 0n, 0n, 0n];
  let disputed = 0n;
  let oldestDue: string | null = null;
  for (const invoice of invoices) {
    const inDispute = disputedOf(invoice, disputes);
    disputed += inDispute;
    const plan = plans.find((one) => one.invoice === invoice.id);
    for (const { due, amount } of partsOf(invoice, invoice.open - inDispute, plan, today)) {
      const at = bucketOf(due, today);
      buckets[at] = (buckets[at] ?? 0n) + amount;
      if (at > 0 && amount > 0n && (oldestDue === null || due < oldestDue)) oldestDue = due;
    }
  }
  const [, ...late] = buckets;
  return { buckets, disputed, overdue: late.reduce((sum, one) => sum + one, 0n), oldestDue };
};
