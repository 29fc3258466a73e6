/** Makes the texts of one set of edits known to the window, and kept on this device, until they are settled. */
import type { TableName } from '../../../shared/model/index.ts';
import { endTyping, noteTyping, noteUnsaved, settleUnsaved, unsavedName } from '../../state/unsaved.ts';

export type Cell = { readonly row: string; readonly field: string };

/** Where the edited rows are, so that their texts are known to the window and outlive it. */
export type EditsHost = {
  readonly table: TableName;
  readonly screen: string;
  /** Whether the row is not a record yet. */
  readonly isNew: (row: string) => boolean;
  /** Draws rows again: text lying over them was let go. */
  readonly redraw: (rows: readonly string[]) => void;
};

export const keyOf = ({ row, field }: Cell): string => `${row}/${field}`;

/** What the window keeps of the edits of one host. */
export const createKeeper = (host: EditsHost, letGo: (cell: Cell) => void) => {
  const open = new Map<string, string>();
  const placeOf = (cell: Cell) => ({
    table: host.table,
    row: cell.row,
    field: cell.field,
    screen: host.screen,
    isNew: host.isNew(cell.row),
  });
  return {
    typing: (cell: Cell, text: string): void => {
      // The row may become a record while its next cell is being typed: the name it began with stays.
      const name = open.get(keyOf(cell)) ?? unsavedName(placeOf(cell));
      open.set(keyOf(cell), name);
      noteTyping(name, text);
    },
    endTyping: (cell: Cell): void => {
      const name = open.get(keyOf(cell));
      open.delete(keyOf(cell));
      if (name !== undefined) endTyping(name);
    },
    /** @param before the name it was noted under; a row that became a record meanwhile is noted as one. */
    note: (cell: Cell, text: string, reason: string | null, before: string | null = null): string => {
      const forget = (): void => {
        letGo(cell);
        host.redraw([cell.row]);
      };
      const item = { ...placeOf(cell), text, reason, letGo: forget };
      const name = unsavedName(item);
      if (before !== null && before !== name) settleUnsaved(before);
      noteUnsaved(item);
      return name;
    },
  };
};
