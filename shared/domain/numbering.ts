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
 * @param isOneDevice one device alone gives such numbers: a legal series (N1)
 */
export const judgeNumberFormat = (format: string, isOneDevice = false): string | null => {
  const tokens = [...format.matchAll(TOKEN)].map(([, name = '']) => name);
  const unknown = tokens.find((name) => !Object.hasOwn(parts, name) && !COUNTER.test(name));
  if (unknown !== undefined) return `{${unknown}} is not a part of a number.`;
  if (/[{}]/.test(format.replace(TOKEN, ''))) return 'A brace is left open.';
  if (tokens.filter((name) => COUNTER.test(name)).length !== 1 || !/\{counter(?::[1-9])?\}$/.test(format))
    return 'A number ends with its {counter}, once.';
  return isOneDevice || tokens.includes('device') ? null : 'Without {device} two devices would give the same number.';
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

/**
 * How a kind of document is numbered. With an issuer it is a legal series: that device alone gives its numbers, and every
 * document has one of the device it was made on beside it, in the form the program ships with.
 */
export type Numbering = {
  readonly format: string;
  readonly start: number;
  /** The device that gives legal numbers; null where every device gives its own. */
  readonly issuer: string | null;
  /** The device that gave them before, and when another was named, UTC milliseconds. */
  readonly before: { readonly issuer: string; readonly until: number } | null;
};

const shipped: Numbering = { format: defaultNumberFormat, start: 1, issuer: null, before: null };
/** What a legal series is numbered by where nothing that can be used is said. */
const shippedLegal = '{letter}{yy}-{counter}';
const LONGEST_FORMAT = 60;
const HIGHEST_START = 999_999_999;

const isStart = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= HIGHEST_START;

const DEVICE_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const isDeviceId = (value: unknown): value is string => typeof value === 'string' && DEVICE_ID.test(value);

const readBefore = (value: unknown): Numbering['before'] => {
  if (typeof value !== 'object' || value === null) return null;
  const { issuer, until } = value as Partial<Record<'issuer' | 'until', unknown>>;
  return isDeviceId(issuer) && typeof until === 'number' && Number.isSafeInteger(until) ? { issuer, until } : null;
};

/** Whether a format is what documents are numbered by on the device they are made on, beside their legal number. */
const isOwnForm = (format: string): boolean =>
  countTogether({ letter: '{letter}', format }, { letter: '{letter}', format: defaultNumberFormat });

/**
 * A setting as it can be used: what cannot be, from whatever device it came, leaves the shipped one standing.
 * @param isLegal whether one device may be named for all: other kinds are numbered by every device, whatever is said
 */
export const readNumbering = (setting: unknown, isLegal = false): Numbering => {
  if (typeof setting !== 'object' || setting === null) return shipped;
  const { format, start, issuer, before } = setting as Partial<Record<keyof Numbering, unknown>>;
  const named = isLegal && isDeviceId(issuer) ? issuer : null;
  const isFormat =
    typeof format === 'string' &&
    format.length <= LONGEST_FORMAT &&
    judgeNumberFormat(format, named !== null) === null &&
    (named === null || !isOwnForm(format));
  return {
    format: isFormat ? format : named === null ? shipped.format : shippedLegal,
    start: isStart(start) ? start : shipped.start,
    issuer: named,
    before: isLegal ? readBefore(before) : null,
  };
};

/** How the device a document is made on numbers it: the company's way, or as shipped where a legal number comes beside it. */
export const ownNumbering = (numbering: Numbering): Numbering => (numbering.issuer === null ? numbering : shipped);

/** A form for one device, of one for many; as it is where it has no device in it. */
export const withoutDevice = (format: string): string => format.replace(/\{device\}[-/._ ]?/, '');
/** A form for many devices, of one for one. */
export const withDevice = (format: string): string =>
  format.includes('{device}') ? format : format.replace(/\{counter(?::[1-9])?\}$/, '{device}-$&');

type Counted = { readonly prefix: string; readonly counter: number };

const DIGITS: Readonly<Record<string, string>> = {
  yy: '\\d{2}',
  yyyy: '\\d{4}',
  mm: '\\d{2}',
  device: `[${ALPHABET}]{${CODE_LENGTH}}`,
};
const literally = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

/** What a number of a form counts, of whatever year, month and device; null where it is of another form. */
export const readNumber = (number: string, letter: string, format: string): Counted | null => {
  const pattern = format
    .split(/(\{[^{}]*\})/)
    .map((part) => {
      const name = part.startsWith('{') ? part.slice(1, -1) : null;
      if (name === null) return literally(part);
      return COUNTER.test(name) ? '' : (DIGITS[name] ?? literally(letter));
    })
    .join('');
  const [, prefix, counter] = new RegExp(`^(${pattern})(\\d{1,15})$`).exec(number) ?? [];
  return prefix === undefined || counter === undefined ? null : { prefix, counter: Number(counter) };
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
