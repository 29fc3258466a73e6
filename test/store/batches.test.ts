import { expect, test } from 'vitest';
import type { Change, StorePatch } from '../../electron/engine/store/api.ts';
import { verifyLog } from '../../electron/engine/store/log/verify.ts';
import { dataHash, edit, openAt, openTemp } from './open.ts';
import type { Opened } from './open.ts';
import { replayed, stored } from './replay.ts';
import { fakeRules } from '../fakes/rules.ts';

const imported: Change = { ...edit, source: 'import', label: 'Import', screen: 'import' };
const code = (value: string): unknown => expect.objectContaining({ code: value });

/** A file with two orders, and an import that changes one, deletes the other's line, and brings new ones. */
const withOld = () => {
  const opened = openTemp();
  const { store, env } = opened;
  const [o1, o2, l2] = [env.ids(), env.ids(), env.ids()];
  store.apply(
    [
      { kind: 'insert', table: 'orders', id: o1, values: { notes: 'old', freight: { '?': 'free' }, status: { '?': 'odd' } } },
      { kind: 'insert', table: 'orders', id: o2, values: {} },
      { kind: 'insert', table: 'order_lines', id: l2, values: { order_id: o2, qty: 1 } },
    ],
    { ...edit, silent: true },
  );
  return { ...opened, o1, o2, l2 };
};

const rowsOf = ({ env }: Opened, { o1, l2 }: { o1: string; l2: string }): readonly (readonly StorePatch[])[] => {
  const [o3, l3, ref] = [env.ids(), env.ids(), env.ids()];
  return [
    [
      { kind: 'insert', table: 'orders', id: o3, values: { status: 'closed', notes: 'new' } },
      { kind: 'insert', table: 'order_lines', id: l3, values: { order_id: o3, qty: 2, price: { '?': 'dear' } } },
      { kind: 'insert', table: 'external_refs', id: ref, values: { table: 'orders', row: o3, system: 's', key: '1' } },
    ],
    [
      { kind: 'update', table: 'orders', id: o1, values: { notes: 'imported', freight: 5, status: 'confirmed' } },
      { kind: 'delete', table: 'order_lines', id: l2 },
    ],
    [
      { kind: 'update', table: 'orders', id: o1, values: { notes: 'again', status: 'closed', terms: '30' } },
      { kind: 'update', table: 'orders', id: o3, values: { notes: 'twice' } },
    ],
  ];
};

const run = (opened: ReturnType<typeof withOld>) => {
  const batch = opened.store.batch('Import orders', imported);
  const chunks = rowsOf(opened, opened);
  for (const chunk of chunks) batch.apply(chunk);
  return { batch, o3: String(chunks[0]?.[0]?.id) };
};

const isWhole = (opened: Opened): void => {
  expect(opened.look(verifyLog)).toEqual([]);
  expect(opened.look(replayed)).toEqual(opened.look(stored));
};

test('a batch is one step: undo takes all of it back, redo does all of it again, any number of times', () => {
  const opened = withOld();
  const before = opened.look(dataHash);
  run(opened).batch.done();
  const after = opened.look(dataHash);
  expect(after).not.toBe(before);
  for (let round = 0; round < 3; round += 1) {
    expect(opened.store.undo(edit)).toMatchObject({ step: { label: 'Import orders' }, refused: [] });
    expect(opened.look(dataHash)).toBe(before);
    expect(opened.store.redo(edit).refused).toEqual([]);
    expect(opened.look(dataHash)).toBe(after);
  }
  isWhole(opened);
});

test('steps before and after a batch are taken back around it', () => {
  const opened = withOld();
  const { store, o1 } = opened;
  const hashes: string[] = [];
  const mark = (): void => void hashes.push(opened.look(dataHash));
  mark();
  store.apply([{ kind: 'update', table: 'orders', id: o1, values: { notes: 'mine' } }], edit);
  mark();
  run(opened).batch.done();
  mark();
  store.apply([{ kind: 'update', table: 'orders', id: o1, values: { notes: 'later', terms: '60' } }], edit);
  mark();
  for (const hash of hashes.toReversed().slice(1)) {
    expect(store.undo(edit).refused).toEqual([]);
    expect(opened.look(dataHash)).toBe(hash);
  }
  for (const hash of hashes.slice(1)) {
    expect(store.redo(edit).refused).toEqual([]);
    expect(opened.look(dataHash)).toBe(hash);
  }
});

