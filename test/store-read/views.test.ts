/** Open registers over real rows: pages, positions that stay, sums, and what is gone. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Asked } from '../../electron/engine/store/grid/views.ts';
import { context, newFile, pause, type TestFile } from './file.ts';
import { finish, idAt, insertRows } from './fill.ts';

const UNIT = 1_000_000;
const ME = idAt(900);

let file: TestFile;
beforeEach(() => {
  file = newFile();
  const { db } = file;
  insertRows(db, 'people', [{ id: ME, name: 'Ada' }]);
  insertRows(db, 'accounts', [
    { id: idAt(1), code: 'K1', name: 'Kestrel', currency: 'EUR', owner_id: ME },
    { id: idAt(2), code: 'H1', name: 'Harbour', currency: 'USD' },
  ]);
  insertRows(
    db,
    'orders',
    ['EUR', 'EUR', 'USD', null].map((currency, at) => ({
      id: idAt(10 + at),
      number: `O-${at}`,
      account_id: idAt(1 + (at % 2)),
      status: ['confirmed', 'submitted', 'draft', 'confirmed'][at] ?? null,
      ordered_on: `2026-0${at + 1}-01`,
      currency,
      freight: at === 3 ? Number.MAX_SAFE_INTEGER : 100,
      owner_id: at === 0 ? ME : null,
    })),
  );
  insertRows(db, 'order_lines', [
    { id: idAt(20), order_id: idAt(10), position: 1, qty: 2 * UNIT, price: 3 * UNIT, uom: 'EA' },
    { id: idAt(21), order_id: idAt(11), position: 1, qty: UNIT, price: UNIT, uom: 'EA' },
  ]);
  insertRows(db, 'schedule_lines', [
    { id: idAt(30), line_id: idAt(20), qty: 2 * UNIT, requested: '2026-06-10' },
    { id: idAt(31), line_id: idAt(21), qty: UNIT },
  ]);
  db.prepare(`INSERT INTO cell_issues VALUES ('schedule_lines', ?, 'requested', 'asap', 'DATE_PARSE', 'error', 'parse')`).run(
    idAt(31),
  );
  finish(db);
});
afterEach(() => file.close());

const open = async (asked: Partial<Asked> & { readonly table: string }, now = context) => {
  const { views } = file.read;
  const { view, count } = await views.open('c1', { filter: null, sort: [], ...asked }, now, pause);
  return { view, count, ids: () => views.ids('c1', view, 0, 100), rows: () => views.rows('c1', view, 0, 100, now) };
};

describe('a view', () => {
  it('pages, finds, sums by currency and closes', async () => {
    const { views } = file.read;
    const { view, count, rows } = await open({ table: 'orders', sort: [{ field: 'ordered_on', dir: 'desc' }] });
    expect(count).toBe(4);
    expect(views.rows('c1', view, 1, 3, context).map(({ v }) => v['number'])).toEqual(['O-2', 'O-1']);
    expect(views.find('c1', view, idAt(13))).toBe(0);
    expect(views.find('c1', view, idAt(999))).toBeNull();
    expect(await views.totals('c1', view, ['freight', 'net', 'line_count'], context, pause)).toEqual({
      freight: { EUR: '200', USD: '100', '': String(Number.MAX_SAFE_INTEGER) },
      net: { EUR: '700', USD: '0', '': '0' },
      line_count: { '': '2' },
    });
    expect(rows()[3]).toMatchObject({ l: { account_id: { code: 'K1', title: 'Kestrel' } }, v: { net: 600, line_count: 1 } });
    views.close('c1', view);
    expect(() => views.rows('c1', view, 0, 1, context)).toThrow(expect.objectContaining({ code: 'view-gone' }));
  });

  it('is its own connection’s and goes with it', async () => {
    const { view } = await open({ table: 'accounts' });
    expect(() => file.read.views.rows('c2', view, 0, 1, context)).toThrow(expect.objectContaining({ code: 'view-gone' }));
    file.read.views.forget('c1');
    expect(() => file.read.views.ids('c1', view, 0, 1)).toThrow(expect.objectContaining({ code: 'view-gone' }));
  });

  it('closes the one used longest ago when a connection holds too many', async () => {
    const first = await open({ table: 'accounts' });
    const second = await open({ table: 'accounts' });
    for (let more = 0; more < 39; more += 1) {
      expect(first.ids()).toHaveLength(2);
      await open({ table: 'accounts' });
    }
    expect(first.ids()).toHaveLength(2);
    expect(() => second.ids()).toThrow(expect.objectContaining({ code: 'view-gone' }));
  });

  it('moves nothing before a refresh: a deleted row keeps its place and says so, a new one waits', async () => {
    const { views } = file.read;
    const { view, rows, ids } = await open({ table: 'orders', sort: [{ field: 'number', dir: 'asc' }] });
    file.db.prepare('UPDATE orders SET _st = 2, _alive = 0 WHERE id = ?').run(idAt(11));
    insertRows(file.db, 'orders', [{ id: idAt(50), number: 'A', status: 'draft' }]);
    expect(rows().map(({ id, gone, v }) => [id, gone ?? false, Object.keys(v).length > 0])).toEqual([
      [idAt(10), false, true],
      [idAt(11), 'deleted', false],
      [idAt(12), false, true],
      [idAt(13), false, true],
    ]);
    expect(await views.refresh('c1', view, context, pause)).toBe(4);
    expect(ids()).toEqual([idAt(50), idAt(10), idAt(12), idAt(13)]);
  });

  it('gives the first rows as the list has them, by any sort, and the list then costs nothing more', async () => {
    for (const field of ['number', 'account_id', 'net', 'status', 'ordered_on', 'owner_id']) {
      const asked: Asked = { table: 'orders', filter: null, sort: [{ field, dir: 'desc' }] };
      const first = await file.read.views.first('c1', asked, 2, context, pause);
      const { ids } = await open(asked);
      expect(first.map(({ id }) => id)).toEqual(ids().slice(0, 2));
    }
  });

  it('shows what changed between its first rows and its opening', async () => {
    const asked: Asked = { table: 'orders', filter: null, sort: [{ field: 'net', dir: 'desc' }] };
    await file.read.views.first('c1', asked, 2, context, pause);
    insertRows(file.db, 'orders', [{ id: idAt(50), number: 'A', status: 'draft' }]);
    expect((await open(asked)).count).toBe(5);
  });

  it('ends when its caller has gone', async () => {
    const cancelled = (): Promise<void> => Promise.reject(new Error('gone'));
    await expect(file.read.views.open('c1', { table: 'orders', filter: null, sort: [] }, context, cancelled)).rejects.toThrow(
      'gone',
    );
  });

  it.each(['schedule_lines', 'settings', 'nope', '__proto__'])('is not opened over %s', async (table) => {
    await expect(open({ table })).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('rows', () => {
  it('carry chips, late days and the issues of the day that lives on the schedule line', async () => {
    const lines = (await open({ table: 'order_lines', sort: [{ field: 'order_id', dir: 'asc' }] })).rows();
    expect(lines[0]).toMatchObject({
      chips: ['late', 'in_fulfilment'],
      v: { requested: '2026-06-10', currency: 'EUR', net_micros: '6000000', open_qty: 2 * UNIT },
    });
    expect(lines[1]).toMatchObject({
      v: { requested: null },
      i: { requested: { raw: 'asap', code: 'DATE_PARSE', level: 'error' } },
    });
    const [order, next] = (await open({ table: 'orders', sort: [{ field: 'number', dir: 'asc' }] })).rows();
    expect(order).toMatchObject({ v: { late_days: 5 }, chips: ['late', 'in_fulfilment'] });
    expect([order?.below, next?.below, lines[1]?.below]).toEqual([undefined, 1, undefined]);
  });

  it('say while a batch is still writing them, and what they link to is gone', async () => {
    file.db
      .exec(`INSERT INTO batches(id, label, source, actor, state, started) VALUES ('b', 'Import', 'import', 'x', 'applying', 0);
      INSERT INTO batch_rows(batch, tbl, n) SELECT 1, (SELECT idx FROM tables WHERE name = 'orders'), _n FROM orders WHERE number = 'O-1';
      UPDATE accounts SET _st = 2, _alive = 0 WHERE code = 'H1'`);
    const rows = (await open({ table: 'orders', sort: [{ field: 'number', dir: 'asc' }] })).rows();
    expect(rows.map(({ importing }) => importing ?? false)).toEqual([false, true, false, false]);
    expect(rows[1]?.l?.['account_id']).toEqual({ code: 'H1', title: 'Harbour', gone: true });
    expect((await open({ table: 'orders', filter: { flag: 'importing' } })).ids()).toEqual([idAt(11)]);
  });
});

describe('a mark', () => {
  it.each([
    ['orders', 'late', [10]],
    ['orders', 'open', [10, 11, 13]],
    ['orders', 'draft', [12]],
    ['orders', 'mine', [10]],
    ['orders', 'importing', []],
    ['orders', 'invalid', [11]],
    ['accounts', 'invalid', []],
    ['order_lines', 'invalid', [21]],
    ['order_lines', 'late', [20]],
    ['order_lines', 'mine', [20]],
    ['accounts', 'late', [1]],
    ['accounts', 'mine', [1]],
  ] as const)('finds %s that are %s', async (table, flag, expected) => {
    const { ids } = await open({ table, filter: { flag } }, { ...context, me: ME });
    expect(ids()).toEqual(expected.map(idAt));
  });

  it('makes nobody’s rows mine before a person is known', async () => {
    expect((await open({ table: 'orders', filter: { flag: 'mine' } })).count).toBe(0);
  });
});
