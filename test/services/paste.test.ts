/** Many cells written at once: one step whatever their number, bad text kept, what may not be changed left out and told. */
import { expect, test } from 'vitest';
import type { Patch } from '../../shared/contract/shapes.ts';
import { recordCommands } from '../../electron/engine/services/records/records.ts';
import { createReadStore } from '../../electron/engine/store/read/read-store.ts';
import { dataHash } from '../store/open.ts';
import { openDesk, withOrder } from './open.ts';
import { pageContext as context } from '../fakes/context.ts';

const open = () => {
  const desk = openDesk();
  const commands = recordCommands(desk.store);
  const paste = async (patches: readonly Patch[], label = `Paste ${patches.length} rows`) =>
    commands['records.apply'](
      { patches: [...patches], label, source: 'paste', screen: 'screen:accounts', reason: null, skip: true },
      context,
    );
  const undo = async () => commands['undo.undo']({}, context);
  const redo = async () => commands['undo.redo']({}, context);
  const hash = () => desk.look(dataHash);
  return { desk, ...desk, commands, paste, undo, redo, hash };
};

const account = (id: string, at: number): Patch => ({
  kind: 'insert',
  table: 'accounts',
  id,
  values: { code: { '?': `A-${at}` }, name: { '?': `Account ${at}` }, tier: { '?': at % 100 === 7 ? 'X?' : 'a' } },
});

test.each([200, 5000])('%i rows are one step, undone and done again as one, the file the same after each', async (count) => {
  const { paste, undo, redo, hash, env, store } = open();
  const before = hash();
  const patches = Array.from({ length: count }, (_, at) => account(env.ids(), at));
  const { step, refused } = await paste(patches);
  expect(step).not.toBeNull();
  expect(refused).toEqual([]);
  const after = hash();
  expect(after).not.toBe(before);
  const bad = patches[7]?.id ?? '';
  expect(store.issues('accounts', bad)).toMatchObject([{ field: 'tier', raw: 'X?', code: 'ENUM_UNKNOWN' }]);
  expect(await undo()).toMatchObject({ step: { step, label: `Paste ${count} rows` }, refused: [] });
  expect(hash()).toBe(before);
  await redo();
  expect(hash()).toBe(after);
});

test('cells that may not change any more are left out and told, the others of the row are written', async () => {
  const { desk, paste, undo, hash } = open();
  const { order, line, product } = withOrder(desk);
  const other = desk.insert('orders', { account_id: String(desk.row('orders', order)['account_id']) });
  desk.insert('order_lines', { order_id: other, product_id: product, qty: 1_000_000 });
  desk.move(order, 'submitted');
  desk.move(order, 'confirmed');
  const before = hash();
  const { refused, rows } = await paste([
    { kind: 'update', table: 'order_lines', id: line, values: { qty: { '?': '99' }, description: { '?': 'New words' } } },
    { kind: 'insert', table: 'order_lines', id: desk.env.ids(), values: { order_id: order, qty: { '?': '1' } } },
    { kind: 'update', table: 'order_lines', id: desk.env.ids(), values: { qty: { '?': '1' } } },
  ]);
  expect(refused).toMatchObject([
    { row: line, field: 'qty' },
    { field: null },
    { field: null, why: 'The record is not here or was deleted.' },
  ]);
  expect(refused?.[0]?.why).toContain('confirmed');
  expect(rows).toEqual([{ table: 'order_lines', id: line }]);
  expect(desk.row('order_lines', line)).toMatchObject({ qty: 12_000_000, description: 'New words' });
  await undo();
  expect(hash()).toBe(before);
});

test('what nobody asked to leave out is refused whole', async () => {
  const { desk, commands, hash } = open();
  const { order, line } = withOrder(desk);
  desk.move(order, 'submitted');
  desk.move(order, 'confirmed');
  const before = hash();
  const patches: Patch[] = [
    { kind: 'update', table: 'orders', id: order, values: { notes: 'x' } },
    { kind: 'update', table: 'order_lines', id: line, values: { qty: { '?': '99' } } },
  ];
  const change = { patches, label: 'Type', source: 'edit' as const, screen: null, reason: null };
  await expect(async () => commands['records.apply'](change, context)).rejects.toMatchObject({ code: 'blocked' });
  expect(hash()).toBe(before);
});

test('a batch that fails in a later part leaves nothing behind', async () => {
  const { commands, hash, env } = open();
  const before = hash();
  const patches = Array.from({ length: 2500 }, (_, at) => account(env.ids(), at));
  patches[2400] = { kind: 'delete', table: 'accounts', id: env.ids() };
  const change = { patches, label: 'Paste', source: 'paste' as const, screen: null, reason: null };
  await expect(async () => commands['records.apply'](change, context)).rejects.toMatchObject({ code: 'not-found' });
  expect(hash()).toBe(before);
});

test('marks are told by the rows a grid shows, also where the value lives on a row below', async () => {
  const { desk, paste, look } = open();
  const { line } = withOrder(desk);
  await paste([
    {
      kind: 'update',
      table: 'order_lines',
      id: line,
      values: { requested: { '!': ['03/04/26', 'DATE_AMBIG'] }, qty: { '?': '12x' } },
    },
  ]);
  const marksOf = () => look((db) => createReadStore(db).marks('order_lines', [line]));
  expect(marksOf().filter(({ level }) => level === 'error')).toEqual(
    expect.arrayContaining([
      { row: line, field: 'requested', raw: '03/04/26', code: 'DATE_AMBIG', level: 'error' },
      { row: line, field: 'qty', raw: '12x', code: 'NUM_PARSE', level: 'error' },
    ]),
  );
  desk.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], {
    actor: 'p',
    source: 'edit',
    label: 'Delete',
    reason: null,
    screen: null,
    window: 'w',
  });
  expect(marksOf()).toEqual([]);
});
