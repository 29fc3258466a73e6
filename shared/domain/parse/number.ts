/**
 * Text to an exact number in the manner of a locale (UX.md 2.4). Groups must be groups of three: `12,50` where the
 * comma groups is refused and not read as 1250.
 */
import { currenciesOf } from '../currency.ts';
import { readDecimal, type Fraction } from '../decimal.ts';
import type { LocaleStyle } from '../locale.ts';
import { evaluate } from './arithmetic.ts';

export type NumberRead = {
  readonly value: Fraction;
  /** What a currency sign or code beside the number can mean; empty where there is none. */
  readonly currencies: readonly string[];
  readonly isPercent: boolean;
  /** A sum was worked out, or the digits are the noise of a binary float: rounding to the field is expected. */
  readonly isInexact: boolean;
};

type NumberStyle = Pick<LocaleStyle, 'decimals' | 'groups'>;

const MAX_LENGTH = 200;
/** A binary float has 15 sure digits; `0.30000000000000004` is 0.3. */
const SURE_DIGITS = 15;

const inClass = (signs: string): string => signs.replace(/[\]\\^-]/g, '\\$&');

const patterns = new Map<string, { readonly whole: RegExp; readonly at: RegExp }>();
const patternOf = ({ decimals, groups }: NumberStyle) => {
  const key = `${decimals}|${groups}`;
  const known = patterns.get(key);
  if (known) return known;
  const [d, g] = [inClass(decimals), inClass(groups)];
  // No group begins with a nought: `0,005` is a decimal comma, and where the comma groups it is refused.
  const source = `(?:[1-9]\\d{0,2}(?:([${g}])\\d{3}(?:\\1\\d{3})*)(?!\\d)|\\d+)(?:[${d}]\\d*)?|[${d}]\\d+`;
  const made = { whole: new RegExp(`^(?:${source})(?:[eE][+-]?\\d{1,2})?$`, 'u'), at: new RegExp(source, 'uy') };
  patterns.set(key, made);
  return made;
};

/** Every kind of space is one space, every kind of minus is one minus. */
const plainSigns = (text: string): string =>
  text
    .replace(/\s+/gu, ' ')
    .replace(/[−–‐‑]/gu, '-')
    .trim();

/** To `-12.5`: groups go, the decimal sign becomes a point. The last sign that can be a decimal one is it. */
const toPlain = (text: string, { decimals, groups }: NumberStyle): string => {
  const last = Math.max(...[...decimals].map((sign) => text.lastIndexOf(sign)));
  const strip = (part: string): string => [...part].filter((char) => !groups.includes(char)).join('');
  return last < 0 ? strip(text) : `${strip(text.slice(0, last))}.${text.slice(last + 1)}`;
};

const CURRENCY = /^([-+(]?) ?([\p{L}\p{Sc}]{1,4}\$?) ?(?=[-+(\d.,])|(?<=[\d.,)]-?) ?([\p{L}\p{Sc}]{1,3}\.?)([)-]?)$/u;

type Stripped = { readonly text: string; readonly currencies: readonly string[] };

/** Takes one currency sign or code off either end; null where letters are there that name no currency. */
const stripCurrency = (text: string): Stripped | null => {
  const match = CURRENCY.exec(text);
  if (!match) return { text, currencies: [] };
  const [all, before = '', front, back, after = ''] = match;
  const currencies = currenciesOf((front ?? back ?? '').replace('.', ''));
  if (currencies.length === 0) return null;
  return { text: front === undefined ? text.slice(0, -all.length) + after : before + text.slice(all.length), currencies };
};

/** `(12.50)` and `12,5-` are negative. Null where two signs meet. */
const stripSign = (text: string): { readonly text: string; readonly isNegative: boolean } | null => {
  const bare = text.trim();
  const bracket = /^\(\s*([^()+-]+)\s*\)$/.exec(bare)?.[1];
  if (bracket !== undefined) return { text: bracket.trim(), isNegative: true };
  const [, front = '', middle = '', back = ''] = /^([-+]?)\s*(.*?)\s*(-?)$/.exec(bare) ?? [];
  return front !== '' && back !== '' ? null : { text: middle, isNegative: front === '-' || back === '-' };
};

const literal = (text: string, style: NumberStyle): { readonly value: Fraction; readonly digits: number } | null => {
  const signed = stripSign(text);
  if (signed === null || !patternOf(style).whole.test(signed.text)) return null;
  const plain = toPlain(signed.text, style);
  const value = readDecimal(plain);
  if (value === null) return null;
  const digits = plain.replace(/[eE].*$/, '').replace(/^[0.]+|\./g, '').length;
  return { value: signed.isNegative ? { ...value, top: -value.top } : value, digits };
};

/** Reads a number; null where the text is none. @param arithmetic whether sums may be worked out: typed, not from files */
export const readNumber = (raw: string, style: NumberStyle, arithmetic: boolean): NumberRead | null => {
  if (raw.length > MAX_LENGTH) return null;
  const text = plainSigns(raw);
  const isPercent = /^%|%(?=[)-]?$)/.test(text);
  const stripped = stripCurrency(isPercent ? text.replace('%', '').trim() : text);
  if (stripped !== null) {
    const read = literal(stripped.text, style);
    if (read !== null) {
      return { value: read.value, currencies: stripped.currencies, isPercent, isInexact: read.digits >= SURE_DIGITS };
    }
  }
  if (!arithmetic || isPercent) return null;
  const value = evaluate(text, patternOf(style).at, (found) => toPlain(found, style));
  return value === null ? null : { value, currencies: [], isPercent: false, isInexact: true };
};
