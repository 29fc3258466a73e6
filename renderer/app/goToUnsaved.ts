/** The way to the text that the engine has not taken: its screen, its row, its cell. */
import { useDrafts } from '../state/drafts.ts';
import { flash } from '../state/flash.ts';
import { reopenTab } from '../state/tabs.ts';
import { firstUnsaved } from '../state/unsaved.ts';
import { showRecord } from './showRecord.ts';

export const goToUnsaved = (): void => {
  const place = firstUnsaved(Object.keys(useDrafts.getState().texts));
  if (place === undefined) return;
  const { table, row, field, screen } = place;
  // A text that an earlier window left does not know its screen; its record does.
  if (screen === '') showRecord(table, row);
  else reopenTab(screen);
  flash([{ table, id: row, fields: [field] }]);
};
