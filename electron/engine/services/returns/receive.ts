/** What came back: noted on the return, and as an event on the order line it is of, which rewrites nothing (F5). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { EngineEnv } from '../../env.ts';
import type { StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { lineEvents, refusalOf, refuseState } from '../fulfilment/fulfilment.ts';
import { schedulesOf } from '../fulfilment/schedules.ts';

export type ReturnDeps = {
  readonly store: WriteStore;
  readonly env: Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
};

export const setReturn = (id: string, values: Readonly<Record<string, CellInput>>): StorePatch => ({
  kind: 'update',
  table: 'returns',
  id,
  values,
});

export const moveReturn = (id: string, to: string, why: string | null = null): StorePatch => ({
  kind: 'transition',
  table: 'returns',
  id,
  field: 'status',
  to,
  why,
});

/** The day something happened: today unless it is said, and never to come. */
export const dayOf = (on: string | null, { store, env }: ReturnDeps): string => {
  const today = companyToday(store, env);
  if (on !== null && on > today)
    throw new AppError('blocked', 'That day is still to come. Nothing was changed.', { field: 'on' });
  return on ?? today;
};

type Received = {
  readonly id: string;
  readonly number: string;
  /** Of the order; undefined of goods nobody ordered. */
  readonly line: StoredRow | undefined;
  readonly reason: string | null;
};

/** Events of what came back, or goes out again. Refused where the order line cannot have had it. */
export const returnedEvents = (
  { number, line, reason }: Omit<Received, 'id'>,
  { qty, on }: { readonly qty: bigint; readonly on: string },
  order: StoredRow | undefined,
  { store, env }: ReturnDeps,
): readonly StorePatch[] => {
  if (line === undefined || order === undefined || qty === 0n) return [];
  refuseState(order, 'returned');
  const refusal = qty < 0n ? null : refusalOf(line, 1, schedulesOf(line.id, store), 'returned', qty);
  if (refusal !== null) throw new AppError('blocked', refusal, { table: 'order_lines', id: line.id, field: 'qty' });
  const by = qty < 0n ? 'us' : 'customer';
  return lineEvents({ kind: 'returned', line: line.id, qty, on, by, reason, source: number }, { read: store, ids: env.ids });
};

/** Everything that receiving a return writes; one that was only asked for is authorised with it. */
export const receivePatches = (
  received: Received,
  { qty, on }: { readonly qty: number; readonly on: string },
  order: StoredRow | undefined,
  deps: ReturnDeps,
): readonly StorePatch[] => {
  const { id } = received;
  const status = deps.store.get('returns', id)?.['status'] ?? 'requested';
  return [
    ...(status === 'requested' ? [moveReturn(id, 'authorised'), setReturn(id, { authorised: qty })] : []),
    moveReturn(id, 'received'),
    setReturn(id, { received: qty, received_on: dayOf(on, deps) }),
    ...returnedEvents(received, { qty: BigInt(qty), on }, order, deps),
  ];
};
