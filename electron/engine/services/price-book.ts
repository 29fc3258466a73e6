/**
 * The price of a line, from the rows of this file: who asks, for what, and every price, list and promotion that could
 * answer, as the rules of domain/pricing know them. Reads only.
 */
import { defaultLevels, isLevel, type Level } from '../../../shared/domain/pricing/levels.ts';
import { resolvePrice } from '../../../shared/domain/pricing/resolve.ts';
import { PRODUCT_LIST } from '../../../shared/domain/pricing/standing.ts';
import type { Trace } from '../../../shared/domain/pricing/trace.ts';
import type { BreakMode, ListKind, PriceAsk, PriceBook, PriceRule, Promotion } from '../../../shared/domain/pricing/types.ts';
import type { Scalar } from '../../../shared/domain/kinds.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { PriceKeys, PriceRow, PromotionRow, Reader, StoredRow } from '../store/api.ts';
import { baseCurrency } from './company.ts';
import { quoteHolds } from './quote-rows.ts';

type Cells = Readonly<Record<string, Scalar | undefined>>;

/** The company's own order of levels, where it has set one: a list of their names. */
const LEVELS_SETTING = 'price_levels';
/** Levels a promotion “on lists” follows: all but contracts and quotes. */
const LIST_LEVELS: readonly Level[] = ['account_list', 'tier_list', 'campaign_list', 'general_list', 'product'];
/** Longer chains of parents are followed no further. */
const LONGEST_CHAIN = 20;

const text = (value: Scalar | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** The ids above a row, nearest first; a chain that comes back to where it was ends there. */
const above = (table: TableName, id: string | null, read: Reader): readonly string[] => {
  const found: string[] = [];
  let next = id === null ? null : text(read.get(table, id)?.['parent_id']);
  while (next !== null && next !== id && !found.includes(next) && found.length < LONGEST_CHAIN) {
    found.push(next);
    next = text(read.get(table, next)?.['parent_id']);
  }
  return found;
};

/** Accounts above one. */
export const parentsOf = (account: string | null, read: Reader): readonly string[] => above('accounts', account, read);

/** What the levels are asked for, in the company's order. */
export const levelsOf = (read: Reader): readonly Level[] => {
  const set = read.setting(LEVELS_SETTING);
  const own = Array.isArray(set) ? set.filter((one): one is Level => typeof one === 'string' && isLevel(one)) : [];
  return own.length > 0 ? own : defaultLevels;
};

const later = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a > b ? a : b);
const sooner = (a: string | null, b: string | null): string | null => (a === null ? b : b === null || a < b ? a : b);

/** A price holds while its list does. Kind and mode are choices of the model; one a newer version made is as none. */
const toRule = (row: PriceRow, currency: string): PriceRule => ({
  id: row.id,
  version: row.version ?? '',
  list: row.list,
  kind: (row.kind ?? 'general') as ListKind,
  isReplacing: row.replaces === 1,
  isOpenToPromotions: row.kind !== 'contract' || row.takesPromotions === 1,
  account: row.account,
  site: row.site,
  tier: row.tier,
  channel: null,
  variant: null,
  product: row.product,
  group: row.group,
  uom: row.uom,
  currency: row.currency ?? row.listCurrency ?? currency,
  min: row.min ?? 0,
  max: row.max,
  mode: (row.mode ?? 'all_units') as BreakMode,
  basis: 'line',
  price: row.price,
  from: later(row.from, row.listFrom),
  to: sooner(row.to, row.listTo),
  priority: row.priority ?? 0,
});

const toPromotion = (row: PromotionRow): Promotion => ({
  id: row.id,
  version: '',
  code: row.code ?? '',
  percent: row.percent,
  min: row.min ?? 0,
  levels: row.applies === 'all' ? [] : LIST_LEVELS,
  stackableWith: (row.combinesWith ?? '').split(/[,;\s]+/).filter((code) => code !== ''),
  priority: row.priority ?? 0,
  account: row.account,
  site: null,
  tier: row.tier,
  channel: null,
  variant: null,
  product: row.product,
  group: row.group,
  from: row.from,
  to: row.to,
});

