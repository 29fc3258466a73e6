/** The goods a price is asked for, as the rules of domain/pricing know them: what they are a variant of, their groups, their units. */
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { PriceAsk } from '../../../../shared/domain/pricing/types.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Reader } from '../../store/api.ts';

/** Longer chains of parents are followed no further. */
const LONGEST_CHAIN = 20;

const text = (value: Scalar | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The ids above a row, nearest first; a chain that comes back to where it was ends there. */
export const above = (table: TableName, id: string | null, read: Reader): readonly string[] => {
  const found: string[] = [];
  let next = id === null ? null : text(read.get(table, id)?.['parent_id']);
  while (next !== null && next !== id && !found.includes(next) && found.length < LONGEST_CHAIN) {
    found.push(next);
    next = text(read.get(table, next)?.['parent_id']);
  }
  return found;
};

const unitsOf = (product: string, read: Reader): Readonly<Record<string, number>> =>
  Object.fromEntries(
    read
      .children('product_units', product)
      .flatMap(({ uom, holds }) => (typeof uom === 'string' && typeof holds === 'number' ? [[uom, holds] as const] : [])),
  );

export type Goods = Pick<PriceAsk, 'variant' | 'product' | 'groups' | 'units'> & {
  /** Null where nobody has said what they are measured in. */
  readonly baseUom: string | null;
};

/** What a product is priced as: a variant has its own prices, and where it has none those of what it is a variant of. */
export const goodsOf = (id: string, read: Reader): Goods | null => {
  const row = read.get('products', id);
  if (row === undefined) return null;
  const of = text(row['variant_of']);
  const whole = of === null || of === id ? undefined : read.get('products', of);
  const group = text(row['group_id']) ?? text(whole?.['group_id']);
  return {
    variant: whole === undefined ? null : id,
    product: whole?.id ?? id,
    groups: group === null ? [] : [group, ...above('product_groups', group, read)],
    baseUom: text(row['uom']),
    units: whole === undefined ? unitsOf(id, read) : { ...unitsOf(whole.id, read), ...unitsOf(id, read) },
  };
};
