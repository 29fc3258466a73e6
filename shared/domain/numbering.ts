/**
 * The numbers people see, such as `O26-K7M-0042` (N1, N2): a letter, the year, the device and a counter. The counter
 * is kept by the rendered prefix, so a new year starts at 1 by itself. Numbers are labels; ids name rows.
 */
import { yearOf } from './dates.ts';

/** Crockford's 32: no I, L, O, U, so that a number survives being read out. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 3;

/** A device code of three characters. @param random gives so many random bytes */
export const makeDeviceCode = (random: (n: number) => Uint8Array): string =>
  [...random(CODE_LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

export const isDeviceCode = (text: string): boolean =>
  text.length === CODE_LENGTH && [...text].every((char) => ALPHABET.includes(char));

/** The part that a counter belongs to: `O26-K7M-`. @param day today in the company's zone */
export const numberPrefix = (letter: string, day: string, device: string): string =>
  `${letter}${String(yearOf(day) % 100).padStart(2, '0')}-${device}-`;

export const renderNumber = (prefix: string, counter: number): string => `${prefix}${String(counter).padStart(4, '0')}`;
