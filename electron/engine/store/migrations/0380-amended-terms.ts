/** The terms of payment of a confirmed order among what is amended (A2, O5). */
import { decimal, money, word } from './view-sql.ts';

export const amendedTerms = `
ALTER TABLE order_changes ADD COLUMN terms_before TEXT;
ALTER TABLE order_changes ADD COLUMN terms_after TEXT;
DROP VIEW v_order_changes;
CREATE VIEW v_order_changes AS SELECT t.id, d.number AS order_number, t.number,
  ${word('t.kind', { changed: 'Changed', added: 'Added', cancelled: 'Cancelled' })} AS kind, l.position, p.sku,
  ${decimal('t.qty_before')} AS qty_before, ${decimal('t.qty_after')} AS qty_after,
  ${decimal('t.price_before')} AS price_before, ${decimal('t.price_after')} AS price_after,
  ${decimal('t.discount_before')} AS discount_before, ${decimal('t.discount_after')} AS discount_after,
  t.promised_before, t.promised_after, t.changed_on, c.name AS changed_by, t.reason,
  ${money('t.header_discount_before', 'd.currency')} AS header_discount_before,
  ${money('t.header_discount_after', 'd.currency')} AS header_discount_after,
  ${decimal('t.header_percent_before')} AS header_percent_before, ${decimal('t.header_percent_after')} AS header_percent_after,
  ${money('t.freight_before', 'd.currency')} AS freight_before, ${money('t.freight_after', 'd.currency')} AS freight_after,
  t.terms_before, t.terms_after
FROM live_order_changes t LEFT JOIN orders d ON d.id = t.order_id AND d._alive = 1
  LEFT JOIN order_lines l ON l.id = t.line_id AND l._alive = 1 LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1
  LEFT JOIN people c ON c.id = t.changed_by AND c._alive = 1;
`;
