/** The firms we work with: carriers, vendors, contractors, venues. */
import { choice, field, link } from './field.ts';
import { table } from './table.ts';

/** What is agreed about claims (T2); what is left empty is as on United States roads. */
const terms = (label: string, help: string) => field('integer', label, { hidden: true, width: 110, min: 0, max: 999, help });

export const partners = table({
  name: 'partners',
  one: 'Partner',
  many: 'Partners',
  also: ['carriers', 'shippers', 'vendors', 'suppliers', 'contractors', 'venues'],
  scope: 'shared',
  code: 'code',
  title: 'name',
  shown: true,
  fields: {
    code: field('text', 'Code', {
      search: 'code',
      keyed: true,
      width: 84,
      aliases: ['shipper id', 'shipperid', 'supplier id', 'supplierid', 'vendor no'],
    }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      width: 190,
      aliases: ['company', 'company name', 'companyname', 'carrier', 'vendor', 'supplier'],
    }),
    kind: choice(
      'Kind',
      [
        { key: 'carrier', label: 'Carrier', aliases: ['shipper', 'forwarder'] },
        { key: 'vendor', label: 'Vendor', aliases: ['supplier'] },
        { key: 'contractor', label: 'Contractor' },
        { key: 'venue', label: 'Venue' },
      ],
      { width: 96 },
    ),
    account_id: link('Also account', 'accounts', { hidden: true, width: 160 }),
    street: field('text', 'Street', { hidden: true, width: 180, aliases: ['address'] }),
    city: field('text', 'City', { search: 'words', keyed: true, width: 120 }),
    region: field('text', 'Region', { hidden: true, width: 100, aliases: ['state'] }),
    postcode: field('text', 'Postcode', { hidden: true, width: 90, aliases: ['postal code', 'postalcode', 'zip'] }),
    country: field('text', 'Country', { width: 120 }),
    phones: field('list', 'Phone', { width: 150, aliases: ['phone', 'fax', 'telephone'] }),
    email: field('text', 'E-mail', { width: 180, aliases: ['email'] }),
    website: field('text', 'Website', { hidden: true, width: 160, aliases: ['homepage', 'home page', 'url'] }),
    insurance_to: field('date', 'Insurance to', { width: 100 }),
    contract_to: field('date', 'Contract to', { width: 100 }),
    active: field('flag', 'Active', { default: 1, width: 72 }),
    claim_months: terms('Claim: file within, months', 'Left empty: 9 months from delivery.'),
    claim_concealed_days: terms('Claim: hidden damage told in, days', 'Left empty: as long as any other.'),
    claim_acknowledge_days: terms('Claim: acknowledged in, days', 'Left empty: 30.'),
    claim_decide_days: terms('Claim: decided in, days', 'Left empty: 120.'),
    claim_status_days: terms('Claim: reports every, days', 'Left empty: 60.'),
    claim_suit_months: terms('Claim: to court within, months', 'Left empty: 24 months and a day from the denial.'),
    notes: field('note', 'Notes', { hidden: true, width: 200, search: 'words' }),
  },
});
