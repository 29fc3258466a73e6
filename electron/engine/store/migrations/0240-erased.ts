/** When what was known of a person was erased. */
import { firstOf, word } from './view-sql.ts';

export const erased = `
ALTER TABLE contacts ADD COLUMN erased_on TEXT;
DROP VIEW v_contacts;
CREATE VIEW v_contacts AS SELECT t.id, t.name, coalesce(a.code, p.code) AS account_code, coalesce(a.name, p.name) AS account,
  CASE WHEN a.id IS NOT NULL THEN 'Account' WHEN p.id IS NOT NULL THEN 'Partner' END COLLATE NOCASE AS account_kind,
  t.role, ${firstOf('t.emails')} AS email, ${firstOf('t.phones')} AS phone, t.next_due_on,
  ${word('t.consent', { yes: 'Yes', no: 'No', asked: 'Asked' })} AS consent, o.code AS owner_code, o.name AS owner, t.notes,
  t.cadence_days, t.erased_on
FROM live_contacts t LEFT JOIN accounts a ON a.id = t.party_id AND a._alive = 1
  LEFT JOIN partners p ON p.id = t.party_id AND p._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;
`;
