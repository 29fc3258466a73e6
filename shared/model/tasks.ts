/** What is to be done, by whom and when; what we promised; and what somebody put off until later. */
import { choice, computed, field, link, ref, state } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

/** What a task or a promise may be about. */
const subjects = [
  'accounts',
  'contacts',
  'partners',
  'quotes',
  'orders',
  'bookings',
  'invoices',
  'disputes',
  'cases',
  'claims',
  'returns',
  'activities',
] as const;

export const tasks = table({
  name: 'tasks',
  one: 'Task',
  many: 'Tasks',
  also: ['to do', 'to-dos', 'action items'],
  scope: 'account',
  title: 'what',
  shown: true,
  fields: {
    done: computed('Done', 'flag', { width: 56, moves: 'status' }),
    what: field('text', 'Task', {
      required: true,
      search: 'words',
      width: 240,
      aliases: ['subject', 'title', 'summary', 'to do'],
    }),
    account_id: link('Account', 'accounts', { width: 160, aliases: ['company', 'customer', 'account name'] }),
    due_on: field('date', 'Due', { width: 96, aliases: ['due date', 'activity date', 'deadline'] }),
    due_time: field('text', 'Time', { width: 64, aliases: ['due time'], help: 'On the clocks of the company: 10:00.' }),
    kind: choice(
      'Type',
      [
        { key: 'do', label: 'To do', aliases: ['other', 'task'] },
        { key: 'call', label: 'Call', aliases: ['phone', 'ring'] },
        { key: 'mail', label: 'Mail', aliases: ['email', 'e-mail', 'write'] },
        { key: 'visit', label: 'Visit', aliases: ['meeting', 'meet'] },
        { key: 'chase', label: 'Chase', aliases: ['follow up', 'remind'] },
      ],
      { default: 'do', width: 90, aliases: ['task type', 'task subtype'] },
    ),
    about: ref('Linked', subjects, { width: 140, aliases: ['regarding', 'related to'] }),
    priority: choice(
      'Priority',
      [
        { key: '1', label: 'High', aliases: ['urgent'] },
        { key: '2', label: 'Medium', aliases: ['normal'] },
        { key: '3', label: 'Low' },
      ],
      { width: 84 },
    ),
    owner_id: link('Owner', 'people', { width: 110, aliases: ['assigned to'] }),
    repeat: field('text', 'Repeat', { width: 130, aliases: ['recurrence', 'rrule'], help: 'every fri, every 2 weeks, monthly.' }),
    status: state('Status', 'task', { width: 96 }),
    notes: field('note', 'Notes', { width: 200, search: 'words', hidden: true, aliases: ['description', 'comments'] }),
    done_at: field('instant', 'Done at', { ...given, hidden: true, width: 130 }),
    /** What came of repeating it. */
    next_id: link('Next', 'tasks', { ...given, hidden: true, mutual: true, width: 140 }),
  },
});

/** The promise ledger: "we said X by D". Promises to pay are the customer's and stand with their invoice. */
export const commitments = table({
  name: 'commitments',
  one: 'Promise',
  many: 'Promises',
  scope: 'account',
  title: 'what',
  shown: true,
  fields: {
    what: field('text', 'We promised', { required: true, search: 'words', width: 260 }),
    account_id: link('Account', 'accounts', { required: true, width: 180 }),
    due_on: field('date', 'By', { required: true, width: 96 }),
    due_time: field('text', 'Time', { width: 64, help: 'On the clocks of the company: 10:00.' }),
    status: state('Status', 'promise', { width: 96 }),
    about: ref('Linked', subjects, { width: 140 }),
    contact_id: link('To', 'contacts', { width: 140 }),
    made_on: field('date', 'Made', { width: 96 }),
    owner_id: link('Owner', 'people', { width: 110 }),
    kept_on: field('date', 'Kept on', { ...given, width: 96 }),
    notes: field('note', 'Notes', { hidden: true, width: 200 }),
  },
});

/** What a person put off: a row of Today that comes back at a moment. */
export const snoozes = table({
  name: 'snoozes',
  one: 'Snooze',
  many: 'Snoozes',
  scope: 'private',
  title: 'item',
  fields: {
    /** `<source>/<id of the row>`: what Today knows a clock by. */
    item: field('text', 'Put off', { ...given, required: true }),
    until: field('instant', 'Until', { ...given, required: true }),
    person_id: link('By', 'people', given),
  },
});
