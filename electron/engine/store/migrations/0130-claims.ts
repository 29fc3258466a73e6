/** Claims on carriers with their evidence, what is agreed about claims, and when the next thing of each is due. */
import { firstOf, money, searchTables, word } from './view-sql.ts';

const SYSTEM = '_scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER';

const STATES = {
  draft: 'Draft',
  filed: 'Filed',
  acknowledged: 'Acknowledged',
  offered: 'Offer made',
  declined: 'Declined',
  paid: 'Paid',
  withdrawn: 'Withdrawn',
};
const CAUSES = {
  damaged: 'Damaged',
  short: 'Short',
  lost: 'Lost',
  late: 'Late',
  temperature: 'Temperature',
  refused: 'Refused',
};
const EVIDENCE = {
  proof: 'Proof of delivery with exceptions',
  photos: 'Photos',
  invoice: 'Invoice',
  salvage: 'Salvage',
  other: 'Other',
};
const STEPS = {
  tell: 'Tell the carrier',
  file: 'File the claim',
  acknowledge: 'Carrier acknowledges',
  decide: 'Carrier decides',
  status: 'Carrier reports',
  suit: 'Take it to court',
};

const TERMS = ['months', 'concealed_days', 'acknowledge_days', 'decide_days', 'status_days', 'suit_months'];

const joined = (table: string, alias: string, field: string): string =>
  `LEFT JOIN ${table} ${alias} ON ${alias}.id = t.${field} AND ${alias}._alive = 1`;

export const claims = `
CREATE TABLE claims(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  number TEXT, number_sort TEXT, number_match TEXT, account_id TEXT, partner_id TEXT, booking_id TEXT, status TEXT, cause TEXT,
  amount INTEGER, paid INTEGER, owner_id TEXT, delivered_on TEXT, shipment TEXT, shipment_sort TEXT, shipment_match TEXT,
  is_liable INTEGER, is_concealed INTEGER, told_on TEXT, filed_on TEXT, acknowledged_on TEXT, status_on TEXT, offered INTEGER,
  decided_on TEXT, denied_on TEXT, reason TEXT, case_id TEXT, order_id TEXT, credit_note_id TEXT, currency TEXT,
  description TEXT, ${SYSTEM});
CREATE TABLE claim_evidence(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  claim_id TEXT, kind TEXT, name TEXT, file TEXT, added_on TEXT, person_id TEXT, ${SYSTEM});
CREATE VIEW live_claims AS SELECT * FROM claims WHERE _alive = 1;
CREATE VIEW live_claim_evidence AS SELECT * FROM claim_evidence WHERE _alive = 1;
${searchTables(['claims'])}

CREATE INDEX claims_number ON claims(number_match);
CREATE INDEX claims_shipment ON claims(shipment_match);
CREATE INDEX claims_account ON claims(account_id);
CREATE INDEX claims_partner ON claims(partner_id);
CREATE INDEX claims_booking ON claims(booking_id);
CREATE INDEX claims_case ON claims(case_id);
CREATE INDEX claims_status ON claims(status);
CREATE INDEX claim_evidence_claim ON claim_evidence(claim_id);

-- Derived, kept by the write path (store/claim-clocks.ts), rebuilt at will. n is the _n of the claim. Of those with something
-- to come: what, the last day for it, and who has to act.
CREATE TABLE claim_clocks(n INTEGER PRIMARY KEY, kind TEXT NOT NULL, due TEXT NOT NULL, who TEXT NOT NULL) STRICT;
CREATE INDEX claim_clocks_due ON claim_clocks(due);

${TERMS.map((name) => `ALTER TABLE partners ADD COLUMN claim_${name} INTEGER;`).join('\n')}

DROP VIEW v_partners;
CREATE VIEW v_partners AS SELECT t.id, t.code, t.name,
  ${word('t.kind', { carrier: 'Carrier', vendor: 'Vendor', contractor: 'Contractor', venue: 'Venue' })} AS kind,
  a.code AS account_code, a.name AS account, t.street, t.city, t.region, t.postcode, t.country,
  ${firstOf('t.phones')} AS phone, t.email, t.website, t.insurance_to, t.contract_to, t.active, t.notes,
  ${TERMS.map((name) => `t.claim_${name}`).join(', ')}
FROM live_partners t LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1;

CREATE VIEW v_claims AS SELECT t.id, t.number, a.code AS account_code, a.name AS account, p.code AS partner_code,
  p.name AS partner, b.number AS booking_number, ${word('t.status', STATES)} AS status, ${word('t.cause', CAUSES)} AS cause,
  ${word('s.kind', STEPS)} AS next_step, s.due AS next_due, t.currency, ${money('t.amount', 't.currency')} AS amount,
  ${money('t.offered', 't.currency')} AS offered, ${money('t.paid', 't.currency')} AS paid, t.delivered_on, t.shipment,
  t.is_liable, t.is_concealed, t.told_on, t.filed_on, t.acknowledged_on, t.status_on, t.decided_on, t.denied_on, t.reason,
  c.number AS issue_number, o.number AS order_number, n.number AS credit_note_number, w.code AS owner_code, w.name AS owner,
  t.description
FROM live_claims t LEFT JOIN claim_clocks s ON s.n = t._n ${joined('accounts', 'a', 'account_id')}
  ${joined('partners', 'p', 'partner_id')} ${joined('bookings', 'b', 'booking_id')} ${joined('cases', 'c', 'case_id')}
  ${joined('orders', 'o', 'order_id')} ${joined('credit_notes', 'n', 'credit_note_id')} ${joined('people', 'w', 'owner_id')};

CREATE VIEW v_claim_evidence AS SELECT t.id, k.number AS claim_number, ${word('t.kind', EVIDENCE)} AS kind, t.name, t.file,
  t.added_on, w.name AS person
FROM live_claim_evidence t LEFT JOIN claims k ON k.id = t.claim_id AND k._alive = 1 ${joined('people', 'w', 'person_id')};
`;
