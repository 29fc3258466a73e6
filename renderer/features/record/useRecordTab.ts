/** The tab of a record's page has the record's name, and the panel tells of it. Returns the name. */
import { useEffect } from 'react';
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { setPeekTarget } from '../../state/peek.ts';
import { titleTab } from '../../state/tabs.ts';
import { nameOfRow } from './names.ts';

export const useRecordTab = (table: TableName, id: string, row: GridRow | undefined): string => {
  const name = nameOfRow(table, row);
  const isLoaded = row !== undefined;
  useEffect(() => {
    if (isLoaded) titleTab(table, id, name);
  }, [table, id, name, isLoaded]);
  useEffect(() => setPeekTarget({ table, id }), [table, id]);
  return name;
};
