/** Which cells a command on a selection changes, to what, and which it leaves: over rows that are loaded and rows that are not. */
import { describe, expect, it } from 'vitest';
import type { GridRow } from '../../shared/contract/shapes.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { createDisplay } from '../../renderer/grid/display.ts';
import { createEdits } from '../../renderer/grid/edit/edits.ts';
import type { Rules, Target } from '../../renderer/grid/range/cells.ts';
import { describeDone, entryFor, entryOf, planCells, planClear } from '../../renderer/grid/range/cells.ts';
import { rowsOf, wholeRowsOf } from '../../renderer/grid/range/rows.ts';
import type { GridSource } from '../../renderer/grid/source.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };
const display = createDisplay(createEdits(), setting);
const column = (key: string) => {
  const found = columnsOf('order_lines').find((one) => one.key === key);
  if (!found) throw new Error(key);
  return found;
};
const rules: Rules = { display, lock: (row) => (row.id === 'locked' ? 'Fixed.' : null) };
const row = (id: string, v: GridRow['v'], more: Partial<GridRow> = {}): GridRow => ({ id, v, ...more });
const at = (one: GridRow | string, key: string): Target =>
  typeof one === 'string' ? { id: one, row: null, column: column(key) } : { id: one.id, row: one, column: column(key) };

describe('what is changed', () => {
  const filled = row('a', { qty: 2_000_000, description: null });

  it('clears what holds something, and what is not loaded', () => {
    const { cells, left } = planClear([at(filled, 'qty'), at(filled, 'description'), at('far', 'description')], rules);
    expect(cells.map(({ row: id, column: { key } }) => `${id}.${key}`)).toEqual(['a.qty', 'far.description']);
    expect(left).toBe(0);
  });

  it('leaves computed and locked cells, counted once however often they are selected', () => {
    const locked = row('locked', { qty: 1_000_000 });
    const targets = [at(filled, 'net'), at('far', 'net'), at(locked, 'qty'), at(locked, 'qty')];
    expect(planClear(targets, rules)).toEqual({ cells: [], left: 3 });
  });

  it('writes a cell in two areas once', () => {
    const { cells } = planCells([at(filled, 'qty'), at(filled, 'qty')], rules, () => ({ text: '3', taken: null }));
    expect(cells).toHaveLength(1);
  });
});

describe('what is written', () => {
  const product = { code: '1001', title: 'Crate' };
  const line = row('a', { product_id: 'p-1', qty: 2_500_000 }, { l: { product_id: product } });

  it('is the record itself for a link, text for anything else', () => {
    expect(entryOf(column('product_id'), line, display)).toMatchObject({ taken: { value: 'p-1', ...product } });
    expect(entryOf(column('qty'), line, display)).toEqual({ text: '2.5', taken: null });
  });

  it('is the text as typed where it could not be read', () => {
    const bad = row('b', { qty: null }, { i: { qty: { raw: '12x', code: 'NUM_PARSE', level: 'error' } } });
    expect(entryOf(column('qty'), bad, display)).toEqual({ text: '12x', taken: null });
  });

  it('means a record in its own column only', () => {
    const entry = entryOf(column('product_id'), line, display);
    expect(entryFor(entry, column('product_id'), column('product_id'))).toBe(entry);
    expect(entryFor(entry, column('product_id'), column('description'))).toEqual({ text: entry.text, taken: null });
  });
});

it('is said in words', () => {
  expect(describeDone('cleared', 12, 0)).toBe('12 cells cleared.');
  expect(describeDone('filled', 1, 2)).toBe('1 cell filled; 2 that cannot be changed were left.');
  expect(describeDone('filled', 0, 1)).toBe('Nothing to change; 1 that cannot be changed was left.');
});

describe('rows by their place', () => {
  const asked: string[] = [];
  const source = {
    idsAt: async (from: number, to: number) => {
      asked.push(`${from}-${to}`);
      return Array.from({ length: to - from }, (_, nth) => `far-${from + nth}`);
    },
    rowsAt: async (from: number, to: number) => Array.from({ length: to - from }, (_, nth) => row(`far-${from + nth}`, {})),
  } as unknown as GridSource;
  // One draft stands above the list, whose rows 2 and 3 are loaded.
  const loaded = new Map([
    [0, row('draft', {})],
    [3, row('r2', {})],
    [4, row('r3', {})],
  ]);
  const cells = { columns: [], top: 1, rowOf: (index: number) => loaded.get(index) };

  it('asks once for each gap, by position in the list', async () => {
    const rows = await rowsOf(cells, source, { from: 0, to: 7 });
    expect(rows.map(({ id }) => id)).toEqual(['draft', 'far-0', 'far-1', 'r2', 'r3', 'far-4', 'far-5']);
    expect(rows.map((one) => one.row !== null)).toEqual([true, false, false, true, true, false, false]);
    expect(asked).toEqual(['0-2', '4-6']);
  });

  it('reads them whole where that is wanted', async () => {
    expect((await wholeRowsOf(cells, source, { from: 2, to: 4 })).map(({ id }) => id)).toEqual(['far-1', 'r2']);
  });

  it('refuses more than one step changes, before anything is asked', () => {
    asked.length = 0;
    expect(() => rowsOf(cells, source, { from: 0, to: 20_001 })).toThrow('20,000 at most');
    expect(asked).toEqual([]);
  });
});
