/**
 * Rows of a public view as cells of a file. A CSV file gets them as the view has them, for programs; a workbook gets
 * days, moments, amounts and flags as such, as far as the model knows what a column shows.
 */
import type { TableName } from '../../../../shared/model/index.ts';
import type { SheetCell, SheetColumn } from '../../files/sheet.ts';
import type { ViewCell, ViewRow } from '../../store/read/export.ts';
import type { ViewColumn } from '../../store/read/export-columns.ts';
import { columnOfField, markCell, textColumn } from './kinds.ts';
import type { Sheet } from './register-sheet.ts';

const asInstant = (header: string): SheetColumn => ({ ...textColumn(header, null), kind: 'instant' });
const asDate = (header: string): SheetColumn => ({ ...textColumn(header, null), kind: 'date' });

/** Columns of a view's own say by their name what they are. */
const byName = (name: string): SheetColumn =>
  name === 'at' || name.endsWith('_at') ? asInstant(name) : name.endsWith('_on') ? asDate(name) : textColumn(name, null);

const columnOf = ({ name, shows }: ViewColumn, table: TableName | null): SheetColumn => {
  if (shows === null || table === null) return byName(name);
  if (shows.part !== 'value' || shows.field.kind === 'list') return textColumn(name, shows.field.width ?? null);
  // A day of the register may be a moment in its view.
  const own = columnOfField(name, shows.field, table);
  return own.kind === 'date' && name.endsWith('_at') ? asInstant(name) : own;
};

/** A number as the view has it; whole ones may be longer than a double is exact. */
const plain = (cell: ViewCell): SheetCell =>
  typeof cell === 'bigint' ? (BigInt(Number(cell)) === cell ? Number(cell) : String(cell)) : cell;

const typed = ({ kind }: SheetColumn, cell: ViewCell): SheetCell => {
  if (cell === null || kind === 'text') return plain(cell);
  // Flags of custom fields are words in a view.
  if (kind === 'flag') return cell === 'Yes' ? 1 : cell === 'No' ? 0 : Number(cell);
  if (kind === 'duration') return Number(cell);
  if (kind !== 'instant') return String(cell);
  const ms = typeof cell === 'string' ? Date.parse(cell) : Number(cell);
  return Number.isNaN(ms) ? String(cell) : ms;
};

const isFirst = ({ shows }: ViewColumn): boolean => shows !== null && shows.part !== 'title';

/** @param isTyped for a workbook */
export const viewSheet = (columns: readonly ViewColumn[], table: TableName | null, isTyped: boolean): Sheet<ViewRow> => {
  const shown = columns.map((column) => (isTyped ? columnOf(column, table) : textColumn(column.name, null)));
  return {
    columns: shown,
    row: ({ cells, currency, unit, issues }) => ({
      currency,
      unit,
      cells: shown.map((column, at) => {
        const of = columns[at];
        const issue = of?.shows && isFirst(of) ? issues?.[of.shows.key] : undefined;
        if (of?.shows && issue && issue.raw !== null) return markCell(of.shows.field.label, issue.raw, issue.code);
        return typed(column, cells[at] ?? null);
      }),
    }),
  };
};
