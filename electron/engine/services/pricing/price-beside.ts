/**
 * What counts towards the bands of prices besides a line (P6): the other lines of its document that are of the same group,
 * or what the account bought in the period. Quantities in the products' own units at 10^-12, and only of goods that are
 * measured alike. Everything is added, so that the order the rows come in makes no difference on any device.
 */
import type { Scalar } from '../../../../shared/domain/kinds.ts';
import { factorOf } from '../../../../shared/domain/pricing/candidates.ts';
import type { PriceAsk, PriceRule } from '../../../../shared/domain/pricing/types.ts';
import { isCounted } from '../../../../shared/domain/quote/options.ts';
import { documents, documentTables, type DocumentTable } from '../../../../shared/model/documents.ts';
import type { Reader, StoredRow } from '../../store/api.ts';
import { goodsOf, type Goods } from './price-goods.ts';
import { optionOf } from '../quotes/quote-rows.ts';

export type Cells = Readonly<Record<string, Scalar | undefined>>;

/** Lines as they are about to stand, by their ids; null = about to go. */
export type LinesToBe = ReadonlyMap<string, Cells | null>;

type Asked = { readonly line: Cells; readonly ask: PriceAsk; readonly read: Reader; readonly toBe: LinesToBe };

/** Some of some goods. */
type Amount = { readonly goods: Goods; readonly amount: bigint };

const amountOf = (product: Scalar | undefined, uom: Scalar | undefined, qty: Scalar | undefined, read: Reader): Amount | null => {
  const goods = typeof product === 'string' ? goodsOf(product, read) : null;
  if (goods === null || typeof qty !== 'number') return null;
  const { units, baseUom } = goods;
  const factor = factorOf(typeof uom === 'string' && uom !== '' ? uom : null, { baseUom: baseUom ?? '', units });
  return factor === null ? null : { goods, amount: BigInt(qty) * BigInt(factor) };
};

const groupOf = (table: DocumentTable, row: Cells): string | null =>
  table === 'orders' ? null : optionOf({ ...row, id: String(row['id']) }).group;

/** The other lines of the document that are in its total, whatever they are of; none that the line would take the place of. */
const otherLines = ({ line, read, toBe }: Asked): readonly Cells[] =>
  documentTables.flatMap((table) => {
    const { lines, link } = documents[table];
    const document = line[link];
    if (typeof document !== 'string') return [];
    const stored = read.children(lines, document).filter(({ id }) => !toBe.has(id));
    const coming = [...toBe].flatMap(([id, cells]) => (cells === null ? [] : [{ ...cells, id }]));
    const group = groupOf(table, line);
    const isOther = (row: StoredRow | (Cells & { readonly id: string })): boolean =>
      row.id !== line['id'] &&
      (table === 'orders' || isCounted(optionOf(row))) &&
      (group === null || groupOf(table, row) !== group);
    return [...stored, ...coming].filter(isOther);
  });

/** What comes back counts with what comes back, and what goes out with what goes out. */
const isSameWay = (qty: Scalar | undefined, { ask }: Asked): boolean => typeof qty === 'number' && qty < 0 === ask.qty < 0;

const linesBeside = (asked: Asked): readonly Amount[] =>
  otherLines(asked)
    .filter(({ qty }) => isSameWay(qty, asked))
    .flatMap((row) => amountOf(row['product_id'], row['uom'], row['qty'], asked.read) ?? [])
    .map(({ goods, amount }) => ({ goods, amount: amount < 0n ? -amount : amount }));

/** The days a period has before the day of the price: those the price holds, and without a start the calendar year's. */
const startOf = ({ from }: PriceRule, { date }: PriceAsk): string => from ?? `${date.slice(0, 4)}-01-01`;

const boughtSince = (from: string, { line, ask, read }: Asked): readonly Amount[] => {
  if (ask.account === null) return [];
  const order = typeof line['order_id'] === 'string' ? line['order_id'] : null;
  return read
    .boughtBy({ account: ask.account, from, to: ask.date, without: order })
    .flatMap(({ product, uom, qty }) => amountOf(product, uom, qty, read) ?? []);
};

/** Whether what a rule adds up takes some goods in: those it is for, and where lines are added up by group those of the group. */
const takesIn = ({ basis, variant, product, group }: PriceRule, { groups: own }: PriceAsk, goods: Goods): boolean => {
  if (group !== null) return goods.groups.includes(group);
  if (basis === 'group') return own[0] !== undefined && goods.groups.includes(own[0]);
  return variant === null ? product === null || product === goods.product : variant === goods.variant;
};

const sumOf = (rule: PriceRule, amounts: readonly Amount[], { ask }: Asked): bigint => {
  const sum = amounts
    .filter(({ goods }) => (goods.baseUom ?? '') === ask.baseUom && takesIn(rule, ask, goods))
    .reduce((total, { amount }) => total + amount, 0n);
  return sum > 0n ? sum : 0n;
};

/** What counts besides a line, by the ids of the rules that count more than the line. */
export const besideLine = (rules: readonly PriceRule[], asked: Asked): PriceAsk['beside'] => {
  const byGroup = rules.filter(({ basis }) => basis === 'group');
  const byPeriod = rules.filter(({ basis }) => basis === 'period');
  const lines = byGroup.length === 0 ? [] : linesBeside(asked);
  const starts = new Set(byPeriod.map((rule) => startOf(rule, asked.ask)));
  const bought = new Map([...starts].map((from) => [from, boughtSince(from, asked)] as const));
  return new Map([
    ...byGroup.map((rule) => [rule.id, sumOf(rule, lines, asked)] as const),
    ...byPeriod.map((rule) => [rule.id, sumOf(rule, bought.get(startOf(rule, asked.ask)) ?? [], asked)] as const),
  ]);
};
