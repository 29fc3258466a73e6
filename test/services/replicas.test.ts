/**
 * The same random orders written on two devices, in different order and in different steps, by the same commands a page
 * uses: they have the same prices, traces, tax and totals (M6), before and after they are confirmed.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { orderQueries } from '../../electron/engine/services/orders/orders.ts';
import { priceQueries } from '../../electron/engine/services/pricing/prices.ts';
import { taxCommands } from '../../electron/engine/services/money/tax.ts';
import type { RowPatch } from '../../electron/engine/store/api.ts';
import { canonicalJson } from '../../shared/domain/canonical.ts';
import type { CellInput } from '../../shared/domain/kinds.ts';
import { createChance } from '../domain/randomDocuments.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, type Desk } from './open.ts';

/** As many as a run of all tests has time for; `REPLICA_DOCUMENTS=10000` writes more of them. */
const COUNT = Number(process.env['REPLICA_DOCUMENTS'] ?? 60);
const UNIT = 1_000_000;

type Values = Readonly<Record<string, CellInput>>;
type Row = { readonly table: string; readonly id: string; readonly values: Values };
type Order = { readonly head: Row; readonly lines: readonly Row[] };

/** Ids of their own, above those that a device makes. */
let made = 0;
const id = (): string => `01910000-0000-7000-8000-${(made += 1).toString(16).padStart(12, '0')}`;
const row = (table: string, values: Values): Row => ({ table, id: id(), values });

const createWorld = ({ next, pick }: ReturnType<typeof createChance>) => {
  // Nobody has thousands of open orders: what an account owes is counted over all of its own.
  const accounts = Array.from({ length: Math.max(3, Math.ceil(COUNT / 40)) }, (_, at) =>
    row('accounts', { name: `Account ${at}`, tier: ['a', 'b', 'c'][at % 3] ?? 'a', currency: 'GBP' }),
  );
  const products = Array.from({ length: 12 }, (_, at) =>
    row('products', {
      sku: `P-${at}`,
      name: `Product ${at}`,
      uom: 'EA',
      currency: 'GBP',
      list_price: at === 11 ? null : next(40 * UNIT),
      tax_code: pick(['S', 'R', null]),
    }),
  );
  const [customer] = accounts;
  const lists = [
    row('price_lists', { code: 'TIER', name: 'Tier', kind: 'tier', tier: 'b', currency: 'GBP' }),
    row('price_lists', { code: 'DEAL', name: 'Deal', kind: 'contract', account_id: customer?.id ?? '', currency: 'GBP' }),
  ];
  const prices = products.flatMap((product) =>
    lists.flatMap((list) =>
      [0, 10, 100].map((min) =>
        row('prices', { list_id: list.id, product_id: product.id, min_qty: min * UNIT, price: next(40 * UNIT) }),
      ),
    ),
  );
  const promotion = row('promotions', { code: 'SPRING', name: 'Spring', percent: 50_000 });
  const order = (): Order => {
    const head = row('orders', {
      account_id: pick(accounts).id,
      ordered_on: '2026-01-15',
      currency: 'GBP',
      rounding: pick(['line', 'document']),
      line_rounding: pick([null, 'unit']),
      freight: pick([null, next(5_000)]),
      header_percent: pick([null, null, 33_333]),
      header_discount: pick([null, null, next(500)]),
    });
    const lines = Array.from({ length: 1 + next(7) }, (_, at) =>
      row('order_lines', {
        order_id: head.id,
        position: at + 1,
        product_id: pick(products).id,
        qty: 1 + next(150 * UNIT),
        ...(next(4) === 0 ? { discount: pick([50_000, 333_333]) } : {}),
        ...(next(6) === 0 ? { price: next(30 * UNIT) } : {}),
      }),
    );
    return { head, lines };
  };
  return { masters: [...accounts, ...products, ...lists, ...prices, promotion], orders: Array.from({ length: COUNT }, order) };
};

