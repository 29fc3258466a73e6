/**
 * What an account owes and is about to owe, and what that means (K1, K2, K3). One figure everywhere: the account's page,
 * the order's page and the confirmation read it here. In the limit's currency: what is in another one by the rate that stands
 * on it, and counted apart where there is none (M6).
 */
import type { Queries } from '../../../../shared/contract/index.ts';
import { ageingOf } from '../../../../shared/domain/credit/ageing.ts';
import {
  exposureOf,
  judgeCredit,
  sayAge,
  type AgreedOrder,
  type ConfirmedOrder,
  type CreditResult,
} from '../../../../shared/domain/credit/exposure.ts';
import { goneOf, wantedTotal } from '../../../../shared/domain/credit/unbilled.ts';
import type { Plan } from '../../../../shared/domain/credit/plan.ts';
import { addBuckets } from '../../../../shared/domain/fulfilment.ts';
import { formatMoney } from '../../../../shared/domain/format.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { billableLines, invoicesOf } from '../billing/billing.ts';
import { companyToday } from '../company/company.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { creditLimitsOf, creditPolicyOf } from './credit.ts';
import { currencyOf } from '../records/fields.ts';
import { converterOf, exchangeOn, type Convert } from '../money/fx.ts';
import { bigOf, owedOf, planOf, sumOf, textOf, unappliedOf } from '../billing/receivables.ts';
import { taxPolicyOf } from '../money/tax.ts';

type Env = Pick<EngineEnv, 'clock' | 'zone' | 'locale'>;
/** The age of figures of a team that was never met. */
const NEVER = 'of this file only: the team has not been met yet';

export type Standing = Awaited<ReturnType<Queries['accounts.standing']>>;

const rowsOf = (table: TableName, ids: readonly string[], read: Reader): readonly StoredRow[] =>
  ids.flatMap((id) => read.get(table, id) ?? []);

/** Confirmed, or closed and billed here: what was closed without an invoice was billed elsewhere. */
const isOwed = (order: StoredRow, read: Reader): boolean =>
  order['status'] === 'confirmed' ||
  (order['status'] === 'closed' && invoicesOf(order.id, read).some(({ status }) => status === 'issued'));

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
  const wanted = billableLines(order, read).map(({ id, net, buckets: { ordered } }) => {
    const { short_closed: short, delivered, returned, invoiced } = addBuckets(schedulesOf(id, read).map(({ now }) => now));
    const code = textOf(read.get('order_lines', id)?.['tax_code']);
    return { code, net, ordered, gone: goneOf({ short, delivered, returned, invoiced }) };
  });
  const issued = invoicesOf(order.id, read).filter(({ status }) => status === 'issued');
  return {
    id: order.id,
    total: convert(wantedTotal(wanted, bigOf(order['freight']), taxPolicyOf('orders', order, read))),
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

/** What of a payment is set against nothing yet, by the rate of the day it came in; nothing where there is none. */
const unappliedIn = (payment: StoredRow, currency: string, today: string, read: Reader): bigint => {
  const [from, day] = [textOf(payment['currency']) ?? currency, textOf(payment['received_on']) ?? today];
  return exchangeOn({ from, to: currency, day, read })?.there(unappliedOf(payment, read)) ?? 0n;
};

type OpenOrder = ReturnType<Reader['openOf']>['orders'][number];

/** Orders of which something is to be billed, in the money that is judged in, from the sums that are kept of them (K1). */
const owedOrders = (
  open: readonly OpenOrder[],
  currency: string,
  converter: (row: StoredRow) => Convert | null,
  read: Reader,
) => {
  const converted = open.map(({ id, currency: own, total, billed, since }): AgreedOrder | null => {
    if (own === currency) return { id, total: BigInt(total), billed: BigInt(billed), since };
    const row = read.get('orders', id);
    const convert = row === undefined ? null : converter(row);
    return convert === null ? null : { id, total: convert(BigInt(total)), billed: convert(BigInt(billed)), since };
  });
  const known = converted.filter((one) => one !== null);
  return { known, others: converted.length - known.length };
};

type Asked = { readonly today: string; readonly locale: string };

/** What an account owes and is about to owe, judged. @param order judged as if it were confirmed; null = as it stands */
const judge = (account: StoredRow, order: StoredRow | null, read: Reader, { today, locale }: Asked) => {
  const currency = currencyOf('accounts', account, read) ?? '';
  const converter = (table: 'orders' | 'invoices') => (row: StoredRow) => converterOf(table, row, { to: currency, today, read });
  const { invoices, orders, payments } = read.openOf(account.id);
  const owing = knownOf(rowsOf('invoices', invoices, read), converter('invoices'));
  const ordered = owedOrders(
    orders.filter(({ id }) => id !== order?.id),
    currency,
    converter('orders'),
    read,
  );
  // The order that is asked about may be in the middle of a change, which the sums do not know yet.
  const known = order === null ? undefined : knownOf([order], converter('orders')).known[0];
  const asked = known === undefined ? null : orderValue(known, read);
  const isAgreed = order !== null && isOwed(order, read);
  const unapplied = rowsOf('payments', payments, read).map((payment) => unappliedIn(payment, currency, today, read));
  const { open, disputes, plans, excess } = receivablesOf(owing.known, read);
  const exposure = exposureOf({
    receivables: sumOf(open, (one) => one.open),
    credits: excess + sumOf(unapplied, (amount) => amount),
    orders: asked !== null && isAgreed ? [...ordered.known, asked] : ordered.known,
    deliveries: 0n,
    order: asked,
  });
  const ageing = ageingOf(open, disputes, plans, today);
  const credit = judgeCredit(exposure.total, creditLimitsOf(account, read), ageing.oldestDue, creditPolicyOf(read), today);
  return {
    currency,
    exposure,
    ageing,
    credit,
    why: sayCredit(credit, currency, locale),
    orders: ordered.known,
    open,
    others: owing.others + ordered.others + (isAgreed && asked === null ? 1 : 0),
  };
};

/**
 * An account as it stands, with the orders of which something is to be billed, the invoices that are open, and in words by how
 * much its limit is passed.
 */
export const creditNow = (account: StoredRow, read: Reader, asked: Asked) => {
  const { currency, credit, orders, open } = judge(account, null, read, asked);
  const overWhy = sayCredit({ ...credit, causes: ['over_limit'] }, currency, asked.locale)?.replace(/\.$/, '') ?? '';
  return { currency, credit, orders, open, overWhy };
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

/** What is left of the limit with an order as if it were confirmed, in minor units; null where there is no limit, or no account. */
export const roomWith = (
  order: StoredRow,
  read: Reader,
  asked: Asked,
): { readonly room: bigint; readonly currency: string } | null => {
  const account = typeof order['account_id'] === 'string' ? read.get('accounts', order['account_id']) : undefined;
  if (account === undefined) return null;
  const { credit, currency } = judge(account, order, read, asked);
  return credit.room === null ? null : { room: credit.room, currency };
};

/**
 * @param order judged as if it were confirmed; null = the account as it stands
 * @param knownUpTo up to when the file knows what the team did; null where it is of none
 */
export const standingOf = (
  account: StoredRow,
  order: StoredRow | null,
  read: Reader,
  env: Env,
  knownUpTo: number | null,
): Standing => {
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
    age: knownUpTo === null ? null : knownUpTo === 0 ? NEVER : sayAge(knownUpTo, now),
    why,
    others,
  };
};
