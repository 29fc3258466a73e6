/** Money that comes in, and what was agreed about it: payments, promises to pay, payment plans (K3, K4). */
import { AppError } from '../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../shared/contract/index.ts';
import { equalInstalments, judgePlan } from '../../../shared/domain/credit/plan.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../store/api.ts';
import { companyToday } from './company.ts';
import { currencyOf } from './fields.ts';
import { issuedInvoice, nameOfInvoice, type BillingDeps } from './invoices.ts';
import { owedOf, rowsBy, sumOf, textOf, unappliedOf } from './receivables.ts';
import { applyStep } from './step.ts';

type Share = { readonly invoice: string; readonly amount: bigint };

/** The issued invoices of an account, the oldest due first. */
const issuedOf = (account: string, read: Reader): readonly StoredRow[] =>
  rowsBy('invoices', 'account_id', account, read)
    .filter((invoice) => invoice['status'] === 'issued')
    .toSorted((a, b) => (String(a['due_on']) < String(b['due_on']) ? -1 : 1));

const openInvoices = (account: string, currency: string | null, read: Reader): readonly StoredRow[] =>
  issuedOf(account, read).filter((invoice) => textOf(invoice['currency']) === currency);

/** An amount over invoices, each to what is open of it; what is left over stays unapplied. */
const share = (amount: bigint, invoices: readonly StoredRow[], read: Reader): readonly Share[] => {
  let left = amount;
  return invoices.flatMap((invoice) => {
    const { open } = owedOf(invoice, read);
    const part = open < left ? open : left;
    if (part <= 0n) return [];
    left -= part;
    return [{ invoice: invoice.id, amount: part }];
  });
};

const allocations = (payment: string, parts: readonly Share[], ids: () => string): readonly StorePatch[] =>
  parts.map((part) => ({
    kind: 'insert',
    table: 'allocations',
    id: ids(),
    values: { payment_id: payment, invoice_id: part.invoice, amount: Number(part.amount) },
  }));

const record =
  ({ store, env }: BillingDeps): Commands['payments.record'] =>
  ({ account, invoice, amount, on, method, reference, screen }, context) => {
    if (store.get('accounts', account) === undefined)
      throw new AppError('not-found', 'The account is not here or was deleted.', { table: 'accounts', id: account });
    const named = invoice === null ? null : issuedInvoice(store, invoice);
    if (named !== null && named['account_id'] !== account)
      throw new AppError('blocked', 'The invoice is of another account.', { id: invoice });
    const currency = named === null ? currencyOf('payments', { account_id: account }, store) : textOf(named['currency']);
    const parts = share(BigInt(amount), named === null ? openInvoices(account, currency, store) : [named], store);
    const id = env.ids();
    const values = { account_id: account, received_on: on, amount, method, reference, currency };
    const done = applyStep(store, context, { label: 'Record payment', screen }, [
      { kind: 'insert', table: 'payments', id, values },
      ...allocations(id, parts, env.ids),
    ]);
    return { ...done, id };
  };

const paymentById = (read: Reader, id: string): StoredRow => {
  const payment = read.get('payments', id);
  if (payment !== undefined) return payment;
  throw new AppError('not-found', 'The payment is not here or was deleted.', { table: 'payments', id });
};

/** The invoice a payment may be set against: issued, of its account, in its money. */
const namedInvoice = (payment: StoredRow, id: string, store: WriteStore): StoredRow => {
  const invoice = issuedInvoice(store, id);
  if (invoice['account_id'] !== payment['account_id'])
    throw new AppError('blocked', 'The invoice is of another account.', { id });
  if (textOf(invoice['currency']) !== textOf(payment['currency']))
    throw new AppError('blocked', 'The invoice is in another currency than the payment.', { id });
  return invoice;
};

type Parts = NonNullable<Parameters<Commands['payments.allocate']>[0]['parts']>;

/** What a person set against which invoice: each once, and no more than is open of it. */
const namedShares = (payment: StoredRow, parts: Parts, store: WriteStore): readonly Share[] => {
  if (new Set(parts.map(({ invoice }) => invoice)).size < parts.length)
    throw new AppError('invalid', 'An invoice stands there twice.', { field: 'invoice' });
  return parts.map(({ invoice: id, amount }) => {
    const invoice = namedInvoice(payment, id, store);
    const { open } = owedOf(invoice, store);
    if (open <= 0n) throw new AppError('blocked', `Nothing is open of ${nameOfInvoice(invoice)}.`, { id, field: 'amount' });
    if (BigInt(amount) > open)
      throw new AppError('blocked', `That is more than is open of ${nameOfInvoice(invoice)}.`, { id, field: 'amount' });
    return { invoice: id, amount: BigInt(amount) };
  });
};

const allocate =
  ({ store, env }: BillingDeps): Commands['payments.allocate'] =>
  ({ id, parts, screen }, context) => {
    const payment = paymentById(store, id);
    const left = unappliedOf(payment, store);
    if (left <= 0n) throw new AppError('blocked', 'All of it is set against invoices already.', { id });
    const account = String(payment['account_id']);
    const shares =
      parts === null
        ? share(left, openInvoices(account, textOf(payment['currency']), store), store)
        : namedShares(payment, parts, store);
    if (shares.length === 0) throw new AppError('blocked', 'Nothing is open to set it against.', { id });
    if (sumOf(shares, (one) => one.amount) > left)
      throw new AppError('blocked', 'That is more than is left of the payment.', { id, field: 'amount' });
    return applyStep(store, context, { label: 'Set payment against invoices', screen }, allocations(id, shares, env.ids));
  };

const unappliedPayments = (account: string, read: Reader) =>
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
    }));

const owedInvoices = (account: string, read: Reader) =>
  issuedOf(account, read).flatMap((invoice) => {
    const { open, disputed } = owedOf(invoice, read);
    if (open <= 0n) return [];
    return [
      {
        id: invoice.id,
        number: textOf(invoice['number']),
        due_on: textOf(invoice['due_on']),
        open: String(open),
        disputed: String(disputed),
        currency: textOf(invoice['currency']) ?? '',
      },
    ];
  });

export const paymentQueries = ({ read }: { readonly read: Reader }): Pick<Queries, 'payments.unapplied'> => ({
  'payments.unapplied': ({ account }) => ({
    payments: unappliedPayments(account, read),
    invoices: owedInvoices(account, read),
  }),
});

const promise =
  ({ store, env }: BillingDeps): Commands['invoices.promise'] =>
  ({ id, amount, on, by, screen }, context) => {
    const invoice = issuedInvoice(store, id);
    const today = companyToday(store, env);
    if (on < today) throw new AppError('blocked', 'A promise is for today or a later day.', { id });
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
    const parts = equalInstalments(total, count, first, every);
    const refusal = judgePlan(parts, total);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    const plans = store.children('payment_plans', id);
    const made = env.ids();
    const values = { invoice_id: id, agreed_on: companyToday(store, env), settled_before: Number(owed.paid + owed.credited) };
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
