/** Moving and extending by one of the steps of range/steps.ts, over the rows and columns that are shown. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { edgeOf } from '../moves.ts';
import type { Place, Selection } from '../range/model.ts';
import { clampPlace, extendTo, extendToCol, extendToRow } from '../range/model.ts';
import type { Step } from '../range/steps.ts';
import { isFilled } from '../filled.ts';
import { focusColumns, focusPlace, loadedRows, showColumn, showRow } from './place.ts';
import type { Ranges } from './ranges.ts';
import type { Api } from './types.ts';

export type StepHost = {
  readonly api: Api;
  readonly ranges: Ranges;
  /** A row with what was typed over it. */
  readonly over: (row: GridRow) => GridRow;
  /** Where the block of data ends along a column, in rows of the register: asked where its rows are not loaded. */
  readonly findEdge: ((field: string, from: number, back: boolean) => Promise<number>) | null;
};

/** As many columns as fit beside each other, from one of them on. */
const pageSide = (api: Api, from: number, dx: number): number => {
  const { left, right } = api.getHorizontalPixelRange();
  const columns = focusColumns(api);
  let width = right - left;
  let col = from;
  while (width > 0 && columns[col + dx] !== undefined) {
    col += dx;
    width -= columns[col]?.getActualWidth() ?? 0;
  }
  return col;
};

/** As many rows as fit under each other. */
const pageRows = (api: Api): number => {
  const { top, bottom } = api.getVerticalPixelRange();
  return Math.max(1, Math.floor((bottom - top) / api.getSizesForCurrentTheme().rowHeight) - 1);
};

/** Whether something stands in a cell; null where its row is not loaded. */
const filledCells = ({ api, over }: StepHost): ((row: number, col: number) => boolean | null) => {
  const rows = loadedRows(api);
  const keys = focusColumns(api).map((column) => column.getColId());
  return (row, col) => {
    const data = rows(row);
    return data ? isFilled(over(data), keys[col] ?? '') : null;
  };
};

/** Where a step ends; null where only the engine knows. */
const target = (host: StepHost, { by, dx, dy }: Step, from: Place, anchor: Place): Place | null => {
  const { api, ranges } = host;
  const { rows, cols } = ranges.plane();
  switch (by) {
    case 'cell':
      return { row: from.row + dy, col: from.col + dx };
    case 'page':
      return { row: from.row + dy * pageRows(api), col: dx === 0 ? from.col : pageSide(api, from.col, dx) };
    case 'row':
      return { ...from, col: dx < 0 ? 0 : cols - 1 };
    case 'grid':
      return dx < 0 ? { row: 0, col: 0 } : { row: rows - 1, col: cols - 1 };
    case 'edge': {
      const filled = filledCells(host);
      const col = dx === 0 ? from.col : edgeOf(from.col, cols, dx, (at) => filled(anchor.row, at));
      const row = dy === 0 ? from.row : edgeOf(from.row, rows, dy, (at) => filled(at, anchor.col));
      return row === null || col === null ? null : { row, col };
    }
  }
};

const arrive = ({ api, ranges }: StepHost, now: Selection, step: Step, wanted: Place): void => {
  const to = clampPlace(wanted, ranges.plane());
  if (!step.extends) {
    ranges.collapse();
    return focusPlace(api, to);
  }
  if (step.by === 'grid') ranges.select(extendTo(now, to));
  else ranges.select(step.dx === 0 ? extendToRow(now, to.row) : extendToCol(now, to.col));
  if (step.dy !== 0) showRow(api, to.row);
  if (step.dx !== 0) showColumn(api, to.col);
};

/** Does a step; false where no cell has the focus. An edge that has to be asked for is gone to only if nothing was pressed since. */
export const takeStep = (host: StepHost, step: Step): boolean => {
  const { api, ranges, findEdge } = host;
  const now = ranges.get();
  if (!now) return false;
  const from = step.extends ? now.focus : now.anchor;
  const to = target(host, step, from, now.anchor);
  const field = focusColumns(api)[now.anchor.col]?.getColId();
  if (to) arrive(host, now, step, to);
  else if (findEdge && field !== undefined && step.dy !== 0) {
    const top = api.getPinnedTopRowCount();
    const goOn = (index: number): void => {
      if (!api.isDestroyed() && ranges.get() === now) arrive(host, now, step, { ...from, row: index + top });
    };
    // Without an engine the cell in focus keeps it; the status bar says what is wrong.
    findEdge(field, Math.max(0, from.row - top), step.dy < 0).then(goOn, () => undefined);
  }
  return true;
};
