/** The kept sums of lines and documents against the same made anew. */
import type { Database } from 'better-sqlite3';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { isDocumentTable, type PaperTable } from '../../../../shared/model/documents.ts';
import { tableOf } from '../../../../shared/model/index.ts';
import type { Pause } from '../write/order.ts';
import { bookingSumsSql } from '../sums/booking-sums.ts';
import { createCreditRows } from '../sums/credit-sums.ts';
import { invoiceSumsSql } from '../sums/invoice-sums.ts';
import { quoteSumsSql } from '../sums/quote-sums.ts';
import { lineSumsSql, orderSumsSql } from '../sums/summaries.ts';
import { createWholeNets, type WholeNet } from '../sums/sums-sql.ts';
import { countWrongClocks } from '../sums/case-clocks.ts';
import { countWrongClaims } from '../sums/claim-clocks.ts';

const CHUNK = 5000;

type Summed = PaperTable | 'bookings';
type Loose = Readonly<Record<string, Scalar | bigint>>;

const say = (row: Loose): string =>
  JSON.stringify(row, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));

const numbersOf = (db: Database, table: Summed | 'cases' | 'claims'): readonly (readonly number[])[] => {
  const numbers = db.prepare<[], number>(`SELECT _n FROM ${table} ORDER BY _n`).pluck().all();
  return Array.from({ length: Math.ceil(numbers.length / CHUNK) }, (_, at) => numbers.slice(at * CHUNK, (at + 1) * CHUNK));
};

/** The sums of a document's lines with what is made of the whole. */
const withWhole = (row: Loose, whole: WholeNet | undefined): Loose => {
  if (whole === undefined) return row;
  const { net_micros: micros = null } = row;
  const { net, discount, off } = whole;
  return { ...row, net, net_micros: typeof micros === 'bigint' ? micros - off : micros, discount };
};

/** Documents whose kept sums are not what their rows come to. @param kept the table of the sums, @param made their statement */
const checkDocuments = async (
  db: Database,
  table: Summed,
  { kept, made }: { readonly kept: string; readonly made: string },
  pause: Pause,
): Promise<readonly string[]> => {
  const keptRows = db
    .prepare<[string], Loose>(`SELECT * FROM ${kept} WHERE n IN (SELECT value FROM json_each(?)) ORDER BY n`)
    .safeIntegers(true);
  const madeRows = db.prepare<[Record<string, string>], Loose>(made).safeIntegers(true);
  // What is billed is stored in minor units: nothing of it rounds over the whole.
  const wholeNets = isDocumentTable(table) ? createWholeNets(db, table) : () => new Map<number, WholeNet>();
  let wrong = 0;
  for (const numbers of numbersOf(db, table)) {
    const wanted = JSON.stringify(numbers);
    const nets = wholeNets(wanted);
    const fresh = new Set(madeRows.all({ [table]: wanted }).map((row) => say(withWhole(row, nets.get(Number(row['n']))))));
    for (const row of keptRows.all(wanted)) if (!fresh.delete(say(row))) wrong += 1;
    wrong += fresh.size;
    await pause();
  }
  return wrong > 0 ? [`sums of ${tableOf(table).many.toLowerCase()}: ${wrong} differ from their rows`] : [];
};

/** Lines of orders whose kept sums are not what their promises and events come to, either way round. */
const checkLines = async (db: Database, pause: Pause): Promise<readonly string[]> => {
  const kept = `SELECT s.* FROM line_sums s JOIN order_lines l ON l._n = s.n
    JOIN orders o ON o.id = l.order_id AND o._n IN (SELECT value FROM json_each(:orders))`;
  const differing = db
    .prepare<[{ orders: string }], number>(
      `SELECT count(*) FROM (SELECT n FROM (SELECT * FROM (${lineSumsSql}) EXCEPT ${kept})
        UNION SELECT n FROM (${kept} EXCEPT SELECT * FROM (${lineSumsSql})))`,
    )
    .pluck();
  const stray = db
    .prepare<[], number>(
      'SELECT count(*) FROM line_sums WHERE n NOT IN (SELECT l._n FROM order_lines l JOIN orders o ON o.id = l.order_id WHERE l._alive = 1)',
    )
    .pluck();
  let wrong = stray.get() ?? 0;
  for (const numbers of numbersOf(db, 'orders')) {
    wrong += differing.get({ orders: JSON.stringify(numbers) }) ?? 0;
    await pause();
  }
  return wrong > 0 ? [`sums of order lines: ${wrong} differ from their rows`] : [];
};

/** Orders of which more or less is to be billed than is kept. */
const checkCredit = async (db: Database, pause: Pause): Promise<readonly string[]> => {
  const made = createCreditRows(db);
  const kept = db
    .prepare<[string], Loose>(
      'SELECT n, account_id AS account, currency, total, billed FROM credit_sums WHERE n IN (SELECT value FROM json_each(?))',
    )
    .safeIntegers(true);
  let wrong = 0;
  for (const numbers of numbersOf(db, 'orders')) {
    const wanted = JSON.stringify(numbers);
    const fresh = new Set(made(wanted).map(say));
    for (const row of kept.all(wanted)) if (!fresh.delete(say(row))) wrong += 1;
    wrong += fresh.size;
    await pause();
  }
  return wrong > 0 ? [`what is to be billed of orders: ${wrong} differ from their rows`] : [];
};

type Counted = {
  readonly table: 'cases' | 'claims';
  readonly count: (db: Database, numbers: readonly number[]) => number;
  readonly wrong: string;
};

const ofIssues: Counted = { table: 'cases', count: countWrongClocks, wrong: 'clocks of issues: # differ from their events' };
const ofClaims: Counted = { table: 'claims', count: countWrongClaims, wrong: 'clocks of claims: # differ from their rows' };

const checkClocks = async (db: Database, { table, count, wrong: said }: Counted, pause: Pause): Promise<readonly string[]> => {
  let wrong = 0;
  for (const numbers of numbersOf(db, table)) {
    wrong += count(db, numbers);
    await pause();
  }
  return wrong > 0 ? [said.replace('#', String(wrong))] : [];
};

export const checkSums = async (db: Database, pause: Pause): Promise<readonly string[]> => [
  ...(await checkLines(db, pause)),
  ...(await checkDocuments(db, 'orders', { kept: 'order_sums', made: orderSumsSql }, pause)),
  ...(await checkCredit(db, pause)),
  ...(await checkDocuments(db, 'quotes', { kept: 'quote_sums', made: quoteSumsSql }, pause)),
  ...(await checkDocuments(db, 'invoices', { kept: 'invoice_sums', made: invoiceSumsSql }, pause)),
  ...(await checkClocks(db, ofIssues, pause)),
  ...(await checkClocks(db, ofClaims, pause)),
  ...(await checkDocuments(db, 'bookings', { kept: 'booking_sums', made: bookingSumsSql }, pause)),
];
