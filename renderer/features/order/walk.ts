/** The walk through what is wrong with a document: its head first, then its lines, as they stand; round the end. */
import type { GridRow } from '../../../shared/contract/shapes.ts';
import type { GridColumn } from '../../grid/columns.ts';
import { nextProblem, problemsIn } from '../../grid/problems.ts';
import type { DocumentKind } from './kinds.ts';
import type { Blocker } from './useDocument.ts';

type Target = Pick<Blocker, 'table' | 'row' | 'field'>;

export type Here = { readonly table: string; readonly row: string; readonly field: string } | null;

type Walked = {
  readonly kind: Pick<DocumentKind, 'table' | 'lines'>;
  readonly head: GridRow | undefined;
  readonly headColumns: readonly GridColumn[];
  readonly lines: readonly GridRow[];
  readonly lineColumns: readonly GridColumn[];
  /** What the last attempt found beside cells: a document without lines. */
  readonly blockers: readonly Target[];
};

export const nextTarget = (walked: Walked, here: Here, back: boolean): Target | null => {
  const { kind, head, headColumns, lines, lineColumns, blockers } = walked;
  const inHead = head ? problemsIn([head], headColumns).map((p) => ({ ...p, row: -1, table: kind.table as string })) : [];
  const inLines = problemsIn(lines, lineColumns).map((p) => ({ ...p, table: kind.lines as string }));
  const found = [...inHead, ...inLines];
  const others = blockers.filter((b) => !found.some((p) => p.id === b.row && p.field === b.field));
  const last = others.map((b, at) => ({ row: lines.length + at, col: 0, id: b.row, field: b.field, table: b.table }));
  const all = [...found, ...last];
  const at = here
    ? (all.find((p) => p.id === here.row && p.field === here.field) ?? {
        row: here.table === kind.table ? -1 : lines.findIndex((line) => line.id === here.row),
        col: (here.table === kind.table ? headColumns : lineColumns).findIndex(({ key }) => key === here.field),
      })
    : null;
  const next = nextProblem(at === null ? { row: -2, col: 0 } : at, all, back);
  const target = next ? all.find((p) => p.id === next.id && p.field === next.field) : undefined;
  return target ? { table: target.table, row: target.id, field: target.field } : null;
};
