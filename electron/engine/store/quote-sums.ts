/**
 * Sums of quotes, kept as those of orders are: whatever was touched is made again by the statement that makes all of
 * them. Optional lines and alternatives count once they are chosen (Q3).
 */
import type { Database } from 'better-sqlite3';
import type { TableName } from '../../../shared/model/index.ts';
import { countedLines, createWholeNets, safeSum, wantedOf, type Summaries } from './sums-sql.ts';

const COUNTS = countedLines.quotes;
const when = (value: string): string => `CASE WHEN ${COUNTS} THEN ${value} END`;
const isCosted = `${COUNTS} AND l.net_micros IS NOT NULL`;

/** Sums of the wanted quotes that are live. `lines` are all of them, `counted` those in the total that have a net. */
export const quoteSumsSql = `WITH ${wantedOf('quotes')}
  SELECT o._n AS n, count(l._n) AS lines, count(${when('l.net_micros')}) AS counted,
    CASE WHEN count(${when('l.net')}) = count(${when('l.net_micros')}) THEN coalesce(${safeSum(when('l.net'))}, 0) END AS net,
    CASE WHEN count(${when('l.net_micros')}) = 0 THEN 0 ELSE ${safeSum(when('l.net_micros'))} END AS net_micros,
    CASE WHEN count(CASE WHEN ${isCosted} THEN l.cost_micros END) = count(${when('l.net_micros')})
      THEN ${safeSum(`CASE WHEN ${isCosted} THEN l.cost_micros END`)} END AS cost_micros
  FROM wanted w CROSS JOIN quotes o ON o._n = w.n LEFT JOIN quote_lines l ON l.quote_id = w.id AND l._alive = 1
  WHERE w._alive = 1 GROUP BY o._n`;

/** What the sums read of each table, or what that is derived from. */
const reads: Partial<Record<TableName, ReadonlySet<string>>> = {
  quotes: new Set(['currency', 'rounding']),
  quote_lines: new Set(['quote_id', 'qty', 'price', 'discount', 'cost', 'option_group', 'optional', 'chosen']),
};

const CHUNK = 2000;

export const createQuoteSums = (db: Database): Summaries => {
  const touched = new Set<string>();
  const numbersOf = db.prepare<[string], number>('SELECT q._n FROM json_each(?) j CROSS JOIN quotes q ON q.id = j.value').pluck();
  const drop = db.prepare('DELETE FROM quote_sums WHERE n IN (SELECT value FROM json_each(:quotes))');
  const put = db.prepare(`INSERT OR REPLACE INTO quote_sums ${quoteSumsSql}`);
  const wholeNets = createWholeNets(db, 'quotes');
  const putNet = db.prepare('UPDATE quote_sums SET net = ? WHERE n = ?');
  const sum = (numbers: readonly number[]): void => {
    for (let from = 0; from < numbers.length; from += CHUNK) {
      const quotes = JSON.stringify(numbers.slice(from, from + CHUNK));
      drop.run({ quotes });
      put.run({ quotes });
      for (const [n, net] of wholeNets(quotes)) putNet.run(net, n);
    }
  };
  return {
    touch: (table, id, before, after) => {
      if (table === 'quotes') touched.add(id);
      if (table !== 'quote_lines') return;
      for (const row of [before, after]) if (typeof row?.['quote_id'] === 'string') touched.add(row['quote_id']);
    },
    reads: (table, fields) => [...fields].some((field) => reads[table]?.has(field) === true),
    flush: () => {
      if (touched.size === 0) return;
      sum(numbersOf.all(JSON.stringify([...touched])));
      touched.clear();
    },
    rebuild: () => {
      db.exec('DELETE FROM quote_sums');
      sum(db.prepare<[], number>('SELECT _n FROM quotes ORDER BY _n').pluck().all());
    },
  };
};
