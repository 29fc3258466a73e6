/**
 * A check kept for reading: every row with what becomes of it. Of a long file not every row is kept, but those that
 * need attention are always among them; of the rows with errors their cells are kept too, for the file they go out in.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError, type CallContext, type OutputOf } from '../../../../shared/contract/define.ts';
import type { imports } from '../../../../shared/contract/imports.ts';
import type { SourceTable } from '../../files/table.ts';
import type { BoundColumn } from './bind.ts';
import type { Describe } from './describe.ts';
import type { SourceRow } from './identify.ts';
import { countLeft, findLeft, leftBy, mayFollow } from './leave.ts';
import type { Outcomes, Result } from './outcome.ts';
import { FIRST } from './recipe.ts';
import { refusedReason } from './refused.ts';
import { countResults, reportOn } from './report.ts';
import type { RowPlanner } from './rows.ts';
import { rehearse, stopWhenCancelled, NONE_LEFT, type ImportParts, type Left, type Pass, type Ready } from './run.ts';

export type CheckAnswer = OutputOf<(typeof imports)['import.check']>;
export type CheckedRow = OutputOf<(typeof imports)['import.rows']>['rows'][number];

/** A row as it goes out again: its cells as they stand in the check, and why. */
export type RestRow = { readonly at: number; readonly cells: readonly string[]; readonly reason: string };
export type RestFile = {
  readonly file: string;
  readonly sheet: string | null;
  readonly headers: readonly string[];
  /** Rows above the headers, and below them those that the recipe skips. */
  readonly above: readonly (readonly string[])[];
  readonly skipped: readonly (readonly string[])[];
  readonly delimiter: string | null;
  readonly rows: readonly RestRow[];
};

export type Check = {
  readonly answer: CheckAnswer;
  readonly rows: readonly CheckedRow[];
  /** The same rows as their files have them: all cells. */
  readonly raw: readonly (readonly string[])[];
  readonly rest: readonly RestFile[];
};

/** Rows that are kept to be read (DECISIONS.md 6). */
const MOST_ROWS = 20_000;
const SLICE = 2000;

type Parts = { readonly outcomes: Outcomes; readonly describe: Describe };
type Place = { readonly planner: RowPlanner; readonly row: SourceRow; readonly result: Result; readonly needsLook: boolean };

/** Texts of their own: a part of a file's text would keep all of it in memory. */
const detach = (cells: readonly string[]): readonly string[] => JSON.parse(JSON.stringify(cells)) as string[];

const outReason = ({ identified: { rows, bound } }: RowPlanner, row: SourceRow): string => {
  if (row.fate === 'furniture') return 'A total or a note of the report';
  if (row.fate === 'deleted') return 'Deleted here: not made again';
  const first = rows[row.of];
  const number = first ? (bound.source.table.numbers[first.at] ?? first.at + 1) : 0;
  return `The same as row ${number}, which counts`;
};

const cellOf = (place: Place, column: BoundColumn, { outcomes, describe }: Parts): CheckedRow['cells'][number] => {
  const { planner, row } = place;
  const found = outcomes.found(planner, row);
  const issue = outcomes.issues(planner, row).find((one) => one.column === column);
  const isKept = found?.kept.includes(column) === true;
  const isChanged = found?.changed.includes(column) === true;
  const isClash = row.fate === 'clash' && planner.identified.bound.keyAt.includes(column.at);
  const text = row.cells[column.at] ?? '';
  return {
    text,
    value: isKept || place.result === 'out' || issue?.level === 'error' ? null : describe.value(planner, row, column),
    old: isKept || isChanged ? (describe.old(planner, row, column) ?? '') : null,
    code: isClash ? 'DUP_CODE' : (issue?.code ?? null),
    why: isClash ? refusedReason(row) : issue ? describe.issue(planner, row, issue) : null,
    kept: isKept,
    edited: row.asRead !== null && (row.asRead[column.at] ?? '') !== text,
  };
};

