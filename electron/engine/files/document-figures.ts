/** Figures and days as a document says them, in its locale: amounts of one currency, days always with their year. */
import { minorDigits } from '../../../shared/domain/currency.ts';
import { formatDate, formatMoney, formatScaled } from '../../../shared/domain/format.ts';
import type { DocumentData } from './document.ts';

const MICRO_DIGITS = 6;
/** A fraction in millionths as a percentage has so many digits. */
const PERCENT_DIGITS = 4;

export type Figures = {
  /** Minor units. */
  readonly money: (value: bigint) => string;
  /** Millionths of the currency: as many decimals as it has, more where they are needed. */
  readonly price: (value: number) => string;
  readonly quantity: (value: number) => string;
  /** Without the sign. */
  readonly percent: (value: number) => string;
  readonly day: (iso: string) => string;
};

/** @param clean text as the font shows it: a day whose words it lacks is written in figures */
export const createFigures = (
  { locale, currency }: Pick<DocumentData, 'locale' | 'currency'>,
  clean: (text: string) => string,
): Figures => ({
  money: (value) => clean(formatMoney(String(value), currency, locale)),
  price: (value) => clean(formatScaled(value, MICRO_DIGITS, minorDigits(currency), MICRO_DIGITS, locale)),
  quantity: (value) => clean(formatScaled(value, MICRO_DIGITS, 0, MICRO_DIGITS, locale)),
  percent: (value) => clean(formatScaled(value, PERCENT_DIGITS, 0, PERCENT_DIGITS, locale)),
  day: (iso) => {
    const text = formatDate(iso, locale);
    return clean(text).includes('\ufffd') ? iso : clean(text);
  },
});
