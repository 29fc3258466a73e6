/** When a site takes goods (O3); what a freight quote is made by and says beside its rates (Q4). */
import { decimal, exact, money, word } from './view-sql.ts';

const STATES = {
  draft: 'Draft',
  in_review: 'In review',
  approved: 'Approved',
  sent: 'Sent',
  accepted: 'Accepted',
  partly_accepted: 'Partly accepted',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  superseded: 'Superseded',
};
const LOST = {
  price: 'Price',
  timing: 'Timing',
  competitor: 'Competitor',
  no_decision: 'No decision',
  duplicate: 'Duplicate',
  withdrawn: 'Our withdrawal',
};

export const freight = `
ALTER TABLE sites ADD COLUMN work_days TEXT;
ALTER TABLE sites ADD COLUMN closed_on TEXT;
ALTER TABLE quotes ADD COLUMN charge_mode TEXT;
ALTER TABLE quotes ADD COLUMN rates_to TEXT;
ALTER TABLE quotes ADD COLUMN transit TEXT;
ALTER TABLE quotes ADD COLUMN free_days INTEGER;

DROP VIEW v_sites;
CREATE VIEW v_sites AS SELECT t.id, a.code AS account_code, a.name AS account, t.code, t.name, t.street, t.city, t.region,
  t.postcode, t.country, t.instructions, t.work_days, t.closed_on
FROM live_sites t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1;

DROP VIEW v_quotes;
CREATE VIEW v_quotes AS SELECT t.id, t.number, a.code AS account_code, a.name AS account, t.subject,
  ${word('t.status', STATES)} AS status, t.quoted_on, t.valid_to, t.sent_on, t.decided_on, s.lines, s.counted, t.currency,
  ${decimal('s.net_micros')} AS net, ${exact('s.net_micros')} AS net_exact, s.net_micros,
  ${money('s.net', 't.currency')} AS net_rounded,
  CASE WHEN s.net_micros > 0 THEN (s.net_micros - s.cost_micros) * 1.0 / s.net_micros END AS margin,
  ${decimal('t.probability')} AS probability, t.next_step, t.next_step_on, t.requested, t.revision, t.base_number,
  r.number AS revised_from, i.code AS site_code, i.name AS site, c.name AS contact, o.code AS owner_code, o.name AS owner,
  t.terms, t.incoterm, t.customer_ref, ${word('t.rounding', { line: 'Each line', document: 'Whole quote' })} AS rounding,
  t.price_on, t.recipient, ${word('t.channel', { mail: 'E-mail', portal: 'Portal', paper: 'Paper', told: 'Told' })} AS channel,
  ${word('t.loss_reason', LOST)} AS loss_reason, t.competitor, t.wording, t.notes,
  t.charge_mode, t.rates_to, t.transit, t.free_days
FROM live_quotes t LEFT JOIN quote_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1
  LEFT JOIN quotes r ON r.id = t.revised_from AND r._alive = 1;
`;
