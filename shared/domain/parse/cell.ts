/**
 * The one place where text becomes a value: typed, pasted and imported cells all come through here (UX.md 2.4).
 * What cannot be read comes back as `{"!": [text, code]}` and is kept as it was written; nothing is ever dropped and
 * nothing throws.
 */
import { isDay } from '../dates.ts';
import { scaleExactly, divideRounded, tenTo } from '../decimal.ts';
import { minorDigits } from '../currency.ts';
import type { CellValue, Kind } from '../kinds.ts';
import { lifecycleOf } from '../lifecycle.ts';
import type { DateOrder, LocaleStyle } from '../locale.ts';
import type { ProblemCode } from '../problems.ts';
import { isUuid } from '../uuid.ts';
import { readChoice, readFlag, type ChoiceLike } from './choice.ts';
import { readDay, readInstant } from './date.ts';
import { readDuration } from './duration.ts';
import { readList } from './list.ts';
import { readNumber, type NumberRead } from './number.ts';

/** What is asked of a field. Every field of the model is one. */
export type CellField = {
  readonly kind: Kind;
  /** The kind a computed field is shown as. */
  readonly shows?: Kind;
  readonly per?: 'quantity' | 'price' | 'rate';
  readonly places?: number;
  readonly choices?: readonly ChoiceLike[];
  readonly to?: string | readonly string[];
  readonly lifecycle?: string;
  /** The clock whose time left a computed field is. */
  readonly clock?: 'respond' | 'resolve';
};

export type ParseContext = {
  readonly style: LocaleStyle;
  /** Today in the company's zone. */
  readonly today: string;
  readonly zone: string;
  /** The currency of the row; null where it is not known. */
  readonly currency: string | null;
  /** Rows of a table that a text names: by code or exact name. */
  readonly resolve: (table: string, text: string) => readonly string[];
  /** Work out sums such as `16.99*12`. Off for files. */
  readonly arithmetic?: boolean;
  /** A bare number in a percent field is a fraction: 0.15 is 15 %. For files that write it so. */
  readonly fraction?: boolean;
  /** Whole numbers in a date field are days of a spreadsheet. For columns that hold nothing else. */
  readonly serials?: boolean;
  /** The order of a column of dates, where it is known better than by the locale. */
  readonly dateOrder?: DateOrder;
};

const MAX_TEXT = 1000;
const MAX_NOTE = 100_000;

type Outcome = CellValue | { readonly code: ProblemCode };
const problem = (code: ProblemCode): Outcome => ({ code });

const readText = (raw: string, max: number): Outcome => {
  // Line by line, not by one expression: that looks at a long run of spaces once for each of them.
  const text = raw
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
  return text.length > max ? problem('TEXT_LONG') : text;
};

/** A number at the scale of a field; sums and float noise are rounded, more digits than fit are not. */
const toScale = ({ value, isInexact }: NumberRead, digits: number): Outcome => {
  const exact = scaleExactly(value, digits);
  if (exact === null && !isInexact) return problem('NUM_PLACES');
  const scaled = exact ?? divideRounded(value.top * tenTo(digits), value.bottom);
  return scaled > BigInt(Number.MAX_SAFE_INTEGER) || -scaled > BigInt(Number.MAX_SAFE_INTEGER)
    ? problem('NUM_RANGE')
    : Number(scaled);
};

const readAmount = (raw: string, field: CellField, context: ParseContext): Outcome => {
  const read = readNumber(raw, context.style, context.arithmetic === true);
  if (read === null || (read.isPercent && field.kind !== 'percent')) return problem('NUM_PARSE');
  const hasCurrency = field.kind === 'money' || (field.kind === 'decimal' && field.per === 'price');
  const [only] = read.currencies;
  if (only !== undefined && !hasCurrency) return problem('NUM_PARSE');
  if (only !== undefined && context.currency !== null && !read.currencies.includes(context.currency))
    return problem('CUR_MISMATCH');
  switch (field.kind) {
    case 'integer':
      return toScale(read, 0);
    case 'money':
      return toScale(read, minorDigits(context.currency ?? (read.currencies.length === 1 ? (only ?? null) : null)));
    case 'percent':
      return toScale(read, context.fraction === true && !read.isPercent ? 6 : 4);
    default:
      return toScale(read, 6);
  }
};

const readLink = (raw: string, field: CellField, { resolve }: ParseContext): Outcome => {
  const text = raw.trim();
  const tables = typeof field.to === 'string' ? [field.to] : (field.to ?? []);
  const isRef = field.kind === 'ref';
  const [table = '', id = ''] = text.split('/');
  if (isRef && tables.includes(table) && isUuid(id)) return text;
  const found = tables.flatMap((one) => resolve(one, text).map((row) => (isRef ? `${one}/${row}` : row)));
  const [first] = found;
  if (first === undefined) return problem('LINK_NONE');
  return found.length > 1 ? problem('LINK_MANY') : first;
};

const sortKeys = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sortKeys)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
            .map(([key, inner]) => [key, sortKeys(inner)]),
        )
      : value;

const readJson = (raw: string): Outcome => {
  try {
    return JSON.stringify(sortKeys(JSON.parse(raw)));
  } catch {
    return problem('JSON_PARSE');
  }
};

const readState = (raw: string, field: CellField): Outcome =>
  readChoice(raw, lifecycleOf(field.lifecycle ?? '')?.states ?? []) ?? problem('STATE_UNKNOWN');

const readMoment = (raw: string, kind: 'date' | 'instant', context: ParseContext): Outcome => {
  const style = context.dateOrder === undefined ? context.style : { ...context.style, dateOrder: context.dateOrder };
  const dates = { today: context.today, zone: context.zone, style, serials: context.serials };
  if (kind === 'date') {
    if (isDay(raw) && raw > '1900' && raw < '2200') return raw;
    const read = readDay(raw, dates);
    return 'day' in read ? read.day : problem(read.problem);
  }
  const read = readInstant(raw, dates);
  return 'ms' in read ? read.ms : problem(read.problem);
};

const readers: Readonly<Record<Exclude<Kind, 'computed'>, (raw: string, field: CellField, context: ParseContext) => Outcome>> = {
  text: (raw) => readText(raw, MAX_TEXT),
  note: (raw) => readText(raw, MAX_NOTE),
  integer: readAmount,
  decimal: readAmount,
  money: readAmount,
  percent: readAmount,
  date: (raw, _, context) => readMoment(raw.trim(), 'date', context),
  instant: (raw, _, context) => readMoment(raw, 'instant', context),
  duration: (raw) => readDuration(raw) ?? problem('DUR_PARSE'),
  flag: (raw) => readFlag(raw) ?? problem('BOOL_PARSE'),
  choice: (raw, field) => readChoice(raw, field.choices ?? []) ?? problem('ENUM_UNKNOWN'),
  state: readState,
  link: readLink,
  ref: readLink,
  list: (raw) => readList(raw),
  json: readJson,
};

const isProblem = (outcome: Outcome): outcome is { readonly code: ProblemCode } =>
  typeof outcome === 'object' && outcome !== null && 'code' in outcome;

/** Text to the value of a field. Blank text is null. */
export const parseCell = (field: CellField, raw: string, context: ParseContext): CellValue => {
  if (raw.trim() === '') return null;
  const kind = field.kind === 'computed' ? (field.shows ?? 'text') : field.kind;
  if (kind === 'computed') return raw;
  const outcome = readers[kind](raw, { ...field, kind }, context);
  return isProblem(outcome) ? { '!': [raw, outcome.code] } : outcome;
};
