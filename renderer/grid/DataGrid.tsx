/**
 * The grid of every screen: a register of any size or the lines of one document, with the same cells, keys and
 * editing. A screen gives rows (a source), columns and what it wants to hear; the library stays behind this file.
 */
import type { ReactElement, Ref, RefObject } from 'react';
import { useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef } from 'react';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { goneText } from '../../shared/domain/gone.ts';
import { agreedReason } from '../../shared/model/agreed.ts';
import { client } from '../client/client.ts';
import { announce } from '../state/announce.ts';
import { useDrafts } from '../state/drafts.ts';
import { onFlash } from '../state/flash.ts';
import { setStatus } from '../state/status.ts';
import { say } from '../state/toasts.ts';
import { useUi } from '../state/ui.ts';
import type { Density } from '../ui/tokens.ts';
import { MountedGrid } from './ag/mount.ts';
import type { FocusedCell, MountOptions } from './ag/options.ts';
import { PasteBar } from './clipboard/PasteBar.tsx';
import { PasteSpecial } from './clipboard/PasteSpecial.tsx';
import { useClipboard } from './clipboard/useClipboard.ts';
import type { GridColumn } from './columns.ts';
import type { Display, Setting } from './display.ts';
import { createDisplay } from './display.ts';
import { recoverTexts } from './edit/recover.ts';
import type { FilterRow } from './filterRow.ts';
import { FillSeries } from './FillSeries.tsx';
import { FindBar } from './find/FindBar.tsx';
import { useFind } from './find/useFind.ts';
import type { GridHandle } from './handle.ts';
import type { Layout } from './layout.ts';
import { showFlash } from './reveal.ts';
import type { GridSource } from './source.ts';
import { ColumnMenu } from './ColumnMenu.tsx';
import { RowMenu } from './RowMenu.tsx';
import { useCellCommands } from './useCellCommands.ts';
import { useColumnCommands } from './useColumnCommands.ts';
import { useGridCommands } from './useGridCommands.ts';
import { useRangeStats } from './useRangeStats.ts';
import { useFillCommands, useFillSeries } from './useFillCommands.ts';
import { useRangeCommands } from './useRangeCommands.ts';
import { useLatest } from './useLatest.ts';
import type { Sort } from './window/register.ts';
import './grid.css';
import './filter.css';
import './find/find.css';

type Props = {
  readonly source: GridSource;
  readonly columns: readonly GridColumn[];
  readonly setting: Setting;
  /** The accessible name. */
  readonly label: string;
  /** The order it opens in. */
  readonly sort: Sort;
  /** What the ghost row asks for, and where. */
  readonly ghost?: { readonly column: string; readonly hint: string };
  /** Whether rows may be added, taken away and copied here. */
  readonly canAdd?: boolean;
  /** Whether F8 walks these rows alone; a page that has more to walk through answers it itself. */
  readonly walks?: boolean;
  /** Why a cell cannot be typed into although its field could be; null where it can. */
  readonly lock?: (row: GridRow, column: GridColumn) => string | null;
  /** The height of its rows where that is not the window's. */
  readonly density?: Density | null;
  /** The filter's boxes under the headers; left out or null, there are none. */
  readonly filterRow?: FilterRow | null;
  readonly totals?: Readonly<Record<string, string>> | null;
  /** Takes a paste of more rows than one paste writes. */
  readonly onTooMuch?: (text: string) => void;
  readonly onFocus?: (cell: FocusedCell | null) => void;
  readonly onOpen?: (row: GridRow) => void;
  readonly onLayout?: (layout: Layout) => void;
  readonly onSort?: (sort: Sort) => void;
  readonly ref?: Ref<GridHandle>;
};

const lockOf = ({ source, lock: more }: Pick<Props, 'source' | 'lock'>, row: GridRow, column: GridColumn): string | null => {
  if (row.gone) return goneText(row.gone, 'row');
  if (row.importing) return 'This row is being imported and cannot be changed yet.';
  if (column.editor === null) return `${column.label} is worked out and cannot be typed here.`;
  return more?.(row, column) ?? agreedReason(source.table, column.key, row.v, row.i?.[column.key]);
};

/** `Sorted by Account, ascending, then Due, descending`. */
const spokenSort = (sort: Sort, columns: readonly GridColumn[]): string => {
  const label = (key: string): string => columns.find((column) => column.key === key)?.label ?? key;
  const parts = sort.map(({ field, dir }) => `${label(field)}, ${dir === 'asc' ? 'ascending' : 'descending'}`);
  return parts.length === 0 ? 'Not sorted' : `Sorted by ${parts.join(', then ')}`;
};

/** What a grid is mounted with; what can change later is read when it is needed. */
const mountOptions = (latest: RefObject<Props>, display: RefObject<Display>, onSelect: () => void): MountOptions => {
  const { source, columns, label, sort, ghost } = latest.current;
  const { textSize, ...ui } = useUi.getState();
  const density = latest.current.density ?? ui.density;
  const lock = (row: GridRow, column: GridColumn): string | null => lockOf(latest.current, row, column);
  return {
    source,
    port: client,
    columns,
    display: display.current,
    label,
    sort,
    density,
    textSize,
    stateField: columns.find((column) => column.field.kind === 'state')?.key ?? null,
    ghost: ghost ?? null,
    lock,
    onFocus: (cell) => {
      const problem = cell ? display.current.cell(cell.column, cell.row).problem : null;
      setStatus({ reason: problem?.message ?? null });
      latest.current.onFocus?.(cell);
    },
    onRefused: ({ row, column }) => {
      const reason = lock(row, column);
      if (reason !== null) say(reason);
    },
    onSelect,
    onOpen: (row) => latest.current.onOpen?.(row),
    onLayout: (layout) => latest.current.onLayout?.(layout),
    onSort: (sorted) => {
      announce('rows', spokenSort(sorted, latest.current.columns));
      latest.current.onSort?.(sorted);
    },
  };
};

