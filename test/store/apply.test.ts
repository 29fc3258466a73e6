import { expect, test } from 'vitest';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { MAX_OPS } from '../../electron/engine/store/write/finish.ts';
import { fakeRules } from '../fakes/rules.ts';
import { dataHash, edit, openTemp } from './open.ts';
import type { Opened } from './open.ts';
import { replayed, stored } from './replay.ts';

const account = (id: string, values = {}): StorePatch => ({
  kind: 'insert',
  table: 'accounts',
  id,
  values: { code: 'A1', name: 'Acme', ...values },
});

/** An account, its site, and an order of one line with its schedule line and one event. */
const tree = ({ store, env }: Pick<Opened, 'store' | 'env'>) => {
  const [a, s, o, l, c, f] = Array.from({ length: 6 }, env.ids) as [string, string, string, string, string, string];
  store.apply(
    [
      account(a),
      { kind: 'insert', table: 'sites', id: s, values: { account_id: a, name: 'Dock' } },
      { kind: 'insert', table: 'orders', id: o, values: { account_id: a, currency: 'GBP' } },
      { kind: 'insert', table: 'order_lines', id: l, values: { order_id: o, qty: 3_000_000, price: 333_335, discount: 50_000 } },
      { kind: 'insert', table: 'schedule_lines', id: c, values: { line_id: l, qty: 3_000_000 } },
      { kind: 'insert', table: 'fulfilments', id: f, values: { schedule_id: c, kind: 'shipped', qty: 1_000_000 } },
    ],
    edit,
  );
  return { a, s, o, l, c, f };
};

const failing = (code: string): unknown => expect.objectContaining({ code });

test('a change says what it touched, what is wrong with it, and how to take it back', () => {
  const { store, env, events } = openTemp();
  const id = env.ids();
  const done = store.apply([account(id, { name: null, credit_limit: { '?': 'a lot' } })], edit);
  expect(done.rows).toEqual([{ table: 'accounts', id }]);
  expect(done.step).toBe(1);
  expect(done.issues.map(({ field, raw, code, level, origin }) => [field, raw, code, level, origin])).toEqual([
    ['credit_limit', 'a lot', 'NUM_PARSE', 'error', 'parse'],
    ['name', null, 'REQUIRED', 'error', 'rule'],
  ]);
  expect(done.inverse).toEqual([{ kind: 'delete', table: 'accounts', id }]);
  expect(events).toEqual([{ name: 'changed', payload: { tables: { accounts: { ids: [id] } } } }]);
  store.apply(done.inverse, edit);
  expect(store.get('accounts', id)).toBeUndefined();
});

test('a change is all or nothing, and nothing is told of one that failed', () => {
  const { store, env, look, events } = openTemp();
  const id = env.ids();
  const before = look(dataHash);
  const half: StorePatch[] = [account(id), { kind: 'update', table: 'accounts', id: env.ids(), values: { name: 'x' } }];
  expect(() => store.apply(half, edit)).toThrow(failing('not-found'));
  expect(() => store.apply([account(id), account(id)], edit)).toThrow(failing('invalid'));
  expect(look(dataHash)).toBe(before);
  expect(events).toEqual([]);
  expect(look((db) => db.prepare('SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM history)').pluck().get())).toBe(0);
  store.apply([account(id)], edit);
  expect(look(replayed)).toEqual(look(stored));
});

test('only cells that change are written: nothing else moves, and no change makes no step', () => {
  const { store, env, look } = openTemp();
  const { a, o } = tree({ store, env });
  const all = () =>
    look((db) => db.prepare<[], Record<string, unknown>>('SELECT * FROM accounts UNION ALL SELECT * FROM accounts').all()[0]);
  const before = all();
  expect(store.apply([{ kind: 'update', table: 'accounts', id: a, values: { name: 'Acme', tier: null } }], edit).step).toBeNull();
  expect(all()).toEqual(before);
  store.apply([{ kind: 'update', table: 'accounts', id: a, values: { name: 'Bolt', tier: null } }], edit);
  const after = all();
  const moved = Object.keys(after ?? {}).filter((column) => after?.[column] !== before?.[column]);
  expect(moved).toEqual(['name', 'name_sort', 'name_match', '_x']);
  expect(Object.keys(JSON.parse(String(after?.['_x'])) as object)).toEqual(['name']);
  expect(store.get('orders', o)?.['account_id']).toBe(a);
});