/** The price on the product itself, as the last list of all. In money of its own, or in whatever is asked for. */
const ownPrice = (product: StoredRow, currency: string): readonly PriceRule[] => {
  const { list_price: price } = product;
  if (typeof price !== 'number') return [];
  const row: PriceRow = {
    id: product.id,
    product: product.id,
    group: null,
    uom: null,
    min: null,
    max: null,
    mode: null,
    price,
    currency: text(product['currency']) ?? currency,
    from: null,
    to: null,
    priority: null,
    list: PRODUCT_LIST,
    kind: 'general',
    account: null,
    site: null,
    tier: null,
    listCurrency: null,
    listFrom: null,
    listTo: null,
    version: null,
    replaces: null,
    takesPromotions: null,
  };
  return [toRule(row, currency)];
};

const unitsOf = (product: string, read: Reader): Readonly<Record<string, number>> =>
  Object.fromEntries(
    read
      .children('product_units', product)
      .flatMap(({ uom, holds }) => (typeof uom === 'string' && typeof holds === 'number' ? [[uom, holds] as const] : [])),
  );

/** The day a line is priced on: its document's price date, else the day it was ordered or quoted, else today. */
const priceDay = (document: Cells | undefined, today: string): string =>
  text(document?.['price_on']) ?? text(document?.['ordered_on']) ?? text(document?.['quoted_on']) ?? today;

/** What an accepted quote's line says, for the order line that came of it. */
const quotedPrice = (line: Cells, read: Reader): PriceAsk['agreed'] => {
  const id = text(line['quote_line_id']);
  const quoted = id === null ? undefined : read.get('quote_lines', id);
  if (quoted === undefined || typeof quoted['price'] !== 'number') return null;
  const holds = quoteHolds(line, read);
  return { kind: 'quote', id: quoted.id, version: '', price: quoted['price'], remaining: holds === null ? null : Number(holds) };
};

const askOf = (line: Cells, document: Cells | undefined, product: StoredRow, { read, today }: Asking): PriceAsk => {
  const account = text(document?.['account_id']);
  const group = text(product['group_id']);
  const uom = text(line['uom']);
  const baseUom = text(product['uom']) ?? uom ?? '';
  return {
    account,
    parents: parentsOf(account, read),
    site: text(document?.['site_id']),
    tier: account === null ? null : text(read.get('accounts', account)?.['tier']),
    channel: null,
    variant: null,
    product: product.id,
    groups: group === null ? [] : [group, ...above('product_groups', group, read)],
    uom: uom ?? baseUom,
    baseUom,
    units: unitsOf(product.id, read),
    qty: typeof line['qty'] === 'number' ? line['qty'] : 0,
    groupQty: null,
    periodQty: null,
    currency: text(document?.['currency']) ?? '',
    date: priceDay(document, today),
    agreed: quotedPrice(line, read),
  };
};

const bookOf = (ask: PriceAsk, product: StoredRow, read: Reader): PriceBook => {
  const accounts = ask.account === null ? [] : [ask.account, ...ask.parents];
  const keys: PriceKeys = { product: product.id, groups: ask.groups, accounts };
  // A price without a currency anywhere is in the company's own.
  const currency = baseCurrency(read) ?? ask.currency;
  return {
    levels: levelsOf(read),
    rules: [...read.pricesFor(keys).map((row) => toRule(row, currency)), ...ownPrice(product, ask.currency)],
    promotions: read.promotionsFor(keys).map(toPromotion),
  };
};

/** @param today ISO day, for documents that say none */
export type Asking = { readonly read: Reader; readonly today: string };

export type Asked = { readonly ask: PriceAsk; readonly trace: Trace };

/** The price of a line as it stands, and what was asked; null where it has no product to look for. */
export const priceLine = (line: Cells, document: Cells | undefined, asking: Asking): Asked | null => {
  const id = text(line['product_id']);
  const product = id === null ? undefined : asking.read.get('products', id);
  if (product === undefined) return null;
  const ask = askOf(line, document, product, asking);
  return { ask, trace: resolvePrice(ask, bookOf(ask, product, asking.read)) };
};
