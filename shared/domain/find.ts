/**
 * Finding a text in the texts of cells, and replacing it there. Spaces and minus signs are found as they are typed,
 * whichever kind a formatted number has; unless case matters, letters compare as by eye, without case and marks.
 */
import { foldText } from './fold.ts';

export type FindWords = {
  readonly text: string;
  readonly isCaseSensitive: boolean;
  /** Only cells that say this and nothing else. */
  readonly isWholeCell: boolean;
};

/** From, up to but not including to: positions in the text as it stands. */
export type Span = readonly [from: number, to: number];

export type Finder = {
  has(text: string): boolean;
  spans(text: string): readonly Span[];
  /** The text with every find replaced; the same text where there is none. */
  replace(text: string, by: string): string;
};

type Folded = {
  readonly text: string;
  /** Where each folded character stands; null: at the same place. */ readonly at: readonly number[] | null;
};

const ascii = /^[\x20-\x7e]*$/;

const likeTyped = (char: string): string => (/\s/u.test(char) ? ' ' : char === '\u2212' ? '-' : char);

/** Character by character, so that a find in the folded text has its place in the other. */
const fold = (text: string, isCaseSensitive: boolean): Folded => {
  if (ascii.test(text)) return { text: isCaseSensitive ? text : text.toLowerCase(), at: null };
  let folded = '';
  const at: number[] = [];
  let from = 0;
  for (const char of text) {
    const typed = likeTyped(char);
    const part = isCaseSensitive || typed === ' ' ? typed : foldText(typed);
    for (let count = 0; count < part.length; count += 1) at.push(from);
    folded += part;
    from += char.length;
  }
  return { text: folded, at };
};

/** The end of the character at a place, with the marks that belong to it. */
const endOf = (text: string, at: number): number => {
  const match = /^.\p{M}*/su.exec(text.slice(at));
  return at + (match?.[0].length ?? 0);
};

export const createFinder = ({ text: sought, isCaseSensitive, isWholeCell }: FindWords): Finder => {
  const needle = fold(sought, isCaseSensitive).text;
  const startsIn = (text: string): readonly number[] => {
    if (needle === '') return [];
    if (isWholeCell) return text === needle ? [0] : [];
    const starts: number[] = [];
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + needle.length)) starts.push(at);
    return starts;
  };
  const spans = (text: string): readonly Span[] => {
    const folded = fold(text, isCaseSensitive);
    return startsIn(folded.text).map((start): Span => {
      const end = start + needle.length;
      if (folded.at === null) return [start, end];
      const last = folded.at[end - 1] ?? text.length;
      return [folded.at[start] ?? 0, endOf(text, last)];
    });
  };
  return {
    spans,
    has: (text) => {
      const folded = fold(text, isCaseSensitive).text;
      return needle !== '' && (isWholeCell ? folded === needle : folded.includes(needle));
    },
    replace: (text, by) => {
      let result = '';
      let from = 0;
      for (const [start, end] of spans(text)) {
        result += text.slice(from, start) + by;
        from = end;
      }
      return result + text.slice(from);
    },
  };
};
