/**
 * One grid on the page behind a handle of ours. Everything a screen varies comes in as an option; nothing of the
 * library goes out.
 */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Flash } from '../../state/flash.ts';
import type { Density } from '../../ui/tokens.ts';
import type { Copied } from '../clipboard/ants.ts';
import type { GridColumn } from '../columns.ts';
import type { Display } from '../display.ts';
import type { Entry } from '../edit/commit.ts';
import type { FilterRow } from '../filterRow.ts';
import { firstCell, nextCell } from '../newRow.ts';
import type { GridCells } from '../range/cells.ts';
import type { Place, Plane, Selection } from '../range/model.ts';
import { selectAll } from '../range/model.ts';
import type { Step } from '../range/steps.ts';
import type { Sort } from '../window/register.ts';
import type { CellContext } from './cells.ts';
import { quieten } from './aria.ts';
import { ColumnBar } from './columnBar.ts';
import { colDefs } from './colDefs.ts';
import { blockAround } from './block.ts';
import type { FilterBoxes } from './filterBox.ts';
import type { FindView } from './finding.ts';
import { findView } from './finding.ts';
import { flashRows } from './flash.ts';
import type { KeyHost } from './keyboard.ts';
import { beginEdit, commitEditor, followGridKeys, takeEditor } from './keyboard.ts';
import { createGrid } from './modules.ts';
import { isOnCell } from './dom.ts';
import type { FocusedCell, MountOptions } from './options.ts';
import { contextOf, gridOptions, sortOf } from './options.ts';
import { focusColumns, focusedPlace, focusPlace, loadedRows, planeRowOf, rowAt, rowCount } from './place.ts';
import { followGridPointer } from './pointer.ts';
import { Ranges } from './ranges.ts';
import type { Session } from './session.ts';
import { isOpenEditor, newSession } from './session.ts';
import { takeStep } from './steps.ts';
import { gridTheme } from './theme.ts';
import type { Api } from './types.ts';
import { gridView, nodeOf } from './view.ts';
import { Widths } from './widths.ts';

export class MountedGrid {
  private readonly api: Api;
  private readonly keys: KeyHost;
  private readonly ranges: Ranges;
  private readonly context: CellContext;
  readonly bar: ColumnBar;
  /** The row that is being made, in a register. */
  private made: string | null = null;
  private readonly stops: readonly (() => void)[];
  /** What finding may ask of it. */
  readonly finding: FindView;

  constructor(
    element: HTMLElement,
    private readonly options: MountOptions,
  ) {
    const { source, sort, lock } = options;
    const session = newSession();
    // The first cells are drawn before there is a selection to ask.
    let ranges: Ranges | null = null;
    const marksOf: CellContext['marksOf'] = (node, key) => ranges?.marksOf(node, key) ?? 0;
    const filters: FilterBoxes = { row: null, boxes: new Map(), next: () => false, leave: () => undefined };
    const isEditable = (row: GridRow, column: GridColumn): boolean => lock(row, column) === null;
    const widths = new Widths(options.textSize / 100);
    widths.know(options.columns);
    this.context = { ...contextOf(options), session, marksOf, filters };
    this.api = createGrid<GridRow>(element, {
      ...gridOptions(options, () => this.tellFocus()),
      ...this.listeners(),
      context: this.context,
      popupParent: element,
      columnDefs: colDefs(options.columns, { sort, isEditable, hasFilters: false, widths }),
    });
    const { api } = this;
    const onLayout = (): void => this.tellLayout();
    this.bar = new ColumnBar({ api, element, filters, sort, isEditable, widths, onLayout }, options.columns);
    ranges = new Ranges({ api, element, onSelect: () => options.onSelect() });
    this.ranges = ranges;
    this.setLabel(options.label);
    this.api.setGridAriaProperty('multiselectable', 'true');
    this.api.setGridAriaProperty('description', 'F6 leaves the grid.');
    quieten(element);
    this.keys = {
      api,
      session,
      ranges: this.ranges,
      commit: (row, column, entry) => this.commit(row, column, entry),
      onward: () => this.onward(),
      pastEnd: () => this.makeRowAtEnd(),
      letGo: () => this.letGo(),
      refused: () => {
        const cell = this.focused();
        if (cell) options.onRefused(cell);
      },
    };
    this.finding = findView({ api, context: this.context, ranges, element, columnOf: (key) => this.columnOf(key) });
    const view = gridView(api, {
      holdsFocus: () => isOnCell(element) && !this.isEditing(),
      onChange: () => this.tellFocus(),
      onReset: () => this.ranges.reset(),
    });
    this.stops = [
      followGridKeys(element, this.keys),
      followGridPointer({ api, element, ranges: this.ranges, commitOpen: () => this.commitOpen() }),
      source.attach(view),
    ];
  }

