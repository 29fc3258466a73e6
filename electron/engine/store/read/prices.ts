/**
 * Prices and promotions that could answer for a product and a customer: a line is priced inside the transaction that
 * changes it, among tens of thousands of prices. Which of them does answer is for the rules. The lists are asked for first
 * and their prices by them: one statement for both, over a materialised list, takes three times as long.
 */
import type { Bought, BoughtKeys, PriceKeys, PriceRow, PromotionRow } from '../api.ts';
import type { Db } from '../file/db.ts';
import { safeSum } from '../sums/sums-sql.ts';

type ListRow = Pick<
  PriceRow,
  | 'list'
  | 'kind'
  | 'account'
  | 'site'
  | 'tier'
  | 'listCurrency'
  | 'listFrom'
  | 'listTo'
  | 'version'
  | 'replaces'
  | 'takesPromotions'
  | 'channel'
>;
type OwnRow = Omit<PriceRow, Exclude<keyof ListRow, 'list'>>;

const LIST = `l.id AS list, l.kind, l.account_id AS account, l.site_id AS site, l.tier, l.currency AS listCurrency,
    l.valid_from AS listFrom, l.valid_to AS listTo, l.version, l.replaces, l.takes_promotions AS takesPromotions,
    l.sales_channel AS channel`;

/** Lists for nobody in particular, and for one of the accounts. */
const listsSql = `SELECT ${LIST} FROM live_price_lists l WHERE l.account_id IS NULL
  UNION ALL SELECT ${LIST} FROM json_each(?) j CROSS JOIN live_price_lists l ON l.account_id = j.value`;

const PRICE = `SELECT p.id, p.product_id AS product, p.group_id AS "group", p.uom, p.min_qty AS "min", p.max_qty AS "max",
    p.break_mode AS mode, p.break_basis AS basis, p.price, p.currency, p.valid_from AS "from", p.valid_to AS "to", p.priority, p.list_id AS list
  FROM json_each(:lists) j CROSS JOIN prices p ON p.list_id = j.value AND p._alive = 1 AND p.price IS NOT NULL`;

const pricesSql = `${PRICE} AND p.product_id = :product
  UNION ALL ${PRICE} AND p.product_id = :variant
  UNION ALL ${PRICE} AND p.product_id IS NULL AND p.group_id IN (SELECT value FROM json_each(:groups))
  UNION ALL ${PRICE} AND p.product_id IS NULL AND p.group_id IS NULL`;

const promotionsSql = `SELECT id, code, percent, applies, combines_with AS combinesWith, account_id AS account, tier,
    product_id AS product, group_id AS "group", min_qty AS "min", valid_from AS "from", valid_to AS "to", priority,
    sales_channel AS channel
  FROM live_promotions WHERE percent IS NOT NULL
    AND (account_id IS NULL OR account_id IN (SELECT value FROM json_each(:accounts)))
    AND (product_id IS NULL OR product_id IN (:product, :variant))
    AND (group_id IS NULL OR group_id IN (SELECT value FROM json_each(:groups)))`;

/** The index of order_sums is of confirmed and closed orders, by account and day. */
const boughtSql = `WITH bought AS (
    SELECT l.product_id AS product, l.uom, l.qty - coalesce((SELECT ${safeSum('f.qty')} FROM schedule_lines d
        CROSS JOIN fulfilments f ON f.schedule_id = d.id AND f._alive = 1 AND f.kind IN ('cancelled', 'short_closed')
        WHERE d.line_id = l.id AND d._alive = 1), 0) AS qty
    FROM order_sums s CROSS JOIN orders o ON o._n = s.n AND o._alive = 1 AND o.id IS NOT :without
      CROSS JOIN order_lines l ON l.order_id = o.id AND l._alive = 1 AND l.qty IS NOT NULL AND l.product_id IS NOT NULL
    WHERE s.is_revenue = 1 AND s.account_id = :account AND s.ordered_on BETWEEN :from AND :to)
  SELECT product, uom, ${safeSum('qty')} AS qty FROM bought GROUP BY product, uom`;

type Bound = Pick<PriceKeys, 'product' | 'variant'> & { readonly groups: string; readonly accounts: string };

export const createPriceReader = (db: Db) => {
  const lists = db.prepare<[string], ListRow>(listsSql);
  const prices = db.prepare<[Omit<Bound, 'accounts'> & { readonly lists: string }], OwnRow>(pricesSql);
  const promotions = db.prepare<[Bound], PromotionRow>(promotionsSql);
  const groupBreaks = db
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM prices WHERE break_basis = 'group' AND _alive = 1)`)
    .pluck();
  const bought = db.prepare<[BoughtKeys], Bought>(boughtSql);
  return {
    pricesFor: ({ variant, product, groups, accounts }: PriceKeys): readonly PriceRow[] => {
      const byId = new Map(lists.all(JSON.stringify(accounts)).map((row) => [row.list, row]));
      const wanted = { variant, product, groups: JSON.stringify(groups), lists: JSON.stringify([...byId.keys()]) };
      return prices.all(wanted).flatMap((row) => {
        const list = byId.get(row.list);
        return list === undefined ? [] : [{ ...row, ...list }];
      });
    },
    promotionsFor: ({ variant, product, groups, accounts }: PriceKeys): readonly PromotionRow[] =>
      promotions.all({ variant, product, groups: JSON.stringify(groups), accounts: JSON.stringify(accounts) }),
    hasGroupBreaks: (): boolean => groupBreaks.get() === 1,
    boughtBy: (keys: BoughtKeys): readonly Bought[] => bought.all(keys),
  };
};
