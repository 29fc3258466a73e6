/** A return and the order line it is of, from their rows to the values the rules of shared/domain know. */
import { AppError } from '../../../../shared/contract/define.ts';
import { addBuckets, type Buckets } from '../../../../shared/domain/fulfilment.ts';
import { heldBy, lastDayFor, type Returnable } from '../../../../shared/domain/returns/returnable.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';
import { bigOf, rowsBy, sumOf, textOf } from '../billing/receivables.ts';
import { returnPolicyOf } from './policy.ts';

export const returnById = (read: Reader, id: string): StoredRow => {
  const row = read.get('returns', id);
  if (row) return row;
  throw new AppError('not-found', 'The return is not here or was deleted.', { table: 'returns', id });
};

export const nameOfReturn = (row: StoredRow): string => textOf(row['number']) ?? 'the return';

/** The order line it takes from; undefined of goods nobody ordered, whatever line they came with. */
export const lineOfReturn = (row: StoredRow, read: Reader): StoredRow | undefined => {
  const id = textOf(row['order_line_id']);
  return id === null || row['operation'] === 'not_ordered' ? undefined : read.get('order_lines', id);
};

export const bucketsOfLine = (line: string, read: Reader): Buckets => addBuckets(schedulesOf(line, read).map(({ now }) => now));

const heldOf = (row: StoredRow): bigint =>
  heldBy({
    status: String(row['status']),
    operation: String(row['operation'] ?? ''),
    asked: bigOf(row['qty']),
    authorised: bigOf(row['authorised']),
  });

/** The last delivery that stands. */
const deliveredOnOf = (line: string, read: Reader): string | null =>
  read
    .children('schedule_lines', line)
    .flatMap(({ id }) => read.children('fulfilments', id))
    .filter(({ kind, qty }) => kind === 'delivered' && bigOf(qty) > 0n)
    .flatMap(({ happened_on: on }) => textOf(on) ?? [])
    .toSorted()
    .at(-1) ?? null;

type Standing = Returnable & { readonly deliveredOn: string | null };

/** What of an order line was delivered, came back and is on its way back. @param without a return that is left out */
export const standingOf = (line: string, read: Reader, without: string | null = null): Standing => {
  const { delivered, returned } = bucketsOfLine(line, read);
  const others = rowsBy('returns', 'order_line_id', line, read).filter(({ id }) => id !== without);
  return { delivered, returned, inReturns: sumOf(others, heldOf), deliveredOn: deliveredOnOf(line, read) };
};

/** The last day a line may be asked back, and whether that is over. */
export const windowOf = (
  deliveredOn: string | null,
  today: string,
  read: Reader,
): { readonly last_day: string | null; readonly is_late: boolean } => {
  const last = deliveredOn === null ? null : lastDayFor(deliveredOn, returnPolicyOf(read).windowDays);
  return { last_day: last, is_late: last !== null && today > last };
};
