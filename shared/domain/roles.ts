/**
 * Who may do what. Asked by the command layer before every command; it restricts honest people on their own device
 * and is no wall: what a device holds, its owner can read.
 */

export const roles = [
  { key: 'owner', label: 'Owner' },
  { key: 'manager', label: 'Manager' },
  { key: 'member', label: 'Member' },
  { key: 'viewer', label: 'Viewer' },
] as const;

export type Role = (typeof roles)[number]['key'];

export const isRole = (text: unknown): text is Role => roles.some(({ key }) => key === text);

/** A file that is not shared belongs to the person in front of it. */
export const STANDALONE: Role = 'owner';

type Actor = { readonly role: Role };

/** Commands that change no shared data. */
const HARMLESS: readonly string[] = [
  'local.set',
  'local.told',
  'app.flush',
  'export.view',
  'export.status',
  'orders.document',
  'quotes.document',
  'invoices.document',
  'credit_notes.document',
  'accounts.brief_document',
  'attachments.save',
  'import.stage',
  'import.check',
  'import.rows',
  'import.raw',
  'import.rest',
  'sync.round',
  'sync.now',
  'sync.seen',
];
/** Commands that change the workbench for everyone. */
const FOR_OWNERS: readonly string[] = [
  'app.company',
  'app.setCredit',
  'app.setTax',
  'app.setCharges',
  'app.setReturns',
  'numbers.set',
  'sample.make',
  'backup.make',
  'sync.join',
  'hub.init',
  'hub.member',
  'hub.devices',
  'hub.enrol',
  'hub.revoke',
  'hub.compact',
];
/** Commands over many records at once, and what cannot be taken back. */
const FOR_MANAGERS: readonly string[] = [
  'import.run',
  'import.keep',
  'cases.recalculate',
  'sla.start',
  'records.erase',
  'sync.move',
];

/** Whether an actor may run a command, by the name of its method. Queries are not asked for. */
export const can = ({ role }: Actor, command: string): boolean => {
  if (role === 'owner' || HARMLESS.includes(command)) return true;
  if (role === 'viewer' || FOR_OWNERS.includes(command)) return false;
  return role === 'manager' || !FOR_MANAGERS.includes(command);
};
