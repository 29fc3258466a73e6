/**
 * Puts the engine together: one store connection for each role, and the services that answer on it. Leaving a
 * method of the contract out does not compile.
 */
import type { CallContext } from '../../shared/contract/define.ts';
import type { Aparts, Commands, Queries } from '../../shared/contract/index.ts';
import { STANDALONE, type Role } from '../../shared/domain/roles.ts';
import type { EngineEnv, Emit } from './env.ts';
import { createIncoming } from './files/incoming.ts';
import type { Composed } from './role.ts';
import { amendCommands, amendQueries } from './services/orders/amendments.ts';
import { attachmentCommands, attachmentQueries } from './services/attachments/attachments.ts';
import { appCommands, appQueries } from './services/company/app.ts';
import { carriageQueries } from './services/billing/carriage.ts';
import { billingQueries } from './services/billing/billing-read.ts';
import { approvalCommands, approvalQueries } from './services/approval/approvals.ts';
import { caseQueries } from './services/cases/case-read.ts';
import { caseTermCommands } from './services/cases/case-terms.ts';
import { caseCommands } from './services/cases/cases.ts';
import { bookingCommands, bookingQueries } from './services/booking/bookings.ts';
import { claimCommands, claimQueries } from './services/claims/claims.ts';
import { checkQueries } from './services/company/check.ts';
import { baseCurrency, companyToday, companyZone } from './services/company/company.ts';
import { confirmCommands, confirmQueries } from './services/orders/confirm.ts';
import { creditCommands, creditQueries } from './services/credit/credit.ts';
import { createDocuments } from './services/document/documents.ts';
import { disputeCommands } from './services/billing/disputes.ts';
import { createExports } from './services/export/exports.ts';
import { holdCommands, holdQueries } from './services/orders/hold-desk.ts';
import { createCreditRetester, type Retester } from './services/credit/retest.ts';
import { actorOf, changeBy } from './services/access/identity.ts';
import { personOf, roleOf } from './services/approval/authority.ts';
import { createImportQueries, createImports } from './services/import/imports.ts';
import { invoiceCommands } from './services/billing/invoices.ts';
import { postingCommands, postingQueries } from './services/billing/posting.ts';
import { paymentCommands, paymentQueries } from './services/billing/payments.ts';
import { fulfilmentCommands, fulfilmentQueries } from './services/fulfilment/fulfilment.ts';
import { padQueries } from './services/orders/order-pad.ts';
import { briefQueries } from './services/accounts/brief.ts';
import { createBriefDocument } from './services/accounts/brief-document.ts';
import { createStatusSheet } from './services/accounts/status-sheet.ts';
import { createLegal } from './services/company/issuing.ts';
import { numberCommands, numberQueries } from './services/company/numbers.ts';
import { nextQueries } from './services/orders/next-step.ts';
import { orderCommands, orderQueries } from './services/orders/orders.ts';
import { quoteCommands, quoteQueries } from './services/quotes/quotes.ts';
import { mergeCommands, mergeQueries } from './services/orders/merging.ts';
import { freightCommands, freightQueries } from './services/quotes/freight.ts';
import { createNoticeRunner } from './services/notices/runner.ts';
import { guardCommands } from './services/access/permissions.ts';
import { priceCommands, priceQueries } from './services/pricing/prices.ts';
import { createPriceReviewer, priceReviewCommands, priceReviewQueries } from './services/pricing/price-reviews.ts';
import { schemaQueries } from './services/records/query.ts';
import { recordQueries } from './services/records/records-read.ts';
import { pastQueries, recordCommands } from './services/records/records.ts';
import { returnCommands, returnQueries } from './services/returns/returns.ts';
import { sendingQueries, sendQuote } from './services/quotes/sending.ts';
import { createRules } from './services/rules/rules.ts';
import { sampleCommands } from './services/sample/sample.ts';
import { taxCommands, taxQueries } from './services/money/tax.ts';
import { taskCommands, taskQueries } from './services/tasks/tasks.ts';
import { todayCommands, todayQueries } from './services/today/today.ts';
import { hubCommands } from './services/team/hub.ts';
import { createHubs } from './services/team/hubs.ts';
import { knownUpTo } from './services/team/met.ts';
import { readPlace } from './services/team/place.ts';
import { createSync, newsQueries, syncQueries } from './services/team/sync.ts';
import { verifyQueries } from './services/team/verify.ts';
import { createViewService } from './services/records/views.ts';
import type { LocalReader, Reader, Rules, WriteStore } from './store/api.ts';
import { createBriefReader } from './store/brief/read.ts';
import { createClocks } from './store/clocks/read.ts';
import type { ReadContext } from './store/grid/computed.ts';
import { openReader } from './store/file/db.ts';
import { exportShapes } from './store/read/export-columns.ts';
import { createLocalReader } from './store/file/local-settings.ts';
import { createPast } from './store/log/past.ts';
import { runStatement } from './store/public/query.ts';
import { createReadStore } from './store/read/read-store.ts';
import { createReader } from './store/read/reader.ts';
import { openWriteStore } from './store/write/write-store.ts';
import type { OpenStore } from './store/write/write-store.ts';

