/** Which commands and screens a few typed letters mean, best first. Pure, so that it can be read and tested alone. */

export type Candidate = { readonly title: string };

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/**
 * How well a title answers a text: 0 = not at all. A beginning beats a word's beginning beats letters in
 * between; all words of the text must be found.
 */
export const scoreOf = (title: string, text: string): number => {
  const words = fold(title).split(/[^\p{L}\p{N}]+/u);
  const whole = fold(title);
  let score = 0;
  for (const part of fold(text).split(/\s+/u).filter(Boolean)) {
    const found = whole.startsWith(part) ? 4 : words.some((word) => word.startsWith(part)) ? 3 : whole.includes(part) ? 1 : 0;
    if (found === 0) return 0;
    score += found;
  }
  return score;
};

/** The candidates that match, best first, ties as they came. An empty text matches everything. */
export const bestOf = <T extends Candidate>(candidates: readonly T[], text: string): readonly T[] =>
  text.trim() === ''
    ? candidates
    : candidates
        .map((candidate) => ({ candidate, score: scoreOf(candidate.title, text) }))
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .map(({ candidate }) => candidate);

export type Part = { readonly at: number; readonly text: string; readonly isHit: boolean };

/** A text cut at what was typed, for marking it. */
export const splitAtHits = (text: string, sought: string): readonly Part[] => {
  const words = sought
    .split(/\s+/u)
    .filter(Boolean)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  if (words.length === 0) return [{ at: 0, text, isHit: false }];
  let at = 0;
  return text.split(new RegExp(`(${words.join('|')})`, 'giu')).map((part, index) => {
    const start = at;
    at += part.length;
    return { at: start, text: part, isHit: index % 2 === 1 };
  });
};
