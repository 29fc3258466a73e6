/**
 * Columns of a file met with fields of a table, by what they are called and by what they hold. A name alone is not
 * enough: a column of dates never goes to an amount, whatever it is called. Every answer says why, so that a person
 * can see whether it is right; nothing that only comes near is taken without saying so.
 */
import type { Kind } from '../kinds.ts';
import { likeness } from '../near.ts';
import { readChoice, readFlag, type ChoiceLike } from '../parse/choice.ts';
import { readDate } from './dates.ts';
import { isBlank } from './evidence.ts';
import { headerKey } from './headers.ts';
import { readNumber } from './numbers.ts';

/** A field that a column may go to. */
export type Target = {
  readonly key: string;
  readonly label: string;
  readonly kind: Kind;
  /** Other words for it, as real exports use them. */
  readonly aliases: readonly string[];
  /** Of a choice or a state. */
  readonly choices?: readonly ChoiceLike[];
  /** Names a row: no two rows have the same. */
  readonly isCode?: boolean;
  readonly isRequired?: boolean;
};

/** A column as far as it was looked at: some of its cells that are not blank. */
export type ColumnFacts = { readonly header: string; readonly samples: readonly string[] };

export type Met = {
  readonly field: string | null;
  readonly how: 'name' | 'alias' | 'near' | 'none';
  readonly because: string;
  /** Other fields it may be, likeliest first. */
  readonly others: readonly string[];
};

/** How many values of a column name records that a link may point at; null where that was not looked at. */
export type LinkFit = { readonly found: number; readonly of: number; readonly what: string };

export type MatchOptions = {
  /** Words for a row of the table: `Account name` in a file of accounts is their name. */
  readonly words: readonly string[];
  /** Asked for link fields only. */
  readonly linkFit?: (column: number, target: Target) => LinkFit | null;
};

/** A name less alike than this is another name. */
const NEAR = 0.74;
const SHORTEST_NEAR = 4;
const SHORTEST_PART = 5;
/** The part of a column's cells that must be of the field's kind. */
const MOST = 0.5;
/** Choices that are not known are asked about in the check; a column of nothing but such is no choice. */
const SOME_CHOICES = 0.3;
/** The part of a column's cells that must name records for the cells alone to make it a link. */
const MOSTLY_LINKS = 0.8;
const LISTED = 5;

type Pair = {
  readonly column: number;
  readonly target: Target;
  readonly score: number;
  readonly how: Met['how'];
  readonly because: string;
};

const share = (samples: readonly string[], is: (text: string) => boolean): number =>
  samples.length === 0 ? 0 : samples.filter(is).length / samples.length;

const isDate = (text: string): boolean => readDate(text, 2000) !== null;
const isNumber = (text: string): boolean => readNumber(text) !== null;
const WITH_NUMBERS: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent', 'duration']);

