import { expect, test } from 'vitest';
import type { Change } from '../../electron/engine/store/api.ts';
import { fakeRules } from '../fakes/rules.ts';
import { dataHash, edit, openTemp } from './open.ts';
import type { Opened } from './open.ts';

const other: Change = { ...edit, actor: 'person-2', window: 'window-2' };

const withAccount = (opened: Opened) => {
  const id = opened.env.ids();
  opened.store.apply([{ kind: 'insert', table: 'accounts', id, values: { name: 'A', terms: '30' } }], { ...edit, silent: true });
  const set = (values: Record<string, string | null>, change = edit) =>
    opened.store.apply([{ kind: 'update', table: 'accounts', id, values }], change);
  const row = () => {
    const now = opened.store.get('accounts', id);
    return [now?.['name'], now?.['terms']];
  };
  return { id, set, row };
};

test('steps are taken back in turn and done again, also after a restart', () => {
  const opened = openTemp();
  const { id, set } = withAccount(opened);
  set({ name: 'B' });
  set({ name: 'C', terms: '60' });
  const { store } = opened.reopen();
  const name = () => store.get('accounts', id)?.['name'];
  expect(store.undo(edit)).toMatchObject({
    step: { step: 2, label: 'Edit', window: 'window-1', screen: 'accounts' },
    rows: [{ table: 'accounts', id, fields: ['name', 'terms'] }],
    refused: [],
    elsewhere: false,
  });
  expect(name()).toBe('B');
  store.undo(edit);
  expect(name()).toBe('A');
  expect(store.undo(edit)).toEqual({ step: null, rows: [], refused: [], elsewhere: false });
  store.redo(edit);
  store.redo(edit);
  expect(name()).toBe('C');
  expect(store.redo(edit).step).toBeNull();
});

test('it says when the step was made in another window', () => {
  const opened = openTemp();
  const { set } = withAccount(opened);
  set({ name: 'B' });
  expect(opened.store.undo({ ...edit, window: 'window-9' }).elsewhere).toBe(true);
  expect(opened.store.redo(edit).elsewhere).toBe(false);
});

test('a person takes back what they did, not what another did', () => {
  const opened = openTemp();
  const { set, row } = withAccount(opened);
  set({ name: 'B' });
  set({ terms: '60' }, other);
  opened.store.undo(edit);
  expect(row()).toEqual(['A', '60']);
  expect(opened.store.past.undoState('person-1', null)).toMatchObject({ undo: null, redo: { step: 1 } });
  expect(opened.store.past.undoState('person-2', null)).toMatchObject({ undo: { step: 2 }, redo: null });
});

test('a field that somebody changed since is left alone and listed, the others come back', () => {
  const opened = openTemp();
  const { id, set, row } = withAccount(opened);
  set({ name: 'B', terms: '60' });
  set({ name: 'theirs' }, other);
  const undone = opened.store.undo(edit);
  expect(undone.refused).toEqual([{ table: 'accounts', id, field: 'name', now: 'theirs', why: 'changed' }]);
  expect(undone.rows).toEqual([{ table: 'accounts', id, fields: ['terms'] }]);
  expect(row()).toEqual(['theirs', '30']);
  expect(opened.store.redo(edit).refused).toMatchObject([{ field: 'name' }]);
  expect(row()).toEqual(['theirs', '60']);
});

test('the same value written by somebody else is theirs all the same', () => {
  const opened = openTemp();
  const { set, row } = withAccount(opened);
  set({ name: 'B' });
  set({ name: 'x' }, other);
  set({ name: 'B' }, other);
  expect(opened.store.undo(edit).refused).toHaveLength(1);
  expect(row()[0]).toBe('B');
});

test('a new row that another has worked on, or put something in, stays', () => {
  const opened = openTemp();
  const { store, env } = opened;
  const [a, s] = [env.ids(), env.ids()];
  store.apply([{ kind: 'insert', table: 'accounts', id: a, values: { name: 'A' } }], edit);
  store.apply([{ kind: 'insert', table: 'sites', id: s, values: { account_id: a } }], other);
  expect(store.undo(edit).refused).toMatchObject([{ table: 'accounts', field: '_st' }]);
  expect(store.get('accounts', a)).toBeDefined();
});

test('a change made after redo is done again after all of it was taken back', () => {
  const opened = openTemp();
  const { set, row } = withAccount(opened);
  set({ name: 'B' });
  opened.store.undo(edit);
  opened.store.redo(edit);
  set({ name: 'C' });
  for (const [way, name] of [
    ['undo', 'B'],
    ['undo', 'A'],
    ['redo', 'B'],
    ['redo', 'C'],
  ] as const) {
    expect(opened.store[way](edit).refused).toEqual([]);
    expect(row()[0]).toBe(name);
  }
});

test('a new change ends redo', () => {
  const opened = openTemp();
  const { set } = withAccount(opened);
  set({ name: 'B' });
  opened.store.undo(edit);
  set({ name: 'C' });
  expect(opened.store.redo(edit).step).toBeNull();
});

