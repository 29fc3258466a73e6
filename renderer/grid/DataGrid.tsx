/**
 * The grid of every screen: a register of any size or the lines of one document, with the same cells, keys and
 * editing. A screen gives rows (a source), columns and what it wants to hear; the library stays behind this file.
 */
import type { ReactElement, Ref } from 'react';
import { useEffect, useImperativeHandle, useMemo, useRef } from 'react';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { client } from '../client/client.ts';
import { onFlash } from '../state/flash.ts';
import { setStatus } from '../state/status.ts';
import { say } from '../state/toasts.ts';
import { useUi } from '../state/ui.ts';
import type { FocusedCell, MountedGrid } from './ag/mount.ts';
import { mountGrid } from './ag/mount.ts';
import type { GridColumn } from './columns.ts';
import type { Setting } from './display.ts';
import { createDisplay } from './display.ts';
import type { GridHandle } from './handle.ts';
import type { Layout } from './layout.ts';
import type { GridSource } from './source.ts';
import { useGridCommands } from './useGridCommands.ts';
import type { Sort } from './window/register.ts';
import './grid.css';

type Props = {
  readonly source: GridSource;
  readonly columns: readonly GridColumn[];
  readonly setting: Setting;
  /** The accessible name. */
  readonly label: string;
  readonly sort: Sort;
  /** What the ghost row asks for, and where. */
  readonly ghost?: { readonly column: string; readonly hint: string };
  readonly isGhost?: (id: string) => boolean;
  /** Whether rows may be added, taken away and copied here. */
  readonly canAdd?: boolean;
  /** Why a cell cannot be typed into although its field could be; null where it can. */
  readonly lock?: (row: GridRow, column: GridColumn) => string | null;
  readonly totals?: Readonly<Record<string, string>> | null;
  readonly onFocus?: (cell: FocusedCell | null) => void;
  readonly onOpen?: (row: GridRow) => void;
  readonly onLayout?: (layout: Layout) => void;
  readonly onSort?: (sort: Sort) => void;
  readonly ref?: Ref<GridHandle>;
};

const lockOf = (row: GridRow, column: GridColumn, more: Props['lock']): string | null => {
  if (row.gone) return 'This row was deleted. Undo brings it back.';
  if (row.importing) return 'This row is being imported and cannot be changed yet.';
  if (column.editor === null) return `${column.label} is worked out and cannot be typed here.`;
  return more?.(row, column) ?? null;
};

const noGhost = (): boolean => false;

export const DataGrid = (props: Props): ReactElement => {
  const { source, columns, setting, label, totals = null, canAdd = true, isGhost = noGhost } = props;
  const { density, textSize } = useUi();
  const element = useRef<HTMLDivElement>(null);
  const grid = useRef<MountedGrid | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const { locale, zone, today, currency } = setting;
  const display = useMemo(
    () => createDisplay(source.edits, { locale, zone, today, currency }),
    [source, locale, zone, today, currency],
  );
  const refused = ({ row, column }: FocusedCell): void => {
    const reason = lockOf(row, column, latest.current.lock);
    if (reason !== null) say(reason);
  };

  useEffect(() => {
    if (!element.current) return undefined;
    const stateField = columns.find((column) => column.field.kind === 'state')?.key ?? null;
    const mounted = mountGrid(element.current, {
      source,
      port: client,
      columns: latest.current.columns,
      display,
      label: latest.current.label,
      sort: latest.current.sort,
      density: useUi.getState().density,
      textSize: useUi.getState().textSize,
      stateField,
      ghost: latest.current.ghost ?? null,
      isGhost: (id) => (latest.current.isGhost ?? noGhost)(id),
      isEditable: (row, column) => lockOf(row, column, latest.current.lock) === null,
      onFocus: (cell) => {
        const reason = cell ? display.cell(cell.column, cell.row).problem?.message : undefined;
        setStatus({ reason: reason ?? null });
        latest.current.onFocus?.(cell);
      },
      onRefused: refused,
      onOpen: (row) => latest.current.onOpen?.(row),
      onLayout: (layout) => latest.current.onLayout?.(layout),
      onSort: (sort) => latest.current.onSort?.(sort),
    });
    grid.current = mounted;
    return () => {
      grid.current = null;
      setStatus({ reason: null });
      mounted.destroy();
    };
    // The grid lives as long as its source; everything else is handed to it as it changes.
  }, [source]);
  useEffect(() => grid.current?.setColumns(columns), [columns]);
  useEffect(() => grid.current?.setDisplay(display), [display]);
  useEffect(() => grid.current?.setTotals(totals), [totals, source]);
  useEffect(() => grid.current?.setLook(density, textSize), [density, textSize]);
  useEffect(() => grid.current?.setLabel(label), [label]);

  useEffect(
    () =>
      onFlash(source.table, (rows) => {
        void (async () => {
          for (const [at, { id, fields }] of rows.entries()) {
            const index = await source.find(id).catch(() => null);
            if (at === 0 && index !== null) grid.current?.focusIndex(index);
            if (at === 0 && fields[0] !== undefined) grid.current?.focusColumn(fields[0]);
            requestAnimationFrame(() => grid.current?.flash(id, fields));
          }
        })();
      }),
    [source],
  );
  useGridCommands({
    grid,
    source,
    columns,
    display,
    canAdd,
    isEditable: ({ row, column }) => lockOf(row, column, latest.current.lock) === null,
    refused,
  });
  useImperativeHandle(
    props.ref,
    (): GridHandle => ({
      focus: () => grid.current?.focus(),
      focused: () => grid.current?.focused() ?? null,
      focusCell: (id, key) => grid.current?.focusCell(id, key) ?? false,
      focusIndex: (index) => grid.current?.focusIndex(index),
      commitOpen: () => grid.current?.commitOpen(),
      isEditing: () => grid.current?.isEditing() ?? false,
      show: (key, isShown) => grid.current?.show(key, isShown),
      move: (key, by) => grid.current?.move(key, by),
      sortBy: (sort) => grid.current?.sortBy(sort),
      edit: (opening) => grid.current?.edit(opening) ?? false,
    }),
    [],
  );
  return (
    <div ref={element} className={`data-grid${isGhost === noGhost ? '' : ' has-ghost'}`} data-where="grid" data-testid="grid" />
  );
};
