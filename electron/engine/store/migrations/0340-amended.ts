/**
 * What amendments bring (O5): the discount of the whole order among what is changed, holds that the rules put on and lift, and
 * credits that take back what was billed beyond the order; and what of a line was cancelled, kept beside its other sums.
 */
import { decimal, money, word } from './view-sql.ts';

export const amended = `
ALTER TABLE order_changes ADD COLUMN header_discount_before INTEGER;
ALTER TABLE order_changes ADD COLUMN header_discount_after INTEGER;
ALTER TABLE order_changes ADD COLUMN header_percent_before INTEGER;
ALTER TABLE order_changes ADD COLUMN header_percent_after INTEGER;
ALTER TABLE order_holds ADD COLUMN by_rule INTEGER;
ALTER TABLE credit_lines ADD COLUMN order_line_id TEXT;
ALTER TABLE line_sums ADD COLUMN cancelled_qty INTEGER;
CREATE INDEX orders_quote ON orders(quote_id) WHERE quote_id IS NOT NULL;

UPDATE line_sums SET cancelled_qty = (SELECT CASE WHEN count(s.id) > 0 THEN coalesce(sum(f.qty), 0) END FROM order_lines l
  CROSS JOIN schedule_lines s ON s.line_id = l.id AND s._alive = 1
  LEFT JOIN fulfilments f ON f.schedule_id = s.id AND f._alive = 1 AND f.kind = 'cancelled' WHERE l._n = line_sums.n);

DROP VIEW v_order_changes;
CREATE VIEW v_order_changes AS SELECT t.id, d.number AS order_number, t.number,
  ${word('t.kind', { changed: 'Changed', added: 'Added', cancelled: 'Cancelled' })} AS kind, l.position, p.sku,
  ${decimal('t.qty_before')} AS qty_before, ${decimal('t.qty_after')} AS qty_after,
  ${decimal('t.price_before')} AS price_before, ${decimal('t.price_after')} AS price_after,
  ${decimal('t.discount_before')} AS discount_before, ${decimal('t.discount_after')} AS discount_after,
  t.promised_before, t.promised_after, t.changed_on, c.name AS changed_by, t.reason,
  ${money('t.header_discount_before', 'd.currency')} AS header_discount_before,
  ${money('t.header_discount_after', 'd.currency')} AS header_discount_after,
  ${decimal('t.header_percent_before')} AS header_percent_before, ${decimal('t.header_percent_after')} AS header_percent_after
FROM live_order_changes t LEFT JOIN orders d ON d.id = t.order_id AND d._alive = 1
  LEFT JOIN order_lines l ON l.id = t.line_id AND l._alive = 1 LEFT JOIN products p ON p.id = l.product_id AND p._alive = 1
  LEFT JOIN people c ON c.id = t.changed_by AND c._alive = 1;
`;
