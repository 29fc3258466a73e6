/** What selected cells come to: one unit has its four figures, several never one total, and sums are exact. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GridRow } from '../../shared/contract/shapes.ts';
import type { TableName } from '../../shared/model/index.ts';
import { columnsOf } from '../../renderer/grid/columns.ts';
import { figuresOf, joinFigures, statsOf } from '../../renderer/grid/range/stats.ts';

const setting = { locale: 'en-GB', zone: 'UTC', today: '2026-01-15', currency: 'GBP' };

const columns = (table: TableName, ...keys: readonly string[]) =>
  keys.map((key) => {
    const found = columnsOf(table).find((column) => column.key === key);
    if (!found) throw new Error(key);
    return found;
  });

const row = (v: GridRow['v'], i?: GridRow['i']): GridRow => ({ id: JSON.stringify(v), v, ...(i ? { i } : {}) });

const said = (rows: readonly GridRow[], table: TableName, ...keys: readonly string[]): Readonly<Record<string, string>> => {
  const of = columns(table, ...keys);
  return Object.fromEntries(
    statsOf(figuresOf([{ rows, columns: of }], setting), of, setting).map(({ label, value }) => [label, value]),
  );
};

describe('figures of a selection', () => {
  it('has four figures for numbers of one unit', () => {
    const rows = [2_000_000, 5_000_000, null, -1_500_000].map((stock) => row({ stock }));
    expect(said(rows, 'products', 'stock')).toEqual({ Count: '3', Sum: '5.5', Average: '1.8333', Min: '−1.5', Max: '5' });
  });

  it('counts words and adds up nothing', () => {
    expect(said([row({ name: 'Crate' }), row({ name: '' })], 'products', 'name')).toEqual({ Count: '1' });
  });

  it('has a sum for each currency and no total over two', () => {
    const rows = [
      row({ list_price: 8_500_000, currency: 'GBP' }),
      row({ list_price: 1_000_000, currency: null }),
      row({ list_price: 2_000_000, currency: 'EUR' }),
    ];
    expect(said(rows, 'products', 'list_price')).toEqual({ Count: '3', Sum: '9.50 GBP · 2.00 EUR' });
  });

  it('keeps quantities and money apart', () => {
    const rows = [row({ stock: 3_000_000, list_price: 8_500_000, currency: 'GBP' })];
    expect(said(rows, 'products', 'stock', 'list_price')).toEqual({ Count: '2', Sum: '3 · 8.50 GBP' });
  });

  it('counts whole numbers and decimals as one unit', () => {
    expect(said([row({ stock: 1_500_000, lead_days: 4 })], 'products', 'stock', 'lead_days')).toMatchObject({ Sum: '5.5' });
  });

  it('counts text that could not be read, and adds nothing for it', () => {
    const bad = row({ stock: null }, { stock: { raw: '12x', code: 'NUM_PARSE', level: 'error' } });
    expect(said([bad, row({ stock: 1_000_000 })], 'products', 'stock')).toMatchObject({ Count: '2', Sum: '1' });
  });

  it('leaves out the numbers of lines', () => {
    expect(said([row({ position: 1, qty: 2_000_000 })], 'order_lines', 'position', 'qty')).toMatchObject({
      Count: '1',
      Sum: '2',
    });
  });

  it('is copied as a number other programs read', () => {
    const of = columns('products', 'list_price');
    const rows = [row({ list_price: 1_234_567_500_000, currency: 'GBP' })];
    const sum = statsOf(figuresOf([{ rows, columns: of }], setting), of, setting).find(({ label }) => label === 'Sum');
    expect(sum).toMatchObject({ value: '1,234,567.50', copy: '1234567.50' });
  });

  it('is the same whether rows are added up at once or in two parts, and exact', () => {
    const of = columns('products', 'stock');
    const most = Number.MAX_SAFE_INTEGER;
    const values = fc.array(fc.oneof(fc.constant(null), fc.integer({ min: -most, max: most })), { maxLength: 20 });
    fc.assert(
      fc.property(values, fc.nat(20), (stocks, cut) => {
        const rows = stocks.map((stock) => row({ stock }));
        const at = Math.min(cut, rows.length);
        const whole = figuresOf([{ rows, columns: of }], setting);
        const parts = joinFigures([
          figuresOf([{ rows: rows.slice(0, at), columns: of }], setting),
          figuresOf([{ rows: rows.slice(at), columns: of }], setting),
        ]);
        expect(statsOf(parts, of, setting)).toEqual(statsOf(whole, of, setting));
        const sum = stocks.reduce((all: bigint, stock) => all + BigInt(stock ?? 0), 0n);
        if (whole.figures[0]) expect(whole.figures[0].sum).toBe(String(sum));
      }),
    );
  });
});
