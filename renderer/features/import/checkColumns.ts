/** The columns of the check: row, result, problem, then those of the file as it names them, showing the file's own text. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { Kind } from '../../../shared/domain/kinds.ts';
import { isTableName, tableOf } from '../../../shared/model/index.ts';
import type { CellView } from '../../grid/cellView.ts';
import type { GridColumn } from '../../grid/columns.ts';
import type { IconName } from '../../ui/Icon.tsx';
import { columnKey, levelOfCell, problemKey, problemOf, resultKey, rowKey } from './checkSource.ts';
import type { CheckedEntry, CheckedRow, RowResult } from './types.ts';

type RowOf = (id: string) => CheckedRow | undefined;

export const resultLooks: Readonly<Record<RowResult, { readonly label: string; readonly icon: IconName }>> = {
  new: { label: 'New', icon: 'plus' },
  update: { label: 'Update', icon: 'sync' },
  same: { label: 'Same', icon: 'chev-r' },
  error: { label: 'Error', icon: 'alert' },
  out: { label: 'Left out', icon: 'x' },
};

const plain: CellView = { text: '', beside: null, chip: null, problem: null, isMuted: false };
const isQuiet = (result: RowResult): boolean => result === 'same' || result === 'out';

const ownColumn = (key: string, label: string, width: number, view: GridColumn['view'], more: Partial<GridColumn> = {}) => ({
  key,
  label,
  field: { kind: 'text', label } as const,
  kind: 'text' as const,
  align: 'left' as const,
  width,
  frozen: false,
  hidden: false,
  editor: null,
  isSortable: false,
  view,
  ...more,
});

const resultView = ({ result }: CheckedRow): CellView => {
  const { label, icon } = resultLooks[result];
  const isError = result === 'error';
  return { ...plain, chip: { label, icon, tone: isError ? 'danger' : 'neutral', isQuiet: !isError }, isMuted: isQuiet(result) };
};

const problemView = (row: CheckedRow): CellView => {
  const text = problemOf(row);
  const isWhole = row.result === 'error' && !row.cells.some(({ code }) => code !== null && levelOfCell(code) === 'error');
  return {
    ...plain,
    text,
    isMuted: row.result !== 'error',
    ...(row.result === 'error' ? { tone: 'danger-t' } : {}),
    problem: isWhole ? { level: 'error', message: text } : null,
  };
};

/** A cell as the file has it, or as it was mended; what is wrong with it in the words of the check. */
const cellView = (cell: CheckedRow['cells'][number]): CellView => ({
  ...plain,
  text: cell.text,
  beside: cell.kept ? 'yours stays' : cell.value,
  ...(cell.edited ? { tone: 'edited' } : {}),
  problem: cell.code === null ? null : { level: levelOfCell(cell.code), message: cell.why ?? cell.code },
});

/** Typed a moment ago and not looked at again yet. */
const typedView = (text: string): CellView => ({ ...plain, text, tone: 'edited' });

const rightAligned: ReadonlySet<string> = new Set<Kind>([
  'integer',
  'decimal',
  'money',
  'percent',
  'date',
  'instant',
  'duration',
]);
const least = 76;
const most = 220;
/** CSS px: a character of the grid's text, one of what stands smaller beside it, and what stands around. */
const character = 7.2;
const smaller = 6.4;
const around = 28;
const LOOKED_AT = 200;

/** Wide enough for the header and for what most cells hold. */
const widthOf = (label: string, at: number, rows: readonly CheckedRow[]): number => {
  const kept = rows.filter(({ result }) => result !== 'out').slice(0, LOOKED_AT);
  const widest = kept.reduce((width, { cells }) => {
    const { text = '', value = null } = cells[at] ?? {};
    return Math.max(width, text.length * character + (value === null ? 0 : value.length * smaller + smaller));
  }, label.length * character);
  return Math.round(Math.min(most, Math.max(least, widest + around)));
};

/** Wider than this a code stays with the other columns: cells to be mended need the room. */
const WIDEST_FROZEN = 120;

/** The column of the code, which says which record a row is: it stays in sight while others are gone through. */
const codeColumn = ({ table, columns }: CheckedEntry): number => {
  const code = isTableName(table) ? tableOf(table).code : undefined;
  return code === undefined ? -1 : columns.findIndex(({ to }) => to === code);
};

/** @param rows the first of them say how wide the columns are */
export const checkColumns = (entry: CheckedEntry, rows: readonly CheckedRow[], rowOf: RowOf): readonly GridColumn[] => {
  const view =
    (show: (row: CheckedRow, shown: GridRow) => CellView): NonNullable<GridColumn['view']> =>
    (shown) => {
      const row = rowOf(shown.id);
      return row === undefined ? plain : show(row, shown);
    };
  const code = codeColumn(entry);
  const own = entry.columns.map((column, at) => {
    const width = widthOf(column.label, at, rows);
    return ownColumn(
      columnKey(at),
      column.label,
      width,
      view((row, { v }) => {
        const cell = row.cells[at];
        const text = v[columnKey(at)];
        return cell === undefined ? plain : text === cell.text ? cellView(cell) : typedView(String(text ?? ''));
      }),
      {
        align: rightAligned.has(column.kind) ? 'right' : 'left',
        editor: 'text',
        frozen: at === code && width <= WIDEST_FROZEN,
      },
    );
  });
  const number = view((row) => ({ ...plain, text: String(row.row), isMuted: true }));
  return [
    ownColumn(rowKey, 'Row', 56, number, { align: 'right', frozen: true }),
    ownColumn(resultKey, 'Result', 92, view(resultView), { frozen: true }),
    ...own.filter(({ frozen }) => frozen),
    ownColumn(problemKey, 'Problem', 240, view(problemView), { flex: true }),
    ...own.filter(({ frozen }) => !frozen),
  ];
};
