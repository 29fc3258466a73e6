/**
 * The brief of an account: what a person reads in the car before going in. Its parts, in the order they are read, and what
 * each says where there is nothing to say. The screen and the paper have them from here.
 */
import { minorDigits } from './currency.ts';
import { formatDate, formatMoney, formatScaled } from './format.ts';

export const briefParts = [
  { key: 'since', label: 'Since then', none: 'Nothing happened that is on record.' },
  { key: 'late', label: 'On the way and late', none: 'Nothing is late, and nothing is due in the next two weeks.' },
  { key: 'issues', label: 'Issues, queries, claims and returns', none: 'None is open.' },
  { key: 'promises', label: 'Promises and tasks', none: 'We owe them nothing.' },
  { key: 'money', label: 'Money', none: 'No invoice is overdue, and no payment is promised.' },
  { key: 'prices', label: 'Prices that change', none: 'No price of theirs changes.' },
  { key: 'renewals', label: 'Offers and agreements that end', none: 'None ends in the next three months.' },
  { key: 'whitespace', label: 'Worth a word', none: 'They buy what they usually buy, as often as they do.' },
] as const;

export type BriefPart = (typeof briefParts)[number]['key'];

/** Days that are looked back where nobody was ever there. */
export const BRIEF_DAYS_BACK = 90;
/** Days ahead: what is due soon, and what ends in time to talk about it. */
export const BRIEF_DAYS_DUE = 14;
export const BRIEF_DAYS_ENDING = 92;
/** Rows of a part; what is more is counted. */
export const BRIEF_ROWS = 25;

type Row = {
  readonly money: number | null;
  readonly price: { readonly now: number; readonly before: number | null } | null;
  readonly currency: string | null;
};

const MICRO_DIGITS = 6;

/** A price with as many decimals as its currency has, more where they are needed. @param value millionths */
const priceText = (value: number, currency: string | null, locale: string): string =>
  formatScaled(value, MICRO_DIGITS, minorDigits(currency), MICRO_DIGITS, locale);

/** What a row is worth, or what its price was and is; empty where it is about no money. */
export const briefAmount = ({ money, price, currency }: Row, locale: string): string => {
  const text =
    price === null
      ? money === null || money === 0
        ? ''
        : formatMoney(money, currency, locale)
      : [price.before, price.now].flatMap((one) => (one === null ? [] : [priceText(one, currency, locale)])).join(' → ');
  return text === '' ? '' : `${text} ${currency ?? ''}`.trim();
};

/** From when on it tells, and why from then. */
export const briefIntro = (
  { since, visit }: { readonly since: string; readonly visit: { readonly summary: string } | null },
  locale: string,
): string => {
  const day = formatDate(since, locale);
  if (visit === null) return `Since ${day}`;
  return `Since the visit of ${day}${visit.summary === '' ? '' : `: ${visit.summary}`}`;
};

/** Said below a part that has more than is listed. */
export const briefMore = ({ total, rows }: { readonly total: number; readonly rows: readonly unknown[] }): string =>
  total > rows.length ? `and ${total - rows.length} more` : '';
