/**
 * What is written about an order beside its lines: holds, several at once, each released by somebody (O4), and the
 * changes made after it was confirmed, numbered, with what stood before (O5).
 */
import { choice, field, link, price, quantity } from './field.ts';
import { table } from './table.ts';

export const order_holds = table({
  name: 'order_holds',
  one: 'Hold',
  many: 'Holds',
  scope: 'account',
  owner: 'order_id',
  title: 'why',
  shown: true,
  fields: {
    order_id: link('Order', 'orders', { required: true, width: 120 }),
    reason: choice(
      'Reason',
      [
        { key: 'credit', label: 'Credit' },
        { key: 'price', label: 'Price' },
        { key: 'approval', label: 'Approval' },
        { key: 'stock', label: 'Stock' },
        { key: 'customer', label: 'Customer' },
      ],
      { required: true, width: 100, entry: 'command' },
    ),
    why: field('text', 'Why', { width: 260, entry: 'command' }),
    held_on: field('date', 'Held', { width: 96, entry: 'command' }),
    held_by: link('Held by', 'people', { width: 130, entry: 'command' }),
    /** Put on because of what the order says, and so kept up to what it says. */
    by_rule: field('flag', 'By rule', { entry: 'command', hidden: true }),
    released_on: field('date', 'Released', { entry: 'command' }),
    released_by: link('Released by', 'people', { entry: 'command' }),
    release_why: field('text', 'Why released', { entry: 'command' }),
    /** Of credit: up to what amount of the order, and to which day (K2). */
    release_amount: field('money', 'Released up to', { entry: 'command', min: 0 }),
    release_to: field('date', 'Released to', { entry: 'command' }),
    /** Of an approval: what was agreed to, by its hash (A3). Of credit: by how much the limit was passed, in minor units with the currency (K2). */
    release_content: field('text', 'Agreed to', { entry: 'command', hidden: true }),
  },
});

export const order_changes = table({
  name: 'order_changes',
  one: 'Change of an order',
  many: 'Changes of orders',
  scope: 'account',
  owner: 'order_id',
  title: 'number',
  insertOnly: true,
  fields: {
    order_id: link('Order', 'orders', { required: true }),
    number: field('integer', 'No.', { entry: 'command' }),
    kind: choice(
      'Kind',
      [
        { key: 'changed', label: 'Changed' },
        { key: 'added', label: 'Added' },
        { key: 'cancelled', label: 'Cancelled' },
      ],
      { required: true, entry: 'command' },
    ),
    line_id: link('Line', 'order_lines', { entry: 'command' }),
    qty_before: quantity('Qty before', { entry: 'command' }),
    qty_after: quantity('Qty after', { entry: 'command' }),
    price_before: price('Price before', { entry: 'command' }),
    price_after: price('Price after', { entry: 'command' }),
    discount_before: field('percent', 'Disc % before', { entry: 'command' }),
    discount_after: field('percent', 'Disc % after', { entry: 'command' }),
    promised_before: field('date', 'Promised before', { entry: 'command' }),
    promised_after: field('date', 'Promised after', { entry: 'command' }),
    header_discount_before: field('money', 'Header discount before', { entry: 'command' }),
    header_discount_after: field('money', 'Header discount after', { entry: 'command' }),
    header_percent_before: field('percent', 'Header disc % before', { entry: 'command' }),
    header_percent_after: field('percent', 'Header disc % after', { entry: 'command' }),
    freight_before: field('money', 'Freight before', { entry: 'command' }),
    freight_after: field('money', 'Freight after', { entry: 'command' }),
    terms_before: field('text', 'Terms before', { entry: 'command' }),
    terms_after: field('text', 'Terms after', { entry: 'command' }),
    changed_on: field('date', 'Changed', { entry: 'command' }),
    changed_by: link('Changed by', 'people', { entry: 'command' }),
    reason: field('text', 'Reason', { entry: 'command' }),
  },
});
