/** An order that is confirmed, shipped and delivered, and everything that bills it. */
import { billingQueries } from '../../electron/engine/services/billing/billing-read.ts';
import { disputeCommands } from '../../electron/engine/services/billing/disputes.ts';
import { fulfilmentCommands } from '../../electron/engine/services/fulfilment/fulfilment.ts';
import { invoiceCommands } from '../../electron/engine/services/billing/invoices.ts';
import { paymentCommands, paymentQueries } from '../../electron/engine/services/billing/payments.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder, type Desk } from './open.ts';

export const UNIT = 1_000_000;
type Kind = 'shipped' | 'delivered' | 'returned' | 'short_closed';

type Prepare = (desk: Desk, made: ReturnType<typeof withOrder>) => void;

/** A confirmed order of 50 at 8.50: 425.00. @param prepare what is done before it is confirmed; @param knownUpTo when the team was last met */
export const openBilling = (prepare: Prepare = () => {}, knownUpTo: () => number | null = () => null) => {
  const desk = openDesk();
  const { account, product, order, line } = withOrder(desk);
  desk.update('order_lines', line, { qty: 50 * UNIT });
  prepare(desk, { account, product, order, line });
  desk.update('orders', order, { status: { '?': 'confirmed' } });
  const people = ['Ann', 'Bob', 'Cid'].map((name) => desk.insert('people', { name, email: `${name}@x.example` }));
  const deps = { store: desk.store, env: desk.env };
  const commands = {
    ...invoiceCommands({ ...deps, env: { ...desk.env, locale: desk.locale } }),
    ...paymentCommands({ ...deps, env: { ...desk.env, locale: desk.locale } }),
    ...disputeCommands({ ...deps, env: { ...desk.env, locale: desk.locale } }),
    ...fulfilmentCommands(deps),
  };
  const queries = billingQueries({ read: desk.store, env: { ...desk.env, locale: desk.locale }, knownUpTo });
  const record = (kind: Kind, qty: number): void => {
    const lines = [{ line, qty: qty * UNIT }];
    void commands['orders.fulfil'](
      contract['orders.fulfil'].input.parse({ id: order, kind, lines, on: '2026-01-14', reason: 'Because' }),
      context,
    );
  };
  const deliver = (qty: number): void => {
    record('shipped', qty);
    record('delivered', qty);
  };
  const bill = async (): Promise<string> => (await commands['orders.bill']({ id: order, screen: null }, context)).id;
  const issue = async (id: string) => commands['invoices.issue']({ id, screen: null }, context);
  const issued = async (): Promise<string> => {
    const id = await bill();
    await issue(id);
    return id;
  };
  const linesOf = (invoice: string) => desk.store.children('invoice_lines', invoice);
  const credit = (invoice: string, qty: number | null, amount: number | null, reason = 'Broken') => {
    const [first] = linesOf(invoice);
    const lines = [{ line: first?.id ?? '', qty: qty === null ? null : qty * UNIT, amount }];
    return commands['invoices.credit']({ id: invoice, lines, reason, fee: null, screen: null }, context);
  };
  const pay = (invoice: string | null, amount: number) =>
    commands['payments.record'](contract['payments.record'].input.parse({ account, invoice, amount, on: '2026-01-15' }), context);
  const allocate = (payment: string, ...parts: readonly (readonly [invoice: string, amount: number])[]) => {
    const named = parts.map(([invoice, amount]) => ({ invoice, amount }));
    return commands['payments.allocate']({ id: payment, parts: named.length === 0 ? null : named, screen: null }, context);
  };
  const unset = async () =>
    contract['payments.unapplied'].output.parse(
      await paymentQueries({ read: desk.store, env: desk.env })['payments.unapplied']({ account }, context),
    );
  const unapplied = async () =>
    (await unset()).payments.map(({ id, amount, unapplied: left, currency }) => ({ id, amount, unapplied: left, currency }));
  const dispute = (invoice: string, amount: number, more: Record<string, unknown> = {}) => {
    const [processor, coordinator, responsible] = people;
    const asked = { id: invoice, amount, reason: 'quality', processor, coordinator, responsible, ...more };
    return commands['invoices.dispute'](contract['invoices.dispute'].input.parse(asked), context);
  };
  const totals = async (id: string) =>
    contract['invoices.totals'].output.parse(await queries['invoices.totals']({ id }, context));
  const standing = async (of: string | null = null) =>
    contract['accounts.standing'].output.parse(await queries['accounts.standing']({ id: account, order: of }, context));
  const undo = () => desk.store.undo({ ...edit, actor: desk.store.device.id });
  const redo = () => desk.store.redo({ ...edit, actor: desk.store.device.id });
  const rest = { account, order, line, people, commands, queries };
  return {
    desk,
    ...rest,
    record,
    deliver,
    bill,
    issue,
    issued,
    linesOf,
    credit,
    pay,
    allocate,
    unset,
    unapplied,
    dispute,
    totals,
    standing,
    undo,
    redo,
  };
};
