/**
 * What issuing an invoice brings with it: its day, the day it is due, and what was billed noted on the lines of its order
 * (F1).
 */
import { dueDay } from '../../../../shared/domain/credit/terms.ts';
import { sha256 } from '../../files/sha256.ts';
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

/** So much of an id says when it was made. */
const MADE = 14;

/** What the events that issuing writes for a line of an invoice are called, one after another. */
const nameOfEvent = (line: string, place: number): string => {
  const hex = sha256(`${line}/invoiced/${place}`);
  return `${line.slice(0, MADE)}7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
};

/** By the line: two devices that issue one draft before they meet write the same events, and what was delivered is billed once. */
const namesFor = (line: string, { read, deps }: Work): (() => string) => {
  let count = 0;
  return () => {
    const id = nameOfEvent(line, (count += 1));
    return read.getAny('fulfilments', id) === undefined ? id : deps.env.ids();
  };
};

/** The events that issuing a line of an invoice wrote. */
export const eventsOfIssuing = (line: string, read: Reader): readonly string[] => {
  const ids: string[] = [];
  for (let id = nameOfEvent(line, 1); read.get('fulfilments', id) !== undefined; id = nameOfEvent(line, ids.length + 1))
    ids.push(id);
  return ids;
};

/** A move of an invoice with all it brings. */
export const invoiceMove = (id: string, to: string, why: string | null, work: Work): readonly StorePatch[] => {
  const { read, deps } = work;
  const invoice = read.get('invoices', id);
  if (to !== 'issued' || invoice === undefined) return [moveOf('invoices', id, to, why)];
  const day = companyToday(read, deps.env);
  const due = textOf(invoice['due_on']) ?? dueDay(textOf(invoice['terms']), day);
  const events = read
    .children('invoice_lines', id)
    .flatMap(({ id: own, order_line_id: line, qty }) =>
      billingEvents('invoiced', { line, qty }, { on: day, source: null }, { read, ids: namesFor(own, work) }),
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
    { kind: 'issue', table: 'invoices', id },
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