/** The rules number what they make by the store that is opened with them. */
const openStore = (env: EngineEnv, emit: Emit): { readonly store: OpenStore; readonly rules: Rules } => {
  const opened: { store?: OpenStore } = {};
  const rules = createRules({
    env,
    nextNumber: (table) => opened.store?.nextNumber(table) ?? '',
    legal: createLegal(() => opened.store),
  });
  opened.store = openWriteStore({ ...env, rules, emit });
  return { store: opened.store, rules };
};

/** What a reading depends on beside the rows, as it is now. */
const createContext = (read: Reader, local: LocalReader, env: EngineEnv) => (): ReadContext => ({
  today: companyToday(read, env),
  zone: companyZone(read, env),
  currency: baseCurrency(read) ?? '',
  me: local.person(),
  now: Math.floor(env.clock() / 60_000) * 60_000,
});

/** What documents say of who made them. */
const createAbout =
  (store: WriteStore) =>
  ({ as }: CallContext) => {
    const person = store.local.person();
    const name = person === null ? null : store.get('people', person)?.['name'];
    const [company, weekStart] = [store.setting('name'), store.setting('weekStart')];
    return {
      author: as ?? (typeof name === 'string' ? name : ''),
      company: typeof company === 'string' ? company : '',
      weekStart: typeof weekStart === 'number' ? weekStart : 1,
    };
  };

/** A file that no team shares is owned by whoever sits at it; in a team everybody has the role that is on their person. */
const createRole =
  (store: WriteStore) =>
  (context: CallContext): Role => {
    if (readPlace(store.local) === null) return STANDALONE;
    const { as } = context;
    // A name that nobody here has gives nothing, with an address or without one. Where nobody is yet, somebody has to begin.
    if (as !== undefined && personOf(as, store) === null && store.local.people().length > 0) return 'viewer';
    return roleOf(actorOf(store, context), store);
  };

/** What goes out of an account as a whole. */
const createAccountFiles = (deps: Parameters<typeof createStatusSheet>[0]) => ({
  ...createBriefDocument(deps),
  ...createStatusSheet(deps),
});

type Runs = { readonly start: () => void; readonly stop: () => void };

/** Starts what runs by itself, where it is to. Returns how to stop all of it. */
const startAll = (all: readonly Runs[], isOn: boolean): (() => void) => {
  if (isOn) for (const one of all) one.start();
  return () => {
    for (const one of all) one.stop();
  };
};

/** What is told to every window is heard here too, by whoever waits for it. */
const createTelling = (emit: Emit) => {
  const hearing: { heard?: Retester['heard'] } = {};
  const tell: Emit = (name, payload) => {
    emit(name, payload);
    hearing.heard?.(name, payload);
  };
  return { tell, hearing };
};

type Running = { readonly env: EngineEnv; readonly hearing: { heard?: Retester['heard'] } } & Parameters<typeof createSync>[0];

/**
 * Rounds with the hub and looks at what is due; after every round, and after what makes room, credit is tested again, whether or
 * not it runs by itself (K2).
 */
const runAll = ({ hearing, ...deps }: Running, meets: boolean) => {
  const { store, env, emit } = deps;
  const retester = createCreditRetester(env, store, emit);
  hearing.heard = retester.heard;
  const sync = createSync(deps);
  const runs = [sync.runner, createNoticeRunner(env, emit), createPriceReviewer(env, store, emit), retester];
  return { sync, stopAll: startAll(runs, meets) };
};

/** What is set once for all: the company, its terms and its numbers. */
const settingCommands = (of: Parameters<typeof appCommands>[0]) => ({
  ...appCommands(of),
  ...creditCommands(of),
  ...taxCommands(of),
  ...numberCommands(of),
  ...freightCommands(of),
});

const pricingCommands = (of: Parameters<typeof priceCommands>[0]) => ({ ...priceCommands(of), ...priceReviewCommands(of) });

/**
 * The one writing connection. Opening it migrates the file and takes an interrupted batch back.
 * @param meets whether rounds with the hub, and looks at what is due, run by themselves: where a window is, not for a command
 * of a line
 */
