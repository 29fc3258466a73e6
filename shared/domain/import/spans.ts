/**
 * Things that end before they begin: a case closed before it was opened, goods delivered before they were shipped.
 * Which two columns are a beginning and its end their names say; the rows are told to the person, and no length of time
 * is ever computed from them.
 */
import { dayUnder, judgeDates, readDate } from './dates.ts';
import { isBlank, nameCells, type Cell } from './evidence.ts';

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
const readColumn = (cells: readonly Cell[], now: number): ReadonlyMap<number, When> | null => {
  const { order, dates } = judgeDates(cells, now);
  if (cells.length === 0 || dates < cells.length * MOST) return null;
  const whens = new Map<number, When>();
  for (const { row, text } of cells) {
    const date = readDate(text, now);
    if (date === null || date.kind === 'never') continue;
    const day = date.kind === 'day' ? date.day : order === null ? null : dayUnder(date.parts, order, now);
    if (day === null) continue;
    const { time } = date;
    const moment = time === null ? null : Date.parse(`${day}T00:00:00Z`) + time.ms - (time.offset ?? 0) * 60_000;
    whens.set(row, { day, moment });
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
export const findReversed = (
  headers: readonly string[],
  cellsOf: (column: number) => readonly Cell[],
  now: number,
): readonly Reversed[] => {
  const read = new Map<number, ReadonlyMap<number, When> | null>();
  const whensOf = (column: number): ReadonlyMap<number, When> | null => {
    const whens = read.get(column) ?? readColumn(cellsOf(column), now);
    read.set(column, whens);
    return whens;
  };
  return findSpans(headers).flatMap((span) => {
    const [begins, ends] = [whensOf(span.begin), whensOf(span.end)];
    if (begins === null || ends === null) return [];
    const cells = cellsOf(span.end).filter(({ row, text }) => {
      const [begin, end] = [begins.get(row), ends.get(row)];
      return !isBlank(text) && begin !== undefined && end !== undefined && isBefore(end, begin);
    });
    return cells.length === 0 ? [] : [{ ...span, cells }];
  });
};

/** What a person is told of it. */
export const reversedNote = (headers: readonly string[], { begin, end, cells }: Reversed): string =>
  `Ends before it begins in ${cells.length} rows: “${headers[end] ?? ''}” comes before “${headers[begin] ?? ''}”: ${nameCells(cells)}${cells.length > 3 ? ', …' : ''}`;
