/**
 * Why a change may not be made at all. Only what would break a promise to a customer is refused; everything else is
 * kept and marked. Files and undo are not asked: they bring what happened elsewhere, or back what was.
 */
import { isFrozen } from '../../../../shared/domain/lifecycle.ts';
import { isAgreed, isNeverAgreed, sayFrozen } from '../../../../shared/model/agreed.ts';
import { isPaperTable, isStatedTable, paperOfLines, papers, type PaperTable } from '../../../../shared/model/documents.ts';
import { fieldOf, tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { Change, Reader, StorePatch, StoredRow } from '../../store/api.ts';
import type { Legal } from '../company/issuing.ts';
import { refuseBooked } from './booking-guards.ts';
import { refuseFiled } from './claim-guards.ts';
import { guardMove, moverOf } from './guards.ts';
import { isDiscountOver } from './header-discount.ts';
import { refuseLaterDue } from './due-days.ts';
import { documentOf } from './lines.ts';
import { refuseRights } from './right-guards.ts';
import { refuseReturned } from './return-guards.ts';
import { refuseUnlikelyDay } from './still-to-come.ts';

type Patch = StorePatch & { readonly table: TableName };

const isUnasked = ({ source }: Change): boolean => source === 'import' || source === 'undo' || source === 'merge';

export const isFixed = (table: PaperTable, document: StoredRow | undefined): document is StoredRow =>
  document !== undefined && isFrozen(papers[table].lifecycle, String(document['status']));

/** @param part what of it was to be changed */
const refuseFrozen = (table: PaperTable, document: StoredRow, part: Parameters<typeof sayFrozen>[2]): string =>
  `${sayFrozen(table, document, part)} Nothing was changed.`;

/** The line of an order that a patch of one of its schedule lines is about. */
const scheduledLine = (patch: Patch, before: StoredRow | undefined, read: Reader): StoredRow | undefined => {
  const line = patch.kind === 'insert' ? patch.values['line_id'] : before?.['line_id'];
  return typeof line === 'string' ? read.get('order_lines', line) : undefined;
};

/** What is to go out of a line follows its quantity, once that is typed over text that nobody could read. */
const followsLine = (patch: Patch, before: StoredRow | undefined, read: Reader): boolean =>
  patch.kind === 'update' &&
  before?.['qty'] === null &&
  patch.values['qty'] === scheduledLine(patch, before, read)?.['qty'] &&
  Object.keys(patch.values).length === 1;

/** The document a patch is about, and whether it is one of its lines. */
const placeOf = (patch: Patch, before: StoredRow | undefined, read: Reader) => {
  if (patch.kind === 'transition') return null;
  if (patch.table === 'schedule_lines')
    return { table: 'orders', document: documentOf('orders', scheduledLine(patch, before, read), read), isLine: true } as const;
  const ofLine = paperOfLines(patch.table);
  const table = ofLine ?? (isPaperTable(patch.table) ? patch.table : undefined);
  if (table === undefined) return null;
  const line = patch.kind === 'insert' ? patch.values : before;
  const document = ofLine !== undefined ? documentOf(table, line, read) : patch.kind === 'insert' ? undefined : before;
  return { table, document, isLine: ofLine !== undefined };
};

/** What an amendment changes of the whole. */
const OF_WHOLE: readonly string[] = ['header_discount', 'header_percent', 'freight', 'terms'];
const isOfWhole = (patch: Patch): boolean =>
  patch.kind === 'update' && Object.keys(patch.values).every((name) => OF_WHOLE.includes(name));

/** Whether what stands in a cell was never agreed on. */
const isOpen = ({ table, id }: Patch, name: string, read: Reader): boolean =>
  read.issues(table, id).some((one) => one.field === name && isNeverAgreed(one));

const refuseAgreed = (
  patch: Patch,
  before: StoredRow | undefined,
  { amends, isCommand }: Change,
  read: Reader,
): string | null => {
  // A line is split, closed or replaced by commands that keep to what was agreed.
  if (patch.table === 'schedule_lines' && (isCommand === true || followsLine(patch, before, read))) return null;
  const place = placeOf(patch, before, read);
  if (place === null || !isFixed(place.table, place.document)) return null;
  const { table, document, isLine } = place;
  if (table === 'orders' && document.id === amends?.order && (isLine || isOfWhole(patch))) return null;
  if (patch.kind === 'update') {
    const isChanged = Object.entries(patch.values).some(
      ([name, value]) => isAgreed(patch.table, name) && value !== before?.[name] && !isOpen(patch, name, read),
    );
    return isChanged ? refuseFrozen(table, document, isLine ? 'lines' : 'head') : null;
  }
  if (isLine) return refuseFrozen(table, document, { what: 'its lines' });
  return patch.kind === 'delete' ? refuseFrozen(table, document, { what: 'its contents' }) : null;
};

/** A day that was promised is moved with its reason, and the first promise kept beside it (O5); a first one is just given. */
const refuseMovedPromise = (
  patch: Patch,
  before: StoredRow | undefined,
  { amends, isCommand }: Change,
  read: Reader,
): string | null => {
  const promised = patch.kind === 'update' ? patch.values['promised'] : undefined;
  const was = before?.['promised'] ?? null;
  if (promised === undefined || was === null || promised === was || amends !== undefined || isCommand === true) return null;
  return isFixed('orders', placeOf(patch, before, read)?.document)
    ? 'A promised day is moved with its reason: amend the order, so that the first promise stays beside it. Nothing was changed.'
    : null;
};

/** Fields that only commands or files write. A row's place among its neighbours is set by putting it there. */
const refuseByHand = (patch: Patch, before: StoredRow | undefined, typed: readonly string[] | null): string | null => {
  if (patch.kind !== 'insert' && patch.kind !== 'update') return null;
  for (const [name, value] of Object.entries(patch.values)) {
    if (typed?.includes(name) === false) continue;
    const field = fieldOf(patch.table, name);
    const isPlace = name === 'position';
    // Emptied is changed too: what was given is not taken away by hand.
    if (field?.entry !== undefined && !isPlace && value !== (before?.[name] ?? null)) {
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
  fulfilments: 'What went out, came or was accepted is recorded on its order.',
  tracking_events: 'What happened is recorded on the booking.',
  tenders: 'A tender is made on its booking.',
  claim_evidence: 'Evidence is added on its claim.',
  attachments: 'A file is attached on the page of its record.',
  attachment_contents: 'A file is attached on the page of its record.',
  returns: 'A return is asked for on its order.',
};
/** What was given to a customer, or was theirs: ended, but never taken away. */
const KEPT: Partial<Record<TableName, string>> = {
  credit_notes: 'A credit note that was given stays.',
  credit_lines: 'A credit note that was given stays.',
  tracking_events: 'What happened stays on record: correct it with another event.',
  tenders: 'A tender stays on record.',
  order_holds: 'A hold stays on record: release it, with the reason.',
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

/** What is left of an order after an amendment still holds the amount that is taken off the whole (M5, O5). */
const refuseAmended = (patch: Patch, read: Reader): string | null => {
  const id = patch.table === 'order_changes' && patch.kind === 'insert' ? patch.values['order_id'] : null;
  const order = typeof id === 'string' ? read.get('orders', id) : undefined;
  return order !== undefined && isDiscountOver('orders', order, read)
    ? 'The discount of the whole order would be more than its lines come to. Nothing was changed.'
    : null;
};

type Asked = {
  readonly change: Change;
  readonly read: Reader;
  readonly today: () => string;
  readonly now: () => number;
  readonly locale: string;
  readonly legal: Pick<Legal, 'refusal'>;
  /** The fields somebody wrote, where the rules added others; null = all of them. */
  readonly typed: readonly string[] | null;
};

/** Why a patch may not be made, in plain words, or null. */
export const refusePatch = (
  patch: Patch,
  before: StoredRow | undefined,
  { change, read, today, now, locale, typed, legal }: Asked,
): string | null => {
  if (isUnasked(change)) return null;
  const byHand = change.isCommand === true ? null : (refuseKept(patch) ?? refuseByHand(patch, before, typed));
  const move =
    patch.kind === 'transition' && isStatedTable(patch.table)
      ? guardMove(patch.table, before, patch.to, { read, today, now, locale, legal, ...moverOf(change), why: patch.why })
      : null;
  const booked =
    patch.table === 'bookings' && change.isCommand !== true ? refuseBooked(patch, before, { read, today, now }) : null;
  const filed = patch.table === 'claims' && change.isCommand !== true ? refuseFiled(patch, before) : null;
  const settled = patch.table === 'returns' && change.isCommand !== true ? refuseReturned(patch, before) : null;
  const kept =
    byHand ??
    refuseMovedPromise(patch, before, change, read) ??
    refuseMade(patch, change) ??
    refuseRights(patch, before, change.actor, read) ??
    refuseAgreed(patch, before, change, read) ??
    (change.isCommand === true ? null : refuseLaterDue(patch, before, today));
  const unlikely = refuseUnlikelyDay(patch, before, { read, today: today() });
  return booked ?? filed ?? settled ?? kept ?? refuseAmended(patch, read) ?? unlikely ?? move;
};
