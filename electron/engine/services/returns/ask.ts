/** A return asked for: of lines of an order, or of goods nobody ordered (T1). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import { partNumber } from '../../../../shared/domain/numbering.ts';
import { judgeReturn } from '../../../../shared/domain/returns/returnable.ts';
import { operationOf } from '../../../../shared/domain/returns/states.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { documentById, nameOfOrder } from '../orders/orders.ts';
import { applyStep } from '../access/step.ts';
import { returnPolicyOf } from './policy.ts';
import { standingOf } from './read.ts';
import { receivePatches, type ReturnDeps } from './receive.ts';

type Asked = Parameters<Commands['returns.ask']>[0];

/** The lines as they stand on the order, each with its quantity. Refused in words at the first that may not come back so. */
const judgeLines = (order: StoredRow, { lines, operation, override }: Asked, { store, env }: ReturnDeps) => {
  if (new Set(lines.map(({ line }) => line)).size < lines.length)
    throw new AppError('blocked', 'A line is named twice.', { id: order.id });
  const own = store.children('order_lines', order.id);
  const [today, { windowDays }] = [companyToday(store, env), returnPolicyOf(store)];
  return lines.map(({ line: id, qty }) => {
    const at = own.findIndex((one) => one.id === id);
    const line = own[at];
    if (line === undefined)
      throw new AppError('not-found', 'A line is not on this order any more.', { table: 'order_lines', id });
    const refusal = judgeReturn(standingOf(id, store), { qty: BigInt(qty), operation, override }, today, windowDays);
    if (refusal !== null) {
      const field = refusal.code === 'TOO_LATE' ? 'override' : 'qty';
      throw new AppError('blocked', `Line ${line['position'] ?? at + 1}: ${refusal.message}`, {
        table: 'order_lines',
        id,
        field,
      });
    }
    return { line, qty };
  });
};

const insert = (id: string, values: Readonly<Record<string, CellInput>>): StorePatch => ({
  kind: 'insert',
  table: 'returns',
  id,
  values: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)),
});

const refuseUnsaid = (reason: string): void => {
  if (reason === '') throw new AppError('blocked', 'Say why it comes back. Nothing was changed.', { field: 'reason' });
};

export const ask =
  (deps: ReturnDeps): Commands['returns.ask'] =>
  (input, context) => {
    const { store, env } = deps;
    const { operation, reason, override, fee, received, screen } = input;
    const order = documentById('orders', store, input.order);
    refuseUnsaid(reason);
    if (received !== null && operationOf(operation)?.comesBack === false)
      throw new AppError('blocked', 'The goods stay with the customer: nothing came back. Nothing was changed.', {
        id: order.id,
      });
    const lines = judgeLines(order, input, deps);
    const number = store.nextNumber('returns');
    const share = operationOf(operation)?.isCredited === true ? (fee ?? returnPolicyOf(store).feeShare) : null;
    // Goods nobody ordered take nothing from the line they came with.
    const taken = operation !== 'not_ordered';
    const asked = lines.map(({ line, qty }, at) => {
      const id = env.ids();
      const own = partNumber(number, at + 1);
      const values = {
        number: own,
        order_line_id: line.id,
        operation,
        qty,
        reason,
        override: override || null,
        fee_share: share,
      };
      const here =
        received === null
          ? []
          : receivePatches({ id, number: own, line: taken ? line : undefined, reason }, { qty, on: received }, order, deps);
      return { id, patches: [insert(id, values), ...here] };
    });
    const label = `${received === null ? 'Ask for a return' : 'Return'} of ${nameOfOrder(order)}`;
    const patches = asked.flatMap((one) => one.patches);
    return { ...applyStep(store, context, { label, screen, reason }, patches), id: asked[0]?.id ?? '' };
  };

export const askUnordered =
  ({ store, env }: ReturnDeps): Commands['returns.unordered'] =>
  ({ account, product, qty, reason, screen }, context) => {
    refuseUnsaid(reason);
    if (store.get('accounts', account) === undefined)
      throw new AppError('not-found', 'The account is not here or was deleted.', { table: 'accounts', id: account });
    if (store.get('products', product) === undefined)
      throw new AppError('not-found', 'The product is not here or was deleted.', { table: 'products', id: product });
    const id = env.ids();
    const values = { account_id: account, product_id: product, operation: 'not_ordered', qty, reason };
    const what = { label: 'Ask for a return of goods nobody ordered', screen, reason };
    return { ...applyStep(store, context, what, [insert(id, values)]), id };
  };
