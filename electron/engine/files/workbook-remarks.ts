/** What a person should know of a sheet that is read: what has no result, what was cut, what nobody sees, what is merged. */
import { countOf } from '../../../shared/domain/import/evidence.ts';

const SHOWN = 3;

/** `AB`, as a workbook names its columns. */
const columnName = (column: number): string => {
  let letters = '';
  for (let n = column + 1; n > 0; n = Math.floor((n - 1) / 26)) letters = String.fromCharCode(65 + ((n - 1) % 26)) + letters;
  return letters;
};

/** `AB12`, as a workbook names its cells. */
export const cellName = (row: number, column: number): string => `${columnName(column)}${row + 1}`;

type Names = { readonly add: (...of: readonly number[]) => void; readonly count: () => number; readonly first: () => string };

/** Cells of one kind: how many, and the names of the first. */
const createNames = (nameOf: (...of: readonly number[]) => string = (row = 0, column = 0) => cellName(row, column)): Names => {
  const names: string[] = [];
  let count = 0;
  return {
    add: (...of) => {
      count += 1;
      if (names.length < SHOWN) names.push(nameOf(...of));
    },
    count: () => count,
    first: () => `${names.join(', ')}${count > SHOWN ? ', …' : ''}`,
  };
};

const noteFormulas = ({ count, first }: Names): readonly string[] => {
  if (count() === 0) return [];
  const what = countOf(count(), 'formula has no result', 'formulas have no result');
  const own = count() === 1 ? 'its own text stands in its place' : 'their own text stands in their place';
  return [`${what} in the file (${first()}): ${own}. Open the file in its program, let it calculate, save it`];
};

const noteCut = ({ count, first }: Names): readonly string[] => {
  if (count() === 0) return [];
  const what = countOf(count(), 'number has', 'numbers have');
  const why = 'more than the 15 digits that a workbook keeps of a number: the last ones may be wrong';
  return [`${what} ${why} (${first()}). Codes are kept whole where they are text`];
};

const noteHidden = (rows: Names, columns: Names): readonly string[] => {
  const both = [
    rows.count() === 0 ? null : `${countOf(rows.count(), 'row')} (${rows.first()})`,
    columns.count() === 0 ? null : `${countOf(columns.count(), 'column')} (${columns.first()})`,
  ].filter((part) => part !== null);
  return both.length === 0 ? [] : [`Hidden in the workbook, and read like the others: ${both.join(' and ')}`];
};

const noteMerged = ({ count, first }: Names): readonly string[] => {
  if (count() === 0) return [];
  const what = countOf(count(), 'merged cell stands', 'merged cells stand');
  return [
    `${what} for several rows (${first()}): only the first of them has the text. Part them and fill them down where each row needs it`,
  ];
};

export const createRemarks = () => {
  const [formulas, cut, merged] = [createNames(), createNames(), createNames()];
  const hiddenRows = createNames((at = 0) => String(at + 1));
  const hiddenColumns: (readonly [first: number, last: number])[] = [];
  let hidden = -1;
  let width = 0;
  const namesOfHidden = (): Names => {
    const names = createNames((column = 0) => columnName(column));
    for (const [first, end] of hiddenColumns) for (let at = first; at <= Math.min(end, width - 1); at += 1) names.add(at);
    return names;
  };
  return {
    formula: formulas.add,
    cut: cut.add,
    /** What the cells alone do not tell. */
    unseen: {
      merge: merged.add,
      /** The row that comes next. */
      hideRow: (at: number): void => {
        hidden = at;
      },
      hideColumns: (first: number, last: number): void => void hiddenColumns.push([first, last]),
    },
    /** A row holds something. */
    filled: (at: number): void => {
      if (at === hidden) hiddenRows.add(at);
    },
    /** So far to the right is something. */
    reach: (column: number): void => {
      width = Math.max(width, column + 1);
    },
    notes: (): readonly string[] => [
      ...noteFormulas(formulas),
      ...noteCut(cut),
      ...noteHidden(hiddenRows, namesOfHidden()),
      ...noteMerged(merged),
    ],
  };
};
