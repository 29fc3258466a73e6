/**
 * The two keys made of a text (DECISIONS.md 2). One orders, the other compares; neither asks for a locale,
 * so that every device gives the same order and the same matches. Anything looser than `matchKey` is a
 * suggestion and never a match.
 */

/** Raised when a rule below or the Unicode version behind it changes: stored keys are then made again. */
export const KEY_VERSION = 2;

/** Digits a run is padded to. A longer run is led by `:` (sorts after every digit) and its length. */
const PAD = 12;

/**
 * Full case folding by what the language offers. A dotless i is no i, and a final sigma is a sigma, so that
 * the key of a prefix is a prefix of the key.
 */
const foldCase = (text: string): string =>
  text.replace(/[^ı]+/gu, (part) => part.toUpperCase().toLowerCase()).replaceAll('ς', 'σ');

const padDigits = (run: string): string => {
  const digits = run.replace(/^0+(?=\d)/, '');
  if (digits.length <= PAD) return digits.padStart(PAD, '0');
  return `:${String(digits.length).padStart(4, '0')}${digits}`;
};

/** Letters as compared by eye: no marks, no case. `Crème` and `creme` are the same. */
export const foldText = (text: string): string =>
  foldCase(text.normalize('NFKD').replace(/\p{M}+/gu, ''))
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();

/** For order only: `9` before `10`, accents and case aside. Compare as plain strings; ties by raw text, then id. */
export const sortKey = (text: string): string => foldText(text).replace(/[0-9]+/g, padDigits);

/** Nothing but ASCII: codes and numbers, where lower case is all the folding there is. */
const ASCII = /^[\x20-\x7e]*$/;

/**
 * An id of Salesforce as its reports show it, where case tells one record from another. Its other way of writing has three
 * characters more, which say the case, so that case may be folded: both are one key.
 */
const SHORT_ID = /^(?=.*[a-z])(?=.*[A-Z])[0-9a][0-9A-Za-z]{14}$/;
const CASES = 'abcdefghijklmnopqrstuvwxyz012345';
const casesOf = (five: string): string =>
  CASES[[...five].reduce((bits, sign, at) => (sign >= 'A' && sign <= 'Z' ? bits + 2 ** at : bits), 0)] ?? '';

const asciiKey = (text: string): string => {
  const folded = text.toLowerCase();
  if (text.length !== 15 || !SHORT_ID.test(text)) return folded;
  return folded + casesOf(text.slice(0, 5)) + casesOf(text.slice(5, 10)) + casesOf(text.slice(10));
};

/** For equality and prefix: NFC, trimmed, case folded, ids of Salesforce made long, nothing else. `007` and `7` are two codes. */
export const matchKey = (text: string): string =>
  ASCII.test(text) ? asciiKey(text.trim()) : foldCase(text.normalize('NFC').trim()).normalize('NFC');
