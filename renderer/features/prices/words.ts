/**
 * A trace in the words of the panel: which levels are worth a row, what each found, and what was done to the price. Plain
 * text from plain data, so that it can be read and tested without a screen.
 */
import type { OutputOf } from '../../../shared/contract/define.ts';
import type { WorkbenchContract } from '../../../shared/contract/index.ts';
import { formatCell, formatScaled, type FormatContext } from '../../../shared/domain/format.ts';
import { MICRO } from '../../../shared/domain/kinds.ts';
import { levelLabel } from '../../../shared/domain/pricing/levels.ts';
import type { LevelLook, Passed, Trace, TracePart, TraceStep } from '../../../shared/domain/pricing/trace.ts';
import { fieldOf } from '../../../shared/model/index.ts';

export type Traced = OutputOf<WorkbenchContract['prices.trace']>;
/** How this window writes things, and how the lists of a trace are called. */
export type Words = { readonly format: FormatContext; readonly lists: Readonly<Record<string, string>>; readonly uom: string };

export type Row = {
  readonly key: string;
  /** Its place in the company's order of levels; null for a step after the base price. */
  readonly at: number | null;
  readonly name: string;
  readonly note: string;
  readonly price: number | null;
  readonly isHit: boolean;
};

const priceField = fieldOf('prices', 'price');

export const sayPrice = (price: number, { format }: Pick<Words, 'format'>): string =>
  priceField === undefined ? String(price) : formatCell(priceField, price, format);

export const sayQty = (qty: number, { format }: Pick<Words, 'format'>): string => formatScaled(qty, 6, 0, 6, format.locale);

const sayDay = (day: string, { format }: Words): string => formatCell({ kind: 'date' }, day, format);

/** A fraction in millionths as a percentage. */
export const sayPercent = (fraction: number, { format }: Pick<Words, 'format'>): string =>
  `${formatScaled(fraction, 4, 1, 1, format.locale)} %`;

const listOf = ({ list, version }: LevelLook, { lists }: Words): string =>
  [list === null ? '' : (lists[list] ?? ''), version ?? ''].filter(Boolean).join(' ');

const noteOf = (look: LevelLook, words: Words): string => {
  const { note, min } = look;
  const from = min === null || min === 0 ? '' : `from ${sayQty(min, words)}`;
  const say = (...parts: readonly string[]): string => parts.filter(Boolean).join(', ');
  switch (note) {
    case 'hit':
      return say(listOf(look, words), from);
    case 'partly':
      return say(listOf(look, words), from, 'for some of the units');
    case 'quantity':
      return say(listOf(look, words), `${from || 'its quantity'} not reached`);
    case 'later':
      return say(listOf(look, words), from, 'not asked');
    case 'none':
      return look.level === 'quote' ? 'not from a quote' : 'none';
  }
};

/** The levels that were asked, and those behind that would have had a price. */
export const lookRows = ({ looks, level }: Trace, words: Words): readonly Row[] => {
  const last = Math.max(
    looks.findIndex((look) => look.level === level),
    looks.findLastIndex(({ note }) => note === 'partly'),
  );
  const end = last < 0 ? looks.length : last;
  return looks.flatMap((look, at): readonly Row[] => {
    const isHit = look.note === 'hit' || look.note === 'partly';
    if (at > end && look.note === 'none') return [];
    return [{ key: look.level, at, name: levelLabel(look.level), note: noteOf(look, words), price: look.price, isHit }];
  });
};

/** What counted towards the band besides the line (P6), in the product's own units. */
const besideText = ({ basis, beside }: TracePart, { format }: Words): string => {
  if (basis === 'line' || beside === '0') return '';
  const qty = formatScaled(beside, 12, 0, 6, format.locale);
  return basis === 'group' ? `with ${qty} on other lines of its group` : `after ${qty} bought in its period`;
};

const partRow = (part: TracePart, at: number, words: Words): Row => ({
  key: `${part.rule}/${at}`,
  at: null,
  name: `${formatScaled(part.amount, 12, 0, 6, words.format.locale)} at ${sayPrice(part.price, words)}`,
  note: besideText(part, words),
  price: null,
  isHit: false,
});

