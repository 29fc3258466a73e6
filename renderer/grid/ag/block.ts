/** The block of data around a cell: the run of rows that are not blank, in every column. */
import type { GridColumn } from '../columns.ts';
import { isFilled } from '../filled.ts';
import type { Area, Place } from '../range/model.ts';
import { areaOf, blockRows } from '../range/model.ts';
import type { GridSource } from '../source.ts';
import { focusColumns, loadedRows, rowCount } from './place.ts';
import type { Api } from './types.ts';

export const blockAround = (api: Api, source: GridSource, columns: readonly GridColumn[], at: Place): Area => {
  const rows = loadedRows(api);
  const typed = columns.filter(({ editor }) => editor !== null);
  const top = api.getPinnedTopRowCount();
  // Only a row that is not a record can be blank, and in a register those stand at the top.
  const isBlank = (index: number): boolean => {
    if (source.mode === 'windowed' && index >= top) return false;
    const row = rows(index);
    return row !== undefined && source.isDraft(row.id) && !typed.some(({ key }) => isFilled(source.edits.over(row), key));
  };
  const { from, to } = blockRows(at.row, rowCount(api), isBlank);
  return areaOf({ row: from, col: 0 }, { row: to - 1, col: focusColumns(api).length - 1 });
};
