/**
 * Shows where something just changed: undo, redo and search ask, the grid or form that shows the rows answers.
 * What nobody could show yet waits for the screen that is being opened.
 */
import type { TableName } from '../../shared/model/index.ts';

/** @property reveal a hidden column is shown: its cell was asked for */
export type Flash = {
  readonly table: TableName;
  readonly id: string;
  readonly fields: readonly string[];
  readonly reveal?: true;
};
type Listener = (rows: readonly Flash[]) => void;

const listeners = new Map<TableName, Set<Listener>>();
const waiting = new Map<TableName, readonly Flash[]>();

/** Asks for the rows to be scrolled to and marked. */
export const flash = (rows: readonly Flash[]): void => {
  const tables = new Set(rows.map((row) => row.table));
  for (const table of tables) {
    const own = rows.filter((row) => row.table === table);
    const heard = listeners.get(table);
    if (heard === undefined || heard.size === 0) waiting.set(table, own);
    else for (const listener of heard) listener(own);
  }
};

/** Hears of rows of a table to mark, including those asked for just before. Returns how to stop. */
export const onFlash = (table: TableName, listener: Listener): (() => void) => {
  const heard = listeners.get(table) ?? new Set();
  listeners.set(table, heard.add(listener));
  const missed = waiting.get(table);
  waiting.delete(table);
  if (missed !== undefined) queueMicrotask(() => heard.has(listener) && listener(missed));
  return () => {
    heard.delete(listener);
  };
};
