/** The time of day of a promise; and of what row of which file an event is, so that the same file again adds nothing. */
import { subject, people } from './0300-subjects.ts';
import { word } from './view-sql.ts';

export const saidTimes = `
ALTER TABLE tracking_events ADD COLUMN source_key TEXT;
ALTER TABLE commitments ADD COLUMN due_time TEXT;
DROP VIEW v_commitments;
CREATE VIEW v_commitments AS SELECT t.id, t.what, a.code AS account_code, a.name AS account, t.due_on,
  ${word('t.status', { open: 'Open', kept: 'Kept', missed: 'Missed', released: 'Released' })} AS status, ${subject},
  c.name AS contact, t.made_on, t.kept_on, o.code AS owner_code, o.name AS owner, t.notes, t.due_time
FROM live_commitments t ${people} LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1;
`;
