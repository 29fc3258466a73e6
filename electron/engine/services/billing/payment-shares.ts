/**
 * What of a payment goes to which invoice. In one money it is the same amount on both; an invoice in other money is settled
 * by the rate of the day the payment came in, and what that is more or less than it was booked at stands beside it (M6).
 */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { settleOpen, type Settled } from '../../../../shared/domain/credit/settle.ts';
import { writeFx } from '../../../../shared/domain/fx.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { baseCurrency } from '../company/company.ts';
import { converterOf, exchangeOn } from '../money/fx.ts';
import { issuedInvoice, nameOfInvoice } from './invoices.ts';
import { owedOf, rowsBy, textOf } from './receivables.ts';

/** Money that came in, whether it is written yet or not. */
export type Incoming = { readonly account: string; readonly currency: string | null; readonly on: string };

export type Share = Settled & { readonly invoice: StoredRow };

/** Whether an account pays an invoice: it bought what is on it, or is the one it was made out to (O1). */
const isPaidBy = ({ account_id: buyer, bill_to_id: payer }: StoredRow, account: string): boolean =>
  buyer === account || payer === account;

/** The issued invoices that an account pays, the oldest due first. */
export const issuedOf = (account: string, read: Reader): readonly StoredRow[] =>
  [
    ...rowsBy('invoices', 'account_id', account, read),
    ...rowsBy('invoices', 'bill_to_id', account, read).filter((invoice) => invoice['account_id'] !== account),
  ]
    .filter((invoice) => invoice['status'] === 'issued')
    .toSorted((a, b) => (String(a['due_on']) < String(b['due_on']) ? -1 : 1));

/** Money of a payment as that of an invoice; null where a rate is missing on its day. */
export const exchangeFor = ({ currency, on }: Incoming, invoice: StoredRow, read: Reader) =>
  exchangeOn({ from: currency ?? '', to: textOf(invoice['currency']) ?? '', day: on, read });

/** Those in the payment's own money. */
export const openInvoices = ({ account, currency }: Incoming, read: Reader): readonly StoredRow[] =>
  issuedOf(account, read).filter((invoice) => textOf(invoice['currency']) === currency);

/** An amount over invoices, each to what is open of it; what is left over stays unapplied. */
export const share = (amount: bigint, invoices: readonly StoredRow[], incoming: Incoming, read: Reader): readonly Share[] => {
  let left = amount;
  return invoices.flatMap((invoice) => {
    const { open } = owedOf(invoice, read);
    const exchange = exchangeFor(incoming, invoice, read);
    if (open <= 0n || left <= 0n || exchange === null) return [];
    const part = settleOpen(left, open, exchange);
    if (part.settled <= 0n) return [];
    left -= part.taken;
    return [{ ...part, invoice }];
  });
};

/** The invoice a payment may be set against: issued, one its account pays, and in its money or in one there is a rate for. */
export const payableInvoice = (incoming: Incoming, id: string, store: WriteStore): StoredRow => {
  const invoice = issuedInvoice(store, id);
  if (!isPaidBy(invoice, incoming.account)) throw new AppError('blocked', 'The invoice is of another account.', { id });
  if (exchangeFor(incoming, invoice, store) === null)
    throw new AppError(
      'blocked',
      `There is no exchange rate between ${incoming.currency ?? '?'} and ${textOf(invoice['currency']) ?? '?'} on ${incoming.on}. Add it to the exchange rates first.`,
      { id },
    );
  return invoice;
};

type Parts = NonNullable<Parameters<Commands['payments.allocate']>[0]['parts']>;

/** What a person set against which invoice: each once, and no more than is open of it. Amounts in the payment's money. */
export const namedShares = (incoming: Incoming, parts: Parts, store: WriteStore): readonly Share[] => {
  if (new Set(parts.map(({ invoice }) => invoice)).size < parts.length)
    throw new AppError('invalid', 'An invoice stands there twice.', { field: 'invoice' });
  return parts.flatMap(({ invoice: id, amount }) => {
    const invoice = payableInvoice(incoming, id, store);
    const { open } = owedOf(invoice, store);
    if (open <= 0n) throw new AppError('blocked', `Nothing is open of ${nameOfInvoice(invoice)}.`, { id, field: 'amount' });
    const [part] = share(BigInt(amount), [invoice], incoming, store);
    if (part === undefined)
      throw new AppError('blocked', `That is too little to settle anything of ${nameOfInvoice(invoice)}.`, {
        id,
        field: 'amount',
      });
    if (part.taken < BigInt(amount))
      throw new AppError('blocked', `That is more than is open of ${nameOfInvoice(invoice)}.`, { id, field: 'amount' });
    return [part];
  });
};

/**
 * What came in by the rate of its day beyond what the invoice was booked at, in the company's money, and that rate; null where
 * a rate is missing, or all of it is the company's money.
 */
const gainOf = ({ taken, settled, invoice }: Share, { currency, on }: Incoming, read: Reader) => {
  const base = baseCurrency(read);
  if (base === null) return null;
  const came = exchangeOn({ from: currency ?? '', to: base, day: on, read });
  const booked = converterOf('invoices', invoice, { to: base, today: on, read });
  return came === null || booked === null ? null : { difference: came.there(taken) - booked(settled), fx: came.fx };
};

/** What is written of a payment's shares. */
export const allocations = (
  payment: string,
  shares: readonly Share[],
  incoming: Incoming,
  { read, ids }: { readonly read: Reader; readonly ids: () => string },
): readonly StorePatch[] =>
  shares.map((part) => {
    const { invoice, taken, settled } = part;
    const isOther = textOf(invoice['currency']) !== incoming.currency;
    const gain = gainOf(part, incoming, read);
    const fx = exchangeFor(incoming, invoice, read)?.fx ?? gain?.fx ?? null;
    const ofExchange = {
      ...(isOther ? { settled: Number(settled) } : {}),
      ...(fx === null ? {} : { fx_policy: writeFx(fx) }),
      ...(gain === null || gain.difference === 0n ? {} : { fx_difference: Number(gain.difference) }),
    };
    return {
      kind: 'insert',
      table: 'allocations',
      id: ids(),
      values: { payment_id: payment, invoice_id: invoice.id, amount: Number(taken), ...ofExchange },
    };
  });
