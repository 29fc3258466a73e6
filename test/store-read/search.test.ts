/** Finding records by code, name and words: best first, in any spelling, and no text is ever syntax. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TableName } from '../../shared/model/index.ts';
import { createWordTest } from '../../electron/engine/store/read/search.ts';
import { context, newFile, pause, type TestFile } from './file.ts';
import { finish, idAt, insertRows } from './fill.ts';

let file: TestFile;
beforeEach(() => {
  file = newFile();
  const { db } = file;
  insertRows(db, 'accounts', [
    { id: idAt(1), code: 'STEEL', name: 'Crème Müller', city: 'Łódź' },
    { id: idAt(2), code: 'K1', name: 'Steel Works' },
    { id: idAt(3), code: 'K10', name: 'Kestrel Steel' },
    { id: idAt(4), code: '007', name: 'Kestrel' },
    { id: idAt(5), code: 'K2', name: null },
  ]);
  insertRows(db, 'contacts', [
    {
      id: idAt(11),
      name: 'Zoë Steel',
      party: `accounts/${idAt(3)}`,
      emails: '[["work","zoe@example.com"]]',
      _c: '{"x_nick":"Bluebird"}',
    },
  ]);
  insertRows(db, 'orders', [{ id: idAt(21), number: 'O26-K7M-0042', account_id: idAt(2), po_ref: 'PO/77', status: 'draft' }]);
  db.prepare(`INSERT INTO cell_issues VALUES ('orders', ?, 'requested', 'end of march-ish', 'DATE_PARSE', 'error', 'parse')`).run(
    idAt(21),
  );
  finish(db);
});
afterEach(() => file.close());

const found = (text: string): readonly string[] => file.read.search(text, null, 12).map(({ id }) => id);

describe('search everywhere', () => {
  it.each([
    ['an exact code, before names and words', 'steel', [1, 2, 3, 11]],
    ['the start of a code', 'k1', [2, 3]],
    ['a code with leading zeros, and not another', '007', [4]],
    ['a name without its marks', 'creme mull', [1]],
    ['a word of another field', 'lodz', []],
    ['an e-mail address', 'zoe@ex', [11]],
    ['a custom text', 'blueb', [11]],
    ['the start of an order number', 'o26-k7m-00', [21]],
    ['a middle part of a number, as words', '0042', [21]],
    ['a reference of the customer', 'po/7', [21]],
    ['text that could not be read', 'march-ish', [21]],
    ['nothing for nothing', '   ', []],
    ['nothing for marks alone', '"*()-', []],
  ] as const)('finds %s', (_, text, expected) => {
    expect([...found(text)].sort()).toEqual(expected.map(idAt).sort());
  });

  it('puts the best first and says what tells rows apart', () => {
    expect(file.read.search('steel', null, 12).map(({ id }) => id)[0]).toBe(idAt(1));
    expect(file.read.search('zoë', null, 12)[0]).toMatchObject({ table: 'contacts', title: 'Zoë Steel', note: 'Kestrel Steel' });
    expect(file.read.search('steel', ['contacts'], 12).map(({ table }) => table)).toEqual(['contacts']);
    expect(file.read.search('steel', null, 2)).toHaveLength(2);
  });

  it('never reads text as syntax, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.constantFrom('a OR b', 'NEAR(', 'words:x', '^a', 'a" OR "b', '-a', "';--", '{a b}: c', 'a*', '\0'),
        ),
        (text) => {
          expect(() => file.read.search(text, null, 5)).not.toThrow();
          expect(() => file.read.lookup('accounts', text, 5)).not.toThrow();
        },
      ),
    );
  });

  it('does not find what was deleted', () => {
    file.db.exec(`UPDATE accounts SET _st = 2, _alive = 0 WHERE code = 'STEEL'`);
    expect(found('steel')).not.toContain(idAt(1));
  });
});

describe('look-up', () => {
  it('gives codes first, then names, then words; all by code where nothing is typed', () => {
    expect(file.read.lookup('accounts', 'k', 12).map(({ code }) => code)).toEqual(['K1', 'K10', 'K2', '007']);
    expect(file.read.lookup('accounts', 'kestrel', 12).map(({ code }) => code)).toEqual(['007', 'K10']);
    expect(file.read.lookup('accounts', '', 2).map(({ code }) => code)).toEqual(['007', 'K1']);
  });
});

describe('a filter by words', () => {
  it('finds all words as prefixes, and every row where no word is given', async () => {
    const count = async (words: string) =>
      (await file.read.views.open('c', { table: 'accounts', filter: { words }, sort: [] }, context, pause)).count;
    expect(await count('kest ste')).toBe(1);
    expect(await count('kestrel')).toBe(2);
    expect(await count('""')).toBe(5);
  });

  const ids = async (table: TableName, words: string) => {
    const { view, count } = await file.read.views.open('c', { table, filter: { words }, sort: [] }, context, pause);
    return file.read.views.rows('c', view, 0, count, context).map(({ id }) => id);
  };

  it('finds a row by the name of the record it is about', async () => {
    expect(await ids('orders', 'steel wo')).toEqual([idAt(21)]);
    expect(await ids('orders', '0042')).toEqual([idAt(21)]);
    expect(await ids('orders', 'kestrel')).toEqual([]);
    expect(await ids('contacts', 'kestrel')).toEqual([idAt(11)]);
  });

  it('does not find a row by what its link columns do not show', async () => {
    insertRows(file.db, 'orders', [{ id: idAt(22), account_id: idAt(1) }]);
    finish(file.db);
    expect(await ids('accounts', 'łódź')).toEqual([idAt(1)]);
    expect(await ids('orders', 'łódź')).toEqual([]);
    expect(await ids('orders', 'crème')).toEqual([idAt(22)]);
  });

  it('finds a row by every name it links to, with an index on the link and without', async () => {
    insertRows(file.db, 'people', [{ id: idAt(31), name: 'Ada Fern' }]);
    insertRows(file.db, 'partners', [{ id: idAt(32), code: 'NF', name: 'Northern Freight' }]);
    insertRows(file.db, 'sites', [{ id: idAt(33), account_id: idAt(1), name: 'Dock Seven' }]);
    insertRows(file.db, 'product_groups', [{ id: idAt(34), code: 'VLV', name: 'Valves' }]);
    insertRows(file.db, 'products', [{ id: idAt(35), sku: 'S1', name: 'Gasket', group_id: idAt(34), supplier_id: idAt(32) }]);
    insertRows(file.db, 'orders', [
      { id: idAt(41), owner_id: idAt(31), carrier_id: idAt(32), site_id: idAt(33), contact_id: idAt(11) },
      { id: idAt(42), owner_id: idAt(31), account_id: idAt(3) },
    ]);
    insertRows(file.db, 'order_lines', [{ id: idAt(51), order_id: idAt(21), product_id: idAt(35) }]);
    finish(file.db);
    expect(await ids('orders', 'fern ad')).toEqual([idAt(41), idAt(42)]);
    expect(await ids('orders', 'northern fr')).toEqual([idAt(41)]);
    expect(await ids('orders', 'dock')).toEqual([idAt(41)]);
    expect(await ids('orders', 'zoe')).toEqual([idAt(41)]);
    // By the account of one and the contact of another, none of them twice.
    expect(await ids('orders', 'steel')).toEqual([idAt(21), idAt(41), idAt(42)]);
    expect(await ids('products', 'northern')).toEqual([idAt(35)]);
    expect(await ids('products', 'vlv')).toEqual([idAt(35)]);
    expect(await ids('order_lines', 'gask')).toEqual([idAt(51)]);
    expect(await ids('order_lines', 'o26-k7m')).toEqual([idAt(51)]);
  });

  it('forgets a name once its record is deleted', async () => {
    file.db.exec(`UPDATE accounts SET _st = 2, _alive = 0 WHERE code = 'K1'`);
    expect(await ids('orders', 'steel wo')).toEqual([]);
  });
});

describe('the test of words', () => {
  it.each([
    ['kest ste', ['K10', 'Kestrel Steel'], true],
    ['k10 steel', ['K10', 'Kestrel Steel'], true],
    ['estrel', ['Kestrel'], false],
    ['po/7', ['PO-77'], true],
    ['po/7', ['PO', '77'], false],
    ['muller', ['Crème Müller'], true],
    ['müll', ['Muller'], true],
    ['x', ['', ''], false],
  ] as const)('%s in %j: %s', (text, texts, expected) => {
    expect(createWordTest(text)(texts)).toBe(expected);
  });
});