const plainCell = (text: string, value: string | null): CheckedRow['cells'][number] => ({
  text,
  value,
  old: null,
  code: null,
  why: null,
  kept: false,
  edited: false,
});

const rowOf = (place: Place, columns: readonly BoundColumn[], entry: number, parts: Parts): CheckedRow => {
  const { planner, row, result } = place;
  const { table } = planner.identified.bound.source;
  const cells = detach(columns.map(({ at }) => row.cells[at] ?? ''));
  const isPlain = result !== 'out' && !place.needsLook && parts.outcomes.found(planner, row) === null && row.asRead === null;
  const problem =
    result === 'out' ? outReason(planner, row) : parts.describe.row(planner, row, parts.outcomes.issues(planner, row));
  return {
    entry,
    file: table.file,
    row: table.numbers[row.at] ?? row.at + 1,
    result,
    problem,
    id: row.fate === 'known' || row.fate === 'deleted' ? row.id : null,
    cells: columns.map((column, at) =>
      isPlain ? plainCell(cells[at] ?? '', parts.describe.value(planner, row, column)) : cellOf(place, column, parts),
    ),
  };
};

const inFileOrder = ({ identified: { bound } }: RowPlanner): readonly BoundColumn[] =>
  bound.columns.toSorted((a, b) => a.at - b.at);

const labelOf = ({ model, element }: BoundColumn): string =>
  element === null ? model.label : `${model.label}: ${element === FIRST ? 'the first' : element}`;

const markOf = ({ kind, delimiter }: SourceTable): string | null => (kind === 'text' ? delimiter.mark : null);

const entriesOf = (planners: readonly RowPlanner[], entryOf: (planner: RowPlanner) => number): CheckAnswer['entries'] =>
  planners.map((planner) => ({
    entry: entryOf(planner),
    file: planner.identified.bound.source.table.file,
    table: planner.identified.bound.source.entry.table,
    mark: markOf(planner.identified.bound.source.table),
    columns: inFileOrder(planner).map((column) => ({
      at: column.at,
      header: column.header,
      to: column.target,
      label: labelOf(column),
      kind: column.kind,
    })),
  }));

/** Which rows are kept: all that need a look first, then others from the top, as many as there is room for. */
const choose = (planners: readonly RowPlanner[], parts: Parts): readonly Place[] => {
  const attention: Place[] = [];
  const others: Place[] = [];
  for (const planner of planners) {
    for (const row of planner.identified.rows) {
      const result = parts.outcomes.result(planner, row);
      const isKept = (parts.outcomes.found(planner, row)?.kept.length ?? 0) > 0;
      const needsLook = result === 'error' || isKept || parts.outcomes.issues(planner, row).length > 0;
      const to = needsLook ? attention : others;
      if (to.length < MOST_ROWS) to.push({ planner, row, result, needsLook });
    }
  }
  const all = [...attention, ...others.slice(0, Math.max(0, MOST_ROWS - attention.length))];
  const order = new Map(planners.map((planner, at) => [planner, at]));
  return all.toSorted((a, b) => (order.get(a.planner) ?? 0) - (order.get(b.planner) ?? 0) || a.row.at - b.row.at);
};

/** A row that several entries read goes out once, with the reasons of all. */
const addRest = (to: Map<number, RestRow>, row: SourceRow, reason: string): void => {
  const before = to.get(row.at);
  const cells = before?.cells ?? detach(row.cells);
  to.set(row.at, { at: row.at, cells, reason: before ? `${before.reason}; ${reason}` : reason });
};