  focused(): FocusedCell | null {
    const at = focusedPlace(this.api);
    const row = at ? rowAt(this.api, at.row) : undefined;
    const column = at ? this.columnOf(focusColumns(this.api)[at.col]?.getColId() ?? '') : undefined;
    return row && column ? { row, column } : null;
  }

  /** Gives a cell the focus, for null the one a new row begins in; false where the row is not loaded. */
  focusCell(id: string, key: string | null): boolean {
    const row = planeRowOf(this.api, id);
    if (row < 0) return false;
    if (key === null) this.made = this.options.source.mode === 'windowed' ? id : null;
    const of = rowAt(this.api, row) ?? { id, v: {} };
    const col = key === null ? firstCell(this.context.display.row(of), this.shownColumns()) : this.colOf(key);
    focusPlace(this.api, { row, col: Math.max(0, col) });
    return true;
  }

  /** The row of the plane that shows a record; -1 where it is not loaded. */
  placeOf(id: string): number {
    return planeRowOf(this.api, id);
  }

  isSorted(): boolean {
    return sortOf(this.api.getColumnState()).length > 0;
  }

  /** Scrolls to a position and gives it the focus, loaded or not: in the column named, else in the one of before. */
  focusIndex(index: number, key: string | null = null): void {
    const named = key === null ? -1 : this.colOf(key);
    const col = named >= 0 ? named : (focusedPlace(this.api)?.col ?? this.firstEditable());
    focusPlace(this.api, { row: this.api.getPinnedTopRowCount() + index, col });
  }

  /** Moves along the focused row. */
  focusColumn(key: string): void {
    const at = focusedPlace(this.api);
    const col = this.colOf(key);
    if (at && col >= 0) focusPlace(this.api, { ...at, col });
  }

  /** Back to where the focus was last. */
  focus(): void {
    const at = focusedPlace(this.api) ?? { row: 0, col: this.firstEditable() };
    focusPlace(this.api, { ...at, row: Math.min(at.row, rowCount(this.api) - 1) });
  }

  /** Gives a place the focus, or the last row where there are fewer by now. */
  focusAt({ row, col }: Place): void {
    focusPlace(this.api, { row: Math.min(row, rowCount(this.api) - 1), col });
  }

  /** Moves or extends by a step; false where no cell has the focus. */
  step(step: Step): boolean {
    const { source } = this.options;
    const findEdge = source.edge ? source.edge.bind(source) : null;
    return takeStep({ api: this.api, ranges: this.ranges, over: (row) => source.edits.over(row), findEdge }, step);
  }

  /** What is selected; null where no cell has the focus. */
  selection(): Selection | null {
    return this.ranges.get();
  }

  plane(): Plane {
    return this.ranges.plane();
  }

  /** The cells as they are shown and loaded now. */
  cells(): GridCells {
    const { api } = this;
    return { columns: this.shownColumns(), top: api.getPinnedTopRowCount(), rowOf: loadedRows(api) };
  }

  select(selection: Selection): void {
    this.ranges.select(selection);
  }

  /** Whether a cell of the page is part of what is selected. */
  isSelected(cell: Element): boolean {
    return this.ranges.isSelected(cell);
  }

  /** The block of rows around the focus, in all columns; where that is selected, every row. */
  everything(now: Selection): Selection {
    return selectAll(now, blockAround(this.api, this.options.source, this.bar.all(), now.anchor), this.plane());
  }

  /** Opens the editor; in an open one, turns the arrows from the caret's to those that go on, or back. */
  edit(opening: Session['opening']): boolean {
    const { session } = this.context;
    if (this.isEditing()) session.mode = session.mode === 'edit' ? 'enter' : 'edit';
    return this.isEditing() || beginEdit(this.keys, opening);
  }

  isEditing(): boolean {
    return this.api.getEditingCells().length > 0;
  }

  /** Puts text where the caret of the open editor is; false where none is open. */
  insert(text: string): boolean {
    const [editor] = this.api.getCellEditorInstances();
    if (!isOpenEditor(editor)) return false;
    editor.insert(text);
    return true;
  }

  /** Closes the editor and takes what was typed, instead of handing it over; null where nothing was. */
  takeOpen(): Entry | null {
    return takeEditor(this.keys)?.entry ?? null;
  }

  /** Hands over what an open editor holds. */
  commitOpen(): void {
    commitEditor(this.keys);
  }

  /** The row at a place of the plane; undefined where it is not loaded. */
  rowAt(row: number): GridRow | undefined {
    return rowAt(this.api, row);
  }

  /** New rows at the top, which the plane begins with. */
  pinnedRows(): number {
    return this.api.getPinnedTopRowCount();
  }

  hasCopied(): boolean {
    return this.context.copied !== null;
  }

  /** Draws a line around what was copied; null takes it away. */
  markCopied(copied: Copied | null): void {
    this.context.copied = copied;
    if (!this.api.isDestroyed()) this.api.refreshCells({ force: true });
  }

  /** The row above the focused one. */
  above(): GridRow | undefined {
    const at = focusedPlace(this.api);
    return at && at.row > 0 ? rowAt(this.api, at.row - 1) : undefined;
  }

