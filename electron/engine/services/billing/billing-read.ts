/** What is asked about billing: what can be billed, what an invoice comes to, what hangs on it, how an account stands. */
import type { Queries } from '../../../../shared/contract/index.ts';
import { AppError } from '../../../../shared/contract/define.ts';
import { planStanding } from '../../../../shared/domain/credit/plan.ts';
import { readFx } from '../../../../shared/domain/fx.ts';
import type { TaxRow } from '../../../../shared/domain/tax.ts';
import { taxesOf } from '../../../../shared/domain/tax-policy.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { toBill } from './billing.ts';
import { documentBlockers } from '../orders/blockers.ts';
import { baseCurrency, companyToday } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { productOf } from '../fulfilment/fulfilment.ts';
import { baseTotalOf } from '../money/fx.ts';
import { readIssued } from '../document/issued-content.ts';
import { documentById } from '../orders/orders.ts';
import {
  bigOf,
  creditAmount,
  creditedOf,
  numberOnPaper,
  owedOf,
  planOf,
  rowsBy,
  settledOf,
  sumOf,
  textOf,
} from './receivables.ts';
import { standingOf } from '../credit/standing.ts';
import { taxPolicyOf } from '../money/tax.ts';

type Env = Pick<EngineEnv, 'clock' | 'zone' | 'locale'>;
type Deps = { readonly read: Reader; readonly env: Env };
type BillingQueries = Pick<
  Queries,
  'orders.billable' | 'invoices.totals' | 'invoices.blockers' | 'invoices.story' | 'accounts.standing'
>;

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** By code, as it stands on the invoice. */
const invoiceTaxes = (invoice: StoredRow, read: Reader): readonly TaxRow[] => {
  const policy = taxPolicyOf('invoices', invoice, read);
  const lines = read
    .children('invoice_lines', invoice.id)
    .map(({ tax_code: code, amount }) => ({ code: textOf(code), amount: bigOf(amount) }));
  const freight = bigOf(invoice['freight']);
  return taxesOf(freight === 0n ? lines : [...lines, { code: policy.freight, amount: freight }], policy).rows;
};

/** What an invoice comes to, as the workbench says it. */
export const invoiceTotals = (invoice: StoredRow, read: Reader): Awaited<ReturnType<Queries['invoices.totals']>> => {
  const lines = read.children('invoice_lines', invoice.id);
  const { net, freight, tax, total, paid, credited, disputed, open } = owedOf(invoice, read);
  const policy = taxPolicyOf('invoices', invoice, read);
  const isOneUnit = new Set(lines.map(({ uom }) => uom ?? '')).size < 2;
  return {
    currency: currencyOf('invoices', invoice, read) ?? '',
    lines: lines.length,
    counted: lines.length,
    faulty: 0,
    net: String(net),
    discount: String(sumOf(lines, ({ header_discount: off }) => bigOf(off))),
    net_micros: String(net),
    freight: String(freight),
    taxes: invoiceTaxes(invoice, read).map(({ code, rate, base, tax: of }) => ({
      code,
      rate,
      base: String(base),
      tax: String(of),
    })),
    tax: String(tax),
    is_tax_included: policy.isIncluded,
    total: String(total),
    base: baseTotalOf('invoices', invoice, total, read),
    qty: isOneUnit ? String(lines.reduce((sum, { qty }) => sum + BigInt(numberOf(qty) ?? 0), 0n)) : null,
    paid: String(paid),
    credited: String(credited),
    disputed: String(disputed),
    open: String(open),
  };
};

/** What a payment in other money was by, and what that is more or less than the invoice was booked at (M6). */
const exchangeOf = (part: StoredRow, payment: StoredRow, read: Reader) => {
  const { settled, fx_difference: difference } = part;
  if (settled === null && difference === null) return null;
  const fx = readFx(part['fx_policy']);
  return {
    taken: String(part['amount'] ?? 0),
    currency: textOf(payment['currency']) ?? '',
    rate: fx === null ? null : { base: fx.base, rate: fx.rate, way: fx.way, on: fx.on, source: fx.source },
    difference: typeof difference === 'number' ? String(difference) : null,
    base: baseCurrency(read) ?? '',
  };
};

const paymentsOf = (invoice: string, read: Reader) =>
  rowsBy('allocations', 'invoice_id', invoice, read).flatMap((part) => {
    const payment = typeof part['payment_id'] === 'string' ? read.get('payments', part['payment_id']) : undefined;
    if (payment === undefined) return [];
    return [
      {
        id: payment.id,
        on: textOf(payment['received_on']),
        amount: String(settledOf(part)),
        reference: textOf(payment['reference']),
        exchange: exchangeOf(part, payment, read),
      },
    ];
  });

