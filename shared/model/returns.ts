/**
 * Returns (RULES 3.11, T1): one record for each line that comes back, numbered `R26-K7M-0042/1`. Its quantities tell how far it
 * went, its events on the order line what became of the goods, its credit notes what became of the money.
 */
import { returnOperations } from '../domain/returns/states.ts';
import { choice, computed, field, link, quantity, state } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;
const hidden = { hidden: true } as const;

export const returns = table({
  name: 'returns',
  one: 'Return',
  many: 'Returns',
  also: ['rma', 'return lines', 'returned goods'],
  scope: 'account',
  code: 'number',
  title: 'number',
  series: 'R',
  shown: true,
  fields: {
    number: field('text', 'Return', {
      ...given,
      search: 'code',
      keyed: true,
      width: 130,
      aliases: ['return no', 'return number', 'rma', 'rma no', 'rma number'],
    }),
    account_id: link('Account', 'accounts', { ...given, required: true, width: 150, aliases: ['customer id'] }),
    order_id: link('Order', 'orders', { ...given, width: 120, aliases: ['order no', 'order number'] }),
    product_id: link('SKU', 'products', { ...given, width: 120 }),
    status: state('Status', 'return', { width: 116, aliases: ['return status'] }),
    operation: choice('What is done', returnOperations, { ...given, width: 150, aliases: ['resolution'] }),
    due_on: field('date', 'Our turn by', { width: 100, help: 'Empty while the customer is to act.' }),
    qty: quantity('Asked', { ...given, width: 76, min: 0, aliases: ['returned qty', 'return quantity'] }),
    authorised: quantity('Authorised', { ...given, width: 92 }),
    received: quantity('Received', { ...given, width: 84 }),
    accepted: quantity('Accepted', { ...given, width: 84 }),
    credited: computed('Credited', 'money', { width: 92 }),
    reason: field('text', 'Why', { ...given, width: 180, search: 'words', aliases: ['return reason'] }),
    owner_id: link('Owner', 'people', { width: 110 }),
    fee_share: field('percent', 'Restocking fee %', {
      ...hidden,
      width: 100,
      min: 0,
      max: 1_000_000,
      help: 'Of what is credited.',
    }),
    override: field('text', 'Taken back late because', { ...given, ...hidden, width: 180 }),
    finding: field('text', 'Our finding', { ...hidden, width: 180, help: 'Why it was denied, or what came back.' }),
    shipment: field('text', 'Label', { ...hidden, search: 'code', keyed: true, width: 120, aliases: ['return label'] }),
    requested_on: field('date', 'Requested', { ...given, ...hidden, width: 96, aliases: ['return date'] }),
    received_on: field('date', 'Came back', { ...given, ...hidden, width: 96 }),
    settled_on: field('date', 'Settled', { ...given, ...hidden, width: 96 }),
    uom: field('text', 'UoM', { ...given, ...hidden, width: 64 }),
    currency: field('text', 'Currency', { ...given, ...hidden, width: 76 }),
    replacement_id: link('Sent instead', 'orders', {
      ...hidden,
      width: 120,
      help: 'The order of another product, or of the same again.',
    }),
    order_line_id: link('Order line', 'order_lines', { ...given, ...hidden, width: 160 }),
    description: field('note', 'Description', { ...hidden, width: 240, search: 'words' }),
  },
});
