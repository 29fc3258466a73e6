/** What clear, fill and series make of a selection: which cells, from which, in several areas, and over the row to type into. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { createDisplay } from '../../renderer/grid/display.ts';
import { createEdits } from '../../renderer/grid/edit/edits.ts';
import type { GridCells, Plan } from '../../renderer/grid/range/cells.ts';
import type { Area, Selection } from '../../renderer/grid/range/model.ts';
import { addArea, areaOf, isSelected } from '../../renderer/grid/range/model.ts';
import type { PlanHost } from '../../renderer/grid/range/plan.ts';
import { planDown, planEmpty, planRight, planValue } from '../../renderer/grid/range/plan.ts';
import { planSeries, readGround } from '../../renderer/grid/range/series.ts';
import type { GridSource } from '../../renderer/grid/source.ts';
import type { SeriesWish } from '../../shared/domain/series.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
// Of these the net amount is worked out.
const keys = ['description', 'qty', 'net', 'requested', 'note'];
const columns = keys.flatMap((key) => columnsOf('order_lines').find((column) => column.key === key) ?? []);
const col = (key: string): number => keys.indexOf(key);

const line = (at: number, v: GridRow['v']): GridRow => ({ id: `r${at}`, v });
const lines = [
  line(0, { description: 'Crate 08', qty: 2_000_000, requested: '2026-03-12', note: 'a' }),
  line(1, { description: 'Crate 09', qty: 4_000_000, requested: null, note: null }),
  line(2, { description: null, qty: null, requested: null, note: null }),
  line(3, { description: null, qty: null, requested: null, note: null }),
  line(4, { description: null, qty: null, requested: null, note: null }),
];
const ghost: GridRow = { id: 'ghost', v: {} };

/** Every row is there to be asked for; those of `near` are loaded. */
const ground = (near: readonly number[] = lines.map((_, at) => at)) => {
  const all = [...lines, ghost];
  const source: Pick<GridSource, 'idsAt' | 'rowsAt' | 'isGhost'> = {
    idsAt: (from, to) => Promise.resolve(all.slice(from, to).map(({ id }) => id)),
    rowsAt: (from, to) => Promise.resolve(all.slice(from, to)),
    isGhost: (id) => id === 'ghost',
  };
  const host: PlanHost = {
    source: source as GridSource,
    display: createDisplay(createEdits(), setting),
    lock: ({ id }, { key }) => (id === 'r2' && key === 'note' ? 'Fixed.' : null),
  };
  const cells: GridCells = {
    columns,
    top: 0,
    rowOf: (row) => (near.includes(row) || row === lines.length ? all[row] : undefined),
  };
  return { host, cells };
};

const select = (...areas: readonly Area[]): Selection => {
  const [first, ...more] = areas;
  if (!first) throw new Error('no area');
  const only: Selection = { areas: [first], anchor: first.from, focus: first.to };
  return more.reduce((now, { from, to }) => addArea(now, from, to), only);
};
const area = (top: number, left: string, bottom: number, right = left): Area =>
  areaOf({ row: top, col: col(left) }, { row: bottom, col: col(right) });

const written = ({ cells }: Plan) => cells.map(({ row, column, entry }) => `${row} ${column.key}: ${entry.text}`);

describe('fill down', () => {
  it('takes the first row of the area into those below', async () => {
    const { cells, host } = ground();
    expect(written(await planDown(cells, host, select(area(0, 'description', 2, 'qty'))))).toEqual([
      'r1 description: Crate 08',
      'r2 description: Crate 08',
      'r1 qty: 2',
      'r2 qty: 2',
    ]);
  });
  it('takes the row above into an area one row high, and nothing into the first row', async () => {
    const { cells, host } = ground();
    expect(written(await planDown(cells, host, select(area(1, 'qty', 1))))).toEqual(['r1 qty: 2']);
    expect(written(await planDown(cells, host, select(area(0, 'qty', 0))))).toEqual([]);
  });
  it('fills each area from its own first row', async () => {
    const { cells, host } = ground();
    expect(written(await planDown(cells, host, select(area(0, 'qty', 1), area(1, 'description', 2))))).toEqual([
      'r1 qty: 2',
      'r2 description: Crate 09',
    ]);
  });
  it('leaves what is worked out or locked, and counts it', async () => {
    const { cells, host } = ground();
    const plan = await planDown(cells, host, select(area(0, 'net', 2, 'note')));
    expect(plan.cells.map(({ row, column }) => `${row} ${column.key}`)).toEqual(['r1 requested', 'r2 requested', 'r1 note']);
    expect(plan.left).toBe(3);
  });
  it('reads a first row that is not loaded, and writes rows that are not by their id', async () => {
    const { cells, host } = ground([]);
    expect(written(await planDown(cells, host, select(area(0, 'qty', 3))))).toEqual(['r1 qty: 2', 'r2 qty: 2', 'r3 qty: 2']);
  });
});

