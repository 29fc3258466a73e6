/**
 * Confirmed orders keep the prices they were agreed at (P9). Where the prices came to say another, by a list that was synced,
 * imported or changed here, the line is put up for review: kept, or amended with the customer. Nothing changes by itself.
 */
import { setImmediate as breathe } from 'node:timers/promises';
import { AppError } from '../../../../shared/contract/define.ts';
import type { Commands, Queries } from '../../../../shared/contract/index.ts';
import { isToReview } from '../../../../shared/domain/pricing/review.ts';
import type { Emit, EngineEnv } from '../../env.ts';
import type { LocalReader, Reader, StorePatch, StoredRow, WriteStore } from '../../store/api.ts';
import { openReader } from '../../store/file/db.ts';
import { createReader } from '../../store/read/reader.ts';
import { createPriceReviewReader, type PriceReview } from '../../store/sums/price-reviews.ts';
import { applyStep } from '../access/step.ts';
import { textOf } from '../billing/receivables.ts';
import { companyToday } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { documentById, nameOfOrder } from '../orders/orders.ts';
import { priceOfLine } from '../rules/line-price.ts';
import { documentOf } from '../rules/lines.ts';
import { priceLine, type Asking } from './price-book.ts';

/** Lines looked at before anything else has its turn. */
const SLICE = 25;
const FIRST_MS = 20_000;
const PAUSE_MS = 60_000;

/** What the price of a line is held against; null where nobody knows. */
const heldOf = (line: StoredRow): number | null => {
  const { by, price, enginePrice } = priceOfLine(line);
  return by === 'hand' ? enginePrice : by === 'engine' ? price : null;
};

const reviewOf = (n: number, id: string, asking: Asking): PriceReview | null => {
  const line = asking.read.get('order_lines', id);
  const held = line === undefined ? null : heldOf(line);
  if (line === undefined || held === null) return null;
  const says = priceLine(line, documentOf('orders', line, asking.read), asking)?.trace.price ?? null;
  return says !== null && isToReview(held, says) ? { n, says } : null;
};

/** Every open line of a confirmed order whose price came to be another; it lets others work in between. */
const findReviews = async (
  lines: readonly { readonly id: string; readonly n: number }[],
  asking: Asking,
  isEnding: () => boolean,
): Promise<readonly PriceReview[] | null> => {
  const found: PriceReview[] = [];
  for (let from = 0; from < lines.length; from += SLICE) {
    if (isEnding()) return null;
    asking.read.together(() => {
      for (const { n, id } of lines.slice(from, from + SLICE)) {
        const review = reviewOf(n, id, asking);
        if (review !== null) found.push(review);
      }
    });
    await breathe();
  }
  return found;
};

type Env = Pick<EngineEnv, 'db' | 'clock' | 'zone' | 'log'>;
type Reviewer = {
  readonly start: () => void;
  readonly stop: () => void;
  /** Looks once, where any price changed since the last look. */
  readonly look: () => Promise<void>;
};

/** Looks once a minute whether any price changed, by a connection of its own. */
export const createPriceReviewer = (env: Env, store: Pick<WriteStore, 'local'>, emit: Emit): Reviewer => {
  let isEnding = false;
  let timer: NodeJS.Timeout | undefined;
  const look = async (): Promise<void> => {
    const db = openReader(env.db);
    try {
      const reviews = createPriceReviewReader(db);
      const of = reviews.unseen();
      if (of === null) return;
      const read = createReader(db);
      const found = await findReviews(reviews.openLines(), { read, today: companyToday(read, env) }, () => isEnding);
      if (found === null) return;
      store.local.keepPriceReviews(of, found);
      emit('changed', { tables: { order_lines: {} } });
    } catch (error) {
      if (!isEnding) env.log('warn', 'prices could not be held against orders', { error: String(error) });
    } finally {
      db.close();
    }
  };
  const wait = (ms: number): void => {
    timer = setTimeout(() => void look().then(() => isEnding || wait(PAUSE_MS)), ms).unref();
  };
  return {
    look,
    start: () => wait(FIRST_MS),
    stop: () => {
      isEnding = true;
      clearTimeout(timer);
    },
  };
};

export const priceReviewQueries = ({
  read,
  local,
}: {
  readonly read: Reader;
  readonly local: Pick<LocalReader, 'priceReviewsOf'>;
}): Pick<Queries, 'prices.reviews'> => ({
  'prices.reviews': ({ order }) => {
    const document = documentById('orders', read, order);
    return {
      currency: currencyOf('orders', document, read),
      rows: local.priceReviewsOf(order).flatMap(({ id, says }) => {
        const line = read.get('order_lines', id);
        const { price } = line === undefined ? { price: null } : priceOfLine(line);
        if (line === undefined || price === null) return [];
        const product = read.get('products', String(line['product_id'] ?? ''));
        return [{ line: id, product: textOf(product?.['sku']) ?? textOf(line['description']) ?? '', price, says }];
      }),
    };
  },
});

export const priceReviewCommands = ({ store }: { readonly store: WriteStore }): Pick<Commands, 'prices.keep'> => ({
  'prices.keep': ({ order, screen }, context) => {
    const document = documentById('orders', store, order);
    const reviews = store.local.priceReviewsOf(order);
    if (reviews.length === 0) throw new AppError('blocked', 'No price of this order is up for review.', { order });
    // What a person decided against is kept with the price: the prices have to move again for it to come up again.
    const patches = reviews.map(({ id, says }): StorePatch => ({
      kind: 'update',
      table: 'order_lines',
      id,
      values: { by_hand: 1, engine_price: says },
    }));
    return applyStep(store, context, { label: `Keep prices of ${nameOfOrder(document)}`, screen }, patches);
  },
});
