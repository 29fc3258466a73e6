/**
 * Selecting with the mouse: drag, Shift to here, Ctrl or Command for one more; rows by their number or sign, columns by
 * their header with Ctrl, so that a plain click there still sorts. Held past an edge a drag scrolls on.
 *
 * Listens before the grid library, which would move the focus on every press: with Shift the focus has to stay.
 */
import { platform } from '../../ui/platform.ts';
import type { Place, Selection } from '../range/model.ts';
import { addArea, clampPlace, columnsTo, extendTo, rowsTo, single, toggleCell, wholeColumns, wholeRows } from '../range/model.ts';
import { showColumn, showRow } from './place.ts';
import type { Ranges } from './ranges.ts';
import type { Api } from './types.ts';

export type PointerHost = {
  readonly api: Api;
  readonly element: HTMLElement;
  readonly ranges: Ranges;
  /** What an open editor holds is handed over first. */
  readonly commitOpen: () => void;
};

/** What a press with the mouse began to select. */
type Drag = { readonly kind: 'cells' | 'rows' };

const scrollEveryMs = 40;
const mostSteps = 1_000 / scrollEveryMs;
/** Farther outside by so many CSS px, a drag scrolls a row faster. */
const stepPx = 40;

const isMod = (event: MouseEvent): boolean => (platform === 'mac' ? event.metaKey : event.ctrlKey);

/** The columns whose cells stand for their row: they select it whole. */
const rowSigns = '.ag-cell.state, .ag-cell.rown';

const columnOf = (ranges: Ranges, target: Element): number | null =>
  ranges.columns().get(target.closest('.ag-header-cell')?.getAttribute('col-id') ?? '') ?? null;

const isColumns = ({ areas }: Selection, rows: number): boolean =>
  areas.every(({ from, to }) => from.row === 0 && to.row === rows - 1);

/** A column by its header: alone, with those before it, or up to it. */
const selectColumn = ({ api, ranges }: PointerHost, col: number, event: MouseEvent): void => {
  const now = ranges.get();
  const plane = ranges.plane();
  if (plane.rows === 0) return;
  const top = api.getPinnedTopRowCount() + Math.max(0, api.getFirstDisplayedRowIndex());
  const anchor: Place = { row: Math.min(now?.anchor.row ?? top, plane.rows - 1), col };
  const column = wholeColumns(single(anchor), plane);
  if (now && event.shiftKey) ranges.select(columnsTo(now, col, plane));
  else if (now && isColumns(now, plane.rows)) ranges.select({ ...column, areas: [...now.areas, ...column.areas] });
  else ranges.select(column);
};

const pressRow = ({ ranges }: PointerHost, row: number, event: MouseEvent): void => {
  const now = ranges.get();
  const plane = ranges.plane();
  const whole = wholeRows(single({ row, col: 0 }), plane);
  if (now && event.shiftKey) ranges.select(rowsTo(now, row, plane));
  else if (now && isMod(event)) ranges.select({ ...whole, areas: [...now.areas, ...whole.areas] });
  else ranges.select(whole);
};

const pressCell = ({ ranges }: PointerHost, at: Place, event: MouseEvent): void => {
  const now = ranges.get();
  if (now && event.shiftKey && isMod(event)) ranges.select(addArea(now, now.anchor, at));
  else if (now && event.shiftKey) ranges.select(extendTo(now, at));
  else if (now && isMod(event)) ranges.select(toggleCell(now, at));
  else ranges.select(single(at));
};

/** How far a pointer is outside a span: below zero before it, above zero behind it, in CSS px. */
const beyond = (at: number, from: number, to: number): number => (at < from ? at - from : at > to ? at - to : 0);

/** The part of the grid where rows scroll, in CSS px: without header, frozen columns and totals. */
const bodyOf = (element: HTMLElement): { top: number; right: number; bottom: number; left: number } => {
  const rect = (selector: string): DOMRect | undefined => element.querySelector(selector)?.getBoundingClientRect();
  const frame = rect('.ag-grid-viewport') ?? element.getBoundingClientRect();
  const totals = rect('.ag-floating-bottom .ag-row');
  return {
    top: rect('.ag-header')?.bottom ?? frame.top,
    right: frame.right,
    bottom: totals?.top ?? frame.bottom,
    left: rect('.ag-grid-pinned-left-cells')?.right ?? frame.left,
  };
};

/** Where a drag is that left the rows: steps on beyond that edge, the faster the farther. */
const pastEdge = ({ element }: PointerHost, { row, col }: Place, x: number, y: number, steps: number): Place => {
  const { top, right, bottom, left } = bodyOf(element);
  const down = beyond(y, top, bottom);
  const across = beyond(x, left, right);
  const rows = Math.sign(down) * (1 + Math.floor(Math.abs(down) / stepPx));
  return { row: row + rows * steps, col: col + Math.sign(across) * steps };
};