export const composeWriter = (env: EngineEnv, emit: Emit, meets = false): Composed & { readonly handlers: Commands } => {
  const { tell, hearing } = createTelling(emit);
  const { store, rules } = openStore(env, tell);
  const incoming = createIncoming(env.db, env.ids);
  const hubs = createHubs(env);
  const { sync, stopAll } = runAll({ store, env, hubs, emit: tell, hearing }, meets);
  const about = createAbout(store);
  const changeOf = (context: CallContext, source: Parameters<typeof changeBy>[2]['source'], label: string) =>
    changeBy(store, context, { label, source });
  return {
    handlers: guardCommands(
      {
        ...settingCommands({ store, env }),
        ...recordCommands(store),
        ...orderCommands({ store, env }),
        ...confirmCommands({ store, env }),
        ...amendCommands({ store, env }),
        ...mergeCommands({ store }),
        ...holdCommands({ store, env }),
        ...fulfilmentCommands({ store, env }),
        ...quoteCommands({ store, env }),
        ...invoiceCommands({ store, env }),
        ...postingCommands({ store, env }),
        ...paymentCommands({ store, env }),
        ...disputeCommands({ store, env }),
        ...bookingCommands({ store, env }),
        ...approvalCommands({ store, env }),
        ...caseCommands({ store, env }),
        ...caseTermCommands({ store, env }),
        ...claimCommands({ store, env }),
        ...returnCommands({ store, env }),
        ...taskCommands({ store, env }),
        ...attachmentCommands({ store, env }),
        ...todayCommands({ store, env }),
        'quotes.send': sendQuote({ store, env, about }),
        ...pricingCommands({ store, env }),
        ...sampleCommands({ store, env }),
        ...sync.commands,
        ...hubCommands({ env, hubs, store }),
        ...createExports({ env, context: createContext(store, store.local, env), about }),
        ...createDocuments({ env, read: store, about }),
        ...createAccountFiles({ env, about }),
        ...createImports({ store, rules, env, incoming, changeOf }),
      },
      createRole(store),
      sync.refused,
    ),
    schema: store.local.schema(),
    idle: () => {
      store.seal();
      store.checkpoint();
    },
    close: () => {
      stopAll();
      incoming.clear();
      hubs.close();
      store.close();
    },
  };
};

/** A reading connection; the file must be there. */
export const composeReader = (env: EngineEnv): Composed & { readonly handlers: Queries } => {
  const db = openReader(env.db);
  const store = createReadStore(db);
  const read = createReader(db);
  const local = createLocalReader(db);
  const context = createContext(read, local, env);
  const hubs = createHubs(env);
  const known = { local, device: local.device(), get: (...of: Parameters<Reader['get']>) => read.get(...of) };
  const asked = { read, today: () => context().today, actor: (call: CallContext) => actorOf(known, call) };
  return {
    handlers: {
      ...appQueries({ read, local, env }),
      ...creditQueries({ read }),
      ...taxQueries({ read }),
      ...numberQueries({ read, local, env }),
      ...postingQueries({ read, local }),
      ...freightQueries({ read }),
      ...recordQueries({ store, read, local, locale: env.locale, context }),
      ...pastQueries({ past: createPast(db), read, local }),
      ...orderQueries({ read }),
      ...attachmentQueries({ read }),
      ...priceReviewQueries({ read, local }),
      ...nextQueries({ read }),
      ...amendQueries({ read }),
      ...mergeQueries({ read }),
      ...confirmQueries({ ...asked, locale: env.locale }),
      ...holdQueries({ read, today: () => context().today, locale: env.locale }),
      ...padQueries({ read, today: () => context().today }),
      ...fulfilmentQueries({ read }),
      ...quoteQueries({ read, today: () => context().today }),
      ...billingQueries({ read, env, knownUpTo: () => knownUpTo(local) }),
      ...carriageQueries({ read }),
      ...paymentQueries({ read, env }),
      ...bookingQueries({ read, now: env.clock, today: () => context().today, zone: () => context().zone }),
      ...approvalQueries(asked),
      ...caseQueries({ read, env }),
      ...claimQueries({ read }),
      ...returnQueries({ read, env }),
      ...taskQueries({ read, env }),
      ...briefQueries({ brief: createBriefReader(db), read, env }),
      ...todayQueries({ clocks: createClocks(db), read, local, env }),
      ...sendingQueries(asked),
      ...priceQueries({ read, env }),
      ...createViewService(store, context),
      ...schemaQueries(store),
      ...checkQueries(store, () => local.person()),
      ...syncQueries({ store, read, context, local, env, hubs }),
      ...newsQueries(hubs),
      ...verifyQueries({ store, local, env, hubs }),
      ...createImportQueries(env, read, () => exportShapes(db)),
    },
    schema: local.schema(),
    forget: (connection) => store.views.forget(connection),
    close: () => {
      hubs.close();
      db.close();
    },
  };
};

/** What runs in a process of its own. Each statement opens the file, reads and closes it. */
export const composeApart = (env: EngineEnv): Composed & { readonly handlers: Aparts } => ({
  handlers: {
    'query.run': ({ sql, limit }) => {
      const { columns, rows, cut } = runStatement(env.db, sql, limit);
      return { columns: [...columns], rows: rows.map((row) => [...row]), cut };
    },
  },
  schema: 0,
  close: () => {},
});
