/** The people on the other side: at an account or at a partner. */
import { choice, computed, field, link, ref } from './field.ts';
import { table } from './table.ts';

export const contacts = table({
  name: 'contacts',
  one: 'Contact',
  many: 'Contacts',
  scope: 'account',
  title: 'name',
  subject: 'id',
  shown: true,
  fields: {
    name: field('text', 'Name', {
      required: true,
      search: 'words',
      keyed: true,
      personal: true,
      width: 180,
      aliases: ['contact', 'contact name', 'contactname', 'full name'],
    }),
    party: ref('Account', ['accounts', 'partners'], { width: 180, aliases: ['company', 'account name'] }),
    role: field('text', 'Role', {
      width: 120,
      personal: true,
      aliases: ['title', 'contact title', 'contacttitle', 'job title', 'position'],
    }),
    emails: field('list', 'E-mail', { search: 'words', personal: true, width: 200, aliases: ['email', 'e-mail', 'mail'] }),
    phones: field('list', 'Phone', {
      search: 'words',
      personal: true,
      width: 130,
      aliases: ['phone', 'mobile', 'telephone', 'fax'],
    }),
    last_contact_on: computed('Last contact', 'date', { width: 100 }),
    next_due_on: field('date', 'Next due', { width: 100 }),
    cadence_days: field('integer', 'Every days', {
      hidden: true,
      min: 1,
      max: 3650,
      width: 96,
      help: 'How often they are to hear from us: a call, visit or mail moves the next due day on by so many days.',
    }),
    consent: choice(
      'Consent',
      [
        { key: 'yes', label: 'Yes' },
        { key: 'no', label: 'No', aliases: ['do not contact', 'opt out'] },
        { key: 'asked', label: 'Asked' },
      ],
      { width: 84, personal: true },
    ),
    owner_id: link('Owner', 'people', { width: 110 }),
    notes: field('note', 'Notes', { hidden: true, personal: true, width: 200 }),
    /** The day what was known of the person was erased: nobody is asked for it again. */
    erased_on: field('date', 'Erased', { hidden: true, entry: 'command', width: 96 }),
  },
});
