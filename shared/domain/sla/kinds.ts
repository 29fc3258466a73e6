/** The words of issues: what they are about, how bad, what happens to them, why they came (L1, L10, C21). */
import type { CaseEvent } from './types.ts';

export const caseKinds = [
  { key: 'question', label: 'Question', aliases: ['inquiry', 'request', 'how to'] },
  { key: 'complaint', label: 'Complaint' },
  { key: 'service_failure', label: 'Service failure', aliases: ['problem', 'incident', 'service', 'failure'] },
  { key: 'claim', label: 'Claim' },
  { key: 'billing_query', label: 'Billing query', aliases: ['billing', 'billing inquiry', 'invoice'] },
  { key: 'return', label: 'Return', aliases: ['rma'] },
  { key: 'change_request', label: 'Change request', aliases: ['change', 'feature request'] },
] as const;

export const severities = [
  { key: 'sev1', label: '1', aliases: ['p1', 'critical', 'urgent'] },
  { key: 'sev2', label: '2', aliases: ['p2', 'high'] },
  { key: 'sev3', label: '3', aliases: ['p3', 'medium', 'normal'] },
  { key: 'sev4', label: '4', aliases: ['p4', 'low'] },
] as const;

/** Coded, so that corrective actions can be counted by cause. */
export const rootCauses = [
  { key: 'order_entry', label: 'Order entered wrong' },
  { key: 'picking', label: 'Picked or packed wrong' },
  { key: 'carrier', label: 'Carrier' },
  { key: 'product', label: 'Product fault' },
  { key: 'supplier', label: 'Supplier' },
  { key: 'price_data', label: 'Price or master data' },
  { key: 'process', label: 'Our process' },
  { key: 'customer', label: 'On the customer’s side' },
  { key: 'none', label: 'No fault found' },
] as const;

export const waitsOn = [
  { key: 'customer', label: 'Customer' },
  { key: 'third_party', label: 'Others', aliases: ['third party', 'carrier', 'supplier'] },
] as const;

export const channels = [
  { key: 'mail', label: 'Mail', aliases: ['email', 'e-mail'] },
  { key: 'phone', label: 'Phone' },
  { key: 'portal', label: 'Portal', aliases: ['web'] },
  { key: 'visit', label: 'Visit' },
  { key: 'automatic', label: 'Automatic' },
] as const;

/** What can happen to an issue. The engine counts all but the last four, which are for people. */
export const eventKinds = [
  { key: 'opened', label: 'Opened' },
  { key: 'acknowledged', label: 'Acknowledged' },
  { key: 'answered', label: 'We told the customer' },
  { key: 'customer', label: 'Customer came back' },
  { key: 'paused', label: 'Paused' },
  { key: 'resumed', label: 'Resumed' },
  { key: 'resolved', label: 'Resolved' },
  { key: 'reopened', label: 'Reopened' },
  { key: 'merged', label: 'Merged' },
  { key: 'retargeted', label: 'Targets set anew' },
  { key: 'due_set', label: 'Due time set by hand' },
  { key: 'corrected', label: 'Time corrected' },
  { key: 'note', label: 'Note' },
  { key: 'assigned', label: 'Assigned' },
  { key: 'escalated', label: 'Escalated' },
  { key: 'step', label: 'Complaint step' },
  { key: 'closed', label: 'Closed' },
] as const satisfies readonly {
  readonly key: CaseEvent['kind'] | 'assigned' | 'escalated' | 'step' | 'closed';
  readonly label: string;
}[];

export const clockNames = [
  { key: 'acknowledge', label: 'Acknowledge' },
  { key: 'respond', label: 'First response' },
  { key: 'update', label: 'Next update' },
  { key: 'resolve', label: 'Resolve' },
] as const;

export const reopenModes = [
  { key: 'continue', label: 'Goes on; the time it was resolved is a pause' },
  { key: 'stay_met', label: 'Met stays met' },
  { key: 'from_start', label: 'Counts from the start' },
] as const;

export const dutyRoles = [
  { key: 'owner', label: 'Owner' },
  { key: 'lead', label: 'Lead' },
  { key: 'manager', label: 'Manager' },
] as const;