test('a batch that is given up leaves nothing, and no step', () => {
  const opened = withOld();
  const before = opened.look(dataHash);
  const { batch } = run(opened);
  batch.undo();
  expect(opened.look(dataHash)).toBe(before);
  expect(opened.store.undo(edit).step).toBeNull();
  expect(() => batch.apply([])).toThrow(code('internal'));
  expect(opened.look((db) => db.prepare('SELECT count(*) FROM batch_rows').pluck().get())).toBe(0);
  isWhole(opened);
});

test('while it runs its rows are read-only to everyone else, other rows are not', () => {
  const opened = withOld();
  const { store, env, o1, o2 } = opened;
  const { batch, o3 } = run(opened);
  const update = (id: string): StorePatch => ({ kind: 'update', table: 'orders', id, values: { notes: 'x' } });
  const line: StorePatch = { kind: 'insert', table: 'order_lines', id: env.ids(), values: { order_id: o3 } };
  for (const patch of [update(o3), update(o1), { kind: 'delete', table: 'orders', id: o3 } as const, line])
    expect(() => store.apply([patch], edit)).toThrow(code('importing'));
  store.apply([update(o2)], edit);
  expect(() => store.batch('another', imported)).toThrow(code('busy'));
  batch.done();
  store.apply([update(o3)], edit);
});

test('undo of a batch leaves alone what somebody changed since, and says so; redo too', () => {
  const opened = withOld();
  const { store, o1 } = opened;
  const { batch, o3 } = run(opened);
  batch.done();
  const theirs: Change = { ...edit, actor: 'person-2' };
  store.apply([{ kind: 'update', table: 'orders', id: o3, values: { terms: 'theirs' } }], theirs);
  store.apply([{ kind: 'update', table: 'orders', id: o1, values: { notes: 'theirs' } }], theirs);
  const { refused } = store.undo(edit);
  const [line] = store.children('order_lines', o3);
  expect(refused.map(({ table, id, field, now }) => [table, id, field, now])).toEqual([
    ['order_lines', line?.id, '_st', 1],
    ['orders', o3, 'terms', 'theirs'],
    ['orders', o1, 'notes', 'theirs'],
  ]);
  expect(store.get('orders', o3)?.['terms']).toBe('theirs');
  expect(line).toBeDefined();
  expect(store.get('orders', o1)).toMatchObject({ notes: 'theirs', terms: null, status: 'draft' });
  expect(store.redo(edit).refused).toEqual([]);
  expect(store.get('orders', o1)).toMatchObject({ notes: 'theirs', terms: '30', status: 'closed' });
  expect(store.children('order_lines', o3)).toHaveLength(1);
});

test('an undone import is forgotten as a source: its keys name nothing', () => {
  const opened = withOld();
  run(opened).batch.done();
  expect(opened.store.external('s', '1', 'orders')).toHaveLength(1);
  opened.store.undo(edit);
  expect(opened.store.external('s', '1', 'orders')).toEqual([]);
});

test('a batch that was running when the engine died is taken back before anything else, and said', () => {
  const opened = withOld();
  const before = opened.look(dataHash);
  run(opened);
  // The first store is never asked again, as if its process were gone.
  const next = openAt(opened.file, opened.env, fakeRules());
  expect(next.store.notices).toEqual(['“Import orders” was interrupted and has been taken back. Nothing of it is left.']);
  expect(next.look(dataHash)).toBe(before);
  isWhole(next);
  expect(next.reopen().store.notices).toEqual([]);
});

test('what was mended is said again when the start that mended it was cut off, and once work went on no more', () => {
  const opened = withOld();
  run(opened);
  openAt(opened.file, opened.env, fakeRules());
  // Nothing was asked of the second store: nobody can have read what it mended.
  const third = openAt(opened.file, opened.env, fakeRules());
  expect(third.store.notices).toHaveLength(1);
  third.store.apply([{ kind: 'insert', table: 'accounts', id: opened.env.ids(), values: { name: 'After' } }], edit);
  expect(openAt(opened.file, opened.env, fakeRules()).store.notices).toEqual([]);
});

test('chunks are sealed as they come and never wait as text', () => {
  const opened = withOld();
  const { batch } = run(opened);
  const waiting = opened.look((db) => db.prepare('SELECT count(*) FROM outbox').pluck().get());
  const sealed = opened.look((db) => db.prepare('SELECT count(*) FROM segments WHERE batch = ?').pluck().get(batch.id));
  expect([waiting, sealed]).toEqual([0, 3]);
});

