/** The way to a cell of a document, in its head or its lines, and the walk through those that need attention (F8). */
import { useEffect } from 'react';
import { useLatest } from '../../grid/useLatest.ts';
import { runCommand, useCommand } from '../../state/commands.ts';
import { say } from '../../state/toasts.ts';
import { dropWantedCell, useWantedCell } from '../../state/wantedCell.ts';
import type { Blocker, useDocument } from './useDocument.ts';
import type { Here } from './walk.ts';
import { nextTarget } from './walk.ts';

type Target = Pick<Blocker, 'table' | 'row' | 'field'>;

const focusHead = (field: string): void => document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)?.focus();

/** Goes to the cell of this document's head that was asked for elsewhere. */
const useWantedHere = (table: string, id: string, isReady: boolean, goTo: (target: Target) => void): void => {
  const wanted = useWantedCell((state) => state.cell);
  const go = useLatest(goTo);
  useEffect(() => {
    if (!isReady || wanted?.table !== table || wanted.id !== id) return;
    dropWantedCell();
    go.current({ table: wanted.table, row: wanted.id, field: wanted.field });
  }, [wanted, table, id, isReady, go]);
};

type Walked = ReturnType<typeof useDocument> & {
  /** What the last attempt found, and is still so. */
  readonly inTheWay: () => Promise<readonly Blocker[]>;
};

export const useWalk = ({ kind, id, record, kept, source, grid, lineFilter, settle, inTheWay }: Walked) => {
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
    // What is no cell of the page has a box of its own.
    if (table === 'order_holds') runCommand('order.holds');
    else if (table === kind.table && record.columns.has(field)) focusHead(field);
    else if (grid.current?.focusCell(row, field) !== true) void showLine(row, field);
  };
  const here = (): Here => {
    const field = document.activeElement?.closest('[data-field]')?.getAttribute('data-field');
    if (field !== null && field !== undefined) return { table: kind.table, row: id, field };
    const cell = grid.current?.focused();
    return cell ? { table: kind.lines, row: cell.row.id, field: cell.column.key } : null;
  };
  const walk = (back: boolean) => async (): Promise<void> => {
    const from = here();
    await settle();
    // What was pasted a moment ago is walked, too: its marks come with the next reading.
    await source.settled();
    const next = nextTarget(
      {
        kind,
        head: record.now(),
        headColumns: [...record.columns.values()],
        lines: source.rows().map((row) => source.edits.over(row)),
        lineColumns: kept?.columns ?? [],
        blockers: await inTheWay(),
      },
      from,
      back,
    );
    if (next) goTo(next);
    else say('Nothing needs attention here.');
  };
  useWantedHere(kind.table, id, record.row !== undefined && kept !== null, goTo);
  useCommand('problem.next', walk(false));
  useCommand('problem.previous', walk(true));
  return { goTo, toLines };
};
