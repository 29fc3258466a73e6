/** Limits of people and roles, what was asked and decided of quotes, and what was sent, as it was. */
import { decimal, firstOf, instant, searchTables, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';
const ROLES = { owner: 'Owner', manager: 'Manager', member: 'Member', viewer: 'Viewer' };
const RIGHTS = { none: 'Nothing', first: 'Step 1', second: 'Step 2', both: 'Steps 1 and 2' };
const KINDS = { ask: 'Asked', approve: 'Approved', decline: 'Declined', recall: 'Asked back' };

export const approvals = `
CREATE TABLE approval_limits(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  person_id TEXT, role TEXT, approves TEXT, floor INTEGER, hard_floor INTEGER, own_discount INTEGER, cost_days INTEGER,
  term_days INTEGER, valid_days INTEGER, notes TEXT, ${SYSTEM});
CREATE TABLE approvals(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  quote_id TEXT, kind TEXT, level INTEGER, hash TEXT, actor TEXT, note TEXT, at INTEGER, device TEXT, ${SYSTEM});
CREATE TABLE sent_quotes(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  quote_id TEXT, number TEXT, revision INTEGER, recipient TEXT, channel TEXT, actor TEXT, at INTEGER, snapshot TEXT,
  snapshot_hash TEXT, pdf TEXT, pdf_hash TEXT, pages INTEGER, ${SYSTEM});
ALTER TABLE people ADD COLUMN role TEXT;

CREATE VIEW live_approval_limits AS SELECT * FROM approval_limits WHERE _alive = 1;
CREATE VIEW live_approvals AS SELECT * FROM approvals WHERE _alive = 1;
CREATE VIEW live_sent_quotes AS SELECT * FROM sent_quotes WHERE _alive = 1;
${searchTables(['approval_limits'])}

CREATE INDEX approval_limits_person ON approval_limits(person_id, role);
CREATE INDEX approval_limits_approves ON approval_limits(approves);
CREATE INDEX approvals_quote ON approvals(quote_id);
CREATE INDEX sent_quotes_quote ON sent_quotes(quote_id);

CREATE VIEW v_approval_limits AS SELECT t.id, p.code AS person_code, p.name AS person, ${word('t.role', ROLES)} AS role,
  ${word('t.approves', RIGHTS)} AS approves, ${decimal('t.floor')} AS floor, ${decimal('t.hard_floor')} AS hard_floor,
  ${decimal('t.own_discount')} AS own_discount, t.cost_days, t.term_days, t.valid_days, t.notes
FROM live_approval_limits t LEFT JOIN people p ON p.id = t.person_id AND p._alive = 1;

CREATE VIEW v_approvals AS SELECT t.id, q.number AS quote_number, ${word('t.kind', KINDS)} AS kind, t.level, t.hash,
  coalesce(p.name, t.actor) AS actor, t.note, ${instant('t.at')} AS at
FROM live_approvals t LEFT JOIN quotes q ON q.id = t.quote_id AND q._alive = 1
  LEFT JOIN people p ON p.id = t.actor AND p._alive = 1;

CREATE VIEW v_sent_quotes AS SELECT t.id, t.number AS quote_number, t.revision, t.recipient,
  ${word('t.channel', { mail: 'E-mail', portal: 'Portal', paper: 'Paper', told: 'Told' })} AS channel,
  coalesce(p.name, t.actor) AS actor, ${instant('t.at')} AS at, t.pages, t.snapshot, t.snapshot_hash, t.pdf_hash
FROM live_sent_quotes t LEFT JOIN people p ON p.id = t.actor AND p._alive = 1;

DROP VIEW v_people;
CREATE VIEW v_people AS SELECT t.id, t.code, t.name, t.first_name, t.last_name, t.job_title, t.email,
  ${firstOf('t.phones')} AS phone, m.code AS manager_code, m.name AS manager, t.hired_on, t.born_on, t.street, t.city,
  t.region, t.postcode, t.country, t.active, t.notes, ${word('t.role', ROLES)} AS role
FROM live_people t LEFT JOIN people m ON m.id = t.manager_id AND m._alive = 1;
`;
