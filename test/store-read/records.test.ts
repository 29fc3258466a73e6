/** Reading records as the contract asks for them: forms, children, names, where a record may go and why not. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordQueries } from '../../electron/engine/services/records/records-read.ts';
import { schemaQueries } from '../../electron/engine/services/records/query.ts';
import { createLocalReader } from '../../electron/engine/store/file/local-settings.ts';
import { createReader } from '../../electron/engine/store/read/reader.ts';
import { context, newFile, type TestFile } from './file.ts';
import { finish, idAt, insertRows } from './fill.ts';
import { pageContext as call } from '../fakes/context.ts';

let file: TestFile;
beforeEach(() => {
  file = newFile();
  insertRows(file.db, 'accounts', [{ id: idAt(1), code: 'K1', name: 'Kestrel' }]);
  insertRows(file.db, 'orders', [
    { id: idAt(10), number: 'O1', account_id: idAt(1), status: 'submitted', currency: 'EUR' },
    { id: idAt(11), number: 'O2', account_id: idAt(1), status: 'draft' },
  ]);
  insertRows(file.db, 'order_lines', [
    { id: idAt(21), order_id: idAt(10), position: 2, qty: 1_000_000, price: 1_000_000 },
    { id: idAt(20), order_id: idAt(10), position: 1, qty: 1_000_000, price: null },
  ]);
  file.db
    .prepare(`INSERT INTO cell_issues VALUES ('order_lines', ?, 'price', 'cheap', 'NUM_PARSE', 'error', 'parse')`)
    .run(idAt(20));
  insertRows(file.db, 'field_defs', [
    { id: idAt(90), table: 'orders', key: 'x_aaaaaaaa', kind: 'choice', label: 'Colour', choices: '[{"key":"r","label":"Red"}]' },
  ]);
  finish(file.db);
});
afterEach(() => file.close());

const queries = () =>
  recordQueries({
    locale: 'en-GB',
    store: file.read,
    read: createReader(file.reader),
    local: createLocalReader(file.reader),
    context: () => context,
  });

describe('a record', () => {
  it('comes with its values, labels and issues; a deleted one too, and says so', async () => {
    expect(await queries()['records.get']({ table: 'orders', id: idAt(10) }, call)).toMatchObject({
      v: { number: 'O1', net: 100, line_count: 2 },
      l: { account_id: { code: 'K1', title: 'Kestrel' } },
    });
    file.db.exec('UPDATE orders SET _st = 2, _alive = 0');
    expect(await queries()['records.get']({ table: 'orders', id: idAt(10) }, call)).toMatchObject({
      gone: 'deleted',
      v: { number: 'O1' },
    });
    expect(await queries()['records.get']({ table: 'orders', id: idAt(999) }, call)).toBeNull();
  });

  it('has its children in order, and no children where it owns none', async () => {
    const { rows } = await queries()['records.children']({ table: 'order_lines', owner: idAt(10) }, call);
    expect(rows.map(({ v }) => v['position'])).toEqual([1, 2]);
    expect(rows[0]?.i).toEqual({ price: { raw: 'cheap', code: 'NUM_PARSE', level: 'error' } });
    expect(await queries()['records.children']({ table: 'accounts', owner: idAt(10) }, call)).toEqual({ rows: [] });
  });

  it('is named by id, and an unknown id is gone', async () => {
    const { labels } = await queries()['records.labels']({ table: 'accounts', ids: [idAt(1), idAt(5)] }, call);
    expect(labels).toEqual({ [idAt(1)]: { code: 'K1', title: 'Kestrel' }, [idAt(5)]: { code: null, title: null, gone: true } });
  });

  it('lists its issues, counted beyond the limit', async () => {
    const ask = (table: string | null, limit: number, level: 'error' | 'warning' | null = null) =>
      queries()['records.issues']({ table, id: null, level, limit }, call);
    expect(await ask('order_lines', 10)).toMatchObject({ count: 1, issues: [{ row: idAt(20), raw: 'cheap' }] });
    expect(await ask('orders', 10)).toEqual({ count: 0, issues: [] });
    file.db.prepare(`INSERT INTO cell_issues VALUES ('accounts', ?, 'email', NULL, 'MAIL_ODD', 'warning', 'rule')`).run(idAt(1));
    expect(await ask(null, 1)).toMatchObject({ count: 2, issues: [{ level: 'error' }] });
    expect(await ask(null, 10, 'error')).toMatchObject({ count: 1, issues: [{ row: idAt(20) }] });
    expect(await ask(null, 10, 'warning')).toMatchObject({ count: 1, issues: [{ row: idAt(1), code: 'MAIL_ODD' }] });
  });

  it('has none to fix while it is deleted, and has them again when it comes back', async () => {
    const count = async () =>
      (await queries()['records.issues']({ table: null, id: null, level: 'error', limit: 10 }, call)).count;
    file.db.prepare('UPDATE order_lines SET _st = 2, _alive = 0 WHERE id = ?').run(idAt(20));
    expect(await count()).toBe(0);
    file.db.prepare('UPDATE order_lines SET _st = 1, _alive = 1 WHERE id = ?').run(idAt(20));
    expect(await count()).toBe(1);
  });
});

describe('where a record may go', () => {
  it('is told with the reason where it may not', async () => {
    const { now, to } = await queries()['records.transitions']({ table: 'orders', id: idAt(10), field: 'status' }, call);
    expect(now).toBe('submitted');
    expect(to.map(({ state, blocked }) => [state, blocked === null])).toEqual([
      ['draft', true],
      ['confirmed', false],
      ['cancelled', true],
    ]);
    expect(to.find(({ state }) => state === 'confirmed')?.blocked).toContain('cheap');
  });

  it.each([
    ['orders', 'number', 'invalid'],
    ['nope', 'status', 'invalid'],
    ['orders', 'status', 'not-found'],
  ])('is refused for %s.%s', (table, field, code) => {
    const ask = () => queries()['records.transitions']({ table, id: idAt(code === 'not-found' ? 999 : 10), field }, call);
    expect(ask).toThrow(expect.objectContaining({ code }));
  });
});

describe('custom fields', () => {
  it('are listed with their choices', async () => {
    expect(await schemaQueries(file.read)['fields.list']({ table: 'orders' }, call)).toEqual({
      fields: [{ key: 'x_aaaaaaaa', kind: 'choice', label: 'Colour', choices: [{ key: 'r', label: 'Red' }] }],
    });
  });
});
