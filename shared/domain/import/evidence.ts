/** What a detection says of itself: the answer, whether it is proven, and the cells that prove or contradict it. */
export type Evidence = { readonly answer: string; readonly sure: boolean; readonly because: readonly string[] };

/** A cell of a source: `row` counts from 1 as a person counts the rows of the file. */
export type Cell = {
  readonly row: number;
  readonly text: string;
  /** A number of a workbook, which is written in one way only; else the file's own text. */
  readonly isNumber?: boolean;
};

/** At most so many cells are named for one reason. */
const NAMED_CELLS = 3;

const SHOWN = 60;

/** A cell as evidence names it: `“13/11/2006” (row 14)`. */
export const nameCell = ({ row, text }: Cell): string =>
  `“${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}” (row ${row})`;

export const nameCells = (cells: readonly Cell[]): string => cells.slice(0, NAMED_CELLS).map(nameCell).join(', ');

/** `1 row`, `12 rows`. */
export const countOf = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

/** Keeps the first few cells of a kind and the count of all. */
export type Tally = { count: number; readonly first: Cell[] };
export const tally = (): Tally => ({ count: 0, first: [] });
export const addTo = (to: Tally, row: number, text: string): void => {
  to.count += 1;
  if (to.first.length < NAMED_CELLS) to.first.push({ row, text });
};

/** So many times as many cells say one thing before the few that say another are taken for slips of somebody's hand. */
const OUTWEIGHS = 20;
export const outweighs = (many: number, few: number): boolean => few > 0 && many >= OUTWEIGHS * few;

/** Text without the white space around it; a no-break space is white space. */
export const isBlank = (text: string): boolean => text === '' || text.trim() === '';
