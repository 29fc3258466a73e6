/** Clocks of what was offered and ordered: quotes and prices that run out, orders that are due or late. */
import { DIFFERS } from '../sums/price-reviews.ts';
import type { ClockSource } from './source.ts';

/** An expired quote nobody closed stays: it counts as no decision until a reason is given (Q7). */
export const quotes: ClockSource = {
  key: 'quote',
  label: 'Quotes that expire',
  why: 'expiry',
  table: 'quotes',
  from: 'quotes t LEFT JOIN quote_sums s ON s.n = t._n',
  where: "t.valid_to <= :upto AND t.status IN ('approved', 'sent') AND t._alive = 1",
  due: 't.valid_to',
  money: 's.net',
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Quote') || coalesce(', ' || t.subject, '') || CASE WHEN t.valid_to < :today THEN ' expired' ELSE ' expires' END",
  next: "CASE WHEN t.valid_to < :today THEN 'Revise or close' ELSE 'Ask for the answer' END",
};

/** Open by the day wanted: on that day it is on time, after it late. */
export const orders: ClockSource = {
  key: 'order',
  label: 'Orders that are due',
  why: 'due',
  whyLate: 'late',
  table: 'orders',
  from: 'order_sums s CROSS JOIN orders t ON t._n = s.n',
  fromRow: 'orders t LEFT JOIN order_sums s ON s.n = t._n',
  where: "s.is_open = 1 AND s.due_on <= :upto AND t.status IN ('submitted', 'confirmed') AND t._alive = 1",
  due: 's.due_on',
  money: 's.net',
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Order') || CASE WHEN s.shipped_qty > 0 THEN ', rest not shipped' ELSE ', not shipped' END",
  next: "CASE WHEN t.status = 'submitted' THEN 'Confirm' WHEN s.due_on < :today THEN 'Tell customer' ELSE 'Ship' END",
};

/** Days that an end of prices stays on the list; later nobody can act on it any more. */
const PAST_DAYS = 7;

/** A list, contract or campaign whose prices run out and that no later one of its kind carries on. */
export const priceLists: ClockSource = {
  key: 'prices',
  label: 'Prices that run out',
  why: 'expiry',
  table: 'price_lists',
  from: 'price_lists t',
  where: `t.valid_to <= :upto AND t.valid_to >= date(:today, '-${PAST_DAYS} days') AND t._alive = 1
    AND NOT EXISTS (SELECT 1 FROM price_lists n WHERE n.valid_to > t.valid_to AND n.kind = t.kind
      AND n.account_id IS t.account_id AND n.tier IS t.tier AND n._alive = 1)`,
  due: 't.valid_to',
  stake: '4',
  owner: '(SELECT a.owner_id FROM accounts a WHERE a.id = t.account_id)',
  account: 't.account_id',
  item: "coalesce(t.name, t.code, 'Prices') || CASE WHEN t.valid_to < :today THEN ' ran out' ELSE ' runs out' END",
  next: "'Agree new prices'",
};

/** Confirmed orders of which a price came to be another since it was agreed on (P9): never changed, always told. */
export const priceReviews: ClockSource = {
  key: 'price_review',
  label: 'Prices of confirmed orders to review',
  why: 'price',
  table: 'orders',
  from: 'orders t',
  where: `t.id IN (SELECT l.order_id FROM price_reviews r CROSS JOIN order_lines l ON l._n = r.n WHERE ${DIFFERS})
    AND +t.status = 'confirmed' AND t._alive = 1`,
  due: ':today',
  money: '(SELECT q.net FROM order_sums q WHERE q.n = t._n)',
  currency: 't.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Order') || ', the prices say otherwise now'",
  next: "'Keep or amend'",
};

/**
 * Confirmed orders by which an account is beyond its credit limit, which nobody saw when they were confirmed (K2): each was
 * within it where it was confirmed, until the others arrived.
 */
export const overLimit: ClockSource = {
  key: 'credit',
  label: 'Orders beyond a credit limit',
  why: 'credit',
  table: 'orders',
  from: 'credit_over c CROSS JOIN orders t ON t.id = c.id',
  fromRow: 'orders t JOIN credit_over c ON c.id = t.id',
  where: "c.since <= :upto AND t.status = 'confirmed' AND t._alive = 1",
  due: 'c.since',
  money: 'c.over',
  currency: 'c.currency',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number, 'Order') || ', over the credit limit since ' || c.since",
  next: "'Release, or wait for payment'",
};
