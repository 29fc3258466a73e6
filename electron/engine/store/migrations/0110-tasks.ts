/**
 * Tasks, promises, what was put off, how often contacts hear from us; and the indexes that Today reads clocks by. Their
 * due days are looked for by range over the whole file, so each has an index of its own.
 */
import { firstOf, instant, searchTables, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const KINDS = { do: 'To do', call: 'Call', mail: 'Mail', visit: 'Visit', chase: 'Chase' };
const STATES = { open: 'Open', waiting: 'Waiting', done: 'Done', cancelled: 'Cancelled' };
const ENDS = { open: 'Open', kept: 'Kept', missed: 'Missed', released: 'Released' };

const subject = `substr(t.about, 1, instr(t.about, '/') - 1) AS about_table,
  coalesce((SELECT code FROM live_accounts WHERE id = t.about_id), (SELECT code FROM live_partners WHERE id = t.about_id),
    (SELECT number FROM live_quotes WHERE id = t.about_id), (SELECT number FROM live_orders WHERE id = t.about_id),
    (SELECT number FROM live_invoices WHERE id = t.about_id), (SELECT number FROM live_disputes WHERE id = t.about_id)) AS about_code,
  coalesce((SELECT name FROM live_accounts WHERE id = t.about_id), (SELECT name FROM live_contacts WHERE id = t.about_id),
    (SELECT name FROM live_partners WHERE id = t.about_id), (SELECT summary FROM live_activities WHERE id = t.about_id),
    (SELECT number FROM live_quotes WHERE id = t.about_id), (SELECT number FROM live_orders WHERE id = t.about_id),
    (SELECT number FROM live_invoices WHERE id = t.about_id), (SELECT number FROM live_disputes WHERE id = t.about_id)) AS about`;

const people = `LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1`;

export const tasks = `
ALTER TABLE contacts ADD COLUMN cadence_days INTEGER;

CREATE TABLE tasks(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  what TEXT, account_id TEXT, due_on TEXT, due_time TEXT, kind TEXT, about TEXT, about_id TEXT, priority TEXT, owner_id TEXT,
  repeat TEXT, status TEXT, notes TEXT, done_at INTEGER, next_id TEXT, ${SYSTEM});
CREATE TABLE commitments(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  what TEXT, account_id TEXT, due_on TEXT, status TEXT, about TEXT, about_id TEXT, contact_id TEXT, made_on TEXT,
  owner_id TEXT, kept_on TEXT, notes TEXT, ${SYSTEM});
CREATE TABLE snoozes(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  item TEXT, until INTEGER, person_id TEXT, ${SYSTEM});

CREATE VIEW live_tasks AS SELECT * FROM tasks WHERE _alive = 1;
CREATE VIEW live_commitments AS SELECT * FROM commitments WHERE _alive = 1;
CREATE VIEW live_snoozes AS SELECT * FROM snoozes WHERE _alive = 1;
${searchTables(['tasks', 'commitments'])}

CREATE INDEX tasks_due ON tasks(status, due_on);
CREATE INDEX tasks_done ON tasks(done_at);
CREATE INDEX tasks_account ON tasks(account_id);
CREATE INDEX tasks_about ON tasks(about_id);
CREATE INDEX commitments_due ON commitments(status, due_on);
CREATE INDEX commitments_account ON commitments(account_id);
CREATE INDEX commitments_about ON commitments(about_id);
CREATE INDEX snoozes_item ON snoozes(item);
CREATE INDEX snoozes_until ON snoozes(until);

CREATE INDEX order_sums_due ON order_sums(due_on) WHERE is_open = 1;
CREATE INDEX invoice_sums_open ON invoice_sums(n) WHERE open > 0;
CREATE INDEX disputes_due ON disputes(status, due_on);
CREATE INDEX promises_due ON promises(promised_for);
CREATE INDEX price_lists_end ON price_lists(valid_to);
CREATE INDEX contacts_due ON contacts(next_due_on);
CREATE INDEX accounts_step ON accounts(next_step_on);

CREATE VIEW v_tasks AS SELECT t.id, t.what, a.code AS account_code, a.name AS account, t.due_on, t.due_time,
  ${word('t.kind', KINDS)} AS kind, ${word('t.priority', { 1: 'High', 2: 'Medium', 3: 'Low' })} AS priority,
  ${word('t.status', STATES)} AS status, CASE WHEN t.status = 'done' THEN 1 ELSE 0 END AS done, ${subject}, t.repeat,
  o.code AS owner_code, o.name AS owner, ${instant('t.done_at')} AS done_at, t.notes
FROM live_tasks t ${people};

CREATE VIEW v_commitments AS SELECT t.id, t.what, a.code AS account_code, a.name AS account, t.due_on,
  ${word('t.status', ENDS)} AS status, ${subject}, c.name AS contact, t.made_on, t.kept_on,
  o.code AS owner_code, o.name AS owner, t.notes
FROM live_commitments t ${people} LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1;

DROP VIEW v_contacts;
CREATE VIEW v_contacts AS SELECT t.id, t.name, coalesce(a.code, p.code) AS account_code, coalesce(a.name, p.name) AS account,
  CASE WHEN a.id IS NOT NULL THEN 'Account' WHEN p.id IS NOT NULL THEN 'Partner' END COLLATE NOCASE AS account_kind,
  t.role, ${firstOf('t.emails')} AS email, ${firstOf('t.phones')} AS phone, t.next_due_on,
  ${word('t.consent', { yes: 'Yes', no: 'No', asked: 'Asked' })} AS consent, o.code AS owner_code, o.name AS owner, t.notes,
  t.cadence_days
FROM live_contacts t LEFT JOIN accounts a ON a.id = t.party_id AND a._alive = 1
  LEFT JOIN partners p ON p.id = t.party_id AND p._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;
`;
