/**
 * Which character separates the cells of a file. Each candidate is tried on the first rows; the one under which the
 * rows agree on their number of columns wins. A file name says nothing: a `.csv` often holds tabs.
 */
import type { Evidence } from '../../../shared/domain/import/evidence.ts';
import { isBlank } from '../../../shared/domain/import/evidence.ts';
import { readRows } from './rows.ts';

export type Separator = Evidence & {
  readonly delimiter: string;
  /** Characters to leave out at the start: the line `sep=;`. */
  readonly skip: number;
};

/** In order of trust: text never holds a unit separator, seldom a tab, often a comma. */
const CANDIDATES = ['\u001f', '\u0001', '\t', ';', '||', '|', ',', '^', '~', '¦'] as const;
/** Tried where nothing else separates: addresses and times hold it. */
const LAST_RESORTS = [':'] as const;
const NAMES: Readonly<Record<string, string>> = {
  '\t': 'tab',
  ';': 'semicolon',
  '|': 'pipe',
  '||': 'two pipes',
  ',': 'comma',
  ':': 'colon',
  '\u001f': 'unit separator',
  '\u0001': 'control character 1',
};
const SAMPLE_CHARACTERS = 256_000;
const SAMPLE_ROWS = 200;

const nameSeparator = (delimiter: string): string => NAMES[delimiter] ?? `“${delimiter}”`;

type Try = { readonly delimiter: string; readonly columns: number; readonly agree: number; readonly rows: number };

/** Rows of the sample; the last one may be cut short and is left out. */
const sample = (text: string, delimiter: string): string[][] => {
  const cut = text.length > SAMPLE_CHARACTERS;
  const rows = readRows(cut ? text.slice(0, SAMPLE_CHARACTERS) : text, delimiter).next(SAMPLE_ROWS);
  return (cut && rows.length < SAMPLE_ROWS ? rows.slice(0, -1) : rows).filter((row) => row.some((cell) => !isBlank(cell)));
};

const tryOut = (text: string, delimiter: string): Try => {
  const rows = sample(text, delimiter);
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(row.length, (counts.get(row.length) ?? 0) + 1);
  let columns = 1;
  let agree = 0;
  for (const [count, times] of counts) if (count > 1 && times > agree) [columns, agree] = [count, times];
  return { delimiter, columns, agree, rows: rows.length };
};

/** Agreement that makes a candidate believable; titles and totals of reports have fewer cells. */
const BELIEVABLE = 0.5;
const share = ({ agree, rows }: Try): number => (rows === 0 ? 0 : agree / rows);

const describe = ({ agree, rows, columns, delimiter }: Try): string => {
  const which = agree === rows ? 'every row has' : `${agree} of ${rows} rows have`;
  return `${which} ${columns} columns with ${nameSeparator(delimiter)}`;
};

/** Columns of a fixed width, as old reports print them. */
const isAlignedBySpaces = (text: string): boolean => {
  const rows = text
    .slice(0, SAMPLE_CHARACTERS)
    .split(/[\r\n]+/)
    .slice(0, SAMPLE_ROWS)
    .filter((row) => row.trim() !== '');
  return rows.length > 2 && rows.filter((row) => /\S {2,}\S/.test(row)).length > rows.length * BELIEVABLE;
};

const detect = (text: string): Omit<Separator, 'skip'> => {
  const attempt = (candidates: readonly string[]): readonly Try[] =>
    candidates.map((one) => tryOut(text, one)).filter((one) => one.columns > 1 && share(one) >= BELIEVABLE);
  const usual = attempt(CANDIDATES);
  const tries = usual.length > 0 ? usual : attempt(LAST_RESORTS);
  const [first, ...others] = tries.toSorted((a, b) => share(b) - share(a));
  if (!first) {
    const isAligned = isAlignedBySpaces(text);
    const because = [
      'no separator gives more than one column',
      ...(isAligned ? ['cells seem to be aligned by spaces: such a file is not cut'] : []),
    ];
    return { delimiter: ',', answer: 'none', sure: !isAligned, because };
  }
  const rivals = others.filter((one) => share(one) > 0.9 * share(first) && !first.delimiter.includes(one.delimiter));
  return {
    delimiter: first.delimiter,
    answer: nameSeparator(first.delimiter),
    sure: rivals.length === 0,
    because: [describe(first), ...rivals.map(describe)],
  };
};

/** Finds the separator. @param given what a recipe or a person names; null to find it */
export const findSeparator = (text: string, given: string | null): Separator => {
  const line = /^(?:"sep=(.)"|sep=(.))[^\S\r\n\t]*(?:\r\n|\r|\n|$)/i.exec(text);
  const named = line?.[1] ?? line?.[2];
  const skip = line?.[0].length ?? 0;
  if (given !== null) {
    const delimiter = given === '\\t' || given.toLowerCase() === 'tab' ? '\t' : given;
    return { delimiter, skip, answer: nameSeparator(delimiter), sure: true, because: ['given'] };
  }
  if (named !== undefined) {
    return { delimiter: named, skip, answer: nameSeparator(named), sure: true, because: [`the first line says sep=${named}`] };
  }
  return { ...detect(text), skip };
};
