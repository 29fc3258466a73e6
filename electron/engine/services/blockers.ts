/** What keeps a document from moving on: every cell with an error, in the order a person meets them. */
import type { Scalar } from '../../../shared/domain/kinds.ts';
import { outsideOf } from '../../../shared/domain/limits.ts';
import { describeProblem } from '../../../shared/domain/problems.ts';
import { fieldOf, tableOf, type TableName } from '../../../shared/model/index.ts';
import type { CellIssue } from '../../../shared/contract/shapes.ts';
import type { Reader, StoredRow } from '../store/api.ts';

export type Blocker = {
  readonly table: string;
  readonly row: string;
  readonly field: string;
  readonly code: string;
  readonly message: string;
};

/** The cell a person is sent to. */
type Place = { readonly table: TableName; readonly row: string };
type Found = Pick<CellIssue, 'field' | 'code' | 'raw'>;

const blocker = (at: Place, { field, code, raw }: Found, where: string, value: Scalar = null): Blocker => {
  const known = fieldOf(at.table, field);
  const about = { label: known?.label ?? field, raw, outside: known && outsideOf(known, value) };
  return { ...at, field, code, message: `${where}${describeProblem(code, about).message}` };
};

const inFieldOrder = (table: TableName, issues: readonly CellIssue[]): readonly CellIssue[] => {
  const order = Object.keys(tableOf(table).fields);
  return issues.toSorted((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
};

const errorsOf = (table: TableName, row: string, read: Reader, where: string, at: Place): readonly Blocker[] =>
  inFieldOrder(
    table,
    // A status that could not be reached yet is what is being asked for, not what is in its way.
    read.issues(table, row).filter(({ level, field }) => level === 'error' && fieldOf(table, field)?.kind !== 'state'),
  ).map((issue) => blocker(at, issue, where, read.get(table, row)?.[issue.field] ?? null));

const lineBlockers = (line: StoredRow, place: number, read: Reader): readonly Blocker[] => {
  const where = `Line ${line['position'] ?? place}: `;
  const at = { table: 'order_lines', row: line.id } as const;
  return [
    ...errorsOf('order_lines', line.id, read, where, at),
    // A day typed on a line stands on its schedule line; the person sees it on the line.
    ...read.children('schedule_lines', line.id).flatMap((schedule) => errorsOf('schedule_lines', schedule.id, read, where, at)),
  ];
};

/** Every cell that keeps an order from being confirmed, in the order they stand; empty where nothing does. */
export const orderBlockers = (id: string, read: Reader): readonly Blocker[] => {
  const own = errorsOf('orders', id, read, '', { table: 'orders', row: id });
  const lines = read.children('order_lines', id);
  return [
    ...own,
    ...(lines.length === 0
      ? [blocker({ table: 'orders', row: id }, { field: 'line_count', code: 'NO_LINES', raw: null }, '')]
      : []),
    ...lines.flatMap((line, at) => lineBlockers(line, at + 1, read)),
  ];
};

/** The blockers as one sentence. */
export const sayBlockers = (blockers: readonly Blocker[]): string => {
  const [first] = blockers;
  if (first === undefined) return '';
  return blockers.length === 1 ? `${first.message}.` : `${blockers.length} cells need attention. The first: ${first.message}.`;
};