const creditableLine = (line: StoredRow, read: Reader) => {
  const credited = creditedOf(line.id, read);
  return {
    id: line.id,
    position: numberOf(line['position']),
    product: productOf(line, read),
    qty: String(line['qty'] ?? 0),
    amount: String(line['amount'] ?? 0),
    credited_qty: String(credited.qty),
    credited: String(credited.amount),
  };
};

/** What was given out of a document, where that is more than one paper. */
const issuedTwice = (table: 'invoices' | 'credit_notes', id: string, read: Reader) => {
  const papers = read.issuedOf(table, id);
  if (papers.length < 2) return [];
  return papers.map((paper) => {
    const total = readIssued(paper)?.options[0]?.sums.total;
    const { sha, number, at, device, stands } = paper;
    return { sha, number, at, device, stands, total: total === undefined ? null : String(total) };
  });
};

const story = (invoice: StoredRow, { read, env }: Deps): Awaited<ReturnType<Queries['invoices.story']>> => {
  const { id } = invoice;
  const owed = owedOf(invoice, read);
  const plan = planOf(id, owed, read);
  const today = companyToday(read, env);
  const stood = plan && planStanding(plan, today);
  return {
    currency: currencyOf('invoices', invoice, read) ?? '',
    issued: issuedTwice('invoices', id, read),
    lines: read.children('invoice_lines', id).map((line) => creditableLine(line, read)),
    credits: read.children('credit_notes', id).map((note) => ({
      id: note.id,
      number: numberOnPaper(note),
      on: textOf(note['credited_on']),
      amount: String(creditAmount(note, read)),
      reason: textOf(note['reason']),
      issued: issuedTwice('credit_notes', note.id, read),
    })),
    payments: paymentsOf(id, read),
    disputes: read.children('disputes', id).map((row) => ({
      id: row.id,
      number: textOf(row['number']),
      status: String(row['status']),
      reason: textOf(row['reason']),
      amount: String(row['amount'] ?? 0),
      due_on: textOf(row['due_on']),
      outcome: textOf(row['outcome']),
    })),
    promises: read.children('promises', id).map((row) => ({
      on: textOf(row['promised_for']),
      amount: String(row['amount'] ?? 0),
      by: textOf(row['said_by']),
      is_missed: owed.open > 0n && String(row['promised_for'] ?? today) < today,
    })),
    plan: stood && {
      is_broken: stood.isBroken,
      instalments: stood.instalments.map(({ due, amount, left }) => ({ due, amount: String(amount), left: String(left) })),
    },
  };
};

/** @param knownUpTo up to when the file knows what its team did; null where it is of none */
export const billingQueries = ({ read, env, knownUpTo }: Deps & { readonly knownUpTo: () => number | null }): BillingQueries => ({
  'orders.billable': ({ id }) => {
    const order = documentById('orders', read, id);
    const { refusal, lines, credit } = toBill(order, read);
    return {
      refusal,
      credit: credit.map(({ invoice, of, amount }) => ({
        invoice: numberOnPaper(read.get('invoices', invoice)) ?? '',
        line: of,
        amount: String(amount),
      })),
      lines: lines.flatMap(({ line, qty, amount }) => {
        const row = read.get('order_lines', line);
        if (row === undefined) return [];
        const position = numberOf(row['position']);
        return [{ line, position, product: productOf(row, read), qty: String(qty), amount: String(amount) }];
      }),
    };
  },
  'invoices.totals': ({ id }) => invoiceTotals(documentById('invoices', read, id), read),
  'invoices.blockers': ({ id }) => {
    documentById('invoices', read, id);
    // What was issued is printed as it was, whatever is wrong with the record today.
    const isIssued = read.issuedOf('invoices', id).length > 0;
    return { blockers: isIssued ? [] : [...documentBlockers('invoices', id, read)] };
  },
  'invoices.story': ({ id }) => story(documentById('invoices', read, id), { read, env }),
  'accounts.standing': ({ id, order }) => {
    const account = read.get('accounts', id);
    if (account === undefined)
      throw new AppError('not-found', 'The account is not here or was deleted.', { table: 'accounts', id });
    return standingOf(account, order === null ? null : documentById('orders', read, order), read, env, knownUpTo());
  },
});
