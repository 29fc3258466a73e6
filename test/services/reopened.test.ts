/** A closed order that is opened again is asked for credit as one that is confirmed (K2). */
import { expect, test } from 'vitest';
import { openDesk, withOrder } from './open.ts';

const openClosed = (limit: number) => {
  const desk = openDesk();
  const made = withOrder(desk);
  for (const to of ['submitted', 'confirmed', 'closed']) desk.move(made.order, to);
  desk.update('accounts', made.account, { credit_limit: limit });
  const holds = () =>
    desk.store.children('order_holds', made.order).map(({ reason, why, by_rule: byRule }) => ({ reason, why, byRule }));
  return { desk, ...made, holds };
};

test('beyond the limit it is held; opened again and again it is held once', () => {
  const { desk, order, holds } = openClosed(5_000);
  desk.move(order, 'confirmed');
  expect(holds()).toMatchObject([{ reason: 'credit', byRule: 1, why: expect.stringMatching(/opened again$/) as unknown }]);
  desk.move(order, 'closed');
  desk.move(order, 'confirmed');
  expect(holds()).toHaveLength(1);
});

test('within it, nothing holds it', () => {
  const { desk, order, holds } = openClosed(50_000);
  desk.move(order, 'confirmed');
  expect(holds()).toEqual([]);
});