test('deleting an owner deletes all it owns, undelete brings back those that went with it', () => {
  const { store, env, look } = openTemp();
  const { a, s, o, l, c, f } = tree({ store, env });
  const gone = env.ids();
  store.apply([{ kind: 'insert', table: 'schedule_lines', id: gone, values: { line_id: l } }], edit);
  store.apply([{ kind: 'delete', table: 'schedule_lines', id: gone }], edit);
  const before = look(dataHash);
  const { rows } = store.apply([{ kind: 'delete', table: 'orders', id: o }], edit);
  expect(rows.map(({ id }) => id)).toEqual([o, l, c, f]);
  for (const [table, id] of [
    ['orders', o],
    ['order_lines', l],
    ['schedule_lines', c],
    ['fulfilments', f],
  ] as const) {
    expect(store.get(table, id)).toBeUndefined();
    expect(store.getAny(table, id)?._st).toBe(2);
  }
  expect(store.get('accounts', a)).toBeDefined();
  expect(() => store.apply([{ kind: 'undelete', table: 'order_lines', id: l }], edit)).toThrow(failing('blocked'));
  store.apply([{ kind: 'undelete', table: 'orders', id: o }], edit);
  expect(look(dataHash)).toBe(before);
  expect(store.get('schedule_lines', gone)).toBeUndefined();
  store.apply([{ kind: 'delete', table: 'accounts', id: a }], edit);
  expect(store.get('sites', s)).toBeUndefined();
});

test('what a line comes to is exact, in the digits of its order, and left out while it cannot be read', () => {
  const { store, env, look } = openTemp();
  const { o, l } = tree({ store, env });
  const net = () => [
    store.get('order_lines', l)?.['net'],
    look((db) => db.prepare('SELECT CAST(net_micros AS TEXT) FROM order_lines WHERE id = ?').pluck().get(l)),
  ];
  const set = (table: string, id: string, values: object) =>
    store.apply([{ kind: 'update', table, id, values } as StorePatch], edit);
  expect(net()).toEqual([95, '950005']);
  set('orders', o, { currency: 'KWD' });
  expect(net()).toEqual([950, '950005']);
  set('orders', o, { currency: 'JPY' });
  expect(net()).toEqual([1, '950005']);
  set('order_lines', l, { discount: { '?': 'some' } });
  expect(net()).toEqual([null, null]);
  set('order_lines', l, { discount: null });
  expect(net()).toEqual([1, '1000005']);
  set('order_lines', l, { price: Number.MAX_SAFE_INTEGER, qty: Number.MAX_SAFE_INTEGER });
  expect(net()).toEqual([null, null]);
});

test('the rules may add patches, refuse them, and are asked with the row as it was', () => {
  const asked: unknown[] = [];
  const { store, env } = openTemp(
    fakeRules({
      expand: (patch) =>
        patch.table === 'order_lines' && patch.kind === 'insert'
          ? [patch, { kind: 'insert', table: 'schedule_lines', id: `${patch.id.slice(0, -1)}f`, values: { line_id: patch.id } }]
          : [patch],
      refuse(patch, before) {
        asked.push([patch.kind, before?.['name']]);
        return patch.kind === 'delete' ? 'It is in use.' : null;
      },
    }),
  );
  const [id, line] = [env.ids(), env.ids()];
  store.apply([account(id)], edit);
  store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'New' } }], edit);
  expect(() => store.apply([{ kind: 'delete', table: 'accounts', id }], edit)).toThrow('It is in use.');
  expect(asked).toEqual([
    ['insert', undefined],
    ['update', 'Acme'],
    ['delete', 'New'],
  ]);
  const { rows } = store.apply([{ kind: 'insert', table: 'order_lines', id: line, values: {} }], edit);
  expect(rows.map(({ table }) => table)).toEqual(['order_lines', 'schedule_lines']);
  expect(store.children('schedule_lines', line)).toHaveLength(1);
});

