/** One record as it stands in the file, read again when it or what is shown of it changes. */
import { useEngine } from '../../client/cache.ts';
import { tablesBehind } from '../../grid/behind.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { nameOfRow } from './names.ts';

export const useRow = (table: TableName, id: string, isEnabled = true) =>
  useEngine('records.get', { table, id }, { tables: [[table, id], ...tablesBehind(table)], isEnabled });

export const useRecordName = (table: TableName, id: string): string => nameOfRow(table, useRow(table, id).data);
