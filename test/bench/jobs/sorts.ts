/** Every visible column of every large register, up and down: first rows, whole list, and how long others had to wait. */
import { tableOf } from '../../../shared/model/index.ts';
import { runJob } from '../job.ts';
import { createPause, pairOf, sample, spreadOf, timesOf } from '../measure.ts';
import { context, ME, openStore, SORTS } from '../register.ts';
import { rowBeside, rowOf, type Row } from '../rows.ts';

await runJob(async ({ file }) => {
  const { store, scan } = openStore(file);
  const { views } = store;
  const rows: Row[] = [];
  for (const table of SORTS.keys()) {
    const fields = Object.entries(tableOf(table).fields).filter(([, field]) => field.hidden !== true);
    const asked = fields.flatMap(([field]) => (['asc', 'desc'] as const).map((dir) => ({ field, dir })));
    const measured: { by: string; first: Sample; list: Sample; scan: Sample; wait: number }[] = [];
    for (const { field, dir } of asked) {
      const what = { table, filter: null, sort: [{ field, dir }] };
      const turns = createPause();
      const first = await sample(() => views.first(ME, what, 100, context, turns.pause));
      const opened: string[] = [];
      // The list begins to grow with its first rows: what it costs is both.
      const rest = await sample(async () => opened.push((await views.open(ME, what, context, turns.pause)).view));
      const list = { wall: first.wall + rest.wall, cpu: first.cpu + rest.cpu };
      measured.push({ by: `${field} ${dir}`, first, list, scan: await sample(scan(table)), wait: turns.longest() });
      for (const view of opened) views.close(ME, view);
    }
    const scans = measured.map((one) => one.scan);
    const worst = (of: (one: (typeof measured)[number]) => number): string =>
      `slowest by ${measured.toSorted((a, b) => of(b) - of(a))[0]?.by ?? ''}`;
    const waits = spreadOf(measured.map(({ wait }) => wait));
    rows.push(
      rowBeside(
        `${table}: first 100 by any column`,
        pairOf(
          measured.map(({ first }) => first),
          scans,
        ),
        'cpu',
        {
          note: worst(({ first }) => first.wall),
        },
      ),
      rowBeside(
        `${table}: list by any column`,
        pairOf(
          measured.map(({ list }) => list),
          scans,
        ),
        'cpu',
        {
          budget: { ratio: 1.5 },
          note: worst(({ list }) => list.wall),
        },
      ),
      rowOf(
        `${table}: longest wait of others`,
        { ...timesOf(scans), wall: waits, cpu: waits },
        { note: worst(({ wait }) => wait) },
      ),
    );
  }
  return rows;
});

type Sample = Awaited<ReturnType<typeof sample>>;
