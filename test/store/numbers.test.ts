import { expect, test } from 'vitest';
import type { StorePatch } from '../../electron/engine/store/api.ts';
import { edit, openTemp } from './open.ts';

const order = (id: string, number: string): StorePatch => ({ kind: 'insert', table: 'orders', id, values: { number } });

test('numbers carry letter, year, device and a counter that starts again each year', () => {
  const { store, env } = openTemp();
  const code = store.device.code;
  expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{3}$/);
  store.apply([order(env.ids(), store.nextNumber('orders'))], edit);
  const [first] = store.match('orders', 'number', `o26-${code}-0001`);
  expect(first).toBeDefined();
  expect(store.nextNumber('orders')).toBe(`O26-${code}-0002`);
  env.tick(366 * 86_400_000);
  expect(store.nextNumber('orders')).toBe(`O27-${code}-0001`);
});

test('the year is that of the company, not of London', () => {
  const { store, env } = openTemp();
  const setting = { key: 'zone', value: '"Pacific/Auckland"' };
  store.apply([{ kind: 'insert', table: 'settings', id: env.ids(), values: setting }], edit);
  env.tick(Date.UTC(2026, 11, 31, 12) - env.clock());
  expect(store.nextNumber('orders')).toMatch(/^O27-/);
});

test('two numbers asked for before one is written are two, and what was never written leaves no gap', () => {
  const opened = openTemp();
  const { store, env } = opened;
  const [a, b] = [store.nextNumber('orders'), store.nextNumber('orders')];
  expect(a).not.toBe(b);
  expect(() => store.apply([order(env.ids(), a), order('x', b), order('x', b)], edit)).toThrow('the id is taken');
  expect(store.nextNumber('orders')).toBe(a);
  store.apply([order(env.ids(), a)], edit);
  const after = opened.reopen().store;
  expect(after.nextNumber('orders')).toBe(b);
});

test('a number of this device that comes back by a file is never given again; others do not count', () => {
  const { store, env } = openTemp();
  const code = store.device.code;
  store.apply([order(env.ids(), `O26-${code}-0041`), order(env.ids(), 'O26-ZZZ-0099'), order(env.ids(), '4711')], edit);
  expect(store.nextNumber('orders')).toBe(`O26-${code}-0042`);
});

test('only tables with a series have numbers', () => {
  expect(() => openTemp().store.nextNumber('accounts')).toThrow(expect.objectContaining({ code: 'internal' }));
});
