/**
 * Orders and their lines. A line's dates live on its schedule lines, what happened to it in insert-only
 * fulfilment events; quantities open, shipped and delivered are derived from both (RULES 3.6, DECISIONS.md 3).
 */
import { sales_channel } from './channel.ts';
import { choice, computed, field, link, quantity, state } from './field.ts';
import { goods } from './goods.ts';
import { header_discount, header_percent } from './header-discount.ts';
import { fx_policy } from './rates.ts';
import { line_rounding } from './rounding.ts';
import { table } from './table.ts';

export const orders = table({
  name: 'orders',
  one: 'Order',
  many: 'Orders',
  scope: 'account',
  code: 'number',
  title: 'number',
  series: 'O',
  shown: true,
  fields: {
    number: field('text', 'No.', {
      search: 'code',
      keyed: true,
      entry: 'command',
      width: 120,
      aliases: ['order id', 'orderid', 'order no', 'order number', 'so number'],
    }),
    account_id: link('Account', 'accounts', {
      required: true,
      width: 180,
      aliases: ['customer', 'customerid', 'customer id', 'sold to'],
    }),
    po_ref: field('text', 'PO ref', {
      search: 'code',
      keyed: true,
      width: 110,
      aliases: ['po', 'po number', 'customer po', 'purchase order'],
    }),
    status: state('Status', 'order', { width: 112, aliases: ['state', 'order status'] }),
    ordered_on: field('date', 'Ordered', { width: 92, aliases: ['order date', 'orderdate', 'date'] }),
    requested: field('date', 'Requested', {
      width: 96,
      aliases: ['required date', 'requireddate', 'due date', 'requested date'],
    }),
    promised: field('date', 'Promised', { width: 96, aliases: ['promise date', 'promised date', 'confirmed date'] }),
    shipped_on: computed('Shipped', 'date', {
      width: 96,
      entry: 'import',
      aliases: ['shipped date', 'shippeddate', 'ship date', 'despatch date'],
    }),
    line_count: computed('Lines', 'integer', { width: 64 }),
    net: computed('Net', 'money', { width: 110 }),
    late_days: computed('Late', 'integer', { width: 72 }),
    currency: field('text', 'Currency', { width: 76, aliases: ['ccy'] }),
    site_id: link('Ship to', 'sites', { width: 140 }),
    contact_id: link('Contact', 'contacts', { hidden: true, width: 140 }),
    carrier_id: link('Carrier', 'partners', { width: 140, aliases: ['ship via', 'shipvia', 'shipper'] }),
    owner_id: link('Owner', 'people', { width: 130, aliases: ['employee', 'employeeid', 'sales rep'] }),
    freight: field('money', 'Freight', { min: 0, width: 92, aliases: ['freight charge', 'shipping'] }),
    terms: field('text', 'Terms', { hidden: true, width: 110, aliases: ['payment terms'] }),
    incoterm: field('text', 'Incoterm', { hidden: true, width: 80, aliases: ['incoterms'] }),
    delivery: choice(
      'Delivery',
      [
        { key: 'partials', label: 'Partials allowed' },
        { key: 'complete', label: 'Ship complete' },
      ],
      { hidden: true, default: 'partials', width: 130 },
    ),
    bill_to_id: link('Bill to', 'accounts', { hidden: true, width: 160, help: 'Who pays, where that is not the account.' }),
    delivery_window: field('text', 'Delivery window', {
      hidden: true,
      width: 130,
      help: 'When goods are taken, such as Mon-Fri 08:00-12:00.',
      aliases: ['delivery hours', 'receiving hours'],
    }),
    cancel_after: field('date', 'Cancel after', { hidden: true, width: 100 }),
    price_on: field('date', 'Price date', { hidden: true, width: 100 }),
    ship_name: field('text', 'Ship name', { hidden: true, width: 180, aliases: ['shipname'] }),
    ship_street: field('text', 'Ship street', { hidden: true, width: 180, aliases: ['shipaddress', 'ship address'] }),
    ship_city: field('text', 'Ship city', { hidden: true, width: 110, aliases: ['shipcity'] }),
    ship_region: field('text', 'Ship region', { hidden: true, width: 100, aliases: ['shipregion'] }),
    ship_postcode: field('text', 'Ship postcode', { hidden: true, width: 90, aliases: ['shippostalcode', 'ship postal code'] }),
    ship_country: field('text', 'Ship country', { hidden: true, width: 100, aliases: ['shipcountry'] }),
    rounding: choice(
      'Rounding',
      [
        { key: 'line', label: 'Each line', aliases: ['line half up'] },
        { key: 'document', label: 'Whole order' },
      ],
      { hidden: true, default: 'line', width: 100 },
    ),
    line_rounding,
    header_discount,
    header_percent,
    sales_channel,
    tax_policy: field('json', 'Tax as agreed', { hidden: true, entry: 'command', width: 110 }),
    fx_policy,
    instructions: field('note', 'Instructions', { hidden: true, width: 200 }),
    notes: field('note', 'Notes', { hidden: true, width: 200, search: 'words' }),
    quote_id: link('From quote', 'quotes', { hidden: true, width: 130, entry: 'command' }),
  },
});

