/** Text to a choice: by key, label or alias, case and accents aside; else by a beginning only one choice has. */
import { foldText } from '../fold.ts';
import { editDistance } from '../near.ts';

export type ChoiceLike = { readonly key: string; readonly label: string; readonly aliases?: readonly string[] };

const SHORTEST_PREFIX = 2;

const wordsOf = ({ key, label, aliases = [] }: ChoiceLike): readonly string[] => [key, label, ...aliases].map(foldText);

/** The key of the choice a text names, or null. */
export const readChoice = (text: string, choices: readonly ChoiceLike[]): string | null => {
  const sought = foldText(text);
  const exact = choices.find((choice) => wordsOf(choice).includes(sought));
  if (exact) return exact.key;
  if (sought.length < SHORTEST_PREFIX) return null;
  const found = choices.filter((choice) => wordsOf(choice).some((word) => word.startsWith(sought)));
  return found.length === 1 ? (found[0]?.key ?? null) : null;
};

/** The labels nearest to a text that named no choice, best first. */
export const nearestChoices = (text: string, choices: readonly ChoiceLike[], count = 3): readonly string[] => {
  const sought = foldText(text).slice(0, 60);
  return choices
    .map((choice, at) => ({ choice, at, far: Math.min(...wordsOf(choice).map((word) => editDistance(sought, word))) }))
    .sort((a, b) => a.far - b.far || a.at - b.at)
    .slice(0, count)
    .map(({ choice }) => choice.label);
};

const YES = ['yes', 'y', '1', 'true', 't', 'x', '✓', '✔', 'on', 'ja', 'j', 'oui', 'o', 'wahr', 'vrai'];
const NO = ['no', 'n', '0', 'false', 'f', 'off', 'nein', 'non', 'falsch', 'faux'];

/** 1, 0, or null where the text is neither yes nor no. */
export const readFlag = (text: string): 0 | 1 | null => {
  const sought = foldText(text);
  return YES.includes(sought) ? 1 : NO.includes(sought) ? 0 : null;
};
