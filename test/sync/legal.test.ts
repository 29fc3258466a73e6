/** Gap-free legal numbers of a team that meets at a folder (N1, SYNC.md 2.4): one device gives them, and nobody else. */
import { expect, it, onTestFinished } from 'vitest';
import { postingCommands, postingQueries } from '../../electron/engine/services/billing/posting.ts';
import { invoiceCommands } from '../../electron/engine/services/billing/invoices.ts';
import { companyPatches } from '../../electron/engine/services/company/company.ts';
import { settleWithoutIssuer } from '../../electron/engine/services/billing/without-issuer.ts';
import { settleIssuedTwice } from '../../electron/engine/services/billing/issued-twice.ts';
import { createLegal } from '../../electron/engine/services/company/issuing.ts';
import { numberCommands, numberQueries } from '../../electron/engine/services/company/numbers.ts';
import { createRules } from '../../electron/engine/services/rules/rules.ts';
import { listConflicts } from '../../electron/engine/store/team/conflicts.ts';
import { createFolderAdmin } from '../../electron/engine/sync/folder-admin.ts';
import { createFolderHub } from '../../electron/engine/sync/folder.ts';
import { defaultNumberFormat } from '../../shared/domain/numbering.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { COMPANY, imported } from '../services/open.ts';
import { makeTemp } from '../setup/temp.ts';
import { edit } from '../store/open.ts';
import { openReplica } from './replica.ts';
import { enrol, ROOT, round, SIGNED_TEAM } from './team.ts';

const START = Date.UTC(2026, 0, 15, 9);
const LEGAL = '{yyyy}-{counter}';

/** A device with the rules and commands of the program. */
const openDevice = (number: number, folder: string, clock: () => number) => {
  const world = { clock, zone: 'UTC', locale: 'en-GB' };
  const replica = openReplica({
    number,
    folder,
    clock,
    rulesOf: (ids, store) =>
      createRules({ env: { ...world, ids }, nextNumber: (table) => store()?.nextNumber(table) ?? '', legal: createLegal(store) }),
  });
  onTestFinished(() => replica.close());
  const env = { ...world, ids: replica.ids };
  const deps = () => ({ store: replica.store, env });
  const queries = () => ({ read: replica.store, local: replica.store.local, env });
  return {
    replica,
    get id() {
      return replica.store.device.id;
    },
    get code() {
      return replica.store.device.code;
    },
    /** A draft of something, as a file brings it. */
    draft(account: string): string {
      const [id, line] = [replica.ids(), replica.ids()];
      const values = { account_id: account, currency: 'GBP', terms: '30 days' };
      const lined = { invoice_id: id, position: 1, qty: 1_000_000, price: 1_000_000, amount: 100, description: 'Work' };
      replica.store.apply(
        [
          { kind: 'insert', table: 'invoices', id, values },
          { kind: 'insert', table: 'invoice_lines', id: line, values: lined },
        ],
        imported,
      );
      return id;
    },
    name: (issuer: string | null, format = LEGAL, table = 'invoices') =>
      numberCommands(deps())['numbers.set']({ table, format, start: 1, issuer }, context),
    credit: async (id: string) => {
      const lines = replica.store.children('invoice_lines', id).map((line) => ({ line: line.id, qty: 1_000_000, amount: null }));
      const asked = { id, lines, reason: 'Broken', fee: null, screen: null };
      return (await invoiceCommands(deps())['invoices.credit'](asked, context)).id;
    },
    issue: async (id: string) => invoiceCommands(deps())['invoices.issue']({ id, screen: null }, context),
    ready: (id: string) => postingCommands(deps())['invoices.ready']({ id, isReady: true, screen: null }, context),
    post: async () =>
      contract['numbers.post'].output.parse(
        await postingCommands(deps())['numbers.post']({ documents: null, screen: null }, context),
      ),
    waiting: async () =>
      contract['numbers.waiting'].output.parse(await postingQueries(queries())['numbers.waiting']({}, context)),
    numbers: async () => contract['numbers.list'].output.parse(await numberQueries(queries())['numbers.list']({}, context)),
    async series() {
      return (await this.numbers()).series.find(({ table }) => table === 'invoices');
    },
    given: async () => {
      const asked = { table: 'invoices', limit: 200 };
      return contract['numbers.given'].output.parse(await numberQueries(queries())['numbers.given'](asked, context)).given;
    },
    row: (id: string) => replica.store.get('invoices', id),
    conflicts: (id: string) => replica.look((db) => listConflicts(db, 9)).conflicts.filter(({ row }) => row === id),
    legal: (id: string): unknown => replica.store.get('invoices', id)?.['legal_number'],
    doubles: (id: string) =>
      replica.store
        .issues('invoices', id)
        .filter(({ code }) => code === 'DUP_NUMBER')
        .map(({ field, level }) => `${field} ${level}`),
  };
};

