/** P9: prices that came to be others since an order was confirmed are told, decided by a person, and never changed by themselves. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  createPriceReviewer,
  priceReviewCommands,
  priceReviewQueries,
} from '../../electron/engine/services/pricing/price-reviews.ts';
import { todayQueries } from '../../electron/engine/services/today/today.ts';
import { createClocks } from '../../electron/engine/store/clocks/read.ts';
import { isToReview } from '../../shared/domain/pricing/review.ts';
import { contract } from '../../shared/contract/index.ts';
import { pageContext as context } from '../fakes/context.ts';
import { edit, openDesk, withOrder } from './open.ts';

const imported = { ...edit, source: 'import' } as const;

const confirmed = () => {
  const desk = openDesk();
  const { account, order, line, product } = withOrder(desk);
  desk.update('orders', order, { status: 'confirmed', number: 'O-1', currency: 'GBP' }, imported);
  const env = { ...desk.env, db: desk.file, log: () => {} };
  const told: string[] = [];
  const reviewer = createPriceReviewer(env, desk.store, (name) => void told.push(name));
  const queries = priceReviewQueries({ read: desk.store, local: desk.store.local });
  const commands = priceReviewCommands({ store: desk.store });
  return {
    desk,
    account,
    order,
    line,
    product,
    told,
    look: () => reviewer.look(),
    setPrice: (price: number) => desk.update('products', product, { list_price: price }),
    rows: async () => contract['prices.reviews'].output.parse(await queries['prices.reviews']({ order }, context)).rows,
    keep: async () => commands['prices.keep']({ order, screen: null }, context),
    today: () =>
      desk.look(async (db) => {
        const deps = { clocks: createClocks(db), read: desk.store, local: desk.store.local, env: { ...env, locale: 'en-GB' } };
        const { rows } = await todayQueries(deps)['today.list']({ who: 'all', show: 'due', limit: 50 }, context);
        return rows.filter(({ source }) => source === 'price_review').map(({ item, next }) => `${item} → ${next}`);
      }),
  };
};

describe('P9: a confirmed order and prices that moved', () => {
  test('nothing is told while they say the same, nor within two per cent', async () => {
    const { look, rows, setPrice, today, told } = confirmed();
    await look();
    expect([await rows(), await today(), told]).toEqual([[], [], ['changed']]);
    setPrice(8_600_000);
    await look();
    expect([await rows(), await today()]).toEqual([[], []]);
  });

  test('beyond that it is told with both prices, and the order keeps its own', async () => {
    const { desk, look, line, rows, setPrice, today } = confirmed();
    setPrice(8_900_000);
    await look();
    expect(await rows()).toEqual([{ line, product: 'CRT-6040', price: 8_500_000, says: 8_900_000 }]);
    expect(await today()).toEqual(['O-1, the prices say otherwise now → Keep or amend']);
    expect(desk.row('order_lines', line)['price']).toBe(8_500_000);
  });

  test('kept is kept until the prices move again; one undo brings the question back', async () => {
    const { desk, keep, look, line, rows, setPrice, today } = confirmed();
    setPrice(8_900_000);
    await look();
    await keep();
    expect([await rows(), await today()]).toEqual([[], []]);
    expect(desk.row('order_lines', line)).toMatchObject({ price: 8_500_000, by_hand: 1, engine_price: 8_900_000 });
    await expect(keep()).rejects.toThrow('No price of this order is up for review');
    desk.store.undo({ ...edit, actor: desk.store.device.id });
    expect(await rows()).toHaveLength(1);
    await keep();
    setPrice(9_500_000);
    await look();
    expect(await rows()).toMatchObject([{ price: 8_500_000, says: 9_500_000 }]);
  });

  test('a price that goes back is no question any more', async () => {
    const { look, rows, setPrice } = confirmed();
    setPrice(8_900_000);
    await look();
    setPrice(8_500_000);
    await look();
    expect(await rows()).toEqual([]);
  });

  test('it looks again only where a price changed', async () => {
    const { desk, account, look, told } = confirmed();
    await look();
    await look();
    desk.update('accounts', account, { city: 'Leith' });
    await look();
    expect(told).toEqual(['changed']);
  });

  test('what came with a quote or a file stands as it came; drafts are priced by themselves', async () => {
    const { desk, look, line, rows, setPrice } = confirmed();
    desk.update('order_lines', line, { by_hand: null }, imported);
    setPrice(12_000_000);
    await look();
    expect(await rows()).toEqual([]);
    const other = withOrder(desk);
    await look();
    expect(desk.store.local.priceReviewsOf(other.order)).toEqual([]);
  });

  test('two per cent of what it is held against, either way, and nothing where no price is found', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000_000_000 }), fc.integer({ min: -100, max: 100 }), (held, percent) => {
        const says = held * 100 + held * percent;
        expect(isToReview(held * 100, says)).toBe(Math.abs(percent) > 2);
        expect(isToReview(held, null)).toBe(false);
      }),
    );
  });
});
