/**
 * Why a change may not be made at all. Only what would break a promise to a customer is refused; everything else is
 * kept and marked. Files and undo are not asked: they bring what happened elsewhere, or back what was.
 */
import { isFrozen, stateOf } from '../../../../shared/domain/lifecycle.ts';
import { fieldOf, type TableName } from '../../../../shared/model/index.ts';
import type { Change, Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { orderBlockers, sayBlockers } from '../blockers.ts';

type Patch = StorePatch & { readonly table: TableName };

/** What was agreed: not to be changed once an order is confirmed (O5). */
const AGREED: Partial<Record<TableName, readonly string[]>> = {
  orders: ['account_id', 'currency', 'rounding'],
  order_lines: ['qty', 'price', 'discount', 'product_id', 'uom', 'order_id'],
};

const isUnasked = ({ source }: Change): boolean => source === 'import' || source === 'undo' || source === 'merge';

const frozenOrder = (id: unknown, read: Reader): StoredRow | null => {
  const order = typeof id === 'string' ? read.get('orders', id) : undefined;
  return order && isFrozen('order', String(order['status'])) ? order : null;
};

const sayFrozen = (order: StoredRow, what: string): string => {
  const state = stateOf('order', String(order['status']))?.label.toLowerCase() ?? '';
  const number = order['number'] === null ? 'This order' : `Order ${order['number']}`;
  return `${number} is ${state}: ${what} no longer change here. Nothing was changed. Duplicate it to order again, or undo the step that ${state === 'confirmed' ? 'confirmed' : 'ended'} it.`;
};

const refuseAgreed = (patch: Patch, before: StoredRow | undefined, read: Reader): string | null => {
  const agreed = AGREED[patch.table];
  if (agreed === undefined || patch.kind === 'transition') return null;
  const isLine = patch.table === 'order_lines';
  const owner = patch.kind === 'insert' ? patch.values['order_id'] : before?.['order_id'];
  const order = isLine ? frozenOrder(owner, read) : patch.kind === 'insert' ? null : frozenOrder(patch.id, read);
  if (order === null) return null;
  if (patch.kind === 'update') {
    const field = agreed.find((name) => Object.hasOwn(patch.values, name) && patch.values[name] !== before?.[name]);
    return field === undefined
      ? null
      : sayFrozen(order, isLine ? 'its quantities, prices and products' : 'its account, currency and rounding');
  }
  if (isLine) return sayFrozen(order, 'its lines');
  return patch.kind === 'delete' ? sayFrozen(order, 'its contents') : null;
};

/** Fields that only commands or files write. A row's place among its neighbours is set by putting it there. */
const refuseByHand = (patch: Patch, before: StoredRow | undefined, typed: readonly string[] | null): string | null => {
  if (patch.kind !== 'insert' && patch.kind !== 'update') return null;
  for (const [name, value] of Object.entries(patch.values)) {
    if (typed?.includes(name) === false) continue;
    const field = fieldOf(patch.table, name);
    const isPlace = field?.kind === 'integer' && field.entry === 'command';
    if (field?.entry !== undefined && !isPlace && value !== null && value !== before?.[name]) {
      return `${field.label} is not typed: ${field.entry === 'import' ? 'it comes with imported data' : 'the workbench gives it'}.`;
    }
  }
  return null;
};

/** The guards of transitions: what must be put right first, in words. */
const refuseMove = (patch: Patch, before: StoredRow | undefined, read: Reader): string | null => {
  if (patch.kind !== 'transition' || patch.table !== 'orders' || patch.to !== 'confirmed') return null;
  // Taking back a closing asks nothing: it was confirmed once.
  if (before?.['status'] === 'closed') return null;
  const blockers = orderBlockers(patch.id, read);
  return blockers.length === 0 ? null : sayBlockers(blockers);
};

/**
 * Why a patch may not be made, in plain words, or null.
 * @param typed the fields somebody wrote, where the rules added others; null = all of them
 */
export const refusePatch = (
  patch: Patch,
  before: StoredRow | undefined,
  { change, read, typed }: { readonly change: Change; readonly read: Reader; readonly typed: readonly string[] | null },
): string | null =>
  isUnasked(change)
    ? null
    : (refuseByHand(patch, before, typed) ?? refuseAgreed(patch, before, read) ?? refuseMove(patch, before, read));
