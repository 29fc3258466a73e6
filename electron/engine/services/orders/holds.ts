/** Holds of an order (O4, K2): put on and released with a reason, several at once. While one stands, the order is not confirmed and nothing of it goes out. */
import { isHoldReason, openHolds, type Hold, type HoldReason } from '../../../../shared/domain/order/holds.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { givenContent } from './order-approval.ts';
import { documentTotals } from './orders.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Why a hold was put on: one of the choices of the model, which are those of the rule (O4). Null where nobody can read it. */
export const reasonOf = (row: StoredRow): HoldReason | null => {
  const reason = text(row['reason']);
  return reason !== null && isHoldReason(reason) ? reason : null;
};

const holdOf = (row: StoredRow): Hold => ({
  id: row.id,
  reason: reasonOf(row),
  released:
    row['released_on'] === null
      ? null
      : {
          by: text(row['released_by']) ?? '',
          at: 0,
          why: text(row['release_why']) ?? '',
          amount: typeof row['release_amount'] === 'number' ? BigInt(row['release_amount']) : null,
          validTo: text(row['release_to']),
        },
});

/** The holds of an order that stand now: a release ends by its day, and covers no more than its amount. */
export const standingHolds = (order: string, read: Reader, today: string): readonly StoredRow[] => {
  const rows = read.children('order_holds', order);
  if (rows.length === 0) return [];
  const amount = BigInt(documentTotals('orders', read, order).total);
  const open = new Set(openHolds(rows.map(holdOf), { today, amount }).map(({ id }) => id));
  return rows.filter(({ id }) => open.has(id));
};

/** Said of a hold whose cause went: nobody agreed to anything by that. */
export const LIFTED = 'No longer so since the order was amended';

const isAgreedTo = ({ release_why: why }: StoredRow): boolean => why !== LIFTED;

/** Whether somebody released the order for just that: another price, discount or quantity asks again (A3). */
export const isApproved = (order: StoredRow, why: string, read: Reader): boolean => {
  const content = givenContent(order, read);
  return read.children('order_holds', order.id).some(
    (hold) =>
      hold['reason'] === 'approval' &&
      hold['released_on'] !== null &&
      hold['why'] === why &&
      // Of one that was released before contents were kept only its words are known.
      (hold['release_content'] ?? content) === content &&
      isAgreedTo(hold),
  );
};

/** Whether credit was released for what an order comes to now, up to today at least (K2). */
export const isCreditReleased = (order: string, read: Reader, today: string): boolean => {
  const open = new Set(standingHolds(order, read, today).map(({ id }) => id));
  return read
    .children('order_holds', order)
    .some((hold) => hold['reason'] === 'credit' && !open.has(hold.id) && isAgreedTo(hold));
};

/** By how much a limit is passed, as it is kept with a release: `4000 GBP`. @param over minor units */
export const beyondContent = ({ over, currency }: { readonly over: bigint; readonly currency: string }): string =>
  `${over} ${currency}`.trim();

/** @returns null where it was released before this was kept, or in the money of another limit */
const agreedIn = (content: unknown, currency: string): bigint | null => {
  const [, over, of] = /^(\d+) ?(.*)$/.exec(text(content) ?? '') ?? [];
  return over === undefined || of !== currency ? null : BigInt(over);
};

/**
 * When credit was last released for an order, by its stamp, and by how much the limit was passed then, in minor units; for
 * whatever day and amount it was. Null where nobody ever agreed.
 */
export const creditReleaseOf = (
  order: string,
  currency: string,
  read: Reader,
): { readonly since: number; readonly agreed: bigint | null } | null =>
  read
    .children('order_holds', order)
    .filter((hold) => hold['reason'] === 'credit' && hold['released_on'] !== null && isAgreedTo(hold))
    .map(({ id, release_content: content }) => ({
      since: read.stampOf('order_holds', id, 'released_on')?.at ?? 0,
      agreed: agreedIn(content, currency),
    }))
    .toSorted((one, other) => other.since - one.since)[0] ?? null;

const reasonField = fieldOf('order_holds', 'reason');
export const labelOf = (reason: HoldReason | null): string =>
  (reasonField?.kind === 'choice' ? reasonField.choices.find(({ key }) => key === reason)?.label : undefined) ??
  'No readable reason';

/** A hold in a few words: `Credit: over the limit`. */
export const sayHold = (hold: StoredRow): string => {
  const [label, said] = [labelOf(reasonOf(hold)), text(hold['why'])];
  return said === null ? label : `${label}: ${said}`;
};
