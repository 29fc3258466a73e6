/** An import that is taken back leaves what somebody works with whole: the document that was changed, and what it names. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { ArgsOf } from '../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../shared/contract/index.ts';
import { openDesk, type Desk, type Entry } from './desk.ts';

const entries: readonly Entry[] = [
  { pattern: 'accounts.csv', table: 'accounts', system: 't.a', key: ['Code'], columns: { Code: { field: 'code' } } },
  {
    pattern: 'products.csv',
    table: 'products',
    system: 't.p',
    key: ['SKU'],
    columns: { SKU: { field: 'sku' }, Price: { field: 'list_price' } },
  },
  {
    pattern: 'orders.csv',
    table: 'orders',
    system: 't.o',
    key: ['No'],
    columns: {
      No: { field: 'number' },
      Account: { field: 'account_id', lookup: { table: 'accounts', by: 'code' } },
    },
  },
  {
    pattern: 'lines.csv',
    table: 'order_lines',
    system: 't.l',
    key: ['No', 'SKU'],
    columns: {
      No: { field: 'order_id', lookup: { table: 'orders', by: 'number' } },
      SKU: { field: 'product_id', lookup: { table: 'products', by: 'sku' } },
      Qty: { field: 'qty' },
    },
  },
];

const openImported = async (): Promise<Desk> => {
  const desk = openDesk();
  const put = (name: string, ...lines: readonly string[]): void => writeFileSync(path.join(desk.folder, name), lines.join('\n'));
  put('accounts.csv', 'Code', 'ACME', 'BOLT', 'CORK');
  put('products.csv', 'SKU,Price', 'P1,5', 'P2,7', 'P3,9');
  put('orders.csv', 'No,Account', 'N1,ACME', 'N2,BOLT');
  put('lines.csv', 'No,SKU,Qty', 'N1,P1,3', 'N1,P2,4', 'N2,P3,1');
  const report = await desk.run(desk.folder, entries);
  expect(report.lost).toBe(0);
  return desk;
};

type Patch = ArgsOf<WorkbenchContract['records.apply']>['patches'][number];

const write = async (desk: Desk, patch: Patch): Promise<void> => {
  await desk.engine.call('records.apply', { patches: [patch], label: 'By hand' }, 'Eve <eve@example.com>');
};

const ids = async (desk: Desk, view: string, where: string): Promise<string> =>
  String((await desk.query(`SELECT id FROM ${view} WHERE ${where}`))[0]?.['id']);

const left = async (desk: Desk) => {
  const list = async (sql: string) => (await desk.query(sql)).map((row) => Object.values(row).join(' '));
  return {
    accounts: await list('SELECT code FROM v_accounts ORDER BY code'),
    products: await list('SELECT sku FROM v_products ORDER BY sku'),
    orders: await list('SELECT number, account_code FROM v_orders ORDER BY number'),
    lines: await list('SELECT order_number, sku, qty FROM v_order_lines ORDER BY 1, 2'),
    open: await list('SELECT order_number, sku FROM v_schedule_lines ORDER BY 1, 2'),
  };
};

const WHOLE = {
  accounts: ['ACME'],
  products: ['P1', 'P2'],
  orders: ['N1 ACME'],
  lines: ['N1 P1 3', 'N1 P2 4'],
  open: ['N1 P1', 'N1 P2'],
};

it('an order that somebody changed stays with all its lines, its account and its products', async () => {
  const desk = await openImported();
  await write(desk, {
    kind: 'update',
    table: 'orders',
    id: await ids(desk, 'v_orders', "number = 'N1'"),
    values: { notes: 'mine' },
  });
  const { refused } = await desk.engine.call('undo.undo', {});
  expect(await left(desk)).toEqual(WHOLE);
  expect(new Set(refused.map(({ table, why }) => `${table} ${why}`))).toEqual(
    new Set(['orders changed', 'order_lines changed', 'schedule_lines changed', 'products fixed', 'accounts fixed']),
  );
});

it('so does one of which a line was changed', async () => {
  const desk = await openImported();
  const line = await ids(desk, 'v_order_lines', "order_number = 'N1' AND sku = 'P2'");
  await write(desk, { kind: 'update', table: 'order_lines', id: line, values: { note: 'mine' } });
  await desk.engine.call('undo.undo', {});
  expect(await left(desk)).toEqual(WHOLE);
});

it('what a record of somebody names stays, and nothing else', async () => {
  const desk = await openImported();
  const account = await ids(desk, 'v_accounts', "code = 'CORK'");
  await write(desk, {
    kind: 'insert',
    table: 'orders',
    id: '01900000-0000-7000-8000-00000000abcd',
    values: { account_id: account },
  });
  await desk.engine.call('undo.undo', {});
  expect(await left(desk)).toEqual({ accounts: ['CORK'], products: [], orders: [' CORK'], lines: [], open: [] });
});

it('one step that made an account leaves it where another record names it', async () => {
  const desk = openDesk();
  const [account, order] = ['01900000-0000-7000-8000-00000000aaaa', '01900000-0000-7000-8000-00000000bbbb'];
  const make = { kind: 'insert', table: 'accounts', id: account, values: { code: 'ACME' } } as const;
  await desk.engine.call('records.apply', { patches: [make], label: 'Add account' });
  await write(desk, { kind: 'insert', table: 'orders', id: order, values: { account_id: account } });
  expect((await desk.engine.call('undo.undo', {})).refused).toMatchObject([{ table: 'accounts', id: account, why: 'fixed' }]);
  await write(desk, { kind: 'delete', table: 'orders', id: order });
  expect((await left(desk)).accounts).toEqual(['ACME']);
});

it('all of it goes where nobody worked with it, and comes back', async () => {
  const desk = await openImported();
  const before = await left(desk);
  expect((await desk.engine.call('undo.undo', {})).refused).toEqual([]);
  expect(await left(desk)).toEqual({ accounts: [], products: [], orders: [], lines: [], open: [] });
  await desk.engine.call('undo.redo', {});
  expect(await left(desk)).toEqual(before);
});
