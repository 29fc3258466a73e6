/** The steps of one return: authorised or denied, labelled, received, inspected, settled (T1). */
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { allowedFrom, stateOf } from '../../../../shared/domain/lifecycle.ts';
import { judgePart, judgeReturn } from '../../../../shared/domain/returns/returnable.ts';
import { operationOf } from '../../../../shared/domain/returns/states.ts';
import type { StorePatch, StoredRow } from '../../store/api.ts';
import { companyToday } from '../company/company.ts';
import { creditNote } from '../billing/invoices.ts';
import { bigOf, sumOf, textOf } from '../billing/receivables.ts';
import { billingEvents } from '../rules/invoices.ts';
import { applyStep } from '../access/step.ts';
import { returnPolicyOf } from './policy.ts';
import { lineOfReturn, nameOfReturn, returnById, standingOf } from './read.ts';
import { dayOf, moveReturn, receivePatches, returnedEvents, setReturn, type ReturnDeps } from './receive.ts';
import { settlementOf } from './settlement.ts';

/** A return that may go on to a state, or the refusal in words. */
const readyFor = (id: string, to: string, { store }: ReturnDeps): StoredRow => {
  const row = returnById(store, id);
  const status = String(row['status']);
  if (allowedFrom('return', status).includes(to)) return row;
  const state = (stateOf('return', status)?.label ?? status).toLowerCase();
  throw new AppError('illegal-transition', `${nameOfReturn(row)} is ${state}: that does not follow. Nothing was changed.`, {
    id,
  });
};

const refuse = (message: string, id: string, field = 'qty'): never => {
  throw new AppError('blocked', `${message} Nothing was changed.`, { table: 'returns', id, field });
};

const refusePart = (step: Parameters<typeof judgePart>[0], qty: bigint, most: bigint, id: string): void => {
  const refusal = judgePart(step, qty, most);
  if (refusal !== null) refuse(refusal, id);
};

const orderOf = (row: StoredRow, { store }: ReturnDeps): StoredRow | undefined =>
  typeof row['order_id'] === 'string' ? store.get('orders', row['order_id']) : undefined;

export const authorise =
  (deps: ReturnDeps): Commands['returns.authorise'] =>
  ({ id, qty, operation, screen }, context) => {
    const { store, env } = deps;
    const row = readyFor(id, 'authorised', deps);
    const wanted = BigInt(qty ?? 0) || bigOf(row['qty']);
    refusePart('authorise', wanted, bigOf(row['qty']), id);
    const line = lineOfReturn(row, store);
    const done = operation ?? String(row['operation']);
    if ((line === undefined) !== (done === 'not_ordered'))
      refuse(line === undefined ? 'Nobody ordered it: it can only come back.' : 'It was ordered.', id, 'operation');
    if (line !== undefined) {
      // Another device may have asked for the same goods since; the window was judged when it was asked for.
      const asked = { qty: wanted, operation: done, override: null };
      const refusal = judgeReturn(standingOf(line.id, store, id), asked, companyToday(store, env), null);
      if (refusal !== null) refuse(refusal.message, id);
    }
    const isFeeNew = row['fee_share'] === null && operationOf(done)?.isCredited === true;
    const fee = isFeeNew ? returnPolicyOf(store).feeShare : (row['fee_share'] ?? null);
    // The operation first: whose turn it is afterwards depends on it.
    return applyStep(store, context, { label: `Authorise ${nameOfReturn(row)}`, screen }, [
      setReturn(id, { authorised: Number(wanted), operation: done, fee_share: fee }),
      moveReturn(id, 'authorised'),
    ]);
  };

export const deny =
  (deps: ReturnDeps): Commands['returns.deny'] =>
  ({ id, reason, screen }, context) => {
    const row = readyFor(id, 'denied', deps);
    if (reason === '') refuse('Say why it is denied.', id, 'reason');
    return applyStep(deps.store, context, { label: `Deny ${nameOfReturn(row)}`, screen, reason }, [
      moveReturn(id, 'denied', reason),
      setReturn(id, { finding: reason }),
    ]);
  };

