/**
 * What a document in other money is by (M6): the rate that stands on it since it was agreed on; of a draft, the last one
 * known on its day.
 */
import type { Exchange } from '../../../../shared/domain/credit/settle.ts';
import { convertPrice, fromBase, readFx, toBase, writeFx, type Fx } from '../../../../shared/domain/fx.ts';
import { isFrozen } from '../../../../shared/domain/lifecycle.ts';
import { papers, type DocumentTable, type PaperTable } from '../../../../shared/model/documents.ts';
import type { Reader, StorePatch, StoredRow } from '../../store/api.ts';
import { baseCurrency } from '../company/company.ts';
import { currencyOf } from '../records/fields.ts';
import { textOf } from '../billing/receivables.ts';

/** Later days first; of one day the row made last. */
const later = (a: StoredRow, b: StoredRow): number => {
  const [x, y] = [`${textOf(a['rated_on'])} ${a.id}`, `${textOf(b['rated_on'])} ${b.id}`];
  return x < y ? 1 : -1;
};

/** @param day ISO day; null = now */
const rateOn = (currency: string, day: string | null, read: Reader): Fx | null => {
  const base = baseCurrency(read);
  if (base === null || currency === base) return null;
  const [row] = read
    .match('exchange_rates', 'currency', currency)
    .flatMap((id) => read.get('exchange_rates', id) ?? [])
    .filter(
      ({ rate, rated_on: on }) => typeof rate === 'number' && rate > 0 && typeof on === 'string' && (day === null || on <= day),
    )
    .toSorted(later);
  if (row === undefined) return null;
  const way = row['way'] === 'ours' ? 'ours' : 'theirs';
  return { base, rate: Number(row['rate']), way, on: String(row['rated_on']), source: textOf(row['source']) ?? '' };
};

const DAYS = { orders: 'ordered_on', quotes: 'quoted_on', invoices: 'issued_on' } as const;

const isAgreedOn = (table: PaperTable, document: StoredRow): boolean =>
  isFrozen(papers[table].lifecycle, String(document['status']));

/** Null where a document is in the company's own money, or no rate is known on its day. */
const fxOf = (table: PaperTable, document: StoredRow, read: Reader): Fx | null => {
  const stands = readFx(document['fx_policy']);
  if (stands !== null || isAgreedOn(table, document)) return stands;
  return rateOn(currencyOf(table, document, read) ?? '', textOf(document[DAYS[table]]), read);
};

/** What is written on a document when it is agreed on; nothing where it stands there already, or no rate is known. */
export const agreedFx = (table: PaperTable, id: string, day: string, read: Reader): readonly StorePatch[] => {
  const document = read.get(table, id);
  if (document === undefined || readFx(document['fx_policy']) !== null) return [];
  const fx = rateOn(currencyOf(table, document, read) ?? '', textOf(document[DAYS[table]]) ?? day, read);
  return fx === null ? [] : [{ kind: 'update', table, id, values: { fx_policy: writeFx(fx) } }];
};

/** Minor units of one currency as those of another. */
export type Convert = (amount: bigint) => bigint;

/** Money with what it is in the company's own by; null = it is the company's own. */
type Money = { readonly currency: string; readonly fx: Fx | null };

const across = (amount: bigint, from: Money, to: Money): bigint => {
  const inBase = from.fx === null ? amount : toBase(amount, from.currency, from.fx);
  return to.fx === null ? inBase : fromBase(inBase, to.currency, to.fx);
};

/**
 * Amounts of a document in the currency an account is judged in: by the document's own rate, and where that currency is not
 * the company's either, by the rate of the day. Null where a rate is missing.
 */
export const converterOf = (
  table: PaperTable,
  document: StoredRow,
  { to, today, read }: { readonly to: string; readonly today: string; readonly read: Reader },
): Convert | null => {
  const from = currencyOf(table, document, read) ?? '';
  if (from === to) return (amount) => amount;
  const base = baseCurrency(read);
  const own = from === base ? null : fxOf(table, document, read);
  const other = to === base ? null : rateOn(to, today, read);
  const isKnown = (from === base || own?.base === base) && (to === base || other !== null);
  return isKnown ? (amount) => across(amount, { currency: from, fx: own }, { currency: to, fx: other }) : null;
};

type Asked = { readonly from: string; readonly to: string; readonly day: string; readonly read: Reader };

const same: Convert = (amount) => amount;

/** Money of one currency as that of another by the rates of a day, both ways, and the rate it is by; null where one is missing. */
export const exchangeOn = ({ from, to, day, read }: Asked): (Exchange & { readonly fx: Fx | null }) | null => {
  if (from === to) return { there: same, back: same, fx: null };
  const base = baseCurrency(read);
  const [a, b] = [from, to].map((currency) => ({ currency, fx: currency === base ? null : rateOn(currency, day, read) }));
  if (a === undefined || b === undefined || [a, b].some(({ currency, fx }) => currency !== base && fx === null)) return null;
  return { there: (amount) => across(amount, a, b), back: (amount) => across(amount, b, a), fx: a.fx ?? b.fx };
};

/**
 * The cost of a product for one of its units in the money of a document, at 10^-6 (A1): by the document's own rate, and what
 * is in money of yet another kind by the rate of the document's day. Null where there is none, or a rate is missing.
 */
export const costIn = (
  table: DocumentTable,
  document: StoredRow | undefined,
  product: StoredRow | undefined,
  read: Reader,
): number | null => {
  const cost = product?.['cost'];
  if (typeof cost !== 'number') return null;
  const from = textOf(product?.['currency']);
  const to = document === undefined ? null : (currencyOf(table, document, read) ?? null);
  if (from === null || from === to) return cost;
  const base = baseCurrency(read);
  if (document === undefined || to === null || base === null) return null;
  const ofDocument = to === base ? null : fxOf(table, document, read);
  const ofCost = from === base ? null : rateOn(from, textOf(document[DAYS[table]]), read);
  const isKnown = (to === base || ofDocument?.base === base) && (from === base || ofCost !== null);
  return isKnown ? convertPrice(cost, ofCost, ofDocument) : null;
};

/** A total in the company's own currency and what it is by, as the workbench says it. */
export const baseTotalOf = (table: PaperTable, document: StoredRow, total: bigint, read: Reader) => {
  const fx = fxOf(table, document, read);
  if (fx === null) return null;
  const { base, rate, way, on, source } = fx;
  return { currency: base, total: String(toBase(total, currencyOf(table, document, read) ?? '', fx)), rate, way, on, source };
};
