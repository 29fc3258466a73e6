/**
 * Who has to agree before a quote goes out (RULES 3.3), and what went out (Q6). A request and each answer is a row that is
 * never changed, bound to the content it was of by that content's hash; what was sent is kept as it was.
 */
import { approvalRights } from '../domain/approval/limits.ts';
import { roles } from '../domain/roles.ts';
import { choice, field, link } from './field.ts';
import { sentBy } from './quotes.ts';
import { table } from './table.ts';

const fraction = { width: 92, min: 0, max: 1_000_000 } as const;
const days = { width: 84, min: 0 } as const;
const kept = { entry: 'command', hidden: true } as const;

export const approval_limits = table({
  name: 'approval_limits',
  one: 'Limit',
  many: 'Limits',
  scope: 'shared',
  title: 'person_id',
  shown: true,
  fields: {
    person_id: link('Person', 'people', { width: 180, help: 'Without a person: for everyone of the role, or for everyone.' }),
    role: choice('Role', roles, { width: 92 }),
    approves: choice('Approves', approvalRights, { width: 120 }),
    floor: field('percent', 'Floor %', { ...fraction, help: 'A margin below it needs approver 1.' }),
    hard_floor: field('percent', 'Hard floor %', { ...fraction, help: 'A margin below it needs approver 2, and a reason.' }),
    own_discount: field('percent', 'Own disc %', { ...fraction, help: 'A discount above it needs approver 1.' }),
    cost_days: field('integer', 'Cost, days', { ...days, help: 'A cost that is older counts as below the floor.' }),
    term_days: field('integer', 'Terms, days', { ...days, help: 'A longer time to pay needs approver 1.' }),
    valid_days: field('integer', 'Valid, days', { ...days, help: 'How long a quote is valid; longer needs approver 1.' }),
    notes: field('note', 'Notes', { hidden: true, width: 200 }),
  },
});

export const approvals = table({
  name: 'approvals',
  one: 'Approval',
  many: 'Approvals',
  scope: 'account',
  owner: 'quote_id',
  title: 'kind',
  insertOnly: true,
  fields: {
    quote_id: link('Quote', 'quotes', { ...kept, required: true }),
    kind: choice(
      'What',
      [
        { key: 'ask', label: 'Asked' },
        { key: 'approve', label: 'Approved' },
        { key: 'decline', label: 'Declined' },
        { key: 'recall', label: 'Asked back' },
      ],
      { ...kept, required: true },
    ),
    /** Of a decision. */
    level: field('integer', 'Step', kept),
    /** SHA-256 of the commercial content. */
    hash: field('text', 'Content', { ...kept, required: true }),
    /** A person's id, else who the log says it was. */
    actor: field('text', 'By', kept),
    note: field('note', 'Note', kept),
    at: field('instant', 'At', kept),
    device: field('text', 'Device', kept),
  },
});

export const sent_quotes = table({
  name: 'sent_quotes',
  one: 'Sent quote',
  many: 'Sent quotes',
  scope: 'account',
  owner: 'quote_id',
  title: 'number',
  insertOnly: true,
  fields: {
    quote_id: link('Quote', 'quotes', { ...kept, required: true }),
    number: field('text', 'No.', kept),
    revision: field('integer', 'Rev', kept),
    recipient: field('text', 'Sent to', kept),
    channel: choice('Sent by', sentBy, kept),
    actor: field('text', 'By', kept),
    at: field('instant', 'At', kept),
    /** Canonical JSON of everything that was offered. */
    snapshot: field('note', 'Snapshot', kept),
    snapshot_hash: field('text', 'SHA-256 of the snapshot', kept),
    /** Base64. */
    pdf: field('note', 'PDF', kept),
    pdf_hash: field('text', 'SHA-256 of the PDF', kept),
    pages: field('integer', 'Pages', kept),
  },
});
