/**
 * What the record of an amendment brings with it: an order that came to more is held where credit does not reach (K2), and one
 * at other prices where somebody else has to agree to them (A2, O5). What the rules held before says what the order comes to
 * now, and is lifted where its cause is gone.
 */
import { discountOnTop } from '../../../../shared/domain/discount.ts';
import { extendsQuote } from '../../../../shared/domain/order/amend.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { personOf } from '../approval/authority.ts';
import { companyToday } from '../company/company.ts';
import { creditOf } from '../credit/standing.ts';
import { placeOf } from '../orders/blockers.ts';
import { isApproved, isCreditReleased, LIFTED, standingHolds } from '../orders/holds.ts';
import { orderToApprove } from '../orders/order-approval.ts';
import { documentTotals } from '../orders/orders.ts';
import { headerShares } from '../orders/worked.ts';
import { quotedFor } from '../quotes/quote-rows.ts';
import type { Settled, Work, Write } from './work.ts';

/** The order that is amended, as it stands now, with the holds on it. */
const lookAt = ({ change, read, deps }: Work) => {
  const order = change.amends === undefined ? undefined : read.get('orders', change.amends.order);
  const today = companyToday(read, deps.env);
  return order && { order, today, holds: standingHolds(order.id, read, today) };
};

type Look = NonNullable<ReturnType<typeof lookAt>>;

const held = (reason: 'credit' | 'approval', why: string, { order, today }: Look, { change, read, deps }: Work): StorePatch => ({
  kind: 'insert',
  table: 'order_holds',
  id: deps.env.ids(),
  values: {
    order_id: order.id,
    reason,
    why,
    by_rule: 1,
    held_on: today,
    held_by: personOf(change.actor, read),
  },
});

/** A hold says what the order comes to now; where nothing holds it any more it is lifted, and stays on record. */
const keptUp = (hold: StoredRow, why: string | null, { today }: Look): readonly StorePatch[] => {
  const set = (values: Readonly<Record<string, string>>): readonly StorePatch[] => [
    { kind: 'update', table: 'order_holds', id: hold.id, values },
  ];
  if (why !== null) return why === hold['why'] ? [] : set({ why });
  return hold['released_on'] === null ? set({ released_on: today, release_why: LIFTED }) : [];
};

const isOf = (reason: 'credit' | 'approval', hold: StoredRow): boolean => hold['reason'] === reason;
const isByRule = (hold: StoredRow): boolean => hold['by_rule'] === 1;

const creditHold = (look: Look, work: Work): readonly StorePatch[] => {
  const { order, today, holds } = look;
  const { change, read, deps } = work;
  const standing = holds.filter((hold) => isOf('credit', hold));
  const isMore = BigInt(documentTotals('orders', read, order.id).total) > (change.amends?.total ?? 0n);
  const isNew = isMore && standing.length === 0 && !isCreditReleased(order.id, read, today);
  const own = standing.filter(isByRule);
  if (!isNew && own.length === 0) return [];
  const credit = creditOf(order, read, { today, locale: deps.env.locale });
  const why = credit?.result === 'hold' ? `${credit.why.replace(/\.$/, '')} since it was amended` : null;
  if (isNew) return why === null ? [] : [held('credit', why, look, work)];
  return own.flatMap((hold) => keptUp(hold, why, look));
};

const CHANGING = ['qty', 'price', 'discount', 'header_discount', 'header_percent', 'terms'] as const;

const isChanged = (values: Settled, keys: readonly (typeof CHANGING)[number][]): boolean =>
  values['kind'] === 'changed' && keys.some((key) => values[`${key}_before`] !== values[`${key}_after`]);

const FLOOR = 'below the floor price since it was changed';

const isFloor = ({ why }: StoredRow): boolean => typeof why === 'string' && why.endsWith(FLOOR);