const insert = ({ table, id: key, values }: Row): RowPatch => ({ kind: 'insert', table, id: key, values });

/** One change with all of it. */
const atOnce = (desk: Desk, { head, lines }: Order): void => void desk.store.apply([head, ...lines].map(insert), edit);

/** Line by line from the last, each first with another quantity. */
const inSteps = (desk: Desk, { head, lines }: Order): void => {
  desk.store.apply([insert(head)], edit);
  for (const line of lines.toReversed()) {
    desk.store.apply([insert({ ...line, values: { ...line.values, qty: 500 * UNIT } })], edit);
    desk.store.apply([{ kind: 'update', table: line.table, id: line.id, values: { qty: line.values['qty'] ?? null } }], edit);
  }
};

const LINE = ['product_id', 'qty', 'uom', 'price', 'by_hand', 'engine_price', 'discount', 'tax_code', 'net'] as const;

/** Everything an order comes to on a device, as one text. */
const sayOrder = async (desk: Desk, order: string): Promise<string> => {
  const totals = await orderQueries({ read: desk.store })['orders.totals']({ id: order }, context);
  const { 'prices.trace': trace } = priceQueries({ read: desk.store, env: desk.env });
  const lines = await Promise.all(
    desk.store.children('order_lines', order).map(async (line) => ({
      id: line.id,
      trace: (await trace({ table: 'order_lines', line: line.id }, context)).hash,
      ...Object.fromEntries(LINE.map((field) => [field, line[field] ?? null])),
    })),
  );
  const { status, tax_policy: tax } = desk.row('orders', order);
  return canonicalJson(JSON.parse(JSON.stringify({ totals, lines, status, tax })) as Parameters<typeof canonicalJson>[0]);
};

const hashAll = async (desk: Desk, orders: readonly Order[]): Promise<string> => {
  const hash = createHash('sha256');
  for (const { head } of orders) hash.update(`${await sayOrder(desk, head.id)}\n`);
  return hash.digest('hex');
};

const confirm = (desk: Desk, { head }: Order): void => void desk.update('orders', head.id, { status: { '?': 'confirmed' } });

test(
  'M6: random orders on two replicas, in different order and steps: equal prices, traces, totals and hashes',
  async () => {
    const [one, other] = [openDesk('en-GB', 1), openDesk('de-DE', 2)];
    const { masters, orders } = createWorld(createChance(2026));
    const tax = {
      scope: 'document',
      isIncluded: false,
      mode: 'half_up',
      freight: 'S',
      rates: { S: 200_000, R: 55_000 },
    } as const;
    one.store.apply(masters.map(insert), edit);
    for (const master of masters) other.store.apply([insert(master)], edit);
    for (const desk of [one, other]) await taxCommands({ store: desk.store, env: desk.env })['app.setTax']({ tax }, context);
    for (const order of orders) atOnce(one, order);
    for (const order of orders.toReversed()) inSteps(other, order);
    const drafts = await hashAll(one, orders);
    expect(await hashAll(other, orders)).toBe(drafts);
    for (const order of orders.toReversed()) confirm(one, order);
    for (const order of orders) confirm(other, order);
    const confirmed = await hashAll(one, orders);
    expect(await hashAll(other, orders)).toBe(confirmed);
    expect(confirmed).not.toBe(drafts);
    const states = new Set(orders.map(({ head }) => one.row('orders', head.id)['status']));
    // Some have a line without a price.
    expect(states).toEqual(new Set(['confirmed', 'draft']));
    // What is decided on one of them later changes nothing that was agreed on.
    await taxCommands({ store: other.store, env: other.env })['app.setTax']({ tax: { ...tax, rates: { S: 0, R: 0 } } }, context);
    const agreed = orders.filter(({ head }) => one.row('orders', head.id)['status'] === 'confirmed');
    expect(await hashAll(other, agreed)).toBe(await hashAll(one, agreed));
  },
  Math.max(600_000, COUNT * 600),
);
