/** A row of the bench's table: what was measured, beside its limit, judged by its budget (PERFORMANCE.md 10). */
import type { Pair, Spread, Times } from './measure.ts';

/** What may not be passed. Times in ms of the wall; `rate` is the least, in rows a second. */
export type Budget = {
  readonly p50?: number;
  readonly p95?: number;
  readonly p99?: number;
  readonly max?: number;
  readonly ratio?: number;
  readonly rate?: number;
};

export type Row = {
  readonly job: string;
  readonly n: number;
  /** Null where no time is measured. */
  readonly wall: Spread | null;
  /** Of the measuring process; null where the work is done in another one. */
  readonly cpu: Spread | null;
  /** Median of the limit, in what the ratio compares. */
  readonly limit: number | null;
  readonly ratio: number | null;
  readonly basis: 'wall' | 'cpu' | 'B' | 'x' | null;
  readonly rate: number | null;
  readonly budget: string;
  /** `cpu`: met in processor time only, as on a machine that is busy with other work; null where there is no budget. */
  readonly met: 'yes' | 'no' | 'cpu' | null;
  readonly note: string;
};

export type Outcome = {
  readonly rows: readonly Row[];
  readonly faults: readonly string[];
  /** Why it could not be measured here. */
  readonly skipped?: string;
};

type Given = { readonly budget?: Budget; readonly note?: string; readonly rate?: number };

const describe = ({ p50, p95, p99, max, ratio, rate }: Budget): string =>
  [
    ...Object.entries({ p50, p95, p99, max }).flatMap(([key, most]) => (most === undefined ? [] : [`${key} <= ${most} ms`])),
    ...(ratio === undefined ? [] : [`<= ${ratio}x`]),
    ...(rate === undefined ? [] : [`>= ${rate} rows/s`]),
  ].join(', ');

const TIMES = ['p50', 'p95', 'p99', 'max'] as const;
const isWithin = (times: Spread, budget: Budget): boolean => TIMES.every((key) => times[key] <= (budget[key] ?? Infinity));

const judge = ({ wall, cpu }: Times, ratio: number, rate: number, budget: Budget): Row['met'] => {
  if (Object.keys(budget).length === 0) return null;
  if (ratio > (budget.ratio ?? Infinity) || rate < (budget.rate ?? 0)) return 'no';
  return isWithin(wall, budget) ? 'yes' : isWithin(cpu, budget) ? 'cpu' : 'no';
};

type Limit = { readonly limit: number; readonly ratio: number; readonly basis: 'wall' | 'cpu' };

const build = (job: string, times: Times, limit: Limit | null, { budget = {}, note = '', rate }: Given): Row => ({
  job,
  n: times.n,
  wall: times.wall,
  cpu: times.cpu,
  limit: limit?.limit ?? null,
  ratio: limit?.ratio ?? null,
  basis: limit?.basis ?? null,
  rate: rate ?? null,
  budget: describe(budget),
  met: judge(times, limit?.ratio ?? 0, rate ?? Infinity, budget),
  note,
});

export const rowOf = (job: string, times: Times, given: Given = {}): Row => build(job, times, null, given);

/** @param basis `cpu` for work of this process alone, which stays true on a busy machine; `wall` where a disk or a process is waited for */
export const rowBeside = (job: string, pair: Pair, basis: 'wall' | 'cpu', given: Given = {}): Row => {
  const ratio = basis === 'cpu' ? pair.cpuRatio : pair.ratio;
  return build(job, pair.times, { limit: pair.limit[basis].p50, ratio, basis }, given);
};

/**
 * A row of bytes: `of` so many things came to a figure that may not be passed, `B`, or not be missed, `x`: how many times
 * less than beside what it is held.
 */
export const rowOfBytes = (job: string, of: number, figure: number, [basis, bound]: readonly ['B' | 'x', number]): Row => ({
  job,
  n: of,
  ...{ wall: null, cpu: null, limit: null, ratio: figure, basis, rate: null },
  budget: basis === 'B' ? `<= ${bound} B` : `>= ${bound}x`,
  met: (basis === 'B' ? figure <= bound : figure >= bound) ? 'yes' : 'no',
  note: '',
});

/** A row of work that another process does: this one's processor time says nothing. */
export const remote = (row: Row): Row => ({ ...row, cpu: null, met: row.met === 'cpu' ? 'no' : row.met });

/** A row of a file too small for the budgets, which are for a million lines. */
export const unjudged = (row: Row): Row => ({ ...row, met: null });

const ms = (value: number | undefined): string => (value === undefined ? '-' : value.toFixed(value < 10 ? 2 : 0));
const COLUMNS = ['job', 'n', 'p50', 'p95', 'p99', 'max', 'cpu p50', 'cpu p99', 'limit', 'ratio', 'rows/s', 'met', 'budget'];

const cellsOf = (row: Row): readonly string[] => [
  row.job,
  String(row.n),
  ...[row.wall?.p50, row.wall?.p95, row.wall?.p99, row.wall?.max, row.cpu?.p50, row.cpu?.p99, row.limit ?? undefined].map(ms),
  row.ratio === null ? '-' : `${row.ratio.toFixed(2)} ${row.basis ?? ''}`,
  row.rate === null ? '-' : row.rate.toFixed(0),
  row.met ?? '',
  [row.budget, row.note].filter((text) => text !== '').join('; '),
];

/** The whole table, times in ms; the limit and the ratio are of medians, in wall or processor time as said. */
export const printTable = (rows: readonly Row[]): void => {
  const lines = [COLUMNS, ...rows.map(cellsOf)];
  const widths = COLUMNS.map((_, at) => Math.max(...lines.map((cells) => cells[at]?.length ?? 0)));
  const isText = (at: number): boolean => at === 0 || at >= COLUMNS.length - 2;
  for (const cells of lines) {
    const padded = cells.map((cell, at) => (isText(at) ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)));
    console.log(padded.join('  ').trimEnd());
  }
};
