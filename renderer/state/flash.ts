/**
 * Shows where something just changed: undo, redo and search ask, the grid or form that shows the rows answers.
 * What nobody could show yet waits for the screen that is being opened, until something else is asked for.
 */
import type { TableName } from '../../shared/model/index.ts';

/**
 * @property reveal a hidden column is shown: its cell was asked for
 * @property since the gestures there were when it was asked for: the focus stays with a person who has gone on
 */
export type Flash = {
  readonly table: TableName;
  readonly id: string;
  /** None where all of the row is meant. */
  readonly fields: readonly string[];
  readonly reveal?: true;
  readonly since?: number;
};
type Listener = (rows: readonly Flash[]) => void;

const listeners = new Map<TableName, Set<Listener>>();
const waiting = new Map<TableName, readonly Flash[]>();

const deliver = (table: TableName, rows: readonly Flash[]): void => {
  const heard = listeners.get(table);
  if (heard === undefined || heard.size === 0) waiting.set(table, rows);
  else for (const listener of heard) listener(rows);
};

/** Asks for the rows to be scrolled to and marked. */
export const flash = (rows: readonly Flash[]): void => {
  waiting.clear();
  for (const table of new Set(rows.map((row) => row.table)))
    deliver(
      table,
      rows.filter((row) => row.table === table),
    );
};

/** Lets the rows of one table wait for the grid that is about to be there. */
export const flashLater = (table: TableName, rows: readonly Flash[]): void => void waiting.set(table, rows);

/** Hears of rows of a table to mark, including those asked for just before. Returns how to stop. */
export const onFlash = (table: TableName, listener: Listener): (() => void) => {
  const heard = listeners.get(table) ?? new Set();
  listeners.set(table, heard.add(listener));
  const missed = waiting.get(table);
  waiting.delete(table);
  if (missed !== undefined) queueMicrotask(() => deliver(table, missed));
  return () => {
    heard.delete(listener);
  };
};
