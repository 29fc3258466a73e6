/** The people of the company: owners of accounts, authors of changes. */
import { roles } from '../domain/roles.ts';
import { choice, field, link } from './field.ts';
import { table } from './table.ts';

export const people = table({
  name: 'people',
  one: 'Person',
  many: 'People',
  also: ['employees', 'staff', 'sales reps'],
  scope: 'shared',
  code: 'code',
  title: 'name',
  subject: 'id',
  shown: true,
  fields: {
    code: field('text', 'Code', {
      search: 'code',
      keyed: true,
      width: 80,
      aliases: ['employee id', 'employee', 'user id', 'initials'],
    }),
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      personal: true,
      width: 180,
      aliases: ['full name', 'employee name', 'owner'],
    }),
    first_name: field('text', 'First name', { personal: true, hidden: true, aliases: ['firstname', 'given name'] }),
    last_name: field('text', 'Last name', { personal: true, hidden: true, aliases: ['lastname', 'surname', 'family name'] }),
    job_title: field('text', 'Job title', { width: 160, aliases: ['title', 'position'] }),
    email: field('text', 'E-mail', {
      personal: true,
      search: 'words',
      keyed: true,
      width: 200,
      aliases: ['email', 'mail', 'e-mail address'],
    }),
    phones: field('list', 'Phones', { personal: true, width: 150, aliases: ['phone', 'mobile', 'home phone'] }),
    role: choice('Role', roles, { width: 92, help: 'Whose limits hold for what they offer, where they have none of their own.' }),
    manager_id: link('Reports to', 'people', { width: 160, aliases: ['reportsto', 'manager'] }),
    hired_on: field('date', 'Hired', { width: 100, hidden: true, aliases: ['hiredate', 'start date'] }),
    born_on: field('date', 'Born', { personal: true, sensitive: true, hidden: true, aliases: ['birthdate', 'date of birth'] }),
    street: field('text', 'Street', { personal: true, hidden: true, aliases: ['address'] }),
    city: field('text', 'City', { personal: true, hidden: true, aliases: ['town'] }),
    region: field('text', 'Region', { personal: true, hidden: true, aliases: ['state', 'county'] }),
    postcode: field('text', 'Postcode', { personal: true, hidden: true, aliases: ['postal code', 'zip'] }),
    country: field('text', 'Country', { personal: true, hidden: true }),
    active: field('flag', 'Active', { default: 1, width: 72 }),
    notes: field('note', 'Notes', { personal: true, hidden: true }),
  },
});
