/** What is done to several rows of a register at once, over the real engine. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { readTyped } from '../../renderer/grid/display.ts';
import { RegisterSource } from '../../renderer/grid/window/source.ts';
import type { Engine } from './engine.ts';
import { openEngine, settle } from './engine.ts';
import { memoryView } from './gridView.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };

let engine: Engine;
beforeEach(() => {
  engine = openEngine();
});
afterEach(() => engine.close());

const fill = async (table: 'accounts' | 'orders', key: string, count: number): Promise<readonly string[]> => {
  const ids = Array.from({ length: count }, () => engine.newId());
  const patches = ids.map((id, at) => ({ kind: 'insert' as const, table, id, values: { [key]: `A${at}` } }));
  await engine.client['records.apply']({ label: 'Fill', patches });
  return ids;
};

const open = async (table: 'accounts' | 'orders'): Promise<RegisterSource> => {
  const host = {
    port: engine.client,
    table,
    screen: `screen:${table}`,
    read: (...[of, text, row]: [Parameters<typeof readTyped>[0], string, Parameters<typeof readTyped>[2]]) =>
      readTyped(of, text, row, setting),
    newId: engine.newId,
    start: () => ({}),
    failed: (message: string) => expect.unreachable(message),
    saved: () => undefined,
  };
  const source = new RegisterSource(host, { filter: null, sort: [] });
  source.start();
  source.attach(memoryView());
  await settle();
  return source;
};

it('shows only the rows that are named, however many, and all again after', async () => {
  const ids = await fill('accounts', 'code', 1_200);
  const source = await open('accounts');
  for (const [only, count] of [
    [ids.slice(0, 1_100), 1_100],
    [[], 0],
    [null, 1_200],
  ] as const) {
    source.showOnly(only);
    await settle();
    expect(source.state().count).toBe(count);
  }
});

it('moves several rows to a state by one step under one label, and back by one undo', async () => {
  const ids = await fill('orders', 'po_ref', 3);
  const source = await open('orders');
  const column = columnsOf('orders').find(({ key }) => key === 'status');
  if (!column) throw new Error('Orders have a status.');
  const entry = { text: 'Submitted', taken: { value: 'submitted', code: null, title: 'Submitted' } };
  const cells = ids.map((row) => ({ row, column, entry }));
  await source.commit(cells, 'Fill 3 cells', { source: 'fill', isLenient: true });
  const states = () =>
    Promise.all(ids.map(async (id) => (await engine.client['records.get']({ table: 'orders', id }))?.v['status']));
  expect(await states()).toEqual(['submitted', 'submitted', 'submitted']);
  expect(engine.calls).not.toContain('records.transition');
  expect(await engine.client['undo.undo']({})).toMatchObject({ step: { label: 'Fill 3 cells' }, refused: [] });
  expect(await states()).toEqual(['draft', 'draft', 'draft']);
});
