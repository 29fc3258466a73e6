/**
 * The sums people type into a number cell: `16.99*12`, `=(4+8)*3`. Numbers, + − × ÷ and brackets, in exact
 * fractions; nothing else is ever evaluated, and no name is ever looked up.
 */
import { readDecimal, type Fraction } from '../decimal.ts';

const MAX_LENGTH = 120;
const SIGNS: Readonly<Record<string, string>> = { '×': '*', '÷': '/', '−': '-', ':': '/' };

type Token = Fraction | '+' | '-' | '*' | '/' | '(' | ')';

const add = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom });
const multiply = (a: Fraction, b: Fraction): Fraction => ({ top: a.top * b.top, bottom: a.bottom * b.bottom });
const negate = ({ top, bottom }: Fraction): Fraction => ({ top: -top, bottom });
const divide = (a: Fraction, b: Fraction): Fraction | null =>
  b.top === 0n ? null : { top: a.top * b.bottom * (b.top < 0n ? -1n : 1n), bottom: a.bottom * (b.top < 0n ? -b.top : b.top) };

const isOperator = (text: string): text is Exclude<Token, Fraction> => text.length === 1 && '+-*/()'.includes(text);

/** @param numberAt a sticky expression of one number, @param plain brings what it found to plain decimal form */
const tokenise = (text: string, numberAt: RegExp, plain: (found: string) => string): readonly Token[] | null => {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length;) {
    const char = text[at] ?? '';
    const sign = SIGNS[char] ?? char;
    if (char === ' ') at += 1;
    else if (isOperator(sign)) {
      tokens.push(sign);
      at += 1;
    } else {
      numberAt.lastIndex = at;
      const found = numberAt.exec(text)?.[0];
      const value = found === undefined ? null : readDecimal(plain(found));
      if (found === undefined || value === null) return null;
      tokens.push(value);
      at += found.length;
    }
  }
  return tokens;
};

/** sum := product (± product)*; product := factor (×÷ factor)*; factor := ± factor | ( sum ) | number */
const evaluateTokens = (tokens: readonly Token[]): Fraction | null => {
  let at = 0;
  const take = (...wanted: readonly Token[]): Token | null => {
    const token = tokens[at];
    if (token === undefined || !wanted.includes(token)) return null;
    at += 1;
    return token;
  };
  const factor = (): Fraction | null => {
    const sign = take('+', '-');
    if (sign !== null) {
      const value = factor();
      return value !== null && sign === '-' ? negate(value) : value;
    }
    if (take('(') !== null) {
      const value = sum();
      return take(')') === null ? null : value;
    }
    const token = tokens[at];
    if (typeof token !== 'object') return null;
    at += 1;
    return token;
  };
  const chain = (
    part: () => Fraction | null,
    signs: readonly Token[],
    join: (a: Fraction, sign: Token, b: Fraction) => Fraction | null,
  ) => {
    let value = part();
    for (let sign = take(...signs); value !== null && sign !== null; sign = take(...signs)) {
      const next = part();
      value = next === null ? null : join(value, sign, next);
    }
    return value;
  };
  const product = (): Fraction | null =>
    chain(factor, ['*', '/'], (a, sign, b) => (sign === '*' ? multiply(a, b) : divide(a, b)));
  const sum = (): Fraction | null => chain(product, ['+', '-'], (a, sign, b) => add(a, sign === '-' ? negate(b) : b));
  const value = sum();
  return at === tokens.length ? value : null;
};

/** The value of a sum, or null where the text is none. A division by zero is none. */
export const evaluate = (text: string, numberAt: RegExp, plain: (found: string) => string): Fraction | null => {
  if (text.length > MAX_LENGTH) return null;
  const tokens = tokenise(text.replace(/^=/, ''), numberAt, plain);
  return tokens === null || tokens.length === 0 ? null : evaluateTokens(tokens);
};
