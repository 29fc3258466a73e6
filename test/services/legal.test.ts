/** Gap-free legal numbers (N1, N2) over a real store. */
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { openReader } from '../../electron/engine/store/file/db.ts';
import { createReadStore } from '../../electron/engine/store/read/read-store.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, imported } from './open.ts';
import { creditDocument } from '../../electron/engine/services/document/invoice.ts';
import { todayQueries } from '../../electron/engine/services/today/today.ts';
import { createClocks } from '../../electron/engine/store/clocks/read.ts';
import { defaultNumberFormat } from '../../shared/domain/numbering.ts';
import { contract } from '../../shared/contract/index.ts';
import { ELSEWHERE, LEGAL, openLegal } from './legal.ts';
import { openReturns } from './returns.ts';

const MAKING = { author: '', company: '', created: 0, locale: 'en-GB' };

const numbersOf = (desk: ReturnType<typeof openLegal>['desk'], id: string, table: 'invoices' | 'credit_notes' = 'invoices') => {
  const { number, legal_number: legal } = desk.row(table, id);
  return [number, legal];
};

test('N1: the device that is named gives one series, and its own number stays beside it', async () => {
  const legal = openLegal();
  const { desk, deliver, bill, issue, set, list } = legal;
  const { id: here, code } = desk.store.device;
  await set('invoices', LEGAL, here);
  expect((await list()).series.find(({ table }) => table === 'invoices')).toMatchObject({
    next: '2026-0001',
    issuer: { id: here, name: `this device (${code})`, is_here: true, fault: null, before: null },
  });
  for (const at of [1, 2]) {
    deliver(5);
    const id = await bill();
    expect(numbersOf(desk, id)).toEqual([null, null]);
    await issue(id);
    expect(numbersOf(desk, id)).toEqual([`I26-${code}-000${at}`, `2026-000${at}`]);
  }
});

test('N1: elsewhere an invoice is not posted and takes no number; made ready it waits, and goes back', async () => {
  const { desk, deliver, bill, issue, name, ready, waiting, post, issued } = openLegal();
  const { code } = desk.store.device;
  name(ELSEWHERE);
  deliver(5);
  const id = await bill();
  await expect(issue(id)).rejects.toThrow(
    'Invoices get their numbers on a device that has not been met here. Mark this invoice as ready',
  );
  desk.update('invoices', id, { status: { '?': 'issued' } });
  expect(desk.issues('invoices', id)).toContain('status STATE_BLOCKED');
  expect(desk.row('invoices', id)).toMatchObject({ status: 'draft', number: null, legal_number: null });
  await ready(id);
  expect(desk.row('invoices', id)).toMatchObject({ status: 'draft', number: `I26-${code}-0001`, ready_on: '2026-01-15' });
  // Nobody is told to do what is done.
  const refusal = 'Invoices get their numbers on a device that has not been met here.';
  expect(await waiting()).toMatchObject({
    is_here: false,
    waiting: [{ id, account: 'Harbour Foods', number: `I26-${code}-0001`, refusal }],
  });
  await expect(issue(id)).rejects.toThrow(`${refusal} It is marked as ready to post and waits there.`);
  const { posted, refused } = await post(['invoices', id]);
  expect([posted, refused.map(({ why }) => why)]).toEqual([[], [refusal]]);
  await ready(id, false);
  expect((await waiting()).waiting).toEqual([]);
  await expect(issued()).rejects.toThrow(/draft invoice of this order waits/);
});

