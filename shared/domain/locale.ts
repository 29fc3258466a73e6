/**
 * How a locale writes numbers and days, taken from the platform once per locale and kept. Reading and writing
 * both stand on this, so that what an editor shows can always be read back.
 */
import { foldText } from './fold.ts';

export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export type LocaleStyle = {
  readonly locale: string;
  /** The decimal sign that is written. */
  readonly decimal: string;
  /** Every sign that is read as one: `.` too, where it groups no digits. */
  readonly decimals: string;
  /** Every sign that may stand between groups of three digits. */
  readonly groups: string;
  readonly dateOrder: DateOrder;
  readonly dateSeparator: string;
  /** Folded names and short names, English ones too. */
  readonly months: ReadonlyMap<string, number>;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekdays: ReadonlyMap<string, number>;
  /** Words for days: -1 yesterday, 0 today, 1 tomorrow. */
  readonly dayWords: ReadonlyMap<string, number>;
};

/** All spaces are read as one before any of this is asked. */
const ALWAYS_GROUPS = " '’";

const word = (text: string): string => foldText(text).replaceAll('.', '').trim();

const names = (locales: readonly string[], count: number, day: (n: number) => number, options: Intl.DateTimeFormatOptions[]) => {
  const found = new Map<string, number>();
  for (const locale of locales) {
    for (const option of options) {
      const format = new Intl.DateTimeFormat(locale, { ...option, timeZone: 'UTC' });
      for (let n = 1; n <= count; n += 1) {
        const name = word(format.formatToParts(day(n)).find(({ type }) => type in option)?.value ?? '');
        if (name !== '' && !/^\d/.test(name)) found.set(name, found.get(name) ?? n);
      }
    }
  }
  return found;
};

const monthNames = (locales: readonly string[]) =>
  names(locales, 12, (n) => Date.UTC(2026, n - 1, 15), [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
  ]);

/** 5 January 2026 is a Monday. */
const weekdayNames = (locales: readonly string[]) =>
  names(locales, 7, (n) => Date.UTC(2026, 0, 4 + n), [{ weekday: 'long' }, { weekday: 'short' }]);

const dayWords = (locales: readonly string[]): ReadonlyMap<string, number> => {
  const found = new Map<string, number>([['t', 0]]);
  for (const locale of locales) {
    const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
    for (const offset of [-1, 0, 1]) found.set(word(relative.format(offset, 'day')), offset);
  }
  return found;
};

const dateStyle = (locale: string): { readonly dateOrder: DateOrder; readonly dateSeparator: string } => {
  const parts = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
    timeZone: 'UTC',
  }).formatToParts(0);
  const order = parts.map(({ type }) => (type === 'day' ? 'd' : type === 'month' ? 'm' : type === 'year' ? 'y' : '')).join('');
  const separator = parts.find(({ type }) => type === 'literal')?.value.trim() ?? '';
  return {
    dateOrder: order === 'mdy' || order === 'ymd' ? order : 'dmy',
    dateSeparator: ['.', '/', '-'].includes(separator) ? separator : '/',
  };
};

const makeStyle = (locale: string): LocaleStyle => {
  const parts = new Intl.NumberFormat(locale, { numberingSystem: 'latn', useGrouping: true }).formatToParts(1_234_567.8);
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.';
  const group = parts.find(({ type }) => type === 'group')?.value ?? '';
  const locales = locale.startsWith('en') ? [locale] : [locale, 'en'];
  return {
    locale,
    ...numberStyle(decimal, group),
    ...dateStyle(locale),
    months: monthNames(locales),
    weekdays: weekdayNames(locales),
    dayWords: dayWords(locales),
  };
};

/** The number part of a style, for files whose decimal sign is known better than their locale. */
const numberStyle = (decimal: string, group: string): Pick<LocaleStyle, 'decimal' | 'decimals' | 'groups'> => ({
  decimal,
  decimals: decimal === ',' && group !== '.' ? ',.' : decimal,
  groups: ALWAYS_GROUPS + (/[.,]/.test(group) ? group : ''),
});

const styles = new Map<string, LocaleStyle>();

/** @param locale BCP 47; one the platform does not know gives its default */
export const styleOf = (locale: string): LocaleStyle => {
  const known = styles.get(locale);
  if (known) return known;
  const style = makeStyle(locale);
  styles.set(locale, style);
  return style;
};

/** A name in a map by its whole or by a beginning of three letters or more that only one name has. */
export const findName = (known: ReadonlyMap<string, number>, text: string): number | null => {
  const sought = word(text);
  const exact = known.get(sought);
  if (exact !== undefined) return exact;
  if (sought.length < 3) return null;
  const found = new Set([...known].filter(([name]) => name.startsWith(sought)).map(([, n]) => n));
  const [only] = found;
  return found.size === 1 && only !== undefined ? only : null;
};