type Device = ReturnType<typeof openDevice>;

/** Anna's and Ben's, with one account that both know. */
const openOffice = async () => {
  const folder = makeTemp();
  let now = START;
  const clock = (): number => (now += 7);
  const [anna, ben] = [openDevice(0, folder, clock), openDevice(1, folder, clock)];
  const hubFolder = makeTemp();
  const hub = createFolderHub(hubFolder, SIGNED_TEAM.org);
  for (const { replica } of [anna, ben]) await enrol(hub, replica);
  const { store, ids } = anna.replica;
  const account = ids();
  store.apply(companyPatches(store, ids, { ...COMPANY, zone: 'UTC' }, true), { ...edit, silent: true });
  store.apply([{ kind: 'insert', table: 'accounts', id: account, values: { code: 'HARB', name: 'Harbour' } }], edit);
  const meet = async (...devices: readonly Device[]): Promise<void> => {
    for (const { replica } of [...devices, ...devices]) {
      await round(hub, replica);
      replica.store.sync.nameDevices(await hub.certificates());
    }
  };
  await meet(anna, ben);
  // Both have written something, so that each knows of the other.
  ben.replica.store.apply([{ kind: 'insert', table: 'accounts', id: ben.replica.ids(), values: { name: 'Kestrel' } }], edit);
  await meet(ben, anna);
  /** They meet, and what one of them settles goes to the other. */
  const settle = async (): Promise<void> => {
    await meet(anna, ben);
    for (const { replica } of [anna, ben]) settleIssuedTwice(replica.store);
    await meet(anna, ben);
  };
  const wait = (time: number): void => void (now += time);
  return { anna, ben, account, hub, hubFolder, meet, settle, wait, folder, clock };
};

it('another device posts nothing; what it made ready is posted by the one that gives the numbers, without gaps', async () => {
  const { anna, ben, account, meet } = await openOffice();
  await anna.name(anna.id);
  await meet(anna, ben);
  const own = anna.draft(account);
  await anna.issue(own);
  const [first, second] = [ben.draft(account), ben.draft(account)];
  await expect(ben.issue(first)).rejects.toThrow(
    `Invoices get their numbers on device ${anna.code}. Mark this invoice as ready to post: it waits there.`,
  );
  await ben.ready(first);
  await ben.ready(second);
  expect(await ben.post()).toEqual({ posted: [], refused: [] });
  await meet(ben, anna);
  expect(await anna.waiting()).toMatchObject({
    is_here: true,
    waiting: [{ id: first, number: `I26-${ben.code}-0001` }, { id: second }],
  });
  expect((await anna.post()).posted.map(({ id, number }) => [id, number])).toEqual([
    [first, '2026-0002'],
    [second, '2026-0003'],
  ]);
  await meet(anna, ben);
  expect([own, first, second].map((id) => ben.legal(id))).toEqual(['2026-0001', '2026-0002', '2026-0003']);
  expect((await ben.waiting()).waiting).toEqual([]);
  expect((await ben.given()).map(({ number, id }) => [number, id])).toEqual([
    ['2026-0003', second],
    ['2026-0002', first],
    ['2026-0001', own],
  ]);
  expect((await ben.series())?.next).toBe('2026-0004');
});

it('whoever is named next goes on after the last, and is told while the one before may know more', async () => {
  const { anna, ben, account, meet } = await openOffice();
  await anna.name(anna.id);
  await anna.issue(anna.draft(account));
  await meet(anna, ben);
  await ben.name(ben.id);
  const issuer = (await ben.series())?.issuer;
  expect([issuer?.is_here, issuer?.before?.name]).toEqual([true, `device ${anna.code}`]);
  await meet(ben, anna);
  await expect(anna.issue(anna.draft(account))).rejects.toThrow(`device ${ben.code}`);
  await meet(anna, ben);
  expect((await ben.series())?.issuer?.before).toBeNull();
  const second = ben.draft(account);
  await ben.issue(second);
  expect(ben.legal(second)).toBe('2026-0002');
});

