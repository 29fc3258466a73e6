/**
 * Invoices and credit notes (RULES 3.8). Both are made of what was done and never typed: quantity and amount stand
 * apart, so that a price that changed strands no quantity. The number is the device's own; a legal one, where one device of
 * the team gives them, stands beside it, and both are searched (N1).
 */
import { computed, field, link, price, quantity, state } from './field.ts';
import { fx_policy } from './rates.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

const legalNumber = field('text', 'Legal no.', {
  ...given,
  search: 'code',
  keyed: true,
  hidden: true,
  width: 120,
  help: 'Given when it is posted, on the one device that gives them; the own number stays beside it.',
});

const readyOn = field('date', 'Ready to post', {
  ...given,
  hidden: true,
  width: 100,
  help: 'Since when it waits for its legal number on the device that gives them.',
});

export const invoices = table({
  name: 'invoices',
  one: 'Invoice',
  many: 'Invoices',
  scope: 'account',
  code: 'number',
  title: 'number',
  series: 'I',
  legal: 'legal_number',
  shown: true,
  fields: {
    number: field('text', 'No.', {
      ...given,
      search: 'code',
      keyed: true,
      width: 120,
      aliases: ['invoice id', 'invoice no', 'invoice number'],
    }),
    account_id: link('Account', 'accounts', {
      ...given,
      required: true,
      width: 180,
      aliases: ['customer', 'bill to', 'customer id'],
    }),
    order_id: link('Order', 'orders', { ...given, width: 120, aliases: ['order no', 'order number'] }),
    po_ref: field('text', 'PO ref', { search: 'code', keyed: true, width: 110, aliases: ['po', 'po number', 'customer po'] }),
    status: state('Status', 'invoice', { width: 120, aliases: ['invoice status'] }),
    issued_on: field('date', 'Issued', { ...given, width: 96, aliases: ['invoice date', 'posting date'] }),
    due_on: field('date', 'Due', { width: 96, aliases: ['due date', 'payment due'] }),
    total: computed('Total', 'money', { width: 110 }),
    open: computed('Open', 'money', { width: 110 }),
    overdue_days: computed('Overdue, days', 'integer', { width: 96 }),
    disputed: computed('Disputed', 'money', { width: 100 }),
    paid: computed('Paid', 'money', { hidden: true, width: 100 }),
    credited: computed('Credited', 'money', { hidden: true, width: 100 }),
    line_count: computed('Lines', 'integer', { hidden: true, width: 64 }),
    currency: field('text', 'Currency', { ...given, hidden: true, width: 76, aliases: ['ccy'] }),
    freight: field('money', 'Freight', { ...given, hidden: true, width: 92 }),
    tax: field('money', 'Tax', {
      ...given,
      hidden: true,
      width: 92,
      help: 'What comes on top: none where prices have it inside.',
    }),
    tax_policy: field('json', 'Tax as agreed', { ...given, hidden: true, width: 110 }),
    fx_policy,
    terms: field('text', 'Terms', {
      ...given,
      width: 110,
      aliases: ['payment terms'],
      help: 'Those of its order: amended there.',
    }),
    contact_id: link('Contact', 'contacts', { hidden: true, width: 140 }),
    bill_to_id: link('Billed to', 'accounts', { ...given, hidden: true, width: 160 }),
    owner_id: link('Owner', 'people', { width: 130 }),
    legal_number: legalNumber,
    ready_on: readyOn,
    notes: field('note', 'Notes', { hidden: true, width: 200, search: 'words' }),
  },
});

export const invoice_lines = table({
  name: 'invoice_lines',
  one: 'Invoice line',
  many: 'Invoice lines',
  scope: 'account',
  owner: 'invoice_id',
  title: 'description',
  shown: true,
  fields: {
    invoice_id: link('Invoice', 'invoices', { required: true, width: 120 }),
    position: field('integer', '#', { ...given, width: 40 }),
    product_id: link('SKU', 'products', { ...given, width: 120 }),
    qty: quantity('Qty', { ...given, width: 76 }),
    uom: field('text', 'UoM', { ...given, width: 64 }),
    price: price('Price', { ...given, width: 92, help: 'As ordered. What is billed is the amount.' }),
    discount: field('percent', 'Disc %', { ...given, width: 68 }),
    amount: field('money', 'Amount', { ...given, width: 100 }),
    header_discount: field('money', 'Header discount', {
      ...given,
      hidden: true,
      width: 110,
      help: 'Its share of the discount of the whole order. The amount is without it.',
    }),
    tax_code: field('text', 'Tax', { ...given, hidden: true, width: 64 }),
    credited_qty: computed('Credited qty', 'decimal', { width: 96 }),
    credited: computed('Credited', 'money', { width: 100 }),
    description: field('text', 'Description', { search: 'words', width: 220 }),
    note: field('note', 'Note', { width: 160 }),
    order_line_id: link('Order line', 'order_lines', { ...given, hidden: true, width: 160 }),
  },
});

export const credit_notes = table({
  name: 'credit_notes',
  one: 'Credit note',
  many: 'Credit notes',
  scope: 'account',
  owner: 'invoice_id',
  code: 'number',
  title: 'number',
  series: 'CN',
  legal: 'legal_number',
  shown: true,
  fields: {
    number: field('text', 'No.', { ...given, search: 'code', keyed: true, width: 120, aliases: ['credit note no'] }),
    invoice_id: link('Invoice', 'invoices', { ...given, required: true, width: 120 }),
    account_id: link('Account', 'accounts', { ...given, required: true, width: 180 }),
    credited_on: field('date', 'Credited', { ...given, width: 96 }),
    amount: computed('Amount', 'money', { width: 110 }),
    tax: field('money', 'Tax', { ...given, hidden: true, width: 92, help: 'Of the amount.' }),
    reason: field('text', 'Reason', { ...given, width: 220, search: 'words' }),
    return_id: link('Return', 'returns', { ...given, hidden: true, width: 130 }),
    legal_number: legalNumber,
    ready_on: readyOn,
  },
});

export const credit_lines = table({
  name: 'credit_lines',
  one: 'Credit line',
  many: 'Credit lines',
  scope: 'account',
  owner: 'credit_note_id',
  title: 'amount',
  insertOnly: true,
  fields: {
    credit_note_id: link('Credit note', 'credit_notes', { ...given, required: true }),
    /** None of a fee: what it takes off is of no line. */
    invoice_line_id: link('Invoice line', 'invoice_lines', given),
    qty: quantity('Qty', given),
    amount: field('money', 'Amount', { ...given, required: true }),
    description: field('text', 'Description', given),
    /** Of what was billed beyond an order as it was amended: the line it takes that back of. */
    order_line_id: link('Order line', 'order_lines', given),
  },
});
