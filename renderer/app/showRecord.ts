/** Where a record is shown: its own page, its owner's page, or its screen with the row marked and the panel open. */
import type { TableName } from '../../shared/model/index.ts';
import { tableOf } from '../../shared/model/index.ts';
import { client } from '../client/client.ts';
import { flash } from '../state/flash.ts';
import { openPeek, setPeekTarget } from '../state/peek.ts';
import { openRecord, openScreen } from '../state/tabs.ts';
import { recordPages, screenOfTable } from './screens.ts';

const ownerOf = async (table: TableName, id: string): Promise<{ table: TableName; id: string } | null> => {
  const { owner, fields } = tableOf(table);
  const link = owner === undefined ? undefined : fields[owner];
  if (owner === undefined || link?.kind !== 'link') return null;
  const row = await client['records.get']({ table, id });
  const ownerId = row?.v[owner];
  return typeof ownerId === 'string' ? { table: link.to as TableName, id: ownerId } : null;
};

const showOwner = async (table: TableName, id: string): Promise<void> => {
  const owner = await ownerOf(table, id);
  if (owner === null) return;
  flash([{ table, id, fields: [] }]);
  showRecord(owner.table, owner.id);
};

export const showRecord = (table: TableName, id: string, title = ''): void => {
  if (recordPages[table] !== undefined) return openRecord(table, id, title);
  const screen = screenOfTable(table);
  if (screen === undefined) {
    void showOwner(table, id);
    return;
  }
  openScreen(screen.id);
  flash([{ table, id, fields: [] }]);
  setPeekTarget({ table, id });
  openPeek();
};
