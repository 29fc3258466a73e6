/** Issues with what happened to them, what is agreed about time, corrective actions; their clocks; and their public views. */
import { decimal, instant, money, searchTables, word } from './view-sql.ts';

const STATES = {
  new: 'New',
  open: 'In progress',
  waiting: 'Waiting',
  resolved: 'Resolved',
  closed: 'Closed',
  merged: 'Merged',
};
const KINDS = {
  question: 'Question',
  complaint: 'Complaint',
  service_failure: 'Service failure',
  claim: 'Claim',
  billing_query: 'Billing query',
  return: 'Return',
  change_request: 'Change request',
};
const SEVERITIES = { sev1: '1', sev2: '2', sev3: '3', sev4: '4' };
const TIERS = { a: 'A', b: 'B', c: 'C' };
const WAITS = { customer: 'Customer', third_party: 'Others' };
const CAUSES = {
  order_entry: 'Order entered wrong',
  picking: 'Picked or packed wrong',
  carrier: 'Carrier',
  product: 'Product fault',
  supplier: 'Supplier',
  price_data: 'Price or master data',
  process: 'Our process',
  customer: 'On the customer’s side',
  none: 'No fault found',
};
const CHANNELS = { mail: 'Mail', phone: 'Phone', portal: 'Portal', visit: 'Visit', automatic: 'Automatic' };
const EVENTS = {
  opened: 'Opened',
  acknowledged: 'Acknowledged',
  answered: 'We told the customer',
  customer: 'Customer came back',
  paused: 'Paused',
  resumed: 'Resumed',
  resolved: 'Resolved',
  reopened: 'Reopened',
  merged: 'Merged',
  retargeted: 'Targets set anew',
  due_set: 'Due time set by hand',
  corrected: 'Time corrected',
  note: 'Note',
  assigned: 'Assigned',
  escalated: 'Escalated',
  step: 'Complaint step',
  closed: 'Closed',
};
const CLOCKS = { acknowledge: 'Acknowledge', respond: 'First response', update: 'Next update', resolve: 'Resolve' };
const STEPS = {
  recorded: 'Recorded',
  acknowledged: 'Acknowledged',
  assessed: 'Assessed',
  investigated: 'Investigated',
  responded: 'Responded',
  decided: 'Decision told',
  objected: 'Customer objects',
};
const REOPEN = {
  continue: 'Goes on; the time it was resolved is a pause',
  stay_met: 'Met stays met',
  from_start: 'Counts from the start',
};
const ROLES = { owner: 'Owner', lead: 'Lead', manager: 'Manager' };
const EFFECTS = { works: 'Works', partly: 'Works in part', no: 'Does not work' };

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const tables: Readonly<Record<string, string>> = {
  cases: `number TEXT, number_sort TEXT, number_match TEXT, title TEXT, account_id TEXT, kind TEXT, severity TEXT, status TEXT,
  owner_id TEXT, order_id TEXT, waiting_on TEXT, opened_at INTEGER, cost INTEGER, stake INTEGER, resume_on TEXT,
  responded_at INTEGER, resolved_at INTEGER, contact_id TEXT, customer_ref TEXT, description TEXT, remedy TEXT,
  is_safety INTEGER, root_cause TEXT, cause_note TEXT, merged_into TEXT`,
  case_events: `case_id TEXT, kind TEXT, at INTEGER, recorded_at INTEGER, person_id TEXT, note TEXT, reason TEXT, channel TEXT,
  waiting_on TEXT, resume_on TEXT, version_id TEXT, clock TEXT, due_at INTEGER, event_id TEXT, happened_at INTEGER, step TEXT,
  to_person_id TEXT`,
  sla_calendars: 'name TEXT, zone TEXT, hours TEXT',
  sla_holidays: 'calendar_id TEXT, day TEXT, name TEXT, open TEXT',
  sla_policies: `place INTEGER, name TEXT, tier TEXT, account_id TEXT, kind TEXT, severity TEXT, is_default INTEGER,
  calendar_id TEXT, acknowledge_in INTEGER, respond_in INTEGER, update_in INTEGER, resolve_in INTEGER, reopen TEXT,
  pauses_response INTEGER, active INTEGER`,
  sla_versions: 'policy_id TEXT, name TEXT, version INTEGER, hash TEXT, terms TEXT',
  sla_duties: 'role TEXT, person_id TEXT, deputy_id TEXT, from_on TEXT, to_on TEXT',
  corrective_actions: `case_id TEXT, problem TEXT, containment TEXT, root_cause TEXT, action TEXT, owner_id TEXT, due_on TEXT,
  done_on TEXT, check_on TEXT, before TEXT, after TEXT, effect TEXT`,
};

