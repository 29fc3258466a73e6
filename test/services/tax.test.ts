/** Tax over a real store (M3 to M6): worked by the company's table, and by what stands on a document once it is agreed on. */
import { expect, test } from 'vitest';
import { confirmCommands, confirmQueries } from '../../electron/engine/services/orders/confirm.ts';
import { orderCommands, orderQueries } from '../../electron/engine/services/orders/orders.ts';
import { taxCommands, taxQueries } from '../../electron/engine/services/money/tax.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { openBilling, UNIT } from './billing.ts';
import { edit, openDesk, withOrder, type Desk } from './open.ts';

const TODAY = '2026-01-15';

type Tax = Parameters<ReturnType<typeof taxCommands>['app.setTax']>[0]['tax'];
const table: Tax = {
  scope: 'document',
  isIncluded: false,
  mode: 'half_up',
  freight: 'S',
  rates: { S: 200_000, R: 100_000, Z: 0 },
};

const serve = (desk: Desk) => {
  const deps = { store: desk.store, env: desk.env };
  const { 'app.setTax': setTax } = taxCommands(deps);
  const { 'orders.totals': totals } = orderQueries({ read: desk.store });
  const { 'orders.confirm': confirm } = confirmCommands(deps);
  const { 'orders.duplicate': duplicate } = orderCommands(deps);
  const { 'orders.checks': checks } = confirmQueries({
    read: desk.store,
    today: () => TODAY,
    locale: desk.locale,
    actor: () => edit.actor,
  });
  return {
    setTax: (more: Partial<Tax> = {}) => setTax({ tax: { ...table, ...more } }, context),
    totals: async (id: string) => contract['orders.totals'].output.parse(await totals({ id }, context)),
    confirm: async (id: string) => confirm({ id, why: null, screen: null }, context),
    duplicate: async (id: string) => (await duplicate({ id, screen: null }, context)).id,
    checks: async (id: string) => contract['orders.checks'].output.parse(await checks({ id }, context)),
  };
};

/** A draft of three lines of 1.05 under a code. */
const withThree = (desk: Desk, code: string | null) => {
  const { account, product, order, line } = withOrder(desk);
  desk.update('products', product, { tax_code: code });
  const values = { order_id: order, product_id: product, qty: UNIT, price: 1_050_000 };
  for (let at = 0; at < 3; at += 1) desk.insert('order_lines', values);
  desk.store.apply([{ kind: 'delete', table: 'order_lines', id: line }], edit);
  return { account, product, order };
};

test('M3: three lines of 1.05 at 10 %, as the company rounds: by line 0.33, by document 0.32; each line has its product’s code', async () => {
  const desk = openDesk();
  const { order } = withThree(desk, 'R');
  const { setTax, totals } = serve(desk);
  expect(await totals(order)).toMatchObject({ net: '315', tax: '0', taxes: [], total: '315' });
  await setTax();
  expect(await totals(order)).toMatchObject({
    net: '315',
    taxes: [{ code: 'R', rate: 100_000, base: '315', tax: '32' }],
    tax: '32',
    total: '347',
  });
  await setTax({ scope: 'line' });
  expect(await totals(order)).toMatchObject({ tax: '33', total: '348' });
  await setTax({ mode: 'down' });
  expect(await totals(order)).toMatchObject({ tax: '31', total: '346' });
});

test('M4, M5: tax inside a price is taken out of it and adds nothing; freight has a code of its own', async () => {
  const desk = openDesk();
  const { order, line } = withOrder(desk);
  desk.update('order_lines', line, { qty: UNIT, price: 24_990_000, tax_code: 'S' });
  const { setTax, totals } = serve(desk);
  await setTax({ isIncluded: true });
  expect(await totals(order)).toMatchObject({
    tax: '0',
    is_tax_included: true,
    total: '2499',
    taxes: [{ code: 'S', base: '2082', tax: '417' }],
  });
  desk.update('orders', order, { freight: 1_000 });
  await setTax({ freight: 'R' });
  expect(await totals(order)).toMatchObject({
    taxes: [
      { code: 'R', base: '1000', tax: '100' },
      { code: 'S', base: '2499', tax: '500' },
    ],
    total: '4099',
  });
});

