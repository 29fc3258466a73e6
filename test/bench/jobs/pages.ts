/** Pages of a register at random depths, against the bare statement of the same page. */
import { contextParams, rowPlan } from '../../../electron/engine/store/grid/grid-rows.ts';
import { runJob } from '../job.ts';
import { createPause, inTurn, timed } from '../measure.ts';
import { context, ME, openStore, sortOf, SORTS } from '../register.ts';
import { rowBeside, rowOf, type Row } from '../rows.ts';

await runJob(async ({ file, int, times }) => {
  const { db, store } = openStore(file);
  const { views } = store;
  const { pause } = createPause();
  const rows: Row[] = [];
  for (const table of SORTS.keys()) {
    const { view, count } = await views.open(ME, { table, filter: null, sort: sortOf(table) }, context, pause);
    const bare = db.prepare<[Record<string, unknown>]>(rowPlan(table).sql).raw();
    const page = await inTurn(
      times(300, 100),
      () => {
        const from = int(Math.max(1, count - 100));
        views.rows(ME, view, from, from + 100, context);
      },
      () => bare.all({ ...contextParams(context), ids: JSON.stringify(Array.from({ length: 100 }, () => 1 + int(count))) }),
    );
    const find = await timed(times(100, 30), () => {
      const at = int(count);
      views.find(ME, view, views.ids(ME, view, at, at + 1)[0] ?? '');
    });
    rows.push(
      rowBeside(`${table}: page of 100 at a random depth of ${count}`, page, 'cpu', { budget: { p99: 16, ratio: 4 } }),
      rowOf(`${table}: find a record in the list`, find, { budget: { p99: 16 } }),
    );
    views.close(ME, view);
  }
  return rows;
});
