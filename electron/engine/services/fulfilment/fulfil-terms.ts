/** What a line is of and how exactly it is to be met (F3, F4): goods or a service, and what its customer takes beside it. */
import type { FulfilmentLine, LineNature } from '../../../../shared/domain/fulfil/record.ts';
import { toleranceFor, type ToleranceRule } from '../../../../shared/domain/fulfil/tolerance.ts';
import type { Reader, StoredRow } from '../../store/api.ts';

/** The rule that a product or an account says, where it says one. */
const ruleOf = (row: StoredRow | undefined, who: Pick<ToleranceRule, 'account' | 'product'>): readonly ToleranceRule[] => {
  const [over, under] = [row?.['over_share'] ?? null, row?.['under_share'] ?? null];
  return over === null && under === null ? [] : [{ ...who, over: Number(over ?? 0), under: Number(under ?? 0) }];
};

const named = (table: 'products' | 'orders' | 'accounts', id: unknown, read: Reader): StoredRow | undefined =>
  typeof id === 'string' ? read.get(table, id) : undefined;

/** Whether a line is of goods or of a service. */
export const natureOf = (line: StoredRow | undefined, read: Reader): LineNature =>
  named('products', line?.['product_id'], read)?.['nature'] === 'service' ? 'service' : 'goods';

/** The terms of an order line; exact goods where nothing else is said. */
export const termsOf = (line: string, read: Reader): Omit<FulfilmentLine, 'ordered'> => {
  const row = read.get('order_lines', line);
  const product = named('products', row?.['product_id'], read);
  const account = named('accounts', named('orders', row?.['order_id'], read)?.['account_id'], read);
  const rules = [
    ...ruleOf(product, { account: null, product: product?.id ?? '' }),
    ...ruleOf(account, { account: account?.id ?? '', product: null }),
  ];
  return {
    nature: natureOf(row, read),
    tolerance: toleranceFor(rules, account?.id ?? '', product?.id ?? ''),
  };
};
