/** Returns that wait for us: to be authorised, inspected, settled. Where the customer is to act there is no day. */
import { returnOperations, returnStates, ourStep } from '../../../../shared/domain/returns/states.ts';
import type { ClockSource } from './source.ts';

/** The step by its state; only where goods stay does what is done with them matter. */
const stepSql = `CASE ${returnOperations
  .flatMap(({ key: operation }) =>
    returnStates.flatMap(({ key: status }) => {
      const step = ourStep(status, operation);
      return step === null ? [] : [`WHEN t.status = '${status}' AND t.operation = '${operation}' THEN '${step}'`];
    }),
  )
  .join(' ')} ELSE 'Look at it' END`;

export const returns: ClockSource = {
  key: 'return',
  label: 'Returns',
  why: 'return',
  table: 'returns',
  from: 'returns t',
  where: "t.due_on <= :upto AND t._alive = 1 AND t.status NOT IN ('denied', 'settled')",
  due: 't.due_on',
  owner: 't.owner_id',
  account: 't.account_id',
  item: `coalesce(t.number, 'Return')
    || coalesce(': ' || (SELECT coalesce(p.sku, p.name) FROM products p WHERE p.id = t.product_id AND p._alive = 1), '')`,
  next: stepSql,
};
