/** From a price on a line to the row of the catalogue that it is made of. */
import type { Trace } from '../../../shared/domain/pricing/trace.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { flash } from '../../state/flash.ts';
import { openScreen } from '../../state/tabs.ts';

export type Rule = { readonly table: TableName; readonly id: string; readonly field: string };

/** What can be opened of a trace: the rule that decided, or those that claim the line alike. */
export const deciding = ({ steps, conflict, level }: Trace): readonly Rule[] => {
  const [base] = steps;
  if (conflict.length > 0) {
    const ofPromotions = base !== undefined;
    return conflict.map((id) =>
      ofPromotions ? { table: 'promotions', id, field: 'code' } : { table: 'prices', id, field: 'valid_from' },
    );
  }
  if (base?.kind !== 'base') return [];
  const [first] = base.parts;
  if (first === undefined) return [];
  return level === 'product'
    ? [{ table: 'products', id: first.rule, field: 'list_price' }]
    : [{ table: 'prices', id: first.rule, field: 'price' }];
};

/** Opens the catalogue at the row, its cell in focus. */
export const showPrice = ({ table, id, field }: Rule): void => {
  openScreen('catalogue');
  flash([{ table, id, fields: [field], reveal: true }]);
};
