/** Products by what else they go by: a customer's own code for them, a barcode, an alias (O2). Their own code comes first, elsewhere. */
import { findCode, type CodeKind, type ProductCode } from '../../../../shared/domain/order/paste.ts';
import type { Reader } from '../../store/api.ts';

/** The products that go by a code. @param account whose codes count beside everybody's */
export const productsByCode = (code: string, account: string | null, read: Reader): readonly string[] => {
  const codes = read.match('product_codes', 'code', code).flatMap((id): readonly ProductCode[] => {
    const row = read.get('product_codes', id);
    const product = row?.['product_id'];
    if (row === undefined || typeof product !== 'string' || read.get('products', product) === undefined) return [];
    if (row['kind'] === 'customer' && (account === null || row['account_id'] !== account)) return [];
    // Its kind is one of the choices of the model, which are those of the rule.
    return [{ kind: row['kind'] as CodeKind, code, product }];
  });
  const { product, rivals } = findCode(codes);
  return product === null ? rivals : [product];
};
