/** What comes in for invoices, and what was agreed about it: payments, promises to pay, payment plans (RULES 3.8). */
import { choice, computed, field, link } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;

export const payments = table({
  name: 'payments',
  one: 'Payment',
  many: 'Payments',
  scope: 'account',
  title: 'reference',
  shown: true,
  fields: {
    account_id: link('Account', 'accounts', { ...given, required: true, width: 180 }),
    received_on: field('date', 'Received', { width: 96, aliases: ['payment date', 'value date'] }),
    amount: field('money', 'Amount', { ...given, required: true, width: 110 }),
    unapplied: computed('Not set against', 'money', { width: 120, help: 'What of it is not set against an invoice yet.' }),
    method: choice(
      'How',
      [
        { key: 'transfer', label: 'Transfer' },
        { key: 'debit', label: 'Direct debit' },
        { key: 'card', label: 'Card' },
        { key: 'cheque', label: 'Cheque' },
        { key: 'cash', label: 'Cash' },
      ],
      { width: 110, default: 'transfer' },
    ),
    reference: field('text', 'Reference', { width: 160, search: 'words' }),
    currency: field('text', 'Currency', { ...given, hidden: true, width: 76 }),
    note: field('note', 'Note', { width: 200 }),
  },
});

/** What of a payment is set against an invoice. */
export const allocations = table({
  name: 'allocations',
  one: 'Allocation',
  many: 'Allocations',
  scope: 'account',
  owner: 'payment_id',
  title: 'amount',
  fields: {
    payment_id: link('Payment', 'payments', { ...given, required: true }),
    invoice_id: link('Invoice', 'invoices', { ...given, required: true }),
    amount: field('money', 'Amount', { ...given, required: true }),
    /** Minor units of the invoice's money, where the payment is in another (M6). */
    settled: field('integer', 'Settled', given),
    fx_policy: field('json', 'Exchange of its day', given),
    /** Minor units of the company's money: what came in beyond what the invoice was booked at. */
    fx_difference: field('integer', 'Exchange difference', given),
  },
});

export const promises = table({
  name: 'promises',
  one: 'Promise to pay',
  many: 'Promises to pay',
  scope: 'account',
  owner: 'invoice_id',
  title: 'promised_for',
  fields: {
    invoice_id: link('Invoice', 'invoices', { ...given, required: true, width: 120 }),
    amount: field('money', 'Amount', { ...given, required: true, width: 110 }),
    promised_for: field('date', 'Promised for', { ...given, required: true, width: 100 }),
    said_on: field('date', 'Said on', { ...given, width: 96 }),
    said_by: field('text', 'Said by', { width: 140 }),
  },
});

export const payment_plans = table({
  name: 'payment_plans',
  one: 'Payment plan',
  many: 'Payment plans',
  scope: 'account',
  owner: 'invoice_id',
  title: 'agreed_on',
  fields: {
    invoice_id: link('Invoice', 'invoices', { ...given, required: true }),
    agreed_on: field('date', 'Agreed', given),
    /** Paid and credited before it was agreed: what came later counts towards it. */
    settled_before: field('money', 'Settled before', given),
  },
});

export const instalments = table({
  name: 'instalments',
  one: 'Instalment',
  many: 'Instalments',
  scope: 'account',
  owner: 'plan_id',
  title: 'due_on',
  fields: {
    plan_id: link('Plan', 'payment_plans', { ...given, required: true }),
    due_on: field('date', 'Due', given),
    amount: field('money', 'Amount', given),
  },
});
