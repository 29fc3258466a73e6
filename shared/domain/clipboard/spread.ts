/**
 * Where pasted cells land (UX.md 2.5, steps 4 to 7): one cell fills the selection, one row or column fills across it,
 * a block that fits exactly is tiled, anything else goes in at the top left as it is. Nothing here knows a grid; rows
 * and columns are places in the plane of what is displayed, so that what is hidden or filtered away is never reached.
 */

export type Size = { readonly rows: number; readonly columns: number };

/** A length that a block of one length takes in a selection of another; null where it does not fit. */
const fit = (block: number, selected: number): number | null =>
  selected % block === 0 ? selected : selected === 1 ? block : null;

/** How much of the plane a block covers, from the top left of the selection. */
export const spread = (block: Size, selected: Size): Size => {
  const [rows, columns] = [fit(block.rows, selected.rows), fit(block.columns, selected.columns)];
  return rows === null || columns === null ? block : { rows, columns };
};

export type Plane = {
  /** Rows that are there; what goes past them becomes new rows. */
  readonly rows: number;
  readonly columns: number;
  /** Whether rows may be added. */
  readonly canGrow: boolean;
};

export type Target = {
  /** Places of rows, from the top; those at and past `plane.rows` are new. */
  readonly from: number;
  readonly rows: number;
  readonly newRows: number;
  /** Rows that cannot be added, counted from the end of the block. */
  readonly rowsLeft: number;
  /** For each column written, its place and the column of the block it comes from. */
  readonly columns: readonly { readonly at: number; readonly source: number }[];
  /** Columns of the block for which there is none. */
  readonly columnsPast: readonly number[];
};

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at);

/** The cells a block goes to, as rows and columns. @param at the top left of the selection */
export const aim = (block: Size, selected: Size, at: { readonly row: number; readonly col: number }, plane: Plane): Target => {
  const size = spread(block, selected);
  const past = Math.max(0, at.row + size.rows - plane.rows);
  const newRows = plane.canGrow ? past : 0;
  const fits = Math.max(0, Math.min(size.columns, plane.columns - at.col));
  return {
    from: at.row,
    rows: size.rows - (past - newRows),
    newRows,
    rowsLeft: past - newRows,
    columns: upTo(fits).map((n) => ({ at: at.col + n, source: n % block.columns })),
    columnsPast: upTo(block.columns).slice(fits),
  };
};
