/**
 * Rows of `code<TAB>qty` made into order lines (O2). A code is looked for as our own, the customer's, a barcode, an
 * alias, in that order; what is found nowhere, or twice, stays as a row to be put right. Nothing is dropped.
 */
import { matchKey } from '../fold.ts';
import type { CellInput } from '../kinds.ts';

export type CodeKind = 'own' | 'customer' | 'barcode' | 'alias';

/** A code a product goes by; `customer` codes are those of the order's account. */
export type ProductCode = { readonly kind: CodeKind; readonly code: string; readonly product: string };

export type PastedRow = {
  /** As typed. */
  readonly code: string;
  readonly qty: string;
  readonly product: string | null;
  readonly foundBy: CodeKind | null;
  /** Several products of one kind go by the code. */
  readonly rivals: readonly string[];
};

const order: readonly CodeKind[] = ['own', 'customer', 'barcode', 'alias'];

/** What goes by a code: the product of the first kind that knows it, or the several of that kind. */
export const findCode = (found: readonly ProductCode[]): Omit<PastedRow, 'code' | 'qty'> => {
  for (const kind of order) {
    const products = [...new Set(found.filter((one) => one.kind === kind).map(({ product }) => product))];
    const [product] = products;
    if (product === undefined) continue;
    return products.length > 1
      ? { product: null, foundBy: kind, rivals: products.toSorted() }
      : { product, foundBy: kind, rivals: [] };
  }
  return { product: null, foundBy: null, rivals: [] };
};

/** Every row that has anything in it. A row without a quantity keeps none: it is not taken for one. */
export const readPasted = (text: string, codes: readonly ProductCode[]): readonly PastedRow[] => {
  const byKey = new Map<string, ProductCode[]>();
  for (const one of codes) byKey.set(matchKey(one.code), [...(byKey.get(matchKey(one.code)) ?? []), one]);
  return text
    .split(/\r\n|\n|\r/)
    .filter((row) => row.trim() !== '')
    .map((row) => {
      const [code = '', qty = ''] = row.split('\t');
      return { code: code.trim(), qty: qty.trim(), ...findCode(byKey.get(matchKey(code)) ?? []) };
    });
};

/** What a pasted row is written as: a code that was not found is kept in its cell, with why. */
export const cellsOf = ({
  code,
  qty,
  product,
  rivals,
}: PastedRow): { readonly product_id: CellInput; readonly qty: CellInput } => ({
  product_id: product ?? { '!': [code, rivals.length > 1 ? 'LINK_MANY' : code === '' ? 'REQUIRED' : 'LINK_NONE'] },
  qty: { '?': qty },
});
