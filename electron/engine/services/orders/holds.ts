/** Holds of an order (O4, K2): put on and released with a reason, several at once. While one stands, the order is not confirmed and nothing of it goes out. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { judgeRelease, openHolds, releasers, type Hold, type HoldReason } from '../../../../shared/domain/order/holds.ts';
import { fieldOf } from '../../../../shared/model/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { authority, personOf, roleOf, whoIs } from '../approval/authority.ts';
import type { Asking } from '../approval/judge.ts';
import { givenContent, orderToApprove } from './order-approval.ts';
import { documentById, documentTotals, nameOfOrder } from './orders.ts';
import { applyStep } from '../access/step.ts';

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

const holdOf = (row: StoredRow): Hold => ({
  id: row.id,
  // One of the choices of the model, which are those of the rule.
  reason: row['reason'] as HoldReason,
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

/** Why this person may not agree to what an order gives: it is beyond them, or their own (A2, A4). Null where they may. */
const refuseAgreeing = (hold: StoredRow, order: StoredRow, actor: string, asking: Asking): string | null => {
  const { read } = asking;
  const holder = text(hold['held_by']);
  const asked = holder === null ? null : orderToApprove(order, holder, asking);
  if (hold['by_rule'] !== 1 || asked === null) return null;
  const { levels, limits } = authority(actor, read);
  if (limits !== null && whoIs(actor, read) === holder)
    return 'Somebody else has to agree to it: nobody agrees to what they gave.';
  const missing = asked.levels.find((level) => !levels.includes(level));
  return missing === undefined ? null : `This is for approver ${missing} to agree to.`;
};

/** Whether credit was released for what an order comes to now, up to today at least (K2). */
export const isCreditReleased = (order: string, read: Reader, today: string): boolean => {
  const open = new Set(standingHolds(order, read, today).map(({ id }) => id));
  return read
    .children('order_holds', order)
    .some((hold) => hold['reason'] === 'credit' && !open.has(hold.id) && isAgreedTo(hold));
};

const reasonField = fieldOf('order_holds', 'reason');
const labelOf = (reason: unknown): string =>
  (reasonField?.kind === 'choice' ? reasonField.choices.find(({ key }) => key === reason)?.label : undefined) ?? String(reason);

/** A hold in a few words: `Credit: over the limit`. */
export const sayHold = ({ reason, why }: StoredRow): string => {
  const said = text(why);
  return said === null ? labelOf(reason) : `${labelOf(reason)}: ${said}`;
};

const nameOf = (person: unknown, read: Reader): string | null =>
  typeof person === 'string' ? text(read.get('people', person)?.['name']) : null;

export const holdQueries = ({
  read,
  today,
}: {
  readonly read: Reader;
  readonly today: () => string;
}): Pick<Queries, 'orders.holds'> => ({
  'orders.holds': ({ id }) => {
    documentById('orders', read, id);
    const open = new Set(standingHolds(id, read, today()).map((row) => row.id));
    return {
      holds: read.children('order_holds', id).map((row) => ({
        id: row.id,
        reason: labelOf(row['reason']),
        is_credit: row['reason'] === 'credit',
        is_open: open.has(row.id),
        why: text(row['why']),
        held_on: text(row['held_on']),
        held_by: nameOf(row['held_by'], read),
        released_on: text(row['released_on']),
        released_by: nameOf(row['released_by'], read),
        release_why: text(row['release_why']),
      })),
    };
  },
});

type Deps = {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone'>;
};

const hold =
  ({ store, env }: Deps): Commands['orders.hold'] =>
  ({ id, reason, why, screen }, context) => {
    const order = documentById('orders', store, id);
    if (order['status'] === 'cancelled' || order['status'] === 'closed')
      throw new AppError('blocked', `The order is ${order['status']}: there is nothing to hold.`, { id });
    if (why.trim() === '') throw new AppError('blocked', 'Say why it is held.', { id, field: 'why' });
    const values = {
      order_id: id,
      reason,
      why: why.trim(),
      held_on: companyToday(store, env),
      held_by: personOf(actorOf(store, context), store),
    };
    const what = { label: `Hold ${nameOfOrder(order)}`, screen, reason: why.trim() };
    return applyStep(store, context, what, [{ kind: 'insert', table: 'order_holds', id: env.ids(), values }]);
  };

const release =
  ({ store, env }: Deps): Commands['orders.release'] =>
  ({ hold: holdId, why, to, screen }, context) => {
    const row = store.get('order_holds', holdId);
    const order = row && documentById('orders', store, String(row['order_id']));
    if (row === undefined || order === undefined)
      throw new AppError('not-found', 'The hold is not here or was deleted.', { table: 'order_holds', id: holdId });
    const today = companyToday(store, env);
    if (!standingHolds(order.id, store, today).some(({ id }) => id === holdId))
      throw new AppError('blocked', 'It is released already.', { id: holdId });
    const { reason } = holdOf(row);
    // Credit is released for what the order comes to now: more needs another release (K2).
    const amount = reason === 'credit' ? BigInt(documentTotals('orders', store, order.id).total) : null;
    const actor = actorOf(store, context);
    const refusal = judgeRelease(reason, { role: roleOf(actor, store), why, amount, validTo: to, today }, releasers[reason]);
    const beyond = reason === 'approval' ? refuseAgreeing(row, order, actor, { read: store, today }) : null;
    if (refusal !== null || beyond !== null) throw new AppError('blocked', refusal ?? beyond ?? '', { id: holdId });
    const values = {
      release_content: reason === 'approval' ? givenContent(order, store) : null,
      released_on: today,
      released_by: personOf(actor, store),
      release_why: why.trim(),
      release_amount: amount === null ? null : Number(amount),
      release_to: to,
    };
    const what = { label: `Release ${nameOfOrder(order)}`, screen, reason: why.trim() };
    return applyStep(store, context, what, [{ kind: 'update', table: 'order_holds', id: holdId, values }]);
  };

export const holdCommands = (deps: Deps): Pick<Commands, 'orders.hold' | 'orders.release'> => ({
  'orders.hold': hold(deps),
  'orders.release': release(deps),
});
