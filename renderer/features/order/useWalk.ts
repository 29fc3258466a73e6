/** The way to a cell of an order, in its head or its lines, and the walk through those that need attention (F8). */
import { useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import type { useOrder } from './useOrder.ts';
import type { Blocker } from './useOrderActions.ts';
import type { Here } from './walk.ts';
import { nextTarget } from './walk.ts';

type Target = Pick<Blocker, 'table' | 'row' | 'field'>;

const focusHead = (field: string): void => document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.focus();

export const useWalk = ({ id, record, kept, source, grid, settle, actions }: ReturnType<typeof useOrder>) => {
  const toLines = (): void => {
    grid.current?.focusCell(source.addRow(null), 'product_id');
  };
  const goTo = ({ table, row, field }: Target): void => {
    if (table === 'orders' && record.columns.has(field)) focusHead(field);
    else if (grid.current?.focusCell(row, field) !== true) toLines();
  };
  const here = (): Here => {
    const field = document.activeElement?.closest('[data-field]')?.getAttribute('data-field');
    if (field !== null && field !== undefined) return { table: 'orders', row: id, field };
    const cell = grid.current?.focused();
    return cell ? { table: 'order_lines', row: cell.row.id, field: cell.column.key } : null;
  };
  const walk = (back: boolean) => async (): Promise<void> => {
    const from = here();
    await settle();
    const next = nextTarget(
      {
        head: record.row,
        headColumns: [...record.columns.values()],
        lines: source.rows().map((row) => source.edits.over(row)),
        lineColumns: kept?.columns ?? [],
        blockers: actions.blockers,
      },
      from,
      back,
    );
    if (next) goTo(next);
    else say('Nothing needs attention here.');
  };
  useCommand('problem.next', walk(false));
  useCommand('problem.previous', walk(true));
  return { goTo, toLines };
};
