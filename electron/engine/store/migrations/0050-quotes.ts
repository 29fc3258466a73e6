/** Quotes, their lines and sums, what an order says of the quote it came from, and the public views of quotes. */
import { decimal, exact, money, searchTables, word } from './view-sql.ts';

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

const COUNTS = "coalesce(t.option_group, '') = '' AND coalesce(t.optional, 0) = 0 OR coalesce(t.chosen, 0) = 1";

export const quotes = `
CREATE TABLE quotes(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  number TEXT, number_sort TEXT, number_match TEXT, account_id TEXT, subject TEXT, status TEXT, valid_to TEXT,
  sent_on TEXT, probability INTEGER, next_step TEXT, next_step_on TEXT, revision INTEGER, owner_id TEXT,
  quoted_on TEXT, requested TEXT, currency TEXT, site_id TEXT, contact_id TEXT, terms TEXT, incoterm TEXT,
  customer_ref TEXT, rounding TEXT, price_on TEXT, recipient TEXT, channel TEXT, decided_on TEXT, loss_reason TEXT,
  competitor TEXT, base_number TEXT, revised_from TEXT, wording TEXT, notes TEXT,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
CREATE TABLE quote_lines(_n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,
  quote_id TEXT, position INTEGER, product_id TEXT, qty INTEGER, uom TEXT, price INTEGER, by_hand INTEGER,
  engine_price INTEGER, discount INTEGER, description TEXT, option_group TEXT, optional INTEGER, chosen INTEGER, requested TEXT, cost INTEGER,
  accepted_qty INTEGER, note TEXT, net_micros INTEGER, net INTEGER, cost_micros INTEGER,
  _scope INTEGER, _h INTEGER, _d INTEGER, _st INTEGER, _x TEXT, _extra TEXT, _c TEXT, _alive INTEGER);
ALTER TABLE orders ADD COLUMN quote_id TEXT;
ALTER TABLE order_lines ADD COLUMN quote_line_id TEXT;
CREATE VIEW live_quotes AS SELECT * FROM quotes WHERE _alive = 1;
CREATE VIEW live_quote_lines AS SELECT * FROM quote_lines WHERE _alive = 1;
${searchTables(['quotes', 'quote_lines'])}

CREATE INDEX quotes_number ON quotes(number_match);
CREATE INDEX quotes_account ON quotes(account_id);
CREATE INDEX quotes_status ON quotes(status);
CREATE INDEX quotes_valid ON quotes(valid_to);
CREATE INDEX quotes_base ON quotes(base_number);
CREATE INDEX quote_lines_quote ON quote_lines(quote_id);
CREATE INDEX quote_lines_product ON quote_lines(product_id);
CREATE INDEX order_lines_quoted ON order_lines(quote_line_id) WHERE quote_line_id IS NOT NULL;

-- Derived, kept by the write path (store/quote-sums.ts), rebuilt at will. n is the _n of the quote; net is minor units,
-- net_micros and cost_micros are 10^-6. lines: all of them; counted: those in the total that have a net.
-- cost_micros: of the counted lines, null while one of them has no cost.
CREATE TABLE quote_sums(n INTEGER PRIMARY KEY, lines INTEGER NOT NULL, counted INTEGER NOT NULL, net INTEGER,
  net_micros INTEGER, cost_micros INTEGER) STRICT;

CREATE VIEW v_quotes AS SELECT t.id, t.number, a.code AS account_code, a.name AS account, t.subject,
  ${word('t.status', STATES)} AS status, t.quoted_on, t.valid_to, t.sent_on, t.decided_on, s.lines, s.counted, t.currency,
  ${decimal('s.net_micros')} AS net, ${exact('s.net_micros')} AS net_exact, s.net_micros,
  ${money('s.net', 't.currency')} AS net_rounded,
  CASE WHEN s.net_micros > 0 THEN (s.net_micros - s.cost_micros) * 1.0 / s.net_micros END AS margin,
  ${decimal('t.probability')} AS probability, t.next_step, t.next_step_on, t.requested, t.revision, t.base_number,
  r.number AS revised_from, i.code AS site_code, i.name AS site, c.name AS contact, o.code AS owner_code, o.name AS owner,
  t.terms, t.incoterm, t.customer_ref, ${word('t.rounding', { line: 'Each line', document: 'Whole quote' })} AS rounding,
  t.price_on, t.recipient, ${word('t.channel', { mail: 'E-mail', portal: 'Portal', paper: 'Paper', told: 'Told' })} AS channel,
  ${word('t.loss_reason', LOST)} AS loss_reason, t.competitor, t.wording, t.notes
FROM live_quotes t LEFT JOIN quote_sums s ON s.n = t._n
  LEFT JOIN accounts a ON a.id = t.account_id AND a._alive = 1 LEFT JOIN sites i ON i.id = t.site_id AND i._alive = 1
  LEFT JOIN contacts c ON c.id = t.contact_id AND c._alive = 1 LEFT JOIN people o ON o.id = t.owner_id AND o._alive = 1
  LEFT JOIN quotes r ON r.id = t.revised_from AND r._alive = 1;

CREATE VIEW v_quote_lines AS SELECT t.id, d.number AS quote_number, t.position, d.quoted_on,
  ${word('d.status', STATES)} AS quote_status, a.code AS account_code, a.name AS account, p.sku, p.name AS product,
  ${decimal('t.qty')} AS qty, t.uom, ${decimal('t.price')} AS price, ${decimal('t.discount')} AS discount, d.currency,
  ${decimal('t.net_micros')} AS net, ${exact('t.net_micros')} AS net_exact, t.net_micros,
  ${money('t.net', 'd.currency')} AS net_rounded, (${COUNTS}) AS is_counted, t.description, t.option_group, t.optional,
  t.chosen, t.requested, ${decimal('t.cost')} AS cost, ${decimal('t.accepted_qty')} AS accepted_qty, t.note
FROM live_quote_lines t LEFT JOIN quotes d ON d.id = t.quote_id AND d._alive = 1
  LEFT JOIN accounts a ON a.id = d.account_id AND a._alive = 1 LEFT JOIN products p ON p.id = t.product_id AND p._alive = 1;
`;