  /** Marks cells that just changed. */
  flash(rows: readonly Flash[]): void {
    flashRows(this.api, rows);
  }

  setColumns(columns: readonly GridColumn[]): void {
    this.bar.set(columns);
  }

  show(key: string, isShown: boolean): void {
    this.bar.show(key, isShown);
  }

  move(key: string, by: -1 | 1): void {
    this.bar.move(key, by);
  }

  sortBy(sort: Sort): void {
    this.bar.sortBy(sort);
  }

  /** Shows the filter's boxes under the headers, or what they say now; null takes them away. */
  filterBy(row: FilterRow | null): void {
    this.bar.filterBy(row);
  }

  /** Gives the filter's box of the column in focus the keyboard. */
  focusFilter(): void {
    this.bar.focusFilter(null);
  }

  setDisplay(display: Display): void {
    this.context.display = display;
    this.api.refreshCells({ force: true });
  }

  setTotals(totals: Readonly<Record<string, string>> | null): void {
    this.context.totals = totals ?? {};
    this.api.setGridOption('pinnedBottomRowData', totals ? [{ id: 'totals', v: {} }] : []);
    const node = this.api.getPinnedBottomRow(0);
    if (node) this.api.refreshCells({ rowNodes: [node], force: true });
  }

  setLook(density: Density, textSize: number): void {
    this.api.setGridOption('theme', gridTheme(density, textSize));
    this.bar.scaleTo(textSize / 100);
  }

  setLabel(label: string): void {
    this.api.setGridAriaProperty('label', label);
  }

  /** What an open editor holds is handed over first: leaving a page loses nothing. */
  destroy(): void {
    this.commitOpen();
    for (const stop of this.stops) stop();
    this.api.destroy();
  }

  private listeners() {
    const { options } = this;
    return {
      onCellEditRequest: ({ data, column, newValue }) => this.commit(data.id, column.getColId(), newValue as Entry),
      onCellFocused: () => this.tellFocus(),
      onCellDoubleClicked: ({ data, column }) => {
        const of = this.columnOf(column.getColId());
        if (data && (!of || options.lock(data, of) !== null)) options.onOpen(data);
      },
      onColumnResized: ({ finished, source, column }) => {
        // A column that takes what is left over is made wider by the window, not by a person.
        if (source === 'flex') return;
        if (column && source !== 'api') this.bar.limit(column.getColId());
        if (finished) this.tellLayout();
      },
      onGridSizeChanged: () => this.bar.fit(),
      onColumnMoved: ({ finished }) => {
        if (finished) this.tellLayout();
      },
      onColumnVisible: () => this.tellLayout(),
      onSortChanged: () => options.onSort(sortOf(this.api.getColumnState())),
    } satisfies Partial<Parameters<typeof createGrid<GridRow>>[1]>;
  }

  private columnOf(key: string): GridColumn | undefined {
    return this.bar.all().find((column) => column.key === key);
  }

  private colOf(key: string): number {
    return focusColumns(this.api).findIndex((column) => column.getColId() === key);
  }

  private firstEditable(): number {
    return Math.max(
      0,
      focusColumns(this.api).findIndex((column) => this.columnOf(column.getColId())?.editor != null),
    );
  }

  /** The columns that can hold the focus, as they stand. */
  shownColumns(): readonly GridColumn[] {
    return focusColumns(this.api).flatMap((column) => this.columnOf(column.getColId()) ?? []);
  }

  private onward(): number | null {
    const at = focusedPlace(this.api);
    const row = at ? rowAt(this.api, at.row) : undefined;
    if (!at || row?.id !== this.made) return null;
    return nextCell(this.context.display.row(row), this.shownColumns(), at.col);
  }

  private commit(row: string, key: string, entry: Entry): void {
    const column = this.columnOf(key);
    if (column) void this.options.source.commit([{ row, column, entry }]);
  }

  /** Tab at the very end of lines: on to the ghost, where there is one below. */
  private makeRowAtEnd(): boolean {
    const before = rowCount(this.api);
    const row = this.focused()?.row;
    const { source } = this.options;
    if (source.mode === 'memory' && row && !source.isGhost(row.id)) source.addRow(null);
    return rowCount(this.api) > before;
  }

  private letGo(): boolean {
    const cell = this.focused();
    const { edits } = this.options.source;
    const at = cell ? { row: cell.row.id, field: cell.column.key } : null;
    if (!cell || !at || edits.reason(at) === null) return false;
    edits.drop(at);
    const node = nodeOf(this.api, at.row);
    if (node) this.api.refreshCells({ rowNodes: [node], force: true });
    this.tellFocus();
    return true;
  }

  private tellFocus(): void {
    this.ranges.follow();
    this.options.onFocus(this.focused());
  }

  private tellLayout(): void {
    this.options.onLayout(this.bar.layout());
  }
}
