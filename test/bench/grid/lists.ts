/** A filter and a sort of all orders, from the key to the first rows painted, against the statement that finds them. */
import type { Asked } from '../../../electron/engine/store/grid/view-list.ts';
import type { Job } from '../job.ts';
import { createPause, pairOf, sample, type Sample } from '../measure.ts';
import { context, ME, openStore } from '../register.ts';
import { rowBeside, type Row } from '../rows.ts';
import type { BenchPage } from './page.ts';

const waitMs = 30_000;

/** Does something by one key, and waits until the first rows are others. */
const untilFirstRows = async ({ page, recorder, cpu }: BenchPage, press: () => Promise<void>): Promise<Sample> => {
  const before = await cpu();
  await recorder.evaluate((it) => it.firstRows('Enter'));
  await press();
  await recorder.evaluate(
    (it, most) =>
      new Promise<void>((done, fail) => {
        const since = performance.now();
        const look = (): void => {
          if (it.taken() > 0) done();
          else if (performance.now() - since > most) fail(new Error('the list never began with other rows'));
          else setTimeout(look, 20);
        };
        look();
      }),
    waitMs,
  );
  const [wall = 0] = await recorder.evaluate((it) => it.stop());
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  return { wall, cpu: (await cpu()) - before };
};

const states = ['draft', 'submitted', 'closed', 'cancelled'] as const;
const sorted = ['number', 'po_ref', 'requested', 'net'] as const;

/** What happens in turn, and what of the store it asks for. */
type Turn = { readonly press: () => Promise<void>; readonly asked: Asked };

const filterTurn = ({ page, recorder }: BenchPage, at: number): Turn => {
  const status = states[at % states.length] ?? 'draft';
  return {
    press: async () => {
      await page.keyboard.press('Control+L');
      await page.locator('.qf input:focus').waitFor();
      await recorder.evaluate((it, text) => it.enter(text), `status:${status}`);
    },
    asked: {
      table: 'orders',
      filter: { field: 'status', is: 'eq', value: status },
      sort: [{ field: 'ordered_on', dir: 'desc' }],
    },
  };
};

const sortTurn = ({ page }: BenchPage, at: number): Turn => {
  const field = sorted[Math.floor(at / 2) % sorted.length] ?? 'number';
  return {
    press: () => page.locator(`.ag-header-cell[col-id="${field}"]`).press('Enter'),
    asked: { table: 'orders', filter: null, sort: [{ field, dir: at % 2 === 0 ? 'asc' : 'desc' }] },
  };
};

export const measureLists = async (bench: BenchPage, { file, times }: Pick<Job, 'file' | 'times'>): Promise<readonly Row[]> => {
  const { store } = openStore(file);
  const { pause } = createPause();
  const inTurn = async (count: number, turnAt: (at: number) => Turn) => {
    const [jobs, limits]: [Sample[], Sample[]] = [[], []];
    for (let at = 0; at < count; at += 1) {
      const { press, asked } = turnAt(at);
      jobs.push(await untilFirstRows(bench, press));
      limits.push(await sample(() => store.views.first(ME, asked, 100, context, pause)));
    }
    return pairOf(jobs, limits);
  };
  const budget = { p95: 100 };
  const note = 'limit: the statement of the first 100 rows';
  const filter = await inTurn(times(24, 8), (at) => filterTurn(bench, at));
  await bench.page.keyboard.press('Control+L');
  await bench.page.keyboard.press('Escape');
  const sort = await inTurn(times(24, 8), (at) => sortTurn(bench, at));
  // From the header back to the rows: keys are theirs again.
  await bench.page.keyboard.press('ArrowDown');
  await bench.page.locator('.ag-row .ag-cell:focus').waitFor();
  return [
    rowBeside('grid: filter all orders, Enter to rows painted', filter, 'wall', { budget, note }),
    rowBeside('grid: sort all orders, Enter on a header to rows painted', sort, 'wall', { budget, note }),
  ];
};
