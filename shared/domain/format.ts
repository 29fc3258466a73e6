/**
 * Values to text: as a grid shows them, and as an editor opens them. What an editor opens, parse/ reads back as the
 * same value. Formatters are made once per locale and digits; exact decimals go in as text, so no float rounds them.
 */
import { minorDigits } from './currency.ts';
import { dayIn, instantAt, yearOf } from './dates.ts';
import { fromScaled } from './decimal.ts';
import type { Kind, Scalar } from './kinds.ts';
import { stateOf } from './lifecycle.ts';
import { styleOf } from './locale.ts';
import type { CellField } from './parse/cell.ts';
import { listItems, writeList } from './parse/list.ts';

export type FormatContext = {
  /** BCP 47. */
  readonly locale: string;
  readonly zone: string;
  /** Today in the company's zone: its year is not shown. */
  readonly today: string;
  readonly currency: string | null;
  /** What a link shows: a title in a grid, a code in an editor. */
  readonly label?: (id: string) => string | null;
};

const cached = <T>(make: (key: string) => T): ((key: string) => T) => {
  const known = new Map<string, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const made = make(key);
    known.set(key, made);
    return made;
  };
};

const numberFormat = cached((key) => {
  const [locale, least, most] = key.split('|');
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: Number(least),
    maximumFractionDigits: Number(most),
    numberingSystem: 'latn',
  });
});

const dateFormat = cached((key) => {
  const [locale, parts] = key.split('|');
  const options: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', timeZone: 'UTC', calendar: 'gregory' };
  return new Intl.DateTimeFormat(locale, parts === 'year' ? { ...options, year: 'numeric' } : options);
});

const timeFormat = cached((key) => {
  const [locale, zone] = key.split('|');
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone });
});

/** The minus people read, U+2212. */
const realMinus = (text: string): string => text.replaceAll('-', '−');

const isDecimalText = (text: string): text is `${number}` => /^-?\d+(?:\.\d+)?$/.test(text);

/**
 * A scaled integer (or a sum of such as a decimal string) as a number of the locale.
 * @param digits of the scale, @param least and most decimals shown
 */
export const formatScaled = (value: number | string, digits: number, least: number, most: number, locale: string): string => {
  const text = fromScaled(BigInt(value), digits);
  return isDecimalText(text) ? realMinus(numberFormat(`${locale}|${least}|${Math.max(least, most)}`).format(text)) : text;
};

/** Minor units as an amount without a sign: the header or the record says the currency. */
export const formatMoney = (value: number | string, currency: string | null, locale: string): string => {
  const digits = minorDigits(currency);
  return formatScaled(value, digits, digits, digits, locale);
};

/** `12 Mar`, with the year when it is not this one. */
const formatDay = (day: string, { locale, today }: Pick<FormatContext, 'locale' | 'today'>): string =>
  dateFormat(`${locale}|${yearOf(day) === yearOf(today) ? '' : 'year'}`).format(new Date(`${day}T00:00:00Z`));

/** `12 Mar 2026`: a day on paper, which outlives the year. */
export const formatDate = (day: string, locale: string): string =>
  dateFormat(`${locale}|year`).format(new Date(`${day}T00:00:00Z`));

export const formatInstant = (ms: number, context: FormatContext): string =>
  `${formatDay(dayIn(context.zone, ms), context)} ${timeFormat(`${context.locale}|${context.zone}`).format(ms)}`;

/** `2 h 10 m`; below a minute in seconds. */
export const formatDuration = (ms: number): string => {
  const size = Math.abs(ms);
  const minutes = Math.round(size / 60_000);
  const parts =
    size < 60_000
      ? [[Math.round(size / 1000), 's']]
      : [
          [Math.floor(minutes / 1440), 'd'],
          [Math.floor(minutes / 60) % 24, 'h'],
          [minutes % 60, 'm'],
        ].filter(([count]) => count !== 0);
  return `${ms < 0 ? '−' : ''}${parts.map(([count, unit]) => `${count} ${unit}`).join(' ')}`;
};

const showNumber = (field: CellField, kind: Kind, value: number | string, { locale, currency }: FormatContext): string => {
  switch (kind) {
    case 'money':
      return formatMoney(value, currency, locale);
    case 'percent':
      return formatScaled(value, 4, 1, 4, locale);
    case 'decimal':
      return formatScaled(value, 6, field.places ?? 0, 6, locale);
    default:
      return formatScaled(value, 0, 0, 0, locale);
  }
};

