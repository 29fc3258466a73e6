/** Billing queries (K3): what a customer disputes of an invoice, who sees to it, and how it ended. */
import { disputeReasons } from '../domain/credit/disputes.ts';
import { choice, computed, field, link, state } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

export const disputes = table({
  name: 'disputes',
  one: 'Billing query',
  many: 'Billing queries',
  scope: 'account',
  owner: 'invoice_id',
  code: 'number',
  title: 'number',
  series: 'D',
  shown: true,
  fields: {
    number: field('text', 'No.', { ...given, search: 'code', keyed: true, width: 120, aliases: ['query no', 'dispute no'] }),
    invoice_id: link('Invoice', 'invoices', { ...given, required: true, width: 120 }),
    invoice_line_id: link('Invoice line', 'invoice_lines', { ...given, hidden: true, width: 160 }),
    account_id: link('Account', 'accounts', { ...given, required: true, width: 180 }),
    status: state('Status', 'dispute', { width: 112 }),
    reason: choice('Reason', disputeReasons, { ...given, width: 100 }),
    amount: field('money', 'Disputed', { ...given, width: 110 }),
    opened_on: field('date', 'Opened', { ...given, width: 96 }),
    age_days: computed('Age, days', 'integer', { width: 84, help: 'Since it was opened, up to when it was closed.' }),
    due_on: field('date', 'Due', { width: 96 }),
    processor_id: link('Works on it', 'people', { required: true, width: 130 }),
    coordinator_id: link('Coordinates', 'people', { required: true, width: 130 }),
    responsible_id: link('Responsible', 'people', { required: true, width: 130 }),
    contact_id: link('Contact', 'contacts', { hidden: true, width: 140 }),
    description: field('note', 'What they say', { width: 200, search: 'words' }),
    answer: field('note', 'Our answer', { ...given, width: 200, search: 'words' }),
    answered_on: field('date', 'Answered', { ...given, hidden: true, width: 96 }),
    root_cause: field('text', 'Root cause', { width: 160 }),
    outcome: choice(
      'Outcome',
      [
        { key: 'rejected', label: 'Rejected' },
        { key: 'credit', label: 'Credited' },
        { key: 'rebill', label: 'Billed anew' },
      ],
      { ...given, width: 100 },
    ),
    credit_note_id: link('Credit note', 'credit_notes', { ...given, width: 120 }),
    closed_on: field('date', 'Closed', { ...given, hidden: true, width: 96 }),
  },
});
