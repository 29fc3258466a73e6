/**
 * What issuing an invoice brings with it: its day, the day it is due, and what was billed noted on the lines of its order
 * (F1).
 */
import { dueDay } from '../../../../shared/domain/credit/terms.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { agreedFx } from '../money/fx.ts';
import { lineEvents } from '../fulfilment/fulfilment.ts';
import { moveOf, typedState } from './states.ts';
import { fill, type Settled, type Work, type Write } from './work.ts';

const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

type Billed = { readonly line: unknown; readonly qty: unknown };

/** Events on the schedule lines of an order line, for a quantity that was billed or credited of it. */
export const billingEvents = (
  kind: 'invoiced' | 'credited',
  { line, qty }: Billed,
  about: { readonly on: string; readonly source: string | null },
  { read, ids }: { readonly read: Reader; readonly ids: () => string },
): readonly StorePatch[] => {
  if (typeof line !== 'string' || typeof qty !== 'number' || qty === 0) return [];
  return lineEvents({ kind, line, qty: BigInt(qty), by: 'us', reason: null, ...about }, { read, ids });
};

/** A move of an invoice with all it brings. */
export const invoiceMove = (id: string, to: string, why: string | null, { read, deps }: Work): readonly StorePatch[] => {
  const invoice = read.get('invoices', id);
  if (to !== 'issued' || invoice === undefined) return [moveOf('invoices', id, to, why)];
  const day = companyToday(read, deps.env);
  const due = textOf(invoice['due_on']) ?? dueDay(textOf(invoice['terms']), day);
  const events = read
    .children('invoice_lines', id)
    .flatMap(({ order_line_id: line, qty }) =>
      billingEvents('invoiced', { line, qty }, { on: day, source: null }, { read, ids: deps.env.ids }),
    );
  // Taken where it is written: what may not be issued takes none.
  const legal = deps.legal.refusal('invoices') === null ? deps.legal.next('invoices') : null;
  const dated = { issued_on: day, due_on: due, ...(invoice['ready_on'] === null ? {} : { ready_on: null }) };
  return [
    { kind: 'update', table: 'invoices', id, values: legal === null ? dated : { ...dated, legal_number: legal } },
    ...agreedFx('invoices', id, day, read),
    moveOf('invoices', id, to, why),
    // After the move, which is judged by what was billed before it.
    ...events,
  ];
};

/** A credit note counts where it is made; its legal number it gets at once on the device that gives them, else it waits for it. */
export const newCreditNote = (values: Settled, { read, deps }: Work): Settled => {
  if (deps.legal.refusal('credit_notes') !== null) return fill(values, { ready_on: companyToday(read, deps.env) });
  const legal = deps.legal.next('credit_notes');
  return legal === null ? values : fill(values, { legal_number: legal });
};

/** A status typed in a cell runs its moves. */
export const updateBill = (
  table: 'invoices' | 'disputes',
  patch: Write,
  before: StoredRow | undefined,
  values: Settled,
  work: Work,
): readonly StorePatch[] => {
  const { status, ...own } = values;
  const withMove = (to: string): readonly StorePatch[] =>
    table === 'invoices' ? invoiceMove(patch.id, to, null, work) : [moveOf(table, patch.id, to, null)];
  return [
    ...(Object.keys(own).length > 0 ? [{ ...patch, values: own }] : []),
    ...(status === undefined ? [] : typedState(table, patch, before, status, work, withMove)),
  ];
};
