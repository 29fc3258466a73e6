/** Billing queries: opened with their three roles, answered, closed with an outcome (K3). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { judgeDispute, judgeOutcome } from '../../../../shared/domain/credit/disputes.ts';
import { addWorkingDays } from '../../../../shared/domain/order/calendar.ts';
import type { StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { issuedInvoice, nameOfInvoice, type BillingDeps } from './invoices.ts';
import { owedOf } from './receivables.ts';
import { applyStep } from '../access/step.ts';

/** Five working days: the time a case of the third priority is resolved in (RULES 3.15). */
const DAYS = 5;
const WEEK = { days: [1, 2, 3, 4, 5], closed: new Set<string>() };

const disputeById = (store: WriteStore, id: string): StoredRow => {
  const dispute = store.get('disputes', id);
  if (dispute) return dispute;
  throw new AppError('not-found', 'The query is not here or was deleted.', { table: 'disputes', id });
};

const open =
  ({ store, env }: BillingDeps): Commands['invoices.dispute'] =>
  ({ id, line, amount, due, screen, ...asked }, context) => {
    const invoice = issuedInvoice(store, id);
    const { open: owed, disputed } = owedOf(invoice, store);
    const { reason, processor, coordinator, responsible } = asked;
    const refusal = judgeDispute({ amount: BigInt(amount), reason, processor, coordinator, responsible }, owed - disputed);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    if (line !== null && store.get('invoice_lines', line)?.['invoice_id'] !== id)
      throw new AppError('not-found', 'The line is not on this invoice.', { id: line });
    const today = companyToday(store, env);
    const made = env.ids();
    const values = {
      number: store.nextNumber('disputes'),
      invoice_id: id,
      invoice_line_id: line,
      account_id: invoice['account_id'] ?? null,
      reason,
      amount,
      opened_on: today,
      due_on: due ?? addWorkingDays(today, DAYS, WEEK),
      processor_id: processor,
      coordinator_id: coordinator,
      responsible_id: responsible,
      contact_id: asked.contact,
      description: asked.description,
    };
    const label = `Query on ${nameOfInvoice(invoice)}`;
    const done = applyStep(store, context, { label, screen }, [{ kind: 'insert', table: 'disputes', id: made, values }]);
    return { ...done, id: made };
  };

const move = (id: string, to: string): StorePatch => ({
  kind: 'transition',
  table: 'disputes',
  id,
  field: 'status',
  to,
  why: null,
});

const set = (id: string, values: Record<string, string | null>): StorePatch => ({
  kind: 'update',
  table: 'disputes',
  id,
  values,
});

const answer =
  ({ store, env }: BillingDeps): Commands['disputes.answer'] =>
  ({ id, answer: text, screen }, context) => {
    const dispute = disputeById(store, id);
    if (dispute['status'] === 'closed') throw new AppError('blocked', 'The query is closed already.', { id });
    if (text.trim() === '') throw new AppError('blocked', 'Say what the answer is.', { id });
    const said = set(id, { answer: text.trim(), answered_on: companyToday(store, env) });
    const moves = dispute['status'] === 'open' ? [move(id, 'answered')] : [];
    return applyStep(store, context, { label: `Answer ${String(dispute['number'])}`, screen }, [said, ...moves]);
  };

/** The credit note a query may name: one of its own invoice. */
const judgeCredit = (dispute: StoredRow, credit: string | null, store: WriteStore): void => {
  if (credit === null) return;
  if (store.get('credit_notes', credit)?.['invoice_id'] !== dispute['invoice_id'])
    throw new AppError('blocked', 'The credit note is not for this invoice.', { id: credit });
};

const close =
  ({ store, env }: BillingDeps): Commands['disputes.close'] =>
  ({ id, outcome, credit, cause, screen }, context) => {
    const dispute = disputeById(store, id);
    const now = dispute['status'] === 'closed' ? ('rejected' as const) : null;
    const refusal = judgeOutcome({ outcome: now }, outcome, credit);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    judgeCredit(dispute, credit, store);
    const said = set(id, {
      outcome,
      credit_note_id: credit,
      closed_on: companyToday(store, env),
      ...(cause === null ? {} : { root_cause: cause }),
    });
    return applyStep(store, context, { label: `Close ${String(dispute['number'])}`, screen }, [said, move(id, 'closed')]);
  };

export const disputeCommands = (
  deps: BillingDeps,
): Pick<Commands, 'invoices.dispute' | 'disputes.answer' | 'disputes.close'> => ({
  'invoices.dispute': open(deps),
  'disputes.answer': answer(deps),
  'disputes.close': close(deps),
});
