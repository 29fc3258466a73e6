/**
 * Sums kept beside a document: whatever was touched is made again, before the change is done, by the statement that makes
 * all of them.
 */
import type { Database } from 'better-sqlite3';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Summaries } from './sums-sql.ts';

/** The link through which a row reaches its document (`id` = it is one), and what the sums read of it. */
type Reach = { readonly link: string; readonly reads: ReadonlySet<string> };

export type KeptSums = {
  readonly table: TableName;
  /** The table the sums are kept in; its key is the local number `n`. */
  readonly into: string;
  /** Sums of the live documents whose local numbers a parameter of the table's name lists, as JSON. */
  readonly sql: string;
  readonly reach: Readonly<Partial<Record<TableName, Reach>>>;
  /** Local numbers of the documents that the rows of `:ids` belong to, where a link does not name the document itself. */
  readonly owners?: string;
  /** What the statement cannot say. @param wanted as handed to the statement */
  readonly finish?: (wanted: string) => void;
};

/** Documents a statement: the list of numbers stays small. */
const CHUNK = 2000;

export const createDocumentSums = (db: Database, { table, into, sql, reach, owners, finish }: KeptSums): Summaries => {
  const touched = new Set<string>();
  const direct = `SELECT d._n FROM json_each(:ids) j CROSS JOIN ${table} d ON d.id = j.value`;
  const numbersOf = db.prepare<[{ ids: string }], number>(owners ?? direct).pluck();
  const drop = db.prepare(`DELETE FROM ${into} WHERE n IN (SELECT value FROM json_each(?))`);
  const put = db.prepare(`INSERT OR REPLACE INTO ${into} ${sql}`);
  const sum = (numbers: readonly number[]): void => {
    for (let from = 0; from < numbers.length; from += CHUNK) {
      const wanted = JSON.stringify(numbers.slice(from, from + CHUNK));
      drop.run(wanted);
      put.run({ [table]: wanted });
      finish?.(wanted);
    }
  };
  return {
    touch: (of, id, before, after) => {
      const way = reach[of];
      if (way?.link === 'id') touched.add(id);
      else if (way !== undefined)
        for (const row of [before, after]) {
          const owner = row?.[way.link];
          if (typeof owner === 'string') touched.add(owner);
        }
    },
    reads: (of, fields) => [...fields].some((field) => reach[of]?.reads.has(field) === true),
    flush: () => {
      if (touched.size === 0) return;
      sum(numbersOf.all({ ids: JSON.stringify([...touched]) }));
      touched.clear();
    },
    rebuild: () => {
      db.exec(`DELETE FROM ${into}`);
      sum(db.prepare<[], number>(`SELECT _n FROM ${table} ORDER BY _n`).pluck().all());
    },
  };
};
