/**
 * What is agreed about time (RULES 3.10): calendars with their holidays, policies as an ordered list, who is on duty. A
 * version is what a policy and its calendar said when an issue was put under them; it never changes (L9).
 */
import { caseKinds, dutyRoles, reopenModes, severities } from '../domain/sla/kinds.ts';
import { tiers } from './accounts.ts';
import { choice, field, link, rate } from './field.ts';
import { table } from './table.ts';

export const sla_calendars = table({
  name: 'sla_calendars',
  one: 'Calendar',
  many: 'Calendars',
  scope: 'shared',
  title: 'name',
  shown: true,
  fields: {
    name: field('text', 'Name', { required: true, search: 'words', width: 180 }),
    zone: field('text', 'Time zone', { required: true, width: 160, help: 'Such as Europe/London.' }),
    hours: field('text', 'Hours', {
      required: true,
      width: 320,
      help: 'Such as Mon-Thu 09:00-12:30 13:30-17:00; Fri 09:00-15:00. A night is two spans: to 24:00, from 00:00.',
    }),
  },
});

export const sla_holidays = table({
  name: 'sla_holidays',
  one: 'Holiday',
  many: 'Holidays',
  scope: 'shared',
  owner: 'calendar_id',
  title: 'name',
  shown: true,
  fields: {
    calendar_id: link('Calendar', 'sla_calendars', { required: true, width: 180 }),
    day: field('date', 'Day', { required: true, width: 110 }),
    name: field('text', 'Name', { required: true, search: 'words', width: 180 }),
    open: field('text', 'Open', { width: 160, help: 'The hours of a part holiday, such as 09:00-12:00. Empty = closed.' }),
  },
});

const hours = (label: string) => rate(label, { width: 100, min: 0, help: 'Working hours. Empty = no such clock.' });

export const sla_policies = table({
  name: 'sla_policies',
  one: 'SLA policy',
  many: 'SLA policies',
  scope: 'shared',
  title: 'name',
  shown: true,
  fields: {
    place: field('integer', 'Place', { required: true, width: 76, help: 'The first that fits counts.' }),
    name: field('text', 'Name', { required: true, search: 'words', width: 180 }),
    tier: choice('Tier', tiers, { width: 64 }),
    account_id: link('Contract of', 'accounts', { width: 160, help: 'What was agreed with one account.' }),
    kind: choice('Type', caseKinds, { width: 120 }),
    severity: choice('Sev', severities, { width: 60 }),
    is_default: field('flag', 'Default', {
      default: 0,
      width: 76,
      help: 'For whatever no other fits. Only the last one can be.',
    }),
    calendar_id: link('Calendar', 'sla_calendars', { required: true, width: 160 }),
    acknowledge_in: hours('Acknowledge'),
    respond_in: hours('Response'),
    update_in: hours('Update'),
    resolve_in: hours('Resolve'),
    reopen: choice('Reopened', reopenModes, { default: 'continue', width: 180 }),
    pauses_response: field('flag', 'Response pauses', { default: 0, width: 110 }),
    active: field('flag', 'Active', { default: 1, width: 72 }),
  },
});

export const sla_versions = table({
  name: 'sla_versions',
  one: 'SLA version',
  many: 'SLA versions',
  scope: 'shared',
  title: 'name',
  insertOnly: true,
  fields: {
    policy_id: link('Policy', 'sla_policies', { entry: 'command', required: true }),
    name: field('text', 'Name', { entry: 'command', required: true }),
    version: field('integer', 'Version', { entry: 'command', required: true }),
    /** By what it says, so that what did not change is no new version. */
    hash: field('text', 'Hash', { entry: 'command', required: true }),
    terms: field('json', 'Terms', { entry: 'command', required: true }),
  },
});

export const sla_duties = table({
  name: 'sla_duties',
  one: 'Duty',
  many: 'Duties',
  scope: 'shared',
  title: 'role',
  shown: true,
  fields: {
    role: choice('Role', dutyRoles, { required: true, width: 110 }),
    person_id: link('On duty', 'people', { required: true, width: 160 }),
    deputy_id: link('Deputy', 'people', { width: 160 }),
    from_on: field('date', 'From', { required: true, width: 110 }),
    to_on: field('date', 'To', { width: 110 }),
  },
});
