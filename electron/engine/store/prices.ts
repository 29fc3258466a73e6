/**
 * Prices and promotions that could answer for a product and a customer, in one statement each: a line is priced inside
 * the transaction that changes it, among tens of thousands of prices. Which of them does answer is for the rules.
 */
import type { PriceKeys, PriceRow, PromotionRow } from './api.ts';
import type { Db } from './db.ts';

/** Lists for one of the accounts, or for nobody in particular. */
const LISTS = `lists AS MATERIALIZED (
    SELECT id, code, kind, account_id, site_id, tier, currency, valid_from, valid_to, version, replaces, takes_promotions
    FROM live_price_lists WHERE account_id IS NULL
    UNION ALL
    SELECT l.id, l.code, l.kind, l.account_id, l.site_id, l.tier, l.currency, l.valid_from, l.valid_to, l.version, l.replaces,
      l.takes_promotions
    FROM json_each(:accounts) j CROSS JOIN live_price_lists l ON l.account_id = j.value)`;

const COLUMNS = `p.id, p.product_id AS product, p.group_id AS "group", p.uom, p.min_qty AS "min", p.max_qty AS "max",
    p.break_mode AS mode, p.price, p.currency, p.valid_from AS "from", p.valid_to AS "to", p.priority,
    l.id AS list, l.kind, l.account_id AS account, l.site_id AS site, l.tier, l.currency AS listCurrency,
    l.valid_from AS listFrom, l.valid_to AS listTo, l.version, l.replaces, l.takes_promotions AS takesPromotions`;

const FROM = 'FROM lists l CROSS JOIN prices p ON p.list_id = l.id AND p._alive = 1 AND p.price IS NOT NULL';

const pricesSql = `WITH ${LISTS}
  SELECT ${COLUMNS} ${FROM} AND p.product_id = :product
  UNION ALL SELECT ${COLUMNS} ${FROM} AND p.product_id IS NULL AND p.group_id IN (SELECT value FROM json_each(:groups))
  UNION ALL SELECT ${COLUMNS} ${FROM} AND p.product_id IS NULL AND p.group_id IS NULL`;

const promotionsSql = `SELECT id, code, percent, applies, combines_with AS combinesWith, account_id AS account, tier,
    product_id AS product, group_id AS "group", min_qty AS "min", valid_from AS "from", valid_to AS "to", priority
  FROM live_promotions WHERE percent IS NOT NULL
    AND (account_id IS NULL OR account_id IN (SELECT value FROM json_each(:accounts)))
    AND (product_id IS NULL OR product_id = :product)
    AND (group_id IS NULL OR group_id IN (SELECT value FROM json_each(:groups)))`;

type Bound = { readonly product: string; readonly groups: string; readonly accounts: string };

const bind = ({ product, groups, accounts }: PriceKeys): Bound => ({
  product,
  groups: JSON.stringify(groups),
  accounts: JSON.stringify(accounts),
});

export const createPriceReader = (db: Db) => {
  const prices = db.prepare<[Bound], PriceRow>(pricesSql);
  const promotions = db.prepare<[Bound], PromotionRow>(promotionsSql);
  return {
    pricesFor: (keys: PriceKeys): readonly PriceRow[] => prices.all(bind(keys)),
    promotionsFor: (keys: PriceKeys): readonly PromotionRow[] => promotions.all(bind(keys)),
  };
};
