/** Statements about what an account buys: the prices that change for it, and what like accounts buy and it does not. */

/** What it bought within a year: other products' prices are not its concern. */
const BOUGHT = `bought AS MATERIALIZED (
  SELECT DISTINCT l.product_id AS id FROM orders o CROSS JOIN order_lines l ON l.order_id = o.id AND l._alive = 1
  WHERE o.account_id = :account AND o.ordered_on >= date(:today, '-1 year') AND o._alive = 1 AND l.product_id IS NOT NULL)`;

/** Of a price `p` in a list `l`. */
const FROM = 'coalesce(p.valid_from, l.valid_from)';
const BEFORE = `(SELECT q.price FROM prices q WHERE q.list_id = p.list_id AND q.product_id IS p.product_id AND q.group_id IS p.group_id
  AND q.min_qty IS p.min_qty AND q.uom IS p.uom AND q._alive = 1 AND q.id <> p.id
  AND coalesce(q.valid_from, l.valid_from, '') < ${FROM} ORDER BY coalesce(q.valid_from, l.valid_from, '') DESC LIMIT 1)`;
const ROW = `p.id, l.id AS list, coalesce(l.name, l.code, 'Price list') AS listName,
  coalesce(d.sku || ' ' || coalesce(d.name, ''), g.name, 'Everything') || coalesce(' from ' || (p.min_qty / 1000000), '') AS what,
  ${FROM} AS "on", p.price AS now, ${BEFORE} AS before, coalesce(p.currency, l.currency) AS currency`;
const NAMES = 'LEFT JOIN products d ON d.id = p.product_id LEFT JOIN product_groups g ON g.id = p.group_id';
const CHANGES = `${FROM} BETWEEN :since AND :upto AND p.price IS NOT NULL AND p._alive = 1 AND l._alive = 1`;

/** In its own lists every price; in the lists for everybody, or for its tier, those of what it bought. */
export const priceChangesSql = `WITH ${BOUGHT}
  SELECT ${ROW} FROM price_lists l CROSS JOIN prices p ON p.list_id = l.id ${NAMES}
  WHERE l.account_id = :account AND ${CHANGES}
  UNION ALL
  SELECT ${ROW} FROM bought CROSS JOIN prices p ON p.product_id = bought.id CROSS JOIN price_lists l ON l.id = p.list_id ${NAMES}
  WHERE l.account_id IS NULL AND (l.tier IS NULL OR l.tier = (SELECT tier FROM accounts WHERE id = :account)) AND ${CHANGES}
  ORDER BY "on", what`;

/** Accounts of the same tier that bought lately. */
export const peersSql = `SELECT a.id FROM accounts a WHERE a.tier = (SELECT tier FROM accounts WHERE id = :account)
  AND a.id <> :account AND a._alive = 1
  AND EXISTS (SELECT 1 FROM order_sums s WHERE s.account_id = a.id AND s.is_revenue = 1 AND s.ordered_on >= :from)
  ORDER BY a._n LIMIT :most`;

/** Groups that at least a third of them bought of, and this account never; the most usual first. */
export const groupsSql = `WITH had AS MATERIALIZED (
    SELECT DISTINCT d.group_id AS id FROM orders o CROSS JOIN order_lines l ON l.order_id = o.id AND l._alive = 1
    CROSS JOIN products d ON d.id = l.product_id WHERE o.account_id = :account AND o._alive = 1),
  theirs AS MATERIALIZED (
    SELECT DISTINCT o.account_id AS account, d.group_id AS id FROM json_each(:peers) j
    CROSS JOIN orders o ON o.account_id = j.value AND o.ordered_on >= :from AND o.status NOT IN ('draft', 'cancelled') AND o._alive = 1
    CROSS JOIN order_lines l ON l.order_id = o.id AND l._alive = 1 CROSS JOIN products d ON d.id = l.product_id)
  SELECT g.id, coalesce(g.name, g.code, '') AS name, count(*) AS peers FROM theirs t JOIN product_groups g ON g.id = t.id AND g._alive = 1
  WHERE t.id NOT IN (SELECT id FROM had WHERE id IS NOT NULL)
  GROUP BY g.id HAVING count(*) * 3 >= json_array_length(:peers) ORDER BY count(*) DESC, name`;