export const sendLabel =
  (deps: ReturnDeps): Commands['returns.label'] =>
  ({ id, shipment, screen }, context) => {
    const row = readyFor(id, 'labelled', deps);
    return applyStep(deps.store, context, { label: `Label of ${nameOfReturn(row)}`, screen }, [
      moveReturn(id, 'labelled'),
      ...(shipment === null || shipment === '' ? [] : [setReturn(id, { shipment })]),
    ]);
  };

export const receive =
  (deps: ReturnDeps): Commands['returns.receive'] =>
  ({ id, qty, on, screen }, context) => {
    const { store } = deps;
    const row = readyFor(id, 'received', deps);
    const authorised = bigOf(row['authorised']);
    const came = BigInt(qty ?? 0) || authorised;
    refusePart('receive', came, authorised, id);
    const number = nameOfReturn(row);
    const received = { id, number, line: lineOfReturn(row, store), reason: textOf(row['reason']) };
    const what = { qty: Number(came), on: dayOf(on, deps) };
    const patches = receivePatches(received, what, orderOf(row, deps), deps);
    return applyStep(store, context, { label: `Receive ${number}`, screen }, patches);
  };

export const inspect =
  (deps: ReturnDeps): Commands['returns.inspect'] =>
  ({ id, qty, reason, screen }, context) => {
    const to = qty === 0 ? 'rejected' : 'accepted';
    const row = readyFor(id, to, deps);
    const received = bigOf(row['received']);
    refusePart('accept', BigInt(qty), received, id);
    const why = reason === null || reason === '' ? null : reason;
    if (BigInt(qty) < received && why === null) refuse('Say why not all of it is accepted.', id, 'reason');
    return applyStep(deps.store, context, { label: `Inspect ${nameOfReturn(row)}`, screen, reason: why }, [
      setReturn(id, { accepted: qty, ...(why === null ? {} : { finding: why }) }),
      moveReturn(id, to, why),
    ]);
  };

/** What the fee is called on the credit note. */
const FEE = 'Restocking fee';

/** The credit notes of a settlement, one for each invoice that billed it, and the one event of all of them on the order line. */
const creditsOf = (row: StoredRow, on: string, deps: ReturnDeps) => {
  const { store, env } = deps;
  const reason = [nameOfReturn(row), textOf(row['reason'])].filter((part) => part !== null).join(': ');
  const parts = settlementOf(row, store).parts.filter(({ credit }) => credit > 0n);
  const notes = [...new Set(parts.map(({ invoice }) => invoice.id))].map((invoice) => {
    const own = parts.filter((part) => part.invoice.id === invoice);
    const fee = Number(sumOf(own, (part) => part.fee));
    const lines = own.map(({ line, qty, credit }) => ({ line, qty: Number(qty), amount: Number(credit) }));
    const asked = { id: invoice, lines, reason: reason.slice(0, 500), fee: fee === 0 ? null : { amount: fee, what: FEE } };
    return creditNote(asked, { returned: row.id }, deps);
  });
  const qty = Number(sumOf(notes, ({ credited }) => sumOf(credited, (one) => one.qty)));
  const source = notes.map(({ number }) => number).join(', ');
  const about = { on, source };
  const events = billingEvents('credited', { line: row['order_line_id'], qty }, about, { read: store, ids: env.ids });
  return { notes, patches: [...notes.flatMap((note) => note.patches), ...events] };
};

const sentAgain = (row: StoredRow, on: string, deps: ReturnDeps): readonly StorePatch[] => {
  const { sentBack } = settlementOf(row, deps.store);
  const about = { number: nameOfReturn(row), line: lineOfReturn(row, deps.store), reason: 'Went out to the customer again' };
  return returnedEvents(about, { qty: -sentBack, on }, orderOf(row, deps), deps);
};

export const settle =
  (deps: ReturnDeps): Commands['returns.settle'] =>
  ({ id, screen }, context) => {
    const { store, env } = deps;
    const row = readyFor(id, 'settled', deps);
    const on = companyToday(store, env);
    const { notes, patches } = creditsOf(row, on, deps);
    const done = applyStep(store, context, { label: `Settle ${nameOfReturn(row)}`, screen }, [
      moveReturn(id, 'settled'),
      setReturn(id, { settled_on: on }),
      ...sentAgain(row, on, deps),
      ...patches,
    ]);
    return { ...done, credits: notes.map((note) => note.id) };
  };
