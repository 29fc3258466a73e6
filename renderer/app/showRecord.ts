/** Where a record is shown: its own page, its owner's page, or its screen with the row marked and the panel open. */
import type { TableName } from '../../shared/model/index.ts';
import { shownAs, tableOf } from '../../shared/model/index.ts';
import { client } from '../client/client.ts';
import type { Flash } from '../state/flash.ts';
import { flash } from '../state/flash.ts';
import { openPeek, setPeekTarget } from '../state/peek.ts';
import { openRecord, openScreen } from '../state/tabs.ts';
import { wantCell } from '../state/wantedCell.ts';
import { recordPages, screenOfTable } from './screens.ts';

const ownerOf = async (table: TableName, id: string): Promise<{ table: TableName; id: string } | null> => {
  const { owner, fields } = tableOf(table);
  const link = owner === undefined ? undefined : fields[owner];
  if (owner === undefined || link?.kind !== 'link') return null;
  const row = await client['records.get']({ table, id });
  const ownerId = row?.v[owner];
  return typeof ownerId === 'string' ? { table: link.to as TableName, id: ownerId } : null;
};

const cellOf = (table: TableName, id: string, field: string | null): Flash =>
  field === null ? { table, id, fields: [] } : { table, id, fields: [field], reveal: true };

const showOwner = async (table: TableName, id: string, field: string | null): Promise<void> => {
  const owner = await ownerOf(table, id);
  if (owner === null) return;
  const above = field === null ? null : shownAs(owner.table, table, field);
  if (above !== null) return show(owner.table, owner.id, '', above);
  flash([cellOf(table, id, field)]);
  show(owner.table, owner.id, '', null);
};

/** Pages that have the cells of their record; the others show figures, and the cells stand in the register. */
const pagesWithCells: ReadonlySet<TableName> = new Set(['quotes', 'orders', 'invoices', 'bookings', 'claims', 'returns']);

const show = (table: TableName, id: string, title: string, field: string | null): void => {
  if (recordPages[table] !== undefined && (field === null || pagesWithCells.has(table))) {
    if (field !== null) wantCell({ table, id, field });
    return openRecord(table, id, title);
  }
  const screen = screenOfTable(table);
  if (screen === undefined) {
    void showOwner(table, id, field);
    return;
  }
  openScreen(screen.id);
  flash([cellOf(table, id, field)]);
  setPeekTarget({ table, id });
  openPeek();
};

export const showRecord = (table: TableName, id: string, title = ''): void => show(table, id, title, null);

/** Shows the record and gives the cell of a field the focus: on its page, in its owner's grid or on its screen. */
export const showCell = (table: TableName, id: string, field: string): void => show(table, id, '', field);
