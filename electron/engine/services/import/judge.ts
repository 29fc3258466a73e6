/**
 * The format of a column, from the recipe where it says so and from the column's cells where it does not. What the
 * cells leave open is not guessed: the column is reported, and the import refused until the recipe says.
 */
import { hasTime, judgeColumn, type ColumnType } from '../../../../shared/domain/import/columns.ts';
import { dayUnder, judgeDates, orderWords, readDate } from '../../../../shared/domain/import/dates.ts';
import { countOf, isBlank, nameCells, outweighs, type Cell, type Evidence } from '../../../../shared/domain/import/evidence.ts';
import {
  judgeNumbers,
  type NumberHints,
  type NumberJudgement,
  type NumberSize,
} from '../../../../shared/domain/import/numbers.ts';
import type { ColumnFormat } from '../../../../shared/domain/import/values.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import type { DateOrder } from '../../../../shared/domain/locale.ts';
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
    const raw = (asRead?.get(row) ?? table.rows[row])?.[at] ?? '';
    const text = mapText(map, raw);
    const number = table.numbers[row] ?? row + 1;
    if (isBlank(text)) continue;
    cells.push(
      text === raw && table.isNumber?.(number, at) === true ? { row: number, text, isNumber: true } : { row: number, text },
    );
  }
  return cells;
};

const WITH_DECIMALS: ReadonlySet<Kind> = new Set(['integer', 'decimal', 'money', 'percent']);

/** A date has no time of day: where the source has one it is left out, and said. */
const timesLeftOut = (cells: readonly Cell[], now: number): readonly string[] => {
  const timed = cells.filter(({ text }) => text.includes(':') && hasTime(text, now)).length;
  return timed === 0 ? [] : [`the time of day is left out of ${countOf(timed, 'cell')}`];
};

const judgeAsDates = (cells: readonly Cell[], given: DateOrder | undefined, base: ColumnFormat, isDay: boolean): Judged => {
  const judged = judgeDates(cells, base.now);
  const left = isDay ? timesLeftOut(cells, base.now) : [];

  if (given === undefined) {
    return {
      format: { ...base, order: judged.order },
      evidence: judged,
      asks: judged.sure || judged.order !== null ? null : 'dateOrder',
      notes: left,
    };
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

/** Percents without a sign may be fractions: `0.25` stands for 25 % or for 0.25 %. The numbers beside it say, or a person. */
const judgeAsPercents = ({ sizes }: NumberJudgement, type: RecipeColumn['type']) => {
  const { percents, above, one, below } = sizes;
  const isGiven = type === 'decimal' || type === 'percent';
  // Of a whole column of fractions one number above 1 is a slip; it makes no percents of the others.
  const isSlip = outweighs(below.count, above.count);
  const isFraction = type === 'decimal' || (type !== 'percent' && (above.count === 0 || isSlip));
  const doubted: readonly NumberSize[] = isSlip ? ['above'] : isFraction ? ['below', 'one'] : ['below'];
  const shown = isSlip ? below.first : doubted.flatMap((size) => sizes[size].first);
  const isMixed = !isGiven && shown.length > 0 && above.count + percents.count > 0;
  // 1 is 1 % or all of it, and fractions beside it do not say: half a percent is as likely as half.
  const isOpen = !isGiven && one.count > 0 && above.count + percents.count === 0;
  const beside = nameCells([...above.first.slice(0, 1), ...percents.first.slice(0, 1)]);
  const why = isGiven
    ? 'the recipe says so'
    : isMixed && isSlip
      ? `${countOf(below.count, 'value is', 'values are')} below 1, ${nameCells(above.first)} is not: each such cell is marked`
      : isMixed
        ? `${nameCells(shown)} beside ${beside}: each such cell is marked`
        : isFraction
          ? 'no value is above 1'
          : 'some values are above 1';
  const hasPlain = above.count + one.count + below.count > 0;
  const answer = !hasPlain ? 'percents' : isFraction ? 'fractions: 0.05 is 5 %' : 'percents: 5 is 5 %';
  return { isFraction, unclear: isMixed ? doubted : [], isOpen, answer, because: hasPlain ? [why] : [] };
};

const judgeAsNumbers = (
  cells: readonly Cell[],
  column: RecipeColumn,
  kind: Kind,
  base: ColumnFormat,
  hints: NumberHints,
): Judged => {
  const judged = judgeNumbers(cells, hints);
  const mark = column.decimal ?? judged.mark;
  const asks = mark === null ? 'decimal' : null;
  const evidence: Evidence =
    column.decimal === undefined
      ? judged
      : { answer: column.decimal === '.' ? 'decimal point' : 'decimal comma', sure: true, because: ['the recipe says so'] };
  const format = { ...base, mark: mark ?? '.' };
  if (kind !== 'percent') return { format, evidence, asks };
  const { isFraction, unclear, isOpen, answer, because } = judgeAsPercents(judged, column.type);
  return {
    format: { ...format, isFraction, unclear },
    evidence: { answer, sure: evidence.sure && !isOpen && unclear.length === 0, because: [...because, ...evidence.because] },
    asks: asks ?? (isOpen ? 'type' : null),
  };
};

/** Decides how the cells of a column are read for a kind. */
export const judgeFor = (
  kind: Kind,
  column: RecipeColumn,
  cells: readonly Cell[],
  context: Pick<ColumnFormat, 'now' | 'zone'>,
  hints: NumberHints,
): Judged => {
  const base: ColumnFormat = { order: null, mark: '.', isFraction: false, unclear: [], now: context.now, zone: context.zone };
  if (kind === 'date' || kind === 'instant') return judgeAsDates(cells, column.dateOrder, base, kind === 'date');
  if (WITH_DECIMALS.has(kind)) return judgeAsNumbers(cells, column, kind, base, hints);
  return { format: base, evidence: null, asks: null };
};

/** The kind of a new custom field: what the recipe says, else what its cells are. */
export const customKind = (
  column: RecipeColumn,
  cells: readonly Cell[],
  now: number,
  hints: NumberHints,
): ColumnType | 'money' | 'note' => {
  if (column.type !== undefined) return column.type;
  const { answer } = judgeColumn(cells, now, hints).type;
  return answer === 'text' && cells.some(({ text }) => /[\r\n]/.test(text)) ? 'note' : (answer as ColumnType);
};
