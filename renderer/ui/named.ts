/**
 * Which of several records or choices a typed text stands for: by code, then name, then the start of either. The same in
 * cells and in forms, so that Enter and Tab take the same everywhere; text that could be several stands for none.
 */
import { foldText } from '../../shared/domain/fold.ts';

export type Named = {
  readonly code: string | null;
  readonly title: string | null;
  /** Other words it answers to. */
  readonly aliases?: readonly string[];
};

const starts = (text: string | null, start: string): boolean => text !== null && foldText(text).startsWith(start);
const wordStarts = (text: string | null, start: string): boolean =>
  text !== null &&
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .some((word) => word.startsWith(start));

/** How well one answers to a folded text: 0 = not at all, 4 and more = by its whole name. */
const rank = ({ code, title, aliases = [] }: Named, folded: string): number => {
  const isExact = (text: string | null): boolean => text !== null && foldText(text) === folded;
  if (isExact(code)) return 5;
  if (isExact(title) || aliases.some(isExact)) return 4;
  if (starts(code, folded)) return 3;
  if (starts(title, folded)) return 2;
  return wordStarts(title, folded) || aliases.some((alias) => starts(alias, folded)) ? 1 : 0;
};

/**
 * The one that typed text stands for when it is committed without choosing. -1 where it stands for none, or for several
 * alike: those are for the person to choose from.
 */
export const standsFor = (all: readonly Named[], text: string): number => {
  const folded = foldText(text);
  if (folded === '') return -1;
  let best = -1;
  let bestRank = 0;
  all.forEach((one, at) => {
    const now = rank(one, folded);
    if (now > bestRank) [best, bestRank] = [at, now];
    else if (now === bestRank) best = -1;
  });
  return best;
};

/** Whether typed text could be one of several, none of them better than another. */
export const isAmbiguous = (all: readonly Named[], text: string): boolean => {
  const folded = foldText(text);
  return folded !== '' && standsFor(all, text) < 0 && all.some((one) => rank(one, folded) > 0);
};

/** Whether typed text is the whole code or name of one. */
export const isNamed = (all: readonly Named[], text: string): boolean => {
  const folded = foldText(text);
  return folded !== '' && all.some((one) => rank(one, folded) >= 4);
};

/** Those that answer to a text, best first; all of them for none. */
export const narrow = <T extends Named>(all: readonly T[], text: string): readonly T[] => {
  const folded = foldText(text);
  if (folded === '') return all;
  return all
    .map((one, at) => ({ one, at, rank: rank(one, folded) }))
    .filter((entry) => entry.rank > 0)
    .toSorted((a, b) => b.rank - a.rank || a.at - b.at)
    .map((entry) => entry.one);
};
