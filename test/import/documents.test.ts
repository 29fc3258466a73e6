/** Orders and their lines from files: schedule lines, the day they went out, rows of several files in one run. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { fixtures, openDesk, type Desk, type Entry } from './desk.ts';

const entries: readonly Entry[] = [
  {
    pattern: 'customers.csv',
    table: 'accounts',
    system: 'erp.customers',
    key: ['Code'],
    columns: { Code: { field: 'code' }, Name: { field: 'name' }, 'E-mail': { field: 'email' } },
  },
  {
    pattern: 'items.csv',
    table: 'products',
    system: 'erp.items',
    key: ['Item'],
    columns: { Item: { field: 'sku' }, Text: { field: 'name' } },
  },
  {
    pattern: 'orders.csv',
    table: 'orders',
    system: 'erp.orders',
    key: ['Order'],
    set: { status: 'confirmed' },
    columns: {
      Order: { field: 'number' },
      Customer: { field: 'account_id', lookup: { table: 'accounts', by: 'code', system: 'erp.customers' } },
      Ordered: { field: 'ordered_on' },
      Required: { field: 'requested' },
      Shipped: { field: 'shipped_on' },
    },
  },
  {
    pattern: 'lines.csv',
    table: 'order_lines',
    system: 'erp.lines',
    key: ['Order', 'Line'],
    columns: {
      Order: { field: 'order_id', lookup: { table: 'orders', by: 'number', system: 'erp.orders' } },
      Item: { field: 'product_id', lookup: { table: 'products', by: 'sku', system: 'erp.items' } },
      Qty: { field: 'qty' },
      Price: { field: 'price' },
      Discount: { field: 'discount' },
      Due: { field: 'requested' },
    },
  },
];

/** The fixtures in a folder of the test's own, so that it can change them. */
const copyTo = async (desk: Desk, names: readonly string[]): Promise<(name: string, text: string) => void> => {
  const { readFileSync, mkdirSync } = await import('node:fs');
  const folder = path.join(desk.folder, 'erp');
  mkdirSync(folder);
  for (const name of names) writeFileSync(path.join(folder, name), readFileSync(path.join(fixtures, name)));
  return (name, text) => writeFileSync(path.join(folder, name), text);
};

const ORDERS = 'Order,Customer,Ordered,Required,Shipped\n';

