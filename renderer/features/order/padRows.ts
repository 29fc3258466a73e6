/** The rows of the order pad as they are looked at, and what was typed into them as lines. */
import { uuidv7 } from 'uuidv7';
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import type { Patch } from '../../../shared/contract/shapes.ts';
import { foldText } from '../../../shared/domain/fold.ts';

export type PadRow = OutputOf<WorkbenchContract['orders.pad']>['rows'][number];
/** What was typed, by product. */
export type Typed = ReadonlyMap<string, string>;

export type PadView = 'all' | 'usual' | 'not_lately';

export const padViews: readonly { readonly value: PadView; readonly label: string }[] = [
  { value: 'all', label: 'Everything ordered' },
  { value: 'usual', label: 'Usual basket' },
  { value: 'not_lately', label: 'Not ordered lately' },
];

/** The rows of a view that say a text. */
export const rowsIn = (rows: readonly PadRow[], view: PadView, text: string): readonly PadRow[] => {
  const sought = foldText(text);
  return rows.filter(
    (row) =>
      (view === 'all' || (view === 'usual' ? row.is_usual : row.is_not_lately)) &&
      foldText(`${row.sku} ${row.name}`).includes(sought),
  );
};

/** Rows with something typed, in the order of the pad, also those that are not in view. */
export const typedRows = (rows: readonly PadRow[], typed: Typed): readonly PadRow[] =>
  rows.filter(({ product }) => (typed.get(product) ?? '').trim() !== '');

/** A line for every row with something typed; the text goes as it is, so that what is no quantity stays to be put right. */
export const padLines = (order: string, rows: readonly PadRow[], typed: Typed): Patch[] =>
  typedRows(rows, typed).map(({ product }) => ({
    kind: 'insert',
    table: 'order_lines',
    id: uuidv7(),
    values: { order_id: order, product_id: product, qty: { '?': (typed.get(product) ?? '').trim() } },
  }));