const stepRows = (step: TraceStep, words: Words): readonly Row[] => {
  switch (step.kind) {
    case 'agreed': {
      const name = step.from === 'quote' ? 'As it was quoted' : 'As it was sold';
      return [{ key: step.rule, at: null, name, note: 'no other price is asked for', price: step.after, isHit: false }];
    }
    case 'promotion': {
      const note = `${sayPercent(step.percent, words)} off ${sayPrice(step.before, words)}`;
      return [{ key: step.rule, at: null, name: step.code || 'Promotion', note, price: step.after, isHit: false }];
    }
    case 'base': {
      const isOther = step.factor !== MICRO;
      const [only, ...others] = step.parts;
      const counted = only === undefined || others.length > 0 ? '' : besideText(only, words);
      const note = [isOther ? `one ${words.uom} holds ${sayQty(step.factor, words)}` : '', counted].filter(Boolean).join(', ');
      const base: Row = { key: 'base', at: null, name: 'Base price', note, price: step.after, isHit: false };
      return step.parts.length > 1 ? [...step.parts.map((part, at) => partRow(part, at, words)), base] : [base];
    }
  }
};

/** What was done to reach the price, in order. */
export const steps = ({ steps: all }: Trace, words: Words): readonly Row[] => all.flatMap((step) => stepRows(step, words));

const WHY: Readonly<Record<Passed['why'], string>> = {
  contract: 'contracts exclude offers',
  level: 'not on top of this price',
  stack: 'does not combine with the one before',
};

/** Promotions that hold for the line and were left out. */
export const passedOver = ({ passed }: Trace): string =>
  passed.map(({ code, why }) => `${code} not applied: ${WHY[why]}`).join('; ');

export const validity = ({ from, to }: Trace, words: Words): string => {
  if (from === null && to === null) return 'Without an end';
  if (from === null) return `Until ${sayDay(to ?? '', words)}`;
  return to === null ? `From ${sayDay(from, words)} on` : `${sayDay(from, words)} to ${sayDay(to, words)}`;
};

export const nextBreak = ({ next, outcome, level }: Trace, words: Words): string => {
  if (outcome !== 'priced' || level === null) return '';
  return next === null ? 'None above' : `${sayPrice(next.price, words)} from ${sayQty(next.min, words)} ${words.uom}`;
};

/** `22.0 %, floor 20.0 %, cost 6.32 of 2 Mar`. */
export const marginText = ({ percent, floor, cost, costOn, isStale }: NonNullable<Traced['margin']>, words: Words): string => {
  const of = costOn === null ? 'without a day' : `of ${sayDay(costOn, words)}${isStale ? ', too old to rely on' : ''}`;
  const said = cost === null ? [] : [`cost ${sayPrice(cost, words)} ${of}`];
  return [percent === null ? 'Not known' : sayPercent(percent, words), `floor ${sayPercent(floor, words)}`, ...said].join(', ');
};

/** How far the price may go down before somebody has to agree to it. */
export const roomText = (price: number | null, least: number | null, words: Words): string => {
  if (price === null || least === null) return '';
  const room = price - least;
  return room >= 0
    ? `${sayPrice(room, words)}, down to ${sayPrice(least, words)}`
    : `${sayPrice(-room, words)} below the least, ${sayPrice(least, words)}`;
};

/** `line 8, 560 EA, price date 12 Mar`. */
export const askedText = ({ position, asked }: Pick<Traced, 'position' | 'asked'>, words: Words): string =>
  [
    position === null ? '' : `line ${position}`,
    asked === null || asked.qty === null ? '' : `${sayQty(asked.qty, words)} ${asked.uom}`,
    asked === null ? '' : `price date ${sayDay(asked.date, words)}`,
  ]
    .filter(Boolean)
    .join(', ');

/** The heading of the panel. */
export const headText = ({ trace, price, by }: Pick<Traced, 'trace' | 'price' | 'by'>, words: Words): string => {
  if (price !== null) {
    if (by === 'hand') return `${sayPrice(price, words)}, set by hand`;
    return by === null && trace?.price !== price ? `${sayPrice(price, words)}, as it came` : `Why ${sayPrice(price, words)}`;
  }
  return trace?.outcome === 'conflict' ? 'Two prices claim this line' : 'No price';
};
