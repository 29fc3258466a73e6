/**
 * A number of a workbook as the text a person sees there, as far as it tells what the number is: a serial with a date
 * format is a day, `00000` shows the zeros of a code, `0%` makes 0.05 five percent. How many decimals, which currency
 * and which separators a format shows is left out: text holds the number exactly and in one way only.
 */

export type NumberFormat =
  | { readonly kind: 'plain' | 'percent' | 'date' | 'time' | 'elapsed' }
  /** A code: its digits fill the zeros, from the right. */
  | { readonly kind: 'code'; readonly mask: readonly string[] };

const PLAIN: NumberFormat = { kind: 'plain' };

/** Formats that files name by number alone. Those that are not here show a plain number. */
const BUILT_IN: Readonly<Record<number, string>> = {
  9: '0%',
  10: '0.00%',
  14: 'm/d/yy',
  15: 'd-mmm-yy',
  16: 'd-mmm',
  17: 'mmm-yy',
  18: 'h:mm AM/PM',
  19: 'h:mm:ss AM/PM',
  20: 'h:mm',
  21: 'h:mm:ss',
  22: 'm/d/yy h:mm',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss.0',
};
/** Numbers that stand for dates of East Asian calendars, by language. */
const isEastAsianDate = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

/** The first of the sections that `;` separates outside quotes: the one for positive numbers. */
const firstSection = (code: string): string => /^(?:"[^"]*"|\\.|[^;"\\])*/s.exec(code)?.[0] ?? '';

/** A section whose digits are all `0`, at least two, between literals: `00000`, `000-00-0000`, `"INV-"0000`. */
const readMask = (section: string): readonly string[] | null => {
  const mask: string[] = [];
  for (const [, quoted, escaped, plain] of section.matchAll(/"([^"]*)"|\\(.)|(.)/gsu)) {
    if (quoted !== undefined) mask.push(...[...quoted].map((one) => `"${one}`));
    else if (escaped !== undefined) mask.push(`"${escaped}`);
    else if (plain === '0') mask.push('0');
    else if (plain !== undefined && /[-/ ()+:]/.test(plain)) mask.push(`"${plain}`);
    else return null;
  }
  return mask.filter((one) => one === '0').length > 1 ? mask : null;
};

const readCode = (code: string): NumberFormat => {
  const section = firstSection(code);
  const isElapsed = /\[(?:h+|m+|s+)\]/i.test(section);
  const bare = section.replace(/\[[^\]]*\]/g, '');
  const mask = readMask(bare);
  if (mask) return { kind: 'code', mask };
  const letters = bare.replace(/"[^"]*"|\\.|[_*]./gs, '').replace(/general|standard|am\/pm|a\/p/gi, '');
  if (isElapsed) return { kind: 'elapsed' };
  if (letters.includes('%')) return { kind: 'percent' };
  if (/[yd]/i.test(letters) || (/m/i.test(letters) && !/[hs]/i.test(letters))) return { kind: 'date' };
  return /[hs]/i.test(letters) ? { kind: 'time' } : PLAIN;
};

/**
 * What a number format shows.
 * @param id its number in the file
 * @param codes the formats that the file spells out
 */
export const readFormat = (id: number, codes: ReadonlyMap<number, string>): NumberFormat => {
  const code = codes.get(id) ?? BUILT_IN[id];
  if (code !== undefined) return readCode(code);
  return isEastAsianDate(id) ? { kind: 'date' } : PLAIN;
};

export const formatOfCode = (code: string): NumberFormat => readCode(code);

/** A binary float has 15 sure digits; what is behind them is noise (0.1 + 0.2). */
const SURE_DIGITS = 15;
const SPELLED = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** Digits with the decimal point `shift` places further right. */
const spell = (sign: string, digits: string, point: number): string => {
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(1, point);
  const whole = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const part = padded.slice(at).replace(/0+$/, '');
  const text = part === '' ? whole : `${whole}.${part}`;
  return sign === '-' && text !== '0' ? `-${text}` : text;
};

/**
 * A number as a file writes it, as plain digits: no exponent, no noise of a float. Whole numbers keep every digit.
 * @param shift places the decimal point moves to the right: 2 for percents
 */
export const plainNumber = (raw: string, shift = 0): string => {
  if (shift === 0 && (/^-?[1-9]\d*$/.test(raw) || (raw.length <= SURE_DIGITS && /^-?(?:0|[1-9]\d*)\.\d*[1-9]$/.test(raw))))
    return raw;
  const match = SPELLED.exec(raw.trim());
  if (!match || `${match[2]}${match[3] ?? ''}` === '') return raw;
  const [, sign = '', whole = '', part = '', exponent = '0'] = match;
  const digits = `${whole}${part}`.replace(/^0+/, '');
  const isWhole = part === '' && exponent === '0';
  if (isWhole || digits.replace(/0+$/, '').length <= SURE_DIGITS)
    return spell(sign, whole + part, whole.length + Number(exponent) + shift);
  const [head = '', tail = '0'] = Number(raw)
    .toExponential(SURE_DIGITS - 1)
    .replace(/^-/, '')
    .split('e');
  return spell(sign, head.replace('.', ''), 1 + Number(tail) + shift);
};

