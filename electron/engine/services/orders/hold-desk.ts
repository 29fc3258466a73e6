/** Putting an order on hold and releasing it (O4, K2), each with its reason; and what stands beside the holds that were put on. */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { judgeRelease, releasersOf, type HoldReason } from '../../../../shared/domain/order/holds.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { actorOf } from '../access/identity.ts';
import { authority, personOf, roleOf, whoIs } from '../approval/authority.ts';
import type { Asking } from '../approval/judge.ts';
import { textOf as text } from '../billing/receivables.ts';
import { beyondContent, labelOf, reasonOf, standingHolds } from './holds.ts';
import { beyondWith, overLimitHold } from './over-limit.ts';
import { givenContent, orderToApprove } from './order-approval.ts';
import { documentById, documentTotals, nameOfOrder } from './orders.ts';
import { applyStep } from '../access/step.ts';

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

const nameOf = (person: unknown, read: Reader): string | null =>
  typeof person === 'string' ? text(read.get('people', person)?.['name']) : null;

type Told = Awaited<ReturnType<Queries['orders.holds']>>['holds'][number];

/** Nobody put it on: it is told under the id of the order, by which it is released. */
const overHold = (order: string, why: string): Told => ({
  ...{ id: order, reason: labelOf('credit'), is_credit: true, is_open: true, why },
  ...{ held_on: null, held_by: null, released_on: null, released_by: null, release_why: null },
});

export const holdQueries = ({
  read,
  today,
  locale,
}: {
  readonly read: Reader;
  readonly today: () => string;
  readonly locale: string;
}): Pick<Queries, 'orders.holds'> => ({
  'orders.holds': ({ id }) => {
    const order = documentById('orders', read, id);
    const over = overLimitHold(order, read, { today: today(), locale });
    const open = new Set(standingHolds(id, read, today()).map((row) => row.id));
    return {
      holds: [
        ...(over === null ? [] : [overHold(id, over)]),
        ...read.children('order_holds', id).map((row) => ({
          id: row.id,
          reason: labelOf(reasonOf(row)),
          is_credit: row['reason'] === 'credit',
          is_open: open.has(row.id),
          why: text(row['why']),
          held_on: text(row['held_on']),
          held_by: nameOf(row['held_by'], read),
          released_on: text(row['released_on']),
          released_by: nameOf(row['released_by'], read),
          release_why: text(row['release_why']),
        })),
      ],
    };
  },
});

type Deps = {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
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

type Releasing = Parameters<Commands['orders.release']>[0];

/** A hold that was put on, or the one that an order beyond its limit is as if it had; and the order. */
const heldBy = (
  id: string,
  read: Reader,
  { today, locale }: { readonly today: string; readonly locale: string },
): { readonly row: StoredRow | null; readonly order: StoredRow } => {
  const row = read.get('order_holds', id);
  if (row !== undefined) {
    if (!standingHolds(String(row['order_id']), read, today).some((one) => one.id === id))
      throw new AppError('blocked', 'It is released already.', { id });
    return { row, order: documentById('orders', read, String(row['order_id'])) };
  }
  const order = read.get('orders', id);
  if (order === undefined || overLimitHold(order, read, { today, locale }) === null)
    throw new AppError('not-found', 'The hold is not here or was deleted.', { table: 'order_holds', id });
  return { row: null, order };
};

/** What whoever releases a hold agrees to: what is given (A3), and how far beyond the limit (K2). */
const agreedContent = (
  reason: HoldReason | null,
  order: StoredRow,
  read: Reader,
  asked: { readonly today: string; readonly locale: string },
): string | null => {
  if (reason === 'approval') return givenContent(order, read);
  return reason === 'credit' ? beyondContent(beyondWith(order, read, asked)) : null;
};

const release =
  ({ store, env }: Deps): Commands['orders.release'] =>
  ({ hold: id, why, to, screen }: Releasing, context) => {
    const today = companyToday(store, env);
    const { row, order } = heldBy(id, store, { today, locale: env.locale });
    const reason = row === null ? 'credit' : reasonOf(row);
    // Credit is released for what the order comes to now: more needs another release (K2).
    const amount = reason === 'credit' ? BigInt(documentTotals('orders', store, order.id).total) : null;
    const actor = actorOf(store, context);
    const refusal = judgeRelease(reason, { role: roleOf(actor, store), why, amount, validTo: to, today }, releasersOf(reason));
    const beyond = row !== null && reason === 'approval' ? refuseAgreeing(row, order, actor, { read: store, today }) : null;
    if (refusal !== null || beyond !== null) throw new AppError('blocked', refusal ?? beyond ?? '', { id });
    const by = personOf(actor, store);
    const values = {
      release_content: agreedContent(reason, order, store, { today, locale: env.locale }),
      released_on: today,
      released_by: by,
      release_why: why.trim(),
      release_amount: amount === null ? null : Number(amount),
      release_to: to,
    };
    const what = { label: `Release ${nameOfOrder(order)}`, screen, reason: why.trim() };
    const over = row === null ? overLimitHold(order, store, { today, locale: env.locale }) : null;
    const put = { order_id: order.id, reason, why: over, by_rule: 1, held_on: today, held_by: by };
    return applyStep(store, context, what, [
      row === null
        ? { kind: 'insert', table: 'order_holds', id: env.ids(), values: { ...put, ...values } }
        : { kind: 'update', table: 'order_holds', id: row.id, values },
    ]);
  };

export const holdCommands = (deps: Deps): Pick<Commands, 'orders.hold' | 'orders.release'> => ({
  'orders.hold': hold(deps),
  'orders.release': release(deps),
});
