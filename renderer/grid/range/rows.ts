/** The rows of a selection by their place, those that are not loaded by asking for them: their ids, or all of them. */
import { AppError } from '../../../shared/contract/define.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridSource } from '../source.ts';
import type { GridCells, PlaneRow } from './cells.ts';
import type { RowRange } from './model.ts';

/** As many rows as one step changes. */
const mostRows = 20_000;

export const refuseTooMany = (rows: number, most = mostRows): void => {
  if (rows <= most) return;
  const message = `${rows.toLocaleString()} rows are selected. ${most.toLocaleString()} at most are changed at once; nothing was changed.`;
  throw new AppError('too-large', message, { rows, most });
};

/** Places of rows that are not loaded, neighbours together. */
const gapsIn = ({ rowOf }: GridCells, { from, to }: RowRange): readonly RowRange[] => {
  const gaps: RowRange[] = [];
  for (let at = from; at < to; at += 1) {
    if (rowOf(at)) continue;
    const last = gaps.at(-1);
    if (last?.to === at) gaps[gaps.length - 1] = { from: last.from, to: at + 1 };
    else gaps.push({ from: at, to: at + 1 });
  }
  return gaps;
};

type Read = (from: number, to: number) => Promise<readonly PlaneRow[]>;

const rowsBy = async (cells: GridCells, range: RowRange, read: Read): Promise<readonly PlaneRow[]> => {
  const found = new Map<number, PlaneRow>();
  for (const { from, to } of gapsIn(cells, range)) {
    const rows = await read(from - cells.top, to - cells.top);
    for (const [nth, row] of rows.entries()) found.set(from + nth, row);
  }
  return Array.from({ length: range.to - range.from }, (_, nth) => range.from + nth).flatMap((at): PlaneRow[] => {
    const row = cells.rowOf(at);
    const far = found.get(at);
    return row ? [{ id: row.id, row }] : far ? [far] : [];
  });
};

/** @throws AppError `too-large` before anything is read */
export const rowsOf = (cells: GridCells, source: GridSource, range: RowRange): Promise<readonly PlaneRow[]> => {
  refuseTooMany(range.to - range.from);
  return rowsBy(cells, range, async (from, to) => (await source.idsAt(from, to)).map((id) => ({ id, row: null })));
};

/** The same with everything that is in them. */
export const wholeRowsOf = async (cells: GridCells, source: GridSource, range: RowRange): Promise<readonly GridRow[]> => {
  refuseTooMany(range.to - range.from);
  const rows = await rowsBy(cells, range, async (from, to) =>
    (await source.rowsAt(from, to)).map((row) => ({ id: row.id, row })),
  );
  return rows.flatMap(({ row }) => row ?? []);
};
