/** Registers over the real engine: paging, changes in place, new rows, what no longer holds, restarts of the engine. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { readTyped } from '../../renderer/grid/display.ts';
import { RegisterWindow } from '../../renderer/grid/window/register.ts';
import { RegisterSource } from '../../renderer/grid/window/source.ts';
import { disturbs, rangesOf } from '../../renderer/grid/window/touched.ts';
import { AppError } from '../../shared/contract/define.ts';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { Engine } from './engine.ts';
import { openEngine, settle } from './engine.ts';
import type { MemoryView } from './gridView.ts';
import { memoryView } from './gridView.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
const column = (key: string) => {
  const found = columnsOf('accounts').find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};
const byName = [{ field: 'name', dir: 'asc' }] as const;
const typed = (text: string) => ({ text, taken: null });

let engine: Engine;
let ids: readonly string[];

beforeEach(async () => {
  engine = openEngine();
  ids = Array.from({ length: 250 }, () => engine.newId());
  await engine.client['records.apply']({
    label: 'Fill',
    patches: ids.map((id, at) => ({
      kind: 'insert',
      table: 'accounts',
      id,
      values: { code: `A${at}`, name: `Name ${String(at).padStart(3, '0')}` },
    })),
  });
});
afterEach(() => engine.close());

const open = async (view: MemoryView = memoryView()) => {
  const said: string[] = [];
  const source = new RegisterSource(
    {
      port: engine.client,
      table: 'accounts',
      screen: 'screen:accounts',
      read: (of, text, row) => readTyped(of, text, row, setting),
      newId: engine.newId,
      start: () => ({}),
      failed: (message) => void said.push(message),
      saved: () => undefined,
    },
    { filter: null, sort: byName },
  );
  source.start();
  source.attach(view);
  view.rows = [...(await source.page(0, 100, byName)).rows];
  await settle();
  return { source, view, said };
};

const shown = (source: RegisterSource, view: MemoryView, id: string): GridRow => {
  const row = view.rowOf(id);
  if (!row) throw new Error('row is not shown');
  return source.edits.over(row);
};

describe('a window', () => {
  it('gives the first rows before the list is built, and the same rows after', async () => {
    const window = new RegisterWindow(engine.client);
    let release = (): void => undefined;
    engine.onCall = (method) => (method === 'view.open' ? new Promise((done) => (release = done)) : undefined);
    const opening = window.open({ table: 'accounts', filter: null, sort: byName });
    const early = await window.rows(0, 100);
    expect(early).toMatchObject({ count: null });
    release();
    expect(await opening).toBe(250);
    const late = await window.rows(0, 100);
    expect(late.count).toBe(250);
    expect(late.rows.map(({ id }) => id)).toEqual(early.rows.map(({ id }) => id));
  });

  it('opens again where the engine has forgotten it', async () => {
    const window = new RegisterWindow(engine.client);
    await window.open({ table: 'accounts', filter: null, sort: byName });
    engine.restart();
    expect((await window.rows(200, 210)).rows.map(({ v }) => v['code'])[0]).toBe('A200');
    expect(engine.calls.filter((name) => name === 'view.open')).toHaveLength(2);
  });

  it('never reads another list under the name it had before a restart', async () => {
    const [accounts, people] = [new RegisterWindow(engine.client), new RegisterWindow(engine.client)];
    await accounts.open({ table: 'accounts', filter: null, sort: byName });
    engine.restart();
    await people.open({ table: 'people', filter: null, sort: [] });
    expect((await accounts.rows(200, 202)).rows.map(({ v }) => v['code'])).toEqual(['A200', 'A201']);
  });

  it('keeps the view it has when another cannot be opened', async () => {
    const window = new RegisterWindow(engine.client);
    await window.open({ table: 'accounts', filter: null, sort: byName });
    await expect(
      window.open({ table: 'accounts', filter: { field: 'no_such_field', is: 'eq', value: 1 }, sort: byName }),
    ).rejects.toThrow(/no_such_field/);
    expect((await window.rows(0, 2)).count).toBe(250);
  });

  it('closes what it no longer shows', async () => {
    const window = new RegisterWindow(engine.client);
    await window.open({ table: 'accounts', filter: null, sort: byName });
    await window.open({ table: 'accounts', filter: null, sort: [] });
    await settle();
    expect(engine.calls.filter((name) => name === 'view.close')).toHaveLength(1);
  });
});

describe('an engine that is away', () => {
  const away = () => Promise.reject(new AppError('engine-gone', 'The engine is not running.'));
  const back = { ids: null, isLinked: false };

  it('while the list is opened: it is opened when the engine is back', async () => {
    const { source, view } = await open();
    engine.onCall = away;
    source.filterBy({ field: 'code', is: 'eq', value: 'A7' });
    await settle();
    expect(source.state().error).not.toBeNull();
    engine.onCall = () => undefined;
    engine.restart();
    source.touched(back);
    await settle();
    expect(source.state()).toMatchObject({ error: null, count: 1, isLoading: false });
    expect(view).toMatchObject({ resets: 1, count: 1 });
  });

  it('while rows are read: they are asked for again, and nothing is said any more', async () => {
    const { source, view } = await open();
    engine.onCall = away;
    await expect(source.page(100, 200, byName)).rejects.toThrow('not running');
    await source.reapply();
    expect(source.state().error).not.toBeNull();
    engine.onCall = () => undefined;
    engine.restart();
    source.touched(back);
    await settle();
    expect(source.state()).toMatchObject({ error: null, count: 250 });
    expect(view).toMatchObject({ resets: 1, count: 250 });
  });
});

describe('typing', () => {
  it('is seen at once and stays when the engine has answered', async () => {
    const { source, view } = await open();
    const [id = ''] = ids;
    const done = source.commit([{ row: id, column: column('city'), entry: typed('Leith') }]);
    expect(shown(source, view, id).v['city']).toBe('Leith');
    await done;
    await settle();
    expect(view.rowOf(id)?.v['city']).toBe('Leith');
  });

  it('of text that breaks a rule keeps the text', async () => {
    const { source, view } = await open();
    const [id = ''] = ids;
    await source.commit([{ row: id, column: column('renewal_on'), entry: typed('someday') }]);
    await settle();
    expect(view.rowOf(id)?.i?.['renewal_on']).toMatchObject({ raw: 'someday', level: 'error' });
  });

  it('is rolled back when the engine refuses, with the reason on the cell and the text kept', async () => {
    const { source, view, said } = await open();
    const [id = ''] = ids;
    engine.onCall = (method) => (method === 'records.apply' ? Promise.reject(new Error('The disk is full.')) : undefined);
    await source.commit([{ row: id, column: column('city'), entry: typed('Leith') }]);
    const row = shown(source, view, id);
    expect(row.v['city']).toBeNull();
    expect(row.i?.['city']).toMatchObject({ raw: 'Leith' });
    expect(source.edits.reason({ row: id, field: 'city' })).toBe('The disk is full.');
    expect(said).toEqual(['The disk is full.']);
    engine.onCall = () => undefined;
    await source.commit([{ row: id, column: column('city'), entry: typed('Leith') }]);
    await settle();
    expect(shown(source, view, id)).toMatchObject({ v: { city: 'Leith' } });
    expect(source.edits.refused()).toEqual([]);
  });

  it('never shows the old value while a reading that began earlier comes in', async () => {
    const { source, view } = await open();
    const [id = ''] = ids;
    let release = (): void => undefined;
    engine.onCall = (method) => (method === 'view.rows' ? new Promise((done) => (release = done)) : undefined);
    const reading = source.page(0, 100, byName);
    await settle();
    const done = source.commit([{ row: id, column: column('city'), entry: typed('Leith') }]);
    release();
    await reading;
    expect(shown(source, view, id).v['city']).toBe('Leith');
    engine.onCall = () => undefined;
    await done;
  });
});

describe('order and filter', () => {
  it('say when they no longer hold, and rows stay until Re-apply', async () => {
    const { source, view } = await open();
    const [id = ''] = ids;
    await source.commit([{ row: id, column: column('name'), entry: typed('Zebra') }]);
    await settle();
    expect(view.rows[0]?.id).toBe(id);
    expect(source.state().isStale).toBe(true);
    await source.reapply();
    expect(source.state()).toMatchObject({ isStale: false, count: 250 });
    expect(await source.find(id)).toBe(249);
  });

  it('hold when something else changed', async () => {
    const { source } = await open();
    await source.commit([{ row: ids[0] ?? '', column: column('city'), entry: typed('Leith') }]);
    await settle();
    expect(source.state().isStale).toBe(false);
  });

  it('leave the rows as they were when a filter cannot be read', async () => {
    const { source, view } = await open();
    source.filterBy({ field: 'no_such_field', is: 'eq', value: 1 });
    await settle();
    expect(source.state().error).not.toBeNull();
    expect(view.resets).toBe(0);
    source.filterBy({ field: 'code', is: 'eq', value: 'A7' });
    await settle();
    expect(source.state()).toMatchObject({ error: null, count: 1 });
    expect(view).toMatchObject({ resets: 1, count: 1 });
  });
});

describe('rows of others', () => {
  it('are drawn in place; a deleted one stays where it is, marked', async () => {
    const { source, view } = await open();
    const id = ids[5] ?? '';
    await engine.client['records.apply']({ label: 'Delete', patches: [{ kind: 'delete', table: 'accounts', id }] });
    source.touched({ ids: [id], isLinked: false });
    await settle();
    expect(view.rows[5]).toMatchObject({ id, gone: 'deleted' });
    expect(view.rows[6]?.id).toBe(ids[6]);
  });

  it('that are new are offered by Re-apply', async () => {
    const { source } = await open();
    const id = engine.newId();
    await engine.client['records.apply']({
      label: 'New',
      patches: [{ kind: 'insert', table: 'accounts', id, values: { name: 'Aardvark' } }],
    });
    source.touched({ ids: [id], isLinked: false });
    await settle();
    expect(source.state()).toMatchObject({ isStale: true, count: 250 });
    await source.reapply();
    expect(source.state().count).toBe(251);
  });
});

it('a register without rows shows the first ones by itself, whatever else changed with them', async () => {
  const { source, view } = await open();
  source.filterBy({ field: 'city', is: 'eq', value: 'Leith' });
  await settle();
  expect(source.state().count).toBe(0);
  const [id = ''] = ids;
  await engine.client['records.apply']({
    label: 'Move',
    patches: [{ kind: 'update', table: 'accounts', id, values: { city: 'Leith' } }],
  });
  source.touched({ ids: [id], isLinked: true });
  await settle();
  expect(source.state().count).toBe(1);
  expect(view.count).toBe(1);
});

it('a change behind the figures draws the rows again, and rows that are new are still offered', async () => {
  const { source } = await open();
  const id = engine.newId();
  await engine.client['records.apply']({
    label: 'New',
    patches: [{ kind: 'insert', table: 'accounts', id, values: { name: 'Aardvark' } }],
  });
  const before = engine.calls.filter((name) => name === 'view.rows').length;
  source.touched({ ids: [id], isLinked: true });
  await settle();
  expect(engine.calls.filter((name) => name === 'view.rows').length).toBeGreaterThan(before);
  expect(source.state().isStale).toBe(true);
});

describe('a new row', () => {
  it('becomes a record with its first cell and stays where it is, invalid text too', async () => {
    const { source, view } = await open();
    const id = source.addRow();
    expect(source.isDraft(id)).toBe(true);
    const first = source.commit([{ row: id, column: column('renewal_on'), entry: typed('someday') }]);
    const second = source.commit([{ row: id, column: column('name'), entry: typed('New Co') }]);
    await Promise.all([first, second]);
    await settle();
    expect(source.isDraft(id)).toBe(false);
    expect(view.drafts[0]).toMatchObject({ id, v: { name: 'New Co' }, i: { renewal_on: { raw: 'someday' } } });
    await source.reapply();
    expect(view.drafts).toEqual([]);
    expect(await source.find(id)).not.toBeNull();
  });

  it('that was refused is made with all that was typed into it', async () => {
    const { source, view } = await open();
    const id = source.addRow();
    engine.onCall = (method) => (method === 'records.apply' ? Promise.reject(new Error('Not now.')) : undefined);
    await source.commit([{ row: id, column: column('name'), entry: typed('New Co') }]);
    engine.onCall = () => undefined;
    await source.commit([{ row: id, column: column('city'), entry: typed('Leith') }]);
    await settle();
    expect(view.drafts[0]).toMatchObject({ v: { name: 'New Co', city: 'Leith' } });
  });

  it('nobody typed into leaves when another is asked for', async () => {
    const { source, view } = await open();
    source.addRow();
    const second = source.addRow();
    expect(view.drafts.map(({ id }) => id)).toEqual([second]);
  });
});

it('a picked row is stored by its id, however late the list comes', async () => {
  const { source, view } = await open();
  const owner = engine.newId();
  await engine.client['records.apply']({
    label: 'New',
    patches: [{ kind: 'insert', table: 'people', id: owner, values: { name: 'Ada Fern' } }],
  });
  const taken = settle().then(() => ({ value: owner, code: null, title: 'Ada Fern' }));
  await source.commit([{ row: ids[0] ?? '', column: column('owner_id'), entry: { text: 'ada', taken } }]);
  await settle();
  expect(view.rowOf(ids[0] ?? '')).toMatchObject({ v: { owner_id: owner }, l: { owner_id: { title: 'Ada Fern' } } });
});

it('a copy takes what was typed, and not the code that names the row', async () => {
  const { source, view } = await open();
  const row = view.rows[3];
  if (!row) throw new Error('no row');
  const [copy = ''] = await source.duplicateRows([row], columnsOf('accounts'));
  await settle();
  expect(view.drafts[0]).toMatchObject({ id: copy, v: { name: row.v['name'], code: null } });
});

describe('what a change touches', () => {
  it('is read in few, short ranges', () => {
    expect(rangesOf([5, 3, 4, 90, 60])).toEqual([
      { from: 3, to: 6 },
      { from: 60, to: 61 },
      { from: 90, to: 91 },
    ]);
    expect(rangesOf([1, 20])).toEqual([{ from: 1, to: 21 }]);
    expect(rangesOf([])).toEqual([]);
  });
  it.each([
    ['a sorted field', { sort: [{ field: 'a', dir: 'asc' as const }], filter: null }, true],
    ['a filtered field', { sort: [], filter: { not: { field: 'a', is: 'eq' as const, value: 1 } } }, true],
    ['another field', { sort: [{ field: 'b', dir: 'asc' as const }], filter: { field: 'b', empty: true } }, false],
    ['anything, under words', { sort: [], filter: { words: 'x' } }, true],
  ])('disturbs %s', (_, what, expected) => {
    expect(disturbs({ id: 'r', v: { a: 1, b: 1 } }, { id: 'r', v: { a: 2, b: 1 } }, what)).toBe(expected);
  });
});
