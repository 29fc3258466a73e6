/**
 * Text the engine never took, laid back over its cells when their screen is looked at again: refused ones, those of a
 * new row, and what was being typed when a window ended. It is shown as not saved; opening the cell and Enter hand
 * it over, Escape or undo let it go. What turns out to have arrived is forgotten.
 */
import type { Client } from '../../../shared/contract/index.ts';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import { placeOfName, settleUnsaved, useUnsaved } from '../../state/unsaved.ts';
import type { Cell, Edits } from './edits.ts';

const reason = 'the window ended while this was being typed. F2 and Enter save it, Esc lets it go.';

export type Recovery = {
  readonly edits: Edits;
  readonly port: Pick<Client, 'records.get'>;
  /** Whether this is the place to show the cell. */
  readonly isHere: (cell: Cell) => boolean;
  /** Whether the stored row already says this. */
  readonly isSaid: (row: GridRow, field: string, text: string) => boolean;
  /** A row that is no record yet is to be shown. */
  readonly adopt: (row: string) => void;
};

/** @param texts all texts kept on this device by name */
export const recoverTexts = async (recovery: Recovery, texts: Readonly<Record<string, string>>): Promise<void> => {
  const { edits, port, isHere, isSaid, adopt } = recovery;
  const { host } = edits;
  if (!host) return;
  for (const [name, text] of Object.entries(texts)) {
    const place = placeOfName(name);
    const known = useUnsaved.getState().items.get(name);
    // On its way: whoever sent it will say how it ended.
    if (place?.table !== host.table || known?.reason === null || !isHere(place)) continue;
    if (place.isNew && place.screen !== host.screen) continue;
    const row = await port['records.get']({ table: place.table, id: place.row });
    if (row !== null && isSaid(row, place.field, text)) {
      settleUnsaved(name);
      continue;
    }
    if (row !== null && place.isNew) settleUnsaved(name);
    if (row === null) adopt(place.row);
    edits.refuse(edits.hold(place, text, { value: text }), known?.reason ?? reason);
    host.redraw([place.row]);
  }
};
