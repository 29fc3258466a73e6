/** Taking times: wall and processor, as other jobs may share the machine; a job and its limit in turn; the longest wait. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds. */
export type Spread = { readonly p50: number; readonly p95: number; readonly p99: number; readonly max: number };
export type Times = { readonly n: number; readonly wall: Spread; readonly cpu: Spread };
/** A job beside its limit: the medians of the ratios of each pair. */
export type Pair = { readonly times: Times; readonly limit: Times; readonly ratio: number; readonly cpuRatio: number };

export type Sample = { readonly wall: number; readonly cpu: number };
type Work = (at: number) => unknown;

const quantile = (values: readonly number[], q: number): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
};
const median = (values: readonly number[]): number => quantile(values, 0.5);

export const spreadOf = (values: readonly number[]): Spread => ({
  p50: median(values),
  p95: quantile(values, 0.95),
  p99: quantile(values, 0.99),
  max: Math.max(...values),
});

export const timesOf = (samples: readonly Sample[]): Times => ({
  n: samples.length,
  wall: spreadOf(samples.map(({ wall }) => wall)),
  cpu: spreadOf(samples.map(({ cpu }) => cpu)),
});

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

export const sample = async (work: () => unknown): Promise<Sample> => {
  const start = performance.now();
  const before = cpuMs();
  await work();
  return { wall: performance.now() - start, cpu: cpuMs() - before };
};

export const timed = async (runs: number, work: Work): Promise<Times> => {
  const samples: Sample[] = [];
  for (let at = 0; at < runs; at += 1) samples.push(await sample(() => work(at)));
  return timesOf(samples);
};

export const pairOf = (jobs: readonly Sample[], limits: readonly Sample[]): Pair => {
  const ratio = (of: 'wall' | 'cpu'): number => median(jobs.map((job, at) => job[of] / Math.max(1e-3, limits[at]?.[of] ?? 0)));
  return { times: timesOf(jobs), limit: timesOf(limits), ratio: ratio('wall'), cpuRatio: ratio('cpu') };
};

/** Job, limit, job, limit: what else the machine does falls on both alike. */
export const inTurn = async (pairs: number, job: Work, limit: Work): Promise<Pair> => {
  const [jobs, limits]: [Sample[], Sample[]] = [[], []];
  for (let at = 0; at < pairs; at += 1) {
    jobs.push(await sample(() => job(at)));
    limits.push(await sample(() => limit(at)));
  }
  return pairOf(jobs, limits);
};

/** A pause that lets other work run and notes how long it was kept waiting. */
export const createPause = () => {
  let last = performance.now();
  let longest = 0;
  return {
    pause: async (): Promise<void> => {
      longest = Math.max(longest, performance.now() - last);
      await nextTurn();
      last = performance.now();
    },
    longest: (): number => longest,
  };
};
