/** Clocks of our own doing: tasks, promises to customers, contacts who are to hear from us, next steps of accounts, their renewals. */
import { alertDay, sayEnd } from './alerts.ts';
import type { ClockSource } from './source.ts';

const labels = { call: 'Call', mail: 'Write', visit: 'Visit', chase: 'Chase' };
const byKind = Object.entries(labels)
  .map(([key, label]) => `WHEN '${key}' THEN '${label}'`)
  .join(' ');

export const tasks: ClockSource = {
  key: 'task',
  label: 'Tasks',
  why: 'task',
  table: 'tasks',
  from: 'tasks t',
  where: "t.status IN ('open', 'waiting') AND t.due_on <= :upto AND t._alive = 1",
  due: 't.due_on',
  time: 't.due_time',
  stake: "CASE t.priority WHEN '1' THEN 4 WHEN '2' THEN 3 ELSE 0 END",
  owner: 't.owner_id',
  account: 't.account_id',
  item: 't.what',
  next: `CASE t.kind ${byKind} ELSE 'Do it' END`,
};

/** A word given weighs as much as thousands: trust is what is at stake. */
export const promises: ClockSource = {
  key: 'promise',
  label: 'Promises',
  why: 'promise',
  table: 'commitments',
  from: 'commitments t',
  where: "t.status = 'open' AND t.due_on <= :upto AND t._alive = 1",
  due: 't.due_on',
  time: 't.due_time',
  stake: '4',
  owner: 't.owner_id',
  account: 't.account_id',
  item: 't.what',
  next: "'Keep it'",
};

export const cadence: ClockSource = {
  key: 'contact',
  label: 'Contacts to be called',
  why: 'contact',
  table: 'contacts',
  from: 'contacts t',
  where: 't.next_due_on <= :upto AND t._alive = 1',
  due: 't.next_due_on',
  owner: 't.owner_id',
  account: "CASE WHEN t.party LIKE 'accounts/%' THEN t.party_id END",
  item: "'Hear from us: ' || coalesce(t.name, '')",
  next: "'Call'",
};

export const steps: ClockSource = {
  key: 'step',
  label: 'Next steps of accounts',
  why: 'step',
  table: 'accounts',
  from: 'accounts t',
  where: 't.next_step_on <= :upto AND t._alive = 1',
  due: 't.next_step_on',
  owner: 't.owner_id',
  account: 't.id',
  item: "coalesce(t.next_step, 'Next step')",
  next: "'Do it'",
};

/** Days that a renewal which passed stays on the list: then it was renewed, or it was lost. */
const RENEWAL_PAST_DAYS = 30;

export const renewals: ClockSource = {
  key: 'renewal',
  label: 'Renewals of accounts',
  why: 'expiry',
  table: 'accounts',
  from: 'accounts t',
  where: `t.renewal_on <= :upto AND t.renewal_on >= date(:today, '-${RENEWAL_PAST_DAYS} days') AND t._alive = 1`,
  due: 't.renewal_on',
  stake: '4',
  owner: 't.owner_id',
  account: 't.id',
  item: "CASE WHEN t.renewal_on < :today THEN 'Renewal passed' ELSE 'Renewal' END",
  next: "'Agree on what is next'",
};

/** The alerts before the last day of notice (R1). */
const NOTICE_ALERTS = [60, 30, 7] as const;
const LONGEST_NOTICE = 730;

/** The last day of notice, on the working day before where it falls on a weekend (R1). */
const NOTICE_DAY = (() => {
  const day = "date(t.renewal_on, '-' || t.notice_days || ' days')";
  return `CASE strftime('%w', ${day}) WHEN '0' THEN date(${day}, '-2 days') WHEN '6' THEN date(${day}, '-1 day') ELSE ${day} END`;
})();

/** That day and not the renewal is when something has to be done: afterwards it renews by itself. */
export const notices: ClockSource = {
  key: 'notice',
  label: 'Days of notice of accounts',
  why: 'expiry',
  table: 'accounts',
  from: 'accounts t',
  where: `t.renewal_on >= :today AND t.renewal_on <= date(:upto, '+${LONGEST_NOTICE + NOTICE_ALERTS[0]} days')
    AND t.notice_days > 0 AND ${NOTICE_DAY} <= date(:upto, '+${NOTICE_ALERTS[0]} days')
    AND ${NOTICE_DAY} >= date(:today, '-${RENEWAL_PAST_DAYS} days') AND t._alive = 1`,
  due: alertDay(NOTICE_DAY, NOTICE_ALERTS),
  stake: '4',
  owner: 't.owner_id',
  account: 't.id',
  item: `'Time to give notice ' || ${sayEnd(NOTICE_DAY)}`,
  next: "'Give notice or renew'",
};
