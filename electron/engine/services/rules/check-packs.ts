/** Whether the quantity of an order line is one the product is sold in (P4): a multiple of its pack, and not too little. */
import { roundUpToPack } from '../../../../shared/domain/order/checks.ts';
import { MICRO } from '../../../../shared/domain/kinds.ts';
import type { Reader, RuleIssue, StoredRow } from '../../store/api.ts';

/** Quantities in millionths of the line's own unit. */
export type PackFault = { readonly code: 'QTY_PACK' | 'QTY_MIN'; readonly qty: bigint; readonly up: bigint };

/** How many of the product's own unit one of the line's is, in millionths; null where that is not known. */
const unitOf = (line: StoredRow, product: StoredRow, read: Reader): bigint | null => {
  if (line['uom'] === null || line['uom'] === product['uom']) return BigInt(MICRO);
  const holds = read.children('product_units', product.id).findLast(({ uom }) => uom === line['uom'])?.['holds'];
  return typeof holds === 'number' && holds > 0 ? BigInt(holds) : null;
};

const bigOf = (value: unknown): bigint => (typeof value === 'number' && value > 0 ? BigInt(value) : 0n);

/** What is wrong with the quantity of a line, with the next one that would be right; null where nothing is. */
export const packFault = (line: StoredRow, read: Reader): PackFault | null => {
  const { product_id: id, qty } = line;
  const product = typeof id === 'string' ? read.get('products', id) : undefined;
  if (product === undefined || typeof qty !== 'number' || qty <= 0) return null;
  const [pack, least] = [bigOf(product['pack_qty']), bigOf(product['min_qty'])];
  const unit = pack + least === 0n ? null : unitOf(line, product, read);
  if (unit === null) return null;
  const micro = BigInt(MICRO);
  const own = (BigInt(qty) * unit) / micro;
  const wanted = roundUpToPack(own > least ? own : least, pack);
  if (wanted === own) return null;
  // A unit that does not go into the pack evenly: the next quantity of it that holds as much.
  const up = (wanted * micro + unit - 1n) / unit;
  return { code: own < least ? 'QTY_MIN' : 'QTY_PACK', qty: BigInt(qty), up };
};

export const checkPack = (line: StoredRow, read: Reader): readonly RuleIssue[] => {
  const fault = packFault(line, read);
  return fault === null ? [] : [{ field: 'qty', code: fault.code, level: 'error' }];
};