test('N1: a credit note counts where it is made and waits for its number; who gives them posts all that waits in one command', async () => {
  const { desk, deliver, issued, credit, name, post, waiting, set } = openLegal();
  deliver(20);
  const invoice = await issued();
  const setting = name(ELSEWHERE, 'credit_notes');
  const { id: one } = await credit(invoice, 1, null);
  const { id: two } = await credit(invoice, 2, null);
  expect(desk.row('credit_notes', one)).toMatchObject({ legal_number: null, ready_on: '2026-01-15' });
  expect((await post()).posted).toEqual([]);
  desk.store.apply([{ kind: 'delete', table: 'settings', id: setting }], edit);
  await set('credit_notes', '{letter}{yyyy}/{counter:3}', desk.store.device.id);
  expect((await waiting()).is_here).toBe(true);
  expect((await post()).posted.map(({ id, number }) => [id, number])).toEqual([
    [one, 'CN2026/001'],
    [two, 'CN2026/002'],
  ]);
  expect((await waiting()).waiting).toEqual([]);
  const { id: three } = await credit(invoice, 1, null);
  expect(numbersOf(desk, three, 'credit_notes')[1]).toBe('CN2026/003');
  // A number once given stays: undo does not take it back.
  desk.store.undo({ ...edit, actor: desk.store.device.id });
  expect(numbersOf(desk, three, 'credit_notes')[1]).toBe('CN2026/003');
  expect((await post(['credit_notes', three])).refused.map(({ why }) => why)).toEqual(['It has its legal number already.']);
});

test('N1: what is owed and what is credited bear the number that the customer has', async () => {
  const { desk, deliver, issued, credit, set, unset, queries } = openLegal();
  for (const [table, format] of [
    ['invoices', LEGAL],
    ['credit_notes', 'CN{yyyy}-{counter}'],
  ] as const)
    await set(table, format, desk.store.device.id);
  deliver(5);
  const invoice = await issued();
  await credit(invoice, 1, null);
  expect((await unset()).invoices.map(({ number }) => number)).toEqual(['2026-0001']);
  const { credits } = contract['invoices.story'].output.parse(await queries['invoices.story']({ id: invoice }, context));
  expect(credits.map(({ number }) => number)).toEqual(['CN2026-0001']);
});

test('N1: the credit note of a return bears the number that the customer has', async () => {
  const { desk, deliver, inspected, ask, story, issued } = openReturns();
  const value = JSON.stringify({ format: 'CN{yyyy}-{counter}', start: 1, issuer: desk.store.device.id });
  desk.insert('settings', { key: 'numbers.credit_notes', value });
  deliver(50);
  await issued();
  const id = inspected(5, 5);
  ask('returns.settle', { id });
  expect(story(id).credits).toMatchObject([{ number: 'CN2026-0001' }]);
});

test('N1: where each device gives its own numbers again, a credit note that waited goes out under its own', async () => {
  const { desk, deliver, issued, credit, name, waiting, set } = openLegal();
  deliver(20);
  const invoice = await issued();
  name(ELSEWHERE, 'credit_notes');
  const { id } = await credit(invoice, 1, null);
  const [number] = numbersOf(desk, id, 'credit_notes');
  const paper = () => creditDocument(desk.store.get('credit_notes', id) ?? { id }, 'GBP', desk.store, MAKING);
  expect([paper().mark, desk.store.issuedOf('credit_notes', id)]).toEqual(['draft', []]);
  await set('credit_notes', defaultNumberFormat, null);
  expect(desk.row('credit_notes', id)).toMatchObject({ number, legal_number: null, ready_on: null });
  expect([paper().mark, desk.store.issuedOf('credit_notes', id)]).toMatchObject([null, [{ number, stands: true }]]);
  expect((await waiting()).waiting).toEqual([]);
});

test('N1: one that cannot be posted takes no number, and the others are posted', async () => {
  const { desk, deliver, bill, set, ready, post, linesOf } = openLegal();
  await set('invoices', LEGAL, desk.store.device.id);
  deliver(5);
  const bad = await bill();
  await ready(bad);
  deliver(5);
  const good = await bill();
  await ready(good);
  desk.store.apply(
    linesOf(bad).map(({ id }) => ({ kind: 'delete', table: 'invoice_lines', id }) as const),
    { ...edit, isCommand: true },
  );
  const { posted, refused } = await post();
  expect(posted.map(({ id, number }) => [id, number])).toEqual([[good, '2026-0001']]);
  expect(refused.map(({ id, why }) => [id, why])).toEqual([[bad, expect.stringContaining('no lines')]]);
});

