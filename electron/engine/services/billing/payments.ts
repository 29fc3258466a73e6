/** Money that comes in, and what was agreed about it: payments, promises to pay, payment plans (K3, K4). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { equalInstalments, judgePlan } from '../../../../shared/domain/credit/plan.ts';
import { isCurrency } from '../../../../shared/domain/currency.ts';
import { judgeFar } from '../../../../shared/domain/plausible.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { issuedInvoice, nameOfInvoice, type BillingDeps } from './invoices.ts';
import {
  allocations,
  exchangeFor,
  issuedOf,
  namedShares,
  openInvoices,
  payableInvoice,
  share,
  type Incoming,
} from './payment-shares.ts';
import { numberOnPaper, owedOf, rowsBy, sumOf, textOf, unappliedOf } from './receivables.ts';
import { applyStep } from '../access/step.ts';

const record =
  ({ store, env }: BillingDeps): Commands['payments.record'] =>
  ({ account, invoice, amount, on, method, reference, currency: given, screen }, context) => {
    if (store.get('accounts', account) === undefined)
      throw new AppError('not-found', 'The account is not here or was deleted.', { table: 'accounts', id: account });
    const asked = invoice === null ? null : issuedInvoice(store, invoice);
    const usual = asked === null ? currencyOf('payments', { account_id: account }, store) : textOf(asked['currency']);
    if (given !== null && !isCurrency(given)) throw new AppError('invalid', `“${given}” is no currency.`, { field: 'currency' });
    const currency = given ?? usual ?? null;
    const incoming = { account, currency, on };
    const named = invoice === null ? null : payableInvoice(incoming, invoice, store);
    const parts = share(BigInt(amount), named === null ? openInvoices(incoming, store) : [named], incoming, store);
    const id = env.ids();
    const values = { account_id: account, received_on: on, amount, method, reference, currency };
    const done = applyStep(store, context, { label: 'Record payment', screen }, [
      { kind: 'insert', table: 'payments', id, values },
      ...allocations(id, parts, incoming, { read: store, ids: env.ids }),
    ]);
    return { ...done, id };
  };

const paymentById = (read: Reader, id: string): StoredRow => {
  const payment = read.get('payments', id);
  if (payment !== undefined) return payment;
  throw new AppError('not-found', 'The payment is not here or was deleted.', { table: 'payments', id });
};

const incomingOf = (payment: StoredRow, today: string): Incoming => ({
  account: String(payment['account_id']),
  currency: textOf(payment['currency']),
  on: textOf(payment['received_on']) ?? today,
});

const allocate =
  ({ store, env }: BillingDeps): Commands['payments.allocate'] =>
  ({ id, parts, screen }, context) => {
    const payment = paymentById(store, id);
    const left = unappliedOf(payment, store);
    if (left <= 0n) throw new AppError('blocked', 'All of it is set against invoices already.', { id });
    const incoming = incomingOf(payment, companyToday(store, env));
    const shares =
      parts === null ? share(left, openInvoices(incoming, store), incoming, store) : namedShares(incoming, parts, store);
    if (shares.length === 0) throw new AppError('blocked', 'Nothing is open to set it against.', { id });
    if (sumOf(shares, (one) => one.taken) > left)
      throw new AppError('blocked', 'That is more than is left of the payment.', { id, field: 'amount' });
    return applyStep(
      store,
      context,
      { label: 'Set payment against invoices', screen },
      allocations(id, shares, incoming, { read: store, ids: env.ids }),
    );
  };

/** What of an invoice in other money is open and disputed, in the payment's. */
const openElsewhere = (payment: StoredRow, invoices: readonly OpenInvoice[], today: string, read: Reader) => {
  const incoming = incomingOf(payment, today);
  return invoices.flatMap(({ id, currency, open, disputed }) => {
    const invoice = currency === incoming.currency ? undefined : read.get('invoices', id);
    const exchange = invoice === undefined ? null : exchangeFor(incoming, invoice, read);
    if (exchange === null) return [];
    return [{ invoice: id, open: String(exchange.back(BigInt(open))), disputed: String(exchange.back(BigInt(disputed))) }];
  });
};

