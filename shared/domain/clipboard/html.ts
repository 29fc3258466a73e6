/**
 * The shape of a table in text/html: how many rows and columns, which cells are covered by a merged one, how many
 * breaks a cell holds. Values are never taken from it, for programs write them there as displayed, rounded and cut;
 * and it is never put into a page. A scanner over tags, bounded in size, knows enough.
 */

/** Per row: the line breaks in each cell; null where a merged cell covers the place. */
type ShapeRow = readonly (number | null)[];

export type Shape = {
  readonly rows: readonly ShapeRow[];
  /** Written by this program: text that looks like a formula carries its guard. */
  readonly isOwn: boolean;
};

/** Beyond this the HTML is not looked at: the text alone says what there is. */
const LONGEST = 64 * 2 ** 20;
const MOST_CELLS = 2_000_000;
const MOST_SPAN = 10_000;

export const OWN_MARK = 'data-account-workbench';

/** Comments and the parts of a page that hold no table, else one tag. A tag that never ends is left at the next one: once over. */
const PIECE = /<!--[\s\S]*?(?:-->|$)|<(style|script)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([a-z][a-z0-9]*)\b([^<>]{0,8000})>/gi;

const spanOf = (attributes: string, name: 'rowspan' | 'colspan'): number => {
  const [, digits = '1'] = new RegExp(`\\b${name}\\s*=\\s*["']?(\\d{1,6})`, 'i').exec(attributes) ?? [];
  return Math.min(MOST_SPAN, Math.max(1, Number(digits)));
};

/** Excel ends its table with an undisplayed row of column widths; filtered rows come the same way. */
const isHidden = (attributes: string): boolean => /display\s*:\s*none/i.test(attributes);

type Open = { readonly cells: (number | null)[]; readonly isHidden: boolean };

/** A table while it is read: merged cells cover places in rows below. */
const createTable = () => {
  const rows: (number | null)[][] = [];
  /** Rows that a merged cell still covers, by column. */
  const below: number[] = [];
  let row: Open | null = null;
  let cellAt = -1;
  let count = 0;

  const skipCovered = (cells: (number | null)[]): void => {
    while ((below[cells.length] ?? 0) > 0) {
      below[cells.length] = (below[cells.length] ?? 0) - 1;
      cells.push(null);
      count += 1;
    }
  };
  const endCell = (): void => {
    cellAt = -1;
  };
  const endRow = (): void => {
    endCell();
    if (row === null) return;
    skipCovered(row.cells);
    if (!row.isHidden) rows.push(row.cells);
    row = null;
  };
  const startRow = (attributes: string): void => {
    row = { cells: [], isHidden: isHidden(attributes) };
    skipCovered(row.cells);
  };
  const startCell = (attributes: string): void => {
    row ??= { cells: [], isHidden: false };
    skipCovered(row.cells);
    const [tall, wide] = [spanOf(attributes, 'rowspan'), spanOf(attributes, 'colspan')];
    cellAt = row.cells.length;
    for (let n = 0; n < wide; n += 1) {
      if (tall > 1 && !row.isHidden) below[row.cells.length] = tall - 1;
      row.cells.push(n === 0 ? 0 : null);
    }
    count += wide;
  };
  const lineBreak = (): void => {
    const breaks = row?.cells[cellAt];
    if (row && typeof breaks === 'number') row.cells[cellAt] = breaks + 1;
  };
  return {
    rows,
    endRow,
    isFull: (): boolean => count > MOST_CELLS,
    tag(name: string, isClosing: boolean, attributes: string): void {
      if (name === 'tr') {
        endRow();
        if (!isClosing) startRow(attributes);
      } else if (name === 'td' || name === 'th') {
        endCell();
        if (!isClosing) startCell(attributes);
      } else if (name === 'br') lineBreak();
    },
  };
};

/** The shape of the first table; null where there is none, or far more than anybody pastes. */
export const readShape = (html: string): Shape | null => {
  if (html.length > LONGEST) return null;
  const table = createTable();
  let depth = 0;
  let isOwn = false;
  for (const [, , slash, name = '', attributes = ''] of html.matchAll(PIECE)) {
    const tag = name.toLowerCase();
    const isClosing = slash === '/';
    if (tag === 'table') {
      depth += isClosing ? -1 : 1;
      if (!isClosing && depth === 1) isOwn = attributes.includes(OWN_MARK);
      if (depth <= 0) break;
    }
    // A table inside a cell is part of that cell.
    if (depth !== 1) continue;
    table.tag(tag, isClosing, attributes);
    if (table.isFull()) return null;
  }
  table.endRow();
  return table.rows.length === 0 ? null : { rows: table.rows, isOwn };
};
