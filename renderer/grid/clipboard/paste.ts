/**
 * A paste, from what is on the clipboard to the one commit that writes it (UX.md 2.5): what was copied, where it goes,
 * new rows for what goes past the end, everything written good and bad, one undo step, and what is left to say of it.
 */
import type { GridRow, Refusal } from '../../../shared/contract/shapes.ts';
import type { Mapping } from '../../../shared/domain/clipboard/headers.ts';
import { matchHeaders } from '../../../shared/domain/clipboard/headers.ts';
import type { Block } from '../../../shared/domain/clipboard/read.ts';
import { readPasted, transpose } from '../../../shared/domain/clipboard/read.ts';
import type { Target } from '../../../shared/domain/clipboard/spread.ts';
import { aim } from '../../../shared/domain/clipboard/spread.ts';
import type { MountedGrid } from '../ag/mount.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { CellEntry, Taken } from '../edit/commit.ts';
import type { Area, Selection } from '../range/model.ts';
import { areaOf, disjoint } from '../range/model.ts';
import type { GridSource } from '../source.ts';
import { targetsOf } from './copy.ts';
import { cutCells, endCut } from './cut.ts';
import type { Payload } from './payload.ts';
import { readPayload, takenAt } from './payload.ts';
import type { PasteRow } from './plan.ts';
import { isBlankRow, lockedNote, planPaste } from './plan.ts';

export type Board = Pick<MountedGrid, 'selection' | 'select' | 'plane' | 'shownColumns' | 'rowAt' | 'pinnedRows' | 'focusCell'>;

export type PasteHost = {
  readonly grid: Board;
  readonly source: GridSource;
  /** All columns, hidden ones too. */
  readonly columns: readonly GridColumn[];
  readonly display: Display;
  readonly lock: (row: GridRow, column: GridColumn) => string | null;
  readonly canAdd: boolean;
};

/** As it stands, as new rows, by the names in its first row (also as new rows), or turned on its diagonal. */
export type PasteMode = 'values' | 'rows' | 'named-rows' | 'headers' | 'turned';

const isNamed = (mode: PasteMode): boolean => mode === 'headers' || mode === 'named-rows';

/** What was on the clipboard. */
export type Clipped = {
  readonly text: string;
  readonly block: Block;
  readonly payload: Payload | null;
};

export type Outcome = {
  readonly label: string;
  readonly rows: readonly string[];
  readonly columns: number;
  readonly step: number | null;
  readonly notes: readonly string[];
};

/** What one paste writes at most; more is an import (UX.md 2.5). */
export const mostRows = 5000;
const mostColumns = 40;
/** Text that one call to the engine carries, with room for what stands around it. */
const mostText = 2_000_000;

export const readClip = (text: string, html: string, own: string): Clipped => ({
  text,
  block: readPasted(text, html),
  payload: readPayload(own),
});

export const isTooMuch = ({ block, text }: Clipped): boolean =>
  block.rows.length > mostRows || block.columns > mostColumns || text.length > mostText;

/** Which columns the first row names; null where it does not. */
export const headersOf = ({ block }: Clipped, columns: readonly GridColumn[]): Mapping | null => {
  const [first, ...rest] = block.rows;
  if (!first || rest.length === 0) return null;
  return matchHeaders(
    first,
    columns.map(({ key, label, field }) => ({ key, label, aliases: field.aliases })),
  );
};

/** What is pasted, and onto which columns. */
type Shape = { readonly block: Block; readonly columns: readonly GridColumn[]; readonly target: Target };

/** Rows of the plane that are rows: the one to type into is what comes after them. */
const planeOf = ({ grid, source, canAdd }: PasteHost) => {
  const { rows, cols } = grid.plane();
  const last = rows > 0 ? grid.rowAt(rows - 1) : undefined;
  const hasGhost = last !== undefined && source.isGhost(last.id);
  return { rows: hasGhost ? rows - 1 : rows, columns: cols, canGrow: canAdd };
};

const sizeOf = ({ from, to }: Area) => ({ rows: to.row - from.row + 1, columns: to.col - from.col + 1 });

/** One cell goes to every selected one; a block goes to the last area alone. */
const areasFor = ({ areas, anchor }: Selection, block: Block): readonly Area[] => {
  const isOne = block.rows.length === 1 && block.columns === 1;
  return isOne ? disjoint(areas) : [areas.at(-1) ?? areaOf(anchor, anchor)];
};

/** @param row where the first row below the names goes; null = behind the last */
const byHeaders = (host: PasteHost, block: Block, mapping: Mapping, row: number | null): Shape => {
  const rest = { ...block, rows: block.rows.slice(1) };
  const plane = planeOf(host);
  const at = { row: row ?? plane.rows, col: 0 };
  const target = aim({ rows: rest.rows.length, columns: 1 }, { rows: 1, columns: 1 }, at, plane);
  const named = mapping.flatMap((key, source) => {
    const at = host.columns.findIndex((column) => column.key === key);
    return at < 0 ? [] : [{ at, source }];
  });
  const columnsPast = mapping.flatMap((key, source) => (key === null ? [source] : []));
  return { block: rest, columns: host.columns, target: { ...target, columns: named, columnsPast } };
};