const made = Object.entries(tables)
  .map(
    ([name, columns]) => `CREATE TABLE ${name}(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  ${columns}, ${SYSTEM});
CREATE VIEW live_${name} AS SELECT * FROM ${name} WHERE _alive = 1;`,
  )
  .join('\n');

const CLOCK_KEYS = Object.keys(CLOCKS);

/** One row for each clock that still runs or waits. */
const openClocks = CLOCK_KEYS.map(
  (key) => `SELECT 'cases' AS source, c.id AS record, c.account_id AS account, c.owner_id AS owner, '${key}' AS clock,
  s.${key}_due AS due, s.${key}_state = 'paused' AS is_paused, coalesce(c.stake, 0) AS stake, a.currency
  FROM case_clocks s CROSS JOIN cases c ON c._n = s.n LEFT JOIN accounts a ON a.id = c.account_id
  WHERE s.is_open = 1 AND s.${key}_state IN ('running', 'paused')`,
).join('\nUNION ALL ');

const account = 'LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1';
const person = (alias: string, field: string): string =>
  `LEFT JOIN people ${alias} ON ${alias}.id = t.${field} AND ${alias}._alive = 1`;
const calendar = 'LEFT JOIN sla_calendars k ON k.id = t.calendar_id AND k._alive = 1';
const issue = 'LEFT JOIN cases c ON c.id = t.case_id AND c._alive = 1';

