/** Customer accounts and their sites. */
import { sales_channel } from './channel.ts';
import { choice, computed, field, link } from './field.ts';
import { line_rounding } from './rounding.ts';
import { table } from './table.ts';
import { tolerances } from './tolerances.ts';

/** Classes of customers, which price lists are for. */
export const tiers = [
  { key: 'a', label: 'A', aliases: ['tier 1', 'gold', 'hot'] },
  { key: 'b', label: 'B', aliases: ['tier 2', 'silver', 'warm'] },
  { key: 'c', label: 'C', aliases: ['tier 3', 'bronze', 'cold'] },
] as const;

export const accounts = table({
  name: 'accounts',
  one: 'Account',
  many: 'Accounts',
  also: ['customers', 'customer list', 'clients', 'companies'],
  scope: 'account',
  code: 'code',
  title: 'name',
  shown: true,
  fields: {
    code: field('text', 'Code', {
      search: 'code',
      keyed: true,
      width: 88,
      aliases: ['customer id', 'customerid', 'account number', 'account no', 'customer no'],
    }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 200,
      aliases: ['company', 'company name', 'companyname', 'account name', 'customer', 'customer name'],
    }),
    parent_id: link('Parent', 'accounts', { hidden: true, width: 160, aliases: ['parent account', 'group'] }),
    status: choice(
      'Status',
      [
        { key: 'active', label: 'Active', aliases: ['customer', 'live'] },
        { key: 'prospect', label: 'Prospect', aliases: ['lead'] },
        { key: 'dormant', label: 'Dormant', aliases: ['inactive'] },
        { key: 'on_stop', label: 'On stop', aliases: ['stopped', 'blocked'] },
      ],
      { default: 'active', width: 92 },
    ),
    tier: choice('Tier', tiers, { width: 64, aliases: ['class', 'rating'] }),
    open_orders: computed('Open orders', 'integer', { width: 92 }),
    open_issues: computed('Open issues', 'integer', { hidden: true, width: 88 }),
    overdue_orders: computed('Overdue', 'integer', { width: 84 }),
    revenue_12m: computed('Revenue 12 m', 'money', { width: 110 }),
    last_contact_on: computed('Last contact', 'date', { width: 100 }),
    territory: computed('Territory', 'text', {
      hidden: true,
      width: 100,
      help: 'In a team: whose account it is. Only a file that works in several has more than one.',
    }),
    next_step: field('text', 'Next step', { width: 160 }),
    next_step_on: field('date', 'Next step due', { width: 100 }),
    renewal_on: field('date', 'Renewal', { width: 100, aliases: ['renewal date'] }),
    notice_days: field('integer', 'Notice days', {
      hidden: true,
      width: 92,
      min: 0,
      max: 730,
      aliases: ['notice', 'notice period', 'notice period days'],
      help: 'How many days before the renewal notice has to be given.',
    }),
    owner_id: link('Owner', 'people', { width: 130, aliases: ['account owner', 'sales rep', 'account manager'] }),
    industry: field('text', 'Industry', { hidden: true, width: 120, aliases: ['sector'] }),
    street: field('text', 'Street', { hidden: true, width: 180, aliases: ['address', 'billing street', 'address 1'] }),
    city: field('text', 'City', { search: 'words', keyed: true, width: 120, aliases: ['town', 'billing city'] }),
    region: field('text', 'Region', { hidden: true, width: 100, aliases: ['state', 'county', 'billing state'] }),
    postcode: field('text', 'Postcode', { hidden: true, width: 90, aliases: ['postal code', 'postalcode', 'zip', 'zip code'] }),
    country: field('text', 'Country', { width: 120, keyed: true, aliases: ['billing country'] }),
    phones: field('list', 'Phones', { hidden: true, width: 150, aliases: ['phone', 'telephone', 'fax'] }),
    email: field('text', 'E-mail', { hidden: true, width: 180, aliases: ['email'] }),
    website: field('text', 'Website', { hidden: true, width: 160, aliases: ['web', 'url', 'homepage'] }),
    currency: field('text', 'Currency', { width: 76, aliases: ['ccy'] }),
    terms: field('text', 'Terms', { hidden: true, width: 110, aliases: ['payment terms'] }),
    credit_limit: field('money', 'Credit limit', { hidden: true, width: 110, min: 0 }),
    no_credit_check: field('flag', 'No credit check', {
      hidden: true,
      width: 110,
      help: 'Orders of this account, and of those below it, are never held for credit.',
    }),
    tax_exempt_no: field('text', 'Tax exemption', {
      hidden: true,
      width: 120,
      help: 'Number of the certificate. It frees from tax to its last day.',
      aliases: ['exemption certificate'],
    }),
    tax_exempt_to: field('date', 'Exempt to', { hidden: true, width: 96, aliases: ['exemption expires'] }),
    min_order: field('money', 'Minimum order', { hidden: true, width: 110, min: 0 }),
    ...tolerances,
    line_rounding,
    sales_channel,
    notes: field('note', 'Notes', { hidden: true, width: 200, search: 'words', aliases: ['description', 'comments'] }),
  },
});

export const sites = table({
  name: 'sites',
  one: 'Site',
  many: 'Sites',
  scope: 'account',
  owner: 'account_id',
  code: 'code',
  title: 'name',
  shown: true,
  fields: {
    account_id: link('Account', 'accounts', { required: true, width: 180 }),
    code: field('text', 'Code', { search: 'code', keyed: true, width: 88 }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 200,
      aliases: ['ship name', 'ship to', 'location'],
    }),
    street: field('text', 'Street', { width: 180, aliases: ['ship address', 'address'] }),
    city: field('text', 'City', { width: 120, aliases: ['ship city'] }),
    region: field('text', 'Region', { width: 100, aliases: ['ship region', 'state'] }),
    postcode: field('text', 'Postcode', { width: 90, aliases: ['ship postal code', 'zip'] }),
    country: field('text', 'Country', { width: 120, aliases: ['ship country'] }),
    work_days: field('text', 'Takes goods', {
      hidden: true,
      width: 110,
      help: 'Like Mon-Fri or Mon, Wed. Empty = Monday to Friday.',
    }),
    closed_on: field('note', 'Closed on', { hidden: true, width: 160, help: 'Days like 2026-12-25, one behind the other.' }),
    instructions: field('note', 'Instructions', { width: 200 }),
  },
});