test('a change without a step leaves undo and redo as they are', () => {
  const opened = openTemp();
  const { set } = withAccount(opened);
  set({ name: 'B' });
  opened.store.undo(edit);
  expect(set({ terms: '90' }, { ...edit, silent: true }).step).toBeNull();
  expect(opened.store.redo(edit).step).toMatchObject({ step: 1 });
});

test('what left the house is not taken back', () => {
  const { store, env } = openTemp(fakeRules({ reversible: () => false }));
  const id = env.ids();
  store.apply([{ kind: 'insert', table: 'orders', id, values: {} }], { ...edit, silent: true });
  store.apply(
    [
      { kind: 'update', table: 'orders', id, values: { notes: 'n' } },
      { kind: 'transition', table: 'orders', id, field: 'status', to: 'submitted', why: null },
    ],
    edit,
  );
  expect(store.undo(edit).refused).toEqual([{ table: 'orders', id, field: 'status', now: 'submitted', why: 'fixed' }]);
  expect(store.get('orders', id)).toMatchObject({ status: 'submitted', notes: null });
});

test('a number once given stays', () => {
  const { store, env } = openTemp();
  const id = env.ids();
  store.apply([{ kind: 'insert', table: 'orders', id, values: {} }], { ...edit, silent: true });
  const number = store.nextNumber('orders');
  store.apply(
    [
      { kind: 'update', table: 'orders', id, values: { number } },
      { kind: 'transition', table: 'orders', id, field: 'status', to: 'submitted', why: null },
    ],
    edit,
  );
  expect(store.undo(edit).refused).toEqual([]);
  expect(store.get('orders', id)).toMatchObject({ status: 'draft', number });
  expect(store.redo(edit).refused).toEqual([]);
  expect(store.get('orders', id)).toMatchObject({ status: 'submitted', number });
});

test('500 steps are kept, the oldest go first', () => {
  const opened = openTemp();
  const { set } = withAccount(opened);
  for (let step = 1; step <= 503; step += 1) {
    set({ name: `n${step}` });
    opened.store.undo(edit);
    opened.store.redo(edit);
  }
  const kept = opened.look((db) => db.prepare('SELECT count(*), min(n), max(n) FROM undo_steps').raw().get());
  expect(kept).toEqual([500, 4, 503]);
  const stamps = (): unknown => opened.look((db) => db.prepare('SELECT count(*) FROM undo_stamps').pluck().get());
  expect(stamps()).toBe(1006);
  for (let step = 504; step <= 550; step += 1) set({ name: `n${step}` });
  expect(stamps()).toBe(1006 - 101);
  for (let step = 550; step > 50; step -= 1) expect(opened.store.undo(edit).refused).toEqual([]);
  expect(opened.store.undo(edit).step).toBeNull();
});

test('an undo is an ordinary change: logged, with the transaction it takes back, and undone data is data', () => {
  const opened = openTemp();
  const { set } = withAccount(opened);
  const before = opened.look(dataHash);
  set({ name: 'B' });
  opened.store.undo(edit);
  expect(opened.look(dataHash)).toBe(before);
  const transactions = opened
    .look((db) => db.prepare<[], string>('SELECT payload FROM outbox ORDER BY n').pluck().all())
    .map((text) => JSON.parse(text) as { x: unknown[][]; o: number[][] });
  const [, made, undone] = transactions;
  expect(undone?.x[0]).toEqual([1, 'person-1', 'undo', null, 'Edit', null, null, made?.o[0]?.[0]]);
});

test('an undo tells the rows in the order the step changed them, the first thousand of many', () => {
  const { store, env } = openTemp();
  const ids = Array.from({ length: 1200 }, () => env.ids());
  const apply = (kind: 'insert' | 'update', name: string) =>
    store.apply(
      ids.map((id) => ({ kind, table: 'accounts', id, values: { name } })),
      edit,
    );
  apply('insert', 'A');
  apply('update', 'B');
  for (const way of ['undo', 'redo'] as const) {
    const { rows } = store[way](edit);
    expect(rows.map(({ id }) => id)).toEqual(ids.slice(0, 1000));
    expect(rows[0]).toEqual({ table: 'accounts', id: ids[0], fields: ['name'] });
  }
});

test('what an undo tells names fields as people know them, and none where a row came or went', () => {
  const { store, env } = openTemp();
  const id = env.ids();
  store.apply([{ kind: 'insert', table: 'orders', id, values: {} }], edit);
  store.apply([{ kind: 'update', table: 'orders', id, values: { status: { '!': ['someday', 'STATE_UNKNOWN'] } } }], edit);
  expect(store.undo(edit).rows).toEqual([{ table: 'orders', id, fields: ['status'] }]);
  expect(store.undo(edit).rows).toEqual([{ table: 'orders', id, fields: [] }]);
});
