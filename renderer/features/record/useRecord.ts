/**
 * One record being read and changed outside a grid: the same edits over the same rows, the same way to the store.
 * A record that is not there yet is made by the first thing typed into it.
 */
import { useCallback, useEffect, useMemo, useReducer, useRef } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { useEngine } from '../../client/cache.ts';
import { client } from '../../client/client.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { columnsOf } from '../../grid/columns.ts';
import type { Display, Setting } from '../../grid/display.ts';
import { createDisplay, readTyped } from '../../grid/display.ts';
import type { Entry } from '../../grid/edit/commit.ts';
import { createCommit } from '../../grid/edit/commit.ts';
import type { CellInput } from '../../grid/edit/edits.ts';
import { createEdits } from '../../grid/edit/edits.ts';
import { markSaved } from '../../state/status.ts';
import { say } from '../../state/toasts.ts';

export type RecordHandle = {
  readonly table: TableName;
  readonly id: string;
  /** The row as it is to be shown; undefined while it is read. */
  readonly row: GridRow | undefined;
  /** Not in the store: nothing was typed yet, or it was deleted for good. */
  readonly isNew: boolean;
  readonly error: Error | null;
  readonly columns: ReadonlyMap<string, GridColumn>;
  readonly display: Display;
  readonly commit: (field: string, entry: Entry) => Promise<void>;
  /** Makes the record with what it starts with, if it is not there yet. */
  readonly make: () => Promise<void>;
  readonly settled: () => Promise<void>;
  readonly retry: () => void;
};

type Options = {
  readonly table: TableName;
  readonly id: string;
  readonly screen: string;
  readonly setting: Setting;
  /** What a new record starts with. Without it a record that is not there is only missing. */
  readonly start?: Readonly<Record<string, CellInput>> | undefined;
};

export const useRecord = ({ table, id, screen, setting, start }: Options): RecordHandle => {
  const { data, error, refetch } = useEngine('records.get', { table, id }, { tables: [[table, id]] });
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const edits = useMemo(() => createEdits(), [table, id]);
  const display = useMemo(() => createDisplay(edits, setting), [edits, setting]);
  const columns = useMemo(() => new Map(columnsOf(table).map((column) => [column.key, column])), [table]);
  const isMade = useRef(false);
  const latest = useRef({ data, start, setting, refetch });
  latest.current = { data, start, setting, refetch };
  useEffect(() => {
    isMade.current = false;
  }, [table, id]);

  const isMissing = useCallback(() => latest.current.data === null && !isMade.current, []);
  const commitAll = useMemo(
    () =>
      createCommit({
        port: client,
        table,
        edits,
        screen,
        startOf: () => (isMissing() ? (latest.current.start ?? null) : null),
        along: () => [],
        inserted: () => {
          isMade.current = true;
        },
        read: (column, text) => readTyped(column, text, latest.current.data ?? undefined, latest.current.setting),
        redraw,
        saved: () => {
          markSaved(Date.now());
          const mark = edits.mark();
          void latest.current.refetch().then(() => {
            edits.arrived([id], mark);
            redraw();
          });
        },
        failed: (message) => say(message, { tone: 'danger' }),
      }),
    [table, id, screen, edits, isMissing],
  );
  const row = data === undefined ? undefined : edits.over(data ?? { id, v: shownStart(start) });
  return {
    table,
    id,
    row,
    isNew: data === null,
    error,
    columns,
    display,
    commit: (field, entry) => {
      const column = columns.get(field);
      return column ? commitAll([{ row: id, column, entry }]) : Promise.resolve();
    },
    make: async () => {
      await commitAll.settled();
      if (!isMissing() || !latest.current.start) return;
      isMade.current = true;
      await client['records.apply']({
        patches: [{ kind: 'insert', table, id, values: { ...latest.current.start } }],
        label: 'New record',
        screen,
      });
    },
    settled: () => commitAll.settled(),
    retry: () => void refetch(),
  };
};

const shownStart = (start: Options['start']): GridRow['v'] =>
  Object.fromEntries(
    Object.entries(start ?? {}).flatMap(([key, value]) =>
      typeof value === 'object' && value !== null ? [] : [[key, value] as const],
    ),
  );
