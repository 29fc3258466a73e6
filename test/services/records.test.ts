import { expect, test } from 'vitest';
import { pastQueries, recordCommands } from '../../electron/engine/services/records/records.ts';
import { openTemp } from '../store/open.ts';
import { openDesk, withOrder } from './open.ts';
import { pageContext as context } from '../fakes/context.ts';

const open = () => {
  const opened = openTemp();
  const { store, env } = opened;
  const commands = recordCommands(store);
  const queries = pastQueries({ past: store.past, read: store, local: store.local });
  const id = env.ids();
  const apply = (kind: 'insert' | 'update', values: Record<string, string>) =>
    commands['records.apply'](
      { patches: [{ kind, table: 'orders', id, values }], label: 'Type', source: 'edit', screen: 'orders', reason: null },
      context,
    );
  const history = () => queries['records.history']({ table: 'orders', id, limit: 100, before: null }, context);
  const restore = (field: string, stamp: number) => commands['records.restore']({ table: 'orders', id, field, stamp }, context);
  return { ...opened, commands, queries, id, apply, history, restore };
};

test('a change by the contract gives rows, issues and a step, and nothing more', async () => {
  const { apply, id } = open();
  expect(await apply('insert', { notes: 'a' })).toEqual({ rows: [{ table: 'orders', id }], issues: [], step: 1 });
});

test('until a person is known the device is who did it', async () => {
  const { apply, history, store, queries } = open();
  await apply('insert', { notes: 'a' });
  expect((await history()).entries[0]).toMatchObject({ who: store.device.code, source: 'edit', label: 'Type' });
  expect(await queries['undo.state']({ batch: null }, context)).toMatchObject({
    undo: { step: 1, screen: 'orders' },
    redo: null,
  });
});

test('a state moves, with its reason, and moves no further than its life cycle', async () => {
  const { apply, commands, id, store, history } = open();
  await apply('insert', {});
  const move = async (to: string) =>
    commands['records.transition']({ table: 'orders', id, field: 'status', to, why: 'asked', screen: null }, context);
  await move('submitted');
  expect(store.get('orders', id)?.['status']).toBe('submitted');
  expect((await history()).entries[0]).toMatchObject({ kind: 'transition', reason: 'asked', label: 'Change Status' });
  await expect(move('closed')).rejects.toMatchObject({ code: 'illegal-transition' });
});

test('an earlier value comes back as a new change that can be undone', async () => {
  const { apply, history, restore, store, id, commands } = open();
  await apply('insert', { notes: 'first' });
  await apply('update', { notes: 'second' });
  const stamp = (await history()).entries[1]?.stamp ?? 0;
  await restore('notes', stamp);
  expect(store.get('orders', id)?.['notes']).toBe('first');
  expect((await history()).entries[0]).toMatchObject({ source: 'restore', label: 'Restore Notes' });
  const undone = await commands['undo.undo']({}, context);
  expect(undone).toMatchObject({ step: { label: 'Restore Notes' }, refused: [], elsewhere: false });
  expect(store.get('orders', id)?.['notes']).toBe('second');
  await commands['undo.redo']({}, context);
  expect(store.get('orders', id)?.['notes']).toBe('first');
});

test('the history of an order tells of its lines, by the same change and by line', async () => {
  const { apply, history, commands, id, env } = open();
  await apply('insert', { notes: 'first' });
  const line = env.ids();
  const change = (kind: 'insert' | 'update', values: Record<string, string | number>, label: string) =>
    commands['records.apply'](
      { patches: [{ kind, table: 'order_lines', id: line, values }], label, source: 'edit', screen: null, reason: null },
      context,
    );
  await change('insert', { order_id: id, position: 3, description: 'Crate lid', qty: 2 }, 'New line');
  await change('update', { qty: 5 }, 'Order line: Qty');
  const { entries } = await history();
  const part = { table: 'order_lines', id: line, number: 3, title: 'Crate lid' };
  expect(entries[0]).toMatchObject({ label: 'Order line: Qty', part, changes: [{ field: 'qty', from: 2, to: 5 }] });
  expect(entries.at(-1)).toMatchObject({ label: 'Type', part: null });
  const made = entries.filter(({ label }) => label === 'New line');
  expect(new Set(made.map((entry) => entry.change)).size).toBe(1);
  expect(made.map((entry) => entry.part?.number)).toEqual(made.map(() => 3));
});

test('a value from before the record was here is not known', async () => {
  const { apply, restore } = open();
  await apply('insert', { notes: 'first' });
  expect(() => restore('notes', 1)).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('a table that is none is refused by name', () => {
  const { queries, id } = open();
  const ask = () => queries['records.history']({ table: 'nothing', id, limit: 1, before: null }, context);
  expect(ask).toThrow(expect.objectContaining({ code: 'invalid', details: { table: 'nothing' } }));
});

test.each(['import', 'undo', 'rule', 'merge'] as const)('nobody outside makes a change as %s', (source) => {
  const { commands, env } = open();
  const patches = [{ kind: 'insert' as const, table: 'orders', id: env.ids(), values: { status: 'closed' } }];
  const make = () => commands['records.apply']({ patches, label: 'x', source, screen: null, reason: null }, context);
  expect(make).toThrow(expect.objectContaining({ code: 'denied' }));
});

test('what undo took back is told where it is shown too: the day of a schedule line on its order line', async () => {
  const desk = openDesk();
  const { line } = withOrder(desk);
  const commands = recordCommands(desk.store);
  const patches = [{ kind: 'update' as const, table: 'order_lines', id: line, values: { requested: '2026-03-03' } }];
  await commands['records.apply']({ patches, label: 'Type', source: 'edit', screen: null, reason: null }, context);
  const { rows } = await commands['undo.undo']({}, context);
  expect(rows.map(({ table, fields }) => [table, fields])).toEqual([
    ['schedule_lines', ['requested']],
    ['order_lines', ['requested']],
  ]);
  expect(rows[1]?.id).toBe(line);
});
