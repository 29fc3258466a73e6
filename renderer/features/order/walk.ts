/** The walk through what is wrong with an order: its head first, then its lines, as they stand; round the end. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { nextProblem, problemsIn } from '../../grid/problems.ts';
import type { Blocker } from './useOrderActions.ts';

type Target = Pick<Blocker, 'table' | 'row' | 'field'>;

export type Here = { readonly table: string; readonly row: string; readonly field: string } | null;

type Order = {
  readonly head: GridRow | undefined;
  readonly headColumns: readonly GridColumn[];
  readonly lines: readonly GridRow[];
  readonly lineColumns: readonly GridColumn[];
  /** What confirming found beside cells: an order without lines. */
  readonly blockers: readonly Target[];
};

export const nextTarget = (order: Order, here: Here, back: boolean): Target | null => {
  const { head, headColumns, lines, lineColumns, blockers } = order;
  const inHead = head ? problemsIn([head], headColumns).map((p) => ({ ...p, row: -1, table: 'orders' })) : [];
  const inLines = problemsIn(lines, lineColumns).map((p) => ({ ...p, table: 'order_lines' }));
  const found = [...inHead, ...inLines];
  const others = blockers.filter((b) => !found.some((p) => p.id === b.row && p.field === b.field));
  const last = others.map((b, at) => ({ row: lines.length + at, col: 0, id: b.row, field: b.field, table: b.table }));
  const all = [...found, ...last];
  const at = here
    ? (all.find((p) => p.id === here.row && p.field === here.field) ?? {
        row: here.table === 'orders' ? -1 : lines.findIndex((line) => line.id === here.row),
        col: (here.table === 'orders' ? headColumns : lineColumns).findIndex(({ key }) => key === here.field),
      })
    : null;
  const next = nextProblem(at === null ? { row: -2, col: 0 } : at, all, back);
  const target = next ? all.find((p) => p.id === next.id && p.field === next.field) : undefined;
  return target ? { table: target.table, row: target.id, field: target.field } : null;
};
