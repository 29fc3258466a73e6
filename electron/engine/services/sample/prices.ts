/**
 * What the goods of the sample cost: last year's list and this year's with a step in quantity, lists of two tiers,
 * contracts of the accounts that order most, a promotion, and cases to order by. The lines of the sample's orders keep the
 * prices they came with, as those of any file do: the lists say what they would cost now.
 */
import { addDays, yearOf } from '../../../../shared/domain/dates.ts';
import type { CellInput } from '../../../../shared/domain/kinds.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { Making, Masters, SampleAccount, SampleProduct } from './masters.ts';

type Cells = Readonly<Record<string, CellInput>>;
/** So much of the product's own price, from so many lots on. */
type Step = { readonly lots: number; readonly share: number };

const MICRO = 1_000_000;
const CENT = 10_000;
const PER_CASE = 12;
/** Contracts there are, of the accounts that order most. */
const CONTRACTS = 6;

const insert = ({ ids, put }: Making, table: TableName, values: Cells): string => {
  const id = ids();
  put({ kind: 'insert', table, id, values });
  return id;
};

/** A list with the same steps for each of its goods. */
const makeList = (making: Making, values: Cells, products: readonly SampleProduct[], steps: readonly Step[]): string => {
  const list = insert(making, 'price_lists', { currency: making.currency, ...values });
  for (const { id, price, lot } of products)
    for (const { lots, share } of steps)
      insert(making, 'prices', {
        list_id: list,
        product_id: id,
        min_qty: lots * lot * MICRO,
        price: Math.round((price * share) / CENT) * CENT,
      });
  return list;
};

const makeLists = (making: Making, products: readonly SampleProduct[]): void => {
  const year = yearOf(making.today);
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  const before = { valid_from: `${year - 1}-01-01`, valid_to: addDays(first, -1) };
  const general = (of: number) => ({ kind: 'general', code: `LIST-${of}`, name: `General list ${of}` });
  makeList(making, { ...general(year - 1), ...before, version: 'v2' }, products, [{ lots: 0, share: 0.96 }]);
  makeList(making, { ...general(year), valid_from: first, version: 'v1' }, products, [
    { lots: 0, share: 1 },
    { lots: 10, share: 0.96 },
  ]);
  const tier = (key: string, share: number): string =>
    makeList(
      making,
      {
        kind: 'tier',
        tier: key,
        code: `TIER-${key.toUpperCase()}`,
        name: `Tier ${key.toUpperCase()}`,
        valid_from: first,
        valid_to: last,
      },
      products,
      [
        { lots: 0, share },
        { lots: 10, share: share - 0.05 },
      ],
    );
  tier('a', 0.92);
  tier('b', 0.96);
};

/** What an account orders again and again, at prices of its own for the half year around today. */
const makeContract = (making: Making, { id, basket }: SampleAccount, at: number): void => {
  const { today } = making;
  const code = `CT-${String(87 + at * 4).padStart(4, '0')}`;
  const days = { valid_from: addDays(today, -70 - at), valid_to: addDays(today, 110 - at * 15) };
  const values = { kind: 'contract', code, name: `Agreed prices ${code}`, account_id: id, version: `v${4 - (at % 3)}`, ...days };
  const goods = basket.map(({ product }) => product);
  const list = makeList(making, values, goods, [
    { lots: 0, share: 0.85 },
    { lots: 20, share: 0.81 },
  ]);
  const [first] = goods;
  // A price of the first contract begins while the one before it still holds: both are marked, and the later start decides.
  if (at > 0 || first === undefined) return;
  const earlier = { list_id: list, product_id: first.id, uom: 'CASE' };
  const boxed = (share: number): number => Math.round((first.price * PER_CASE * share) / CENT) * CENT;
  insert(making, 'prices', { ...earlier, price: boxed(0.83), valid_from: days.valid_from, valid_to: addDays(today, 30) });
  insert(making, 'prices', { ...earlier, price: boxed(0.82), valid_from: today });
};

/** What the money of accounts abroad was worth last month, and is this week. */
const makeRates = (making: Making, accounts: readonly SampleAccount[]): void => {
  const { today, currency: own } = making;
  const others = new Set(accounts.map(({ currency }) => currency).filter((currency) => currency !== own));
  for (const currency of others)
    for (const [days, rate] of [
      [-40, 1.1523],
      [-5, 1.1608],
    ] as const)
      insert(making, 'exchange_rates', {
        currency,
        rate: Math.round(rate * MICRO),
        rated_on: addDays(today, days),
        source: 'Central bank',
      });
};

/** Writes the price lists, contracts, promotions, units and exchange rates through `put`. */
export const makePrices = (making: Making, { products, accounts }: Pick<Masters, 'products' | 'accounts'>): void => {
  const { today, currency } = making;
  makeLists(making, products);
  const own = accounts.filter((account) => account.currency === currency);
  own.slice(0, CONTRACTS).forEach((account, at) => makeContract(making, account, at));
  insert(making, 'promotions', {
    code: 'SPRING-5',
    name: 'Five per cent on everything from the lists',
    percent: 50_000,
    applies: 'lists',
    valid_from: addDays(today, -14),
    valid_to: addDays(today, 45),
  });
  for (const { id } of products.slice(0, Math.ceil(products.length / 3)))
    insert(making, 'product_units', { product_id: id, uom: 'CASE', holds: PER_CASE * MICRO });
  makeRates(making, accounts);
};