it('a device that has given nothing yet is chosen as well', async () => {
  const { anna, ben, hub, meet, folder, clock } = await openOffice();
  const cleo = openDevice(2, folder, clock);
  await enrol(hub, cleo.replica);
  await meet(anna);
  const unknown = '01900000-0000-7000-8000-0000000000ff';
  await expect(async () => anna.name(unknown)).rejects.toThrow(/No device of that id is known here/);
  const { devices } = await anna.numbers();
  expect(devices.map(({ id }) => id)).toEqual([anna.id, ben.id, cleo.id]);
  expect(devices.at(-1)?.name).toBe(`device ${cleo.code}`);
  await anna.name(cleo.id);
  expect((await anna.series())?.issuer).toMatchObject({ id: cleo.id, name: `device ${cleo.code}`, fault: null });
  await meet(anna, cleo);
  expect((await cleo.series())?.issuer).toMatchObject({ is_here: true, fault: null });
});

it('where the one that gives them was taken out, all say that another is to be chosen', async () => {
  const { anna, ben, account, hub, hubFolder, meet } = await openOffice();
  await anna.name(anna.id);
  await anna.issue(anna.draft(account));
  await meet(anna, ben);
  await createFolderAdmin(hubFolder).revoke(ROOT, anna.id);
  expect((await ben.series())?.issuer?.fault).toBeNull();
  await meet(ben);
  const why = `Invoices get their numbers on device ${anna.code}, which was taken out of the team`;
  expect((await ben.series())?.issuer?.fault).toContain(why);
  const draft = ben.draft(account);
  await expect(ben.issue(draft)).rejects.toThrow(why);
  expect((await ben.numbers()).devices.map(({ id }) => id)).toEqual([ben.id]);
  await ben.name(ben.id);
  await expect(async () => ben.name(anna.id)).rejects.toThrow(/was taken out of the team/);
  // Nothing comes of it any more that is to be waited for.
  expect((await ben.series())?.issuer).toMatchObject({ fault: null, before: null });
  await ben.issue(draft);
  expect(ben.legal(draft)).toBe('2026-0002');
  expect((await hub.revocations()).length).toBe(1);
});

it('two that both believed to give them have given one number twice: both documents say so, on both devices', async () => {
  const { anna, ben, account, meet } = await openOffice();
  await anna.name(anna.id);
  await meet(anna, ben);
  await ben.name(ben.id);
  const [hers, his] = [anna.draft(account), ben.draft(account)];
  await anna.issue(hers);
  await ben.issue(his);
  expect([anna.legal(hers), ben.legal(his)]).toEqual(['2026-0001', '2026-0001']);
  await meet(anna, ben);
  for (const device of [anna, ben])
    expect([hers, his].map((id) => device.doubles(id))).toEqual([['legal_number error'], ['legal_number error']]);
  const next = ben.draft(account);
  await ben.issue(next);
  expect(ben.legal(next)).toBe('2026-0002');
});

it('a file that was brought back is another device, gives no legal number until it is named anew, and none again', async () => {
  const { anna, ben, account, hub, meet } = await openOffice();
  await anna.name(anna.id);
  await meet(anna, ben);
  const was = anna.code;
  anna.replica.keep([]);
  await anna.issue(anna.draft(account));
  await meet(anna, ben);
  anna.replica.restore([]);
  for (let made = 0; made < 40; made += 1) anna.replica.ids();
  await round(hub, anna.replica);
  await enrol(hub, anna.replica);
  await meet(anna, ben);
  expect(anna.code).not.toBe(was);
  const draft = anna.draft(account);
  const why = `Invoices get their numbers on device ${was}, which this file was before it was restored or copied.`;
  await expect(anna.issue(draft)).rejects.toThrow(why);
  expect((await anna.series())?.issuer?.fault).toContain(why);
  await anna.name(anna.id);
  await anna.issue(draft);
  expect(anna.legal(draft)).toBe('2026-0002');
  await meet(anna, ben);
  expect([ben.legal(draft), ben.doubles(draft)]).toEqual(['2026-0002', []]);
});

it('of one draft that two devices posted with legal numbers the record bears that of the paper that stands, and nothing is to decide', async () => {
  const { anna, ben, account, meet, settle } = await openOffice();
  const draft = anna.draft(account);
  await meet(anna, ben);
  await anna.name(anna.id);
  await ben.name(ben.id, `B-${LEGAL}`);
  await anna.issue(draft);
  await ben.issue(draft);
  await settle();
  for (const { replica, legal, row, conflicts } of [anna, ben]) {
    const [stands, other] = replica.store.issuedOf('invoices', draft);
    expect([stands?.number, other?.number]).toEqual(['2026-0001', 'B-2026-0001']);
    expect([legal(draft), row(draft)?.['number']]).toEqual(['2026-0001', `I26-${anna.code}-0001`]);
    expect(conflicts(draft)).toEqual([]);
  }
});

