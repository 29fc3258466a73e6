/** What was, by one connection: the history of records, and what undo and redo would do. */
import type { Past } from '../api.ts';
import type { Db } from '../file/db.ts';
import { readHistory, readValueAt } from './history.ts';
import { readUndoState } from '../undo/undo-log.ts';

export const createPast = (db: Db): Past => ({
  history: (table, id, limit, before) => readHistory(db, table, id, limit, before),
  valueAt: (table, id, field, stamp) => readValueAt(db, table, id, field, stamp),
  undoState: (actor, batch) => readUndoState(db, actor, batch),
});
