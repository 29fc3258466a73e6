/**
 * Quotes and their lines (RULES 3.4). Each revision is a quote of its own that names the one it was made from: the
 * base number never changes, the revision counts. Of lines in one group exactly one is chosen; an optional line counts
 * once it is chosen. What was sent is the customer's: answers stand beside the lines and change none of them.
 */
import { lossReasons } from '../domain/quote/outcome.ts';
import { sales_channel } from './channel.ts';
import { choice, computed, field, link, price, quantity, state } from './field.ts';
import { goods } from './goods.ts';
import { header_discount, header_percent } from './header-discount.ts';
import { fx_policy } from './rates.ts';
import { line_rounding } from './rounding.ts';
import { table } from './table.ts';

/** How a quote reaches the customer. */
export const sentBy = [
  { key: 'mail', label: 'E-mail' },
  { key: 'portal', label: 'Portal' },
  { key: 'paper', label: 'Paper' },
  { key: 'told', label: 'Told' },
] as const;

export const quotes = table({
  name: 'quotes',
  one: 'Quote',
  many: 'Quotes',
  scope: 'account',
  code: 'number',
  title: 'number',
  series: 'Q',
  shown: true,
  fields: {
    number: field('text', 'No.', {
      search: 'code',
      keyed: true,
      entry: 'command',
      width: 140,
      aliases: ['quote id', 'quoteid', 'quote no', 'quote number', 'quotation', 'quotation no'],
    }),
    account_id: link('Account', 'accounts', {
      required: true,
      width: 180,
      aliases: ['customer', 'customerid', 'customer id', 'quoted to'],
    }),
    subject: field('text', 'Title', { search: 'words', width: 200, aliases: ['subject', 'quote name', 'opportunity'] }),
    status: state('Status', 'quote', { width: 128, aliases: ['quote status', 'stage'] }),
    net: computed('Total', 'money', { width: 110 }),
    margin: computed('Margin %', 'percent', { width: 76, sensitive: true }),
    valid_to: field('date', 'Valid to', { width: 96, aliases: ['valid until', 'expires', 'expiration date', 'expiry date'] }),
    sent_on: field('date', 'Sent', { width: 96, entry: 'command', aliases: ['sent date', 'presented date'] }),
    probability: field('percent', 'Probability %', { width: 84, min: 0, max: 1_000_000, aliases: ['probability', 'likelihood'] }),
    next_step: field('text', 'Next step', { hidden: true, width: 180 }),
    next_step_on: field('date', 'Next step on', { width: 100, aliases: ['next step date', 'follow up'] }),
    revision: field('integer', 'Rev', { width: 48, entry: 'command', default: 1, aliases: ['version'] }),
    owner_id: link('Owner', 'people', { width: 130, aliases: ['sales rep', 'quote owner'] }),
    line_count: computed('Lines', 'integer', { hidden: true, width: 64 }),
    expired_days: computed('Expired, days', 'integer', { hidden: true, width: 90 }),
    quoted_on: field('date', 'Quoted', { hidden: true, width: 96, aliases: ['quote date', 'quotation date'] }),
    requested: field('date', 'Requested', { hidden: true, width: 96, aliases: ['requested date'] }),
    currency: field('text', 'Currency', { hidden: true, width: 76, aliases: ['ccy'] }),
    site_id: link('Ship to', 'sites', { hidden: true, width: 140 }),
    contact_id: link('Contact', 'contacts', { hidden: true, width: 140 }),
    terms: field('text', 'Terms', { hidden: true, width: 110, aliases: ['payment terms'] }),
    incoterm: field('text', 'Incoterm', { hidden: true, width: 80, aliases: ['incoterms'] }),
    customer_ref: field('text', 'Their ref', {
      hidden: true,
      width: 110,
      search: 'words',
      aliases: ['customer reference', 'rfq'],
    }),
    rounding: choice(
      'Rounding',
      [
        { key: 'line', label: 'Each line' },
        { key: 'document', label: 'Whole quote' },
      ],
      { hidden: true, default: 'line', width: 100 },
    ),
    line_rounding,
    header_discount,
    header_percent,
    sales_channel,
    charge_mode: field('text', 'Freight mode', {
      hidden: true,
      width: 100,
      entry: 'command',
      help: 'Whose charges it is made of.',
    }),
    rates_to: field('date', 'Rates hold to', { hidden: true, width: 100, aliases: ['rate validity'] }),
    transit: field('text', 'Transit', { hidden: true, width: 140, aliases: ['transit time'] }),
    free_days: field('integer', 'Free time, days', { hidden: true, width: 90, min: 0, aliases: ['free time'] }),
    tax_policy: field('json', 'Tax as agreed', { hidden: true, entry: 'command', width: 110 }),
    fx_policy,
    price_on: field('date', 'Price date', { hidden: true, width: 100 }),
    recipient: field('text', 'Sent to', { hidden: true, width: 180, entry: 'command' }),
    channel: choice('Sent by', sentBy, { hidden: true, width: 90, entry: 'command' }),
    decided_on: field('date', 'Decided', { hidden: true, width: 96, entry: 'command', aliases: ['close date'] }),
    loss_reason: choice('Why lost', lossReasons, {
      hidden: true,
      width: 110,
      aliases: ['loss reason', 'lost reason', 'reason lost'],
    }),
    competitor: field('text', 'Competitor', { hidden: true, width: 140, search: 'words', aliases: ['lost to'] }),
    base_number: field('text', 'Base no.', { hidden: true, width: 120, entry: 'command' }),
    revised_from: link('Revised from', 'quotes', { hidden: true, width: 130, entry: 'command' }),
    wording: field('note', 'Wording', { hidden: true, width: 200, help: 'Printed above the lines.' }),
    notes: field('note', 'Notes', { hidden: true, width: 200, search: 'words' }),
  },
});

export const quote_lines = table({
  name: 'quote_lines',
  one: 'Quote line',
  many: 'Quote lines',
  scope: 'account',
  owner: 'quote_id',
  title: 'description',
  shown: true,
  fields: {
    quote_id: link('Quote', 'quotes', { required: true, width: 130, aliases: ['quote id', 'quoteid', 'quote no'] }),
    position: field('integer', '#', { width: 40, entry: 'command' }),
    product_id: link('SKU', 'products', { required: true, width: 120, aliases: ['product', 'productid', 'item', 'item no'] }),
    ...goods,
    option_group: field('text', 'Group', {
      width: 88,
      aliases: ['option group', 'alternative'],
      help: 'Lines of one group are alternatives: exactly one of them is chosen and counts.',
    }),
    optional: field('flag', 'Optional', { width: 76, help: 'Counts only once it is chosen.' }),
    chosen: field('flag', 'Chosen', { width: 72 }),
    requested: field('date', 'Requested', { hidden: true, width: 96, aliases: ['requested date'] }),
    cost: price('Cost', { hidden: true, width: 92, min: 0, sensitive: true, entry: 'command' }),
    margin: computed('Margin %', 'percent', { hidden: true, width: 76, sensitive: true }),
    accepted_qty: quantity('Accepted', { hidden: true, width: 84, min: 0, entry: 'command' }),
    ordered_qty: computed('Ordered', 'decimal', { hidden: true, width: 76 }),
    remaining_qty: computed('Remaining', 'decimal', { hidden: true, width: 84 }),
    note: field('note', 'Note', { width: 160 }),
  },
});
