/**
 * Numbers of a source. The decimal separator is decided per column by the cells that prove it; a number is
 * brought to a field's scale exactly or not at all, and no float is ever between.
 */
import { currenciesOf } from '../currency.ts';
import { addTo, nameCells, outweighs, tally, type Cell, type Evidence, type Tally } from './evidence.ts';

export type DecimalMark = '.' | ',';

/** A number's text without sign, unit and white space: digits with `.` and `,` in it. */
export type NumberText = {
  readonly negative: boolean;
  readonly core: string;
  readonly exponent: number;
  readonly percent: boolean;
  /** The currency sign or code that stood beside it, as written. */
  readonly currency: string | null;
};

const PLAIN = /^-?\d+(?:\.\d+)?$/;
const GROUP_SPACE = /(\d)[\s\u00a0\u202f\u2009'’](?=\d{3}(?!\d))/g;
const CORE = /^(\d[\d.,]*|[.,]\d+)(?:[eE]([+-]?\d{1,3}))?$/;
const MARK = /^([^\d\s.,()+\-−%]{1,4})\s*(?=[\d.,(+\-−])|(?<=[\d.,)%-])\s*([^\d\s.,()+\-−%]{1,4})$/u;

/** What a text says as a number; null where it is none (`12x`, `N/A`, `Freight included`). */
export const readNumber = (raw: string): NumberText | null => {
  if (PLAIN.test(raw)) {
    const negative = raw.charCodeAt(0) === 45;
    return { negative, core: negative ? raw.slice(1) : raw, exponent: 0, percent: false, currency: null };
  }
  let text = raw.trim().replace(/[−‒–]/g, '-');
  if (text === '' || text.length > 60 || !/\d/.test(text)) return null;
  let negative = false;
  const takeSign = (): void => {
    const bracket = /^\((.+)\)$/.exec(text);
    const sign = bracket ? null : (/^([+-])\s*(.+)$/.exec(text) ?? /^(.+?)\s*(-)$/.exec(text));
    if (bracket) [negative, text] = [true, (bracket[1] ?? '').trim()];
    else if (sign) {
      const isFirst = /[+-]/.test(sign[1]?.[0] ?? '');
      negative = (isFirst ? sign[1] : sign[2]) === '-';
      text = ((isFirst ? sign[2] : sign[1]) ?? '').trim();
    }
  };
  takeSign();
  let currency: string | null = null;
  const mark = MARK.exec(text);
  const sign = mark?.[1] ?? mark?.[2];
  if (mark && sign !== undefined && !/^[eE]$/.test(sign)) {
    if (currenciesOf(sign).length === 0) return null;
    currency = sign;
    text = text.replace(mark[0], '').trim();
    if (!negative) takeSign();
  }
  const percent = text.endsWith('%');
  if (percent) text = text.slice(0, -1).trim();
  const match = CORE.exec(text.replace(GROUP_SPACE, '$1'));
  return match ? { negative, core: match[1] ?? '', exponent: Number(match[2] ?? 0), percent, currency } : null;
};

/** The decimal mark that a core proves; null where it has none or could be read both ways (`1,234`). */
const provenMark = (core: string): DecimalMark | null => {
  const comma = core.lastIndexOf(',');
  const point = core.lastIndexOf('.');
  if (comma < 0 && point < 0) return null;
  if (comma >= 0 && point >= 0) return comma > point ? ',' : '.';
  const [mark, other] = comma >= 0 ? ([',', '.'] as const) : (['.', ','] as const);
  const at = Math.max(comma, point);
  if (core.indexOf(mark) !== at) return other;
  const isGroup = core.length - at === 4 && at >= 1 && at <= 3 && !core.startsWith('0');
  return isGroup ? null : mark;
};

export type NumberJudgement = Evidence & {
  /** The decimal mark; null where the cells contradict each other or may be read both ways. */
  readonly mark: DecimalMark | null;
  /** Cells that are numbers; whether one has decimals. */
  readonly numbers: number;
  readonly hasDecimals: boolean;
  /** Numbers with `%`, and those without: above 1, exactly 1, and between. A zero says nothing. */
  readonly sizes: Readonly<Record<'percents' | NumberSize, Tally>>;
  readonly others: Tally;
};

/** Something beside the cells that says what the mark is: the recipe, another column of the file. */
export type Settled = { readonly mark: DecimalMark; readonly because: string };

export type NumberHints = {
  /** Asked only where the cells may be read both ways. */
  readonly settle?: () => Settled | null;
  /** The most decimals a value of the column can have, and what says so; null where any number will do. */
  readonly most?: { readonly places: number; readonly what: string } | null;
};

type Marks = Record<DecimalMark, Tally>;
type Seen = {
  readonly proof: Marks;
  /** Cells that may be read both ways, by the mark they have. */
  readonly open: Marks;
  /** Of those, cells whose decimals would be too many for the column, by the mark that is none for that. */
  readonly fine: Marks;
  /** Numbers of a workbook: they have a point, however the texts around them are written. */
  readonly exact: Tally;
};

export const DECIMAL_MARKS: readonly DecimalMark[] = ['.', ','];
const marks = (): Marks => ({ '.': tally(), ',': tally() });
const otherMark = (mark: DecimalMark): DecimalMark => (mark === '.' ? ',' : '.');
const markWords = (mark: DecimalMark): string => (mark === '.' ? 'decimal point' : 'decimal comma');

type MarkJudgement = Evidence & { readonly mark: DecimalMark | null };

const judgeMark = ({ proof, open, fine, exact }: Seen, { settle, most }: NumberHints): MarkJudgement => {
  const tell = (mark: DecimalMark, { count, first }: Tally, what: string) =>
    count > 0 ? [{ mark, because: `${nameCells(first)}: ${what}` }] : [];
  const written = DECIMAL_MARKS.flatMap((mark) => tell(mark, proof[mark], markWords(mark)));
  const tooFine = `thousands, ${most?.what ?? 'the field'} has fewer decimals`;
  const proofs = written.length > 0 ? written : DECIMAL_MARKS.flatMap((mark) => tell(mark, fine[otherMark(mark)], tooFine));
  const because = proofs.map((one) => one.because);
  const [only, ...more] = proofs;
  const ruling = DECIMAL_MARKS.find((mark) => outweighs(proof[mark].count, proof[otherMark(mark)].count));
  if (ruling !== undefined) return { mark: ruling, answer: markWords(ruling), sure: false, because };
  if (more.length > 0) return { mark: null, answer: 'not sure', sure: false, because };
  if (only) return { mark: only.mark, answer: markWords(only.mark), sure: true, because };
  const both = [...open['.'].first, ...open[','].first];
  if (both.length === 0) {
    return exact.count > 0
      ? { mark: '.', answer: 'numbers of the workbook', sure: true, because }
      : { mark: '.', answer: 'whole numbers', sure: true, because };
  }
  const reason = `${nameCells(both)} may be thousands or decimals, and no cell of the column says which`;
  const settled = settle?.() ?? null;
  return settled
    ? { mark: settled.mark, answer: markWords(settled.mark), sure: true, because: [reason, settled.because] }
    : { mark: null, answer: 'not sure', sure: false, because: [reason] };
};

/** A cell's part in what is known of the mark. False: with its marks it is no number (`1.2.3`). */
const seeMark = ({ proof, open, fine }: Seen, { row, text }: Cell, number: NumberText, { most }: NumberHints): boolean => {
  const { core } = number;
  const mark = provenMark(core);
  if (mark !== null) {
    if (/[.,].*[.,]/.test(core) && scaleNumber(number, mark, 0) === 'shape') return false;
    addTo(proof[mark], row, text);
    return true;
  }
  const own = core.includes(',') ? ',' : core.includes('.') ? '.' : null;
  if (own === null) return true;
  addTo(open[own], row, text);
  if (most && core.slice(core.indexOf(own) + 1 + most.places).replace(/0+$/, '') !== '') addTo(fine[own], row, text);
  return true;
};

export type NumberSize = 'above' | 'one' | 'below';

const ZERO = /^[0.,]+$/;
const ONE = /^0*1(?:[.,]0*)?$/;
const BELOW = /^0*[.,]\d+$/;

/** How a number without `%` compares with 1, sign aside; null for a zero, which says nothing. */
export const sizeOf = ({ core, percent, exponent }: NumberText): NumberSize | null => {
  if (percent || exponent !== 0 || ZERO.test(core)) return null;
  return ONE.test(core) ? 'one' : BELOW.test(core) ? 'below' : 'above';
};

/** Decides the decimal separator of a column from its cells. Blank cells are left out by the caller. */
export const judgeNumbers = (cells: Iterable<Cell>, hints: NumberHints = {}): NumberJudgement => {
  const seen: Seen = { proof: marks(), open: marks(), fine: marks(), exact: tally() };
  const sizes = { percents: tally(), above: tally(), one: tally(), below: tally() };
  const others = tally();
  let numbers = 0;
  const has: Record<DecimalMark, boolean> = { '.': false, ',': false };
  let isExactDecimal = false;
  for (const cell of cells) {
    const { row, text } = cell;
    const number = readNumber(text);
    const isExact = cell.isNumber === true;
    if (!number || (!isExact && !seeMark(seen, cell, number, hints))) {
      addTo(others, row, text);
      continue;
    }
    const { core } = number;
    numbers += 1;
    if (isExact) {
      addTo(seen.exact, row, text);
      isExactDecimal ||= core.includes('.');
    } else for (const mark of DECIMAL_MARKS) has[mark] ||= core.includes(mark);
    const size = number.percent ? 'percents' : sizeOf(number);
    if (size !== null) addTo(sizes[size], row, text);
  }
  const judged = judgeMark(seen, hints);
  const { mark } = judged;
  const hasDecimals = isExactDecimal || mark === null || has[mark];
  return { ...judged, numbers, hasDecimals, sizes, others };
};

/** `digits`: more decimals than the field can hold. `shape`: separators where none can be. `size`: beyond 2^53 - 1. */
export type NumberProblem = 'digits' | 'shape' | 'size';

/** Groups of three; of two before the last three, as India writes them. */
const GROUPED = { '.': /^(?:\d{1,3}(?:,\d{3})+|\d{1,2}(?:,\d{2})+,\d{3})$/, ',': /^\d{1,3}(?:\.\d{3})+$/ } as const;

/**
 * A number as an integer of 10^-digits, exactly.
 * @param mark the column's decimal mark
 */
export const scaleNumber = (number: NumberText, mark: DecimalMark, digits: number): number | NumberProblem => {
  const at = number.core.indexOf(mark);
  const head = at < 0 ? number.core : number.core.slice(0, at);
  let part = at < 0 ? '' : number.core.slice(at + 1);
  let whole = head;
  if (head.includes('.') || head.includes(',')) {
    if (!GROUPED[mark].test(head)) return 'shape';
    whole = head.replace(/[.,]/g, '');
  }
  if (part !== '' && !/^\d+$/.test(part)) return 'shape';
  const shift = digits + number.exponent;
  part = part.replace(/0+$/, '');
  if (part.length > shift)
    return whole === '' || /^0*$/.test(whole + part) ? 0 : shiftDown(whole + part, part.length - shift, number.negative);
  const value = Number(whole + part.padEnd(shift, '0'));
  if (!Number.isSafeInteger(value)) return 'size';
  return number.negative && value !== 0 ? -value : value;
};

/** A binary float has 15 sure digits: `0.15000000596046448` is the noise of one, and is rounded. */
const SURE_DIGITS = 15;

/** Digits with so many too many: they fit when those are zeros or the noise of a float. */
const shiftDown = (digits: string, extra: number, negative: boolean): number | NumberProblem => {
  const padded = digits.padStart(extra + 1, '0');
  const cut = padded.length - extra;
  const rest = padded.slice(cut);
  if (/[1-9]/.test(rest) && digits.replace(/^0+/, '').length < SURE_DIGITS) return 'digits';
  const value = Number(padded.slice(0, cut)) + (rest >= '5' ? 1 : 0);
  return Number.isSafeInteger(value) ? (negative && value !== 0 ? -value : value) : 'size';
};
