/**
 * What went out twice: two papers of one draft (SYNC.md 18), two invoices of one delivery (F3). Said, and never merged. And what
 * went out and does not count.
 */
import { isBilledTwice, stillBilled, type BilledPart } from '../../../../shared/domain/credit/billed-twice.ts';
import { levelOf, type ProblemCode } from '../../../../shared/domain/problems.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Beside, Reader, RuleIssue, StoredRow } from '../../store/api.ts';
import { bigOf, creditedOf, rowsBy, sumOf } from '../billing/receivables.ts';
import { isIssuedTable } from '../document/issued.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { eventsOfIssuing } from './invoices.ts';

const issue = (code: ProblemCode, field = 'number'): readonly RuleIssue[] => [{ field, code, level: levelOf(code) }];

/** Only a file sets what was issued to another state. */
const isGone = (table: TableName, { status }: StoredRow): boolean => table === 'invoices' && status !== 'issued';

/** The lines of invoices that were issued by the workbench of an order line: what a file brought was billed by its own lights. */
const issuedLines = (line: string, read: Reader): readonly StoredRow[] =>
  rowsBy('invoice_lines', 'order_line_id', line, read)
    .filter(({ invoice_id: of }) => typeof of === 'string' && read.get('invoices', of)?.['status'] === 'issued')
    .filter(({ id }) => eventsOfIssuing(id, read).length > 0);

const partOf = ({ id, invoice_id: invoice, qty, amount }: StoredRow, read: Reader): BilledPart => ({
  invoice: String(invoice),
  qty: bigOf(qty),
  amount: bigOf(amount),
  credited: creditedOf(id, read),
});

const doneOf = (line: string, read: Reader): bigint =>
  sumOf(schedulesOf(line, read), ({ line: { nature }, now }) => (nature === 'goods' ? now.delivered : now.accepted));

export type TwiceBilled = (line: string) => boolean;

/** Which order lines are billed twice, worked out once for each: all invoices of a line ask the same of it. */
export const createTwiceBilled = (read: Reader): TwiceBilled => {
  const known = new Map<string, boolean>();
  const find = (line: string): boolean => {
    const parts = issuedLines(line, read).map((one) => partOf(one, read));
    return isBilledTwice(parts, doneOf(line, read));
  };
  return (line) => {
    const isTwice = known.get(line) ?? find(line);
    known.set(line, isTwice);
    return isTwice;
  };
};

/** Two devices that had not met may each bill what was delivered: neither could see the other's. */
const checkBilled = (invoice: StoredRow, read: Reader, isTwiceBilled: TwiceBilled): readonly RuleIssue[] => {
  const { id, status, order_id: order } = invoice;
  if (status !== 'issued' || typeof order !== 'string' || read.match('invoices', 'order_id', order).length < 2) return [];
  const isTwice = read
    .children('invoice_lines', id)
    .some(
      (own) =>
        typeof own['order_line_id'] === 'string' && isTwiceBilled(own['order_line_id']) && stillBilled(partOf(own, read)) > 0n,
    );
  return isTwice ? issue('BILLED_TWICE', 'order_id') : [];
};

export const checkIssued = (table: TableName, row: StoredRow, read: Reader, isTwiceBilled: TwiceBilled): readonly RuleIssue[] => {
  if (table === 'quotes') return read.children('sent_quotes', row.id).length > 1 ? issue('SENT_TWICE') : [];
  const papers = isIssuedTable(table) ? read.issuedOf(table, row.id).length : 0;
  return [
    ...(papers > 1 ? issue('ISSUED_TWICE') : []),
    ...(papers > 0 && isGone(table, row) ? issue('ISSUED_GONE', 'status') : []),
    ...(table === 'invoices' ? checkBilled(row, read, isTwiceBilled) : []),
  ];
};

/** What was done of an order line, and what was billed of it. */
const COUNTED: readonly unknown[] = ['delivered', 'accepted', 'invoiced'];

/** The order line that something was done of, or credited of. */
const orderLineOf = (table: TableName, row: StoredRow, read: Reader): unknown => {
  if (table === 'fulfilments' && COUNTED.includes(row['kind']) && typeof row['schedule_id'] === 'string')
    return read.get('schedule_lines', row['schedule_id'])?.['line_id'];
  if (table === 'credit_lines' && typeof row['invoice_line_id'] === 'string')
    return read.get('invoice_lines', row['invoice_line_id'])?.['order_line_id'];
  return undefined;
};

/** The quote that a sent paper is of, and the invoices that bill the same as one, are looked at again with it. */
export const besideIssued = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] => {
  if (table === 'sent_quotes') return typeof row['quote_id'] === 'string' ? [{ table: 'quotes', id: row['quote_id'] }] : [];
  if (table === 'invoices' && typeof row['order_id'] === 'string')
    return read
      .match('invoices', 'order_id', row['order_id'])
      .flatMap((id) => (id === row.id ? [] : [{ table: 'invoices', id }]));
  const line = orderLineOf(table, row, read);
  if (typeof line !== 'string') return [];
  const invoices = rowsBy('invoice_lines', 'order_line_id', line, read).map(({ invoice_id: id }) => id);
  return [...new Set(invoices)].flatMap((id) => (typeof id === 'string' ? [{ table: 'invoices', id }] : []));
};