/** Lays text the engine never took back over its cells. */
const recover = (source: GridSource, latest: RefObject<Props>, display: RefObject<Display>): void => {
  const isSaid = (row: GridRow, field: string, text: string): boolean => {
    const column = latest.current.columns.find(({ key }) => key === field);
    return column !== undefined && display.current.open(column, row) === text;
  };
  const isHere = ({ field }: { readonly field: string }): boolean => latest.current.columns.some(({ key }) => key === field);
  const adopt = (id: string): void => source.adopt?.(id);
  // The texts stay kept: without an engine just now, the next look at the screen brings them.
  recoverTexts({ edits: source.edits, port: client, isHere, isSaid, adopt }, useDrafts.getState().texts).catch(() => undefined);
};

const handleOf = (grid: RefObject<MountedGrid | null>): GridHandle => ({
  focus: () => grid.current?.focus(),
  focused: () => grid.current?.focused() ?? null,
  focusCell: (id, key) => grid.current?.focusCell(id, key) ?? false,
  focusIndex: (index, key) => grid.current?.focusIndex(index, key),
  commitOpen: () => grid.current?.commitOpen(),
  isEditing: () => grid.current?.isEditing() ?? false,
  show: (key, isShown) => grid.current?.show(key, isShown),
  move: (key, by) => grid.current?.move(key, by),
  sortBy: (sort) => grid.current?.sortBy(sort),
  edit: (opening) => grid.current?.edit(opening) ?? false,
  focusFilter: () => grid.current?.focusFilter(),
});

export const DataGrid = (props: Props): ReactElement => {
  const { source, columns, setting, label, filterRow = null, totals = null, canAdd = true, walks = true, ref } = props;
  const ui = useUi();
  const { textSize } = ui;
  const density = props.density ?? ui.density;
  const element = useRef<HTMLDivElement>(null);
  const grid = useRef<MountedGrid | null>(null);
  const display = useMemo(() => createDisplay(source.edits, setting), [source, setting]);
  const latest = useLatest(props);
  const latestDisplay = useLatest(display);

  const selected = useRangeStats(grid, source, latestDisplay);

  // The grid lives as long as its source; everything else is handed to it as it changes. It goes before its element
  // does, so that an open editor still has what was typed.
  useLayoutEffect(() => {
    if (!element.current || latest.current.source !== source) return undefined;
    const mounted = new MountedGrid(
      element.current,
      mountOptions(latest, latestDisplay, () => selected.current()),
    );
    mounted.setTotals(latest.current.totals ?? null);
    grid.current = mounted;
    recover(source, latest, latestDisplay);
    return () => {
      grid.current = null;
      setStatus({ reason: null });
      mounted.destroy();
    };
  }, [source, latest, latestDisplay, selected]);
  useEffect(() => grid.current?.setColumns(columns), [columns]);
  useEffect(() => grid.current?.filterBy(filterRow), [filterRow]);
  useEffect(() => grid.current?.setDisplay(display), [display]);
  useEffect(() => grid.current?.setTotals(totals), [totals]);
  useEffect(() => grid.current?.setLook(density, textSize), [density, textSize]);
  useEffect(() => grid.current?.setLabel(label), [label]);
  useEffect(() => onFlash(source.table, (rows) => void showFlash(() => grid.current, source, rows)), [source]);
  const rules = { source, display, lock: (row: GridRow, column: GridColumn) => lockOf(props, row, column) };
  const find = useFind(grid, element, rules);
  useGridCommands(grid, { source, columns, display, canAdd, walks });
  useCellCommands(grid, rules);
  useColumnCommands(grid);
  useRangeCommands(grid);
  useFillCommands(grid, rules);
  const series = useFillSeries(grid, rules);
  const clipboard = useClipboard(grid, element, { ...rules, columns, canAdd, onTooMuch: props.onTooMuch ?? null });
  useImperativeHandle(ref, () => handleOf(grid), []);
  return (
    <>
      <FindBar {...find} />
      <PasteBar source={source} display={display} onLeave={() => grid.current?.focus()} />
      <div ref={element} className="data-grid" data-where="grid" data-testid="grid" />
      <RowMenu element={element} grid={grid} />
      <ColumnMenu element={element} grid={grid} />
      {series.ground && <FillSeries ground={series.ground} rules={rules} onFill={series.fill} onClose={series.close} />}
      {clipboard.special && (
        <PasteSpecial
          rows={clipboard.special.clip.block.rows.length}
          columns={clipboard.special.clip.block.columns}
          canAdd={canAdd}
          hasHeaders={clipboard.special.hasHeaders}
          onChoose={clipboard.choose}
          onClose={clipboard.close}
        />
      )}
    </>
  );
};