describe('orders and lines', () => {
  let desk: Desk;
  let change: (name: string, text: string) => void;
  const run = () => desk.run(path.join(desk.folder, 'erp'), entries);
  const shipped = () => desk.query('SELECT number, shipped_on, late FROM v_orders ORDER BY number');
  beforeEach(async () => {
    desk = openDesk();
    change = await copyTo(desk, ['customers.csv', 'items.csv', 'orders.csv', 'lines.csv']);
  });

  it('come with their schedule lines, states and events', async () => {
    const report = await run();
    const [, , orders, lines] = report.files;
    expect(orders).toMatchObject({ table: 'orders', added: 5, issuesByCode: { DATE_PARSE: 1 }, lost: 0 });
    expect(orders?.notes).toEqual(['Shipped, kept until the order has lines (1): 5', 'Shipped before it was ordered (1): 2']);
    expect(lines).toMatchObject({ added: 6, issuesByCode: { LINK_NONE: 1 }, lost: 0 });
    expect(await shipped()).toEqual([
      { number: '1', shipped_on: '2025-01-15', late: 1 },
      { number: '2', shipped_on: '2025-01-05', late: 0 },
      { number: '3', shipped_on: null, late: null },
      { number: '4', shipped_on: null, late: null },
      { number: '5', shipped_on: null, late: null },
    ]);
    expect(
      await desk.query(
        "SELECT position, qty, discount, requested, shipped_qty FROM v_order_lines WHERE order_number = '1' ORDER BY 1",
      ),
    ).toEqual([
      { position: 1, qty: 2, discount: 0.05, requested: '2025-01-20', shipped_qty: 2 },
      { position: 2, qty: 1, discount: 0, requested: '2025-01-12', shipped_qty: 1 },
    ]);
    expect(await desk.query('SELECT DISTINCT status FROM v_orders')).toEqual([{ status: 'Confirmed' }]);
    expect(await desk.query('SELECT key FROM external_refs WHERE "table" = \'fulfilments\' ORDER BY key')).toEqual([
      { key: '1/1/shipped' },
      { key: '1/2/shipped' },
      { key: '2/1/shipped' },
    ]);
    // A shipped day that is none is kept with its order, in a field of its own.
    expect(await desk.query("SELECT raw FROM v_cell_issues WHERE table_name = 'orders' AND origin = 'parse'")).toEqual([
      { raw: 'see carrier' },
    ]);
  });

  it('again change nothing, and a day without lines waits for them', async () => {
    await run();
    expect((await run()).batch).toBe(null);
    change('lines.csv', 'Order,Line,Item,Qty,Price,Discount,Due\n5,1,P1,3,1,0,\n');
    const report = await run();
    expect(report.files[2]).toMatchObject({ lost: 0 });
    expect((await shipped())[4]).toEqual({ number: '5', shipped_on: '2025-01-18', late: 0 });
    expect((await run()).batch).toBe(null);
  });

  it('that ship on another day, or not at all, replace their own events only', async () => {
    await run();
    change('orders.csv', `${ORDERS}1,A,2025-01-10,2025-01-20,2025-01-25\n2,A,2025-01-10,2025-01-20,\n`);
    const report = await run();
    expect(report.files[2]).toMatchObject({ updated: 2 });
    expect((await shipped()).slice(0, 2)).toEqual([
      { number: '1', shipped_on: '2025-01-25', late: 1 },
      { number: '2', shipped_on: null, late: null },
    ]);
    expect(await desk.query('SELECT count(*) AS n FROM v_fulfilments')).toEqual([{ n: 2 }]);
    await run();
    await desk.engine.call('undo.undo', {});
    expect((await shipped()).slice(0, 2)).toEqual([
      { number: '1', shipped_on: '2025-01-15', late: 1 },
      { number: '2', shipped_on: '2025-01-05', late: 0 },
    ]);
  });

  it('ship nothing again that another source has shipped, and only what is left of the rest', async () => {
    await run();
    const sums = () => desk.query('SELECT order_number, position, qty, shipped_qty FROM v_order_lines ORDER BY 1, 2');
    const before = await sums();
    const other = path.join(desk.folder, 'other.csv');
    writeFileSync(other, 'Order,Shipped\n1,2025-01-15\n2,2025-01-05\n');
    const columns = { Order: { field: 'number' }, Shipped: { field: 'shipped_on' } };
    const entry: Entry = { pattern: '*', table: 'orders', system: 'crm.orders', key: ['Order'], columns };
    expect((await desk.run(other, [entry])).files[0]).toMatchObject({ added: 0 });
    expect(await sums()).toEqual(before);
  });

  it('take a new line and a new quantity', async () => {
    await run();
    change('lines.csv', 'Order,Line,Item,Qty,Price,Discount,Due\n3,1,P1,7,1,0,\n3,2,P1,1,2,0,2025-02-01\n');
    expect((await run()).files[3]).toMatchObject({ added: 1, updated: 1 });
    expect(
      await desk.query("SELECT position, qty, open_qty, requested FROM v_order_lines WHERE order_number = '3' ORDER BY 1"),
    ).toEqual([
      { position: 1, qty: 7, open_qty: 7, requested: '2025-01-20' },
      { position: 2, qty: 1, open_qty: 1, requested: '2025-02-01' },
    ]);
  });
});

describe('several files', () => {
  it('of one system fill the same rows, and stay the same', async () => {
    const desk = openDesk();
    const change = await copyTo(desk, ['items.csv']);
    change('prices.csv', 'Item,List\nP1,4.50\n');
    const both: readonly Entry[] = [
      {
        pattern: 'items.csv',
        table: 'products',
        system: 'erp',
        key: ['Item'],
        columns: { Item: { field: 'sku' }, Text: { field: 'name' } },
      },
      {
        pattern: 'prices.csv',
        table: 'products',
        system: 'erp',
        key: ['Item'],
        columns: { Item: { field: 'sku' }, List: { field: 'list_price' } },
      },
    ];
    const folder = path.join(desk.folder, 'erp');
    expect(await desk.run(folder, both)).toMatchObject({ lost: 0, files: [{ added: 1 }, { added: 0, updated: 1 }] });
    expect(await desk.query('SELECT sku, name, list_price FROM v_products')).toEqual([
      { sku: 'P1', name: 'Pallet', list_price: 4.5 },
    ]);
    expect((await desk.run(folder, both)).batch).toBe(null);
  });

  it('may point at rows that come later, in the same file', async () => {
    const desk = openDesk();
    const file = path.join(desk.folder, 'people.csv');
    writeFileSync(file, 'Id,First,Last,Boss\n1,Ann,Lee,2\n2,Bob,Ray,\n');
    const entry: Entry = {
      pattern: 'people.csv',
      table: 'people',
      system: 'hr',
      key: ['Id'],
      columns: {
        Id: { field: 'code' },
        First: { field: 'first_name' },
        Last: { field: 'last_name' },
        Boss: { field: 'manager_id', lookup: { table: 'people', by: 'code', system: 'hr' } },
      },
    };
    await desk.run(file, [entry]);
    expect(await desk.query('SELECT name, manager FROM v_people ORDER BY code')).toEqual([
      { name: 'Ann Lee', manager: 'Bob Ray' },
      { name: 'Bob Ray', manager: null },
    ]);
    expect((await desk.run(file, [entry])).batch).toBe(null);
  });
});
