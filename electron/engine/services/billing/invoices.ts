/** Invoices as wholes: an order billed, a draft issued or voided, what was billed credited again (F3, F5, N1). */
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { judgeCreditNote, type BilledLine } from '../../../../shared/domain/credit/bill.ts';
import { divideRounded } from '../../../../shared/domain/decimal.ts';
import { formatMoney, formatScaled } from '../../../../shared/domain/format.ts';
import { stateOf } from '../../../../shared/domain/lifecycle.ts';
import { isTaxed, writeTaxPolicy } from '../../../../shared/domain/tax-policy.ts';
import type { EngineEnv } from '../../env.ts';
import type { Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { billOf, toBill } from './billing.ts';
import { carriageOf } from './carriage.ts';
import { paidBack } from './paid-back.ts';
import { documentBlockers, sayBlockers } from '../orders/blockers.ts';
import { companyToday } from '../company/company.ts';
import { creditedTax, type CreditedLine } from '../credit/credit-tax.ts';
import { documentById, nameOfOrder } from '../orders/orders.ts';
import { bigOf, creditedOf, sumOf } from './receivables.ts';
import { billingEvents } from '../rules/invoices.ts';
import { applyStep } from '../access/step.ts';
import { refusePosting } from '../company/issuing.ts';

type Env = Pick<EngineEnv, 'ids' | 'clock' | 'zone' | 'locale'>;
export type BillingDeps = { readonly store: WriteStore; readonly env: Env };

export const nameOfInvoice = (invoice: StoredRow): string =>
  invoice['number'] === null ? 'the draft invoice' : String(invoice['legal_number'] ?? invoice['number']);

/** An invoice that may be owed: issued, and here. */
export const issuedInvoice = (store: WriteStore, id: string): StoredRow => {
  const invoice = documentById('invoices', store, id);
  if (invoice['status'] === 'issued') return invoice;
  const state = stateOf('invoice', String(invoice['status']))?.label.toLowerCase() ?? '';
  throw new AppError('blocked', `The invoice is ${state}: only what was issued is owed. Nothing was changed.`, { id });
};

/** What an invoice takes over from its order, and a line from its line. */
const OF_ORDER: readonly string[] = ['account_id', 'po_ref', 'currency', 'terms', 'contact_id', 'bill_to_id', 'owner_id'];
const OF_LINE: readonly string[] = ['product_id', 'uom', 'price', 'discount', 'tax_code', 'description'];

const taken = (row: StoredRow | undefined, fields: readonly string[]) =>
  Object.fromEntries(fields.flatMap((field) => (row?.[field] == null ? [] : [[field, row[field] ?? null]])));

const DIFFERENCE = 'Difference to what was billed before, since the order was amended.';

const billPatches = (order: StoredRow, lines: readonly BilledLine[], { store, env }: BillingDeps) => {
  const id = env.ids();
  const { freight, policy, tax } = billOf(order, lines, store);
  const head = {
    ...taken(order, OF_ORDER),
    order_id: order.id,
    ...(freight === null ? {} : { freight }),
    ...(isTaxed(policy) ? { tax: Number(tax), tax_policy: writeTaxPolicy(policy) } : {}),
  };
  const rows = lines.map(({ line, qty, amount, off }, at): StorePatch => {
    const values = {
      ...taken(store.get('order_lines', line), OF_LINE),
      invoice_id: id,
      position: at + 1,
      order_line_id: line,
      qty: Number(qty),
      amount: Number(amount),
      ...(off === 0n ? {} : { header_discount: Number(off) }),
      ...(amount < 0n ? { note: DIFFERENCE } : {}),
    };
    return { kind: 'insert', table: 'invoice_lines', id: env.ids(), values };
  });
  return { id, patches: [{ kind: 'insert', table: 'invoices', id, values: head } satisfies StorePatch, ...rows] };
};

/** Credit notes, one for each invoice, of what was billed beyond an order. */
const creditBack = (order: StoredRow, credits: ReturnType<typeof toBill>['credit'], deps: BillingDeps): readonly CreditNote[] => {
  const reason = `${nameOfOrder(order)} comes to less since it was amended`;
  return [...new Set(credits.map(({ invoice }) => invoice))].map((id) => {
    const own = credits.filter(({ invoice }) => invoice === id);
    const lines = own.map(({ line, amount }) => ({ line, qty: null, amount: Number(amount) }));
    return creditNote({ id, lines, reason, fee: null }, { amends: own.map(({ of }) => of) }, deps);
  });
};

const bill =
  (deps: BillingDeps): Commands['orders.bill'] =>
  ({ id, screen }, context) => {
    const order = documentById('orders', deps.store, id);
    const { refusal, lines, credit, isBill } = toBill(order, deps.store);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    const made = isBill ? billPatches(order, lines, deps) : null;
    const notes = creditBack(order, credit, deps);
    const patches = [...(made?.patches ?? []), ...notes.flatMap((note) => note.patches)];
    const label = `Bill ${nameOfOrder(order)}`;
    const changed = applyStep(deps.store, context, { label, screen }, patches);
    const credited = notes.length === 0 ? null : notes.map(({ number }) => number).join(', ');
    const { missing, currency } = carriageOf(order, deps.store);
    const uncarried = missing === 0n ? null : `${formatMoney(String(missing), currency, deps.env.locale)} ${currency}`;
    return { ...changed, id: made?.id ?? notes[0]?.invoice.id ?? id, credited, uncarried };
  };

const move = (id: string, to: string): StorePatch => ({
  kind: 'transition',
  table: 'invoices',
  id,
  field: 'status',
  to,
  why: null,
});

const issue =
  ({ store }: BillingDeps): Commands['invoices.issue'] =>
  ({ id, screen }, context) => {
    const invoice = documentById('invoices', store, id);
    if (invoice['status'] !== 'draft') {
      const state = stateOf('invoice', String(invoice['status']))?.label.toLowerCase() ?? '';
      throw new AppError('illegal-transition', `The invoice is ${state} and is not issued again.`, { id });
    }
    const blockers = documentBlockers('invoices', id, store);
    if (blockers.length > 0) throw new AppError('blocked', sayBlockers(blockers), { blockers });
    const refusal = refusePosting('invoices', store, store.local, invoice);
    if (refusal !== null) throw new AppError('blocked', refusal, { id });
    return applyStep(store, context, { label: 'Issue invoice', screen }, [move(id, 'issued')]);
  };

type Credits = Pick<Parameters<Commands['invoices.credit']>[0], 'id' | 'lines' | 'reason' | 'fee'>;
type Credit = Credits['lines'][number];
type Judged = { readonly line: StoredRow; readonly qty: bigint; readonly amount: bigint };

const sayQty = (qty: bigint, { locale }: Env): string => formatScaled(String(qty), 6, 0, 6, locale);

/**
 * What a quantity of an invoice line is credited for: its part of what was billed, discounts with it. By what was credited in
 * all, so that the parts of a line never come to more than the line. Minor units.
 */
export const creditOfQty = (line: StoredRow, qty: bigint, read: Reader): bigint => {
  const [billed, amount, before] = [bigOf(line['qty']), bigOf(line['amount']), creditedOf(line.id, read)];
  const open = amount - before.amount;
  const byQty =
    billed === 0n ? 0n : divideRounded(amount * (before.qty + qty), billed) - divideRounded(amount * before.qty, billed);
  return byQty < open ? byQty : open;
};

/** A line as it is credited: the quantity at what it was billed for, unless an amount is said. Refused in words. */
const judgeLine = (credit: Credit, line: StoredRow, reason: string, { store, env }: BillingDeps): Judged => {
  const billed = bigOf(line['qty']);
  const before = creditedOf(line.id, store);
  const qty = BigInt(credit.qty ?? 0);
  const refuse = (why: string): never => {
    throw new AppError('blocked', `Line ${line['position'] ?? ''}: ${why}`, { table: 'invoice_lines', id: line.id });
  };
  if (qty > billed - before.qty)
    refuse(`You cannot credit ${sayQty(qty, env)}: ${sayQty(billed - before.qty, env)} is billed and not credited.`);
  const own = credit.amount === null ? creditOfQty(line, qty, store) : BigInt(credit.amount);
  const refusal = judgeCreditNote(own, bigOf(line['amount']) - before.amount, reason);
  if (refusal !== null) refuse(refusal);
  return { line, qty, amount: own };
};

const judgeCredits = ({ id, lines, reason }: Credits, deps: BillingDeps): readonly Judged[] => {
  if (new Set(lines.map(({ line }) => line)).size < lines.length) throw new AppError('blocked', 'A line is named twice.', { id });
  const own = new Map(deps.store.children('invoice_lines', id).map((line) => [line.id, line]));
  return lines.map((credit) => {
    const line = own.get(credit.line);
    if (line === undefined) throw new AppError('not-found', 'A line is not on this invoice.', { id: credit.line });
    return judgeLine(credit, line, reason, deps);
  });
};

type CreditNote = {
  readonly id: string;
  readonly number: string;
  readonly invoice: StoredRow;
  readonly patches: readonly StorePatch[];
  /** What it says was credited of order lines, for the events there. */
  readonly credited: readonly { readonly line: unknown; readonly qty: bigint }[];
};

/** What a credit note settles: a return, or lines of an order that was amended, one for each line it credits. */
type Settles = { readonly returned: string } | { readonly amends: readonly string[] } | null;

/** A credit note as it is written, without its events. Refused in words. */
export const creditNote = (input: Credits, settles: Settles, deps: BillingDeps): CreditNote => {
  const { store, env } = deps;
  const invoice = issuedInvoice(store, input.id);
  const credits = judgeCredits(input, deps);
  const fee = BigInt(input.fee?.amount ?? 0);
  if (fee > sumOf(credits, ({ amount }) => amount))
    throw new AppError('blocked', 'The fee is more than what is credited. Nothing was changed.', { id: input.id });
  const [id, number] = [env.ids(), store.nextNumber('credit_notes')];
  const given = credits.map(({ line, amount }): CreditedLine => ({ line: line.id, amount }));
  const tax = creditedTax(invoice, fee === 0n ? given : [...given, { line: null, amount: -fee }], store);
  const head = {
    number,
    invoice_id: invoice.id,
    account_id: invoice['account_id'] ?? null,
    credited_on: companyToday(store, env),
    reason: input.reason.trim(),
    ...(tax === 0n ? {} : { tax: Number(tax) }),
    ...(settles !== null && 'returned' in settles ? { return_id: settles.returned } : {}),
  };
  const amends = settles !== null && 'amends' in settles ? settles.amends : [];
  const line = (values: Readonly<Record<string, string | number | null>>): StorePatch => ({
    kind: 'insert',
    table: 'credit_lines',
    id: env.ids(),
    values: { credit_note_id: id, ...values },
  });
  return {
    id,
    number,
    invoice,
    patches: [
      { kind: 'insert', table: 'credit_notes', id, values: head },
      ...credits.map((one, at) =>
        line({
          invoice_line_id: one.line.id,
          qty: Number(one.qty),
          amount: Number(one.amount),
          order_line_id: amends[at] ?? null,
        }),
      ),
      ...(input.fee === null ? [] : [line({ description: input.fee.what, amount: -input.fee.amount })]),
      ...paidBack(invoice, sumOf(credits, ({ amount }) => amount) - fee + tax, store),
      { kind: 'issue', table: 'credit_notes', id },
    ],
    credited: credits.map((one) => ({ line: one.line['order_line_id'], qty: one.qty })),
  };
};

const credit =
  (deps: BillingDeps): Commands['invoices.credit'] =>
  (input, context: CallContext) => {
    const { store, env } = deps;
    const { id, number, invoice, patches, credited } = creditNote(input, null, deps);
    const about = { on: companyToday(store, env), source: number };
    const events = credited.flatMap(({ line, qty }) =>
      billingEvents('credited', { line, qty: Number(qty) }, about, { read: store, ids: env.ids }),
    );
    const label = `Credit ${nameOfInvoice(invoice)}`;
    const what = { label, screen: input.screen, reason: input.reason };
    return { ...applyStep(store, context, what, [...patches, ...events]), id };
  };

export const invoiceCommands = (
  deps: BillingDeps,
): Pick<Commands, 'orders.bill' | 'invoices.issue' | 'invoices.void' | 'invoices.credit'> => ({
  'orders.bill': bill(deps),
  'invoices.issue': issue(deps),
  'invoices.void': ({ id, screen }, context) => {
    const invoice = documentById('invoices', deps.store, id);
    if (invoice['status'] !== 'draft')
      throw new AppError('illegal-transition', 'Only a draft is voided. What was issued is credited.', { id });
    return applyStep(deps.store, context, { label: 'Void invoice', screen }, [move(id, 'void')]);
  },
  'invoices.credit': credit(deps),
});
