/**
 * Issues (RULES 3.10) and what happened to them. The product calls them issues; the table is `cases`, for an issue in
 * this program is also what is wrong with a cell. What happened is appended and never changed; clocks are read from it.
 */
import { complaintSteps } from '../domain/sla/complaint.ts';
import { caseKinds, channels, clockNames, eventKinds, rootCauses, severities, waitsOn } from '../domain/sla/kinds.ts';
import { choice, computed, field, link, state } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

export const cases = table({
  name: 'cases',
  one: 'Issue',
  many: 'Issues',
  also: ['cases', 'tickets', 'complaints'],
  scope: 'account',
  code: 'number',
  title: 'title',
  series: 'C',
  shown: true,
  fields: {
    number: field('text', 'No.', {
      ...given,
      search: 'code',
      keyed: true,
      width: 120,
      aliases: ['case number', 'casenumber', 'ticket', 'ticket id', 'issue no'],
    }),
    title: field('text', 'Title', { required: true, search: 'words', width: 220, aliases: ['subject', 'summary', 'reason'] }),
    account_id: link('Account', 'accounts', { required: true, width: 160, aliases: ['customer', 'accountid', 'account id'] }),
    kind: choice('Type', caseKinds, { required: true, default: 'question', width: 110, aliases: ['case type', 'issue type'] }),
    severity: choice('Sev', severities, { required: true, default: 'sev3', width: 60, aliases: ['severity', 'priority'] }),
    status: state('Status', 'case', { width: 104, aliases: ['case status', 'state'] }),
    respond_left: computed('Response left', 'duration', { clock: 'respond', width: 152 }),
    resolve_left: computed('Resolve left', 'duration', { clock: 'resolve', width: 152 }),
    owner_id: link('Owner', 'people', { width: 110, aliases: ['ownerid', 'assigned to', 'agent'] }),
    order_id: link('Order', 'orders', { width: 110, aliases: ['order no', 'order number'] }),
    waiting_on: choice('Waiting on', waitsOn, { ...given, width: 96 }),
    opened_at: field('instant', 'Opened', {
      ...given,
      width: 116,
      aliases: ['createddate', 'created', 'created at', 'opened at'],
    }),
    cost: field('money', 'Cost', { hidden: true, width: 84, help: 'What it cost us to put right.' }),
    stake: field('money', 'At stake', { hidden: true, width: 96, help: 'What the customer may claim or take elsewhere.' }),
    resume_on: field('date', 'Resumes', { ...given, hidden: true, width: 96 }),
    respond_due: computed('Response due', 'instant', { hidden: true, width: 130 }),
    resolve_due: computed('Resolve due', 'instant', { hidden: true, width: 130 }),
    next_due: computed('Next due', 'instant', { hidden: true, width: 130 }),
    respond_state: computed('Response clock', 'text', { hidden: true, width: 96 }),
    resolve_state: computed('Resolve clock', 'text', { hidden: true, width: 96 }),
    responded_at: field('instant', 'Responded', {
      ...given,
      hidden: true,
      width: 116,
      aliases: ['first response', 'first response at', 'first_response_time'],
    }),
    resolved_at: field('instant', 'Resolved', {
      ...given,
      hidden: true,
      width: 116,
      aliases: ['closeddate', 'resolved at', 'resolution time', 'closed at'],
    }),
    contact_id: link('Contact', 'contacts', { hidden: true, width: 140, aliases: ['contactid', 'contact id'] }),
    customer_ref: field('text', 'Their ref', { hidden: true, width: 110, search: 'words' }),
    description: field('note', 'What happened', {
      hidden: true,
      width: 240,
      search: 'words',
      aliases: ['description', 'details'],
    }),
    remedy: field('note', 'Remedy sought', { hidden: true, width: 200 }),
    is_safety: field('flag', 'Safety', { hidden: true, width: 72, help: 'Somebody may come to harm.' }),
    root_cause: choice('Root cause', rootCauses, { ...given, hidden: true, width: 150 }),
    cause_note: field('note', 'What caused it', { hidden: true, width: 200 }),
    merged_into: link('Merged into', 'cases', { ...given, hidden: true, width: 120 }),
  },
});

export const case_events = table({
  name: 'case_events',
  one: 'Issue event',
  many: 'Issue events',
  scope: 'account',
  owner: 'case_id',
  title: 'note',
  insertOnly: true,
  fields: {
    case_id: link('Issue', 'cases', { ...given, required: true }),
    kind: choice('What', eventKinds, { ...given, required: true }),
    /** When it happened, as a person says, and when this device wrote it down (L12). */
    at: field('instant', 'When', { ...given, required: true }),
    recorded_at: field('instant', 'Recorded', { ...given, required: true }),
    person_id: link('By', 'people', given),
    note: field('note', 'Text', given),
    reason: field('text', 'Reason', given),
    channel: choice('Channel', channels, given),
    waiting_on: choice('Waits on', waitsOn, given),
    resume_on: field('date', 'Resumes', given),
    version_id: link('Terms', 'sla_versions', given),
    clock: choice('Clock', clockNames, given),
    due_at: field('instant', 'Due', given),
    event_id: link('Corrects', 'case_events', given),
    happened_at: field('instant', 'Happened', given),
    step: choice('Step', complaintSteps, given),
    to_person_id: link('To', 'people', given),
  },
});
