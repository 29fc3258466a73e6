/**
 * A real engine process over its socket, as a window or the command line meets it: edits until they are acknowledged,
 * pages while it rests and while it imports, search.
 */
import type { Client } from '../../../shared/contract/index.ts';
import { attach } from '../../../electron/host/attach.ts';
import { createBench } from '../../fakes/processes.ts';
import { northwindRecipe, writeMasters, writeOrders } from '../../fakes/trade.ts';
import { createAppend, EDITS, editCall, pickIds } from '../edits.ts';
import { runJob, type Job } from '../job.ts';
import { inTurn, sample, timed, timesOf } from '../measure.ts';
import { sortOf } from '../register.ts';
import { remote, rowBeside, rowOf, type Row } from '../rows.ts';
import { KEYSTROKES } from '../typed.ts';

const measureEdits = async ({ path, int, times }: Job, db: string, client: Client): Promise<readonly Row[]> => {
  const raw = createAppend(path('appended'));
  const count = times(600, 200);
  const rows: Row[] = [];
  for (const one of EDITS) {
    const ids = pickIds(db, one.table, count, int);
    const pair = await inTurn(count, (at) => client['records.apply'](editCall(one, ids[at] ?? '', at)), raw.append);
    rows.push(rowBeside(`engine process: ${one.name}, acknowledged`, pair, 'wall', { budget: { p99: 50 } }));
  }
  raw.close();
  return rows;
};

const measurePages = async ({ int, times, path }: Job, client: Client): Promise<readonly Row[]> => {
  const { view, count } = await client['view.open']({
    table: 'order_lines',
    sort: sortOf('order_lines').map((one) => ({ ...one })),
  });
  const page = (): Promise<unknown> => {
    const from = int(Math.max(1, count - 100));
    return client['view.rows']({ view, from, to: from + 100 });
  };
  const idle = await timed(times(300, 100), page);
  const masters = { customers: 200, products: 200 };
  const orders = times(4000, 500);
  writeMasters(path('files'), masters);
  writeOrders(path('files'), { ...masters, orders, linesEach: 5, first: 1, mark: 'bench' });
  let isImporting = true;
  const importing = client['import.run']({ path: path('files'), recipe: northwindRecipe() }).finally(() => (isImporting = false));
  const samples: Awaited<ReturnType<typeof sample>>[] = [];
  while (isImporting) samples.push(await sample(page));
  await importing;
  return [
    rowOf(`engine process: page of 100 of ${count} lines, idle`, idle, { budget: { p99: 16 } }),
    rowOf('engine process: the same page during an import', timesOf(samples), {
      budget: { p99: 33 },
      note: `import of ${orders * 5} lines`,
    }),
  ];
};

await runJob(async (job) => {
  const bench = createBench();
  try {
    const db = job.copy(job.file, 'served.db');
    const { first } = bench.startEngine(db, { checkOutput: false });
    const said = await first;
    if (said.k !== 'ready') throw new Error(`the engine does not open the file: ${said.error.message}`);
    const { client, close } = await attach(db);
    const edits = await measureEdits(job, db, client);
    const search = await timed(KEYSTROKES.length * job.times(2, 1), (at) =>
      client['search.everywhere']({ text: KEYSTROKES[at % KEYSTROKES.length] ?? '' }),
    );
    const pages = await measurePages(job, client);
    await close();
    return [...edits, rowOf('engine process: search, a keystroke', search, { budget: { p99: 30 } }), ...pages].map(remote);
  } finally {
    await bench.clean();
  }
});
