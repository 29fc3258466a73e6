/**
 * The price of one line (RULES.md P1, P2): the agreed price, else the first level that answers, then promotions.
 * Nothing found is no price, never a price of nothing; what two rules claim equally is a conflict with both named.
 */
import { MICRO } from '../kinds.ts';
import { averagePrice, besideOf, coverLine, lengthOf, measuredOf, priceIn, type Stretch, type Taken } from './breaks.ts';
import { candidatesByLevel, factorOf, isSameLadder, minimumOf, type Candidate } from './candidates.ts';
import type { Level } from './levels.ts';
import { applyPromotions } from './steps.ts';
import type { LevelLook, NextBreak, Trace, TracePart, TraceStep } from './trace.ts';
import type { PriceAsk, PriceBook } from './types.ts';

type Looked = { readonly level: Level; readonly candidates: readonly Candidate[] };

type Found = {
  readonly taken: readonly Taken[];
  /** The level of the first rule that took anything. */
  readonly level: Level | null;
  readonly left: readonly Stretch[];
  readonly conflict: readonly string[];
  readonly notes: ReadonlyMap<Level, LevelLook['note']>;
};

const EMPTY: Trace = {
  v: 1,
  outcome: 'unpriced',
  price: null,
  level: null,
  looks: [],
  steps: [],
  passed: [],
  next: null,
  conflict: [],
  excess: 0,
  from: null,
  to: null,
};

const partOf = ({ candidate: { rule, factor }, amount }: Taken, ask: PriceAsk): TracePart => ({
  rule: rule.id,
  version: rule.version,
  list: rule.list,
  price: rule.price,
  factor,
  amount: String(amount),
  basis: rule.basis,
  beside: String(besideOf(rule, ask)),
});

/** What the agreed price gives: all of the line, as it was. */
const fromAgreement = (ask: PriceAsk): Trace | null => {
  const { agreed } = ask;
  if (agreed === null) return null;
  const { kind, id, version, price, remaining } = agreed;
  const excess = kind === 'quote' && remaining !== null ? Math.max(0, ask.qty - remaining) : 0;
  const step: TraceStep = { kind: 'agreed', from: kind, rule: id, version, after: price };
  return { ...EMPTY, outcome: 'priced', price, level: kind === 'quote' ? 'quote' : null, steps: [step], excess };
};

/** Goes from level to level until every unit of the line has a price. */
const search = (looked: readonly Looked[], ask: PriceAsk): Found => {
  const notes = new Map<Level, LevelLook['note']>();
  const taken: Taken[] = [];
  let level: Level | null = null;
  let left: readonly Stretch[] = [{ from: 0n, to: lengthOf(ask) }];
  for (const { level: here, candidates } of looked) {
    if (candidates.length === 0) continue;
    if (left.length === 0) {
      notes.set(here, 'later');
      continue;
    }
    const cover = coverLine(candidates, left, ask);
    if (cover.kind === 'conflict') {
      return { taken, level: here, left, conflict: cover.rules.map(({ id }) => id).toSorted(), notes: notes.set(here, 'hit') };
    }
    notes.set(here, cover.taken.length === 0 ? 'quantity' : cover.left.length === 0 && taken.length === 0 ? 'hit' : 'partly');
    if (cover.taken.length > 0) level ??= here;
    taken.push(...cover.taken);
    left = cover.left;
  }
  return { taken, level, left, conflict: [], notes };
};

/** The rule a level is shown by: the best whose minimum is reached, else the one that comes nearest. */
const shownOf = (candidates: readonly Candidate[], ask: PriceAsk): Candidate | undefined =>
  candidates.find((candidate) => minimumOf(candidate) <= measuredOf(candidate.rule, ask)) ?? candidates.at(-1);

const lookOf = ({ level, candidates }: Looked, { notes, taken }: Found, ask: PriceAsk): LevelLook => {
  const own = taken.find(({ candidate }) => candidates.includes(candidate))?.candidate;
  const shown = own ?? shownOf(candidates, ask);
  const note = notes.get(level) ?? 'none';
  if (shown === undefined) return { level, note, rule: null, version: null, list: null, price: null, min: null };
  const { id, version, list, min } = shown.rule;
  return { level, note, rule: id, version, list, price: priceIn(shown, ask), min };
};