const shapesOf = (host: PasteHost, clip: Clipped, mode: PasteMode, selection: Selection): readonly Shape[] => {
  const mapping = isNamed(mode) ? headersOf(clip, host.columns) : null;
  if (mapping) return [byHeaders(host, clip.block, mapping, mode === 'headers' ? selection.anchor.row : null)];
  const block = mode === 'turned' ? transpose(clip.block) : clip.block;
  const columns = host.grid.shownColumns();
  const plane = planeOf(host);
  const size = { rows: block.rows.length, columns: block.columns };
  if (mode === 'rows') {
    const at = { row: plane.rows, col: selection.anchor.col };
    return [{ block, columns, target: aim(size, { rows: 1, columns: 1 }, at, plane) }];
  }
  return areasFor(selection, block).map((area) => ({ block, columns, target: aim(size, sizeOf(area), area.from, plane) }));
};

/** The rows of a target that are there, loaded or not. */
const standingRows = async (
  { grid, source }: PasteHost,
  { from, rows, newRows }: Target,
  block: Block,
): Promise<readonly PasteRow[]> => {
  const end = from + rows - newRows;
  const pinned = grid.pinnedRows();
  const loaded = Array.from({ length: Math.max(0, end - from) }, (_, at) => grid.rowAt(from + at));
  const first = loaded.indexOf(undefined);
  const rest = first < 0 ? [] : await source.idsAt(from + first - pinned, end - pinned);
  return loaded.flatMap((row, at): readonly PasteRow[] => {
    const id = row?.id ?? rest[at - first];
    return id === undefined ? [] : [{ id, row, isNew: false, source: at % block.rows.length }];
  });
};

/** The new rows of a target; what is blank in the block makes none. */
const newRows = ({ source }: PasteHost, target: Target, block: Block): readonly PasteRow[] => {
  const standing = target.rows - target.newRows;
  const sources = Array.from({ length: target.newRows }, (_, at) => (standing + at) % block.rows.length);
  const filled = sources.filter((at) => !isBlankRow(block, at));
  const ids = source.addRows(filled.length);
  return ids.map((id, at) => ({ id, row: undefined, isNew: true, source: filled[at] ?? 0 }));
};

const linkAt =
  ({ payload }: Clipped, mode: PasteMode) =>
  (row: number, col: number, column: GridColumn): Taken | null => {
    const [r, c] = mode === 'turned' ? [col, row] : [isNamed(mode) ? row + 1 : row, col];
    return takenAt(payload, r, c, targetsOf(column));
  };

const labelOf = (rows: number, cells: number, isMove: boolean): string => {
  if (isMove) return cells === 1 ? 'Move 1 cell' : `Move ${cells} cells`;
  if (rows > 1) return `Paste ${rows} rows`;
  return cells === 1 ? 'Paste 1 cell' : `Paste ${cells} cells`;
};

const lockedBy = (refused: readonly Refusal[], cells: readonly CellEntry[]): number =>
  refused.reduce((sum, { row, field }) => sum + (field === null ? cells.filter((cell) => cell.row === row).length : 1), 0);

/** What was pasted is what is selected, where its rows have their places. */
const selectPasted = ({ grid, source }: PasteHost, target: Target, made: readonly PasteRow[]): void => {
  const [first] = made;
  if (first && source.mode === 'windowed') return void grid.focusCell(first.id, null);
  const left = target.columns[0]?.at ?? 0;
  const right = target.columns.at(-1)?.at ?? left;
  const rows = target.rows - target.newRows + made.length;
  const [from, to] = [
    { row: target.from, col: left },
    { row: target.from + Math.max(1, rows) - 1, col: right },
  ];
  grid.select({ areas: [areaOf(from, to)], anchor: from, focus: to });
};

/** Null where nothing was written; why was said by the commit. @throws AppError where rows could not be found */
export const paste = async (host: PasteHost, clip: Clipped, mode: PasteMode): Promise<Outcome | null> => {
  const selection = host.grid.selection();
  if (!selection) return null;
  const { source, display, lock } = host;
  const shapes = shapesOf(host, clip, mode, selection);
  const cells: CellEntry[] = [];
  const notes = new Set<string>();
  const made: PasteRow[] = [];
  let columns = 0;
  for (const { block, columns: onto, target } of shapes) {
    const standing = await standingRows(host, target, block);
    const added = newRows(host, target, block);
    made.push(...added);
    const rows = [...standing, ...added];
    const plan = planPaste({ block, target, rows, columns: onto, setting: display.setting, lock, takenAt: linkAt(clip, mode) });
    cells.push(...plan.cells);
    columns = Math.max(columns, plan.columns);
    for (const note of plan.notes) notes.add(note);
  }
  const [shape] = shapes;
  if (shape && !isNamed(mode)) selectPasted(host, shape.target, made);
  const moved = cutCells(clip.payload?.copy ?? null, source, cells);
  const written = new Set(cells.map(({ row }) => row));
  const label = labelOf(written.size, cells.length, moved !== null);
  const changed = await source.commit([...cells, ...(moved ?? [])], label, { source: 'paste', isLenient: true });
  if (!changed) {
    if (made.length > 0 && cells.length > 0) await source.deleteRows(made.map(({ id }) => id)).catch(() => 0);
    return cells.length === 0 ? { label, rows: [], columns, step: null, notes: [...notes] } : null;
  }
  if (moved) endCut();
  const refused = changed.refused ?? [];
  for (const note of lockedNote(lockedBy(refused, cells))) notes.add(note);
  const left = new Set(refused.flatMap(({ row, field }) => (field === null ? [row] : [])));
  return { label, rows: [...written].filter((row) => !left.has(row)), columns, step: changed.step, notes: [...notes] };
};
