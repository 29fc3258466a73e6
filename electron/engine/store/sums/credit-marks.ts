/**
 * Which accounts' credit is to be looked at again (K2): every change marks them, of this device and of others alike, inside
 * its transaction. The look comes later and apart, and takes nobody's time.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import type { CreditMark, CreditOver } from '../api.ts';
import type { Db } from '../file/db.ts';
import type { Summaries } from './sums-sql.ts';

type Reach = {
  /** The link to what is of an account; null for the account itself. */
  readonly link: string | null;
  /** Where the link leads, from a list of ids `:ids` to accounts; null: it is the account. */
  readonly by: keyof typeof accountsSql | null;
  readonly reads: readonly string[];
};

const IDS = 'json_each(:ids) j';
const accountsSql = {
  order: `SELECT o.account_id FROM ${IDS} CROSS JOIN orders o ON o.id = j.value`,
  line: `SELECT o.account_id FROM ${IDS} CROSS JOIN order_lines l ON l.id = j.value CROSS JOIN orders o ON o.id = l.order_id`,
  schedule: `SELECT o.account_id FROM ${IDS} CROSS JOIN schedule_lines s ON s.id = j.value
    CROSS JOIN order_lines l ON l.id = s.line_id CROSS JOIN orders o ON o.id = l.order_id`,
  invoice: `SELECT i.account_id FROM ${IDS} CROSS JOIN invoices i ON i.id = j.value`,
  note: `SELECT i.account_id FROM ${IDS} CROSS JOIN credit_notes k ON k.id = j.value CROSS JOIN invoices i ON i.id = k.invoice_id`,
  payment: `SELECT p.account_id FROM ${IDS} CROSS JOIN payments p ON p.id = j.value`,
  /** What an account may, those below it may that say nothing themselves. */
  account: `WITH RECURSIVE below(id) AS (SELECT j.value FROM ${IDS}
    UNION SELECT a.id FROM below b CROSS JOIN accounts a ON a.parent_id = b.id) SELECT id FROM below`,
  /** The company's own terms are everybody's. */
  setting: 'SELECT DISTINCT s.account_id FROM credit_sums s WHERE :ids IS NOT NULL',
} as const;

const reach: Partial<Record<TableName, Reach>> = {
  accounts: { link: 'id', by: 'account', reads: ['credit_limit', 'parent_id', 'no_credit_check', 'currency'] },
  settings: { link: 'key', by: 'setting', reads: ['value'] },
  orders: {
    link: 'id',
    by: 'order',
    reads: ['account_id', 'status', 'currency', 'freight', 'tax_policy', 'header_discount', 'header_percent'],
  },
  order_lines: { link: 'order_id', by: 'order', reads: ['qty', 'price', 'discount', 'tax_code'] },
  order_holds: { link: 'order_id', by: 'order', reads: ['reason', 'released_on', 'release_amount', 'release_to'] },
  schedule_lines: { link: 'line_id', by: 'line', reads: ['qty'] },
  fulfilments: { link: 'schedule_id', by: 'schedule', reads: ['kind', 'qty'] },
  invoices: { link: 'id', by: 'invoice', reads: ['account_id', 'status', 'freight', 'tax', 'due_on'] },
  invoice_lines: { link: 'invoice_id', by: 'invoice', reads: ['amount'] },
  credit_notes: { link: 'invoice_id', by: 'invoice', reads: ['tax'] },
  credit_lines: { link: 'credit_note_id', by: 'note', reads: ['amount'] },
  payments: { link: 'id', by: 'payment', reads: ['account_id', 'amount', 'currency'] },
  allocations: { link: 'payment_id', by: 'payment', reads: ['amount', 'settled'] },
};

type Row = Parameters<Summaries['touch']>[2];

const prepare = (db: Db) =>
  Object.fromEntries(
    Object.entries(accountsSql).map(([name, sql]) => [
      name,
      db.prepare<{ ids: string }>(
        `WITH found(account) AS (${sql}) INSERT INTO credit_marks(account, times)
         SELECT DISTINCT account, 1 FROM found WHERE account IS NOT NULL ON CONFLICT(account) DO UPDATE SET times = times + 1`,
      ),
    ]),
  );

export const createCreditMarks = (db: Db): Summaries => {
  const touched = new Map<string, Set<string>>();
  const mark = prepare(db);
  const add = (by: string, id: unknown): void => {
    if (typeof id === 'string') touched.set(by, (touched.get(by) ?? new Set()).add(id));
  };
  const addRow = ({ link, by }: Reach, row: Row): void => {
    if (row !== undefined && link !== null && by !== null) add(by, row[link]);
  };
  return {
    touch(table, id, before, after) {
      const way = reach[table];
      if (way === undefined) return;
      if (table === 'settings' && !String(after?.['key'] ?? before?.['key']).startsWith('credit')) return;
      if (way.link === 'id') add(way.by ?? '', id);
      else for (const row of [before, after]) addRow(way, row);
    },
    reads: (table, fields) => reach[table]?.reads.some((field) => fields.has(field)) === true,
    flush() {
      for (const [by, ids] of touched) mark[by]?.run({ ids: JSON.stringify([...ids]) });
      touched.clear();
    },
    rebuild: () => undefined,
  };
};

/** Accounts to look at, so many at a time. */
export const createCreditMarkReader = (db: Db) => {
  const some = db.prepare<[number], CreditMark>('SELECT account, times FROM credit_marks ORDER BY account LIMIT ?');
  return (limit: number): readonly CreditMark[] => some.all(limit);
};

export const createCreditOverWriter = (db: Db) => {
  const known = db.prepare<[string], { id: string; since: string }>('SELECT id, since FROM credit_over WHERE account = ?');
  const clear = db.prepare<[string]>('DELETE FROM credit_over WHERE account = ?');
  const add = db.prepare<[string, string, string, number, string | null]>(
    'INSERT OR REPLACE INTO credit_over(id, account, since, over, currency) VALUES(?, ?, ?, ?, ?)',
  );
  // What changed while it was looked at is looked at again.
  const done = db.prepare<[string, number]>('DELETE FROM credit_marks WHERE account = ? AND times = ?');
  const keep = db.transaction(({ account, times }: CreditMark, found: readonly CreditOver[]) => {
    const since = new Map(known.all(account).map((one) => [one.id, one.since]));
    clear.run(account);
    for (const { order, on, over, currency } of found) add.run(order, account, since.get(order) ?? on, over, currency);
    done.run(account, times);
  });
  return (mark: CreditMark, found: readonly CreditOver[]): void => keep.immediate(mark, found);
};
