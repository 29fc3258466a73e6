/**
 * Today with 50,000 open clocks: tasks, promises, quotes, contacts and holds of slots, all due within the window, in the engine's own thread,
 * beside what cannot be done without: their ids and days read by the same indexes.
 */
import type { Database } from 'better-sqlite3';
import { openEngine } from '../../../electron/engine/engine.ts';
import { createEnv } from '../../../electron/engine/options.ts';
import { openReader } from '../../../electron/engine/store/file/db.ts';
import { openMigrated } from '../../../electron/engine/store/file/migrate.ts';
import { addDays } from '../../../shared/domain/dates.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { optionsFor } from '../../fakes/processes.ts';
import { finish, idAt, inserter, type Values } from '../../store-read/fill.ts';
import { runJob } from '../job.ts';
import { inTurn } from '../measure.ts';
import { rowBeside } from '../rows.ts';

const CLOCKS = 50_000;
const KINDS = 5;
const ACCOUNTS = 500;
/** Days before and after today that clocks are spread over. */
const SPREAD = { before: 40, after: 6 };

const createAdd = (db: Database) => {
  let made = 0;
  const inserters = new Map<TableName, (row: Values) => void>();
  return (table: TableName, values: Values): string => {
    const insert = inserters.get(table) ?? inserter(db, table);
    inserters.set(table, insert);
    made += 1;
    insert({ id: idAt(made), ...values });
    return idAt(made);
  };
};

const makeFile = (path: string, int: (n: number) => number): void => {
  const { db } = openMigrated(path, Date.now());
  const add = createAdd(db);
  const today = new Date().toISOString().slice(0, 10);
  db.transaction(() => {
    const accounts = Array.from({ length: ACCOUNTS }, (_, at) => add('accounts', { code: `A${at}`, name: `Account ${at}` }));
    for (let n = 0; n < CLOCKS; n += 1) {
      const account = accounts[int(ACCOUNTS)] ?? '';
      const day = addDays(today, int(SPREAD.before + SPREAD.after) - SPREAD.before);
      const kind = n % KINDS;
      if (kind === 0)
        add('tasks', { what: `Task ${n}`, account_id: account, due_on: day, status: 'open', kind: 'do', priority: '1' });
      if (kind === 1) add('commitments', { what: `Promise ${n}`, account_id: account, due_on: day, status: 'open' });
      if (kind === 2) add('quotes', { number: `Q${n}`, account_id: account, valid_to: day, status: 'sent', currency: 'EUR' });
      if (kind === 3) add('contacts', { name: `Contact ${n}`, party: `accounts/${account}`, next_due_on: day });
      if (kind === 4) add('bookings', { number: `B${n}`, account_id: account, status: 'hold', hold_until: Date.parse(day) });
    }
  })();
  finish(db);
  db.exec('ANALYZE');
  db.close();
};

const bareReads = (path: string) => {
  const db = openReader(path);
  const statements = [
    "SELECT id, due_on FROM tasks WHERE status IN ('open', 'waiting') AND due_on <= ?",
    "SELECT id, due_on FROM commitments WHERE status = 'open' AND due_on <= ?",
    'SELECT id, valid_to FROM quotes WHERE valid_to <= ?',
    'SELECT id, next_due_on FROM contacts WHERE next_due_on <= ?',
    "SELECT id, hold_until FROM bookings WHERE status = 'hold' AND hold_until <= ?",
  ].map((sql) => db.prepare<[string]>(sql).raw());
  return {
    read: (): number => statements.reduce((sum, statement) => sum + statement.all('9999-12-31').length, 0),
    close: (): void => void db.close(),
  };
};

await runJob(async ({ path, int, times }) => {
  const file = path('today.db');
  makeFile(file, int);
  const engine = openEngine(createEnv(optionsFor(file)));
  const bare = bareReads(file);
  const ask = async (): Promise<void> => {
    const { counts } = await engine.call('today.list', { who: 'all' });
    if (counts.overdue + counts.today + counts.week !== CLOCKS) throw new Error('clocks are missing');
  };
  const pair = await inTurn(times(30, 3), ask, bare.read);
  bare.close();
  engine.close();
  return [
    rowBeside(`today: ${CLOCKS} open clocks ranked, the first 200 of each band shown`, pair, 'cpu', {
      budget: { p95: 500, ratio: 8 },
      note: 'limit: ids and days read, nothing ranked',
    }),
  ];
});
