/**
 * Made-up data through the same write path as everything else: one batch, whole or absent, in chunks between which
 * other calls are answered. The same seed on the same day gives the same data. Never into a file with accounts.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext } from '../../../../shared/contract/define.ts';
import type { Commands } from '../../../../shared/contract/index.ts';
import { companyPatches, companyToday, companyZone, readCompany, type Company } from '../company/company.ts';
import type { EngineEnv } from '../../env.ts';
import type { Batch, Change, Reader, StorePatch, WriteStore } from '../../store/api.ts';
import { changeBy } from '../access/identity.ts';
import { deliveryPatches, makeOrders, type SampleOrder } from './documents.ts';
import { makeActivities, makeFaults } from './extras.ts';
import { makeBookings } from './bookings.ts';
import { makeClaims } from './claims.ts';
import { makeInvoices } from './invoices.ts';
import { makeIssues } from './issues.ts';
import { makeMasters, type Making, type Masters, type Size } from './masters.ts';
import { makePrices } from './prices.ts';
import { makeQuotes } from './quotes.ts';
import { makeReturns } from './returns.ts';
import { makeTasks } from './tasks.ts';
import { createRandom } from './random.ts';

const sizes: Readonly<Record<'s' | 'm' | 'l', Size>> = {
  s: {
    accounts: 40,
    partners: 8,
    products: 60,
    contacts: 90,
    people: 5,
    orders: 307,
    mostLines: 7,
    activities: 160,
    hasArrivals: true,
  },
  m: {
    accounts: 400,
    partners: 16,
    products: 300,
    contacts: 900,
    people: 12,
    orders: 5000,
    mostLines: 7,
    activities: 2000,
    hasArrivals: true,
  },
  l: {
    accounts: 5000,
    partners: 60,
    products: 2000,
    contacts: 10_000,
    people: 25,
    orders: 200_000,
    mostLines: 10,
    activities: 30_000,
    hasArrivals: false,
  },
};

/** Rows of one transaction: well below the limit, as lines bring their schedule lines. */
const CHUNK = 4000;

type Env = Pick<EngineEnv, 'clock' | 'ids' | 'zone'>;

/** Writes rows in chunks, counts them, lets others in between, and stops when the caller has gone. */
const createWriter = (store: WriteStore, batch: Batch, context: CallContext) => {
  const rows: Record<string, number> = {};
  const count = (table: string): void => void (rows[table] = (rows[table] ?? 0) + 1);
  let waiting: StorePatch[] = [];
  let documents: SampleOrder[] = [];
  const apply = async (patches: readonly StorePatch[]): Promise<void> => {
    if (context.signal.aborted) throw new AppError('cancelled', 'Stopped. Nothing was added.');
    if (patches.length === 0) return;
    for (const { table } of patches) {
      count(table);
      // The rules give every line its one promise.
      if (table === 'order_lines') count('schedule_lines');
    }
    batch.apply(patches);
    await nextTurn();
  };
  return {
    rows,
    put: (patch: StorePatch): void => void waiting.push(patch),
    isFull: (): boolean => waiting.length >= CHUNK,
    /** An order with its lines, and later what went out of them: the two never part from their document. */
    add(order: SampleOrder): void {
      waiting.push(...order.patches);
      documents.push(order);
    },
    async flush(ids: () => string): Promise<void> {
      const [patches, orders] = [waiting, documents];
      waiting = [];
      documents = [];
      for (let at = 0; orders.length === 0 && at < patches.length; at += CHUNK) await apply(patches.slice(at, at + CHUNK));
      if (orders.length === 0) return;
      await apply(patches);
      const events = orders.flatMap(({ lines }) =>
        lines.flatMap((line) => {
          const [schedule] = store.children('schedule_lines', line.id);
          return schedule ? deliveryPatches(line, schedule.id, ids) : [];
        }),
      );
      for (let at = 0; at < events.length; at += CHUNK) await apply(events.slice(at, at + CHUNK));
    },
  };
};

const fill = async (
  making: Making,
  masters: Masters,
  store: Reader,
  writer: ReturnType<typeof createWriter>,
  context: CallContext,
): Promise<void> => {
  const { ids, size } = making;
  await writer.flush(ids);
  let done = 0;
  const tell = (): void => context.progress(done, size.orders, 'Orders');
  for (const order of makeOrders(making, masters)) {
    writer.add(order);
    done += 1;
    if (!writer.isFull()) continue;
    await writer.flush(ids);
    tell();
  }
  for (const order of makeFaults(making, masters)) writer.add(order);
  await writer.flush(ids);
  tell();
  for (const invoice of makeInvoices(making, store)) {
    writer.add(invoice);
    if (writer.isFull()) await writer.flush(ids);
  }
  await writer.flush(ids);
  for (const booking of makeBookings(making, masters, store)) {
    writer.add(booking);
    if (writer.isFull()) await writer.flush(ids);
  }
  await writer.flush(ids);
  for (const activity of makeActivities(making, masters)) {
    writer.put(activity);
    if (writer.isFull()) await writer.flush(ids);
  }
  await writer.flush(ids);
  makeClaims(making, masters);
  makeReturns(making, store);
  makeIssues(making, masters);
  await writer.flush(ids);
  for (const quote of makeQuotes(making, masters)) {
    writer.add(quote);
    if (writer.isFull()) await writer.flush(ids);
  }
  await writer.flush(ids);
  for (const task of makeTasks(making, masters)) {
    writer.put(task);
    if (writer.isFull()) await writer.flush(ids);
  }
  await writer.flush(ids);
};

const ownCompany = ({ zone }: Env): Company => ({
  zone,
  currency: 'GBP',
  weekStart: 1,
  fiscalMonth: 4,
  name: 'Fernhill Trade Supplies',
});

/** A file that is the sample's own also gets a company, and somebody who sits at the desk. */
const settleIn = (store: WriteStore, env: Env, change: Change): Company => {
  const known = readCompany(store);
  if (known) return known;
  const company = ownCompany(env);
  store.apply(companyPatches(store, env.ids, company, true), { ...change, silent: true });
  return company;
};

const makeSample = async (
  store: WriteStore,
  env: Env,
  { size, seed }: Parameters<Commands['sample.make']>[0],
  context: CallContext,
): Promise<Awaited<ReturnType<Commands['sample.make']>>> => {
  if ((store.local.counts()['accounts'] ?? 0) > 0) {
    throw new AppError('blocked', 'This file already has accounts. Sample data goes into a new file only. Nothing was changed.');
  }
  const started = env.clock();
  const change = changeBy(store, context, { label: 'Sample data', source: 'import', silent: true });
  const { currency } = settleIn(store, env, change);
  const batch = store.batch('Sample data', change);
  const writer = createWriter(store, batch, context);
  try {
    const random = createRandom(seed);
    const [today, zone] = [companyToday(store, env), companyZone(store, env)];
    const making: Making = { random, size: sizes[size], ids: env.ids, today, zone, currency, put: writer.put };
    const masters = makeMasters(making);
    makePrices(making, masters);
    await fill(making, masters, store, writer, context);
    batch.done();
    store.local.setSample(true);
    if (store.local.person() === null) store.local.setPerson(masters.people[0]);
  } catch (error) {
    batch.undo();
    throw error;
  }
  return { rows: writer.rows, ms: env.clock() - started };
};

export const sampleCommands = ({
  store,
  env,
}: {
  readonly store: WriteStore;
  readonly env: Env;
}): Pick<Commands, 'sample.make'> => ({
  'sample.make': (input, context) => makeSample(store, env, input, context),
});
