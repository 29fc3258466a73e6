/**
 * What went out twice: two papers of one draft (SYNC.md 18), two invoices of one delivery or freight (F3). Said, and never merged. And what
 * went out and does not count.
 */
import { isBilledTwice, isFreightTwice, stillBilled, type BilledPart } from '../../../../shared/domain/credit/billed-twice.ts';
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

/** The invoices of an order that were issued here. */
const issuedOf = (order: string, read: Reader): readonly StoredRow[] =>
  read
    .match('invoices', 'order_id', order)
    .flatMap((id) => read.get('invoices', id) ?? [])
    .filter(({ id, status }) => status === 'issued' && read.issuedOf('invoices', id).length > 0);

/** What was credited of an invoice by amount alone, for nothing that came back or came to less: freight has no line of its own. */
const creditedAlone = (invoice: string, read: Reader): bigint => {
  const standing = read.children('invoice_lines', invoice).filter((line) => stillBilled(partOf(line, read)) > 0n);
  const credits = standing.flatMap(({ id }) => rowsBy('credit_lines', 'invoice_line_id', id, read));
  return sumOf(
    credits.filter(({ qty, order_line_id: line }) => bigOf(qty) === 0n && line === null),
    ({ amount }) => bigOf(amount),
  );
};

const isFreightBilledTwice = (order: string, read: Reader): boolean => {
  const invoices = issuedOf(order, read).filter(({ freight }) => bigOf(freight) > 0n);
  if (invoices.length < 2) return false;
  const freights = invoices.map(({ freight }) => bigOf(freight));
  const credited = sumOf(invoices, ({ id }) => creditedAlone(id, read));
  return isFreightTwice(freights, bigOf(read.get('orders', order)?.['freight']), credited);
};

const createOnce = (find: (id: string) => boolean): ((id: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (id) => {
    const found = known.get(id) ?? find(id);
    known.set(id, found);
    return found;
  };
};

export type TwiceBilled = { readonly isLine: (line: string) => boolean; readonly isFreight: (order: string) => boolean };

/** What is billed twice, worked out once for each line and order: all invoices of one ask the same of it. */
export const createTwiceBilled = (read: Reader): TwiceBilled => ({
  isLine: createOnce((line) => {
    const parts = issuedLines(line, read).map((one) => partOf(one, read));
    return isBilledTwice(parts, doneOf(line, read));
  }),
  isFreight: createOnce((order) => isFreightBilledTwice(order, read)),
});

/** Two devices that had not met may each bill what was delivered, and the freight of it: neither could see the other's. */
const checkBilled = (invoice: StoredRow, read: Reader, twice: TwiceBilled): readonly RuleIssue[] => {
  const { id, status, order_id: order, freight } = invoice;
  if (status !== 'issued' || typeof order !== 'string' || read.match('invoices', 'order_id', order).length < 2) return [];
  const isTwice = read
    .children('invoice_lines', id)
    .some(
      (own) =>
        typeof own['order_line_id'] === 'string' && twice.isLine(own['order_line_id']) && stillBilled(partOf(own, read)) > 0n,
    );
  return [
    ...(isTwice ? issue('BILLED_TWICE', 'order_id') : []),
    ...(bigOf(freight) > 0n && twice.isFreight(order) ? issue('FREIGHT_TWICE', 'freight') : []),
  ];
};

export const checkIssued = (table: TableName, row: StoredRow, read: Reader, twice: TwiceBilled): readonly RuleIssue[] => {
  if (table === 'quotes') return read.children('sent_quotes', row.id).length > 1 ? issue('SENT_TWICE') : [];
  const papers = isIssuedTable(table) ? read.issuedOf(table, row.id).length : 0;
  return [
    ...(papers > 1 ? issue('ISSUED_TWICE') : []),
    ...(papers > 0 && isGone(table, row) ? issue('ISSUED_GONE', 'status') : []),
    ...(table === 'invoices' ? checkBilled(row, read, twice) : []),
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

const invoicesOf = (order: unknown, read: Reader): readonly Beside[] =>
  typeof order === 'string' ? read.match('invoices', 'order_id', order).map((id) => ({ table: 'invoices', id })) : [];

/** The order whose freight another invoice bills, or some of which was credited, or that comes to another freight. */
const orderOf = (table: TableName, row: StoredRow, read: Reader): unknown => {
  if (table === 'invoices') return row['order_id'];
  if (table === 'orders') return row.id;
  if (table !== 'credit_lines' || typeof row['invoice_line_id'] !== 'string') return null;
  const invoice = read.get('invoice_lines', row['invoice_line_id'])?.['invoice_id'];
  return typeof invoice === 'string' ? read.get('invoices', invoice)?.['order_id'] : null;
};

/** The quote that a sent paper is of, and the invoices that bill the same as one, are looked at again with it. */
export const besideIssued = (table: TableName, row: StoredRow, read: Reader): readonly Beside[] => {
  if (table === 'sent_quotes') return typeof row['quote_id'] === 'string' ? [{ table: 'quotes', id: row['quote_id'] }] : [];
  const ofOrder = invoicesOf(orderOf(table, row, read), read).filter(({ id }) => id !== row.id);
  const line = orderLineOf(table, row, read);
  if (typeof line !== 'string') return ofOrder;
  const invoices = rowsBy('invoice_lines', 'order_line_id', line, read).map(({ invoice_id: id }) => id);
  return [
    ...ofOrder,
    ...[...new Set(invoices)].flatMap((id) => (typeof id === 'string' ? [{ table: 'invoices', id } as const] : [])),
  ];
};
