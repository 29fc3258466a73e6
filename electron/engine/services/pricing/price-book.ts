/**
 * The price of a line, from the rows of this file: who asks, for what, and every price, list and promotion that could
 * answer, as the rules of domain/pricing know them. Reads only.
 */
import { defaultLevels, isLevel, type Level } from '../../../../shared/domain/pricing/levels.ts';
import { resolvePrice } from '../../../../shared/domain/pricing/resolve.ts';
import { PRODUCT_LIST } from '../../../../shared/domain/pricing/standing.ts';
import type { Trace } from '../../../../shared/domain/pricing/trace.ts';
import type {
  BreakBasis,
  BreakMode,
  ListKind,
  PriceAsk,
  PriceBook,
  PriceRule,
  ProductKey,
  Promotion,
} from '../../../../shared/domain/pricing/types.ts';
import { matchKey } from '../../../../shared/domain/fold.ts';
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import type { PriceKeys, PriceRow, PromotionRow, Reader, StoredRow } from '../../store/api.ts';
import { baseCurrency } from '../company/company.ts';
import { besideLine, type Cells, type LinesToBe } from './price-beside.ts';
import { above, goodsOf } from './price-goods.ts';
import { quoteHolds } from '../quotes/quote-rows.ts';

/** The company's own order of levels, where it has set one: a list of their names. */
const LEVELS_SETTING = 'price_levels';
/** Levels a promotion “on lists” follows: all but contracts and quotes. */
const LIST_LEVELS: readonly Level[] = ['account_list', 'tier_list', 'campaign_list', 'general_list', 'product'];

const text = (value: Scalar | undefined): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** A channel as it is compared: however it is written. */
const channelOf = (value: Scalar | undefined): string | null => {
  const name = text(value);
  return name === null ? null : matchKey(name);
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

type Priced = Pick<PriceAsk, 'variant'>;

/** What stands there for a variant is for it alone. */
const goodsKey = ({ product, group }: Pick<PriceRow, 'product' | 'group'>, { variant }: Priced): ProductKey => {
  const isVariant = product !== null && product === variant;
  return { variant: isVariant ? product : null, product: isVariant ? null : product, group };
};

/** A price holds while its list does. Kind and mode are choices of the model; one a newer version made is as none. */
const toRule = (row: PriceRow, currency: string, priced: Priced): PriceRule => ({
  ...goodsKey(row, priced),
  id: row.id,
  version: row.version ?? '',
  list: row.list,
  kind: (row.kind ?? 'general') as ListKind,
  isReplacing: row.replaces === 1,
  isOpenToPromotions: row.kind !== 'contract' || row.takesPromotions === 1,
  account: row.account,
  site: row.site,
  tier: row.tier,
  channel: channelOf(row.channel),
  uom: row.uom,
  currency: row.currency ?? row.listCurrency ?? currency,
  min: row.min ?? 0,
  max: row.max,
  mode: (row.mode ?? 'all_units') as BreakMode,
  basis: (row.basis ?? 'line') as BreakBasis,
  price: row.price,
  from: later(row.from, row.listFrom),
  to: sooner(row.to, row.listTo),
  priority: row.priority ?? 0,
});

const toPromotion = (row: PromotionRow, priced: Priced): Promotion => ({
  ...goodsKey(row, priced),
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
  channel: channelOf(row.channel),
  from: row.from,
  to: row.to,
});

/** The price on the product itself, as the last list of all. In money of its own, or in whatever is asked for. */
const ownPrice = (product: StoredRow | undefined, { currency, variant }: PriceAsk): readonly PriceRule[] => {
  const price = product?.['list_price'];
  if (product === undefined || typeof price !== 'number') return [];
  const row: PriceRow = {
    id: product.id,
    product: product.id,
    group: null,
    uom: null,
    min: null,
    max: null,
    mode: null,
    basis: null,
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
    channel: null,
  };
  return [toRule(row, currency, { variant })];
};

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

/** What is asked, but for what counts besides the line: that hangs on the prices there are. */
const askOf = (line: Cells, document: Cells | undefined, product: string, { read, today }: Asking): PriceAsk | null => {
  const goods = goodsOf(product, read);
  if (goods === null) return null;
  const account = text(document?.['account_id']);
  const uom = text(line['uom']);
  const baseUom = goods.baseUom ?? uom ?? '';
  return {
    ...goods,
    account,
    parents: parentsOf(account, read),
    site: text(document?.['site_id']),
    tier: account === null ? null : text(read.get('accounts', account)?.['tier']),
    channel: channelOf(document?.['sales_channel']),
    uom: uom ?? baseUom,
    baseUom,
    qty: typeof line['qty'] === 'number' ? line['qty'] : 0,
    beside: new Map(),
    currency: text(document?.['currency']) ?? '',
    date: priceDay(document, today),
    agreed: quotedPrice(line, read),
  };
};

const bookOf = (ask: PriceAsk, read: Reader): PriceBook => {
  const { variant, product, groups } = ask;
  const accounts = ask.account === null ? [] : [ask.account, ...ask.parents];
  const keys: PriceKeys = { variant, product, groups, accounts };
  // A price without a currency anywhere is in the company's own.
  const currency = baseCurrency(read) ?? ask.currency;
  return {
    levels: levelsOf(read),
    rules: [
      ...read.pricesFor(keys).map((row) => toRule(row, currency, ask)),
      ...[variant, product].flatMap((id) => (id === null ? [] : ownPrice(read.get('products', id), ask))),
    ],
    promotions: read.promotionsFor(keys).map((row) => toPromotion(row, ask)),
  };
};

/** @param today ISO day, for documents that say none @param toBe lines of the document that are being changed */
export type Asking = { readonly read: Reader; readonly today: string; readonly toBe?: LinesToBe };

const NOTHING: LinesToBe = new Map();

export type Asked = { readonly ask: PriceAsk; readonly trace: Trace };

/** The price of a line as it stands, and what was asked; null where it has no product to look for. */
export const priceLine = (line: Cells, document: Cells | undefined, asking: Asking): Asked | null => {
  const { read, toBe = NOTHING } = asking;
  const id = text(line['product_id']);
  const plain = id === null ? null : askOf(line, document, id, asking);
  if (plain === null) return null;
  const book = bookOf(plain, read);
  const ask = { ...plain, beside: besideLine(book.rules, { line, ask: plain, read, toBe }) };
  return { ask, trace: resolvePrice(ask, book) };
};
