/** One cell of a row: its text, as the file has it or as somebody mended it, and what it says. */
import { isBlank } from '../../../../shared/domain/import/evidence.ts';
import { doubtOf, type Reading, type SourceCell } from '../../../../shared/domain/import/reading.ts';
import type { CellValue } from '../../../../shared/domain/kinds.ts';
import type { BoundColumn } from './bind.ts';
import { mapText } from './judge.ts';

/** A row of a source, by its index; its cells, and as the file has them where somebody mended one in the check. */
export type ReadRow = { readonly at: number; readonly cells: readonly string[]; readonly asRead: readonly string[] | null };

export const isLink = ({ model }: BoundColumn): boolean => model.kind === 'link' || model.kind === 'ref';

export const textOf = ({ cells }: ReadRow, column: BoundColumn): string => mapText(column.map, cells[column.at] ?? '');
/** What the source told, whatever somebody made of it: the next import of the same file compares with that. */
export const sourceOf = ({ cells, asRead }: ReadRow, column: BoundColumn): string =>
  mapText(column.map, (asRead ?? cells)[column.at] ?? '');

const cellOf = (column: BoundColumn, row: ReadRow): SourceCell => {
  const text = textOf(row, column);
  if (text !== sourceOf(row, column)) return { text, by: 'person' };
  return { text, by: text === row.cells[column.at] && column.isNumber(row.at) ? 'number' : 'file' };
};

/** What a cell of a column that is no link says. @param currency the row's, for money */
export const readCell = (column: BoundColumn, row: ReadRow, currency: string | null): Reading =>
  column.read(cellOf(column, row), currency);

/** What a cell of a link says. */
export const readLink = (column: BoundColumn, row: ReadRow, resolve: (text: string) => CellValue): Reading => {
  const cell = cellOf(column, row);
  return isBlank(cell.text) ? { value: null, doubt: null } : { value: resolve(cell.text), doubt: doubtOf(cell) };
};
