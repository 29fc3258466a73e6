/**
 * Which rows are left out when those with errors are not to be written: the rows themselves, and every row that names
 * a record only they would make, until no more follow. What is left out is told with its reason, and can be written
 * to a file of its own.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallContext } from '../../../../shared/contract/define.ts';
import { isBad } from '../../../../shared/domain/kinds.ts';
import { tableOf, type TableName } from '../../../../shared/model/index.ts';
import type { StoredRow } from '../../store/api.ts';
import type { SourceRow } from './identify.ts';
import type { Rehearsal } from './rehearsal.ts';
import type { RowPlanner } from './rows.ts';
import { NONE_LEFT, rehearse, stopWhenCancelled, type ImportParts, type Left, type Pass, type Ready } from './run.ts';
import type { Describe } from './describe.ts';
import type { Source } from './sources.ts';

type Rehearsed = Pass & { readonly rehearsal: Rehearsal };
type Reasons = Map<Source, Map<number, string>>;

const add = (to: Reasons, source: Source, at: number, why: string): boolean => {
  const rows = to.get(source) ?? new Map<number, string>();
  to.set(source, rows);
  if (rows.has(at)) return false;
  rows.set(at, why);
  return true;
};

const numberOf = ({ table }: Source, row: SourceRow): number => table.numbers[row.at] ?? row.at + 1;
const placeOf = (source: Source, row: SourceRow): string => `row ${numberOf(source, row)} of ${source.table.file}`;

/** Ids of other records that a row names. */
const namedBy = (table: TableName, row: StoredRow): readonly string[] =>
  Object.entries(tableOf(table).fields).flatMap(([name, { kind }]) => {
    const value = row[name];
    if (typeof value !== 'string' || isBad(value)) return [];
    return kind === 'link' ? [value] : kind === 'ref' ? [value.slice(value.indexOf('/') + 1)] : [];
  });

/** Rows that would be written and name what is not going to be there. */
const addFollowers = (to: Reasons, gone: Map<string, string>, pass: Rehearsed): boolean => {
  let hasMore = false;
  for (const planner of pass.planners) {
    const { source } = planner.identified.bound;
    const { table } = source.entry;
    for (const row of planner.identified.rows) {
      if (row.id === '' || to.get(source)?.has(row.at) === true) continue;
      const written = pass.outcomes.written(planner, row);
      if (written === null || written === 'same') continue;
      const stands = pass.rehearsal.changed(table, row.id);
      const name = gone.has(row.id) ? row.id : stands && namedBy(table, stands).find((id) => gone.has(id));
      if (name === undefined || !add(to, source, row.at, `Waits for ${gone.get(name)}, which is left out`)) continue;
      hasMore = true;
      if (row.fate === 'new') gone.set(row.id, placeOf(source, row));
    }
  }
  return hasMore;
};

/** The rows of a rehearsal that have errors, and those that cannot be without them. */
export const leftBy = async (pass: Rehearsed, describe: Describe, context: CallContext): Promise<Left> => {
  const left: Reasons = new Map();
  const gone = new Map<string, string>();
  const each = (planner: RowPlanner, row: SourceRow): void => {
    if (pass.outcomes.result(planner, row) !== 'error') return;
    const { source } = planner.identified.bound;
    add(left, source, row.at, describe.row(planner, row, pass.outcomes.issues(planner, row)) ?? 'Has errors');
    if (row.fate === 'new') gone.set(row.id, placeOf(source, row));
  };
  for (const planner of pass.planners) for (const row of planner.identified.rows) each(planner, row);
  while (gone.size > 0 && addFollowers(left, gone, pass)) {
    await nextTurn();
    stopWhenCancelled(context);
  }
  return left;
};

const merge = (one: Left, other: Left): Left => {
  const merged: Reasons = new Map([...one].map(([source, rows]) => [source, new Map(rows)]));
  for (const [source, rows] of other) for (const [at, why] of rows) add(merged, source, at, why);
  return merged;
};

/** Whether leaving rows out can make others wrong: only where records stay as they are that would have changed. */
export const mayFollow = ({ planners }: Pass, left: Left): boolean =>
  planners.some(({ identified: { bound, rows } }) => {
    const out = left.get(bound.source);
    return out !== undefined && rows.some(({ at, fate }) => fate === 'known' && out.has(at));
  });

export const countLeft = (left: Left): number => [...left.values()].reduce((sum, rows) => sum + rows.size, 0);

/**
 * All rows to leave out. What is left out may leave others with an error that they did not have before.
 * @param known those that were found before
 */
export const findLeft = async (
  parts: ImportParts,
  ready: Ready,
  describeOf: (pass: Pass) => Describe,
  context: CallContext,
  known: Left = NONE_LEFT,
): Promise<Left> => {
  let left = known;
  for (;;) {
    const pass = await rehearse(parts, ready, left, context);
    const more = await leftBy(pass, describeOf(pass), context);
    if (countLeft(more) === 0) return left;
    left = merge(left, more);
  }
};
