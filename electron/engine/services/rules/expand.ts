/**
 * What a change brings with it: defaults of a new document, a new line's place, price and promise, the number of a
 * document that leaves draft. Text is read here, where the row around the cell is known.
 */
import { documentOfLines, isStatedTable } from '../../../../shared/model/documents.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { StorePatch } from '../../store/api.ts';
import { caseMove, newCase, updateCase } from './cases.ts';
import { bookingMove, newBooking, updateBooking } from './bookings.ts';
import { claimMove, newClaim, updateClaim } from './claims.ts';
import { invoiceMove, newCreditNote, updateBill } from './invoices.ts';
import { newDocument, pricesBeside } from './lines.ts';
import { newOrderChange } from './amended.ts';
import { newOrderLine, orderMove, updateOrder, updateOrderLine } from './orders.ts';
import { newQuote, newQuoteLine, quoteMove, updateQuote, updateQuoteLine } from './quotes.ts';
import { newHold } from './reopened.ts';
import { newReturn, returnMove, updateReturn } from './returns.ts';
import { numberFor } from './states.ts';
import { newCommitment, newTask, nextContact, taskMove, updateTask } from './tasks.ts';
import { fill, settleValues, type Settled, type Work, type Write } from './work.ts';

const newActivity = (values: Settled, { read, change, deps }: Work): Settled =>
  fill(values, { at: deps.env.clock(), person_id: read.get('people', change.actor) ? change.actor : undefined });

/** What a person or a command makes; a file's rows come with what they need, but for their lines. */
const expandInsert = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  if (patch.table === 'order_lines') return newOrderLine(patch, values, work);
  if (patch.table === 'order_changes') return newOrderChange(patch, values, work);
  if (patch.table === 'order_holds') return newHold(patch, values, work);
  if (patch.table === 'quote_lines') return newQuoteLine(patch, values, work);
  if (patch.table === 'bookings') return [{ ...patch, values: newBooking(values, work) }];
  if (work.change.source === 'import') return [{ ...patch, values }];
  if (patch.table === 'orders') return [{ ...patch, values: newDocument('orders', 'ordered_on', values, work) }];
  if (patch.table === 'quotes') return [{ ...patch, values: newQuote(values, work) }];
  if (patch.table === 'cases') return newCase(patch, values, work);
  if (patch.table === 'claims') return [{ ...patch, values: newClaim(values, work) }];
  if (patch.table === 'returns') return [{ ...patch, values: newReturn(values, work) }];
  if (patch.table === 'credit_notes') return [{ ...patch, values: newCreditNote(values, work) }];
  if (patch.table === 'activities') {
    const activity = newActivity(values, work);
    return [{ ...patch, values: activity }, ...nextContact(activity, work)];
  }
  if (patch.table === 'tasks') return newTask(patch, values, work);
  if (patch.table === 'commitments') return newCommitment(patch, values, work);
  return [{ ...patch, values }];
};

const expandUpdate = (patch: Write, values: Settled, work: Work): readonly StorePatch[] => {
  const before = work.read.get(patch.table, patch.id);
  if (patch.table === 'order_lines') return updateOrderLine(patch, before, values, work);
  if (patch.table === 'orders') return updateOrder(patch, before, values, work);
  if (patch.table === 'quote_lines') return updateQuoteLine(patch, before, values, work);
  if (patch.table === 'quotes') return updateQuote(patch, before, values, work);
  if (patch.table === 'cases') return updateCase(patch, before, values, work);
  if (patch.table === 'invoices' || patch.table === 'disputes') return updateBill(patch.table, patch, before, values, work);
  if (patch.table === 'tasks' || patch.table === 'commitments') return updateTask(patch.table, patch, before, values, work);
  if (patch.table === 'claims') return updateClaim(patch, before, values, work);
  if (patch.table === 'returns') return updateReturn(patch, before, values, work);
  if (patch.table === 'bookings') return updateBooking(patch, before, values, work);
  return [{ ...patch, values }];
};

/** Moves that bring more with them than the state. */
const moves: Partial<Record<TableName, typeof quoteMove>> = {
  orders: orderMove,
  quotes: quoteMove,
  invoices: invoiceMove,
  cases: caseMove,
  tasks: (...move) => taskMove('tasks', ...move),
  commitments: (...move) => taskMove('commitments', ...move),
  bookings: bookingMove,
  claims: claimMove,
  returns: returnMove,
};

const expandMove = (
  patch: Extract<StorePatch, { readonly kind: 'transition' }> & { readonly table: TableName },
  work: Work,
): readonly StorePatch[] => {
  if (!isStatedTable(patch.table) || work.change.source === 'import') return [patch];
  const before = work.read.get(patch.table, patch.id);
  const number = numberFor(patch.table, patch.id, before, patch.to, work.deps);
  const withRest = moves[patch.table];
  return [...number, ...(withRest === undefined ? [patch] : withRest(patch.id, patch.to, patch.why, work))];
};

const expandOne = (patch: StorePatch & { readonly table: TableName }, work: Work): readonly StorePatch[] => {
  if (patch.kind === 'transition') return expandMove(patch, work);
  if (!('values' in patch)) return [patch];
  const before = patch.kind === 'update' ? work.read.get(patch.table, patch.id) : undefined;
  const values = settleValues(patch.table, before, patch.values, work);
  return patch.kind === 'insert' ? expandInsert(patch, values, work) : expandUpdate(patch, values, work);
};

/** A patch and what it brings with it, in the order they are written. */
export const expandPatch = (patch: StorePatch & { readonly table: TableName }, work: Work): readonly StorePatch[] => {
  const made = expandOne(patch, work);
  const document = documentOfLines(patch.table);
  return document === undefined ? made : [...made, ...pricesBeside(document, patch.id, made, work)];
};
