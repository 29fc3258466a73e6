/** The walk through cells that need attention (F8): which there are, and which comes next from where the focus is. */
import type { Client } from '../../shared/contract/index.ts';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { GridColumn } from './columns.ts';
import type { Place } from './moves.ts';
import { nextAround } from './moves.ts';
import type { GridSource } from './source.ts';

export type Problem = Place & { readonly id: string; readonly field: string };

/** Rows of a register that are looked up one by one; beyond them the first ones are walked. */
const mostAsked = 100;

/** Problem cells of rows that are at hand, in reading order. Fields without a column are left out. */
export const problemsIn = (rows: readonly GridRow[], columns: readonly GridColumn[]): readonly Problem[] =>
  rows.flatMap((row, at) =>
    columns.flatMap(({ key }, col) => (row.i?.[key]?.level === 'error' ? [{ row: at, col, id: row.id, field: key }] : [])),
  );

/** Problem cells of a whole register, in the order of its view; new rows stand above it. */
export const problemsOf = async (
  port: Pick<Client, 'records.issues'>,
  source: GridSource,
  columns: readonly GridColumn[],
): Promise<readonly Problem[]> => {
  const { issues } = await port['records.issues']({ table: source.table, level: 'error' });
  const refused = source.edits.refused();
  const errors = [...refused, ...issues].filter(
    ({ row, field }, at) =>
      columns.some(({ key }) => key === field) &&
      (at < refused.length || !refused.some((cell) => cell.row === row && cell.field === field)),
  );
  const ids = [...new Set(errors.map((issue) => issue.row))].slice(0, mostAsked);
  const places = new Map(await Promise.all(ids.map(async (id) => [id, await source.find(id)] as const)));
  return errors
    .flatMap(({ row: id, field }): Problem[] => {
      const row = places.get(id) ?? (source.isDraft(id) ? -1 : undefined);
      return row === undefined ? [] : [{ row, col: columns.findIndex(({ key }) => key === field), id, field }];
    })
    .toSorted((a, b) => a.row - b.row || a.col - b.col);
};

export const nextProblem = (from: Place | null, problems: readonly Problem[], back: boolean): Problem | null =>
  nextAround(from ?? { row: -1, col: -1 }, problems, back);
