/**
 * Things that end before they begin: a case closed before it was opened, goods delivered before they were shipped.
 * Which two columns are a beginning and its end their names say; the rows are told to the person, and no length of time
 * is ever computed from them.
 */
import { dayUnder, judgeDates, readDate } from './dates.ts';
import type { DateOrder } from '../locale.ts';
import { countOf, nameCells, type Cell } from './evidence.ts';

/** Words for beginnings and the words for their ends. */
const FAMILIES: readonly (readonly [begins: RegExp, ends: RegExp])[] = [
  [
    /^(?:creat(?:ed?|ion)|open(?:ed|ing)?|report(?:ed)?|logg?ed|raised|received)$/,
    /^(?:clos(?:ed?|ing|ure)|resol(?:ved?|ution)|complet(?:ed?|ion)|finish(?:ed)?|solved)$/,
  ],
  [/^(?:start(?:ed|s)?|beg(?:in|an|inning)|from|since)$/, /^(?:end(?:ed|s)?|finish(?:ed)?|to|until|till|through)$/],
  [
    /^(?:order(?:ed)?|placed|booked|purchased?)$/,
    /^(?:ship(?:ped|ping)?|dispatch(?:ed)?|deliver(?:ed|y)|invoiced?|received|paid)$/,
  ],
  [/^(?:ship(?:ped|ping)?|dispatch(?:ed)?|sent)$/, /^(?:deliver(?:ed|y)|arriv(?:ed|al)|received)$/],
  [/^(?:born|birth|hired?)$/, /^(?:died|death|left|terminat(?:ed|ion))$/],
];
/** Words that say only that it is a date. */
const PLAIN = /^(?:date|time|datetime|timestamp|day|on|at|of|the)$/;

/** `CloseDate__c` is close and c; `STARTDATE` is start. */
const wordsOf = (header: string): readonly string[] =>
  header
    .replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 ')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) =>
      PLAIN.test(word) ? '' : word.replace(/(?:datetime|timestamp|date|time|at|on)$/, (end, at: number) => (at > 2 ? '' : end)),
    )
    .filter((word) => word !== '');

/** The rest of a header's words when one of them is of a kind; null where none is. */
const restWithout = (words: readonly string[], kind: RegExp): string | null => {
  const at = words.findIndex((word) => kind.test(word));
  return at < 0 ? null : words.filter((_, place) => place !== at).join(' ');
};

export type SpanColumns = { readonly begin: number; readonly end: number };

/** Columns that are a beginning and its end, by their names: `Valid from` and `Valid to`. */
export const findSpans = (headers: readonly string[]): readonly SpanColumns[] => {
  const words = headers.map(wordsOf);
  const spans: SpanColumns[] = [];
  for (const [begins, ends] of FAMILIES) {
    words.forEach((own, begin) => {
      const rest = restWithout(own, begins);
      if (rest === null) return;
      const end = words.findIndex((other, at) => at !== begin && restWithout(other, ends) === rest);
      if (end >= 0 && !spans.some((one) => one.begin === begin && one.end === end)) spans.push({ begin, end });
    });
  }
  return spans;
};

/** Part of a column's cells that must be dates for it to be one. */
const MOST = 0.8;

/** A cell as something that can be compared: its day, and its moment where it tells one. Null where it is no date. */
type When = { readonly day: string; readonly moment: number | null };
type Whens = ReadonlyMap<number, When>;

/** Cells read between two breaths: reading dates is slow. */
const SLICE = 2000;
function* slicesOf(cells: readonly Cell[]): Generator<readonly Cell[]> {
  for (let from = 0; from < cells.length; from += SLICE) yield cells.slice(from, from + SLICE);
}

/** Lets others have their turn; throws to stop. */
type Pause = () => Promise<void>;

/** The order that the cells of a column prove, and whether the column is one of dates at all. */
const judgeColumn = async (cells: readonly Cell[], now: number, pause: Pause) => {
  const orders = new Set<DateOrder>();
  let dates = 0;
  let seen = 0;
  for (const slice of slicesOf(cells)) {
    const judged = judgeDates(slice, now);
    if (judged.order !== null) orders.add(judged.order);
    dates += judged.dates;
    seen += slice.length;
    if (dates < seen * MOST) return null;
    await pause();
  }
  const [order = null] = orders;
  return seen === 0 ? null : { order: orders.size === 1 ? order : null };
};

const readColumn = async (cells: readonly Cell[], now: number, pause: Pause): Promise<Whens | null> => {
  const judged = await judgeColumn(cells, now, pause);
  if (judged === null) return null;
  const whens = new Map<number, When>();
  for (const slice of slicesOf(cells)) {
    for (const { row, text } of slice) {
      const date = readDate(text, now);
      if (date === null || date.kind === 'never') continue;
      const day = date.kind === 'day' ? date.day : judged.order === null ? null : dayUnder(date.parts, judged.order, now);
      if (day === null) continue;
      const { time } = date;
      const moment = time === null ? null : Date.parse(`${day}T00:00:00Z`) + time.ms - (time.offset ?? 0) * 60_000;
      whens.set(row, { day, moment });
    }
    await pause();
  }
  return whens;
};

const isBefore = (end: When, begin: When): boolean =>
  end.moment !== null && begin.moment !== null ? end.moment < begin.moment : end.day < begin.day;

export type Reversed = SpanColumns & {
  /** The cells of the end that come before their beginning. */
  readonly cells: readonly Cell[];
};

/**
 * The rows that end before they begin.
 * @param cellsOf the cells of a column that are not blank
 * @param now the current year, for years of two digits
 */
export const findReversed = async (
  headers: readonly string[],
  cellsOf: (column: number) => readonly Cell[],
  now: number,
  pause: Pause,
): Promise<readonly Reversed[]> => {
  const found: Reversed[] = [];
  for (const span of findSpans(headers)) {
    const ends = await readColumn(cellsOf(span.end), now, pause);
    const begins = ends && (await readColumn(cellsOf(span.begin), now, pause));
    if (!ends || !begins) continue;
    const cells = cellsOf(span.end).filter(({ row }) => {
      const [begin, end] = [begins.get(row), ends.get(row)];
      return begin !== undefined && end !== undefined && isBefore(end, begin);
    });
    if (cells.length > 0) found.push({ ...span, cells });
  }
  return found;
};

/** What a person is told of it. */
export const reversedNote = (headers: readonly string[], { begin, end, cells }: Reversed): string =>
  `Ends before it begins in ${countOf(cells.length, 'row')}: “${headers[end] ?? ''}” comes before “${headers[begin] ?? ''}”: ${nameCells(cells)}${cells.length > 3 ? ', …' : ''}`;
