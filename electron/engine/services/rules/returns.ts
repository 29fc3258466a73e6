/** What a return brings with it: what its line and order say, and the day of our next step (T1). */
import { addDays } from '../../../../shared/domain/dates.ts';
import { partNumber } from '../../../../shared/domain/numbering.ts';
import { ourStep } from '../../../../shared/domain/returns/states.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { returnPolicyOf } from '../returns/policy.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

const rowOf = (table: 'order_lines' | 'orders' | 'products' | 'accounts', id: unknown, read: Reader): StoredRow | undefined =>
  typeof id === 'string' ? read.get(table, id) : undefined;

/** The day our step is due by, where it is our turn. */
const dueOf = (status: string, operation: unknown, today: string, read: Reader): string | null =>
  ourStep(status, String(operation)) === null ? null : addDays(today, returnPolicyOf(read).answerDays);

/** A return that is asked for, whatever way: what its line and order know is not asked again. */
export const newReturn = (values: Settled, { read, change, deps }: Work): Settled => {
  const line = rowOf('order_lines', values['order_line_id'], read);
  const order = rowOf('orders', values['order_id'] ?? line?.['order_id'], read);
  const account = values['account_id'] ?? order?.['account_id'];
  const product = values['product_id'] ?? line?.['product_id'];
  const today = companyToday(read, deps.env);
  const operation = values['operation'] ?? 'refund';
  return fill(values, {
    number: values['number'] == null ? partNumber(deps.nextNumber('returns'), 1) : undefined,
    account_id: account,
    order_id: order?.id,
    product_id: product,
    uom: line?.['uom'] ?? rowOf('products', product, read)?.['uom'],
    currency: order?.['currency'] ?? rowOf('accounts', account, read)?.['currency'] ?? undefined,
    operation,
    owner_id: read.get('people', change.actor) ? change.actor : undefined,
    requested_on: today,
    due_on: dueOf('requested', operation, today, read),
  });
};

export const returnMove = (id: string, to: string, why: string | null, { read, deps }: Work): readonly StorePatch[] => {
  const operation = read.get('returns', id)?.['operation'];
  const due = dueOf(to, operation, companyToday(read, deps.env), read);
  return [moveOf('returns', id, to, why), { kind: 'update', table: 'returns', id, values: { due_on: due } }];
};

/** A status typed in a cell runs its moves. */
export const updateReturn = (patch: Write, before: StoredRow | undefined, values: Settled, work: Work): readonly StorePatch[] => {
  const { status, ...own } = values;
  const withMove = (to: string): readonly StorePatch[] => returnMove(patch.id, to, null, work);
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...(status === undefined ? [] : typedState('returns', patch, before, status, work, withMove)),
  ];
};