test('N1: both numbers find the invoice', async () => {
  const { desk, deliver, issued, set } = openLegal();
  await set('invoices', LEGAL, desk.store.device.id);
  deliver(5);
  const id = await issued();
  const db = openReader(desk.file);
  onTestFinished(() => void db.close());
  for (const text of ['2026-0001', `I26-${desk.store.device.code}-0001`])
    expect(
      createReadStore(db)
        .lookup('invoices', text, 5)
        .map((found) => found.id),
    ).toEqual([id]);
});

test('N1: who gives them from now on goes on after every number that was ever met, deleted and imported ones too', async () => {
  const { desk, deliver, issued, set } = openLegal();
  const before = { status: 'issued', number: 'A-1', legal_number: '2026-0041' };
  const gone = desk.insert('invoices', before, imported);
  desk.insert('invoices', { ...before, number: 'A-2', legal_number: '2025-0900' }, imported);
  desk.insert('invoices', { ...before, number: 'A-3', legal_number: '2026-004x' }, imported);
  desk.store.apply([{ kind: 'delete', table: 'invoices', id: gone }], imported);
  await set('invoices', LEGAL, desk.store.device.id);
  deliver(5);
  expect(numbersOf(desk, await issued())[1]).toBe('2026-0042');
  // A file that comes later, and another that puts it right: no document bears the number any more.
  const later = desk.insert('invoices', { ...before, number: 'A-4', legal_number: '2026-0100' }, imported);
  desk.update('invoices', later, { legal_number: null }, imported);
  deliver(5);
  expect(numbersOf(desk, await issued())[1]).toBe('2026-0101');
});

test('N1: Today lists what waits on the device that gives its number, and on no other', async () => {
  const { desk, account, name } = openLegal();
  const waiting = { account_id: account, ready_on: '2026-01-14' };
  const draft = desk.insert('invoices', { ...waiting, currency: 'GBP', number: 'I26-ZZZ-0001' }, imported);
  desk.insert('credit_notes', { ...waiting, number: 'CN26-ZZZ-0001', invoice_id: draft }, imported);
  const said = async () =>
    desk.look(async (db) => {
      const env = { ...desk.env, locale: desk.locale };
      const queries = todayQueries({ clocks: createClocks(db), read: desk.store, local: desk.store.local, env });
      const asked = { who: 'all', show: 'due', limit: 200 } as const;
      const { rows } = contract['today.list'].output.parse(await queries['today.list'](asked, context));
      return rows.filter(({ why }) => why === 'post' || why === 'failed').map(({ item, next }) => `${item} → ${next}`);
    });
  name(ELSEWHERE);
  const odd = desk.insert('settings', { key: 'numbers.credit_notes', value: '7' });
  expect(await said()).toEqual([]);
  desk.update('settings', odd, { value: JSON.stringify({ format: LEGAL, start: 1, issuer: desk.store.device.id }) });
  expect(await said()).toEqual(['CN26-ZZZ-0001, ready to post → Post what waits, in Invoices']);
  // Where nobody is named any more its own device may never come to give it one: then anybody does.
  desk.update('settings', odd, { value: JSON.stringify({ format: LEGAL, start: 1, issuer: null }) });
  expect(await said()).toEqual(['CN26-ZZZ-0001, ready to post → Post what waits, in Invoices']);
});