test('M6: what was confirmed comes to the same whatever the company decides later; drafts and copies follow it', async () => {
  const desk = openDesk();
  const { order } = withThree(desk, 'R');
  const { setTax, totals, confirm, duplicate } = serve(desk);
  await setTax();
  await confirm(order);
  const agreed = await totals(order);
  expect(JSON.parse(String(desk.row('orders', order)['tax_policy']))).toEqual({
    ...table,
    version: `${TODAY}/1`,
    exempt: null,
  });
  expect(await setTax({ rates: { ...table.rates, R: 500_000 }, scope: 'line' })).toEqual({ version: `${TODAY}/2` });
  expect(await setTax({ rates: { ...table.rates, R: 500_000 }, scope: 'line' })).toEqual({ version: `${TODAY}/2` });
  expect(await totals(order)).toEqual(agreed);
  expect(() => desk.update('orders', order, { tax_policy: null })).toThrow(/not typed|no longer change/);
  const copy = await duplicate(order);
  expect(await totals(copy)).toMatchObject({ tax: '159' });
  // Taken back before it was agreed on: it follows the company again.
  desk.store.undo({ ...edit, actor: desk.store.device.id });
  desk.store.undo({ ...edit, actor: desk.store.device.id });
  expect(await totals(order)).toMatchObject({ tax: '159' });
});

test('M6: orders confirmed before there was any tax stay without', async () => {
  const desk = openDesk();
  const { order } = withThree(desk, 'R');
  const { setTax, totals, confirm } = serve(desk);
  await confirm(order);
  await setTax();
  expect(await totals(order)).toMatchObject({ tax: '0', total: '315' });
});

test('M5: a certificate frees to its last day; expired or incomplete, tax is charged and said', async () => {
  const desk = openDesk();
  const { account, order } = withThree(desk, 'R');
  const { setTax, totals, checks } = serve(desk);
  await setTax();
  desk.update('accounts', account, { tax_exempt_no: 'EX-1', tax_exempt_to: TODAY });
  expect(await totals(order)).toMatchObject({ tax: '0', taxes: [], total: '315' });
  expect((await checks(order)).warnings).toEqual([]);
  desk.update('accounts', account, { tax_exempt_to: '2026-01-14' });
  expect(await totals(order)).toMatchObject({ tax: '32' });
  expect((await checks(order)).warnings).toEqual(['Tax is charged: the exemption of the account ended on 2026-01-14']);
  desk.update('accounts', account, { tax_exempt_to: null });
  expect((await checks(order)).warnings).toEqual([
    'Tax is charged: an exemption needs the number of its certificate and its last day',
  ]);
});

test('M3: a code without a rate is in the way of confirming, and other goods bring their own code', async () => {
  const desk = openDesk();
  const { order } = withThree(desk, 'R');
  const { setTax, confirm } = serve(desk);
  await setTax();
  const [first] = desk.store.children('order_lines', order);
  desk.update('order_lines', first?.id ?? '', { tax_code: 'Q' });
  await expect(async () => confirm(order)).rejects.toThrow('Line 2: No tax rate is known for “Q”.');
  const untaxed = desk.insert('products', { sku: 'BOOK', name: 'Book', uom: 'EA', list_price: UNIT });
  desk.update('order_lines', first?.id ?? '', { product_id: untaxed });
  expect(desk.row('order_lines', first?.id ?? '')['tax_code']).toBe(null);
  await expect(async () => serve(desk).setTax({ freight: 'Q' })).rejects.toThrow(/No rate is given/);
  expect(contract['app.tax'].output.parse(await taxQueries({ read: desk.store })['app.tax']({}, context)).tax).toMatchObject(
    table,
  );
});

test('K1, M6: invoices and credit notes are gross by what was agreed; parts of a credit never give back more tax than was billed', async () => {
  const { desk, deliver, issued, credit, totals, standing } = openBilling((own, { order, line }) => {
    own.update('order_lines', line, { tax_code: 'R', price: 1_050_000, qty: 3 * UNIT });
    own.update('orders', order, { freight: 500 });
    void serve(own).setTax();
  });
  expect((await standing()).exposure).toMatchObject({ unbilled: '947', total: '947' });
  deliver(3);
  await serve(desk).setTax({ rates: { S: 0, R: 0, Z: 0 } });
  const invoice = await issued();
  const billed = await totals(invoice);
  expect(billed).toMatchObject({
    net: '315',
    freight: '500',
    tax: '132',
    total: '947',
    open: '947',
    taxes: [
      { code: 'R', base: '315', tax: '32' },
      { code: 'S', base: '500', tax: '100' },
    ],
  });
  expect((await standing()).exposure).toMatchObject({ receivables: '947', unbilled: '0', total: '947' });
  const [first, second] = [await credit(invoice, 1, null), await credit(invoice, 2, null)];
  expect([desk.row('credit_notes', first.id)['tax'], desk.row('credit_notes', second.id)['tax']]).toEqual([11, 21]);
  expect(await totals(invoice)).toMatchObject({ credited: '347', open: '600' });
  const sums = desk.look((db) =>
    db.prepare('SELECT total, credited, open FROM invoice_sums s JOIN invoices i ON i._n = s.n WHERE i.id = ?').get(invoice),
  );
  expect(sums).toEqual({ total: 947, credited: 347, open: 600 });
});
