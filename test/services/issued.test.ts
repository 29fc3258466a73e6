/** What was issued is printed as it was issued (SYNC.md 18), names people as they are known today, and says what went out twice. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { expect, test, vi } from 'vitest';
import { createDocuments } from '../../electron/engine/services/document/documents.ts';
import { issuedBody, paperToIssue } from '../../electron/engine/services/document/issued.ts';
import { contract } from '../../shared/contract/index.ts';
import { canonicalJson, type Canonical } from '../../shared/domain/canonical.ts';
import { readPdf } from '../documents/read.ts';
import { pageContext as call } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import { imported, type Desk } from './open.ts';

// Every document starts a library of a megabyte or two: on a busy machine that takes its time.
vi.setConfig({ testTimeout: 120_000 });

const printing = (desk: Desk) => {
  const service = createDocuments({
    env: { db: desk.file, clock: () => Date.UTC(2026, 0, 15), locale: 'en-GB' },
    read: desk.store,
    about: () => ({ author: 'Ann Alder', company: String(desk.store.setting('name')) }),
  });
  return async (table: 'invoices' | 'credit_notes', of: object) => {
    const input = contract['invoices.document'].input.parse({ of, to: `${table}.pdf`, whenBusy: 'copy' });
    const { path, issued } = await service[`${table}.document`](input, call);
    return { issued, text: (await readPdf(fs.readFileSync(path))).text };
  };
};

/** An order for somebody at the customer, and by one of ours. */
const open = () =>
  openBilling((desk, { order, account }) => {
    const contact = desk.insert('contacts', { name: 'Ida Quillfeather', party: `accounts/${account}` });
    const owner = desk.insert('people', { name: 'Owen Thistlewood', email: 'owen@x.example' });
    desk.update('accounts', account, { city: 'Leith' });
    desk.update('orders', order, { contact_id: contact, owner_id: owner, terms: '30 days' });
  });

const kept = (desk: Desk, id: string, table: 'invoices' | 'credit_notes' = 'invoices') => desk.store.issuedOf(table, id);

test('K4: a name, an address and a product that change later change no invoice and no credit note that was given out', async () => {
  const { desk, account, deliver, issued, credit, linesOf } = open();
  deliver(3);
  const invoice = await issued();
  const { id: note } = await credit(invoice, 1, null);
  const print = printing(desk);
  const before = await print('invoices', { id: invoice });
  const noteBefore = await print('credit_notes', { id: note });
  expect(before.issued).toEqual({ at: Date.UTC(2026, 0, 15, 9), differs: false });
  expect(before.text).toContain('Harbour Foods Leith');
  const product = String(linesOf(invoice)[0]?.['product_id']);
  desk.update('accounts', account, { name: 'Renamed Ltd', city: 'Perth' });
  desk.update('products', product, { name: 'Another crate' });
  const after = await print('invoices', { id: invoice });
  expect(after.text).toBe(before.text);
  expect(after.issued?.differs).toBe(true);
  expect(await print('credit_notes', { id: note })).toEqual({ ...noteBefore, issued: { ...noteBefore.issued, differs: true } });
});

