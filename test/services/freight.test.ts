/** Freight quotes (Q4), over a real store: the charges of a mode, and what keeps a quote without one of them from going out. */
import { expect, test } from 'vitest';
import { documentBlockers } from '../../electron/engine/services/orders/blockers.ts';
import { freightCommands, freightQueries } from '../../electron/engine/services/quotes/freight.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk } from './open.ts';

const UNIT = 1_000_000;
const road = {
  mode: 'Road',
  charges: [
    { code: 'LINEHAUL', mandatory: true },
    { code: 'FUEL', mandatory: true },
    { code: 'TAIL-LIFT', mandatory: false },
  ],
};

test('Q4: a template puts the charges of its mode on a quote; without a mandatory one, or unsaid terms, it does not go out', async () => {
  const desk = openDesk();
  const commands = freightCommands({ store: desk.store, env: desk.env });
  const quote = desk.insert('quotes', { account_id: desk.insert('accounts', { name: 'Harbour Foods' }) });
  const charge = (mode: string) => commands['quotes.charge']({ id: quote, mode, screen: null }, context);
  const lines = () => desk.store.children('quote_lines', quote);
  const blockers = () => documentBlockers('quotes', quote, desk.store).map(({ field, message }) => `${field}: ${message}`);
  expect(() => charge('Road')).toThrow('No charges are set up for Road.');
  expect(() => commands['app.setCharges']({ templates: [road, road] }, context)).toThrow(/twice/);
  expect(() =>
    commands['app.setCharges']({ templates: [{ ...road, charges: [...road.charges, ...road.charges] }] }, context),
  ).toThrow('A charge stands there twice.');
  await commands['app.setCharges']({ templates: [road] }, context);
  desk.insert('products', { sku: 'LINEHAUL', name: 'Linehaul', nature: 'service', list_price: 400 * UNIT });
  const named = ['Linehaul', null, null];
  expect(contract['app.charges'].output.parse(await freightQueries({ read: desk.store })['app.charges']({}, context))).toEqual({
    templates: [{ ...road, charges: road.charges.map((one, at) => ({ ...one, product: named[at] })) }],
  });
  expect(() => charge('Road')).toThrow(/no product FUEL, TAIL-LIFT/);
  const fuel = desk.insert('products', { sku: 'FUEL', name: 'Fuel surcharge', nature: 'service' });
  desk.insert('products', { sku: 'TAIL-LIFT', name: 'Tail lift', nature: 'service', list_price: 35 * UNIT });
  desk.insert('quote_lines', { quote_id: quote, product_id: { '?': 'TAIL-LIFT' }, qty: 2 * UNIT });
  await charge('Road');
  expect(lines().map(({ description, qty, price }) => [description, qty, price])).toEqual([
    ['Tail lift', 2 * UNIT, 35 * UNIT],
    ['Linehaul', UNIT, 400 * UNIT],
    ['Fuel surcharge', UNIT, null],
  ]);
  expect(blockers()).toEqual([
    expect.stringMatching(/^price: Line 3: /),
    'rates_to: Say to which day the rates hold',
    'transit: Say what transit is assumed',
    'free_days: Say how much free time there is',
  ]);
  desk.update('quotes', quote, { rates_to: '2026-02-28', transit: '3 working days', free_days: 0 });
  const own = lines().find(({ product_id: product }) => product === fuel);
  // Nothing is an answer: it is inside the rate.
  desk.update('quote_lines', own?.id ?? '', { price: 0 });
  expect(blockers()).toEqual([]);
  desk.store.apply([{ kind: 'delete', table: 'quote_lines', id: own?.id ?? '' }], edit);
  expect(blockers()).toEqual(['line_count: The charge FUEL of Road is missing']);
  await charge('Road');
  expect(lines()).toHaveLength(3);
  desk.store.undo({ ...edit, actor: desk.store.device.id });
  expect(lines()).toHaveLength(2);
});
