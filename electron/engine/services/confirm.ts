/**
 * Confirming an order: everything in the way is named; what gives way to a reason is confirmed with one. Credit stops
 * nobody from taking an order down: it is submitted and waits on hold.
 */
import { AppError, type CallContext } from '../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../shared/contract/index.ts';
import type { EngineEnv } from '../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../store/api.ts';
import { sayBlockers } from './blockers.ts';
import { companyToday } from './company.ts';
import { actorOf, changeBy } from './identity.ts';
import { CREDIT_HOLD, orderChecks } from './order-checks.ts';
import { documentById } from './orders.ts';
import { pathTo } from './rules/paths.ts';
import { applyStep } from './step.ts';

export const confirmQueries = ({
  read,
  today,
}: {
  readonly read: Reader;
  readonly today: () => string;
}): Pick<Queries, 'orders.checks'> => ({
  'orders.checks': ({ id }) => {
    const { blockers, canOverride, warnings } = orderChecks(documentById('orders', read, id), read, today(), null);
    return { blockers: [...blockers], can_override: canOverride, warnings: [...warnings] };
  },
});

type Deps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone'> };

const moveTo = (id: string, to: string, why: string | null): StorePatch => ({
  kind: 'transition',
  table: 'orders',
  id,
  field: 'status',
  to,
  why,
});

/** The account's credit does not reach: the order is taken down all the same, submitted and on hold (K2). */
const holdForCredit = (order: StoredRow, said: string, screen: string | null, { store, env }: Deps, context: CallContext) => {
  const why = said.replace(/^Credit: /, '');
  const actor = actorOf(store, context);
  const values = {
    order_id: order.id,
    reason: 'credit',
    why,
    held_on: companyToday(store, env),
    held_by: store.get('people', actor) ? actor : null,
  };
  const patches: readonly StorePatch[] = [
    ...pathTo('orders', String(order['status']), 'submitted').map((to) => moveTo(order.id, to, null)),
    { kind: 'insert', table: 'order_holds', id: env.ids(), values },
  ];
  const what = { label: 'Submit order, on credit hold', screen, reason: why };
  return { ...applyStep(store, context, what, patches), warnings: [], held: said };
};

const confirm =
  (deps: Deps): Commands['orders.confirm'] =>
  ({ id, why, screen }, context) => {
    const { store, env } = deps;
    const order = documentById('orders', store, id);
    const from = String(order['status']);
    const path = pathTo('orders', from, 'confirmed');
    const { blockers, warnings } = orderChecks(order, store, companyToday(store, env), why);
    const inTheWay = blockers.filter(({ code }) => code !== CREDIT_HOLD);
    if (inTheWay.length > 0) throw new AppError('blocked', sayBlockers(inTheWay), { blockers: inTheWay });
    if (path.length === 0)
      throw new AppError('illegal-transition', `The order is ${from} and cannot be confirmed.`, { id, from });
    const [credit] = blockers;
    if (credit !== undefined) return holdForCredit(order, credit.message, screen, deps, context);
    const change = changeBy(store, context, { label: 'Confirm order', screen, reason: why });
    const { inverse: _, ...changed } = store.apply(
      path.map((to) => moveTo(id, to, why)),
      change,
    );
    return { ...changed, warnings: [...warnings], held: null };
  };

export const confirmCommands = (deps: Deps): Pick<Commands, 'orders.confirm'> => ({ 'orders.confirm': confirm(deps) });
