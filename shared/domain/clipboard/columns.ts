/**
 * What only a whole pasted column can say of its cells (UX.md 2.4): whether its numbers are the days of a spreadsheet,
 * whether its dates or numbers were written in two manners. Where they were, the cells that can be read both ways are
 * marked and not guessed; each keeps its text.
 */
import { addDays } from '../dates.ts';
import type { Kind } from '../kinds.ts';
import type { DateOrder, LocaleStyle } from '../locale.ts';
import { readDay } from '../parse/date.ts';
import { readNumber } from '../parse/number.ts';
import type { ProblemCode } from '../problems.ts';

/** A cell as it is handed over: its text, or the text with what is wrong with it. */
export type Settled = { readonly text: string; readonly code?: ProblemCode };

type Context = { readonly style: LocaleStyle; readonly today: string };

const SERIAL = /^[2-8]\d{4}$/;
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

const isBlank = (text: string): boolean => text.trim() === '';

const isSerial = (text: string): boolean => {
  const digits = text.trim();
  return SERIAL.test(digits) && Number(digits) >= FIRST_SERIAL && Number(digits) <= LAST_SERIAL;
};

const dayIn = (text: string, dateOrder: DateOrder, { style, today }: Context): string | null => {
  const read = readDay(text, { today, style: { ...style, dateOrder } });
  return 'day' in read ? read.day : null;
};

const plain = (texts: readonly string[]): readonly Settled[] => texts.map((text) => ({ text }));

const settleDates = (texts: readonly string[], context: Context): readonly Settled[] => {
  const filled = texts.filter((text) => !isBlank(text));
  if (filled.length > 0 && filled.every(isSerial))
    return texts.map((text) => ({ text: isBlank(text) ? text : addDays('1899-12-30', Number(text.trim())) }));
  const own = context.style.dateOrder;
  const other: DateOrder = own === 'dmy' ? 'mdy' : 'dmy';
  const isForeign = (text: string): boolean => dayIn(text, own, context) === null && dayIn(text, other, context) !== null;
  if (!filled.some(isForeign)) return plain(texts);
  return texts.map((text) => {
    const [here, there] = [dayIn(text, own, context), dayIn(text, other, context)];
    return here !== there && there !== null ? { text, code: 'DATE_AMBIG' } : { text };
  });
};

type NumberStyle = Pick<LocaleStyle, 'decimals' | 'groups'>;

/** The manner of the other half of the world: the comma for the point. */
const otherStyle = ({ decimal }: LocaleStyle): NumberStyle =>
  decimal === '.' ? { decimals: ',', groups: " '’." } : { decimals: '.', groups: " '’," };

const valueIn = (text: string, style: NumberStyle): string | null => {
  const read = readNumber(text, style, false);
  return read === null ? null : String((read.value.top * 1_000_000n) / read.value.bottom);
};

const settleNumbers = (texts: readonly string[], { style }: Context): readonly Settled[] => {
  const other = otherStyle(style);
  const isForeign = (text: string): boolean => valueIn(text, style) === null && valueIn(text, other) !== null;
  if (!texts.some(isForeign)) return plain(texts);
  return texts.map((text) => {
    const [here, there] = [valueIn(text, style), valueIn(text, other)];
    return here !== null && there !== null && here !== there ? { text, code: 'NUM_AMBIG' } : { text };
  });
};

const numeric: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent']);

/** The cells of a pasted column, read together. @param texts in order, blank ones too */
export const settleColumn = (kind: Kind, texts: readonly string[], context: Context): readonly Settled[] => {
  if (kind === 'date' || kind === 'instant') return settleDates(texts, context);
  return numeric.has(kind) ? settleNumbers(texts, context) : plain(texts);
};

/**
 * The decimals that the numbers of a column came with, where none has as many as it may: they may have been shown
 * rounded where they come from. Null where nothing is missing, or no cell is a number.
 */
export const fewerDecimals = (texts: readonly string[], digits: number, { style }: Pick<Context, 'style'>): number | null => {
  const counts = texts.flatMap((text) => {
    if (readNumber(text, style, false) === null) return [];
    const at = Math.max(...[...style.decimals].map((sign) => text.lastIndexOf(sign)));
    return at < 0 ? [0] : [/^\d*/.exec(text.slice(at + 1))?.[0].length ?? 0];
  });
  const most = Math.max(-1, ...counts);
  return most >= 0 && most < digits ? most : null;
};
