/**
 * Why a change may not be made at all. Only what would break a promise to a customer is refused; everything else is
 * kept and marked. Files and undo are not asked: they bring what happened elsewhere, or back what was.
 */
import { OFFERED } from '../../../../shared/domain/quote/offered.ts';
import { isFrozen, stateOf } from '../../../../shared/domain/lifecycle.ts';
import { isPaperTable, isStatedTable, paperOfLines, papers, type PaperTable } from '../../../../shared/model/documents.ts';
import { fieldOf, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Change, Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { guardMove, moverOf } from './guards.ts';
import { documentOf } from './lines.ts';

type Patch = StorePatch & { readonly table: TableName };

/** What was agreed: not to be changed once an order is confirmed (O5) or a quote was sent (Q6). */
const AGREED: Partial<Record<TableName, readonly string[]>> = {
  ...OFFERED,
  orders: ['account_id', 'currency', 'rounding', 'tax_policy'],
  invoices: [
    'account_id',
    'currency',
    'order_id',
    'issued_on',
    'due_on',
    'freight',
    'tax',
    'tax_policy',
    'terms',
    'po_ref',
    'number',
  ],
  invoice_lines: [
    'invoice_id',
    'product_id',
    'qty',
    'uom',
    'price',
    'discount',
    'amount',
    'tax_code',
    'description',
    'order_line_id',
  ],
  order_lines: ['qty', 'price', 'discount', 'product_id', 'uom', 'order_id', 'tax_code'],
};

const isUnasked = ({ source }: Change): boolean => source === 'import' || source === 'undo' || source === 'merge';

const isFixed = (table: PaperTable, document: StoredRow | undefined): document is StoredRow =>
  document !== undefined && isFrozen(papers[table].lifecycle, String(document['status']));

const WAYS_OUT: Readonly<Record<PaperTable, (state: string) => string>> = {
  orders: (state) =>
    state === 'confirmed'
      ? 'Amend it, so that both stay on record.'
      : 'Duplicate it to order again, or undo the step that ended it.',
  quotes: (state) => (state === 'sent' ? 'Revise it to offer something else.' : 'Duplicate it to quote again.'),
  invoices: (state) => (state === 'issued' ? 'Credit what is wrong.' : 'Bill the order again.'),
};

const WHAT = {
  lines: { orders: 'its quantities, prices and products', quotes: 'its lines', invoices: 'its lines' },
  head: {
    orders: 'its account, currency and rounding',
    quotes: 'its account, days and terms',
    invoices: 'its account, days and terms',
  },
} as const;

const sayFrozen = (table: PaperTable, document: StoredRow, what: string): string => {
  const { one } = tableOf(table);
  const state = String(document['status']);
  const label = stateOf(papers[table].lifecycle, state)?.label.toLowerCase() ?? '';
  const name = document['number'] === null ? `This ${one.toLowerCase()}` : `${one} ${document['number']}`;
  return `${name} is ${label}: ${what} no longer change here. Nothing was changed. ${WAYS_OUT[table](state)}`;
};

/** The document a patch is about, and whether it is one of its lines. */
const placeOf = (patch: Patch, before: StoredRow | undefined, read: Reader) => {
  if (patch.kind === 'transition') return null;
  const ofLine = paperOfLines(patch.table);
  const table = ofLine ?? (isPaperTable(patch.table) ? patch.table : undefined);
  if (table === undefined) return null;
  const line = patch.kind === 'insert' ? patch.values : before;
  const document = ofLine !== undefined ? documentOf(table, line, read) : patch.kind === 'insert' ? undefined : before;
  return { table, document, isLine: ofLine !== undefined };
};

const refuseAgreed = (patch: Patch, before: StoredRow | undefined, { amends }: Change, read: Reader): string | null => {
  const place = placeOf(patch, before, read);
  if (place === null || !isFixed(place.table, place.document)) return null;
  const { table, document, isLine } = place;
  if (isLine && table === 'orders' && document.id === amends) return null;
  if (patch.kind === 'update') {
    const agreed = AGREED[patch.table] ?? [];
    const field = agreed.find((name) => Object.hasOwn(patch.values, name) && patch.values[name] !== before?.[name]);
    return field === undefined ? null : sayFrozen(table, document, WHAT[isLine ? 'lines' : 'head'][table]);
  }
  if (isLine) return sayFrozen(table, document, 'its lines');
  return patch.kind === 'delete' ? sayFrozen(table, document, 'its contents') : null;
};

/** Fields that only commands or files write. A row's place among its neighbours is set by putting it there. */
const refuseByHand = (patch: Patch, before: StoredRow | undefined, typed: readonly string[] | null): string | null => {
  if (patch.kind !== 'insert' && patch.kind !== 'update') return null;
  for (const [name, value] of Object.entries(patch.values)) {
    if (typed?.includes(name) === false) continue;
    const field = fieldOf(patch.table, name);
    const isPlace = name === 'position';
    if (field?.entry !== undefined && !isPlace && value !== null && value !== before?.[name]) {
      return `${field.label} is not typed: ${field.entry === 'import' ? 'it comes with imported data' : 'the workbench gives it'}.`;
    }
  }
  return null;
};

/** What is made by a command and by nothing else, and what to do instead of writing it. */
const MADE: Partial<Record<TableName, string>> = {
  invoices: 'An invoice is made of what was delivered: bill its order.',
  invoice_lines: 'The lines of an invoice come from its order: bill it.',
  credit_notes: 'A credit note is made from its invoice: credit it there.',
  credit_lines: 'A credit note is made from its invoice: credit it there.',
  payments: 'A payment is recorded on the account or the invoice it is for.',
  disputes: 'A query is opened on its invoice.',
};
/** What was given to a customer, or was theirs: ended, but never taken away. */
const KEPT: Partial<Record<TableName, string>> = {
  credit_notes: 'A credit note that was given stays.',
  credit_lines: 'A credit note that was given stays.',
  disputes: 'A query stays in the history of its invoice: close it.',
  case_events: 'What happened stays: correct its time, or add a note.',
  sla_versions: 'What was agreed stays: change the policy.',
};

const refuseMade = (patch: Patch, { isCommand }: Change): string | null => {
  if (patch.kind === 'insert' && isCommand !== true) return MADE[patch.table] ?? null;
  return patch.kind === 'delete' ? (KEPT[patch.table] ?? null) : null;
};

/** What was decided and what was sent stays; it goes with its quote only. */
const refuseKept = (patch: Patch): string | null =>
  patch.table === 'approvals' || patch.table === 'sent_quotes'
    ? `${tableOf(patch.table).many} are not changed by hand: the workbench keeps them.`
    : null;

type Asked = {
  readonly change: Change;
  readonly read: Reader;
  readonly today: () => string;
  /** The fields somebody wrote, where the rules added others; null = all of them. */
  readonly typed: readonly string[] | null;
};

/** Why a patch may not be made, in plain words, or null. */
export const refusePatch = (
  patch: Patch,
  before: StoredRow | undefined,
  { change, read, today, typed }: Asked,
): string | null => {
  if (isUnasked(change)) return null;
  const byHand = change.isCommand === true ? null : (refuseKept(patch) ?? refuseByHand(patch, before, typed));
  const move =
    patch.kind === 'transition' && isStatedTable(patch.table)
      ? guardMove(patch.table, before, patch.to, { read, today, ...moverOf(change), why: patch.why })
      : null;
  return byHand ?? refuseMade(patch, change) ?? refuseAgreed(patch, before, change, read) ?? move;
};

/** Credit notes as such, and what was billed and credited of an order: they go with a paper that left the house. */
const isBilling = (table: TableName, { kind }: StoredRow): boolean =>
  table === 'credit_notes' ||
  table === 'credit_lines' ||
  (table === 'fulfilments' && (kind === 'invoiced' || kind === 'credited'));

/**
 * What was sent is the customer's: not even undo changes it, as sending itself is never taken back.
 * @param field null = the row as such
 */
export const isBeyondUndo = (table: TableName, row: StoredRow, field: string | null, read: Reader): boolean => {
  if (table === 'sent_quotes') return true;
  if (table === 'approvals') {
    const { quote_id: quote } = row;
    return typeof quote === 'string' && isFixed('quotes', read.get('quotes', quote));
  }
  if (isBilling(table, row)) return true;
  const ofInvoice =
    table === 'invoices' || table === 'invoice_lines'
      ? documentOf('invoices', { ...row, invoice_id: row['invoice_id'] ?? row.id }, read)
      : undefined;
  if (isFixed('invoices', ofInvoice) && ofInvoice['status'] === 'issued')
    return field === null || AGREED[table]?.includes(field) === true;
  if (table !== 'quotes' && table !== 'quote_lines') return false;
  const quote = table === 'quotes' ? row : documentOf('quotes', row, read);
  if (!isFixed('quotes', quote) || quote['sent_on'] === null) return false;
  return field === null || AGREED[table]?.includes(field) === true || fieldOf(table, field)?.entry === 'command';
};
