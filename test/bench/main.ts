/**
 * Every job in a process of its own, one after the other, then one table of all of them beside the budgets of
 * PERFORMANCE.md 10, kept as JSON under out/bench. Times fail nothing; a plan at fault, or a job that breaks, does.
 */
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureFile } from './grid-data.ts';
import type { Settings } from './job.ts';
import { printTable, unjudged, type Outcome } from './rows.ts';

const JOBS = [
  'pages',
  'totals',
  'sorts',
  'search',
  'words',
  'plans',
  'edit',
  'prices',
  'today',
  'socket',
  'sync',
  'import',
  'export',
  'wide',
  'grid',
] as const;
const QUICK_ORDERS = 4000;
const FULL_ORDERS = 200_000;

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' }, orders: { type: 'string' } },
});
const chosen = values.only === undefined ? JOBS : JOBS.filter((job) => values.only?.split(',').includes(job));
const orders = Number(values.orders ?? (values.quick ? QUICK_ORDERS : FULL_ORDERS));
const out = resolve(import.meta.dirname, '../../out/bench');

/** A file made by other sources than today's measures something else: their digest is in its name. */
const findFile = (): string => {
  const store = ['migrations', 'write', 'read', 'sums'].map((folder) => `electron/engine/store/${folder}`);
  const sources = [...store, 'shared/model', 'shared/domain', 'test/bench'];
  const hash = createHash('sha256');
  for (const folder of sources) {
    const path = resolve(import.meta.dirname, '../..', folder);
    for (const name of readdirSync(path).filter((one) =>
      /(^|[/-])(0\d+-.*|derived|search|summaries|fold|money|grid-data)\.ts$/.test(one),
    ))
      hash.update(name).update(readFileSync(join(path, name)));
  }
  const name = `orders-${orders}-${hash.digest('hex').slice(0, 12)}.db`;
  for (const old of readdirSync(out)) if (old.startsWith(`orders-${orders}-`) && !old.startsWith(name)) rmSync(join(out, old));
  return join(out, name);
};

const runJob = async (job: string, settings: Settings): Promise<Outcome> => {
  const child = fork(resolve(import.meta.dirname, 'jobs', `${job}.ts`), [JSON.stringify(settings)]);
  const answers: Outcome[] = [];
  child.on('message', (answer: Outcome) => answers.push(answer));
  const gone = new Promise((done) => child.once('disconnect', done));
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  // What it said last may still be on its way.
  if (child.connected) await gone;
  return answers[0] ?? { rows: [], faults: [`${job}: it ended with ${code} and said nothing`] };
};

const load = (): string =>
  loadavg()
    .map((one) => one.toFixed(1))
    .join(' ');

mkdirSync(out, { recursive: true });
const began = performance.now();
const file = ensureFile(findFile(), orders);
const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, node: process.version, platform: process.platform };
console.log(
  `${orders} orders, ${orders * 5} lines; ${machine.cpu}, ${machine.cores} cores; Node ${machine.node}; load ${load()}`,
);
const done: (Outcome & { readonly job: string; readonly load: string; readonly seconds: number })[] = [];
for (const job of chosen) {
  const start = performance.now();
  const outcome = await runJob(job, { file, folder: join(out, `work-${process.pid}`), isQuick: values.quick });
  done.push({ job, ...outcome, load: load(), seconds: (performance.now() - start) / 1000 });
  process.stderr.write(`${job}: ${done.at(-1)?.seconds.toFixed(1)} s, load ${load()}\n`);
  // A long run that is broken off has said what it knows.
  printTable(values.quick ? outcome.rows.map(unjudged) : outcome.rows);
}
const rows = done.flatMap((one) => (values.quick ? one.rows.map(unjudged) : one.rows));
const faults = done.flatMap((one) => one.faults);
console.log('\nAll jobs. Times in ms; limit and ratio compare medians of wall or of processor time.');
printTable(rows);
const count = (met: string): number => rows.filter((row) => row.met === met).length;
const seconds = ((performance.now() - began) / 1000).toFixed(0);
console.log(
  values.quick
    ? `\n${seconds} s. The budgets are for the full size and are not judged here.`
    : `\n${seconds} s. Budgets: ${count('yes')} met, ${count('cpu')} met in processor time only, ${count('no')} not met.`,
);
for (const { job, skipped } of done) if (skipped !== undefined) console.log(`${job}: not measured, ${skipped}`);
for (const fault of faults) console.log(`FAULT ${fault}`);
const report = join(out, `${values.quick ? 'quick' : 'full'}-${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
writeFileSync(report, `${JSON.stringify({ orders, machine, jobs: done }, null, 2)}\n`);
console.log(`Kept in ${report}`);
process.exitCode = faults.length === 0 ? 0 : 1;
