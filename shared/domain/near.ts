/**
 * Words that come near a word: for suggestions, never for matches. `0388` comes near `00388`, `GTXPro` near `GTX Pro`,
 * `Custmer` near `Customer`. The look-up is made once for a list and asked many times.
 */
import { foldText } from './fold.ts';

/** Letters and digits as compared by eye, nothing between them. */
const nearKey = (text: string): string => foldText(text).replace(/[^\p{L}\p{N}]+/gu, '');

/** Codes that differ in their leading zeros only are one to the eye. */
const bareKey = (text: string): string => nearKey(text).replace(/(?<!\d)0+(?=\d)/g, '');

const LONGEST = 60;

/** Edits it takes to make one word of another. */
export const editDistance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, swap));
    }
    row = next;
  }
  return row[b.length] ?? 0;
};

const trigrams = (key: string): readonly string[] => {
  const padded = `  ${key} `;
  return Array.from({ length: padded.length - 2 }, (_, at) => padded.slice(at, at + 3));
};

/** How alike two words are, 0 to 1: the better of shared trigrams and of edits for their length. */
export const likeness = (a: string, b: string): number => {
  const [x, y] = [nearKey(a).slice(0, LONGEST), nearKey(b).slice(0, LONGEST)];
  if (x === '' || y === '') return 0;
  if (x === y) return 1;
  const [one, other] = [new Set(trigrams(x)), new Set(trigrams(y))];
  const shared = [...one].filter((part) => other.has(part)).length;
  const byParts = (2 * shared) / (one.size + other.size);
  return Math.max(byParts, 1 - editDistance(x, y) / Math.max(x.length, y.length));
};

export type NearWords = {
  /** The words nearest to a text, best first; none where nothing comes near. */
  readonly find: (text: string, count: number) => readonly string[];
};

/** Less alike than this is another word. */
const FLOOR = 0.5;
/** Words compared with a text, by the trigrams they share with it. */
const COMPARED = 50;

/** @param words as they are to be shown */
export const createNearWords = (words: Iterable<string>): NearWords => {
  const list = [...new Set(words)];
  const byBare = new Map<string, number[]>();
  const byPart = new Map<string, number[]>();
  const add = (to: Map<string, number[]>, key: string, at: number): void => {
    const known = to.get(key);
    if (known) known.push(at);
    else to.set(key, [at]);
  };
  list.forEach((word, at) => {
    add(byBare, bareKey(word), at);
    for (const part of new Set(trigrams(nearKey(word).slice(0, LONGEST)))) add(byPart, part, at);
  });
  const candidates = (text: string): readonly number[] => {
    const shared = new Map<number, number>();
    for (const part of new Set(trigrams(nearKey(text).slice(0, LONGEST)))) {
      for (const at of byPart.get(part) ?? []) shared.set(at, (shared.get(at) ?? 0) + 1);
    }
    return [...shared]
      .toSorted((x, y) => y[1] - x[1] || x[0] - y[0])
      .slice(0, COMPARED)
      .map(([at]) => at);
  };
  return {
    find: (text, count) => {
      const bare = bareKey(text);
      const same = bare === '' ? [] : (byBare.get(bare) ?? []);
      const rest = candidates(text)
        .filter((at) => !same.includes(at))
        .map((at) => ({ at, like: likeness(text, list[at] ?? '') }))
        .filter(({ like }) => like >= FLOOR)
        .toSorted((x, y) => y.like - x.like || x.at - y.at)
        .map(({ at }) => at);
      return [...same, ...rest].slice(0, count).map((at) => list[at] ?? '');
    },
  };
};