/** Whether a line is offered anew: at another price, or at a quoted one for more than was quoted (P2). */
const isOffered = (line: StoredRow, values: Settled, read: Reader): boolean => {
  if (isChanged(values, ['price', 'discount', 'header_discount', 'header_percent'])) return true;
  const numberOf = (key: string): number => (typeof values[key] === 'number' ? values[key] : 0);
  const at = (key: 'before' | 'after') => ({
    qty: BigInt(numberOf(`qty_${key}`)),
    price: numberOf(`price_${key}`),
    discount: 0,
    promised: null,
  });
  return values['kind'] === 'changed' && extendsQuote({ ...at('before'), quoted: quotedFor(line, read) }, at('after'));
};

/** Below the floor of its product a price has to be approved again: until then nothing goes out (A2, O5). */
const isBelowFloor = (line: StoredRow, order: StoredRow, fraction: number, read: Reader): boolean => {
  const product = typeof line['product_id'] === 'string' ? read.get('products', line['product_id']) : undefined;
  const [floor, price] = [product?.['floor_price'], line['price']];
  if (typeof floor !== 'number' || typeof price !== 'number' || product?.['currency'] !== order['currency']) return false;
  const discount = discountOnTop(typeof line['discount'] === 'number' ? line['discount'] : 0, fraction);
  return (BigInt(price) * BigInt(1_000_000 - discount)) / 1_000_000n < BigInt(floor);
};

/** Of the lines a record is about: those of a change of the whole order are all. */
const floorHolds = (values: Settled, look: Look, work: Work): readonly StorePatch[] => {
  const { order, holds } = look;
  const { read } = work;
  const all = read.children('order_lines', order.id);
  const { fraction } = headerShares('orders', order, read);
  return all.flatMap((line, at) => {
    const isMeant = values['line_id'] === undefined || values['line_id'] === line.id;
    if (!isMeant || !isOffered(line, values, read)) return [];
    const why = `${placeOf(line, at + 1)}${FLOOR}`;
    const own = holds.filter((hold) => isOf('approval', hold) && isByRule(hold) && hold['why'] === why);
    if (!isBelowFloor(line, order, fraction, read)) return own.flatMap((hold) => keptUp(hold, null, look));
    return own.length > 0 ? [] : [held('approval', why, look, work)];
  });
};

/** What whoever amends may not give alone, where nobody agreed to just that and no hold says it already. */
const approvalHold = (values: Settled, look: Look, work: Work): readonly StorePatch[] => {
  const { order, today, holds } = look;
  const { change, read } = work;
  const own = holds.find((hold) => isOf('approval', hold) && isByRule(hold) && !isFloor(hold));
  const asked = (actor: string): string | null => orderToApprove(order, actor, { read, today })?.why ?? null;
  // An amount off the whole order weighs on what is left of it.
  const isLess = values['kind'] === 'cancelled' && typeof order['header_discount'] === 'number' && order['header_discount'] > 0;
  const offered = isLess || isChanged(values, CHANGING) ? asked(change.actor) : null;
  // What somebody gave beyond their limits is not agreed to by another who changes something else.
  if (own !== undefined)
    return keptUp(own, (typeof own['held_by'] === 'string' ? asked(own['held_by']) : asked(change.actor)) ?? offered, look);
  const isHeld = holds.some((hold) => isOf('approval', hold));
  if (offered === null || isHeld || isApproved(order, offered, read)) return [];
  return [held('approval', offered, look, work)];
};

/** Of several records of one amendment the first makes a hold: the others find it there. */
export const newOrderChange = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const look = lookAt(work);
  if (look === undefined) return [{ ...patch, values }];
  const floor = floorHolds(values, look, work);
  const isHeld = floor.some(({ kind }) => kind === 'insert');
  const isLifted = (hold: StoredRow): boolean => floor.some((one) => one.kind === 'update' && one.id === hold.id);
  const left = { ...look, holds: look.holds.filter((hold) => !isLifted(hold)) };
  return [{ ...patch, values }, ...creditHold(look, work), ...floor, ...(isHeld ? [] : approvalHold(values, left, work))];
};
