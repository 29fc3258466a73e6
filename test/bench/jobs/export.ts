/**
 * A workbook of 100,000 rows of 20 columns beside those of two libraries, in turn, each in a process of its own; and the
 * orders of the large file as a workbook and as CSV, from the call to the file in its place.
 */
import { fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { resolve } from 'node:path';
import { createExports } from '../../../electron/engine/services/export/exports.ts';
import { contract } from '../../../shared/contract/index.ts';
import type { CallContext } from '../../../shared/contract/define.ts';
import type { WriterAsked, WriterDone } from '../export-writer.ts';
import { runJob } from '../job.ts';
import { pairOf, sample, timesOf } from '../measure.ts';
import { rowBeside, rowOf, type Row } from '../rows.ts';

const PAIRS = 3;
const BUDGET = { ratio: 1.1 };
const MOST_MB = 300;

const write = (asked: WriterAsked): Promise<WriterDone> =>
  new Promise((done, failed) => {
    const child = fork(resolve(import.meta.dirname, '../export-writer.ts'), [JSON.stringify(asked)]);
    child.once('message', (answer: WriterDone) => done(answer));
    child.once('exit', (code) => failed(new Error(`${asked.writer} ended with ${code} and said nothing`)));
  }).finally(() => rmSync(asked.path, { force: true })) as Promise<WriterDone>;

const range = (values: readonly number[]): string => `${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} MB`;

/** Ours, a library, ours, a library. */
const beside = async (writer: 'hucre' | 'excelts', rows: number, path: string): Promise<Row> => {
  const [ours, theirs]: [WriterDone[], WriterDone[]] = [[], []];
  for (let at = 0; at < PAIRS; at += 1) {
    ours.push(await write({ writer: 'own', rows, path }));
    theirs.push(await write({ writer, rows, path }));
  }
  const peaks = `peak ${range(ours.map(({ peak }) => peak))}, theirs ${range(theirs.map(({ peak }) => peak))}`;
  const pair = pairOf(ours, theirs);
  const rate = (rows * 1000) / pair.times.wall.p50;
  return rowBeside(`workbook of ${rows} x 20, beside ${writer}`, pair, 'cpu', { rate, budget: BUDGET, note: peaks });
};

const call: CallContext = {
  connection: 'bench',
  client: 'cli',
  window: '',
  signal: { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
  progress: () => undefined,
};

/** The orders of the file through the service, and the longest that anything else would have waited for it. */
const exportOrders = async (file: string, to: string, runs: number): Promise<Row> => {
  const service = createExports({
    env: { db: file, clock: Date.now, locale: 'en-GB' },
    context: () => ({ today: '2026-06-15', zone: 'Europe/London', currency: 'GBP', me: null, now: 0 }),
    about: () => ({ author: 'Bench', company: 'Bench', weekStart: 1 }),
  });
  const asked = contract['export.view'].input.parse({ view: 'orders', to, fields: [] });
  const gaps = monitorEventLoopDelay({ resolution: 1 });
  const samples: Awaited<ReturnType<typeof sample>>[] = [];
  let rows = 0;
  gaps.enable();
  for (let at = 0; at < runs; at += 1) {
    samples.push(
      await sample(async () => {
        rows = (await service['export.view'](asked, call)).rows;
      }),
    );
    rmSync(to);
  }
  gaps.disable();
  const times = timesOf(samples);
  const waits = `others wait ${(gaps.percentile(99) / 1e6).toFixed(0)} ms (p99), ${(gaps.max / 1e6).toFixed(0)} ms at most`;
  return rowOf(`export of ${rows} orders, all fields, ${to.slice(to.lastIndexOf('.'))}`, times, {
    rate: (rows * 1000) / times.wall.p50,
    note: `${waits}; peak so far ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`,
  });
};

await runJob(async ({ file, path, times }) => {
  const rows = times(100_000, 5000);
  const small = times(20_000, 2000);
  const runs = times(3, 1);
  const result = [
    await exportOrders(file, path('orders.xlsx'), runs),
    await exportOrders(file, path('orders.csv'), runs),
    await beside('excelts', rows, path('b.xlsx')),
    await beside('hucre', rows, path('b.xlsx')),
    await beside('hucre', small, path('b.xlsx')),
  ];
  const high = result.filter(({ note }) => Number(/^peak \d+ to (\d+)/.exec(note)?.[1] ?? 0) > MOST_MB);
  return { rows: result, faults: high.map(({ job }) => `${job}: more than ${MOST_MB} MB`) };
});