const restOf = (planners: readonly RowPlanner[], left: Left): readonly RestFile[] => {
  const files = new Map<string, Omit<RestFile, 'rows'> & { readonly rows: Map<number, RestRow> }>();
  for (const { identified } of planners) {
    const { source } = identified.bound;
    const reasons = left.get(source);
    if (!reasons) continue;
    const { table, entry, first } = source;
    const name = JSON.stringify([table.file, table.sheet, table.headers]);
    const headerRow = entry.headerRow ?? 0;
    const file = files.get(name) ?? {
      file: table.file,
      sheet: table.sheet,
      headers: table.headers,
      above: headerRow > 1 ? table.top.slice(0, headerRow - 1).map(detach) : [],
      skipped: table.rows.slice(0, first).map(detach),
      delimiter: entry.delimiter ?? null,
      rows: new Map<number, RestRow>(),
    };
    files.set(name, file);
    for (const row of identified.rows) {
      const reason = reasons.get(row.at);
      if (reason !== undefined) addRest(file.rows, row, reason);
    }
  }
  return [...files.values()].map((file) => ({ ...file, rows: [...file.rows.values()].toSorted((a, b) => a.at - b.at) }));
};

/** What becomes of the rows when those with errors are left out. */
const leavingOf = ({ planners, outcomes }: Pass, left: Left): Record<Result, number> => {
  const leaving = countResults({ planners, outcomes });
  for (const planner of planners) {
    const gone = left.get(planner.identified.bound.source);
    for (const row of planner.identified.rows) {
      if (gone?.has(row.at) !== true) continue;
      leaving[outcomes.result(planner, row)] -= 1;
      leaving.out += 1;
    }
  }
  return leaving;
};

/** Goes over the files without writing anything, and keeps what there is to be read of it. */
export const makeCheck = async (
  parts: ImportParts,
  ready: Ready,
  describeOf: (pass: Pass) => Describe,
  context: CallContext,
): Promise<Check> => {
  const started = parts.env.clock();
  const pass = await rehearse(parts, ready, NONE_LEFT, context);
  const describe = describeOf(pass);
  const wrong = await leftBy(pass, describe, context);
  const { recipe } = ready;
  const entryOf = ({ identified: { bound } }: RowPlanner): number => recipe.files.indexOf(bound.source.entry);
  // As the recipe lists them: the order they are written in is nobody's but ours.
  const planners = pass.planners.toSorted((a, b) => entryOf(a) - entryOf(b));
  const shown: Parts = { outcomes: pass.outcomes, describe };
  const places = choose(planners, shown);
  const columns = new Map(planners.map((planner) => [planner, inFileOrder(planner)]));
  const rows: CheckedRow[] = [];
  const raw = places.map(({ row }) => detach(row.asRead ?? row.cells));
  for (let from = 0; from < places.length; from += SLICE) {
    const slice = places.slice(from, from + SLICE);
    const read = (): CheckedRow[] =>
      slice.map((place) => rowOf(place, columns.get(place.planner) ?? [], entryOf(place.planner), shown));
    rows.push(...parts.store.together(read));
    await nextTurn();
    stopWhenCancelled(context);
  }
  const report = reportOn(pass, 0, true, 0);
  const entries = entriesOf(planners, entryOf);
  // Last, as it goes over the same files again.
  const left = mayFollow(pass, wrong) ? await findLeft(parts, ready, describeOf, context, wrong) : wrong;
  const answer: CheckAnswer = {
    check: parts.env.ids(),
    report: { ...report, left: countLeft(left), ms: parts.env.clock() - started },
    results: report.results,
    leaving: leavingOf(pass, left),
    entries,
    readable: rows.length,
  };
  return { answer, rows, raw, rest: restOf(planners, left) };
};

/** Checks that can still be read: the last of each window that might be looking at one. */
const KEPT = 3;

export const createChecks = () => {
  const kept = new Map<string, Check>();
  return {
    keep: (check: Check): CheckAnswer => {
      kept.set(check.answer.check, check);
      for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest);
      return check.answer;
    },
    /** @throws AppError `not-found` */
    find: (id: string): Check => {
      const check = kept.get(id);
      if (check) return check;
      throw new AppError('not-found', 'That check is no longer kept. Check the file again.', { check: id });
    },
  };
};