test('history names the import as the source of what it brought', () => {
  const opened = withOld();
  run(opened).batch.done();
  const { entries } = opened.store.past.history('orders', opened.o1, 10, null);
  expect(entries[0]).toMatchObject({ source: 'import', label: 'Import orders' });
  opened.store.undo(edit);
  expect(opened.store.past.history('orders', opened.o1, 10, null).entries[0]?.source).toBe('undo');
});

test('a batch may be silent: no step, and nothing left to undo it with', () => {
  const opened = withOld();
  const batch = opened.store.batch('Sample', { ...imported, silent: true });
  batch.apply(rowsOf(opened, opened)[0] ?? []);
  batch.done();
  expect(opened.store.undo(edit).step).toBeNull();
});

test.each(['undo', 'redo'] as const)(
  '%s of a batch that stops between two of its transactions is finished at the next start',
  (way) => {
    let left = Number.POSITIVE_INFINITY;
    const opened = openTemp(fakeRules(), () => {
      left -= 1;
      if (left === 0) throw new Error('The power went');
    });
    const before = opened.look(dataHash);
    const batch = opened.store.batch('Import', imported);
    const insert = (): StorePatch => ({ kind: 'insert', table: 'settings', id: opened.env.ids(), values: { key: 'k' } });
    batch.apply(Array.from({ length: 5200 }, insert));
    batch.done();
    const after = opened.look(dataHash);
    if (way === 'redo') opened.store.undo(edit);
    left = 1;
    expect(() => opened.store[way](edit)).toThrow('The power went');
    expect([before, after]).not.toContain(opened.look(dataHash));
    expect(() => opened.store.batch('another', imported)).toThrow(code('busy'));
    left = Number.POSITIVE_INFINITY;
    const next = opened.reopen();
    expect(next.store.notices).toHaveLength(1);
    expect(next.look(dataHash)).toBe(way === 'redo' ? after : before);
    expect(next.store[way === 'redo' ? 'undo' : 'redo'](edit).refused).toEqual([]);
    expect(next.look(dataHash)).toBe(way === 'redo' ? before : after);
    isWhole(next);
  },
);

test('a value that a batch changed and changed back leaves nothing in the way of earlier steps', () => {
  const { store, env } = openTemp();
  const id = env.ids();
  store.apply([{ kind: 'insert', table: 'accounts', id, values: { name: 'A' } }], edit);
  const update = (name: string): StorePatch => ({ kind: 'update', table: 'accounts', id, values: { name } });
  for (const names of [['B', 'A'], ['C']]) {
    const batch = store.batch('Import', imported);
    for (const name of names) batch.apply([update(name)]);
    batch.done();
  }
  for (let step = 0; step < 3; step += 1) expect(store.undo(edit).refused).toEqual([]);
  expect(store.get('accounts', id)).toBeUndefined();
  for (let step = 0; step < 3; step += 1) expect(store.redo(edit).refused).toEqual([]);
  expect(store.get('accounts', id)?.['name']).toBe('C');
});

test('a row that a batch made, deleted and restored is one row to the steps after it', () => {
  const { store, env } = openTemp();
  const id = env.ids();
  const batch = store.batch('Import', imported);
  batch.apply([{ kind: 'insert', table: 'accounts', id, values: { name: 'A' } }]);
  batch.apply([{ kind: 'delete', table: 'accounts', id }]);
  batch.apply([{ kind: 'undelete', table: 'accounts', id }]);
  batch.done();
  store.apply([{ kind: 'delete', table: 'accounts', id }], edit);
  for (const way of ['undo', 'undo', 'redo', 'redo', 'undo', 'undo', 'redo'] as const)
    expect(store[way](edit).refused).toEqual([]);
  expect(store.get('accounts', id)?.['name']).toBe('A');
});

test('what undo would do says which batch it is the step of, and where that batch stands', () => {
  const opened = withOld();
  const { batch } = run(opened);
  const { store, o2 } = opened;
  const at = () => store.past.undoState(edit.actor, batch.id);
  expect(at()).toMatchObject({ batch: 'applying' });
  batch.done();
  expect(at()).toMatchObject({ undo: { batch: batch.id }, batch: 'done' });
  store.undo(edit);
  expect(at()).toMatchObject({ undo: null, redo: { batch: batch.id }, batch: 'undone' });
  store.redo(edit);
  store.apply([{ kind: 'update', table: 'orders', id: o2, values: { notes: 'later' } }], edit);
  expect(at()).toMatchObject({ undo: { batch: null }, redo: null, batch: 'done' });
  expect(store.past.undoState(edit.actor, null)).toMatchObject({ batch: null });
});