const DAY = 86_400_000;
/** 9999-12-31. */
const LAST_SERIAL = 2_958_466;
const LEAP_BUG = 60;
const MOST_DAYS = 50_000;

/** Milliseconds of a serial, whole seconds where only the noise of a float keeps them from it. */
const toMs = (serial: number): number => {
  const ms = Math.round(serial * DAY);
  const second = Math.round(ms / 1000) * 1000;
  return Math.abs(ms - second) <= 1 ? second : ms;
};

const clock = (ms: number): string => {
  const text = new Date(ms).toISOString().slice(11, 23);
  if (!text.endsWith('.000')) return text;
  return text.endsWith(':00.000') ? text.slice(0, 5) : text.slice(0, 8);
};

/** The day of a serial. 1900 was no leap year, but its serial 60 is 29 February; 0 is the day before 1 January. */
const findDay = (days: number, is1904: boolean): string => {
  if (!is1904 && days === LEAP_BUG) return '1900-02-29';
  if (!is1904 && days === 0) return '1900-01-00';
  const epoch = is1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, days < LEAP_BUG ? 31 : 30);
  return new Date(epoch + days * DAY).toISOString().slice(0, 10);
};

/** Days of a sheet repeat. */
const knownDays = new Map<number, string>();
const dayText = (days: number, is1904: boolean): string => {
  const key = is1904 ? -1 - days : days;
  const known = knownDays.get(key) ?? findDay(days, is1904);
  if (knownDays.size < MOST_DAYS) knownDays.set(key, known);
  return known;
};

const elapsed = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  const two = (n: number): string => String(n).padStart(2, '0');
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`;
  return seconds % 60 === 0 ? text : `${text}:${two(seconds % 60)}`;
};

const momentText = (serial: number, is1904: boolean): string => {
  const ms = toMs(serial);
  const days = Math.floor(ms / DAY);
  const time = ms - days * DAY;
  return time === 0 ? dayText(days, is1904) : `${dayText(days, is1904)}T${clock(time)}`;
};

const fillMask = (raw: string, mask: readonly string[]): string => {
  const digits = [...raw.padStart(mask.filter((one) => one === '0').length, '0')];
  const first = mask.indexOf('0');
  const text: string[] = [];
  for (let at = mask.length - 1; at >= 0; at -= 1) {
    const one = mask[at] ?? '';
    if (one !== '0') text.unshift(one.slice(1));
    else if (at === first) text.unshift(...digits.splice(0));
    else text.unshift(digits.pop() ?? '');
  }
  return text.join('');
};

/** A number of a cell as text. @param raw the number as the file writes it */
export const numberText = (raw: string, format: NumberFormat, is1904: boolean): string => {
  if (format.kind === 'plain') return plainNumber(raw);
  if (format.kind === 'percent') return `${plainNumber(raw, 2)}%`;
  if (format.kind === 'code') {
    const plain = plainNumber(raw);
    return /^\d+$/.test(plain) ? fillMask(plain, format.mask) : plain;
  }
  const serial = Number(raw);
  if (!(serial >= 0 && serial < LAST_SERIAL)) return plainNumber(raw);
  if (format.kind === 'elapsed') return elapsed(toMs(serial));
  return format.kind === 'time' && serial < 1 ? clock(toMs(serial) % DAY) : momentText(serial, is1904);
};

/** An ISO date as files spell them, without a midnight that nobody wrote. */
export const isoText = (raw: string): string => {
  const match = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?Z?$/.exec(raw.trim());
  if (!match) return raw;
  const [, day = '', minutes, seconds = '00', part = ''] = match;
  const rest = part.replace(/0+$/, '');
  const time =
    minutes === undefined
      ? ''
      : `${minutes}${seconds === '00' && rest === '' ? '' : `:${seconds}`}${rest === '' ? '' : `.${rest}`}`;
  if (time === '' || time === '00:00') return day;
  return day === '1899-12-30' || day === '1899-12-31' ? time : `${day}T${time}`;
};

/** A time or duration as OpenDocument spells it: `PT36H30M00S` is 36:30. */
export const durationText = (raw: string): string => {
  const match = /^(-?)PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.,]+)S)?$/.exec(raw.trim());
  if (!match) return raw;
  const [, sign = '', hours = '0', minutes = '0', seconds = '0'] = match;
  const ms = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Math.round(Number(seconds.replace(',', '.')) * 1000);
  return `${sign}${elapsed(ms)}`;
};
