/** Codes and quantities as they are pasted into an order: what each is found by, and what a product is sold in. */
import { describe, expect, test } from 'vitest';
import { documentBlockers } from '../../electron/engine/services/orders/blockers.ts';
import { edit, openDesk, withOrder } from './open.ts';

const at = (qty: number): number => qty * 1_000_000;

const make = () => {
  const desk = openDesk();
  const { account, product, order, line } = withOrder(desk);
  const lid = desk.insert('products', {
    sku: 'LID',
    name: 'Lid',
    uom: 'EA',
    list_price: at(1),
    pack_qty: at(10),
    min_qty: at(20),
  });
  const paste = (code: string, qty: string): string => {
    const id = desk.env.ids();
    desk.store.apply(
      [{ kind: 'insert', table: 'order_lines', id, values: { order_id: order, product_id: { '?': code }, qty: { '?': qty } } }],
      { ...edit, source: 'paste' },
    );
    return id;
  };
  const code = (kind: string, text: string, of: string, whose: string | null = null) =>
    desk.insert('product_codes', { product_id: of, kind, code: text, account_id: whose });
  return { desk, account, product, order, line, lid, paste, code };
};

describe('O2: codes as they are pasted', () => {
  test('O2: own code, the customer’s, barcode, alias; another customer’s code is nobody’s here', () => {
    const { desk, account, product, lid, paste, code } = make();
    const other = desk.insert('accounts', { name: 'Kestrel' });
    code('customer', '4711', product, account);
    code('customer', '4711', lid, other);
    code('customer', '0815', lid, other);
    code('barcode', '5012345678900', lid);
    code('alias', 'LID', product);
    const found = (text: string) => desk.row('order_lines', paste(text, '20'))['product_id'];
    expect(['crt-6040', '4711', '5012345678900', 'LID', '0815'].map(found)).toEqual([product, product, lid, lid, null]);
  });
  test('O2: an alias of two products names neither; the text stays', () => {
    const { desk, product, lid, paste, code } = make();
    code('alias', 'box', product);
    code('alias', 'BOX', lid);
    expect(desk.issues('order_lines', paste('Box', '1'))).toContain('product_id LINK_MANY');
    expect(desk.issues('order_lines', paste('NOPE', '3 or 4'))).toEqual(
      expect.arrayContaining(['product_id LINK_NONE', 'qty NUM_PARSE']),
    );
  });
});

describe('P4: what a product is sold in', () => {
  test.each([
    ['25', ['qty QTY_PACK'], '30'],
    ['5', ['qty QTY_MIN'], '20'],
    ['30', [], null],
    ['20', [], null],
  ])('P4: %s of a product sold in tens, twenty at least', (qty, issues, up) => {
    const { desk, order, line, paste } = make();
    desk.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], edit);
    const made = paste('LID', qty);
    expect(desk.issues('order_lines', made)).toEqual(issues);
    expect(documentBlockers('orders', order, desk.store).map(({ field, message }) => [field, message])).toEqual(
      up === null ? [] : [['qty', expect.stringMatching(new RegExp(`: ${up} would be right$`))]],
    );
  });
  test('P4: in another unit, by what it holds', () => {
    const { desk, lid, paste } = make();
    desk.insert('product_units', { product_id: lid, uom: 'BOX', holds: at(4) });
    const made = paste('LID', '5');
    desk.update('order_lines', made, { uom: 'BOX' });
    expect(desk.issues('order_lines', made)).toEqual([]);
    desk.update('order_lines', made, { qty: at(6) });
    expect(desk.issues('order_lines', made)).toEqual(['qty QTY_PACK']);
  });
});
