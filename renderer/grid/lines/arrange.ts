/**
 * The rows of a line grid in the order they are shown: the engine's, rows being made where the person put them,
 * the ghost last. Pure, because this order decides which line a key lands on.
 */
import type { GridRow, Patch } from '../../../shared/contract/shapes.ts';

/**
 * A row that is not a record yet. `after` = the row it was put behind; null = at the end. `position`: its number, where
 * many are made at once and the engine would have to look for each.
 */
export type NewRow = {
  readonly row: GridRow;
  readonly after: string | null;
  readonly isRecord: boolean;
  readonly position?: number;
};

/** The number the engine gives the next line: one behind the last. */
export const nextPosition = (rows: readonly GridRow[]): number =>
  rows.reduce((last, { v }) => (typeof v['position'] === 'number' ? Math.max(last, v['position']) : last + 1), 0) + 1;

export const arrange = (stored: readonly GridRow[], added: readonly NewRow[], ghost: GridRow | null): readonly GridRow[] => {
  const known = new Set(stored.map((row) => row.id));
  const rows = [...stored];
  for (const { row, after } of added) {
    if (known.has(row.id)) continue;
    const at = after === null ? -1 : rows.findIndex((r) => r.id === after);
    rows.splice(at < 0 ? rows.length : at + 1, 0, row);
  }
  return ghost ? [...rows, { ...ghost, v: { ...ghost.v, position: nextPosition(rows) } }] : rows;
};

/** Whether two states of a row would look the same: then the grid keeps the one it has. */
const isSame = (a: GridRow, b: GridRow): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The newer rows, but the older objects where nothing changed. */
export const keepSame = (before: readonly GridRow[], after: readonly GridRow[]): readonly GridRow[] => {
  const old = new Map(before.map((row) => [row.id, row]));
  return after.map((row) => {
    const was = old.get(row.id);
    return was && isSame(was, row) ? was : row;
  });
};

/**
 * Room for a row in the middle: its place, and the patches that move the rows below it down by one. Null where
 * it goes to the end, for the engine numbers those itself.
 */
export const makeRoom = (
  table: string,
  stored: readonly GridRow[],
  after: string | null,
): { readonly position: number; readonly moves: readonly Patch[] } | null => {
  const at = after === null ? -1 : stored.findIndex((row) => row.id === after);
  const anchor = stored[at]?.v['position'];
  if (at < 0 || at === stored.length - 1 || typeof anchor !== 'number') return null;
  const moves = stored.slice(at + 1).flatMap((row): Patch[] => {
    const position = row.v['position'];
    return typeof position === 'number' ? [{ kind: 'update', table, id: row.id, values: { position: position + 1 } }] : [];
  });
  return { position: anchor + 1, moves };
};

/** The same moves by so many places more: room for several rows. */
export const shiftRoom = (moves: readonly Patch[], by: number): readonly Patch[] =>
  moves.map((patch) => {
    if (patch.kind !== 'update') return patch;
    const { position } = patch.values;
    return typeof position === 'number' ? { ...patch, values: { position: position + by } } : patch;
  });

type Moved = { readonly rows: readonly GridRow[]; readonly patches: readonly Patch[] };

/** Lines moved by one place, and the patches that number them so; null where they stand at the edge, or have no numbers. */
export const moveLines = (table: string, stored: readonly GridRow[], ids: ReadonlySet<string>, by: -1 | 1): Moved | null => {
  const order = by < 0 ? [...stored] : stored.toReversed();
  const isMoved = (at: number): boolean => ids.has(order[at]?.id ?? '');
  if (isMoved(0) || !order.some((_, at) => isMoved(at))) return null;
  for (let at = 1; at < order.length; at += 1) if (isMoved(at)) order.splice(at - 1, 0, ...order.splice(at, 1));
  const rows = by < 0 ? order : order.toReversed();
  const numbers = stored.flatMap(({ v }) => (typeof v['position'] === 'number' ? [v['position']] : []));
  if (numbers.length < stored.length) return null;
  const places = new Set(numbers).size === numbers.length ? numbers.toSorted((a, b) => a - b) : numbers.map((_, at) => at + 1);
  return {
    rows: rows.map((row, at) =>
      row.v['position'] === places[at] ? row : { ...row, v: { ...row.v, position: places[at] ?? null } },
    ),
    patches: rows.flatMap(({ id, v }, at): Patch[] => {
      const position = places[at];
      return position === undefined || position === v['position'] ? [] : [{ kind: 'update', table, id, values: { position } }];
    }),
  };
};
