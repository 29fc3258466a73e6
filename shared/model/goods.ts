/** What a line of any document says of its goods: how many, at what price and by whom, what that comes to. */
import { computed, field, price, quantity } from './field.ts';

/** What a line of any document says of its price. */
export const priceOrigin = {
  /** Empty = the price came with the line; no = the prices made it and remake it; yes = a person set it (P8). */
  by_hand: field('flag', 'By hand', { hidden: true, entry: 'command', width: 76 }),
  /** What the prices say, where a person set another. */
  engine_price: price('List says', { hidden: true, entry: 'command', width: 92 }),
} as const;

export const goods = {
  qty: quantity('Qty', { required: true, width: 76, min: 0, aliases: ['quantity', 'units'] }),
  uom: field('text', 'UoM', { width: 64, aliases: ['unit'] }),
  price: price('Price', { width: 92, min: 0, aliases: ['unit price', 'unitprice'] }),
  ...priceOrigin,
  /** Of a price that a person set (P8); who and when stand in its history. It goes when the prices make the price again. */
  price_why: field('text', 'Why this price', { hidden: true, width: 160, help: 'Of a price that was set by hand.' }),
  discount: field('percent', 'Disc %', { width: 68, min: 0, max: 1_000_000, aliases: ['discount', 'disc'] }),
  net: computed('Net', 'money', { width: 100 }),
  tax_code: field('text', 'Tax', {
    hidden: true,
    width: 64,
    aliases: ['tax code', 'vat code', 'vat'],
    help: 'Empty = outside tax.',
  }),
  description: field('text', 'Description', { search: 'words', width: 220, aliases: ['product name', 'text'] }),
} as const;
