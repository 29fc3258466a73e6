/** What is owed on an invoice, from the rows that say so. Minor units of its currency. */
import type { Dispute } from '../../../../shared/domain/credit/disputes.ts';
import { disputedOf } from '../../../../shared/domain/credit/disputes.ts';
import type { Plan } from '../../../../shared/domain/credit/plan.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

export const bigOf = (value: unknown): bigint => BigInt(typeof value === 'number' ? value : 0);
export const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const sumOf = <T>(list: readonly T[], amountOf: (one: T) => bigint): bigint =>
  list.reduce((sum, one) => sum + amountOf(one), 0n);

/** The number that the customer has: the legal one, else that of the device (N1). */
export const numberOnPaper = (row: StoredRow | undefined): string | null =>
  textOf(row?.['legal_number']) ?? textOf(row?.['number']);

/** Live rows of a table that name another by a field. */
export const rowsBy = (table: TableName, field: string, id: string, read: Reader): readonly StoredRow[] =>
  read.match(table, field, id).flatMap((one) => read.get(table, one) ?? []);

/** What was credited of an invoice line so far; the quantity in millionths. */
export const creditedOf = (line: string, read: Reader): { readonly qty: bigint; readonly amount: bigint } => {
  const credits = rowsBy('credit_lines', 'invoice_line_id', line, read);
  return { qty: sumOf(credits, ({ qty }) => bigOf(qty)), amount: sumOf(credits, ({ amount }) => bigOf(amount)) };
};

/** What a credit note comes to, its tax with it. */
export const creditAmount = (note: StoredRow, read: Reader): bigint =>
  sumOf(read.children('credit_lines', note.id), ({ amount }) => bigOf(amount)) + bigOf(note['tax']);

const disputeOf = (row: StoredRow): Dispute => ({
  id: row.id,
  invoice: String(row['invoice_id']),
  amount: bigOf(row['amount']),
  reason: String(row['reason'] ?? ''),
  processor: textOf(row['processor_id']),
  coordinator: textOf(row['coordinator_id']),
  responsible: textOf(row['responsible_id']),
  dueOn: textOf(row['due_on']),
  // A query is open until its state says otherwise, whatever is noted of how it may end.
  outcome: row['status'] === 'closed' ? ((textOf(row['outcome']) ?? 'rejected') as Dispute['outcome']) : null,
  creditNote: textOf(row['credit_note_id']),
});

/** What a part of a payment settles of its invoice: the same amount, where both are in one money. */
export const settledOf = ({ settled, amount }: StoredRow): bigint => bigOf(settled ?? amount);

export type Owed = {
  readonly net: bigint;
  readonly freight: bigint;
  /** On top of net and freight. */
  readonly tax: bigint;
  readonly total: bigint;
  readonly paid: bigint;
  readonly credited: bigint;
  /** What is left to pay; below zero where more came in than was owed. Nothing is owed of what was not issued. */
  readonly open: bigint;
  readonly disputed: bigint;
  readonly disputes: readonly Dispute[];
};

export const owedOf = (invoice: StoredRow, read: Reader): Owed => {
  const { id } = invoice;
  const net = sumOf(read.children('invoice_lines', id), ({ amount }) => bigOf(amount));
  const freight = bigOf(invoice['freight']);
  const paid = sumOf(rowsBy('allocations', 'invoice_id', id, read), settledOf);
  const credited = sumOf(read.children('credit_notes', id), (note) => creditAmount(note, read));
  const tax = bigOf(invoice['tax']);
  const total = net + freight + tax;
  const open = invoice['status'] === 'issued' ? total - paid - credited : 0n;
  const disputes = read.children('disputes', id).map(disputeOf);
  const disputed = open > 0n ? disputedOf({ id, open }, disputes) : 0n;
  return { net, freight, tax, total, paid, credited, open, disputed, disputes };
};

/** What of a payment is set against nothing yet. */
export const unappliedOf = (payment: StoredRow, read: Reader): bigint =>
  bigOf(payment['amount']) - sumOf(read.children('allocations', payment.id), ({ amount }) => bigOf(amount));

/** The payment plan of an invoice, where there is one: what was paid and credited since it was agreed counts towards it. */
export const planOf = (invoice: string, { paid, credited }: Owed, read: Reader): Plan | null => {
  const plan = read.children('payment_plans', invoice).at(-1);
  if (plan === undefined) return null;
  const instalments = read
    .children('instalments', plan.id)
    .map((row) => ({ due: String(row['due_on'] ?? ''), amount: bigOf(row['amount']) }))
    .toSorted((a, b) => (a.due < b.due ? -1 : 1));
  return { invoice, instalments, paid: paid + credited - bigOf(plan['settled_before']) };
};