test('what is kept is canonical, by its SHA-256, the same from the same rows, and without the names of people', async () => {
  const { desk, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  const [paper] = kept(desk, invoice);
  const body = paper?.body ?? '';
  expect(canonicalJson(JSON.parse(body) as Canonical)).toBe(body);
  expect(paper).toMatchObject({ number: desk.row('invoices', invoice)['number'], stands: true, device: desk.store.device.code });
  expect(paper?.sha).toBe(createHash('sha256').update(body).digest('hex'));
  expect(paperToIssue('invoices', desk.store.get('invoices', invoice) ?? { id: '' }, desk.store, 1e6)?.body).toBe(body);
  expect(JSON.parse(body)).toMatchObject({ kind: 'invoice', company: 'Our company', party: ['Harbour Foods', 'Leith'] });
  expect(body).not.toMatch(/Quillfeather|Thistlewood|owen@/);
});

test('who was erased is on no paper that is printed again; all else of it is as it was', async () => {
  const { desk, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  const print = printing(desk);
  const before = await print('invoices', { id: invoice });
  expect(before.text).toMatch(/Ida Quillfeather.*Owen Thistlewood/);
  const contact = String(desk.row('invoices', invoice)['contact_id']);
  desk.store.erase('contacts', contact, { ...imported, source: 'edit' });
  const { text } = await print('invoices', { id: invoice });
  expect(text).not.toContain('Quillfeather');
  expect(text).toContain('Harbour Foods Leith');
  expect(text).toContain('Owen Thistlewood');
});

test('an invoice too long to be kept is issued all the same, and printed from the record, with a word when that says otherwise', async () => {
  const { desk, account, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  const row = desk.store.get('invoices', invoice) ?? { id: '' };
  const short = paperToIssue('invoices', row, desk.store, 100)?.body ?? '';
  expect(short.length).toBeLessThan(200);
  expect(JSON.parse(short)).toMatchObject({ kind: 'invoice', number: row['number'], sha: kept(desk, invoice)[0]?.sha });
  // As a device that had more to say would have kept it.
  const print = printing({
    ...desk,
    store: {
      ...desk.store,
      issuedOf: () => [{ ...kept(desk, invoice)[0], body: short, sha: createHash('sha256').update(short).digest('hex') }],
    },
  } as Desk);
  expect((await print('invoices', { id: invoice })).issued?.differs).toBe(false);
  desk.update('accounts', account, { city: 'Perth' });
  const { text, issued: said } = await print('invoices', { id: invoice });
  expect(said?.differs).toBe(true);
  expect(text).toContain('Harbour Foods Perth');
});

test('what was kept and is damaged is not printed; what this build cannot read is printed from the record', async () => {
  const { desk, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  const [paper] = kept(desk, invoice);
  const withPaper = (change: object) =>
    printing({ ...desk, store: { ...desk.store, issuedOf: () => [{ ...paper, ...change }] } } as Desk)('invoices', {
      id: invoice,
    });
  await expect(withPaper({ sha: 'f'.repeat(64) })).rejects.toThrow('is damaged');
  const later = JSON.stringify({ v: 2, more: true });
  const { text } = await withPaper({ body: later, sha: createHash('sha256').update(later).digest('hex') });
  expect(text).toContain('Harbour Foods Leith');
});

test('amounts beyond what a double holds and every line come back from what was kept', async () => {
  const { desk, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  const [paper] = kept(desk, invoice);
  const { options } = JSON.parse(paper?.body ?? '') as {
    options: { sums: { total: string }; lines: { qty: number; net: string }[] }[];
  };
  expect(options[0]).toMatchObject({ sums: { total: '2550' }, lines: [{ qty: 3 * UNIT, net: '2550' }] });
  const big = { net: 2n ** 70n } as unknown as Parameters<typeof issuedBody>[0];
  expect(issuedBody({ ...big, facts: [] }, 1e6)).toContain('"1180591620717411303424"');
});

test('undo takes no paper back, and a draft has none', async () => {
  const { desk, deliver, bill, issue, undo } = open();
  deliver(3);
  const invoice = await bill();
  expect(kept(desk, invoice)).toEqual([]);
  await issue(invoice);
  for (let steps = 0; steps < 3; steps += 1) undo();
  expect(kept(desk, invoice)).toHaveLength(1);
  expect(desk.row('invoices', invoice)['status']).toBe('issued');
});

test('N1: one number on two invoices that were given out is an error on both, until one of them has another', async () => {
  const { desk, account, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  const number = String(desk.row('invoices', invoice)['number']);
  expect(desk.issues('invoices', invoice)).not.toContain('number DUP_NUMBER');
  const other = desk.insert('invoices', { account_id: account, number, status: 'issued' }, imported);
  for (const id of [invoice, other]) expect(desk.issues('invoices', id)).toContain('number DUP_NUMBER');
  desk.update('invoices', other, { number: 'ELSE-1' }, imported);
  for (const id of [invoice, other]) expect(desk.issues('invoices', id)).not.toContain('number DUP_NUMBER');
  expect((await printing(desk)('invoices', { id: invoice })).text).toContain(number);
});

test('a file that sets what was issued to void takes nothing off what the customer holds: the invoice says so', async () => {
  const { desk, deliver, issued } = open();
  deliver(3);
  const invoice = await issued();
  expect(desk.issues('invoices', invoice)).toEqual([]);
  desk.update('invoices', invoice, { status: 'void' }, imported);
  expect(desk.issues('invoices', invoice)).toEqual(['status ISSUED_GONE']);
  desk.update('invoices', invoice, { status: 'issued' }, imported);
  expect(desk.issues('invoices', invoice)).toEqual([]);
});