describe('fill right', () => {
  it('takes the first column into those on its right, as text', async () => {
    const { cells, host } = ground();
    expect(written(await planRight(cells, host, select(area(0, 'qty', 1, 'requested'))))).toEqual([
      'r0 requested: 2',
      'r1 requested: 4',
    ]);
  });
  it('takes the column before into an area one column wide, and nothing into the first', async () => {
    const { cells, host } = ground();
    expect(written(await planRight(cells, host, select(area(0, 'qty', 0))))).toEqual(['r0 qty: Crate 08']);
    expect(written(await planRight(cells, host, select(area(0, 'description', 0))))).toEqual([]);
  });
});

describe('one value for all, and none', () => {
  it('goes to every cell once, in whichever areas it is', async () => {
    const { cells, host } = ground();
    const from = columns[col('note')];
    if (!from) throw new Error('no column');
    const how = { entry: { text: 'x', taken: null }, from };
    expect(written(await planValue(cells, host, select(area(0, 'note', 1), area(1, 'note', 3)), how))).toEqual([
      'r0 note: x',
      'r1 note: x',
      'r3 note: x',
    ]);
  });
  it('is taken away only where there is one', async () => {
    const { cells, host } = ground();
    expect(written(await planEmpty(cells, host, select(area(0, 'requested', 3))))).toEqual(['r0 requested: ']);
  });
});

describe('a series', () => {
  const run = async (now: Selection, wish: SeriesWish = { by: null, unit: null }) => {
    const { cells, host } = ground();
    return planSeries(await readGround(cells, host.source, now), host, wish);
  };
  it('counts each column on from its first filled cells', async () => {
    const { plan, views } = await run(select(area(0, 'description', 4, 'requested')));
    expect(written(plan)).toEqual([
      'r2 description: Crate 10',
      'r3 description: Crate 11',
      'r4 description: Crate 12',
      'r2 qty: 6',
      'r3 qty: 8',
      'r4 qty: 10',
      'r1 requested: 13/03/2026',
      'r2 requested: 14/03/2026',
      'r3 requested: 15/03/2026',
      'r4 requested: 16/03/2026',
    ]);
    expect(views.map(({ label, from, next, last }) => [label, from, next, last])).toEqual([
      ['Description', ['Crate 08', 'Crate 09'], ['Crate 10', 'Crate 11', 'Crate 12'], null],
      ['Qty', ['2', '4'], ['6', '8', '10'], null],
      ['Requested', ['12/03/2026'], ['13/03/2026', '14/03/2026', '15/03/2026'], '16/03/2026'],
    ]);
  });
  it('copies what does not count, and leaves the row to type into and the locked cell', async () => {
    const { plan, views } = await run(select(area(0, 'note', 5)));
    expect(written(plan)).toEqual(['r1 note: a', 'r3 note: a', 'r4 note: a']);
    expect(plan.left).toBe(1);
    expect(views[0]?.isCopied).toBe(true);
  });
  it('goes on from the first alone where all are filled', async () => {
    expect(written((await run(select(area(0, 'qty', 1)), { by: 5, unit: null })).plan)).toEqual(['r1 qty: 7']);
  });
  it('says that there is nothing to count on from', async () => {
    const { plan, views } = await run(select(area(2, 'qty', 4)));
    expect(plan.cells).toEqual([]);
    expect(views).toMatchObject([{ from: [], next: [] }]);
  });
});

it('no plan ever names a cell outside the selection, one that is worked out, the locked one, or one cell twice', async () => {
  const place = fc.record({ row: fc.nat(lines.length - 1), col: fc.nat(keys.length - 1) });
  const areas = fc.array(
    fc.tuple(place, place).map(([a, b]) => areaOf(a, b)),
    { minLength: 1, maxLength: 3 },
  );
  await fc.assert(
    fc.asyncProperty(areas, fc.subarray(lines.map((_, at) => at)), async (chosen, near) => {
      const { cells, host } = ground(near);
      const now = select(...chosen);
      const from = columns[0];
      if (!from) throw new Error('no column');
      const plans = await Promise.all([
        planDown(cells, host, now),
        planRight(cells, host, now),
        planEmpty(cells, host, now),
        planValue(cells, host, now, { entry: { text: 'x', taken: null }, from }),
        readGround(cells, host.source, now).then((read) => planSeries(read, host, { by: null, unit: null }).plan),
      ]);
      for (const plan of plans) {
        const names = plan.cells.map(({ row, column }) => `${row} ${column.key}`);
        expect(new Set(names).size).toBe(names.length);
        if (near.includes(2)) expect(names).not.toContain('r2 note');
        for (const { row, column } of plan.cells) {
          expect(column.editor).not.toBeNull();
          expect(isSelected(now, { row: Number(row.slice(1)), col: col(column.key) })).toBe(true);
        }
      }
    }),
  );
});
