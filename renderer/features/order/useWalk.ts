/** The way to a cell of an order, in its head or its lines, and the walk through those that need attention (F8). */
import { useEffect } from 'react';
import { useLatest } from '../../grid/useLatest.ts';
import { useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { dropWantedCell, useWantedCell } from '../../state/wantedCell.ts';
import type { useOrder } from './useOrder.ts';
import type { Blocker } from './useOrderActions.ts';
import type { Here } from './walk.ts';
import { nextTarget } from './walk.ts';

type Target = Pick<Blocker, 'table' | 'row' | 'field'>;

const focusHead = (field: string): void => document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.focus();

/** Goes to the cell of this order's head that was asked for elsewhere. */
const useWantedHere = (id: string, isReady: boolean, goTo: (target: Target) => void): void => {
  const wanted = useWantedCell((state) => state.cell);
  const go = useLatest(goTo);
  useEffect(() => {
    if (!isReady || wanted?.table !== 'orders' || wanted.id !== id) return;
    dropWantedCell();
    go.current({ table: wanted.table, row: wanted.id, field: wanted.field });
  }, [wanted, id, isReady, go]);
};

export const useWalk = ({ id, record, kept, source, grid, lineFilter, settle, actions }: ReturnType<typeof useOrder>) => {
  const toLines = (): void => {
    grid.current?.focusCell(source.addRow(null), 'product_id');
  };
  /** A line that the filter hides is shown with all the others. */
  const showLine = async (row: string, field: string): Promise<void> => {
    if (lineFilter.isOn) {
      lineFilter.clear();
      await source.filterBy(null);
    }
    if (grid.current?.focusCell(row, field) !== true) toLines();
  };
  const goTo = ({ table, row, field }: Target): void => {
    if (table === 'orders' && record.columns.has(field)) focusHead(field);
    else if (grid.current?.focusCell(row, field) !== true) void showLine(row, field);
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
  useWantedHere(id, record.row !== undefined && kept !== null, goTo);
  useCommand('problem.next', walk(false));
  useCommand('problem.previous', walk(true));
  return { goTo, toLines };
};
