/**
 * Decimal text to scaled integers and back, exactly. No float is ever between: `0.1` at 6 digits is 100000.
 * The text here is the plain form (`-12.5`), for files, views and the wire; what people type is read in parse/.
 */

const PLAIN = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

export const tenTo = (digits: number): bigint => 10n ** BigInt(digits);

export type Rounding = 'half_up' | 'half_even' | 'up' | 'down';

const abs = (value: bigint): bigint => (value < 0n ? -value : value);

/**
 * A quotient rounded to a whole number. `half_up` takes halves away from zero (M1), `half_even` to the even
 * neighbour, `up` away from zero, `down` towards it.
 */
export const divideRounded = (numerator: bigint, denominator: bigint, mode: Rounding = 'half_up'): bigint => {
  const whole = abs(numerator) / abs(denominator);
  const rest = abs(numerator) % abs(denominator);
  const twice = 2n * rest - abs(denominator);
  const isUp =
    mode === 'up'
      ? rest > 0n
      : mode === 'down'
        ? false
        : twice > 0n || (twice === 0n && (mode === 'half_up' || whole % 2n === 1n));
  const size = isUp ? whole + 1n : whole;
  return numerator < 0n === denominator < 0n ? size : -size;
};

/** An exact fraction: what typed arithmetic gives before it is brought to a field's scale. */
export type Fraction = { readonly top: bigint; readonly bottom: bigint };

/** A plain decimal as a fraction; null where the text is none. */
export const readDecimal = (text: string): Fraction | null => {
  const match = PLAIN.exec(text.trim());
  if (!match) return null;
  const [, sign = '', whole = '', part = '', power = '0'] = match;
  if (whole === '' && part === '') return null;
  const exponent = Number(power) - part.length;
  const size = BigInt(`${whole}${part}`) * (sign === '-' ? -1n : 1n);
  return exponent >= 0 ? { top: size * tenTo(exponent), bottom: 1n } : { top: size, bottom: tenTo(-exponent) };
};

/** A fraction as an integer of 10^-digits; null where it does not fit exactly. */
export const scaleExactly = ({ top, bottom }: Fraction, digits: number): bigint | null => {
  const scaled = top * tenTo(digits);
  return scaled % bottom === 0n ? scaled / bottom : null;
};

/** `12.50` at 6 digits is 12500000n; null where the text is no decimal or has more digits than fit. */
export const toScaled = (text: string, digits: number): bigint | null => {
  const value = readDecimal(text);
  return value === null ? null : scaleExactly(value, digits);
};

/** 12500000 at 6 digits is `12.5`; `places` zeros are kept at least. */
export const fromScaled = (value: bigint | number, digits: number, places = 0): string => {
  const whole = BigInt(value);
  const text = abs(whole)
    .toString()
    .padStart(digits + 1, '0');
  const cut = text.length - digits;
  const part = text.slice(cut).replace(/0+$/, '').padEnd(places, '0');
  return `${whole < 0n ? '-' : ''}${text.slice(0, cut)}${part === '' ? '' : `.${part}`}`;
};
