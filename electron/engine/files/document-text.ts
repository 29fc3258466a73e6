/**
 * Text as a font can show it. A character without a shape would vanish from the paper or stand as an empty box: it
 * becomes `�`, and is told, so that nobody sends what cannot be read.
 */
import { create } from 'fontkit';

const REPLACEMENT = '\ufffd';

/** Joiners, marks of direction, byte order: they have no shape and no place. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const BREAK = /\r\n?|[\u0085\u2028\u2029]/gu;
// eslint-disable-next-line no-control-regex -- these are what is taken out
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/gu;
/** A narrow space between groups of digits, which few fonts have. */
const NARROW = /\u202f/gu;

export type Shown = {
  /** A text, or the texts in a plain value, as they can be shown. */
  readonly clean: <T>(value: T) => T;
  /** Characters that had no shape, each once. */
  readonly unshown: () => string;
};

/** @param bytes of a TrueType font */
export const createShown = (bytes: Uint8Array): Shown => {
  const font = create(Buffer.from(bytes));
  const lacking = new Set<string>();
  const isShown = (character: string): boolean =>
    character === '\n' || ('hasGlyphForCodePoint' in font && font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0));
  const cleanText = (text: string): string => {
    const plain = text
      .normalize('NFC')
      .replace(BREAK, '\n')
      .replace(CONTROL, ' ')
      .replace(INVISIBLE, '')
      .replace(NARROW, '\u00a0');
    return Array.from(plain, (character) => {
      if (isShown(character)) return character;
      lacking.add(character);
      return REPLACEMENT;
    }).join('');
  };
  const cleanAny = (value: unknown): unknown => {
    if (typeof value === 'string') return cleanText(value);
    if (Array.isArray(value)) return value.map(cleanAny);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cleanAny(inner)]));
  };
  return {
    // The same shape: only the characters of its texts change.
    clean: <T>(value: T): T => cleanAny(value) as T,
    unshown: () => [...lacking].join(''),
  };
};
