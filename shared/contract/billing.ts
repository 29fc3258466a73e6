/** Billing: invoices of what was delivered, credit notes, payments, billing queries, promises and plans; what an account owes. */
import { z } from 'zod';
import { disputeReasons } from '../domain/credit/disputes.ts';
import { command, query } from './define.ts';
import { orders } from './orders.ts';
import { changed, id } from './shapes.ts';

const screen = z.string().max(100).nullable().default(null);
const made = changed.extend({ id: z.string() });
const reason = z.string().max(500);
/** Minor units. */
const minor = z.int().positive();
const day = z.iso.date();

/** A line of what the next invoice has on it: quantity in millionths, amount in minor units. */
const billed = z.object({
  line: z.string(),
  position: z.number().int().nullable(),
  product: z.string(),
  qty: z.string(),
  amount: z.string(),
});

const creditable = z.object({
  id: z.string(),
  position: z.number().int().nullable(),
  product: z.string(),
  qty: z.string(),
  amount: z.string(),
  /** Credited so far. */
  credited_qty: z.string(),
  credited: z.string(),
});

const disputeRow = z.object({
  id: z.string(),
  number: z.string().nullable(),
  status: z.string(),
  reason: z.string().nullable(),
  amount: z.string(),
  due_on: z.string().nullable(),
  outcome: z.string().nullable(),
});

/** `at`: UTC ms by the clock of the device; `total`: minor units, null where it is not kept. */
const issuedPaper = z.object({
  /** SHA-256 of what it says, in hex. */
  sha: z.string(),
  number: z.string().nullable(),
  at: z.int(),
  device: z.string(),
  stands: z.boolean(),
  total: z.string().nullable(),
});
const creditNote = z.object({
  id: z.string(),
  number: z.string().nullable(),
  on: z.string().nullable(),
  amount: z.string(),
  reason: z.string().nullable(),
  /** Papers of it that were given out, where there are several: the one that stands first. */
  issued: z.array(issuedPaper),
});
const payment = z.object({ id: z.string(), on: z.string().nullable(), amount: z.string(), reference: z.string().nullable() });
const promise = z.object({ on: z.string().nullable(), amount: z.string(), by: z.string().nullable(), is_missed: z.boolean() });
const plan = z.object({
  is_broken: z.boolean(),
  instalments: z.array(z.object({ due: z.string(), amount: z.string(), left: z.string() })),
});

/** Minor units of the currency. */
const ageing = z.object({
  buckets: z.array(z.string()).length(5),
  disputed: z.string(),
  overdue: z.string(),
  oldest_due: z.string().nullable(),
});

/** Of a payment in other money than its invoice, or at another rate. Minor units, of the payment's and of the company's currency. */
const exchange = z.object({
  taken: z.string(),
  currency: z.string(),
  rate: z
    .object({ base: z.string(), rate: z.int(), way: z.enum(['theirs', 'ours']), on: z.string(), source: z.string() })
    .nullable(),
  difference: z.string().nullable(),
  base: z.string(),
});

const standing = z.object({
  currency: z.string(),
  /** The parts behind the one figure (K1), and the figure. */
  exposure: z.object({
    receivables: z.string(),
    credits: z.string(),
    unbilled: z.string(),
    deliveries: z.string(),
    order: z.string(),
    total: z.string(),
  }),
  ageing,
  result: z.enum(['ok', 'warn', 'hold']),
  causes: z.array(z.enum(['over_limit', 'near_limit', 'overdue'])),
  limit: z.string().nullable(),
  room: z.string().nullable(),
  overdue_days: z.number().int(),
  /** How old what is known of the team's work is, in words (K2); null where there is no team. */
  age: z.string().nullable(),
  /** Why, in words; null where nothing is to be said. */
  why: z.string().nullable(),
  /** Documents in other currencies, which are in none of the figures. */
  others: z.number().int(),
});

