/**
 * What settling a return comes to (T1): accepted goods are credited on the invoices that billed them, at the price, discount
 * and tax of these, with the fee on a line of its own; what was not accepted, is repaired or is sent anew goes out again.
 */
import { creditableOf } from '../../../../shared/domain/fulfil/complete.ts';
import { restockingFee, sentBackOf } from '../../../../shared/domain/returns/returnable.ts';
import { operationOf } from '../../../../shared/domain/returns/states.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { creditOfQty } from '../billing/invoices.ts';
import { bigOf, creditedOf, rowsBy, sumOf } from '../billing/receivables.ts';
import { bucketsOfLine, lineOfReturn } from './read.ts';

/** Of one invoice. Quantity in millionths, amounts in minor units. */
type SettledPart = {
  readonly invoice: StoredRow;
  readonly line: string;
  readonly qty: bigint;
  readonly credit: bigint;
  readonly fee: bigint;
};

type Settlement = {
  readonly parts: readonly SettledPart[];
  readonly credit: bigint;
  readonly fee: bigint;
  /** Of the accepted quantity, what no invoice of ours has. */
  readonly unbilled: bigint;
  /** What goes out to the customer again. */
  readonly sentBack: bigint;
};

/** Invoice lines of an order line that were issued, the oldest first, with what of each is not credited yet. */
const openOf = (line: string, read: Reader) =>
  rowsBy('invoice_lines', 'order_line_id', line, read)
    .flatMap((row) => {
      const invoice = typeof row['invoice_id'] === 'string' ? read.get('invoices', row['invoice_id']) : undefined;
      return invoice?.['status'] === 'issued' ? [{ row, invoice, open: bigOf(row['qty']) - creditedOf(row.id, read).qty }] : [];
    })
    .filter(({ open }) => open > 0n)
    .toSorted((a, b) => (String(a.invoice['issued_on']) < String(b.invoice['issued_on']) ? -1 : 1));

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** How many are credited: accepted, and billed beyond what the customer keeps. */
const creditedQty = (line: string, goods: bigint, sentBack: bigint, comesBack: boolean, read: Reader): bigint => {
  const now = bucketsOfLine(line, read);
  const billed = comesBack ? creditableOf({ ...now, returned: now.returned - sentBack }) : now.invoiced - now.credited;
  return least(goods, billed > 0n ? billed : 0n);
};

const creditParts = (line: string, qty: bigint, share: number, read: Reader): readonly SettledPart[] => {
  let left = qty;
  let credited = 0n;
  return openOf(line, read).flatMap(({ row, invoice, open }) => {
    const part = least(open, left);
    if (part <= 0n) return [];
    left -= part;
    const credit = creditOfQty(row, part, read);
    // Of all so far less what was kept before, so that the fees of the parts come to the fee of the whole.
    const fee = restockingFee(credited + credit, share) - restockingFee(credited, share);
    credited += credit;
    return [{ invoice, line: row.id, qty: part, credit, fee }];
  });
};

export const settlementOf = (row: StoredRow, read: Reader): Settlement => {
  const operation = operationOf(String(row['operation']));
  const line = lineOfReturn(row, read);
  const comesBack = operation?.comesBack !== false;
  const goods = bigOf(row[comesBack ? 'accepted' : 'authorised']);
  const sentBack = comesBack && line !== undefined ? sentBackOf(String(row['operation']), bigOf(row['received']), goods) : 0n;
  if (operation?.isCredited !== true || line === undefined) return { parts: [], credit: 0n, fee: 0n, unbilled: 0n, sentBack };
  const wanted = creditedQty(line.id, goods, sentBack, comesBack, read);
  const parts = creditParts(line.id, wanted, Number(row['fee_share'] ?? 0), read);
  return {
    parts,
    credit: sumOf(parts, (part) => part.credit),
    fee: sumOf(parts, (part) => part.fee),
    unbilled: goods - sumOf(parts, (part) => part.qty),
    sentBack,
  };
};
