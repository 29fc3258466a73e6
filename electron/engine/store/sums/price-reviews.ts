/**
 * Lines of confirmed orders whose prices came to be others since (P9). What the prices say is looked up in the background
 * when any of them changed and kept here; whether a line is to be reviewed is read from the line itself, so that what a
 * person decided holds at once, wherever it was decided.
 */
import { REVIEW_SHARE } from '../../../../shared/domain/pricing/review.ts';
import type { Db } from '../file/db.ts';

/** Everything a price is made of. */
const SOURCES = ['prices', 'price_lists', 'promotions', 'products', 'product_groups', 'product_units'] as const;

/** How many ops there are of it and the newest of them; and the rows, as a snapshot brings them without their ops. */
const versionSql = `SELECT (SELECT count(*) || '.' || coalesce(max(h), 0) FROM history
    WHERE tbl IN (SELECT idx FROM tables WHERE name IN (${SOURCES.map((name) => `'${name}'`).join()})))
  || ${SOURCES.map((table) => `'/' || (SELECT count(*) FROM ${table})`).join(' || ')}`;

/** What the price of a line is held against: what the prices said when it was decided by hand, else itself. */
const HELD = 'CASE l.by_hand WHEN 1 THEN l.engine_price ELSE l.price END';

/** A line to be reviewed, with its review as `r` and itself as `l`. */
export const DIFFERS = `l._alive = 1 AND abs(r.says - ${HELD}) * ${REVIEW_SHARE} > ${HELD}`;

/** Open lines that the prices made, or that were decided against them; what came with a quote or a file stands as it came. */
const openSql = `SELECT l.id, l._n AS n FROM order_sums q CROSS JOIN orders o ON o._n = q.n
  CROSS JOIN order_lines l ON l.order_id = o.id JOIN line_sums s ON s.n = l._n
  WHERE q.is_open = 1 AND o.status = 'confirmed' AND o._alive = 1 AND l._alive = 1 AND s.is_open = 1
    AND l.quote_line_id IS NULL AND ${HELD} IS NOT NULL AND l.by_hand IS NOT NULL`;

const ofOrderSql = `SELECT l.id, r.says FROM order_lines l JOIN price_reviews r ON r.n = l._n
  WHERE l.order_id = ? AND ${DIFFERS} ORDER BY l.position, l.id`;

export type PriceReview = { readonly n: number; readonly says: number };

export const createPriceReviewReader = (db: Db) => {
  const version = db.prepare<[], string>(versionSql).pluck();
  const looked = db.prepare<[], string>('SELECT of FROM price_looks WHERE id = 1').pluck();
  const open = db.prepare<[], { readonly id: string; readonly n: number }>(openSql);
  return {
    /** What all prices are now, for one text of it; null where it was looked at already. */
    unseen: (): string | null => {
      const now = version.get() ?? '';
      return now === looked.get() ? null : now;
    },
    openLines: () => open.all(),
  };
};

export const createPriceReviewsOf = (db: Db) => {
  const ofOrder = db.prepare<[string], { readonly id: string; readonly says: number }>(ofOrderSql);
  return (order: string) => ofOrder.all(order);
};

/** Takes the place of what was looked up before. */
export const createPriceReviewWriter = (db: Db) => {
  const clear = db.prepare('DELETE FROM price_reviews');
  const add = db.prepare<[number, number]>('INSERT INTO price_reviews(n, says) VALUES(?, ?)');
  const look = db.prepare<[string]>(
    'INSERT INTO price_looks(id, of) VALUES(1, ?) ON CONFLICT(id) DO UPDATE SET of = excluded.of',
  );
  const keep = db.transaction((of: string, reviews: readonly PriceReview[]) => {
    clear.run();
    for (const { n, says } of reviews) add.run(n, says);
    look.run(of);
  });
  return (of: string, reviews: readonly PriceReview[]): void => keep.immediate(of, reviews);
};