export const billing = {
  'orders.billable': query(
    'What the next invoice of an order has on it and what is credited with it, or in words why there is neither',
    z.strictObject({ id }),
    z.object({
      refusal: z.string().nullable(),
      lines: z.array(billed),
      /** Billed beyond what the order comes to since it was amended, by invoice. Minor units. */
      credit: z.array(z.object({ invoice: z.string(), line: z.string(), amount: z.string() })),
    }),
  ),
  'orders.carriage': query(
    'What the customer of an order is charged for its bookings, and what of that its freight does not bill (B4)',
    z.strictObject({ id }),
    z.object({
      currency: z.string(),
      /** The bookings somebody is charged for, by number. */
      bookings: z.array(z.string()),
      charged: z.string(),
      freight: z.string(),
      missing: z.string(),
    }),
  ),
  'orders.bill': command(
    'A draft invoice of what was delivered and is not billed yet; what was billed beyond an amended order is taken off it, or credited',
    z.strictObject({ id, screen }),
    /**
     * `id`: of the invoice made, else of the one credited. `credited`: the numbers of credit notes. `uncarried`: what of the
     * charges of its bookings no freight bills, with its currency.
     */
    made.extend({ credited: z.string().nullable(), uncarried: z.string().nullable() }),
  ),
  'invoices.totals': query(
    'What an invoice comes to, and what of it is open',
    z.strictObject({ id }),
    orders['orders.totals'].output.extend({ paid: z.string(), credited: z.string(), disputed: z.string(), open: z.string() }),
  ),
  'invoices.blockers': query(
    'What keeps an invoice from being issued: every cell, in the order they stand',
    z.strictObject({ id }),
    orders['orders.blockers'].output,
  ),
  'invoices.story': query(
    'What hangs on an invoice: its lines as they can be credited, credit notes, payments, queries, promises, its plan',
    z.strictObject({ id }),
    z.object({
      currency: z.string(),
      /** Papers of it that were given out, where there are several: the one that stands first. */
      issued: z.array(issuedPaper),
      lines: z.array(creditable),
      credits: z.array(creditNote),
      payments: z.array(payment.extend({ exchange: exchange.nullable() })),
      disputes: z.array(disputeRow),
      promises: z.array(promise),
      plan: plan.nullable(),
    }),
  ),
  'invoices.issue': command('Number an invoice and issue it; it is fixed from then on', z.strictObject({ id, screen }), changed),
  'invoices.ready': command(
    'Mark a draft as ready to post, so that it waits on the device that gives legal numbers; or take that back',
    z.strictObject({ id, isReady: z.boolean().default(true), screen }),
    changed,
  ),
  'invoices.void': command('Void a draft: what is on it can be billed again', z.strictObject({ id, screen }), changed),
  'invoices.credit': command(
    'A credit note for lines of an invoice, in quantity or in amount; refused above what was billed',
    z.strictObject({
      id,
      /** Quantity in millionths, amount in minor units; without an amount the quantity at what it was billed for. */
      lines: z
        .array(
          z.strictObject({
            line: id,
            qty: z.int().nonnegative().nullable().default(null),
            amount: minor.nullable().default(null),
          }),
        )
        .min(1)
        .max(2000),
      reason,
      /** What is kept of the credit, on a line of its own (T1). */
      fee: z
        .strictObject({ amount: minor, what: z.string().trim().min(1).max(200) })
        .nullable()
        .default(null),
      screen,
    }),
    made,
  ),
  'payments.record': command(
    'A payment of a customer, set against an invoice, else against the oldest that are open; the rest stays to be set',
    z.strictObject({
      account: id,
      invoice: id.nullable().default(null),
      amount: minor,
      on: day,
      method: z.enum(['transfer', 'debit', 'card', 'cheque', 'cash']).default('transfer'),
      reference: z.string().max(200).nullable().default(null),
      /** Null = that of the invoice, else of the account. */
      currency: z.string().max(3).nullable().default(null),
      screen,
    }),
    made,
  ),
  'payments.unapplied': query(
    'Payments of an account of which something is not set against an invoice yet, and the invoices that are open, the oldest first',
    z.strictObject({ account: id }),
    z.object({
      payments: z.array(
        payment.extend({
          unapplied: z.string(),
          currency: z.string(),
          /** What is open of invoices in other money, in the payment's by the rate of its day; those without a rate are not there. */
          elsewhere: z.array(z.object({ invoice: z.string(), open: z.string(), disputed: z.string() })),
        }),
      ),
      /** What of an invoice is open, and how much of that the customer disputes. */
      invoices: z.array(
        z.object({
          id: z.string(),
          number: z.string().nullable(),
          due_on: z.string().nullable(),
          open: z.string(),
          disputed: z.string(),
          currency: z.string(),
        }),
      ),
    }),
  ),
  'payments.allocate': command(
    'Set what is left of a payment against invoices, in one step; refused above what is left or open. Null = the oldest that are open',
    z.strictObject({
      id,
      parts: z
        .array(z.strictObject({ invoice: id, amount: minor }))
        .min(1)
        .max(2000)
        .nullable()
        .default(null),
      screen,
    }),
    changed,
  ),
  'invoices.dispute': command(
    'Open a billing query on an invoice, with its three roles',
    z.strictObject({
      id,
      line: id.nullable().default(null),
      amount: minor,
      reason: z.enum(disputeReasons.map(({ key }) => key)),
      processor: id.nullable(),
      coordinator: id.nullable(),
      responsible: id.nullable(),
      contact: id.nullable().default(null),
      due: day.nullable().default(null),
      description: z.string().max(5000).nullable().default(null),
      screen,
    }),
    made,
  ),
  'disputes.answer': command('Answer a billing query', z.strictObject({ id, answer: z.string().max(5000), screen }), changed),
  'disputes.close': command(
    'Close a billing query: rejected, credited or billed anew, with its credit note',
    z.strictObject({
      id,
      outcome: z.enum(['rejected', 'credit', 'rebill']),
      credit: id.nullable().default(null),
      cause: z.string().max(500).nullable().default(null),
      screen,
    }),
    changed,
  ),
  'invoices.promise': command(
    'When the customer said an invoice would be paid',
    z.strictObject({ id, amount: minor, on: day, by: z.string().max(200).nullable().default(null), screen }),
    changed,
  ),
  'invoices.plan': command(
    'A payment plan over what is open of an invoice: equal instalments that add up to it; it replaces the plan before it',
    z.strictObject({ id, count: z.int().min(1).max(60), first: day, every: z.enum(['week', 'month']).default('month'), screen }),
    changed,
  ),
  'accounts.standing': query(
    'What an account owes and is about to owe, by age, against its limit; with an order as if it were confirmed',
    z.strictObject({ id, order: id.nullable().default(null) }),
    standing,
  ),
};
