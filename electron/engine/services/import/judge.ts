/**
 * The format of a column, from the recipe where it says so and from the column's cells where it does not. What the
 * cells leave open is not guessed: the column is reported, and the import refused until the recipe says.
 */
import { hasTime, judgeColumn, type ColumnType } from '../../../../shared/domain/import/columns.ts';
import { dayUnder, judgeDates, orderWords, readDate } from '../../../../shared/domain/import/dates.ts';
import { isBlank, nameCells, type Cell, type Evidence } from '../../../../shared/domain/import/evidence.ts';
import { judgeNumbers, type Assumed } from '../../../../shared/domain/import/numbers.ts';
import type { ColumnFormat } from '../../../../shared/domain/import/values.ts';
import type { Person } from '../../../../shared/domain/import/reading.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import { styleOf, type DateOrder } from '../../../../shared/domain/locale.ts';
import type { Source } from './sources.ts';
import type { RecipeColumn } from './recipe.ts';

export type Judged = {
  readonly format: ColumnFormat;
  readonly evidence: Evidence | null;
  /** The recipe key that has to be set, where the cells do not settle the format. */
  readonly asks: 'dateOrder' | 'decimal' | 'type' | null;
  /** What the format leaves out, in words. */
  readonly notes?: readonly string[];
};

export type JudgeContext = {
  /** The current year, and the company's zone. */
  readonly now: number;
  readonly zone: string;
  /** The locale of the recipe's defaults: settles numbers that may be read both ways, never dates. */
  readonly locale: string | null;
  /** Who mends cells in the check. */
  readonly person: Person;
};

/** The text of a cell after the recipe's `map`, which speaks of cells without the white space around them. */
export const mapText = (map: ReadonlyMap<string, string> | null, text: string): string =>
  map === null ? text : (map.get(text.trim()) ?? text);

export const toMap = (map: RecipeColumn['map']): ReadonlyMap<string, string> | null =>
  map === undefined ? null : new Map(Object.entries(map).map(([from, to]) => [from.trim(), to]));

/** The cells of a column that are not blank, as the file has them: what a person mends says nothing of other cells. */
export const cellsOf = (
  { table, first, asRead }: Pick<Source, 'table' | 'first' | 'asRead'>,
  at: number,
  map: ReadonlyMap<string, string> | null,
): Cell[] => {
  const cells: Cell[] = [];
  for (let row = first; row < table.rows.length; row += 1) {
    const text = mapText(map, (asRead?.get(row) ?? table.rows[row])?.[at] ?? '');
    if (!isBlank(text)) cells.push({ row: table.numbers[row] ?? row + 1, text });
  }
  return cells;
};

/** What is assumed of numbers that no cell proves. Where `;` separates cells, `,` may well separate decimals. */
export const assumedMark = (source: Pick<Source, 'table'>, { locale }: Pick<JudgeContext, 'locale'>): Assumed | null => {
  if (locale !== null) {
    const mark = styleOf(locale).decimal === ',' ? ',' : '.';
    return { mark, because: `the recipe's locale is ${locale}`, settles: 'all' };
  }
  if (source.table.delimiter.mark === ';') return null;
  return { mark: '.', because: 'programs write decimals with a point and no thousands', settles: 'points' };
};

const WITH_DECIMALS: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent']);

/** A date has no time of day: where the source has one it is left out, and said. */
const timesLeftOut = (cells: readonly Cell[], now: number): readonly string[] => {
  const timed = cells.filter(({ text }) => text.includes(':') && hasTime(text, now)).length;
  return timed === 0 ? [] : [`the time of day is left out of ${timed} cells`];
};

const judgeAsDates = (cells: readonly Cell[], given: DateOrder | undefined, base: ColumnFormat, isDay: boolean): Judged => {
  const judged = judgeDates(cells, base.now);
  const left = isDay ? timesLeftOut(cells, base.now) : [];

  if (given === undefined) {
    return { format: { ...base, order: judged.order }, evidence: judged, asks: judged.sure ? null : 'dateOrder', notes: left };
  }
  const against = cells.filter(({ text }) => {
    const date = readDate(text, base.now);
    return date?.kind === 'open' && dayUnder(date.parts, given, base.now) === null;
  });
  const because = ['the recipe says so', ...(against.length > 0 ? [`against it: ${nameCells(against)}`] : [])];
  return {
    format: { ...base, order: given },
    evidence: { answer: orderWords(given), sure: against.length === 0, because },
    asks: null,
    notes: left,
  };
};

const judgeAsNumbers = (
  cells: readonly Cell[],
  column: RecipeColumn,
  kind: Kind,
  base: ColumnFormat,
  assumed: Assumed | null,
): Judged => {
  const judged = judgeNumbers(
    cells,
    column.decimal ? { mark: column.decimal, because: 'the recipe says so', settles: 'all' } : assumed,
  );
  const mark = column.decimal ?? judged.mark;
  const asks = mark === null ? 'decimal' : null;
  const evidence: Evidence =
    column.decimal === undefined
      ? judged
      : { answer: column.decimal === '.' ? 'decimal point' : 'decimal comma', sure: true, because: ['the recipe says so'] };
  if (kind !== 'percent') return { format: { ...base, mark: mark ?? '.' }, evidence, asks };
  const isFraction = column.type === 'decimal' || !judged.isAboveOne;
  const isOpen = !judged.isAboveOne && !judged.hasDecimals && cells.some(({ text }) => text.trim() === '1');
  const words = isFraction ? 'fractions: 0.05 is 5 %' : 'percents: 5 is 5 %';
  const why = column.type === 'decimal' ? 'the recipe says so' : isFraction ? 'no value is above 1' : 'some values are above 1';
  return {
    format: { ...base, mark: mark ?? '.', isFraction },
    evidence: { answer: words, sure: evidence.sure && !isOpen, because: [why, ...evidence.because] },
    asks: asks ?? (isOpen && column.type === undefined ? 'type' : null),
  };
};

/** Decides how the cells of a column are read for a kind. */
export const judgeFor = (
  kind: Kind,
  column: RecipeColumn,
  cells: readonly Cell[],
  context: JudgeContext,
  assumed: Assumed | null,
): Judged => {
  const base: ColumnFormat = { order: null, mark: '.', isFraction: false, now: context.now, zone: context.zone };
  if (kind === 'date' || kind === 'instant') return judgeAsDates(cells, column.dateOrder, base, kind === 'date');
  if (WITH_DECIMALS.has(kind)) return judgeAsNumbers(cells, column, kind, base, assumed);
  return { format: base, evidence: null, asks: null };
};

/** The kind of a new custom field: what the recipe says, else what its cells are. */
export const customKind = (
  column: RecipeColumn,
  cells: readonly Cell[],
  context: JudgeContext,
  assumed: Assumed | null,
): ColumnType | 'money' | 'note' => {
  if (column.type !== undefined) return column.type;
  const { answer } = judgeColumn(cells, context.now, assumed).type;
  return answer === 'text' && cells.some(({ text }) => /[\r\n]/.test(text)) ? 'note' : (answer as ColumnType);
};
