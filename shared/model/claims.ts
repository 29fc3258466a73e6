/**
 * Claims on carriers (RULES 3.11, T2, T3) and the evidence that goes with them. What the customer was credited is a credit
 * note of its own; the claim names it, so that what is lost in the end can be told.
 */
import { claimCauses, evidenceKinds } from '../domain/claims/claim.ts';
import { choice, computed, field, link, state } from './field.ts';
import { table } from './table.ts';

const given = { entry: 'command' } as const;
const hidden = { hidden: true } as const;

export const claims = table({
  name: 'claims',
  one: 'Claim',
  many: 'Claims',
  also: ['freight claims', 'carrier claims', 'cargo claims'],
  scope: 'account',
  code: 'number',
  title: 'number',
  series: 'K',
  shown: true,
  fields: {
    number: field('text', 'Claim', {
      ...given,
      search: 'code',
      keyed: true,
      width: 120,
      aliases: ['claim no', 'claim number', 'claim id'],
    }),
    account_id: link('Account', 'accounts', { required: true, width: 150, aliases: ['customer', 'customer id'] }),
    partner_id: link('Carrier', 'partners', { required: true, width: 130, aliases: ['partner', 'carrier code', 'scac'] }),
    booking_id: link('Booking', 'bookings', { width: 112, aliases: ['booking no', 'shipment no', 'load'] }),
    status: state('Status', 'claim', { width: 116, aliases: ['claim status', 'state'] }),
    cause: choice('What happened', claimCauses, { width: 110, aliases: ['cause', 'claim type', 'reason'] }),
    next_step: computed('Next step', 'text', { width: 150 }),
    next_due: computed('By', 'date', { width: 96 }),
    amount: field('money', 'Claimed', { width: 92, min: 0, aliases: ['claim amount', 'amount claimed', 'amount'] }),
    paid: field('money', 'Paid', { ...given, width: 84, aliases: ['amount paid', 'recovered'] }),
    credited: computed('Credited', 'money', { width: 88 }),
    net_loss: computed('Net loss', 'money', { width: 88 }),
    owner_id: link('Owner', 'people', { width: 110 }),
    delivered_on: field('date', 'Delivered', {
      ...hidden,
      width: 96,
      help: 'Proof of delivery; of what never came the day it was due.',
      aliases: ['delivery date', 'pod date'],
    }),
    shipment: field('text', 'Shipment', {
      ...hidden,
      search: 'code',
      keyed: true,
      width: 120,
      aliases: ['pro', 'pro number', 'tracking', 'tracking no', 'waybill'],
    }),
    is_liable: field('flag', 'Carrier held liable', { ...hidden, default: 1, width: 92 }),
    is_concealed: field('flag', 'Concealed', { ...hidden, width: 84, help: 'Nobody could see it at the door.' }),
    told_on: field('date', 'Carrier told', { ...hidden, width: 96 }),
    filed_on: field('date', 'Filed', { ...given, ...hidden, width: 96, aliases: ['date filed', 'claim date'] }),
    acknowledged_on: field('date', 'Acknowledged', { ...given, ...hidden, width: 96 }),
    status_on: field('date', 'Last report', { ...given, ...hidden, width: 96 }),
    offered: field('money', 'Offered', { ...given, ...hidden, width: 88 }),
    decided_on: field('date', 'Decided', { ...given, ...hidden, width: 96 }),
    denied_on: field('date', 'Declined on', { ...given, ...hidden, width: 96 }),
    reason: field('text', 'Their reason', { ...given, ...hidden, width: 180 }),
    case_id: link('Issue', 'cases', { ...hidden, width: 110 }),
    order_id: link('Order', 'orders', { ...hidden, width: 110 }),
    credit_note_id: link('Customer’s credit note', 'credit_notes', { ...hidden, width: 130 }),
    currency: field('text', 'Currency', { ...hidden, width: 76 }),
    description: field('note', 'Description', { ...hidden, width: 240, search: 'words' }),
  },
});

export const claim_evidence = table({
  name: 'claim_evidence',
  one: 'Evidence',
  many: 'Evidence of claims',
  scope: 'account',
  owner: 'claim_id',
  title: 'name',
  fields: {
    claim_id: link('Claim', 'claims', { ...given, required: true }),
    kind: choice('Kind', evidenceKinds, given),
    name: field('text', 'What it is', given),
    file: field('text', 'File', given),
    added_on: field('date', 'Added', given),
    person_id: link('By', 'people', given),
  },
});
