/**
 * What was paid of an invoice beyond what is owed of it, once something of it is credited: it comes back to its payments and
 * can be set against other invoices (K3).
 */
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { bigOf, owedOf, rowsBy } from './receivables.ts';

/** @param credit what the invoice is credited, its tax with it: minor units */
export const paidBack = (invoice: StoredRow, credit: bigint, read: Reader): readonly StorePatch[] => {
  const { open } = owedOf(invoice, read);
  const due = open > 0n ? open : 0n;
  let over = credit > due ? credit - due : 0n;
  return rowsBy('allocations', 'invoice_id', invoice.id, read)
    .toReversed()
    .flatMap((row): readonly StorePatch[] => {
      // What was paid in other money was settled by the rate of its day, and stays.
      const amount = row['settled'] === null ? bigOf(row['amount']) : 0n;
      const back = amount < over ? amount : over;
      if (back <= 0n) return [];
      over -= back;
      const at = { table: 'allocations', id: row.id } as const;
      return [back === amount ? { kind: 'delete', ...at } : { kind: 'update', ...at, values: { amount: Number(amount - back) } }];
    });
};