export const cases = `
${made}
${searchTables(['cases', 'sla_calendars', 'sla_holidays', 'sla_policies', 'corrective_actions'])}

CREATE INDEX cases_number ON cases(number_match);
CREATE INDEX cases_account ON cases(account_id);
CREATE INDEX cases_order ON cases(order_id);
CREATE INDEX cases_owner ON cases(owner_id);
CREATE INDEX cases_status ON cases(status);
CREATE INDEX case_events_case ON case_events(case_id);
CREATE INDEX sla_holidays_calendar ON sla_holidays(calendar_id);
CREATE INDEX sla_versions_hash ON sla_versions(hash);
CREATE INDEX sla_versions_policy ON sla_versions(policy_id);
CREATE INDEX corrective_actions_case ON corrective_actions(case_id);

-- Derived, kept by the write path (store/case-clocks.ts), rebuilt at will. n is the _n of the issue. Of each clock: its state
-- (running, paused, met, missed, stopped; NULL = there is none), when it is due (NULL while a pause moves it), and the working
-- milliseconds left at the moment mark. version: what it is judged by. next_due: of the clocks that run, the first.
CREATE TABLE case_clocks(n INTEGER PRIMARY KEY, version TEXT, mark INTEGER, is_open INTEGER NOT NULL, next_due INTEGER,
  ${CLOCK_KEYS.map((key) => `${key}_state TEXT, ${key}_due INTEGER, ${key}_left INTEGER`).join(', ')}) STRICT;
CREATE INDEX case_clocks_due ON case_clocks(next_due) WHERE next_due IS NOT NULL;

-- Every clock of an issue that is not over: what a list of deadlines reads. Instants are UTC milliseconds.
CREATE VIEW open_case_clocks AS ${openClocks};

CREATE VIEW v_cases AS SELECT t.id, t.number, t.title, a.code AS account_code, a.name AS account,
  ${word('t.kind', KINDS)} AS kind, ${word('t.severity', SEVERITIES)} AS severity, ${word('t.status', STATES)} AS status,
  p.name AS owner, o.number AS order_number, ${word('t.waiting_on', WAITS)} AS waiting_on, t.resume_on,
  ${instant('t.opened_at')} AS opened_at, ${instant('t.responded_at')} AS responded_at,
  ${instant('t.resolved_at')} AS resolved_at, s.respond_state AS response_clock, ${instant('s.respond_due')} AS response_due,
  s.resolve_state AS resolve_clock, ${instant('s.resolve_due')} AS resolve_due, a.currency,
  ${money('t.cost', 'a.currency')} AS cost, ${money('t.stake', 'a.currency')} AS stake, c.name AS contact, t.customer_ref,
  t.description, t.remedy, t.is_safety, ${word('t.root_cause', CAUSES)} AS root_cause, t.cause_note,
  m.number AS merged_into
FROM live_cases t LEFT JOIN case_clocks s ON s.n = t._n ${account} ${person('p', 'owner_id')}
  LEFT JOIN orders o ON o.id = t.order_id AND o._alive = 1 LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1
  LEFT JOIN cases m ON m.id = t.merged_into AND m._alive = 1;

CREATE VIEW v_case_events AS SELECT t.id, c.number AS issue_number, ${word('t.kind', EVENTS)} AS kind,
  ${instant('t.at')} AS at, ${instant('t.recorded_at')} AS recorded_at, p.name AS person, t.note, t.reason,
  ${word('t.channel', CHANNELS)} AS channel, ${word('t.waiting_on', WAITS)} AS waiting_on, t.resume_on,
  v.name AS policy, v.version, ${word('t.clock', CLOCKS)} AS clock, ${instant('t.due_at')} AS due_at,
  ${instant('t.happened_at')} AS happened_at, ${word('t.step', STEPS)} AS step, q.name AS to_person
FROM live_case_events t ${issue} ${person('p', 'person_id')} ${person('q', 'to_person_id')}
  LEFT JOIN sla_versions v ON v.id = t.version_id AND v._alive = 1;

CREATE VIEW v_sla_calendars AS SELECT t.id, t.name, t.zone, t.hours FROM live_sla_calendars t;

CREATE VIEW v_sla_holidays AS SELECT t.id, k.name AS calendar, t.day, t.name, t.open FROM live_sla_holidays t ${calendar};

CREATE VIEW v_sla_policies AS SELECT t.id, t.place, t.name, ${word('t.tier', TIERS)} AS tier, a.code AS account_code,
  a.name AS account, ${word('t.kind', KINDS)} AS kind, ${word('t.severity', SEVERITIES)} AS severity, t.is_default,
  k.name AS calendar, ${decimal('t.acknowledge_in')} AS acknowledge_hours, ${decimal('t.respond_in')} AS response_hours,
  ${decimal('t.update_in')} AS update_hours, ${decimal('t.resolve_in')} AS resolve_hours,
  ${word('t.reopen', REOPEN)} AS reopen, t.pauses_response, t.active
FROM live_sla_policies t ${account} ${calendar};

CREATE VIEW v_sla_versions AS SELECT t.id, p.name AS policy, t.name, t.version, t.terms
FROM live_sla_versions t LEFT JOIN sla_policies p ON p.id = t.policy_id AND p._alive = 1;

CREATE VIEW v_sla_duties AS SELECT t.id, ${word('t.role', ROLES)} AS role, p.name AS person, q.name AS deputy, t.from_on, t.to_on
FROM live_sla_duties t ${person('p', 'person_id')} ${person('q', 'deputy_id')};

CREATE VIEW v_corrective_actions AS SELECT t.id, c.number AS issue_number, t.problem, t.containment,
  ${word('t.root_cause', CAUSES)} AS root_cause, t.action, p.name AS owner, t.due_on, t.done_on, t.check_on, t.before, t.after,
  ${word('t.effect', EFFECTS)} AS effect
FROM live_corrective_actions t ${issue} ${person('p', 'owner_id')};
`;
