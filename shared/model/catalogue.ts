/** What can be sold: products in their groups, and the units they are sold in. */
import { choice, field, link, price, quantity, rate } from './field.ts';
import { table } from './table.ts';
import { tolerances } from './tolerances.ts';

export const product_groups = table({
  name: 'product_groups',
  one: 'Product group',
  many: 'Product groups',
  scope: 'shared',
  code: 'code',
  title: 'name',
  shown: true,
  fields: {
    code: field('text', 'Code', { search: 'code', keyed: true, width: 88, aliases: ['category id', 'categoryid', 'group id'] }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 180,
      aliases: ['category', 'category name', 'categoryname', 'group'],
    }),
    parent_id: link('Parent', 'product_groups', { width: 160 }),
    description: field('note', 'Description', { width: 260 }),
  },
});

export const products = table({
  name: 'products',
  one: 'Product',
  many: 'Products',
  also: ['items', 'articles', 'materials'],
  scope: 'shared',
  code: 'sku',
  title: 'name',
  shown: true,
  fields: {
    sku: field('text', 'SKU', {
      required: true,
      search: 'code',
      keyed: true,
      width: 110,
      aliases: ['product id', 'productid', 'item', 'item no', 'item code', 'code', 'article', 'part number'],
    }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 220,
      aliases: ['product', 'product name', 'productname', 'item name', 'description'],
    }),
    group_id: link('Group', 'product_groups', { width: 120, aliases: ['category', 'categoryid', 'product group', 'family'] }),
    uom: field('text', 'UoM', { width: 64, default: 'EA', aliases: ['unit', 'unit of measure', 'um'] }),
    pack: field('text', 'Pack', { width: 140, aliases: ['quantity per unit', 'quantityperunit', 'pack size'] }),
    list_price: price('List', { width: 92, min: 0, aliases: ['unit price', 'unitprice', 'price', 'list price'] }),
    cost: price('Cost', { width: 92, min: 0, sensitive: true, aliases: ['unit cost', 'cost price'] }),
    cost_on: field('date', 'Cost of', { width: 92, sensitive: true, hidden: true, aliases: ['cost date', 'cost as of'] }),
    floor_price: price('Floor', { width: 92, min: 0, sensitive: true, hidden: true, aliases: ['minimum price'] }),
    currency: field('text', 'Currency', { width: 76, aliases: ['ccy'] }),
    stock: quantity('Stock', { width: 84, aliases: ['units in stock', 'unitsinstock', 'on hand'] }),
    on_order: quantity('On order', { width: 84, aliases: ['units on order', 'unitsonorder'] }),
    reorder_at: quantity('Reorder at', { width: 84, hidden: true, aliases: ['reorder level', 'reorderlevel'] }),
    lead_days: field('integer', 'Lead, days', { width: 76, min: 0, aliases: ['lead time'] }),
    supplier_id: link('Supplier', 'partners', { width: 160, aliases: ['supplierid', 'vendor'] }),
    status: choice(
      'Status',
      [
        { key: 'active', label: 'Active', aliases: ['0', 'no', 'false'] },
        { key: 'discontinued', label: 'Discontinued', aliases: ['1', 'yes', 'true'] },
      ],
      { default: 'active', width: 110, aliases: ['discontinued'] },
    ),
    weight: rate('Unit weight, kg', { hidden: true, width: 92, min: 0 }),
    volume: rate('Unit volume, m³', { hidden: true, width: 92, min: 0 }),
    pack_qty: quantity('Sold in', {
      hidden: true,
      width: 84,
      min: 1,
      help: 'It is ordered in multiples of this. Empty = any quantity.',
      aliases: ['pack multiple', 'order multiple'],
    }),
    min_qty: quantity('Least', {
      hidden: true,
      width: 84,
      min: 1,
      help: 'The smallest quantity it is ordered in.',
      aliases: ['minimum order quantity', 'moq'],
    }),
    nature: choice(
      'Goods or service',
      [
        { key: 'goods', label: 'Goods', aliases: ['product', 'stocked'] },
        { key: 'service', label: 'Service', aliases: ['non-stock', 'labour'] },
      ],
      { hidden: true, default: 'goods', width: 92, help: 'A service is accepted and billed, never shipped.' },
    ),
    substitute_id: link('Substitute', 'products', {
      hidden: true,
      width: 120,
      mutual: true,
      help: 'What goes out in its place, where the customer agrees.',
      aliases: ['successor', 'replaced by'],
    }),
    variant_of: link('Variant of', 'products', {
      hidden: true,
      width: 120,
      help: 'Where it has no price of its own it has the prices of that one.',
      aliases: ['parent product', 'parent sku', 'style'],
    }),
    tax_code: field('text', 'Tax', { hidden: true, width: 64, aliases: ['tax code', 'vat code'] }),
    ...tolerances,
    notes: field('note', 'Notes', { hidden: true, width: 200 }),
  },
});

/** What else a product goes by, when somebody types or pastes a code (O2). */
export const product_codes = table({
  name: 'product_codes',
  one: 'Code of a product',
  many: 'Codes of products',
  scope: 'shared',
  owner: 'product_id',
  title: 'code',
  shown: true,
  fields: {
    product_id: link('SKU', 'products', { required: true, width: 120 }),
    kind: choice(
      'Kind',
      [
        { key: 'customer', label: 'Customer’s' },
        { key: 'barcode', label: 'Barcode' },
        { key: 'alias', label: 'Alias' },
      ],
      { required: true, width: 92 },
    ),
    code: field('text', 'Code', { required: true, keyed: true, width: 140 }),
    account_id: link('Account', 'accounts', { width: 160, help: 'Whose code it is.' }),
  },
});

export const product_units = table({
  name: 'product_units',
  one: 'Unit of a product',
  many: 'Units of products',
  scope: 'shared',
  owner: 'product_id',
  title: 'uom',
  shown: true,
  fields: {
    product_id: link('SKU', 'products', { required: true, width: 120, aliases: ['product', 'item', 'item no', 'code'] }),
    uom: field('text', 'UoM', { required: true, width: 76, aliases: ['unit', 'unit of measure', 'alternative unit'] }),
    /** Of the product's own unit. */
    holds: rate('Holds', { required: true, width: 84, min: 1, aliases: ['factor', 'conversion', 'conversion factor'] }),
  },
});
