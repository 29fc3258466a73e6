/** Registers filtered by typed words: the first page, and the whole list with its count. */
import { runJob } from '../job.ts';
import { createPause, timed } from '../measure.ts';
import { context, ME, openStore, sortOf } from '../register.ts';
import { rowOf, type Row } from '../rows.ts';

/** Nothing, a name of few, a name of many (accounts, people and carriers alike), an order by its number. */
const WORDS = ['zzz', 'harbour paper 12', 'kestrel', 'harbour', 'O26-K7M-1234'];

await runJob(async ({ file, times }) => {
  const { store } = openStore(file);
  const rows: Row[] = [];
  for (const table of ['orders', 'order_lines'] as const) {
    for (const words of WORDS) {
      const asked = { table, filter: { words }, sort: sortOf(table) };
      const { pause, longest } = createPause();
      const first = await timed(times(30, 2), () => store.views.first(ME, asked, 100, context, pause));
      const list = await timed(times(10, 1), async () => {
        const { view } = await store.views.open(ME, asked, context, pause);
        store.views.close(ME, view);
      });
      rows.push(
        rowOf(`${table} by “${words}”: first page`, first, {
          budget: { p99: 16 },
          note: `${longest().toFixed(0)} ms at a stretch`,
        }),
        rowOf(`${table} by “${words}”: list and count`, list),
      );
    }
  }
  return rows;
});
