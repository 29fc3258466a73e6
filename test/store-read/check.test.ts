/** The check finds what was tampered with, and the hashes tell data from how it came about. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newFile, pause, type TestFile } from './file.ts';
import { finish, idAt, insertRows, type Values } from './fill.ts';

const UNIT = 1_000_000;

/** The same data under other ids, in another order, with other keys of custom fields. */
const fill = ({ db }: TestFile, from: number, custom: string): void => {
  const id = (n: number): string => idAt(from + n);
  const accounts: Values[] = [
    { id: id(1), code: 'A', name: 'Kestrel', parent_id: id(2), _c: JSON.stringify({ [custom]: 'blue' }) },
    { id: id(2), code: 'B', name: 'Harbour' },
  ];
  insertRows(db, 'accounts', from > 500 ? accounts.toReversed() : accounts);
  insertRows(db, 'field_defs', [{ id: id(90), table: 'accounts', key: custom, kind: 'text', label: 'Colour' }]);
  insertRows(db, 'people', [{ id: id(80), name: `Owner ${from}` }]);
  insertRows(db, 'settings', [{ id: id(81), key: 'zone', value: `"${from}"` }]);
  insertRows(db, 'orders', [
    { id: id(10), number: 'O1', account_id: id(1), status: 'confirmed', currency: 'EUR', rounding: 'document' },
  ]);
  insertRows(db, 'order_lines', [
    { id: id(20), order_id: id(10), position: 1, qty: UNIT, price: 333_333, uom: 'EA', description: 'Steel' },
  ]);
  insertRows(db, 'schedule_lines', [{ id: id(30), line_id: id(20), qty: UNIT }]);
  insertRows(db, 'fulfilments', [{ id: id(40), schedule_id: id(30), kind: 'shipped', qty: UNIT, happened_on: '2026-06-01' }]);
  insertRows(db, 'activities', [{ id: id(50), about: `orders/${id(10)}`, kind: 'call', at: 5, summary: 'Called' }]);
  insertRows(db, 'external_refs', [
    { id: id(60), table: 'order_lines', row: id(20), system: 's', key: `k`, seen: `{"n":${from}}` },
  ]);
  db.prepare(`INSERT INTO cell_issues VALUES ('schedule_lines', ?, 'requested', 'asap', 'DATE_PARSE', 'error', 'parse')`).run(
    id(30),
  );
  finish(db);
};

let file: TestFile;
beforeEach(() => {
  file = newFile();
  fill(file, 100, 'x_aaaaaaaa');
});
afterEach(() => file.close());

describe('the check', () => {
  it.each([false, true])('finds nothing in a file that is whole (full: %s)', async (full) => {
    expect(await file.read.check({ full }, pause)).toEqual({ faults: [], notes: [] });
  });

  it.each([
    ['a key', "UPDATE accounts SET name_sort = 'zzz'", 'accounts.name_sort'],
    ['a net', 'UPDATE order_lines SET net = net + 1', 'order_lines.net'],
    ['an id in a reference', "UPDATE activities SET about_id = 'x'", 'activities.about_id'],
    ['who is alive', 'UPDATE order_lines SET _alive = 0', 'order_lines'],
    ['a sum of an order', 'UPDATE order_sums SET net = net + 1', 'sums of orders'],
    ['a sum of a line', 'UPDATE line_sums SET is_open = 1', 'sums of order lines'],
    ['a missing sum', 'DELETE FROM order_sums', 'sums of orders'],
    ['a row missing from the search', 'DELETE FROM search_accounts WHERE rowid = 1', 'search of accounts'],
  ])('finds %s that was changed behind its back', async (_, sql, named) => {
    file.db.exec(sql);
    const { faults } = await file.read.check({ full: false }, pause);
    expect(faults.join('\n')).toContain(named);
  });

  it('in full also finds a row that is found by the wrong words', async () => {
    file.db.exec("INSERT OR REPLACE INTO search_accounts(rowid, words) VALUES (1, 'something else')");
    expect((await file.read.check({ full: false }, pause)).faults).toEqual([]);
    expect((await file.read.check({ full: true }, pause)).faults.join()).toContain('search of accounts');
  });

  it('counts links that point at nothing, and finds no fault in them', async () => {
    file.db.exec("UPDATE orders SET carrier_id = 'gone'");
    const { faults, notes } = await file.read.check({ full: false }, pause);
    expect(faults).toEqual([]);
    expect(notes).toEqual(['Orders: 1 point at carrier records that are not here']);
  });
});

describe('the hash of a table', () => {
  const hashes = (one: TestFile, from: number) => one.read.hashes(idAt(from + 80), true);

  it('is the same for the same data under other ids, stamps, orders and custom keys', () => {
    const other = newFile();
    try {
      fill(other, 1000, 'x_bbbbbbbb');
      expect(hashes(other, 1000)).toEqual(hashes(file, 100));
      expect(hashes(other, 1000)['settings']?.hash).toBeNull();
    } finally {
      other.close();
    }
  });

  it.each([
    ['accounts', "UPDATE accounts SET name = 'Other' WHERE code = 'A'"],
    ['accounts', 'UPDATE accounts SET parent_id = NULL'],
    ['accounts', `UPDATE accounts SET _c = '{"x_aaaaaaaa":"red"}' WHERE code = 'A'`],
    ['schedule_lines', "UPDATE cell_issues SET raw = 'soon'"],
    ['fulfilments', 'UPDATE fulfilments SET _st = 2, _alive = 0'],
    ['external_refs', "UPDATE external_refs SET key = 'other'"],
  ])('of %s changes with what its rows say: %s', (table, sql) => {
    const before = hashes(file, 100);
    file.db.exec(sql);
    expect(hashes(file, 100)[table]).not.toEqual(before[table]);
  });

  it('does not change with what is derived', () => {
    const before = hashes(file, 100);
    file.db.exec(
      "UPDATE accounts SET name_sort = 'x', _h = 99, _x = '{}'; UPDATE external_refs SET seen = NULL; UPDATE settings SET value = 'x'",
    );
    expect(hashes(file, 100)).toEqual(before);
  });
});
