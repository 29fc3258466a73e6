/**
 * One record being read and changed outside a grid: the same edits over the same rows, the same way to the store.
 * A record that is not there yet is made by the first thing typed into it.
 */
import type { RefObject } from 'react';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { tableOf } from '../../../shared/model/index.ts';
import { client } from '../../client/client.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { columnsOf } from '../../grid/columns.ts';
import type { Display, Setting } from '../../grid/display.ts';
import { createDisplay, readTyped } from '../../grid/display.ts';
import type { Entry } from '../../grid/edit/commit.ts';
import type { CellInput } from '../../grid/edit/edits.ts';
import { recoverTexts } from '../../grid/edit/recover.ts';
import { useLatest } from '../../grid/useLatest.ts';
import { useDrafts } from '../../state/drafts.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';
import { RecordEditing } from './editing.ts';
import { useRow } from './useRow.ts';

export type RecordHandle = {
  readonly table: TableName;
  readonly id: string;
  /** The row as it is to be shown; undefined while it is read. */
  readonly row: GridRow | undefined;
  /** Not in the store: nothing was typed yet, or there is no such record. */
  readonly isNew: boolean;
  readonly error: Error | null;
  readonly columns: ReadonlyMap<string, GridColumn>;
  readonly display: Display;
  readonly commit: (field: string, entry: Entry) => Promise<unknown>;
  /** Makes the record with what it starts with, if it is not there yet. */
  readonly make: () => Promise<void>;
  /** When everything typed so far was answered, and the record was read again. */
  readonly settled: () => Promise<void>;
  /** The row as it stands this moment, also before the page was drawn again; undefined where there is none. */
  readonly now: () => GridRow | undefined;
  readonly retry: () => void;
};

type Options = {
  readonly table: TableName;
  readonly id: string;
  readonly screen: string;
  readonly setting: Setting;
  /** What a new record starts with. Without it a record that is not there is only missing. */
  readonly start?: Readonly<Record<string, CellInput>> | undefined;
  readonly startLabels?: GridRow['l'];
};

const defaultsOf = (table: TableName): Record<string, CellInput> =>
  Object.fromEntries(
    Object.entries(tableOf(table).fields).flatMap(([key, field]) => (field.default === undefined ? [] : [[key, field.default]])),
  );

/** What of a start can be shown before it is a record. */
const shownStart = (table: TableName, start: Options['start']): GridRow['v'] =>
  Object.fromEntries(
    Object.entries({ ...defaultsOf(table), ...start }).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null ? [] : [[key, value] as const],
    ),
  );

type Shown = { readonly display: Display; readonly columns: ReadonlyMap<string, GridColumn> };

/** Lays text the engine never took back over the fields of a form. */
const recoverForm = ({ edits }: RecordEditing, id: string, shown: RefObject<Shown>): void => {
  const recovery = {
    edits,
    port: client,
    isHere: ({ row }: { readonly row: string }) => row === id,
    isSaid: (row: GridRow, field: string, text: string): boolean => {
      const column = shown.current.columns.get(field);
      return column !== undefined && shown.current.display.open(column, row) === text;
    },
    adopt: () => undefined,
  };
  // The texts stay kept: without an engine just now, the next look at the page brings them.
  recoverTexts(recovery, useDrafts.getState().texts).catch(() => undefined);
};

export const useRecord = ({ table, id, screen, setting, start, startLabels }: Options): RecordHandle => {
  const { data, error, refetch } = useRow(table, id);
  const latest = useLatest({ setting, start, refetch });
  const [editing] = useState(
    () =>
      new RecordEditing({
        port: client,
        table,
        id,
        screen,
        start: () => latest.current.start ?? null,
        read: (column, text, row) => readTyped(column, text, row, latest.current.setting),
        reread: async () => (await latest.current.refetch()).data,
        saved: () => markSaved(Date.now()),
        failed: (message) => say(message, { tone: 'danger' }),
      }),
  );
  useSyncExternalStore(editing.subscribe, editing.version);
  useEffect(() => editing.show(data), [editing, data]);
  const display = useMemo(() => createDisplay(editing.edits, setting), [editing, setting]);
  const columns = useMemo(() => new Map(columnsOf(table).map((column) => [column.key, column])), [table]);
  const shown = useLatest({ display, columns });
  const isRead = data !== undefined;
  useEffect(() => {
    if (isRead) recoverForm(editing, id, shown);
  }, [editing, id, isRead, shown]);
  return {
    table,
    id,
    row:
      data === undefined
        ? undefined
        : editing.edits.over(data ?? { id, v: shownStart(table, start), ...(startLabels ? { l: startLabels } : {}) }),
    isNew: data === null,
    error,
    columns,
    display,
    commit: (field, entry) => {
      const column = columns.get(field);
      return column ? editing.commit([{ row: id, column, entry }]) : Promise.resolve();
    },
    make: () => editing.make(),
    settled: () => editing.settled(),
    now: () => editing.row(),
    retry: () => void refetch(),
  };
};
