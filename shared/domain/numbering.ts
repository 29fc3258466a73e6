/**
 * The numbers people see, such as `O26-K7M-0042` (N1, N2). A company may write them its own way, slashes and all; the
 * counter belongs to everything else in the number, so a new year or month starts again by itself. Numbers are labels:
 * none is ever given twice or taken back. Ids name rows.
 */
import { monthOf, yearOf } from './dates.ts';

/** Crockford's 32: no I, L, O, U, so that a number survives being read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 3;
/** Of a fingerprint, in groups of four. */
const FINGERPRINT_LENGTH = 16;

/** A fingerprint as it is read out: 80 bits of a hash in four groups. @param hash at least 16 bytes */
export const sayFingerprint = (hash: Uint8Array): string =>
  [...hash.subarray(0, FINGERPRINT_LENGTH)]
    .map((byte, at) => `${at > 0 && at % 4 === 0 ? '-' : ''}${ALPHABET[byte % ALPHABET.length]}`)
    .join('');

/** Whether somebody typed a fingerprint, however it was written down. */
export const isFingerprint = (typed: string, fingerprint: string): boolean => {
  const bare = (text: string): string => text.toUpperCase().replaceAll(/[\s-]/g, '');
  return bare(typed) === bare(fingerprint);
};

/** A device code of three characters. @param random gives so many random bytes */
export const makeDeviceCode = (random: (n: number) => Uint8Array): string =>
  [...random(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

export const isDeviceCode = (text: string): boolean =>
  text.length === CODE_LENGTH && [...text].every((char) => ALPHABET.includes(char));

/** What the program ships with. */
export const defaultNumberFormat = '{letter}{yy}-{device}-{counter}';

const parts: Readonly<Record<string, (about: NumberAbout) => string>> = {
  letter: ({ letter }) => letter,
  yy: ({ day }) => String(yearOf(day) % 100).padStart(2, '0'),
  yyyy: ({ day }) => String(yearOf(day)).padStart(4, '0'),
  mm: ({ day }) => String(monthOf(day)).padStart(2, '0'),
  device: ({ device }) => device,
};

type NumberAbout = { readonly letter: string; readonly day: string; readonly device: string };

const TOKEN = /\{([^{}]*)\}/g;
const COUNTER = /^counter(?::([1-9]))?$/;
const WIDTH = 4;

/**
 * Why a format cannot be used; null where it can. The counter stands last, so that what it belongs to is a prefix; the
 * device must be in it, or two devices give one number.
 */
export const judgeNumberFormat = (format: string): string | null => {
  const tokens = [...format.matchAll(TOKEN)].map(([, name = '']) => name);
  const unknown = tokens.find((name) => !Object.hasOwn(parts, name) && !COUNTER.test(name));
  if (unknown !== undefined) return `{${unknown}} is not a part of a number.`;
  if (/[{}]/.test(format.replace(TOKEN, ''))) return 'A brace is left open.';
  if (tokens.filter((name) => COUNTER.test(name)).length !== 1 || !/\{counter(?::[1-9])?\}$/.test(format))
    return 'A number ends with its {counter}, once.';
  return tokens.includes('device') ? null : 'Without {device} two devices would give the same number.';
};

/**
 * The part that a counter belongs to: `O26-K7M-`. @param day today in the company's zone
 * @param format one that can be used
 */
export const numberPrefix = (letter: string, day: string, device: string, format = defaultNumberFormat): string =>
  format.replace(TOKEN, (_, name: string) => parts[name]?.({ letter, day, device }) ?? '');

type Kind = { readonly letter: string; readonly format: string };

/** What the counter of a kind belongs to, whatever the day and the device. */
const countedBy = ({ letter, format }: Kind): string =>
  format.replace(TOKEN, (token, name: string) => (COUNTER.test(name) ? '' : name === 'letter' ? letter : token));

/** Whether two kinds of document would count together: each would list the other's numbers as void. */
export const countTogether = (a: Kind, b: Kind): boolean => countedBy(a) === countedBy(b);

/** Digits of the counter at least: `{counter:6}`, 4 where nothing is said. */
const widthOf = (format: string): number => Number(/\{counter:([1-9])\}$/.exec(format)?.[1] ?? WIDTH);

export const renderNumber = (prefix: string, counter: number, format = defaultNumberFormat): string =>
  `${prefix}${String(counter).padStart(widthOf(format), '0')}`;

/** The number of one record of several that share one: its place stands behind it. @param place from 1 */
export const partNumber = (number: string, place: number): string => `${number}/${place}`;

/** The next counter of a prefix. @param start where a company begins in the middle of a year (N2) */
export const nextCounter = (last: number | null, start = 1): number => Math.max(start, (last ?? 0) + 1);

/** How a kind of document is numbered. */
export type Numbering = { readonly format: string; readonly start: number };

const shipped: Numbering = { format: defaultNumberFormat, start: 1 };
const LONGEST_FORMAT = 60;
const HIGHEST_START = 999_999_999;

const isStart = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= HIGHEST_START;

/** A setting as it can be used: what cannot be, from whatever device it came, leaves the shipped one standing. */
export const readNumbering = (setting: unknown): Numbering => {
  if (typeof setting !== 'object' || setting === null) return shipped;
  const { format, start } = setting as Partial<Record<keyof Numbering, unknown>>;
  const isFormat = typeof format === 'string' && format.length <= LONGEST_FORMAT && judgeNumberFormat(format) === null;
  return { format: isFormat ? format : shipped.format, start: isStart(start) ? start : shipped.start };
};

type IssuedNumber = { readonly number: string; readonly isVoid: boolean };

/**
 * The numbers of a prefix as they were given: a voided one stays listed, and one that is on no document any more is void
 * too. @param isVoid by number, of the documents that have one
 */
export const listSeries = (
  prefix: string,
  { start, last }: { readonly start: number; readonly last: number },
  isVoid: ReadonlyMap<string, boolean>,
  format = defaultNumberFormat,
): readonly IssuedNumber[] =>
  Array.from({ length: Math.max(0, last - start + 1) }, (_, at) => {
    const number = renderNumber(prefix, start + at, format);
    return { number, isVoid: isVoid.get(number) ?? true };
  });
