/** The lines of an order over the real engine: the ghost, rows in the middle, undo, and what the page adds. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { readTyped } from '../../renderer/grid/display.ts';
import { arrange } from '../../renderer/grid/lines/arrange.ts';
import { LineSource } from '../../renderer/grid/lines/source.ts';
import { RecordEditing } from '../../renderer/features/record/editing.ts';
import type { Engine } from './engine.ts';
import { openEngine, settle } from './engine.ts';
import { memoryView } from './gridView.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
const column = (key: string) => {
  const found = columnsOf('order_lines').find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};
const typed = (text: string) => ({ text, taken: null });

let engine: Engine;
let order: string;

beforeEach(async () => {
  engine = openEngine();
  order = engine.newId();
  const product = (sku: string) =>
    ({
      kind: 'insert',
      table: 'products',
      id: engine.newId(),
      values: { sku, name: `Crate ${sku}`, uom: 'EA', list_price: 8_500_000 },
    }) as const;
  await engine.client['records.apply']({
    label: 'Fill',
    patches: [
      product('1001'),
      product('1002'),
      { kind: 'insert', table: 'orders', id: order, values: { po_ref: 'PO 1', currency: 'GBP' } },
    ],
  });
});
afterEach(() => engine.close());

const open = async (before: () => Promise<void> = () => Promise.resolve(), port: Engine['client'] = engine.client) => {
  const view = memoryView();
  const source = new LineSource({
    port,
    table: 'order_lines',
    screen: `orders/${order}`,
    owner: order,
    read: (of, text, row) => readTyped(of, text, row, setting),
    newId: engine.newId,
    start: () => ({ order_id: order }),
    before,
    failed: () => undefined,
    saved: () => undefined,
  });
  source.start();
  source.attach(view);
  source.showGhost(true);
  await settle();
  const ghost = () => view.rows.at(-1)?.id ?? '';
  const enter = async (sku: string, qty: string): Promise<string> => {
    const id = ghost();
    void source.commit([{ row: id, column: column('product_id'), entry: typed(sku) }]);
    void source.commit([{ row: id, column: column('qty'), entry: typed(qty) }]);
    await source.commit.settled();
    await settle();
    return id;
  };
  const skus = () => view.rows.map((row) => source.edits.over(row ?? { id: '', v: {} }).l?.['product_id']?.code ?? '');
  return { source, view, ghost, enter, skus };
};

describe('the ghost', () => {
  it('has the number that the next line gets, also where a line was deleted', () => {
    const line = (id: string, position: number) => ({ id, v: { position } });
    const ghost = { id: 'ghost', v: {} };
    const numbers = (rows: readonly GridRow[]) => rows.map(({ v }) => v['position']);
    expect(numbers(arrange([], [], ghost))).toEqual([1]);
    expect(numbers(arrange([line('a', 1), line('c', 3)], [], ghost))).toEqual([1, 3, 4]);
    expect(numbers(arrange([line('a', 1)], [{ row: { id: 'b', v: {} }, after: null, isRecord: false }], ghost)).at(-1)).toBe(3);
  });

  it('is the last row, becomes a line with its own id, and is there again', async () => {
    const { view, enter, source, ghost } = await open();
    expect(view.rows).toHaveLength(1);
    const id = await enter('1001', '12');
    expect(view.rows.map((row) => row?.id)).toEqual([id, ghost()]);
    expect(source.isDraft(id)).toBe(false);
    expect(view.rows[0]).toMatchObject({ v: { qty: 12_000_000, uom: 'EA', price: 8_500_000, net: 10_200, position: 1 } });
  });

  it('gives way at once, before the engine has answered', async () => {
    const { source, view, ghost } = await open();
    const first = ghost();
    void source.commit([{ row: first, column: column('product_id'), entry: typed('1001') }]);
    expect(view.rows).toHaveLength(2);
    expect(ghost()).not.toBe(first);
    await source.commit.settled();
  });

  it('stays a ghost when nothing was typed', async () => {
    const { source, view, ghost } = await open();
    await source.commit([{ row: ghost(), column: column('qty'), entry: typed('  ') }]);
    expect(view.rows).toHaveLength(1);
  });

  it('goes away from a document that is fixed', async () => {
    const { source, view } = await open();
    source.showGhost(false);
    expect(view.rows).toEqual([]);
  });
});

it('a list that was read before a line was written does not take the line away', async () => {
  let held: Promise<void> = Promise.resolve();
  const readLate: Engine['client']['records.children'] = async (asked) => {
    const answer = await engine.client['records.children'](asked);
    await held;
    return answer;
  };
  const port = new Proxy(engine.client, {
    get: (client, name) => (name === 'records.children' ? readLate : (Reflect.get(client, name) as unknown)),
  });
  const { source, view, ghost } = await open(undefined, port);
  let release = (): void => undefined;
  held = new Promise((done) => (release = done));
  source.touched();
  await settle();
  const id = ghost();
  await source.commit([{ row: id, column: column('product_id'), entry: typed('1001') }]);
  await source.commit.settled();
  await settle();
  const shown: (string | undefined)[][] = [];
  view.setRows = (rows) => void shown.push(rows.map((row) => row.id));
  held = Promise.resolve();
  release();
  await settle();
  expect(shown.length).toBeGreaterThan(0);
  for (const rows of shown) expect(rows).toEqual([id, ghost()]);
});

it('a line with a bad quantity is kept with the text and is not counted', async () => {
  const { view, enter } = await open();
  await enter('1001', '12x');
  expect(view.rows[0]).toMatchObject({ v: { net: null }, i: { qty: { raw: '12x' } } });
});

describe('rows in the middle', () => {
  it('go behind the row they were asked for, and move the ones below', async () => {
    const { source, enter, skus } = await open();
    const first = await enter('1001', '1');
    await enter('1001', '2');
    const between = source.addRow(first);
    expect(source.isDraft(between)).toBe(true);
    await source.commit([{ row: between, column: column('product_id'), entry: typed('1002') }]);
    await settle();
    expect(skus()).toEqual(['1001', '1002', '1001', '']);
    expect(source.rows().map((row) => row.v['position'])).toEqual([1, 2, 3]);
  });

  it('and copies are one undo step', async () => {
    const { source, enter, skus } = await open();
    await enter('1001', '1');
    await enter('1002', '2');
    await source.duplicateRows(source.rows().slice(0, 1), columnsOf('order_lines'));
    await settle();
    expect(skus()).toEqual(['1001', '1001', '1002', '']);
    await engine.client['undo.undo']({});
    source.touched();
    await settle();
    expect(skus()).toEqual(['1001', '1002', '']);
    expect(source.rows().map((row) => row.v['position'])).toEqual([1, 2]);
  });

  it('go up and down together, stay at the edge, and are one undo step', async () => {
    const { source, enter, view } = await open();
    const [a, b, c] = [await enter('1001', '1'), await enter('1002', '2'), await enter('1001', '3')];
    const order = () => view.rows.slice(0, -1).map((row) => row?.id);
    const done = source.moveRows([b, c], -1);
    // Seen at once, before the engine has answered.
    expect(order()).toEqual([b, c, a]);
    await done;
    await settle();
    expect(order()).toEqual([b, c, a]);
    expect(source.rows().map(({ v }) => v['position'])).toEqual([1, 2, 3]);
    await source.moveRows([b, c], -1);
    expect(order()).toEqual([b, c, a]);
    await source.moveRows([b], 1);
    await settle();
    expect(order()).toEqual([c, b, a]);
    expect((await engine.client['undo.state']({})).undo?.label).toBe('Move order line');
    await engine.client['undo.undo']({});
    await engine.client['undo.undo']({});
    source.touched();
    await settle();
    expect(order()).toEqual([a, b, c]);
  });

  it('that nobody typed into leave without a trace', async () => {
    const { source, enter, view } = await open();
    const first = await enter('1001', '1');
    const id = source.addRow(first);
    expect(await source.deleteRows([id])).toBe(0);
    expect(view.rows).toHaveLength(2);
  });
});

it('deleted lines come back with one undo', async () => {
  const { source, enter, skus } = await open();
  const first = await enter('1001', '1');
  await enter('1002', '2');
  expect(await source.deleteRows([first])).toBe(1);
  expect(skus()).toEqual(['1002', '']);
  await engine.client['undo.undo']({});
  source.touched();
  await settle();
  expect(skus()).toEqual(['1001', '1002', '']);
});

it('an undone line goes, and what is typed into its place is a new one', async () => {
  const { source, enter, view } = await open();
  await enter('1001', '1');
  await engine.client['undo.undo']({});
  await engine.client['undo.undo']({});
  source.touched();
  await settle();
  expect(view.rows).toHaveLength(1);
});

it('the first line of a new order makes the order, once', async () => {
  order = engine.newId();
  const head = new RecordEditing({
    port: engine.client,
    table: 'orders',
    id: order,
    screen: `orders/${order}`,
    start: () => ({ ordered_on: '2026-01-15' }),
    read: (of, text, row) => readTyped(of, text, row, setting),
    reread: () => engine.client['records.get']({ table: 'orders', id: order }),
    saved: () => undefined,
    failed: () => undefined,
  });
  head.show(null);
  const { enter, view } = await open(() => head.make());
  await enter('1001', '3');
  await enter('1002', '4');
  expect(view.rows).toHaveLength(3);
  expect(await engine.client['records.get']({ table: 'orders', id: order })).toMatchObject({ v: { ordered_on: '2026-01-15' } });
  const made = engine.calls.filter((name) => name === 'records.apply');
  expect(made).toHaveLength(1 + 1 + 4);
});

it('is settled once what the engine says of typed cells has been read', async () => {
  const { source, ghost } = await open();
  const id = ghost();
  void source.commit([
    { row: id, column: column('product_id'), entry: typed('1001') },
    { row: id, column: column('qty'), entry: typed('12x') },
  ]);
  await source.settled();
  expect(source.rows().map(({ i }) => i?.['qty']?.raw)).toEqual(['12x']);
});

describe('the filter of lines', () => {
  const more = { field: 'qty', is: 'gt', value: 10_000_000 } as const;

  it('leaves what the engine lets through and the ghost; null shows all again', async () => {
    const { source, enter, skus, ghost, view } = await open();
    await enter('1001', '5');
    await enter('1002', '50');
    await source.filterBy(more);
    expect(skus()).toEqual(['1002', '']);
    expect(view.rows.at(-1)?.id).toBe(ghost());
    expect(source.state().count).toBe(1);
    await source.filterBy(null);
    expect(skus()).toEqual(['1001', '1002', '']);
    expect(source.state().count).toBe(2);
  });

  it('takes no line away that was edited or typed since, until it is applied again', async () => {
    const { source, enter, skus, view } = await open();
    await enter('1001', '5');
    const second = await enter('1002', '50');
    await source.filterBy(more);
    void source.commit([{ row: second, column: column('qty'), entry: typed('1') }]);
    await source.commit.settled();
    source.touched();
    await settle();
    expect(view.rows[0]?.v['qty']).toBe(1_000_000);
    expect(source.state().isStale).toBe(true);
    await enter('1001', '7');
    expect(skus()).toEqual(['1002', '1001', '']);
    await source.reapply();
    await settle();
    expect(skus()).toEqual(['']);
    expect(source.state()).toMatchObject({ isStale: false, count: 0 });
  });

  it('is of the answer asked for last', async () => {
    const { source, enter, skus } = await open();
    await enter('1001', '5');
    await enter('1002', '50');
    const first = source.filterBy(more);
    const last = source.filterBy({ field: 'qty', is: 'lt', value: 10_000_000 });
    await Promise.all([first, last]);
    expect(skus()).toEqual(['1001', '']);
  });

  it('keeps the lines it has where the engine cannot say', async () => {
    const { source, enter, skus } = await open();
    await enter('1001', '5');
    await enter('1002', '50');
    await source.filterBy({ field: 'nothing', is: 'eq', value: 1 });
    expect(skus()).toEqual(['1001', '1002', '']);
    expect(source.state().error?.message).toContain('nothing');
  });
});
