/**
 * What was pasted: values from text/plain alone, their shape settled by text/html where there is one (UX.md 2.5,
 * steps 1 and 2). A place that is no cell, because a merged cell covers it or its row is shorter, is null: nothing
 * is written there.
 */
import { unguardText } from '../import/guard.ts';
import type { Shape } from './html.ts';
import { readShape } from './html.ts';
import type { Cells } from './tsv.ts';
import { splitTsv } from './tsv.ts';

export type Block = {
  readonly rows: readonly (readonly (string | null)[])[];
  readonly columns: number;
  /** Places that a merged cell covers: they are left as they are. */
  readonly covered: number;
};

const columnsOf = (rows: readonly (readonly unknown[])[]): number => rows.reduce((most, row) => Math.max(most, row.length), 0);

const breaksIn = (text: string): number => text.split(/\r\n?|\n/).length - 1;

/**
 * Rows whose cells hold breaks that were not quoted, put together as the HTML says. Null where it does not come out:
 * then the text is taken at its word.
 */
const joinBroken = (text: string, { rows: shape }: Shape): Cells | null => {
  const lines = text.split(/\r\n?|\n/);
  const rows: (readonly string[])[] = [];
  let at = 0;
  for (const cells of shape) {
    const count = 1 + cells.reduce<number>((sum, breaks) => sum + (breaks ?? 0), 0);
    const row = lines
      .slice(at, at + count)
      .join('\n')
      .split('\t');
    if (row.length !== cells.length || row.some((cell, col) => breaksIn(cell) !== (cells[col] ?? 0))) return null;
    rows.push(row);
    at += count;
  }
  const rest = lines.slice(at);
  return rest.length === 0 || (rest.length === 1 && rest[0] === '') ? rows : null;
};

/** Exactly one trailing line break is no row, unless the HTML counts one more (UX.md 2.5, step 2). */
const settleLastRow = (rows: Cells, shape: Shape | null): Cells => {
  const last = rows.at(-1);
  const isBlank = last?.length === 1 && last[0] === '';
  return isBlank && rows.length > 1 && rows.length !== shape?.rows.length ? rows.slice(0, -1) : rows;
};

/** Each row has a line break behind it, and where the only column is blank the last of them may have been left out. */
const settleRows = (text: string, shape: Shape | null): Cells => {
  const rows = settleLastRow(splitTsv(text, shape !== null), shape);
  if (shape === null || rows.length <= shape.rows.length) return rows;
  return joinBroken(text, shape) ?? rows;
};

/** @param html '' where there is none */
export const readPasted = (text: string, html = ''): Block => {
  const shape = html === '' ? null : readShape(html);
  const rows = settleRows(text, shape);
  const isSameShape = shape !== null && shape.rows.length === rows.length;
  const unguard = shape?.isOwn === true ? unguardText : (cell: string): string => cell;
  let covered = 0;
  const settled = rows.map((row, at) => {
    const cells = isSameShape ? shape.rows[at] : undefined;
    // A blank row may have come as a line break alone.
    if (cells && cells.length > 1 && row.length === 1 && row[0] === '')
      return cells.map((breaks) => (breaks === null ? null : ''));
    return row.map((cell, col) => {
      // A covered place that holds text is no covered place: the program wrote something there.
      if (cell === '' && cells?.length === row.length && cells[col] === null) {
        covered += 1;
        return null;
      }
      return unguard(cell);
    });
  });
  const columns = columnsOf(settled);
  return {
    rows: settled.map((row) => [...row, ...Array<null>(columns - row.length).fill(null)]),
    columns,
    covered,
  };
};

/** The block turned on its diagonal: rows become columns. */
export const transpose = ({ rows, columns, covered }: Block): Block => ({
  rows: Array.from({ length: columns }, (_, col) => rows.map((row) => row[col] ?? null)),
  columns: rows.length,
  covered,
});
