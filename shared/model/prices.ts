/**
 * Prices: lists and contracts, what stands in them, and promotions (RULES 3.2). A price without a product is for its
 * group, without both for everything; a list says for whom. Days are included at both ends.
 */
import { tiers } from './accounts.ts';
import { sales_channel } from './channel.ts';
import { choice, field, link, price, quantity } from './field.ts';
import { line_rounding } from './rounding.ts';
import { table } from './table.ts';

const from = field('date', 'From', {
  width: 96,
  aliases: ['valid from', 'start', 'start date', 'effective', 'effective date', 'effective from', 'from date'],
});
const to = field('date', 'To', {
  width: 96,
  aliases: ['valid to', 'valid until', 'end', 'end date', 'until', 'expires', 'to date'],
});
const priority = field('integer', 'Priority', { hidden: true, width: 76, help: 'Higher first' });

export const price_lists = table({
  name: 'price_lists',
  one: 'Price list',
  many: 'Price lists',
  scope: 'shared',
  code: 'code',
  title: 'name',
  shown: true,
  fields: {
    code: field('text', 'Code', {
      search: 'code',
      keyed: true,
      width: 100,
      aliases: ['price list', 'list code', 'contract', 'contract no'],
    }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 220,
      aliases: ['list name', 'price list name', 'description'],
    }),
    kind: choice(
      'Kind',
      [
        { key: 'general', label: 'General', aliases: ['list', 'standard'] },
        { key: 'tier', label: 'Tier', aliases: ['class'] },
        { key: 'account', label: 'Account', aliases: ['customer'] },
        { key: 'contract', label: 'Contract', aliases: ['agreement'] },
        { key: 'campaign', label: 'Campaign', aliases: ['offer'] },
      ],
      { default: 'general', width: 92 },
    ),
    account_id: link('Account', 'accounts', { width: 160, aliases: ['customer', 'customer id', 'customer no'] }),
    site_id: link('Ship to', 'sites', { width: 140 }),
    tier: choice('Tier', tiers, { width: 64, aliases: ['class'] }),
    currency: field('text', 'Currency', { width: 76, aliases: ['ccy'] }),
    valid_from: from,
    valid_to: to,
    version: field('text', 'Version', { width: 76 }),
    /** Of a campaign: its prices take the place of the general list's. */
    replaces: field('flag', 'Replaces list', { hidden: true, width: 100 }),
    /** Of a contract: promotions may come on top. */
    takes_promotions: field('flag', 'Takes promotions', { hidden: true, width: 120 }),
    line_rounding,
    sales_channel,
    notes: field('note', 'Notes', { hidden: true, width: 200 }),
  },
});

export const prices = table({
  name: 'prices',
  one: 'Price',
  many: 'Prices',
  scope: 'shared',
  title: 'product_id',
  shown: true,
  fields: {
    list_id: link('Price list', 'price_lists', {
      required: true,
      width: 150,
      aliases: ['list', 'pricelist', 'price list code', 'contract', 'contract no'],
    }),
    product_id: link('SKU', 'products', {
      width: 120,
      aliases: ['product', 'product id', 'item', 'item no', 'item code', 'code', 'article', 'part number'],
    }),
    group_id: link('Group', 'product_groups', { width: 120, aliases: ['product group', 'category'] }),
    uom: field('text', 'UoM', { width: 64, aliases: ['unit', 'unit of measure', 'um'] }),
    min_qty: quantity('Min qty', {
      width: 84,
      min: 0,
      aliases: ['minimum quantity', 'from qty', 'from quantity', 'quantity from', 'qty break', 'quantity break', 'moq', 'scale'],
    }),
    max_qty: quantity('Max qty', { hidden: true, width: 84, min: 0, aliases: ['maximum quantity', 'to qty', 'quantity to'] }),
    break_mode: choice(
      'Break',
      [
        { key: 'all_units', label: 'All units' },
        { key: 'up_to_max', label: 'Up to max' },
        { key: 'graduated', label: 'Graduated', aliases: ['tiered'] },
      ],
      { hidden: true, default: 'all_units', width: 96 },
    ),
    break_basis: choice(
      'Counts',
      [
        { key: 'line', label: 'The line' },
        { key: 'group', label: 'Lines of the group', aliases: ['group', 'product group', 'price group'] },
        { key: 'period', label: 'Bought in its period', aliases: ['period', 'cumulative'] },
      ],
      {
        hidden: true,
        default: 'line',
        width: 130,
        help: 'What its quantities are measured by: the line, all lines of its group on the document, or what the account has bought since its first day, and without one since the first of the year',
        aliases: ['break basis', 'quantity basis', 'measured by'],
      },
    ),
    price: price('Price', {
      required: true,
      width: 92,
      min: 0,
      aliases: ['unit price', 'net price', 'list price', 'amount', 'rate'],
    }),
    currency: field('text', 'Currency', { width: 76, aliases: ['ccy'] }),
    valid_from: from,
    valid_to: to,
    priority,
    notes: field('note', 'Notes', { hidden: true, width: 200 }),
  },
});

export const promotions = table({
  name: 'promotions',
  one: 'Promotion',
  many: 'Promotions',
  scope: 'shared',
  code: 'code',
  title: 'name',
  shown: true,
  fields: {
    code: field('text', 'Code', {
      search: 'code',
      keyed: true,
      width: 110,
      aliases: ['promotion code', 'campaign', 'offer code'],
    }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 200,
      aliases: ['promotion', 'campaign name'],
    }),
    percent: field('percent', 'Off %', {
      required: true,
      width: 76,
      min: 0,
      max: 1_000_000,
      aliases: ['discount', 'percent off'],
    }),
    applies: choice(
      'On top of',
      [
        { key: 'lists', label: 'Lists', aliases: ['list prices'] },
        { key: 'all', label: 'All prices', aliases: ['any'] },
      ],
      { default: 'lists', width: 92, help: 'Contracts take a promotion only if they say so themselves' },
    ),
    combines_with: field('text', 'Combines with', {
      width: 140,
      help: 'Codes of promotions, with commas between them; * for all. Both have to name each other.',
    }),
    account_id: link('Account', 'accounts', { width: 160, aliases: ['customer'] }),
    tier: choice('Tier', tiers, { width: 64, aliases: ['class'] }),
    sales_channel,
    product_id: link('SKU', 'products', { width: 120, aliases: ['product', 'item'] }),
    group_id: link('Group', 'product_groups', { width: 120, aliases: ['product group', 'category'] }),
    min_qty: quantity('Min qty', { width: 84, min: 0, aliases: ['minimum quantity', 'from qty'] }),
    valid_from: from,
    valid_to: to,
    priority,
    notes: field('note', 'Notes', { hidden: true, width: 200 }),
  },
});