const unappliedPayments = (account: string, invoices: readonly OpenInvoice[], today: string, read: Reader) =>
  rowsBy('payments', 'account_id', account, read)
    .map((payment) => ({ payment, left: unappliedOf(payment, read) }))
    .filter(({ left }) => left > 0n)
    .toSorted((a, b) => (String(a.payment['received_on']) < String(b.payment['received_on']) ? -1 : 1))
    .map(({ payment, left }) => ({
      id: payment.id,
      on: textOf(payment['received_on']),
      amount: String(payment['amount'] ?? 0),
      reference: textOf(payment['reference']),
      unapplied: String(left),
      currency: textOf(payment['currency']) ?? '',
      elsewhere: openElsewhere(payment, invoices, today, read),
    }));

type OpenInvoice = ReturnType<typeof owedInvoices>[number];

const owedInvoices = (account: string, read: Reader) =>
  issuedOf(account, read).flatMap((invoice) => {
    const { open, disputed } = owedOf(invoice, read);
    if (open <= 0n) return [];
    return [
      {
        id: invoice.id,
        number: numberOnPaper(invoice),
        due_on: textOf(invoice['due_on']),
        open: String(open),
        disputed: String(disputed),
        currency: textOf(invoice['currency']) ?? '',
      },
    ];
  });

export const paymentQueries = ({
  read,
  env,
}: {
  readonly read: Reader;
  readonly env: Pick<EngineEnv, 'clock' | 'zone'>;
}): Pick<Queries, 'payments.unapplied'> => ({
  'payments.unapplied': ({ account }) => {
    const invoices = owedInvoices(account, read);
    return { payments: unappliedPayments(account, invoices, companyToday(read, env), read), invoices };
  },
});

/** @throws AppError `blocked` for a day of another year */
const refuseFar = (day: string, today: string, id: string): void => {
  const far = judgeFar(day, today);
  if (far !== null) throw new AppError('blocked', `${day} ${far}. Nothing was changed.`, { id });
};

const promise =
  ({ store, env }: BillingDeps): Commands['invoices.promise'] =>
  ({ id, amount, on, by, screen }, context) => {
    const invoice = issuedInvoice(store, id);
    const today = companyToday(store, env);
    if (on < today) throw new AppError('blocked', 'A promise is for today or a later day.', { id });
    refuseFar(on, today, id);
    if (BigInt(amount) > owedOf(invoice, store).open)
      throw new AppError('blocked', 'That is more than is open on the invoice.', { id });
    const values = { invoice_id: id, amount, promised_for: on, said_on: today, said_by: by };
    const label = `Promise to pay ${nameOfInvoice(invoice)}`;
    return applyStep(store, context, { label, screen }, [{ kind: 'insert', table: 'promises', id: env.ids(), values }]);
  };

const plan =
  ({ store, env }: BillingDeps): Commands['invoices.plan'] =>
  ({ id, count, first, every, screen }, context) => {
    const invoice = issuedInvoice(store, id);
    const owed = owedOf(invoice, store);
    const total = owed.open - owed.disputed;
    if (total <= 0n) throw new AppError('blocked', 'Nothing of it is open and undisputed: there is nothing to plan.', { id });
    const today = companyToday(store, env);
    if (first < today) throw new AppError('blocked', 'The first instalment is due today or on a later day.', { id });
    refuseFar(first, today, id);
    const parts = equalInstalments(total, count, first, every);
    const refusal = judgePlan(parts, total);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    const plans = store.children('payment_plans', id);
    const made = env.ids();
    const values = { invoice_id: id, agreed_on: today, settled_before: Number(owed.paid + owed.credited) };
    const label = `Payment plan for ${nameOfInvoice(invoice)}`;
    return applyStep(store, context, { label, screen }, [
      ...plans.map((old): StorePatch => ({ kind: 'delete', table: 'payment_plans', id: old.id })),
      { kind: 'insert', table: 'payment_plans', id: made, values },
      ...parts.map((part): StorePatch => ({
        kind: 'insert',
        table: 'instalments',
        id: env.ids(),
        values: { plan_id: made, due_on: part.due, amount: Number(part.amount) },
      })),
    ]);
  };

export const paymentCommands = (
  deps: BillingDeps,
): Pick<Commands, 'payments.record' | 'payments.allocate' | 'invoices.promise' | 'invoices.plan'> => ({
  'payments.record': record(deps),
  'payments.allocate': allocate(deps),
  'invoices.promise': promise(deps),
  'invoices.plan': plan(deps),
});
