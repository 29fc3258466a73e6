/** Corrective actions (C21): what was done so that an issue does not come again, and whether it helped. */
import { rootCauses } from '../domain/sla/kinds.ts';
import { choice, field, link } from './field.ts';
import { table } from './table.ts';

export const corrective_actions = table({
  name: 'corrective_actions',
  one: 'Corrective action',
  many: 'Corrective actions',
  also: ['capa'],
  scope: 'account',
  owner: 'case_id',
  title: 'problem',
  shown: true,
  fields: {
    case_id: link('Issue', 'cases', { required: true, width: 120 }),
    problem: field('text', 'Problem', { required: true, search: 'words', width: 220 }),
    containment: field('note', 'Contained by', { width: 200, help: 'What stops it until the cause is gone.' }),
    root_cause: choice('Root cause', rootCauses, { width: 150 }),
    action: field('note', 'Action', { required: true, width: 220, search: 'words' }),
    owner_id: link('Owner', 'people', { required: true, width: 130 }),
    due_on: field('date', 'Due', { required: true, width: 96 }),
    done_on: field('date', 'Done', { width: 96 }),
    check_on: field('date', 'Check on', { width: 100, help: 'When it is looked at whether it helped.' }),
    before: field('text', 'Before', { width: 110, help: 'The figure it is judged by, as it was.' }),
    after: field('text', 'After', { width: 110 }),
    effect: choice(
      'Effect',
      [
        { key: 'works', label: 'Works' },
        { key: 'partly', label: 'Works in part' },
        { key: 'no', label: 'Does not work' },
      ],
      { width: 110 },
    ),
  },
});
