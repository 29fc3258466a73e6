/** How long before its renewal an account has to be given notice. */
import { decimal, firstOf, instant, money, word } from './view-sql.ts';

const WORK = { line: 'Quantity × price, rounded', unit: 'Price rounded, × quantity' };

export const notice = `
ALTER TABLE accounts ADD COLUMN notice_days INTEGER;
DROP VIEW v_accounts;
CREATE VIEW v_accounts AS SELECT t.id, t.code, t.name, p.code AS parent_code, p.name AS parent,
  ${word('t.status', { active: 'Active', prospect: 'Prospect', dormant: 'Dormant', on_stop: 'On stop' })} AS status,
  ${word('t.tier', { a: 'A', b: 'B', c: 'C' })} AS tier, o.code AS owner_code, o.name AS owner, t.industry,
  t.street, t.city, t.region, t.postcode, t.country, ${firstOf('t.phones')} AS phone, t.email, t.website, t.currency,
  t.terms, ${money('t.credit_limit', 't.currency')} AS credit_limit, t.next_step, t.next_step_on, t.renewal_on, t.notice_days,
  (SELECT count(*) FROM order_sums s WHERE s.account_id = t.id AND s.is_open = 1) AS open_orders,
  ${instant(
    "(SELECT max(c.at) FROM activities c WHERE c.about_id = t.id AND c._alive = 1 AND c.kind <> 'note')",
  )} AS last_contact_at, t.notes, ${money('t.min_order', 't.currency')} AS min_order,
  ${decimal('t.over_share')} AS over_share, ${decimal('t.under_share')} AS under_share, t.no_credit_check, t.tax_exempt_no, t.tax_exempt_to,
  ${word('t.line_rounding', WORK)} AS line_rounding, t.sales_channel
FROM live_accounts t LEFT JOIN accounts p ON p.id = t.parent_id AND p._alive = 1
  LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1;
`;
