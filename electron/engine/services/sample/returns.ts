/**
 * Returns of the sample, one of each stage, of lines that were delivered and billed. They draw nothing by chance, so that nothing
 * else moves.
 */
import { addDays } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { numberPrefix, partNumber, renderNumber } from '../../../../shared/domain/numbering.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { DEVICE } from './documents.ts';
import type { Making } from './masters.ts';

const MICRO = 1_000_000;

type Tale = {
  readonly status: string;
  readonly operation: string;
  readonly reason: string;
  readonly qty: number;
  /** How far it went, in whole units; nothing came back before it was received. */
  readonly authorised?: number;
  readonly received?: number;
  readonly finding?: string;
  readonly shipment?: string;
  /** Days before today, and the day of our turn after it. */
  readonly requested: number;
  readonly due?: number;
};

const tales: readonly Tale[] = [
  { status: 'requested', operation: 'refund', reason: 'Ordered too many', qty: 2, requested: 1, due: 1 },
  { status: 'requested', operation: 'repair', reason: 'A hinge is loose', qty: 1, requested: 3, due: -1 },
  { status: 'authorised', operation: 'replace', reason: 'Wrong colour', qty: 2, authorised: 2, requested: 4 },
  {
    status: 'labelled',
    operation: 'refund',
    reason: 'Lids do not fit',
    qty: 3,
    authorised: 2,
    shipment: 'RET-55810',
    requested: 6,
  },
  { status: 'received', operation: 'refund', reason: 'Scratched', qty: 2, authorised: 2, received: 2, requested: 8, due: 0 },
  {
    status: 'denied',
    operation: 'refund',
    reason: 'Not needed any more',
    qty: 1,
    finding: 'Made to order: not taken back.',
    requested: 12,
  },
];

const insert = (table: string, id: string, values: Readonly<Record<string, CellInput>>): StorePatch => ({
  kind: 'insert',
  table,
  id,
  values,
});

type Of = { readonly line: StoredRow; readonly order: StoredRow; readonly schedule: StoredRow };

/** So many of the last invoices are looked through. */
const LOOKED_AT = 60;

/** Lines that came whole and were billed, one of an order, the latest first. */
const billedLines = (read: Reader): readonly Of[] =>
  read
    .match('invoices', 'status', 'issued')
    .flatMap((id) => read.get('invoices', id) ?? [])
    .toSorted((a, b) =>
      `${String(a['issued_on'])}${String(a['number'])}` > `${String(b['issued_on'])}${String(b['number'])}` ? -1 : 1,
    )
    .slice(0, LOOKED_AT)
    .flatMap(({ id }) => read.children('invoice_lines', id).slice(0, 1))
    .flatMap(({ order_line_id: id }) => {
      const line = typeof id === 'string' ? read.get('order_lines', id) : undefined;
      const order = typeof line?.['order_id'] === 'string' ? read.get('orders', line['order_id']) : undefined;
      const [schedule] = line === undefined ? [] : read.children('schedule_lines', line.id);
      const isEnough = Number(schedule?.['qty'] ?? 0) >= 3 * MICRO;
      return line !== undefined && order !== undefined && schedule !== undefined && isEnough ? [{ line, order, schedule }] : [];
    });

const units = (count: number | undefined): number | null => (count === undefined ? null : count * MICRO);

/** @param read after the invoices were written */
export const makeReturns = ({ ids, today, put }: Making, read: Reader): void =>
  billedLines(read)
    .slice(0, tales.length)
    .forEach(({ line, order, schedule }, at) => {
      const tale = tales[at];
      if (tale === undefined) return;
      const number = partNumber(renderNumber(numberPrefix('R', today, DEVICE), at + 1), 1);
      const cameOn = tale.received === undefined ? null : addDays(today, -1);
      put(
        insert('returns', ids(), {
          number,
          account_id: order['account_id'] ?? null,
          order_id: order.id,
          order_line_id: line.id,
          product_id: line['product_id'] ?? null,
          uom: line['uom'] ?? null,
          currency: order['currency'] ?? null,
          owner_id: order['owner_id'] ?? null,
          status: tale.status,
          operation: tale.operation,
          reason: tale.reason,
          finding: tale.finding ?? null,
          shipment: tale.shipment ?? null,
          qty: units(tale.qty),
          authorised: units(tale.authorised),
          received: units(tale.received),
          fee_share: tale.operation === 'refund' ? 100_000 : null,
          requested_on: addDays(today, -tale.requested),
          received_on: cameOn,
          due_on: tale.due === undefined ? null : addDays(today, tale.due),
        }),
      );
      if (cameOn !== null)
        put(
          insert('fulfilments', ids(), {
            schedule_id: schedule.id,
            kind: 'returned',
            qty: units(tale.received),
            happened_on: cameOn,
            done_by: 'customer',
            reason: tale.reason,
            source: number,
          }),
        );
    });
