/**
 * What an account owes and is about to owe, and what that means (K1, K2, K3). One figure everywhere: the account's page,
 * the order's page and the confirmation read it here. In the limit's currency: what is in another one by the rate that stands
 * on it, and counted apart where there is none (M6).
 */
import type { Queries } from '../../../shared/contract/index.ts';
import { ageingOf } from '../../../shared/domain/credit/ageing.ts';
import {
  exposureOf,
  judgeCredit,
  sayAge,
  type ConfirmedOrder,
  type CreditResult,
} from '../../../shared/domain/credit/exposure.ts';
import { divideRounded } from '../../../shared/domain/decimal.ts';
import type { Plan } from '../../../shared/domain/credit/plan.ts';
import { formatMoney } from '../../../shared/domain/format.ts';
import { taxesOf } from '../../../shared/domain/tax-policy.ts';
import type { EngineEnv } from '../env.ts';
import type { Reader, StoredRow } from '../store/api.ts';
import { billableLines, invoicesOf } from './billing.ts';
import { companyToday } from './company.ts';
import { creditLimitsOf, creditPolicyOf } from './credit.ts';
import { currencyOf } from './fields.ts';
import { converterOf, type Convert } from './fx.ts';
import { bigOf, owedOf, planOf, rowsBy, sumOf, textOf, unappliedOf } from './receivables.ts';
import { taxPolicyOf } from './tax.ts';

type Env = Pick<EngineEnv, 'clock' | 'zone' | 'locale'>;
export type Standing = Awaited<ReturnType<Queries['accounts.standing']>>;

/** Confirmed orders, and closed ones that were billed here: what was closed without an invoice was billed elsewhere. */
const ordersOf = (account: string, invoices: readonly StoredRow[], read: Reader): readonly StoredRow[] => {
  const confirmed = read.matching('orders', { account_id: account, status: 'confirmed' });
  const billed = invoices.flatMap(({ order_id: order }) => (typeof order === 'string' ? [order] : []));
  return [...new Set([...confirmed, ...billed])]
    .flatMap((id) => read.get('orders', id) ?? [])
    .filter(({ status }) => status === 'confirmed' || status === 'closed');
};

/** What the two tests say, in one sentence for each; null where nothing is to be said. */
const sayCredit = ({ causes, limit, room, overdueDays }: CreditResult, currency: string, locale: string): string | null => {
  const money = (value: bigint | null): string => `${formatMoney(String(value ?? 0n), currency, locale)} ${currency}`.trim();
  const said = causes.map((cause) => {
    if (cause === 'overdue') return `The oldest unpaid invoice is ${overdueDays} days overdue.`;
    return cause === 'over_limit'
      ? `The credit limit of ${money(limit)} is passed by ${money(room === null ? null : -room)}.`
      : `Of the credit limit of ${money(limit)} only ${money(room)} is left.`;
  });
  return said.length === 0 ? null : said.join(' ');
};

const texts = <T extends Readonly<Record<string, bigint>>>(amounts: T): { readonly [K in keyof T]: string } =>
  Object.fromEntries(Object.entries(amounts).map(([key, value]) => [key, String(value)])) as { readonly [K in keyof T]: string };

/** Documents with a rate to the currency that is judged in, each with what turns its amounts into that; and how many have none. */
const knownOf = (rows: readonly StoredRow[], converter: (row: StoredRow) => Convert | null) => {
  const known = rows.flatMap((row) => {
    const convert = converter(row);
    return convert === null ? [] : [{ row, convert }];
  });
  return { known, others: rows.length - known.length };
};

type Known = ReturnType<typeof knownOf>['known'][number];

/** What is wanted of an order, with its tax, and what of it is in the receivables. */
const orderValue = ({ row: order, convert }: Known, read: Reader): ConfirmedOrder => {
  const wanted = billableLines(order, read).map(({ id, net, buckets: { ordered, cancelled, short_closed: short } }) => ({
    code: textOf(read.get('order_lines', id)?.['tax_code']),
    amount: ordered === 0n ? 0n : divideRounded(net * (ordered - cancelled - short), ordered),
  }));
  const policy = taxPolicyOf('orders', order, read);
  const parts = [...wanted, { code: policy.freight, amount: bigOf(order['freight']) }];
  const issued = invoicesOf(order.id, read).filter(({ status }) => status === 'issued');
  return {
    id: order.id,
    total: convert(sumOf(parts, ({ amount }) => amount) + taxesOf(parts, policy).added),
    billed: convert(sumOf(issued, (invoice) => owedOf(invoice, read).total)),
  };
};

