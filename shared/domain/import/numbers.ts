/**
 * Numbers of a source. The decimal separator is decided per column by the cells that prove it; a number is
 * brought to a field's scale exactly or not at all, and no float is ever between.
 */
import { currenciesOf } from '../currency.ts';
import { addTo, nameCells, tally, type Cell, type Evidence, type Tally } from './evidence.ts';

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
  /** Cells that are numbers; whether one has decimals; whether one is written with `%`; whether one is above 1. */
  readonly numbers: number;
  readonly hasDecimals: boolean;
  readonly hasPercent: boolean;
  readonly isAboveOne: boolean;
  readonly others: Tally;
};

type Seen = { readonly proof: Record<DecimalMark, Tally>; readonly open: Record<DecimalMark, Tally>; readonly others: Tally };

/** What is taken where no cell proves anything: a mark, and why. Programs write `.` and no thousands. */
export type Assumed = { readonly mark: DecimalMark; readonly because: string; readonly settles: 'points' | 'all' };

const judgeMark = ({ proof, open }: Seen, assumed: Assumed | null): Evidence & { mark: DecimalMark | null } => {
  const point = proof['.'];
  const comma = proof[','];
  const because = [
    ...(point.count > 0 ? [`${nameCells(point.first)}: decimal point`] : []),
    ...(comma.count > 0 ? [`${nameCells(comma.first)}: decimal comma`] : []),
  ];
  if (because.length === 2) return { mark: null, answer: 'not sure', sure: false, because };
  if (point.count > 0) return { mark: '.', answer: 'decimal point', sure: true, because };
  if (comma.count > 0) return { mark: ',', answer: 'decimal comma', sure: true, because };
  const both = [...open['.'].first, ...open[','].first];
  if (both.length === 0) return { mark: '.', answer: 'whole numbers', sure: true, because };
  const reason = `${nameCells(both)} may be thousands or decimals, and no cell of the column says which`;
  if (assumed && (assumed.settles === 'all' || open[','].count === 0)) {
    const answer = assumed.mark === '.' ? 'decimal point' : 'decimal comma';
    return { mark: assumed.mark, answer, sure: false, because: [reason, assumed.because] };
  }
  return { mark: null, answer: 'not sure', sure: false, because: [reason] };
};

/** Decides the decimal separator of a column from its cells. Blank cells are left out by the caller. */
export const judgeNumbers = (cells: Iterable<Cell>, assumed: Assumed | null = null): NumberJudgement => {
  const seen: Seen = { proof: { '.': tally(), ',': tally() }, open: { '.': tally(), ',': tally() }, others: tally() };
  let numbers = 0;
  let hasDecimals = false;
  let hasPercent = false;
  let isAboveOne = false;
  for (const { row, text } of cells) {
    const number = readNumber(text);
    if (!number) {
      addTo(seen.others, row, text);
      continue;
    }
    numbers += 1;
    if (number.percent) hasPercent = true;
    const { core } = number;
    const mark = provenMark(core);
    if (mark !== null) {
      addTo(seen.proof[mark], row, text);
      if (core.includes(mark)) hasDecimals = true;
    } else if (core.includes(',')) addTo(seen.open[','], row, text);
    else if (core.includes('.')) addTo(seen.open['.'], row, text);
    if (!/^(?:0*[.,]\d*|0*1(?:[.,]0*)?|0+)$/.test(core)) isAboveOne = true;
  }
  return { ...judgeMark(seen, assumed), numbers, hasDecimals, hasPercent, isAboveOne, others: seen.others };
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