test('what happened is only ever inserted and deleted', () => {
  const { store, env } = openTemp();
  const { f } = tree({ store, env });
  const update = () => store.apply([{ kind: 'update', table: 'fulfilments', id: f, values: { qty: 2_000_000 } }], edit);
  expect(update).toThrow(failing('invalid'));
  store.apply([{ kind: 'delete', table: 'fulfilments', id: f }], edit);
  expect(store.get('fulfilments', f)).toBeUndefined();
});

test('shared rows are their own log transaction, before the others, in one step', () => {
  const { store, env, look } = openTemp();
  const { step } = store.apply(
    [account(env.ids()), { kind: 'insert', table: 'products', id: env.ids(), values: { sku: 'P1', name: 'Box' } }],
    edit,
  );
  expect(step).toBe(1);
  const tables = look((db) => db.prepare<[], string>('SELECT payload FROM outbox ORDER BY n').pluck().all()).map(
    (text) => (JSON.parse(text) as { t: string[] }).t,
  );
  expect(tables).toEqual([['products'], ['accounts']]);
  store.undo(edit);
  expect(store.match('products', 'sku', 'p1')).toEqual([]);
  expect(store.match('accounts', 'code', 'a1')).toEqual([]);
});

test('an external key travels with the row it names', () => {
  const { store, env, look } = openTemp();
  const values = { table: 'products', row: env.ids(), system: 's', key: 'K-1' };
  store.apply([{ kind: 'insert', table: 'external_refs', id: env.ids(), values }, account(env.ids())], edit);
  expect(look((db) => db.prepare('SELECT count(*) FROM outbox').pluck().get())).toBe(2);
  expect(store.external('s', ' k-1 ', 'products').map(({ row }) => row)).toEqual([values.row]);
  expect(store.external('s', 'K1', 'products')).toEqual([]);
  expect(store.external('s', 'K-1', 'accounts')).toEqual([]);
});

test('custom fields stand by their own key, bad ones too', () => {
  const { store, env, look, reopen } = openTemp();
  const id = env.ids();
  store.apply([account(id, { x_zzzzzzzz: 'z', x_aaaaaaaa: { '!': ['soon', 'DATE_PARSE'] }, x_bbbbbbbb: 7 })], edit);
  expect(look((db) => db.prepare('SELECT _c FROM accounts').pluck().get())).toBe('{"x_bbbbbbbb":7,"x_zzzzzzzz":"z"}');
  store.apply([{ kind: 'update', table: 'accounts', id, values: { x_zzzzzzzz: null, x_bbbbbbbb: null } }], edit);
  expect(look((db) => db.prepare('SELECT _c FROM accounts').pluck().get())).toBeNull();
  expect(reopen().store.issues('accounts', id)).toMatchObject([{ field: 'x_aaaaaaaa', raw: 'soon' }]);
});

test('a custom field of a kind takes that kind only', () => {
  const { store, env } = openTemp();
  const def = { table: 'accounts', key: 'x_aaaaaaaa', kind: 'integer', label: 'Trucks' };
  store.apply([{ kind: 'insert', table: 'field_defs', id: env.ids(), values: def }], edit);
  expect(() => store.apply([account(env.ids(), { x_aaaaaaaa: '7' })], edit)).toThrow(failing('invalid'));
  store.apply([account(env.ids(), { x_aaaaaaaa: 7 })], edit);
});

test('more than a log transaction holds is refused whole', () => {
  const { store, env, look } = openTemp();
  const many = Array.from({ length: MAX_OPS + 1 }, () => account(env.ids()));
  expect(() => store.apply(many, edit)).toThrow(failing('too-large'));
  expect(look((db) => db.prepare('SELECT count(*) FROM accounts').pluck().get())).toBe(0);
});

test('above 500 rows a change is told by table only', () => {
  const { store, env, events } = openTemp();
  store.apply(
    Array.from({ length: 501 }, () => account(env.ids())),
    edit,
  );
  expect(events).toEqual([{ name: 'changed', payload: { tables: { accounts: {} } } }]);
});
