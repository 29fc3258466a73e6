/**
 * What says how the numbers of a column are written where its own cells do not: the recipe, the currency of the
 * amounts, or another column of the same file, as one program writes all of them. Where nothing says it, a person is asked.
 */
import { isCurrency, minorDigits } from '../../../../shared/domain/currency.ts';
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { judgeColumn } from '../../../../shared/domain/import/columns.ts';
import type { DecimalMark, NumberHints, Settled } from '../../../../shared/domain/import/numbers.ts';
import type { Kind } from '../../../../shared/domain/kinds.ts';
import { styleOf } from '../../../../shared/domain/locale.ts';
import type { TableName } from '../../../../shared/model/index.ts';
import type { SourceTable } from '../../files/table.ts';
import { cellsOf } from './judge.ts';
import type { RecipeColumn } from './recipe.ts';
import type { Source } from './sources.ts';

type File = Pick<Source, 'table' | 'first' | 'asRead'>;

/** The mark that columns of a file prove; null where none does, or where they do not agree. */
const findMark = (file: File, now: number): Settled | null => {
  const found = new Map<DecimalMark, string>();
  file.table.headers.forEach((header, at) => {
    const cells = cellsOf(file, at, null);
    const { numbers } = judgeColumn(cells, now);
    if (numbers === null || !numbers.sure || numbers.mark === null || found.has(numbers.mark)) return;
    const [because] = numbers.because;
    if (because !== undefined) found.set(numbers.mark, `“${header}” of the same file says it, ${because}`);
  });
  const [only, ...more] = found;
  return only !== undefined && more.length === 0 ? { mark: only[0], because: only[1] } : null;
};

/** Finds it once for each file, and only where a column asks. */
export const createFileMarks = (now: number): ((file: File) => Settled | null) => {
  const known = new Map<SourceTable, Settled | null>();
  return (file) => {
    const found = known.get(file.table);
    if (found !== undefined) return found;
    const made = findMark(file, now);
    known.set(file.table, made);
    return made;
  };
};

/** The most decimals of an amount in the currencies of a file; null where one of them is not known. */
const moneyPlaces = (currencies: readonly string[]): NumberHints['most'] => {
  if (currencies.length === 0 || !currencies.every(isCurrency)) return null;
  const places = Math.max(...currencies.map(minorDigits));
  return { places, what: currencies.length === 1 ? `an amount in ${currencies[0] ?? ''}` : 'an amount in these currencies' };
};

/** The currencies of the amounts of a file: those of its currency column, else that of who names none. */
const fileCurrencies = ({ table, first }: File, at: number, otherwise: string | null): readonly string[] => {
  const own = new Set(table.rows.slice(first).map((row) => (row[at] ?? '').trim().toUpperCase()));
  const named = [...own].filter((text) => !isBlank(text));
  return own.has('') || named.length === 0 ? [...named, ...(otherwise === null ? [] : [otherwise])] : named;
};

export type Settle = {
  readonly markOf: (file: File) => Settled | null;
  /** The locale of the recipe's defaults. */
  readonly locale: string | null;
  /** The currency of amounts of a table that name none; null where nobody has said. */
  readonly currency: (table: TableName) => string | null;
};

/** What helps to read the numbers of a column. @param currencyAt the column of the row's currency; -1 = there is none */
export const hintsFor = (
  source: Source,
  kind: Kind | null,
  { decimal }: RecipeColumn,
  currencyAt: number,
  parts: Settle,
): NumberHints => ({
  settle: () => {
    if (decimal !== undefined) return { mark: decimal, because: 'the recipe says so' };
    if (parts.locale === null) return parts.markOf(source);
    return { mark: styleOf(parts.locale).decimal === ',' ? ',' : '.', because: `the recipe's locale is ${parts.locale}` };
  },
  most:
    kind === 'integer'
      ? { places: 0, what: 'a whole number' }
      : kind === 'money'
        ? moneyPlaces(fileCurrencies(source, currencyAt, parts.currency(source.entry.table)))
        : null,
});