it.each([
  ['the legal one', true],
  ['the other one', false],
] as const)(
  'of a paper with a legal number and one with an own number the record bears both of what stands: %s',
  async (_, isLegal) => {
    const { anna, ben, account, meet, settle } = await openOffice();
    const draft = anna.draft(account);
    await meet(anna, ben);
    await anna.name(anna.id);
    // Ben has not heard of it: his has the number of his device alone.
    for (const device of isLegal ? [anna, ben] : [ben, anna]) await device.issue(draft);
    const own = [`I26-${anna.code}-0001`, `I26-${ben.code}-0001`] as const;
    await settle();
    const stands = isLegal ? { number: own[0], legal_number: '2026-0001' } : { number: own[1], legal_number: null };
    for (const { row, conflicts, given } of [anna, ben]) {
      expect(row(draft)).toMatchObject(stands);
      expect(conflicts(draft)).toEqual([]);
      // It was handed out, whether or not its paper stands.
      expect(await given()).toEqual([{ number: '2026-0001', id: draft, status: 'Issued', is_void: false }]);
    }
    // Nobody writes it again and again.
    for (const { replica } of [anna, ben]) {
      const before = replica.hash();
      settleIssuedTwice(replica.store);
      expect(replica.hash()).toBe(before);
    }
  },
);

it('of two papers of one draft under one number, of different days, the record has the days of the one that stands', async () => {
  const { anna, ben, account, meet, settle, wait } = await openOffice();
  const draft = anna.draft(account);
  await anna.name(anna.id);
  await meet(anna, ben);
  await ben.name(ben.id);
  await anna.issue(draft);
  wait(2 * 86_400_000);
  await ben.issue(draft);
  await settle();
  for (const { replica, row, conflicts } of [anna, ben]) {
    expect(replica.store.issuedOf('invoices', draft).map(({ number }) => number)).toEqual(['2026-0001', '2026-0001']);
    expect(row(draft)).toMatchObject({ legal_number: '2026-0001', issued_on: '2026-01-15', due_on: '2026-02-14' });
    expect(conflicts(draft)).toEqual([]);
  }
});

/** Ben's credit note waits for a number from Anna's device, and then nobody is named any more. */
const leaveWaiting = async () => {
  const office = await openOffice();
  const { anna, ben, account, meet } = office;
  await anna.name(anna.id, 'CN{yyyy}-{counter}', 'credit_notes');
  const invoice = ben.draft(account);
  await ben.issue(invoice);
  await meet(anna, ben);
  const note = await ben.credit(invoice);
  await anna.name(null, defaultNumberFormat, 'credit_notes');
  return { ...office, note };
};

it('a credit note that waited goes out under its own number once nobody is named any more, by who made it where the other had not met it', async () => {
  const { anna, ben, note, meet } = await leaveWaiting();
  await meet(ben, anna);
  for (const { replica } of [anna, ben]) settleWithoutIssuer(replica.store);
  await meet(ben, anna);
  for (const { replica } of [anna, ben]) {
    const number = `CN26-${ben.code}-0001`;
    expect(replica.store.get('credit_notes', note)).toMatchObject({ number, legal_number: null, ready_on: null });
    expect(replica.store.issuedOf('credit_notes', note)).toMatchObject([{ number, device: ben.code }]);
  }
});

it('a credit note that waited is listed where nobody is named any more, and goes out under its own number though its author comes no more', async () => {
  const { anna, ben, note, meet, settle } = await leaveWaiting();
  // Ben's device gives what it has, and does nothing more.
  await meet(ben, anna);
  settleWithoutIssuer(anna.replica.store);
  const number = `CN26-${ben.code}-0001`;
  expect(await anna.waiting()).toMatchObject({ is_here: true, waiting: [{ id: note, number, refusal: null }] });
  expect(await anna.post()).toMatchObject({ posted: [{ id: note, number }], refused: [] });
  expect(await anna.waiting()).toEqual({ is_here: false, waiting: [] });
  // Should it come after all, there is nothing left to do.
  await meet(anna, ben);
  for (const { replica } of [anna, ben]) settleWithoutIssuer(replica.store);
  await settle();
  for (const { replica } of [anna, ben]) {
    expect(replica.store.get('credit_notes', note)).toMatchObject({ number, legal_number: null, ready_on: null });
    expect(replica.store.issuedOf('credit_notes', note)).toMatchObject([{ number, device: anna.code }]);
  }
});