/** Goes on to where the pointer is; past an edge it scrolls on by so many steps. */
const dragTo = (host: PointerHost, { kind }: Drag, x: number, y: number, steps: number): void => {
  const { api, ranges, element } = host;
  const now = ranges.get();
  if (!now) return;
  const plane = ranges.plane();
  const under = document.elementFromPoint(x, y);
  const over = under && element.contains(under) ? under : null;
  const row = over && ranges.rowOf(over);
  const isOver = over !== null && row !== null;
  const to = isOver ? { row, col: ranges.placeOf(over)?.col ?? now.focus.col } : pastEdge(host, now.focus, x, y, steps);
  const focus = clampPlace(to, plane);
  ranges.select(kind === 'rows' ? rowsTo(now, focus.row, plane) : extendTo(now, focus));
  if (isOver) return;
  showRow(api, focus.row);
  if (kind === 'cells') showColumn(api, focus.col);
};

const take = (event: Event): void => {
  event.preventDefault();
  event.stopPropagation();
};

/** Follows the pointer until it is let go. */
const follow = (host: PointerHost, drag: Drag, first: MouseEvent): (() => void) => {
  let { clientX: x, clientY: y } = first;
  let hasMoved = false;
  let scrolled = performance.now();
  // As fast on a computer that paints slowly: the steps it had no time for are made up, up to a second of them.
  const timer = setInterval(() => {
    const steps = Math.min(Math.round((performance.now() - scrolled) / scrollEveryMs), mostSteps);
    if (steps < 1) return;
    scrolled = performance.now();
    if (hasMoved) dragTo(host, drag, x, y, steps);
  }, scrollEveryMs);
  const onMove = (event: MouseEvent): void => {
    if (event.buttons === 0) return stop();
    hasMoved ||= Math.abs(event.clientX - first.clientX) + Math.abs(event.clientY - first.clientY) > 3;
    x = event.clientX;
    y = event.clientY;
    if (hasMoved) dragTo(host, drag, x, y, 0);
  };
  const stop = (): void => {
    clearInterval(timer);
    window.removeEventListener('mousemove', onMove);
    window.removeEventListener('mouseup', stop);
  };
  window.addEventListener('mousemove', onMove);
  window.addEventListener('mouseup', stop);
  return stop;
};

/** Listens on the element around the grid; returns how to stop. */
export const followGridPointer = (host: PointerHost): (() => void) => {
  const { element, ranges } = host;
  let stopDrag = (): void => undefined;
  /** The press is ours: the library, and the browser's own move of the focus with the mouse event after it, stay out. */
  let isTaken = false;
  const press = (event: PointerEvent, target: Element): boolean => {
    const at = ranges.placeOf(target);
    // The menu is for what is selected, where it was opened on it.
    if (event.button === 2) return ranges.isWide() && ranges.isSelected(target);
    if (event.button !== 0) return false;
    if (isMod(event) && columnOf(ranges, target) !== null) return true;
    const row = ranges.rowOf(target);
    const isRow = row !== null && target.closest(rowSigns) !== null;
    if (!isRow && at === null) return false;
    host.commitOpen();
    if (isRow) pressRow(host, row, event);
    else if (at) pressCell(host, at, event);
    stopDrag();
    stopDrag = follow(host, { kind: isRow ? 'rows' : 'cells' }, event);
    // A plain press goes on to the library: it opens editors on the second one.
    return isRow || event.shiftKey || isMod(event);
  };
  const onPointerDown = (event: PointerEvent): void => {
    const { target } = event;
    const isOurs = target instanceof Element && target.closest('.ag-cell-inline-editing, .ag-popup, .cell-list') === null;
    isTaken = isOurs && press(event, target);
    if (isTaken) event.stopPropagation();
  };
  const onMouseDown = (event: MouseEvent): void => {
    if (isTaken) take(event);
  };
  const onClick = (event: MouseEvent): void => {
    const col = event.target instanceof Element && isMod(event) ? columnOf(ranges, event.target) : null;
    if (col === null) return;
    take(event);
    host.commitOpen();
    selectColumn(host, col, event);
  };
  const capture = { capture: true };
  element.addEventListener('pointerdown', onPointerDown, capture);
  element.addEventListener('mousedown', onMouseDown, capture);
  element.addEventListener('click', onClick, capture);
  return () => {
    stopDrag();
    element.removeEventListener('pointerdown', onPointerDown, capture);
    element.removeEventListener('mousedown', onMouseDown, capture);
    element.removeEventListener('click', onClick, capture);
  };
};
