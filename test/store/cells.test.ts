import { expect, test } from 'vitest';
import { dataHash, edit, openTemp } from './open.ts';
import type { Opened } from './open.ts';

const withOrder = (opened: Opened, values = {}) => {
  const id = opened.env.ids();
  opened.store.apply([{ kind: 'insert', table: 'orders', id, values }], edit);
  const set = (fields: object) =>
    opened.store.apply([{ kind: 'update', table: 'orders', id, values: fields as Record<string, string> }], edit);
  const move = (to: string) =>
    opened.store.apply([{ kind: 'transition', table: 'orders', id, field: 'status', to, why: null }], edit);
  const issue = () => opened.store.issues('orders', id).map(({ field, raw, code }) => [field, raw, code]);
  const status = () => opened.store.get('orders', id)?.['status'];
  return { id, set, move, issue, status };
};

test('a bad cell stays through a restart, leaves with one undo, comes back with redo', () => {
  const opened = openTemp();
  const order = withOrder(opened, { freight: 100 });
  order.set({ freight: { '?': 'free' } });
  const after = opened.reopen();
  const issue = () => after.store.issues('orders', order.id);
  expect(after.store.get('orders', order.id)?.['freight']).toBeNull();
  expect(issue()).toMatchObject([{ field: 'freight', raw: 'free', code: 'NUM_PARSE', level: 'error', origin: 'parse' }]);
  after.store.undo(edit);
  expect(after.store.get('orders', order.id)?.['freight']).toBe(100);
  expect(issue()).toEqual([]);
  after.store.redo(edit);
  expect(after.store.get('orders', order.id)?.['freight']).toBeNull();
  expect(issue()).toMatchObject([{ raw: 'free' }]);
  after.store.apply([{ kind: 'update', table: 'orders', id: order.id, values: { freight: 7 } }], edit);
  expect(issue()).toEqual([]);
});

test('what a rule says is derived: never logged, gone when it holds, back when it does not', () => {
  const { store, env, look } = openTemp();
  const id = env.ids();
  store.apply([{ kind: 'insert', table: 'accounts', id, values: { code: 'A' } }], edit);
  const codes = () => store.issues('accounts', id).map(({ code }) => code);
  expect(codes()).toEqual(['REQUIRED']);
  expect(look((db) => db.prepare('SELECT payload FROM outbox').pluck().get())).not.toContain('REQUIRED');
  store.apply([{ kind: 'update', table: 'accounts', id, values: { name: 'Acme' } }], edit);
  expect(codes()).toEqual([]);
  store.undo(edit);
  expect(codes()).toEqual(['REQUIRED']);
});

test('an order starts in its initial state, and moves by transitions only', () => {
  const order = withOrder(openTemp());
  expect(order.status()).toBe('draft');
  order.move('submitted');
  expect(order.status()).toBe('submitted');
  expect(() => order.move('closed')).toThrow(expect.objectContaining({ code: 'illegal-transition' }));
  expect(order.status()).toBe('submitted');
});

test('typing a state runs its transition; text that is none is kept beside the state until the next one', () => {
  const opened = openTemp();
  const order = withOrder(opened);
  order.set({ status: { '?': 'submitted' } });
  expect(order.status()).toBe('submitted');
  order.set({ status: { '?': 'gone fishing' } });
  expect([order.status(), order.issue()]).toEqual(['submitted', [['status', 'gone fishing', 'STATE_UNKNOWN']]]);
  order.set({ status: 'closed' });
  expect([order.status(), order.issue()]).toEqual(['submitted', [['status', 'closed', 'STATE_ILLEGAL']]]);
  const before = opened.look(dataHash);
  order.move('confirmed');
  expect([order.status(), order.issue()]).toEqual(['confirmed', []]);
  opened.store.undo(edit);
  expect(opened.look(dataHash)).toBe(before);
  opened.store.redo(edit);
  expect([order.status(), order.issue()]).toEqual(['confirmed', []]);
});

test('a new row with text for a state starts in the initial one, with the text beside it', () => {
  const opened = openTemp();
  const odd = withOrder(opened, { status: { '?': 'posted' } });
  expect([odd.status(), odd.issue()]).toEqual(['draft', [['status', 'posted', 'STATE_UNKNOWN']]]);
  const early = withOrder(opened, { status: 'closed' });
  expect([early.status(), early.issue()]).toEqual(['draft', [['status', 'closed', 'STATE_ILLEGAL']]]);
});

test('a file may bring any state', () => {
  const { store, env } = openTemp();
  const id = env.ids();
  const imported = { ...edit, source: 'import' as const };
  store.apply([{ kind: 'insert', table: 'orders', id, values: { status: 'closed' } }], imported);
  expect(store.get('orders', id)?.['status']).toBe('closed');
  store.apply([{ kind: 'update', table: 'orders', id, values: { status: 'draft' } }], imported);
  expect(store.get('orders', id)?.['status']).toBe('draft');
});

test('undo takes a transition back only where the life cycle says so', () => {
  const opened = openTemp();
  const order = withOrder(opened);
  order.move('submitted');
  opened.store.undo(edit);
  opened.store.redo(edit);
  opened.store.undo(edit);
  expect(order.status()).toBe('draft');
  const kept = opened.look((db) => db.prepare('SELECT src, dst, source, ok FROM trans ORDER BY h').all());
  expect(kept).toEqual([
    { src: null, dst: 'draft', source: 'edit', ok: 1 },
    { src: 'draft', dst: 'submitted', source: 'edit', ok: 1 },
    { src: 'submitted', dst: 'draft', source: 'undo', ok: 1 },
    { src: 'draft', dst: 'submitted', source: 'edit', ok: 1 },
    { src: 'submitted', dst: 'draft', source: 'undo', ok: 1 },
  ]);
});
