/** Confirming an order: everything in the way is named; what gives way to a reason is confirmed with one. */
import { AppError } from '../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../shared/contract/index.ts';
import type { EngineEnv } from '../env.ts';
import type { Reader, StorePatch, WriteStore } from '../store/api.ts';
import { sayBlockers } from './blockers.ts';
import { companyToday } from './company.ts';
import { changeBy } from './identity.ts';
import { orderChecks } from './order-checks.ts';
import { documentById } from './orders.ts';
import { pathTo } from './rules/paths.ts';

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

export const confirmCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'clock' | 'zone'>;
}): Pick<Commands, 'orders.confirm'> => ({
  'orders.confirm': ({ id, why, screen }, context) => {
    const order = documentById('orders', store, id);
    const { blockers, warnings } = orderChecks(order, store, companyToday(store, env), why);
    if (blockers.length > 0) throw new AppError('blocked', sayBlockers(blockers), { blockers });
    const from = String(order['status']);
    const path = pathTo('orders', from, 'confirmed');
    if (path.length === 0)
      throw new AppError('illegal-transition', `The order is ${from} and cannot be confirmed.`, { id, from });
    const change = changeBy(store, context, { label: 'Confirm order', screen, reason: why });
    const moves = path.map((to): StorePatch => ({ kind: 'transition', table: 'orders', id, field: 'status', to, why }));
    const { inverse: _, ...changed } = store.apply(moves, change);
    return { ...changed, warnings: [...warnings] };
  },
});