export const order_lines = table({
  name: 'order_lines',
  one: 'Order line',
  many: 'Order lines',
  scope: 'account',
  owner: 'order_id',
  title: 'description',
  shown: true,
  fields: {
    order_id: link('Order', 'orders', { required: true, width: 110, aliases: ['orderid', 'order id', 'order no'] }),
    position: field('integer', '#', { width: 40, entry: 'command' }),
    product_id: link('SKU', 'products', {
      required: true,
      width: 120,
      aliases: ['product', 'productid', 'item', 'item no', 'code'],
    }),
    ...goods,
    /** Lives on the line's schedule lines; writing it here writes every open one (DECISIONS.md 3). */
    requested: computed('Requested', 'date', { width: 96, lives: 'schedule_lines.requested' }),
    promised: computed('Promised', 'date', { width: 96, lives: 'schedule_lines.promised' }),
    open_qty: computed('Open', 'decimal', { width: 76 }),
    shipped_qty: computed('Shipped', 'decimal', { width: 76 }),
    note: field('note', 'Note', { width: 160 }),
    quote_line_id: link('From quote line', 'quote_lines', { hidden: true, width: 160, entry: 'command' }),
  },
});

export const schedule_lines = table({
  name: 'schedule_lines',
  one: 'Schedule line',
  many: 'Schedule lines',
  scope: 'account',
  owner: 'line_id',
  title: 'requested',
  fields: {
    line_id: link('Order line', 'order_lines', { required: true }),
    qty: quantity('Qty', { min: 0 }),
    requested: field('date', 'Requested'),
    promised_original: field('date', 'First promised'),
    promised: field('date', 'Promised'),
  },
});

export const fulfilments = table({
  name: 'fulfilments',
  one: 'Fulfilment',
  many: 'Fulfilments',
  scope: 'account',
  owner: 'schedule_id',
  title: 'kind',
  insertOnly: true,
  fields: {
    schedule_id: link('Schedule line', 'schedule_lines', { required: true }),
    kind: choice(
      'Kind',
      [
        { key: 'shipped', label: 'Shipped' },
        { key: 'delivered', label: 'Delivered' },
        { key: 'accepted', label: 'Accepted' },
        { key: 'returned', label: 'Returned' },
        { key: 'cancelled', label: 'Cancelled' },
        { key: 'short_closed', label: 'Closed short' },
        { key: 'invoiced', label: 'Invoiced' },
        { key: 'credited', label: 'Credited' },
      ],
      { required: true },
    ),
    qty: quantity('Qty', { required: true }),
    happened_on: field('date', 'Date'),
    done_by: choice('By', [
      { key: 'us', label: 'Us' },
      { key: 'customer', label: 'Customer' },
      { key: 'carrier', label: 'Carrier' },
    ]),
    reason: field('text', 'Reason'),
    source: field('text', 'Source'),
    /** What went out in place of what was ordered, and how the customer agreed to it (F4). */
    substitute_id: link('Sent instead', 'products'),
    consent: field('text', 'Agreed by'),
  },
});
