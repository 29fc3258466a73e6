/** The timeline of an account: calls, visits, mails and notes on any record. */
import { choice, field, link, ref } from './field.ts';
import { table } from './table.ts';

export const activities = table({
  name: 'activities',
  one: 'Activity',
  many: 'Activities',
  scope: 'account',
  title: 'summary',
  shown: true,
  fields: {
    about: ref('About', ['accounts', 'contacts', 'partners', 'orders', 'cases'], {
      required: true,
      width: 180,
      aliases: ['account', 'regarding', 'related to'],
    }),
    kind: choice(
      'Type',
      [
        { key: 'call', label: 'Call', aliases: ['phone'] },
        { key: 'visit', label: 'Visit', aliases: ['meeting'] },
        { key: 'mail', label: 'Mail', aliases: ['email', 'e-mail'] },
        { key: 'note', label: 'Note' },
      ],
      { default: 'note', width: 90, aliases: ['activity type', 'task type'] },
    ),
    at: field('instant', 'When', { required: true, width: 130, aliases: ['date', 'activity date'] }),
    summary: field('text', 'Summary', { required: true, search: 'words', width: 320, aliases: ['subject', 'title'] }),
    body: field('note', 'Details', { width: 240, aliases: ['description', 'comments'] }),
    person_id: link('By', 'people', { width: 110, aliases: ['owner', 'assigned to'] }),
  },
});
