/** What a replacement would change, before it does: the cells, and those that are left out and why. Pure. */
import { createFinder, type FindWords } from '../../../shared/domain/find.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import type { CellEntry } from '../edit/commit.ts';
import type { Hit } from './hits.ts';

export type Plan = {
  readonly cells: readonly CellEntry[];
  readonly rows: number;
  /** Cells that cannot be typed into. */
  readonly locked: number;
  /** Cells in which the text would stay as it is. */
  readonly same: number;
};

export const planReplace = (hits: readonly Hit[], words: FindWords, by: string): Plan => {
  const finder = createFinder(words);
  const open = hits.filter(({ locked }) => locked === null);
  const cells = open.flatMap(({ id, column, text }): CellEntry[] => {
    const next = text === null ? null : finder.replace(text, by);
    return next === null || next === text ? [] : [{ row: id, column, entry: { text: next, taken: null } }];
  });
  return {
    cells,
    rows: new Set(cells.map(({ row }) => row)).size,
    locked: hits.length - open.length,
    same: open.length - cells.length,
  };
};

const counted = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString()} ${count === 1 ? one : many}`;

/** `Replace in 12 cells of 9 rows; 2 read-only cells are left out.` */
export const describePlan = ({ cells, rows, locked, same }: Plan): string => {
  const left = [
    ...(locked > 0 ? [`${counted(locked, 'read-only cell')} ${locked === 1 ? 'is' : 'are'} left out`] : []),
    ...(same > 0 ? [`${counted(same, 'cell')} would stay the same`] : []),
  ];
  const what =
    cells.length === 0 ? 'Nothing to replace' : `Replace in ${counted(cells.length, 'cell')} of ${counted(rows, 'row')}`;
  return `${[what, ...left].join('; ')}.`;
};

const longest = 40;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

/** What the undo step is called. */
export const replaceLabel = (table: TableName, { text }: FindWords, by: string, cells: number): string =>
  `${tableOf(table).many}: replace “${short(text)}” by “${short(by)}” in ${counted(cells, 'cell')}`;
