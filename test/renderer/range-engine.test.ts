/** What the engine says of cells that no page has loaded: the edges of data, and figures over a selection. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { edgeOf } from '../../renderer/grid/moves.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './engine.ts';

let engine: Engine;
beforeEach(() => {
  engine = openEngine();
});
afterEach(() => engine.close());

type Values = Readonly<Record<string, string | number>>;

const fill = async (table: string, rows: readonly Values[]): Promise<readonly string[]> => {
  const patches = rows.map((values) => ({ kind: 'insert' as const, table, id: engine.newId(), values }));
  await engine.client['records.apply']({ label: 'Fill', patches });
  return patches.map(({ id }) => id);
};

const open = (table: string, field: string) => engine.client['view.open']({ table, sort: [{ field, dir: 'asc' }] });

describe('the edge of a block of data', () => {
  const edge = async (view: string, from: number, back: boolean): Promise<number> =>
    (await engine.client['view.edge']({ view, field: 'city', from, back })).index;

  it('is where the arithmetic of a line of cells has it, whatever is filled', async () => {
    const cells = fc.array(fc.boolean(), { minLength: 1, maxLength: 12 });
    let run = 0;
    await fc.assert(
      fc.asyncProperty(cells, async (filled) => {
        run += 1;
        const prefix = `R${String(run).padStart(3, '0')}-`;
        await fill(
          'accounts',
          filled.map((isFilled, at) => ({
            code: `${prefix}${String(at).padStart(3, '0')}`,
            name: `Account ${at}`,
            ...(isFilled ? { city: 'Leith' } : {}),
          })),
        );
        const { view, count } = await engine.client['view.open']({
          table: 'accounts',
          filter: { field: 'code', is: 'starts', value: prefix },
          sort: [{ field: 'code', dir: 'asc' }],
        });
        expect(count).toBe(filled.length);
        for (let from = 0; from < filled.length; from += 1)
          for (const step of [1, -1] as const)
            expect(await edge(view, from, step < 0)).toBe(edgeOf(from, filled.length, step, (at) => filled[at] === true));
      }),
      { numRuns: 12 },
    );
  });

  it('goes over more rows than are looked at in one go, and counts text that could not be read as filled', async () => {
    const rows = Array.from({ length: 1200 }, (_, at) => ({
      code: `A${String(at).padStart(5, '0')}`,
      name: `Account ${at}`,
      ...(at < 900 || at === 1100 ? { city: 'Leith' } : {}),
    }));
    const ids = await fill('accounts', rows);
    const { view } = await open('accounts', 'code');
    expect(await edge(view, 0, false)).toBe(899);
    expect(await edge(view, 899, false)).toBe(1100);
    expect(await edge(view, 1100, false)).toBe(1199);
    expect(await edge(view, 1199, true)).toBe(1100);
    expect(await edge(view, 899, true)).toBe(0);
    await engine.client['records.apply']({
      label: 'Delete',
      patches: [{ kind: 'delete', table: 'accounts', id: ids[450] ?? '' }],
    });
    // A row that was deleted stays in its place, and nothing is in it.
    expect(await edge(view, 0, false)).toBe(449);
    const date = (at: number, text: string) =>
      ({ kind: 'update', table: 'accounts', id: ids[at] ?? '', values: { renewal_on: { '?': text } } }) as const;
    await engine.client['records.apply']({
      label: 'Type',
      patches: [date(0, '2026-03-01'), date(1, 'someday'), date(3, '2026-04-01')],
    });
    const dates = await engine.client['view.edge']({ view, field: 'renewal_on', from: 0, back: false });
    expect(dates.index).toBe(1);
  });

  it('is refused for a list that is not open and a field that is not there', async () => {
    await expect(edge('nowhere', 0, false)).rejects.toMatchObject({ code: 'view-gone' });
    await fill('accounts', [{ code: 'A1', name: 'One' }]);
    const { view } = await open('accounts', 'code');
    await expect(engine.client['view.edge']({ view, field: 'nothing', from: 0, back: false })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('figures over a selection', () => {
  it('counts what is filled and adds up numbers, currency by currency', async () => {
    const price = (sku: string, list_price: number, currency: string, stock?: number) => ({
      sku,
      name: `Crate ${sku}`,
      uom: 'EA',
      list_price,
      currency,
      ...(stock === undefined ? {} : { stock }),
    });
    await fill('products', [
      price('1001', 8_500_000, 'GBP', 1_250_000),
      price('1002', 2_000_000, 'EUR'),
      price('1003', -1_500_000, 'GBP', 750_000),
      price('1004', 9_000_000, 'GBP', 5_000_000),
    ]);
    const { view } = await open('products', 'sku');
    const { filled, figures } = await engine.client['view.figures']({
      view,
      parts: [
        { from: 0, to: 3, fields: ['sku', 'list_price'] },
        { from: 0, to: 2, fields: ['stock'] },
      ],
    });
    expect(filled).toBe(7);
    expect(figures).toEqual(
      expect.arrayContaining([
        { field: 'list_price', currency: 'GBP', count: 2, sum: '7000000', min: '-1500000', max: '8500000' },
        { field: 'list_price', currency: 'EUR', count: 1, sum: '2000000', min: '2000000', max: '2000000' },
        { field: 'stock', currency: '', count: 1, sum: '1250000', min: '1250000', max: '1250000' },
      ]),
    );
    expect(figures).toHaveLength(3);
  });

  it('leaves out rows that were deleted, and is exact beyond what a double holds', async () => {
    const most = 9_007_199_254_740_991;
    const ids = await fill(
      'products',
      [1, 2, 3].map((at) => ({ sku: `10${at}`, name: 'Crate', uom: 'EA', list_price: most, currency: 'GBP' })),
    );
    const { view } = await open('products', 'sku');
    await engine.client['records.apply']({ label: 'Delete', patches: [{ kind: 'delete', table: 'products', id: ids[1] ?? '' }] });
    const { filled, figures } = await engine.client['view.figures']({
      view,
      parts: [{ from: 0, to: 3, fields: ['list_price'] }],
    });
    expect(filled).toBe(2);
    expect(figures).toMatchObject([{ count: 2, sum: String(2n * BigInt(most)) }]);
  });
});
