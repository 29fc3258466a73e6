/** The quick filter's language for the columns of a register. */
import { useMemo } from 'react';
import { client } from '../../client/client.ts';
import type { TableName } from '../../../shared/model/index.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { Setting } from '../../grid/display.ts';

import { Filters } from '../../grid/filters.ts';
import { useWeekStart } from './useSetting.ts';

export const useFilters = (
  table: TableName,
  columns: readonly GridColumn[] | undefined,
  setting: Setting,
  person: string | null,
): Filters | null => {
  const weekStart = useWeekStart();
  return useMemo(
    () => (columns ? new Filters({ port: client, table, columns, setting, weekStart, person }) : null),
    [table, columns, setting, weekStart, person],
  );
};
