/** The SLA clocks of issues: of each, the first that runs out. What is paused has no clock that runs, but a day it is asked after. */
import type { ClockSource } from './source.ts';

const which = (acknowledge: string, respond: string, resolve: string, update: string): string =>
  `CASE s.next_due WHEN s.acknowledge_due THEN '${acknowledge}' WHEN s.respond_due THEN '${respond}'
    WHEN s.resolve_due THEN '${resolve}' ELSE '${update}' END`;

export const issues: ClockSource = {
  key: 'issue',
  label: 'SLA clocks of issues',
  why: 'sla',
  table: 'cases',
  from: 'case_clocks s CROSS JOIN cases t ON t._n = s.n',
  fromRow: 'cases t LEFT JOIN case_clocks s ON s.n = t._n',
  where: 's.next_due IS NOT NULL AND s.next_due <= :end AND t._alive = 1',
  at: 's.next_due',
  money: 't.stake',
  currency: '(SELECT c.currency FROM accounts c WHERE c.id = t.account_id)',
  stake: "CASE t.severity WHEN 'sev1' THEN 5 WHEN 'sev2' THEN 4 WHEN 'sev3' THEN 3 ELSE 2 END",
  owner: 't.owner_id',
  account: 't.account_id',
  item: `coalesce(t.number || ' ', '') || ${which('acknowledge', 'first response', 'resolve', 'update')} || coalesce(', ' || t.title, '')`,
  next: which('Acknowledge', 'Reply', 'Resolve', 'Tell customer'),
};

/** What is waited for came or did not: on that day somebody asks, or the pause never ends. */
export const pauses: ClockSource = {
  key: 'pause',
  label: 'Pauses of issues that end',
  why: 'sla',
  table: 'cases',
  from: 'cases t',
  where: "t.status = 'waiting' AND t.resume_on <= :upto AND t._alive = 1",
  due: 't.resume_on',
  money: 't.stake',
  currency: '(SELECT c.currency FROM accounts c WHERE c.id = t.account_id)',
  owner: 't.owner_id',
  account: 't.account_id',
  item: "coalesce(t.number || ' ', '') || 'pause ends' || coalesce(', ' || t.title, '')",
  next: "CASE t.waiting_on WHEN 'customer' THEN 'Ask customer again' ELSE 'Ask again' END",
};
