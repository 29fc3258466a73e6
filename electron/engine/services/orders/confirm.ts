/**
 * Confirming an order: everything in the way is named; what gives way to a reason is confirmed with one. Credit stops
 * nobody from taking an order down: it is submitted and waits on hold.
 */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { sayBlockers, type Blocker } from './blockers.ts';
import { companyToday } from '../company/company.ts';
import { actorOf, changeBy } from '../access/identity.ts';
import { personOf } from '../approval/authority.ts';
import { holdReasonOf, orderChecks } from './order-checks.ts';
import { documentById } from './orders.ts';
import { pathTo } from '../rules/paths.ts';
import { applyStep } from '../access/step.ts';

export const confirmQueries = ({
  read,
  today,
  locale,
  actor,
}: {
  readonly read: Reader;
  readonly today: () => string;
  readonly locale: string;
  readonly actor: (context: CallContext) => string;
}): Pick<Queries, 'orders.checks'> => ({
  'orders.checks': ({ id }, context) => {
    const asked = { today: today(), locale, why: null, actor: actor(context) };
    const { blockers, canOverride, warnings } = orderChecks(documentById('orders', read, id), read, asked);
    return { blockers: [...blockers], can_override: canOverride, warnings: [...warnings] };
  },
});

type Deps = { readonly store: WriteStore; readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'> };

const moveTo = (id: string, to: string, why: string | null): StorePatch => ({
  kind: 'transition',
  table: 'orders',
  id,
  field: 'status',
  to,
  why,
});

/** The account's credit does not reach, or somebody has to agree: it is taken down all the same, submitted and on hold (K2, A2). */
const submitHeld = (
  order: StoredRow,
  holds: readonly Blocker[],
  screen: string | null,
  { store, env }: Deps,
  context: CallContext,
) => {
  const actor = actorOf(store, context);
  const made = holds.map((blocker) => ({
    reason: holdReasonOf(blocker),
    why: blocker.message.replace(/^(Credit|Approval): /, ''),
  }));
  const patches: readonly StorePatch[] = [
    ...pathTo('orders', String(order['status']), 'submitted').map((to) => moveTo(order.id, to, null)),
    ...made.map((hold): StorePatch => ({
      kind: 'insert',
      table: 'order_holds',
      id: env.ids(),
      values: {
        order_id: order.id,
        ...hold,
        by_rule: 1,
        held_on: companyToday(store, env),
        held_by: personOf(actor, store),
      },
    })),
  ];
  const reasons = made.map(({ reason }) => reason).join(' and ');
  const what = { label: `Submit order, on ${reasons} hold`, screen, reason: made.map(({ why }) => why).join('. ') };
  return { ...applyStep(store, context, what, patches), warnings: [], held: holds.map(({ message }) => message).join('. ') };
};

const confirm =
  (deps: Deps): Commands['orders.confirm'] =>
  ({ id, why, screen }, context) => {
    const { store, env } = deps;
    const order = documentById('orders', store, id);
    const from = String(order['status']);
    const path = pathTo('orders', from, 'confirmed');
    const asked = { today: companyToday(store, env), locale: env.locale, why, actor: actorOf(store, context) };
    const { blockers, warnings } = orderChecks(order, store, asked);
    const inTheWay = blockers.filter((blocker) => holdReasonOf(blocker) === null);
    if (inTheWay.length > 0) throw new AppError('blocked', sayBlockers(inTheWay), { blockers: inTheWay });
    if (path.length === 0)
      throw new AppError('illegal-transition', `The order is ${from} and cannot be confirmed.`, { id, from });
    if (blockers.length > 0) return submitHeld(order, blockers, screen, deps, context);
    const change = changeBy(store, context, { label: 'Confirm order', screen, reason: why });
    const { inverse: _, ...changed } = store.apply(
      path.map((to) => moveTo(id, to, why)),
      change,
    );
    return { ...changed, warnings: [...warnings], held: null };
  };

export const confirmCommands = (deps: Deps): Pick<Commands, 'orders.confirm'> => ({ 'orders.confirm': confirm(deps) });
