/** The side panel follows the row in focus, and shows at once what the row already says while the rest is read. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { TableName } from '../../../shared/model/index.ts';
import { queryClient } from '../../client/cache.ts';
import { setPeekTarget } from '../../state/peek.ts';

/** `null`: no row, or one that is not a record yet. */
export const followRow = (table: TableName, row: GridRow | null): void => {
  if (row !== null) {
    const queryKey = ['records.get', { table, id: row.id }];
    if (queryClient.getQueryData(queryKey) === undefined) {
      queryClient.setQueryData(queryKey, row);
      // Only as good as the list it stood in: whoever shows it reads it anew.
      void queryClient.invalidateQueries({ queryKey, exact: true, refetchType: 'none' });
    }
  }
  setPeekTarget(row === null ? null : { table, id: row.id });
};
