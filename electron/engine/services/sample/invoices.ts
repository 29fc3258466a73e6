/**
 * Invoices of the sample: the latest closed orders billed, most of them paid, some late, one of these disputed. They draw
 * nothing by chance, so that nothing else moves.
 */
import { addDays } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { bigOf, sumOf, textOf } from '../billing/receivables.ts';
import { DEVICE, type SampleOrder } from './documents.ts';
import type { Making } from './masters.ts';

const DUE_DAYS = 30;
/** Every so many of those that are due was not paid. */
const UNPAID = 5;

type Cells = Record<string, CellInput>;
type Billing = Pick<Making, 'ids' | 'today' | 'size'>;

const insert = (table: string, id: string, values: Cells): StorePatch => ({ kind: 'insert', table, id, values });

const carried = (row: StoredRow, fields: readonly string[]): Cells =>
  Object.fromEntries(fields.map((field) => [field, row[field] ?? null]));

/** A line with what was billed noted on its schedule line. */
const linePatches = (invoice: string, line: StoredRow, on: string, { ids }: Billing, read: Reader): readonly StorePatch[] => [
  insert('invoice_lines', ids(), {
    ...carried(line, ['position', 'product_id', 'qty', 'uom', 'price', 'discount', 'description']),
    invoice_id: invoice,
    amount: line['net'] ?? null,
    order_line_id: line.id,
  }),
  ...read.children('schedule_lines', line.id).map((schedule) =>
    insert('fulfilments', ids(), {
      schedule_id: schedule.id,
      kind: 'invoiced',
      qty: schedule['qty'] ?? null,
      happened_on: on,
      done_by: 'us',
    }),
  ),
];

const paymentPatches = (
  { id, order, on, number }: { readonly id: string; readonly order: StoredRow; readonly on: string; readonly number: string },
  amount: bigint,
  ids: () => string,
): readonly StorePatch[] => {
  const payment = ids();
  const values = { ...carried(order, ['account_id', 'currency']), received_on: on, amount: Number(amount), method: 'transfer' };
  return [
    insert('payments', payment, { ...values, reference: number }),
    insert('allocations', ids(), { payment_id: payment, invoice_id: id, amount: Number(amount) }),
  ];
};

/** The last day something of an order arrived. */
const arrivedOn = (lines: readonly StoredRow[], read: Reader): string | null =>
  lines
    .flatMap((line) => read.children('schedule_lines', line.id))
    .flatMap((schedule) => read.children('fulfilments', schedule.id))
    .flatMap(({ happened_on: on }) => textOf(on) ?? [])
    .toSorted()
    .at(-1) ?? null;

const disputePatch = (invoice: string, order: StoredRow, total: bigint, { ids, today }: Billing): StorePatch => {
  const owner = order['owner_id'] ?? null;
  return insert('disputes', ids(), {
    number: renderNumber(numberPrefix('D', today, DEVICE), 1),
    invoice_id: invoice,
    account_id: order['account_id'] ?? null,
    status: 'open',
    reason: 'quantity',
    amount: Number(total / 4n),
    opened_on: addDays(today, -6),
    due_on: addDays(today, 1),
    processor_id: owner,
    coordinator_id: owner,
    responsible_id: owner,
    description: 'Two cases short on the second pallet, they say.',
  });
};

/** The invoices, oldest first. @param read of a file that has the orders already */
export function* makeInvoices(making: Billing, read: Reader): Generator<SampleOrder> {
  const { ids, today, size } = making;
  const closed = read
    .match('orders', 'status', 'closed')
    .flatMap((id) => read.get('orders', id) ?? [])
    .toSorted((a, b) => (String(a['ordered_on']) < String(b['ordered_on']) ? -1 : 1))
    .slice(-2 * size.accounts);
  const numbers = new Map<string, number>();
  let due = 0;
  let isDisputed = false;
  for (const order of closed) {
    const lines = read.children('order_lines', order.id).filter(({ net }) => typeof net === 'number');
    const arrived = arrivedOn(lines, read);
    if (arrived === null || lines.length === 0) continue;
    const issued = arrived < today ? arrived : today;
    const dueOn = addDays(issued, DUE_DAYS);
    const prefix = numberPrefix('I', issued, DEVICE);
    const counter = (numbers.get(prefix) ?? 0) + 1;
    numbers.set(prefix, counter);
    const number = renderNumber(prefix, counter);
    const id = ids();
    const head = carried(order, ['account_id', 'po_ref', 'currency', 'freight', 'terms', 'owner_id']);
    const total = sumOf(lines, ({ net }) => bigOf(net)) + bigOf(order['freight']);
    const isDue = dueOn < today;
    due += isDue ? 1 : 0;
    const isPaid = isDue && due % UNPAID !== 0;
    const isQueried: boolean = isDue && !isPaid && !isDisputed;
    isDisputed ||= isQueried;
    yield {
      patches: [
        insert('invoices', id, { ...head, number, order_id: order.id, status: 'issued', issued_on: issued, due_on: dueOn }),
        ...lines.flatMap((line) => linePatches(id, line, issued, making, read)),
        ...(isPaid ? paymentPatches({ id, order, on: addDays(dueOn, -(due % 9)), number }, total, ids) : []),
        ...(isQueried ? [disputePatch(id, order, total, making)] : []),
      ],
      lines: [],
    };
  }
}