const isLink = ({ kind }: Target): boolean => kind === 'link' || kind === 'ref';
/** Ids that only another system can read: 18 letters and digits, UUIDs. */
const OPAQUE = /^(?:[0-9A-Za-z]{15,22}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const areOpaque = (samples: readonly string[]): boolean =>
  samples.every((text) => OPAQUE.test(text.trim()) && /\d/.test(text)) && new Set(samples).size > 0;
/** `Region ID` is not the region, unless that is a code or a record. */
const ID_WORD = /(?:id|code|no|nr|key)$/;
const areRepeated = (samples: readonly string[]): boolean => new Set(samples).size < samples.length * 0.9;

/** Why the cells of a column cannot be values of a field, in words; null where they can. */
const against = ({ kind, choices = [] }: Target, samples: readonly string[]): string | null => {
  if (samples.length === 0) return null;
  const shown = `“${samples[0] ?? ''}”`;
  if (WITH_NUMBERS.has(kind)) {
    if (share(samples, isNumber) < MOST)
      return `its cells are ${share(samples, isDate) >= MOST ? 'dates' : 'no numbers'}: ${shown}`;
  } else if (kind === 'date' || kind === 'instant') {
    if (share(samples, isDate) < MOST) return `its cells are no dates: ${shown}`;
  } else if (kind === 'flag') {
    if (share(samples, (text) => readFlag(text) !== null) < MOST) return `its cells are neither yes nor no: ${shown}`;
  } else if (kind === 'choice' || kind === 'state') {
    if (share(samples, (text) => readChoice(text, choices) !== null) < SOME_CHOICES)
      return `its cells are none of its choices: ${shown}`;
  } else if ((kind === 'link' || kind === 'ref') && share(samples, (text) => isDate(text) && !isNumber(text)) >= MOST) {
    return `its cells are dates: ${shown}`;
  }
  return null;
};

/** A header as it stands, and without the word for a row of the table in front of it. */
const namesOf = (header: string, words: readonly string[]): readonly string[] => {
  const key = headerKey(header);
  const bare = words
    .map(headerKey)
    .flatMap((word) => (key.startsWith(word) && key.length > word.length + 1 ? [key.slice(word.length)] : []));
  return [key, ...bare];
};

type Named = Omit<Pair, 'column' | 'target'>;

const byName = (header: string, names: readonly string[], target: Target): Named | null => {
  const own = [target.label, target.key.replace(/_id$/, ''), target.key].map(headerKey);
  const called = `“${header}” is what ${target.label} is called`;
  const [whole = '', ...bare] = names;
  if (whole === '') return null;
  if (own.includes(whole)) return { score: 1, how: 'name', because: called };
  const aliases = target.aliases.map(headerKey);
  if (aliases.includes(whole)) return { score: 0.98, how: 'alias', because: `“${header}” is a word for ${target.label}` };
  if (bare.some((name) => own.includes(name) || aliases.includes(name))) return { score: 0.9, how: 'alias', because: called };
  return nearName(header, names, target);
};

/** One name as the beginning or the end of another: `PHONENUMBER` for phone, `Sales order id` for order id. */
const partLikeness = (name: string, word: string): number => {
  const isPart = word.length >= SHORTEST_PART && (name.startsWith(word) || name.endsWith(word));
  return isPart ? NEAR + 0.2 * (word.length / name.length) : 0;
};

const nearName = (header: string, names: readonly string[], target: Target): Named | null => {
  const [whole = ''] = names;
  if (whole.length < SHORTEST_NEAR) return null;
  let best = 0;
  let word = '';
  for (const name of [target.label, ...target.aliases]) {
    const key = headerKey(name);
    if (ID_WORD.test(whole) && !ID_WORD.test(key) && target.isCode !== true && !isLink(target)) continue;
    const like = Math.max(...names.map((one) => Math.max(likeness(one, name), partLikeness(one, key))));
    if (like > best) [best, word] = [like, name];
  }
  return best < NEAR ? null : { score: 0.6 * best, how: 'near', because: `“${header}” is nearly “${word}”` };
};

/** What the cells say against a name that fits: a code that repeats, a record that nobody knows. */
const doubtOf = (
  column: number,
  target: Target,
  samples: readonly string[],
  named: Named,
  options: MatchOptions,
): string | null => {
  const why = against(target, samples);
  if (why !== null) return why;
  if (named.how === 'near' && target.isCode === true && areRepeated(samples)) return 'its cells repeat';
  if (!isLink(target) || target.isRequired === true || options.linkFit === undefined) return null;
  const fit = options.linkFit(column, target);
  if (fit === null || fit.found > 0) return null;
  return named.how === 'near' || areOpaque(samples) ? `none of its values is known here: “${samples[0] ?? ''}”` : null;
};

/** Short numbers are the codes of any table and prove nothing. */
const canProve = (samples: readonly string[]): boolean => samples.some((text) => !/^\d{1,4}$/.test(text.trim()));

const byLinks = (
  column: number,
  target: Target,
  facts: ColumnFacts,
  options: MatchOptions,
): Omit<Pair, 'column' | 'target'> | null => {
  if ((target.kind !== 'link' && target.kind !== 'ref') || !canProve(facts.samples)) return null;
  const fit = options.linkFit?.(column, target) ?? null;
  if (fit === null || fit.found < 2 || fit.found < fit.of * MOSTLY_LINKS) return null;
  return { score: 0.4, how: 'near', because: `${fit.found} of ${fit.of} values are ${fit.what}` };
};

type Doubt = { readonly target: Target; readonly because: string };

const pairsOf = (
  columns: readonly ColumnFacts[],
  targets: readonly Target[],
  options: MatchOptions,
): { readonly pairs: readonly Pair[]; readonly doubts: ReadonlyMap<number, Doubt> } => {
  const pairs: Pair[] = [];
  const doubts = new Map<number, Doubt>();
  columns.forEach((facts, column) => {
    const samples = facts.samples.filter((text) => !isBlank(text));
    if (samples.length === 0) return;
    const names = namesOf(facts.header, options.words);
    for (const target of targets) {
      const named = byName(facts.header, names, target);
      const why = named ? doubtOf(column, target, samples, named, options) : null;
      if (named && why !== null && !doubts.has(column)) doubts.set(column, { target, because: why });
      const found = named && why === null ? named : byLinks(column, target, { ...facts, samples }, options);
      if (found) pairs.push({ column, target, ...found });
    }
  });
  return { pairs: pairs.toSorted((a, b) => b.score - a.score || a.column - b.column), doubts };
};

/**
 * Meets columns with fields; no two columns get one field, but for lists, which take several. A blank column meets
 * nothing.
 */
export const matchColumns = (
  columns: readonly ColumnFacts[],
  targets: readonly Target[],
  options: MatchOptions,
): readonly Met[] => {
  const { pairs, doubts } = pairsOf(columns, targets, options);
  const taken = new Set<string>();
  const met = new Map<number, Pair>();
  for (const pair of pairs) {
    if (met.has(pair.column) || taken.has(pair.target.key)) continue;
    met.set(pair.column, pair);
    if (pair.target.kind !== 'list') taken.add(pair.target.key);
  }
  /** Who took the field that a column could be. */
  const nearerTo = (field: string): string => {
    const winner = [...met.values()].find(({ target }) => target.key === field);
    const label = targets.find(({ key }) => key === field)?.label ?? field;
    const other = columns[winner?.column ?? -1]?.header ?? '';
    return `Could be ${label}, but “${other}” is nearer to it`;
  };
  return columns.map(({ samples }, column): Met => {
    const pair = met.get(column);
    const others = pairs
      .filter((one) => one.column === column && one !== pair)
      .map(({ target }) => target.key)
      .slice(0, LISTED);
    if (pair) return { field: pair.target.key, how: pair.how, because: pair.because, others };
    if (samples.every(isBlank)) return { field: null, how: 'none', because: 'Every cell is blank', others };
    const doubt = doubts.get(column);
    const because = doubt
      ? `Called like ${doubt.target.label}, but ${doubt.because}`
      : others.length > 0
        ? nearerTo(others[0] ?? '')
        : 'No field is called so';
    return { field: null, how: 'none', because, others: doubt ? [...new Set([doubt.target.key, ...others])] : others };
  });
};