/** The quantity of the line, in its unit, that reaches a minimum with what counts besides it; rounded up: fewer would not. */
const minInLine = (candidate: Candidate, ask: PriceAsk): number => {
  const factor = BigInt(factorOf(ask.uom, ask) ?? MICRO);
  return Number((minimumOf(candidate) - besideOf(candidate.rule, ask) + factor - 1n) / factor);
};

/** The next quantity that brings another price of the ladder of the rule that decided: one that a better rule takes brings none. */
const nextBreak = (first: Candidate, candidates: readonly Candidate[], ask: PriceAsk): NextBreak | null => {
  const above = candidates.filter((one) => isSameLadder(one, first) && minimumOf(one) > measuredOf(one.rule, ask));
  const isTaken = (one: Candidate): boolean => {
    const there = { ...ask, qty: minInLine(one, ask) };
    const cover = coverLine(candidates, [{ from: 0n, to: lengthOf(there) }], there);
    return cover.kind === 'taken' && cover.taken.some(({ candidate }) => candidate === one);
  };
  const next = above.toSorted((a, b) => minInLine(a, ask) - minInLine(b, ask)).find(isTaken);
  if (next === undefined) return null;
  return { rule: next.rule.id, version: next.rule.version, min: minInLine(next, ask), price: priceIn(next, ask) };
};

const priced = (found: Found, level: Level, looked: readonly Looked[], ask: PriceAsk, { promotions }: PriceBook): Trace => {
  const [first] = found.taken;
  if (first === undefined) return EMPTY;
  const factor = factorOf(ask.uom, ask) ?? MICRO;
  const parts = found.taken.map(({ candidate, amount }) => ({ price: candidate.rule.price, factor: candidate.factor, amount }));
  const after = averagePrice(parts, factor);
  const base: TraceStep = { kind: 'base', level, parts: found.taken.map((taken) => partOf(taken, ask)), factor, after };
  const { isOpenToPromotions, from, to } = first.candidate.rule;
  const promoted = applyPromotions({ level, price: after, isOpenToPromotions }, promotions, ask);
  const isClear = promoted.conflict.length === 0;
  return {
    ...EMPTY,
    outcome: isClear ? 'priced' : 'conflict',
    price: isClear ? promoted.price : null,
    level,
    steps: [base, ...promoted.steps],
    passed: promoted.passed,
    next: nextBreak(first.candidate, looked.find((one) => one.level === level)?.candidates ?? [], ask),
    conflict: promoted.conflict,
    from,
    to,
  };
};

const unpriced = ({ conflict, level }: Found): Trace =>
  conflict.length > 0 ? { ...EMPTY, outcome: 'conflict', level, conflict } : EMPTY;

/**
 * Resolves the price of a line and says how. Pure: the order of the rules and promotions given does not matter.
 * What comes back was agreed at its price and is looked for nowhere; a quote is asked where the company has placed it.
 */
export const resolvePrice = (ask: PriceAsk, book: PriceBook): Trace => {
  const agreed = fromAgreement(ask);
  if (agreed !== null && ask.agreed?.kind === 'return') return agreed;
  const byLevel = candidatesByLevel(book.rules, ask);
  const looked = book.levels.map((level) => ({ level, candidates: byLevel.get(level) ?? [] }));
  const found = search(looked, ask);
  const place = agreed === null ? -1 : book.levels.indexOf('quote');
  const isBefore = found.level !== null && book.levels.indexOf(found.level) < place;
  const looks = looked.map((one) => lookOf(one, found, ask));
  if (agreed !== null && place >= 0 && !isBefore) return { ...agreed, looks: quoteLooks(looks, agreed) };
  const isWhole = found.conflict.length === 0 && found.left.length === 0;
  const trace = isWhole && found.level !== null ? priced(found, found.level, looked, ask, book) : unpriced(found);
  return { ...trace, looks };
};

/** The quote is where the search ended; what else has a price was never asked. */
const quoteLooks = (looks: readonly LevelLook[], { steps, price }: Trace): readonly LevelLook[] =>
  looks.map((look) => {
    if (look.level !== 'quote') return look.note === 'none' ? look : { ...look, note: 'later' };
    const [step] = steps;
    const own = step?.kind === 'agreed' ? { rule: step.rule, version: step.version } : {};
    return { ...look, ...own, note: 'hit', price };
  });