test('N2: the listing of a legal series is of all documents, whoever gave their numbers', async () => {
  const { desk, name, given } = openLegal();
  name(ELSEWHERE);
  const one = (n: number, legal: string) =>
    desk.insert('invoices', { status: 'issued', number: `I26-ZZZ-000${n}`, legal_number: legal }, imported);
  const [first, third] = [one(1, '2026-0001'), one(2, '2026-0003')];
  expect(await given('invoices')).toEqual({
    prefix: '2026-',
    given: [
      { number: '2026-0003', id: third, status: 'Issued', is_void: false },
      { number: '2026-0002', id: null, status: null, is_void: true },
      { number: '2026-0001', id: first, status: 'Issued', is_void: false },
    ],
    more: 0,
  });
});

test('N1: two documents with one number say so both, as an error, and no more once one has another', () => {
  const { desk } = openLegal();
  const one = (number: string) => desk.insert('invoices', { status: 'issued', number, legal_number: '2026-0001' }, imported);
  const [a, b] = [one('A-1'), one('A-2')];
  const found = (id: string) =>
    desk.store
      .issues('invoices', id)
      .filter(({ code }) => code === 'DUP_NUMBER')
      .map(({ field, level }) => [field, level]);
  expect([found(a), found(b)]).toEqual([[['legal_number', 'error']], [['legal_number', 'error']]]);
  desk.update('invoices', b, { legal_number: '2026-0002' }, imported);
  expect([found(a), found(b)]).toEqual([[], []]);
});

test.each([
  ['invoices', LEGAL, null, /two devices/],
  ['invoices', LEGAL, undefined, /two devices/],
  ['invoices', LEGAL, ELSEWHERE, /No device of that id/],
  ['orders', '{yyyy}-{device}-{counter}', 'here', /numbered by each device/],
  ['invoices', '{letter}{yy}-{device}-{counter:6}', 'here', /leave \{device\} out/],
  ['invoices', 'CN{yy}-{counter}', 'here', /Credit notes are numbered so/],
])('N1: %s are not numbered by %s with the issuer %s', async (table, format, issuer, why) => {
  const { desk, set } = openLegal();
  await set('credit_notes', '{letter}{yy}-{counter}', desk.store.device.id);
  await expect(async () => set(table, format, issuer === 'here' ? desk.store.device.id : issuer)).rejects.toThrow(why);
});

test('N1: who gave them before is told while the last of it may not have arrived', async () => {
  const { desk, name, set, list } = openLegal();
  name(ELSEWHERE);
  await set('invoices', LEGAL, desk.store.device.id);
  const { issuer } = (await list()).series.find(({ table }) => table === 'invoices') ?? {};
  expect(issuer?.before).toEqual({ name: 'a device that has not been met here', at: null });
});

test('N1: any posts, voids, refusals and imports on the device that gives them leave a series without gaps and repeats', async () => {
  const step = fc.constantFrom('issue', 'post', 'void', 'refused', 'import');
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const legal = openLegal();
      const { desk, deliver, bill, issue, set, post, ready, commands } = legal;
      await set('invoices', LEGAL, desk.store.device.id);
      const expected: string[] = [];
      let last = 0;
      const give = (): string => `2026-${String((last += 1)).padStart(4, '0')}`;
      for (const [at, what] of steps.entries()) {
        if (what === 'import') {
          last += 1;
          const number = `2026-${String(last).padStart(4, '0')}`;
          desk.insert('invoices', { status: 'issued', number: `X-${at}`, legal_number: number }, imported);
          expected.push(number);
        } else {
          deliver(1);
          const id = await bill();
          if (what === 'issue') {
            await issue(id);
            expected.push(give());
          }
          if (what === 'post') {
            await ready(id);
            await post();
            expected.push(give());
          }
          if (what === 'void' || what === 'refused') {
            if (what === 'refused') expect((await post(['credit_notes', id])).refused).toHaveLength(1);
            await commands['invoices.void']({ id, screen: null }, context);
          }
        }
      }
      const found = desk.store
        .matching('invoices', { status: 'issued' })
        .map((id) => String(desk.row('invoices', id)['legal_number']));
      expect(found.toSorted()).toEqual(expected);
    }),
    { numRuns: 8 },
  );
});
