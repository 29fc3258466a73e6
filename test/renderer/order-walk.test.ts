/** F8 on an order: its head, then its lines, then what is no cell; round the end and back. */
import { describe, expect, it } from 'vitest';
import { orderKind } from '../../renderer/features/order/kinds.ts';
import { nextTarget } from '../../renderer/features/order/walk.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import type { GridRow } from '../../shared/contract/shapes.ts';

const bad = { raw: 'x', code: 'NUM_PARSE', level: 'error' } as const;
const row = (id: string, ...fields: string[]): GridRow => ({
  id,
  v: {},
  i: Object.fromEntries(fields.map((field) => [field, bad])),
});

const order = {
  kind: orderKind,
  head: row('o', 'requested'),
  headColumns: columnsOf('orders'),
  lines: [row('l1'), row('l2', 'qty', 'price'), row('l3', 'product_id')],
  lineColumns: columnsOf('order_lines', { order: ['position', 'product_id', 'qty', 'uom', 'price'] }),
  blockers: [],
};

const walk = (back: boolean, steps: number, from = order): string[] => {
  const seen: string[] = [];
  let here: { table: string; row: string; field: string } | null = null;
  for (let step = 0; step < steps; step += 1) {
    const next = nextTarget(from, here, back);
    if (!next) break;
    seen.push(`${next.row}.${next.field}`);
    here = next;
  }
  return seen;
};

describe('the walk', () => {
  it('goes from the head through the lines and round', () => {
    expect(walk(false, 5)).toEqual(['o.requested', 'l2.qty', 'l2.price', 'l3.product_id', 'o.requested']);
  });
  it('goes back the same way', () => {
    expect(walk(true, 5)).toEqual(['l3.product_id', 'l2.price', 'l2.qty', 'o.requested', 'l3.product_id']);
  });
  it('begins after the cell in focus', () => {
    expect(nextTarget(order, { table: 'order_lines', row: 'l1', field: 'qty' }, false)).toMatchObject({
      row: 'l2',
      field: 'qty',
    });
  });
  it('ends with what is no cell: an order without lines', () => {
    const empty = { ...order, lines: [], head: row('o'), blockers: [{ table: 'orders', row: 'o', field: 'line_count' }] };
    expect(nextTarget(empty, null, false)).toMatchObject({ table: 'orders', row: 'o' });
  });
  it('has nowhere to go where all is well', () => {
    expect(nextTarget({ ...order, head: row('o'), lines: [row('l1')] }, null, false)).toBeNull();
  });
});