const planIn = (plan: Plan | null, convert: Convert): readonly Plan[] =>
  plan === null
    ? []
    : [
        {
          ...plan,
          paid: convert(plan.paid),
          instalments: plan.instalments.map(({ due, amount }) => ({ due, amount: convert(amount) })),
        },
      ];

const receivablesOf = (invoices: readonly Known[], read: Reader) => {
  const owed = invoices.map(({ row: invoice, convert }) => ({ invoice, convert, owed: owedOf(invoice, read) }));
  return {
    open: owed
      .filter((one) => one.owed.open > 0n)
      .map(({ invoice, convert, owed: { open } }) => ({
        id: invoice.id,
        due: String(invoice['due_on'] ?? invoice['issued_on'] ?? ''),
        open: convert(open),
      })),
    disputes: owed.flatMap(({ convert, owed: one }) =>
      one.disputes.map((dispute) => ({ ...dispute, amount: convert(dispute.amount) })),
    ),
    plans: owed.flatMap(({ invoice, convert, owed: one }) => planIn(planOf(invoice.id, one, read), convert)),
    /** More came in than was owed. */
    excess: sumOf(owed, ({ convert, owed: { open } }) => (open < 0n ? convert(-open) : 0n)),
  };
};

const unapplied = (account: string, isOwn: (row: StoredRow) => boolean, read: Reader): bigint =>
  sumOf(rowsBy('payments', 'account_id', account, read).filter(isOwn), (payment) => unappliedOf(payment, read));

type Asked = { readonly today: string; readonly locale: string };

/** What an account owes and is about to owe, judged. @param order judged as if it were confirmed; null = as it stands */
const judge = (account: StoredRow, order: StoredRow | null, read: Reader, { today, locale }: Asked) => {
  const currency = currencyOf('accounts', account, read) ?? '';
  const isOwn = (row: StoredRow): boolean => (textOf(row['currency']) ?? currency) === currency;
  const converter = (table: 'orders' | 'invoices') => (row: StoredRow) => converterOf(table, row, { to: currency, today, read });
  const issued = rowsBy('invoices', 'account_id', account.id, read).filter(({ status }) => status === 'issued');
  const orders = ordersOf(account.id, issued, read);
  const owing = knownOf(issued, converter('invoices'));
  const ordered = knownOf(orders, converter('orders'));
  const asked = order === null ? null : (knownOf([order], converter('orders')).known[0] ?? null);
  const { open, disputes, plans, excess } = receivablesOf(owing.known, read);
  const exposure = exposureOf({
    receivables: sumOf(open, (one) => one.open),
    credits: excess + unapplied(account.id, isOwn, read),
    orders: ordered.known.map((one) => orderValue(one, read)),
    deliveries: 0n,
    order: asked === null ? null : orderValue(asked, read),
  });
  const ageing = ageingOf(open, disputes, plans, today);
  const credit = judgeCredit(exposure.total, creditLimitsOf(account, read), ageing.oldestDue, creditPolicyOf(read), today);
  return { currency, exposure, ageing, credit, why: sayCredit(credit, currency, locale), others: owing.others + ordered.others };
};

/** What credit says of confirming an order (K2), with why in words; null where nothing is to be said. */
export const creditOf = (
  order: StoredRow,
  read: Reader,
  asked: Asked,
): { readonly result: 'warn' | 'hold'; readonly why: string } | null => {
  const account = typeof order['account_id'] === 'string' ? read.get('accounts', order['account_id']) : undefined;
  if (account === undefined) return null;
  const { credit, why } = judge(account, order, read, asked);
  return credit.result === 'ok' ? null : { result: credit.result, why: why ?? '' };
};

/** @param order judged as if it were confirmed; null = the account as it stands */
export const standingOf = (account: StoredRow, order: StoredRow | null, read: Reader, env: Env): Standing => {
  const today = companyToday(read, env);
  const { currency, exposure, ageing, credit, why, others } = judge(account, order, read, { today, locale: env.locale });
  const now = env.clock();
  return {
    currency,
    exposure: texts(exposure),
    ageing: {
      buckets: ageing.buckets.map(String),
      disputed: String(ageing.disputed),
      overdue: String(ageing.overdue),
      oldest_due: ageing.oldestDue,
    },
    result: credit.result,
    causes: [...credit.causes],
    limit: credit.limit === null ? null : String(credit.limit),
    room: credit.room === null ? null : String(credit.room),
    overdue_days: credit.overdueDays,
    // The file is all there is until a hub is asked: its figures are of this moment.
    age: sayAge(now, now),
    why,
    others,
  };
};
