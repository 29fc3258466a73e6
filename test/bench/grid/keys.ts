/** Keys one behind the other, as a key that is held down: from each of them to the paint of what it did. */
import type { Job } from '../job.ts';
import { pairOf, spreadOf, type Sample } from '../measure.ts';
import { rowBeside, type Row } from '../rows.ts';
import type { BenchPage } from './page.ts';

/** Times of single keys or frames, in ms, and the processor time of each on average. */
export type Burst = { readonly times: readonly number[]; readonly cpu: number };

/** How a burst is compared with another. */
type Measure = (times: readonly number[]) => number;
const median: Measure = (times) => spreadOf(times).p50;
export const p95: Measure = (times) => spreadOf(times).p95;

/** Bursts of a job and of its limit in turn: the spread of all times of the job, the ratio of what the bursts measure. */
export const burstsInTurn = async (
  pairs: number,
  measure: Measure,
  job: (at: number) => Promise<Burst>,
  limit: (at: number) => Promise<Burst>,
) => {
  const [jobs, limits]: [Burst[], Burst[]] = [[], []];
  for (let at = 0; at < pairs; at += 1) {
    jobs.push(await job(at));
    limits.push(await limit(at));
  }
  const samples = (bursts: readonly Burst[]): Sample[] => bursts.map(({ times, cpu }) => ({ wall: measure(times), cpu }));
  const pair = pairOf(samples(jobs), samples(limits));
  const all = jobs.flatMap(({ times }) => times);
  return { ...pair, times: { n: all.length, wall: spreadOf(all), cpu: pair.times.cpu } };
};

const hold = async ({ page, recorder, cpu }: BenchPage, key: string, times: number): Promise<Burst> => {
  await recorder.evaluate((it, wanted) => it.keys(wanted), key);
  const before = await cpu();
  for (let at = 0; at < times; at += 1) await page.keyboard.down(key);
  await page.keyboard.up(key);
  const taken = await recorder.evaluate((it) => it.stop());
  return { times: taken, cpu: ((await cpu()) - before) / times };
};

/** The keys that extend a selection of some columns, against the same keys where they only move the focus. */
export const measureKeys = async (bench: BenchPage, { times }: Pick<Job, 'times'>): Promise<readonly Row[]> => {
  const { keyboard } = bench.page;
  const width = 8;
  const press = times(40, 15);
  const toTop = (): Promise<void> => keyboard.press('Control+Home');
  const extend = (key: string) => async (): Promise<Burst> => {
    await toTop();
    for (let at = 1; at < width; at += 1) await keyboard.press('Shift+ArrowRight');
    await keyboard.down('Shift');
    const burst = await hold(bench, key, press);
    await keyboard.up('Shift');
    return burst;
  };
  const move = (key: string) => async (): Promise<Burst> => {
    await toTop();
    return hold(bench, key, press);
  };
  const rows: Row[] = [];
  for (const [key, name] of [
    ['ArrowDown', 'Shift+Down'],
    ['PageDown', 'Shift+PgDn'],
  ] as const) {
    // The rows are there before anything is compared: this is about painting.
    await move(key)();
    const pair = await burstsInTurn(times(8, 3), median, extend(key), move(key));
    rows.push(
      rowBeside(`grid: ${name} to paint, a range of ${width} columns`, pair, 'wall', {
        budget: { p95: 100 },
        note: 'limit: the same key moving only the focus',
      }),
    );
  }
  await toTop();
  return rows;
};