const kindOf = (field: CellField): Kind => (field.kind === 'computed' ? (field.shows ?? 'text') : field.kind);

/** A value as a grid shows it. Zero is shown, null is blank. */
export const formatCell = (field: CellField, value: Scalar, context: FormatContext): string => {
  if (value === null || value === '') return '';
  const kind = kindOf(field);
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'money':
    case 'percent':
      return showNumber(field, kind, value, context);
    case 'date':
      return formatDay(String(value), context);
    case 'instant':
      return formatInstant(Number(value), context);
    case 'duration':
      return formatDuration(Number(value));
    case 'flag':
      return value === 1 ? 'Yes' : 'No';
    case 'choice':
      return field.choices?.find(({ key }) => key === value)?.label ?? String(value);
    case 'state':
      return stateOf(field.lifecycle ?? '', String(value))?.label ?? String(value);
    case 'link':
    case 'ref':
      return context.label?.(String(value)) ?? String(value);
    case 'list':
      return listItems(String(value))
        .map(([, text]) => text)
        .join(', ');
    default:
      return String(value);
  }
};

const two = (value: string | number): string => String(value).padStart(2, '0');

/** A day in the locale's own short form, all digits of the year. */
const editDay = (day: string, locale: string): string => {
  const [y = '', m = '', d = ''] = day.split('-');
  const { dateOrder, dateSeparator } = styleOf(locale);
  const parts = dateOrder === 'ymd' ? [y, m, d] : dateOrder === 'mdy' ? [m, d, y] : [d, m, y];
  return parts.join(dateSeparator);
};

/** Day and time; seconds only where there are any, the offset only where the hour comes twice. */
const editInstant = (ms: number, { locale, zone }: FormatContext): string => {
  const day = dayIn(zone, ms);
  const parts = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
    timeZone: zone,
  }).formatToParts(ms);
  const get = (type: string): string => two(parts.find((part) => part.type === type)?.value ?? '00');
  const [hour, minute, second, part] = [get('hour'), get('minute'), get('second'), get('fractionalSecond').padStart(3, '0')];
  const fine = part !== '000' ? `:${second}.${part}` : second !== '00' ? `:${second}` : '';
  const time = `${hour}:${minute}${fine}`;
  const text = `${editDay(day, locale)} ${time}`;
  const found = instantAt(zone, day, `${hour}:${minute}:${second}.${part}`);
  if (found === ms) return text;
  return `${editDay(new Date(ms).toISOString().slice(0, 10), locale)} ${new Date(ms).toISOString().slice(11)}`;
};

const editDuration = (ms: number): string => {
  const size = Math.abs(ms);
  const parts = [
    [Math.floor(size / 3_600_000), 'h'],
    [Math.floor(size / 60_000) % 60, 'm'],
    [fromScaled(size % 60_000, 3), 's'],
  ].filter(([count]) => count !== 0 && count !== '0');
  return `${ms < 0 ? '-' : ''}${parts.map(([count, unit]) => `${count} ${unit}`).join(' ') || '0 m'}`;
};

/** Decimal text of a scaled integer with the locale's decimal sign and no groups. */
const editNumber = (value: number | string, digits: number, places: number, locale: string): string =>
  fromScaled(BigInt(value), digits, places).replace('.', styleOf(locale).decimal);

/** A value as an editor opens it: `parseCell` reads it back as the same value. */
export const editText = (field: CellField, value: Scalar, context: FormatContext): string => {
  if (value === null) return '';
  const { locale, currency } = context;
  const digits = minorDigits(currency);
  switch (kindOf(field)) {
    case 'integer':
      return editNumber(value, 0, 0, locale);
    case 'decimal':
      return editNumber(value, 6, field.places ?? 0, locale);
    case 'money':
      return editNumber(value, digits, digits, locale);
    case 'percent':
      return editNumber(value, 4, 0, locale);
    case 'date':
      return editDay(String(value), locale);
    case 'instant':
      return editInstant(Number(value), context);
    case 'duration':
      return editDuration(Number(value));
    case 'list':
      return writeList(String(value));
    case 'text':
    case 'note':
    case 'json':
      return String(value);
    default:
      return formatCell(field, value, context);
  }
};
