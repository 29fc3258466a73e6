/**
 * Sums of quotes, kept as those of orders are: whatever was touched is made again by the statement that makes all of
 * them. Optional lines and alternatives count once they are chosen (Q3).
 */
import type { Database } from 'better-sqlite3';
import { createDocumentSums, type KeptSums } from './document-sums.ts';
import { countedLines, createPutWhole, safeSum, wantedOf, type Summaries } from './sums-sql.ts';

const COUNTS = countedLines.quotes;
const when = (value: string): string => `CASE WHEN ${COUNTS} THEN ${value} END`;
const isCosted = `${COUNTS} AND l.net_micros IS NOT NULL`;

/** Sums of the wanted quotes that are live. `lines` are all of them, `counted` those in the total that have a net. */
export const quoteSumsSql = `WITH ${wantedOf('quotes')}
  SELECT o._n AS n, count(l._n) AS lines, count(${when('l.net_micros')}) AS counted,
    CASE WHEN count(${when('l.net')}) = count(${when('l.net_micros')}) THEN coalesce(${safeSum(when('l.net'))}, 0) END AS net,
    CASE WHEN count(${when('l.net_micros')}) = 0 THEN 0 ELSE ${safeSum(when('l.net_micros'))} END AS net_micros,
    CASE WHEN count(CASE WHEN ${isCosted} THEN l.cost_micros END) = count(${when('l.net_micros')})
      THEN ${safeSum(`CASE WHEN ${isCosted} THEN l.cost_micros END`)} END AS cost_micros, NULL AS discount
  FROM wanted w CROSS JOIN quotes o ON o._n = w.n LEFT JOIN quote_lines l ON l.quote_id = w.id AND l._alive = 1
  WHERE w._alive = 1 GROUP BY o._n`;

const reach: KeptSums['reach'] = {
  quotes: { link: 'id', reads: new Set(['currency', 'rounding', 'line_rounding', 'header_discount', 'header_percent']) },
  quote_lines: {
    link: 'quote_id',
    reads: new Set(['quote_id', 'qty', 'price', 'discount', 'cost', 'option_group', 'optional', 'chosen']),
  },
};

export const createQuoteSums = (db: Database): Summaries =>
  createDocumentSums(db, {
    ...{ table: 'quotes', into: 'quote_sums', sql: quoteSumsSql, reach },
    finish: createPutWhole(db, 'quotes', 'quote_sums'),
  });
